//! The engine itself: one workspace, one host, one connection, and the events that clients watch.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use model::TargetObject;
use salesforce::{Client, Pace};
use secrecy::SecretString;
use store::{OrgRow, Read, RunLock, Store, StoreError, Write};
use tokio::sync::{Mutex as AsyncMutex, broadcast};
use tokio_util::sync::CancellationToken;

use crate::connect::PendingLogin;
use crate::contract::event::Event;
use crate::contract::stored_data::SupportBundle;
use crate::contract::{self};
use crate::fault::{Code, Fault};
use crate::host::Host;
use crate::import::OpenFile;
use crate::user_mapping::KnownUsers;
use crate::{integration, mapping, planning, sending, workspaces};

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
}

/// The client of the connected org, and that org when it is not the stored one.
#[derive(Default)]
pub(crate) struct Connection {
    pub client: Option<Client>,
    pub ready_org: Option<OrgRow>,
}

/// The runs that this process sends.
#[derive(Default)]
struct Sending {
    runs: HashMap<i64, SentRun>,
    plans: HashMap<i64, CancellationToken>,
    lock: Option<RunLock>,
}

/// A run that this process sends.
#[derive(Clone, Default)]
struct SentRun {
    cancel: CancellationToken,
    /// Records that Salesforce says it has processed; their results come when the job is finished.
    processed_records: u32,
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
        }));
        engine.resume_runs().await?;
        workspaces::remember(&engine).await?;
        Ok(engine)
    }

    /// Goes on with interrupted and waiting runs, where this engine does so by itself.
    pub(crate) async fn resume_runs(&self) -> Result<(), Fault> {
        if self.0.resume_runs {
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
        contract::call(self, name, params).await
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
        sending.runs.insert(
            run_id,
            SentRun {
                cancel: cancel.clone(),
                processed_records: 0,
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
        }
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
