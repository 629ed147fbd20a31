//! The engine itself: one workspace, one host, one connection, and the events that clients watch.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use model::TargetObject;
use salesforce::{Client, Pace};
use secrecy::SecretString;
use store::{OrgRow, Read, RunLock, Store, StoreError, Write};
use tokio::sync::{Mutex as AsyncMutex, broadcast};
use tokio_util::sync::CancellationToken;

use crate::connect::{NewSession, PendingLogin};
use crate::contract::event::Event;
use crate::contract::stored_data::SupportBundle;
use crate::contract::{self};
use crate::fault::{Code, Fault};
use crate::host::Host;
use crate::import::OpenFile;
use crate::run_view::Minutes;
use crate::user_mapping::KnownUsers;
use crate::{connect, integration, mapping, neighbours, planning, sending, workspaces};

/// A client that lags behind by more than this many events is told the newest ones only.
const KEPT_EVENTS: usize = 512;

/// One workspace with everything that can be done in it. Clones are the same engine.
#[derive(Clone)]
pub struct Engine(Arc<Inner>);

/// How to open an engine.
pub struct EngineOptions {
    /// Folder of the workspace.
    pub workspace: PathBuf,
    /// The machine.
    pub host: Arc<dyn Host>,
    /// A connection that stands in for the stored one.
    pub ready_connection: Option<ReadyConnection>,
    /// Pauses between tries and polls.
    pub pace: Pace,
    /// Whether runs that were interrupted go on by themselves.
    pub resume_runs: bool,
}

/// An instance and an access token, as the environment gives them.
pub struct ReadyConnection {
    /// Where the org's data lives.
    pub instance_url: String,
    /// Access token.
    pub access_token: SecretString,
}

struct Inner {
    store: Arc<Store>,
    host: Arc<dyn Host>,
    ready_connection: Option<ReadyConnection>,
    pace: Pace,
    events: broadcast::Sender<Event>,
    connection: AsyncMutex<Connection>,
    login: Mutex<Option<PendingLogin>>,
    login_cancel: Mutex<CancellationToken>,
    files: Mutex<HashMap<String, OpenFile>>,
    sending: Mutex<Sending>,
    /// The check of a list that is under way for each object's mapping.
    list_checks: Mutex<HashMap<TargetObject, CancellationToken>>,
    /// Users of the org, kept for searches.
    known_users: Mutex<Option<KnownUsers>>,
    /// The support bundle that was looked at and not saved yet.
    support_bundle: Mutex<Option<SupportBundle>>,
    resume_runs: bool,
    /// Cancelled when the workspace is not open here any more.
    closed: CancellationToken,
}

/// The clients of the connected org, and that org when it is not the stored one.
#[derive(Default)]
pub(crate) struct Connection {
    pub client: Option<Client>,
    /// Of people's own users.
    pub own_clients: HashMap<i64, Client>,
    pub ready_org: Option<OrgRow>,
    /// A session of another org, until somebody says whether to go on with it.
    pub other_org: Option<NewSession>,
}

/// The runs that this process sends.
#[derive(Default)]
struct Sending {
    runs: HashMap<i64, SentRun>,
    plans: HashMap<i64, CancellationToken>,
    /// What stood in the way of runs that wait, as far as this process met it.
    obstacles: HashMap<i64, Obstacle>,
    /// Calls of runs that surely were not made, though the journal could not be told so.
    unmade_jobs: HashSet<(i64, u32)>,
    /// How fast runs that are not at their end went lately.
    minutes: HashMap<i64, Minutes>,
    lock: Option<RunLock>,
}

/// What stands in the way of a run.
#[derive(Clone)]
pub(crate) struct Obstacle {
    pub code: Code,
    /// The sentence of the run's state.
    pub sentence: String,
}

/// A run that this process sends.
#[derive(Clone, Default)]
struct SentRun {
    cancel: CancellationToken,
    /// Records that Salesforce says it has processed; their results come when the job is finished.
    processed_records: u32,
    /// What its pace is counted from.
    processed_from: Option<Counted>,
    settled_from: Option<Counted>,
}

/// So many records were done at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted {
    /// When.
    pub at: Instant,
    /// How many.
    pub records: u32,
}

impl Counted {
    fn now(records: u32) -> Self {
        Self {
            at: Instant::now(),
            records,
        }
    }
}

impl Engine {
    /// Opens a workspace; a new one gets its first operator.
    ///
    /// # Errors
    /// When the workspace cannot be used.
    pub async fn open(options: EngineOptions) -> Result<Self, Fault> {
        let folder = options.workspace.clone();
        let operator_name = options.host.operator_name();
        let store = tokio::task::spawn_blocking(move || -> Result<Store, StoreError> {
            let store = Store::open(&folder)?;
            store.write(|write| {
                if write.operator()?.is_none() {
                    write.add_first_operator(&operator_name, &store::now())?;
                }
                write.purge_deleted_lists()
            })?;
            Ok(store)
        })
        .await
        .map_err(|error| Fault::internal(&error))??;
        planning::remove_given_up(&store)?;
        let engine = Self(Arc::new(Inner {
            store: Arc::new(store),
            host: options.host,
            ready_connection: options.ready_connection,
            pace: options.pace,
            events: broadcast::Sender::new(KEPT_EVENTS),
            connection: AsyncMutex::new(Connection::default()),
            login: Mutex::new(None),
            login_cancel: Mutex::new(CancellationToken::new()),
            files: Mutex::new(HashMap::new()),
            sending: Mutex::new(Sending::default()),
            list_checks: Mutex::new(HashMap::new()),
            known_users: Mutex::new(None),
            support_bundle: Mutex::new(None),
            resume_runs: options.resume_runs,
            closed: CancellationToken::new(),
        }));
        engine.resume_runs().await?;
        engine.forget_removed_people();
        if options.resume_runs {
            tokio::spawn(neighbours::heed(engine.clone()));
        }
        workspaces::remember(&engine).await?;
        Ok(engine)
    }

    /// Salesforce is told in the background: nobody waits for the network to see the window.
    pub(crate) fn forget_removed_people(&self) {
        let engine = self.clone();
        tokio::spawn(async move {
            if let Err(fault) = connect::forget_removed_people(&engine).await {
                tracing::warn!(%fault, "the tokens of removed people could not be forgotten");
            }
        });
    }

    /// Goes on with interrupted and waiting runs, where this engine does so by itself.
    pub(crate) async fn resume_runs(&self) -> Result<(), Fault> {
        if self.0.resume_runs && !self.0.closed.is_cancelled() {
            tokio::spawn(mapping::recovery::resume(self.clone()));
            sending::recovery::resume_interrupted(self).await
        } else {
            Ok(())
        }
    }

    /// Whether runs go on by themselves here.
    pub(crate) fn resumes_runs(&self) -> bool {
        self.0.resume_runs
    }

    /// Answers one call of the contract.
    ///
    /// # Errors
    /// The fault of the call.
    pub async fn call(&self, name: &str, params: serde_json::Value) -> Result<serde_json::Value, Fault> {
        self.require_open()?;
        contract::call(self, name, params).await
    }

    /// Cancelled when the workspace is not open here any more.
    pub(crate) fn closed(&self) -> &CancellationToken {
        &self.0.closed
    }

    /// Stops plans, checks of lists and logins that wait for the browser. What is being sent heeds `closed` itself.
    pub(crate) fn stop_work(&self) -> Result<(), Fault> {
        for (_, plan) in lock(&self.0.sending)?.plans.drain() {
            plan.cancel();
        }
        for (_, check) in lock(&self.0.list_checks)?.drain() {
            check.cancel();
        }
        self.cancel_login()
    }

    /// The events from now on.
    #[must_use]
    pub fn watch(&self) -> broadcast::Receiver<Event> {
        self.0.events.subscribe()
    }

    /// The machine.
    #[must_use]
    pub fn host(&self) -> &Arc<dyn Host> {
        &self.0.host
    }

    pub(crate) fn store(&self) -> &Arc<Store> {
        &self.0.store
    }

    pub(crate) fn pace(&self) -> Pace {
        self.0.pace
    }

    pub(crate) fn ready_connection(&self) -> Option<&ReadyConnection> {
        self.0.ready_connection.as_ref()
    }

    pub(crate) fn connection(&self) -> &AsyncMutex<Connection> {
        &self.0.connection
    }

    /// Tells whoever watches; that nobody does is no fault.
    pub(crate) fn emit(&self, event: Event) {
        if self.0.events.receiver_count() > 0 && self.0.events.send(event).is_err() {
            tracing::debug!("the last watcher left while an event was sent");
        }
    }

    /// Tells the frame's state anew.
    pub(crate) async fn emit_state(&self) {
        match integration::app_state(self).await {
            Ok(state) => self.emit(Event::State {
                state: Box::new(state),
            }),
            Err(fault) => tracing::warn!(%fault, "the state could not be read"),
        }
    }

    /// Reads the workspace off the async threads.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Read<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let store = Arc::clone(&self.0.store);
        self.blocking(move || store.read(work)).await
    }

    /// Writes the workspace, in one transaction, off the async threads.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Write<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let store = Arc::clone(&self.0.store);
        self.blocking(move || store.write(work)).await
    }

    /// Runs work that blocks off the async threads.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| Fault::internal(&error))?
    }

    pub(crate) fn set_login(&self, login: PendingLogin) -> Result<CancellationToken, Fault> {
        let cancel = CancellationToken::new();
        *lock(&self.0.login)? = Some(login);
        *lock(&self.0.login_cancel)? = cancel.clone();
        Ok(cancel)
    }

    pub(crate) fn take_login(&self) -> Result<Option<(PendingLogin, CancellationToken)>, Fault> {
        let cancel = lock(&self.0.login_cancel)?.clone();
        Ok(lock(&self.0.login)?.take().map(|login| (login, cancel)))
    }

    /// Whether the last login was ended by `cancel_login`.
    pub(crate) fn is_login_cancelled(&self) -> Result<bool, Fault> {
        Ok(lock(&self.0.login_cancel)?.is_cancelled())
    }

    /// Ends a login, whether it is being waited for or not; says whether there was one.
    pub(crate) fn cancel_login(&self) -> Result<(), Fault> {
        lock(&self.0.login_cancel)?.cancel();
        lock(&self.0.login)?.take();
        Ok(())
    }

    pub(crate) fn files(&self) -> Result<MutexGuard<'_, HashMap<String, OpenFile>>, Fault> {
        lock(&self.0.files)
    }

    pub(crate) fn known_users(&self) -> Result<MutexGuard<'_, Option<KnownUsers>>, Fault> {
        lock(&self.0.known_users)
    }

    /// Begins the check of a list and ends an earlier one of the same object.
    pub(crate) fn start_list_check(&self, object: TargetObject) -> Result<CancellationToken, Fault> {
        let check = CancellationToken::new();
        let earlier = lock(&self.0.list_checks)?.insert(object, check.clone());
        if let Some(earlier) = earlier {
            earlier.cancel();
        }
        Ok(check)
    }

    /// Takes the right to send a run, for this process against others and for this run against itself.
    pub(crate) fn start_sending(&self, run_id: i64) -> Result<CancellationToken, Fault> {
        self.require_open()?;
        let mut sending = lock(&self.0.sending)?;
        if sending.runs.contains_key(&run_id) {
            return Err(Fault::new(
                Code::WrongState,
                format!("Run {run_id} is being sent already."),
            ));
        }
        if sending.lock.is_none() {
            sending.lock = Some(self.0.store.lock_runs()?);
        }
        let cancel = CancellationToken::new();
        sending.obstacles.remove(&run_id);
        sending.runs.insert(
            run_id,
            SentRun {
                cancel: cancel.clone(),
                processed_records: 0,
                processed_from: None,
                settled_from: None,
            },
        );
        Ok(cancel)
    }

    /// Gives that right back.
    pub(crate) fn end_sending(&self, run_id: i64) {
        // A poisoned lock means that a thread panicked; the right goes back with the process then.
        if let Ok(mut sending) = self.0.sending.lock() {
            sending.runs.remove(&run_id);
            if sending.runs.is_empty() {
                sending.lock = None;
            }
        }
    }

    /// Notes what makes a run wait. The workspace may be unable to keep it, when its disk is full.
    pub(crate) fn note_obstacle(&self, run_id: i64, obstacle: Obstacle) {
        // A poisoned lock costs a sentence that is only shown.
        if let Ok(mut sending) = self.0.sending.lock() {
            sending.obstacles.insert(run_id, obstacle);
        }
    }

    /// What stands in the way of a run that this process sent.
    pub(crate) fn obstacle(&self, run_id: i64) -> Option<Obstacle> {
        self.0.sending.lock().ok()?.obstacles.get(&run_id).cloned()
    }

    /// Why a run waits, as far as this process met it.
    #[must_use]
    pub fn why_waiting(&self, run_id: i64) -> Option<Code> {
        self.obstacle(run_id).map(|obstacle| obstacle.code)
    }

    /// Works on what is known of how fast a run went lately, which is nothing at first.
    pub(crate) fn with_minutes<T>(
        &self,
        run_id: i64,
        work: impl FnOnce(&mut Option<Minutes>) -> T,
    ) -> Result<T, Fault> {
        let mut sending = lock(&self.0.sending)?;
        let mut minutes = sending.minutes.remove(&run_id);
        let done = work(&mut minutes);
        if let Some(minutes) = minutes {
            sending.minutes.insert(run_id, minutes);
        }
        Ok(done)
    }

    /// Notes that a call which the journal shows as intended was surely not made.
    pub(crate) fn note_unmade_job(&self, run_id: i64, job_number: u32) {
        // A poisoned lock costs a look-up.
        if let Ok(mut sending) = self.0.sending.lock() {
            sending.unmade_jobs.insert((run_id, job_number));
        }
    }

    /// Whether a call was surely not made; the note is taken away.
    pub(crate) fn take_unmade_job(&self, run_id: i64, job_number: u32) -> bool {
        self.0
            .sending
            .lock()
            .is_ok_and(|mut sending| sending.unmade_jobs.remove(&(run_id, job_number)))
    }

    /// Notes that a plan is being made, so that it can be stopped.
    pub(crate) fn start_planning(&self, run_id: i64) -> Result<CancellationToken, Fault> {
        let cancel = CancellationToken::new();
        lock(&self.0.sending)?.plans.insert(run_id, cancel.clone());
        Ok(cancel)
    }

    /// The plan is made, or was given up.
    pub(crate) fn end_planning(&self, run_id: i64) -> Result<(), Fault> {
        lock(&self.0.sending)?.plans.remove(&run_id);
        Ok(())
    }

    /// Stops the plan of a run; says whether there was one being made.
    pub(crate) fn stop_planning(&self, run_id: i64) -> Result<bool, Fault> {
        let plan = lock(&self.0.sending)?.plans.remove(&run_id);
        if let Some(cancel) = &plan {
            cancel.cancel();
        }
        Ok(plan.is_some())
    }

    /// Whether this process makes the plan of a run.
    pub(crate) fn is_planning(&self, run_id: i64) -> Result<bool, Fault> {
        Ok(lock(&self.0.sending)?.plans.contains_key(&run_id))
    }

    /// Keeps the support bundle that is looked at, so that just this one is saved.
    pub(crate) fn keep_support_bundle(&self, bundle: SupportBundle) -> Result<(), Fault> {
        *lock(&self.0.support_bundle)? = Some(bundle);
        Ok(())
    }

    /// The support bundle that was looked at last.
    pub(crate) fn take_support_bundle(&self) -> Result<Option<SupportBundle>, Fault> {
        Ok(lock(&self.0.support_bundle)?.take())
    }

    /// What this process is doing in the workspace, in one sentence; `None` when it could be closed now.
    pub(crate) fn work_under_way(&self) -> Result<Option<String>, Fault> {
        let sending = lock(&self.0.sending)?;
        let numbers = |ids: &mut dyn Iterator<Item = &i64>| ids.min().copied();
        if let Some(run) = numbers(&mut sending.runs.keys()) {
            return Ok(Some(format!("Run {run} is being sent.")));
        }
        Ok(numbers(&mut sending.plans.keys()).map(|run| format!("The plan of run {run} is being made.")))
    }

    /// Whether this process sends a run.
    #[must_use]
    pub fn is_sending(&self, run_id: i64) -> bool {
        self.sending_cancel(run_id).is_ok_and(|cancel| cancel.is_some())
    }

    /// Notes how many records of a run Salesforce has processed.
    pub(crate) fn note_processed(&self, run_id: i64, records: u32) {
        // A poisoned lock costs a figure that is only shown.
        if let Ok(mut sending) = self.0.sending.lock()
            && let Some(run) = sending.runs.get_mut(&run_id)
        {
            run.processed_records = records;
            // Another job begins anew.
            run.processed_from =
                (records > 0).then(|| run.processed_from.unwrap_or_else(|| Counted::now(records)));
        }
    }

    /// From when the records that Salesforce has processed are counted, and how many they were then; `None` when this process
    /// does not send the run, or nothing was processed.
    pub(crate) fn processed_from(&self, run_id: i64) -> Option<Counted> {
        let sending = self.0.sending.lock().ok()?;
        sending.runs.get(&run_id)?.processed_from
    }

    /// The same of the records that are settled: this is the first look since this process sends the run, or the one before
    /// was. What an earlier process did, or waiting took, is no part of its pace.
    pub(crate) fn settled_from(&self, run_id: i64, settled_records: u32) -> Option<Counted> {
        let mut sending = self.0.sending.lock().ok()?;
        let run = sending.runs.get_mut(&run_id)?;
        Some(
            *run.settled_from
                .get_or_insert_with(|| Counted::now(settled_records)),
        )
    }

    /// How many records of a run Salesforce has processed; 0 when this process does not send it.
    pub(crate) fn processed_records(&self, run_id: i64) -> u32 {
        self.0
            .sending
            .lock()
            .ok()
            .and_then(|sending| Some(sending.runs.get(&run_id)?.processed_records))
            .unwrap_or(0)
    }

    /// The switch that stops a run, when this process sends it.
    pub(crate) fn sending_cancel(&self, run_id: i64) -> Result<Option<CancellationToken>, Fault> {
        Ok(lock(&self.0.sending)?
            .runs
            .get(&run_id)
            .map(|run| run.cancel.clone()))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> Result<MutexGuard<'_, T>, Fault> {
    mutex.lock().map_err(|_| {
        Fault::new(
            Code::Internal,
            "A part of the app failed. Restart Landbridge; nothing is lost.",
        )
    })
}
