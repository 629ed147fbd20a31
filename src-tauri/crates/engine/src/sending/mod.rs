//! Sends a run, and goes on with one that was interrupted: both are the same path.
//!
//! Every step is journaled before it is taken, and every outcome lands with the run's tally in one transaction.
//! The path takes no hint from whoever started it: it reads the journal, settles what is open, then sends what
//! is planned. It never sends a record twice: what may have been written is looked up, not sent again.

mod accounts;
mod bulk;
mod bulk_results;
pub(crate) mod job_files;
mod kept_results;
pub(crate) mod lookup;
mod members;
mod outcome;
mod phase;
mod progress;
pub(crate) mod recovery;
mod reread;
mod rest;
mod row_keys;
mod upload;
pub(crate) mod waiting;

pub(crate) use progress::emit_run;

use std::convert::Infallible;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use model::{LineOutcome, RunState, TargetObject};
use salesforce::Client;
use store::{RunRow, StoreError, Write};
use tokio_util::sync::CancellationToken;

use crate::Engine;
use crate::audit;
use crate::connect::{self, Exporter, exporter_for};
use crate::core::Obstacle;
use crate::exports_switch;
use crate::fault::{Code, Fault};
use crate::planning::org_time;
use crate::run_view::require_run;
use crate::sending::outcome::{CANCELLED_CODE, cancelled, not_answered, refused};
use crate::sending::progress::Progress;

/// What became of memberships of a run that was cancelled.
const CANCELLED_MEMBER: &str = "The run was cancelled before this membership was written.";
/// What became of records and memberships of a run that could not go on.
const FAILED_CODE: &str = "run_failed";
const FAILED_MEMBER: &str =
    "The run ended before this membership was written. Mend the cause, then plan the export again.";
/// How often a run looks whether another process wants its end.
const HEED_PACE: Duration = Duration::from_millis(500);

/// How often a job is made anew because an answer before its close was lost.
const MOST_NEW_JOBS: u32 = 3;

/// What one pass over a run needs.
pub(crate) struct Pass<'a> {
    engine: &'a Engine,
    client: Client,
    run: RunRow,
    cancel: CancellationToken,
    progress: Progress,
    new_jobs: AtomicU32,
}

/// How a pass ended, when not by settling every record.
pub(crate) enum Stop {
    /// It goes on when something is mended.
    Waiting(Fault),
    /// It goes on at this time.
    Until(Fault, Timestamp),
    /// It cannot go on.
    Failed(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        match fault.code {
            Code::SignedOut
            | Code::TokensClosed
            | Code::NotConnected
            | Code::Unreachable
            | Code::LimitReached
            | Code::PermissionMissing
            | Code::FileSystem
            | Code::Workspace => Self::Waiting(fault),
            _ => Self::Failed(fault),
        }
    }
}

impl From<salesforce::Error> for Stop {
    fn from(error: salesforce::Error) -> Self {
        match error {
            salesforce::Error::BudgetUsedUp { .. } => Self::Until(error.into(), waiting::next_day()),
            // The server itself is in trouble, which passes.
            salesforce::Error::Salesforce { status: 500.., .. } => {
                let fault = Fault::from(error);
                Self::Waiting(Fault {
                    code: Code::Unreachable,
                    ..fault
                })
            }
            error => Fault::from(error).into(),
        }
    }
}

/// Starts or goes on with a run in the background.
///
/// # Errors
/// When another process or this one sends it already.
pub(crate) async fn start(engine: &Engine, run_id: i64) -> Result<(), Fault> {
    let cancel = engine.start_sending(run_id)?;
    // Written before the task begins, because a small run may be done before its caller goes on.
    let switch = engine.clone();
    let marked = engine.write(move |write| {
        let run = require_run(write, run_id)?;
        match run.state {
            RunState::Planned => audit::note_sent(write, &run)?,
            RunState::Waiting => exports_switch::require_on(&switch, write)?,
            _ => {}
        }
        mark_sending(write, run_id).map(drop)
    });
    if let Err(fault) = marked.await {
        End::waits(engine, run_id, RunState::Waiting, &fault, None);
        engine.end_sending(run_id);
        return Err(fault);
    }
    let engine = engine.clone();
    tokio::spawn(async move {
        let until = tokio::select! {
            () = engine.closed().cancelled() => None,
            until = drive(&engine, run_id, cancel.clone()) => until,
            never = heed_other_processes(&engine, run_id, &cancel) => match never {},
        };
        engine.end_sending(run_id);
        emit_run(&engine, run_id).await;
        engine.emit_state().await;
        // Not before the right to send was given back: a clock that goes off while the run is sent does nothing.
        if let Some(until) = until
            && engine.resumes_runs()
        {
            waiting::set_clock(&engine, run_id, until);
        }
    });
    Ok(())
}

/// Another window or terminal can ask for the run's end by its state alone.
async fn heed_other_processes(engine: &Engine, run_id: i64, cancel: &CancellationToken) -> Infallible {
    loop {
        tokio::time::sleep(HEED_PACE).await;
        match engine.read(move |read| Ok(read.run(run_id)?)).await {
            Ok(Some(run)) if run.state == RunState::Cancelling => cancel.cancel(),
            Ok(_) => {}
            Err(fault) => tracing::warn!(%fault, "the state of a run could not be read"),
        }
    }
}

/// Sends until every record is settled, or something stands in the way; writes which, and says when the run goes on by itself.
async fn drive(engine: &Engine, run_id: i64, cancel: CancellationToken) -> Option<Timestamp> {
    let ended = pass(engine, run_id, &cancel).await;
    // A run that was asked to stop keeps that wish while it waits.
    let waiting = if cancel.is_cancelled() {
        RunState::Cancelling
    } else {
        RunState::Waiting
    };
    let end = match ended {
        Ok(state) => End::of(state, String::new(), None),
        Err(Stop::Until(fault, until)) => End::waits(engine, run_id, waiting, &fault, Some(until)),
        Err(Stop::Waiting(fault)) => {
            let fault = connect::note_fault(engine, fault).await;
            let until = waiting::goes_on_at(engine, &fault);
            End::waits(engine, run_id, waiting, &fault, until)
        }
        Err(Stop::Failed(fault)) => match give_up(engine, run_id, fault).await {
            Ok(end) => end,
            Err(fault) => End::waits(
                engine,
                run_id,
                waiting,
                &fault,
                waiting::goes_on_at(engine, &fault),
            ),
        },
    };
    let mut until = end.until;
    if let Err(fault) = write_end(engine, run_id, end).await {
        // What stands in the way of the workspace stands in the way of the run, and passes as that does.
        until = waiting::goes_on_at(engine, &fault);
        End::waits(engine, run_id, waiting, &fault, until);
        tracing::error!(run_id, %fault, "the run's state could not be written");
    }
    until
}

/// Where a pass leaves its run.
struct End {
    state: RunState,
    sentence: String,
    /// When it goes on by itself.
    until: Option<Timestamp>,
}

impl End {
    fn of(state: RunState, sentence: String, until: Option<Timestamp>) -> Self {
        Self {
            state,
            sentence,
            until,
        }
    }

    /// Waits for something that was met, which is noted.
    fn waits(engine: &Engine, run_id: i64, state: RunState, fault: &Fault, until: Option<Timestamp>) -> Self {
        let sentence = waiting::sentence(fault, until, engine.resumes_runs());
        engine.note_obstacle(
            run_id,
            Obstacle {
                code: fault.code,
                sentence: sentence.clone(),
            },
        );
        Self::of(state, sentence, until)
    }
}

async fn write_end(engine: &Engine, run_id: i64, end: End) -> Result<(), Fault> {
    let End { state, sentence, .. } = end;
    engine
        .write(move |write| {
            // Whoever was killed while a company's contacts were settled did not count them.
            if require_run(write, run_id)?.object == TargetObject::Contact {
                write.recount(run_id)?;
            }
            write.set_run_state(run_id, state, &sentence)?;
            if state.is_final() {
                write.set_run_finished(run_id, &store::now())?;
                audit::note_ended(write, run_id)?;
            }
            Ok(())
        })
        .await
}

/// Ends a run that cannot go on. While a job of it is open it waits instead, so that what was sent can be settled.
async fn give_up(engine: &Engine, run_id: i64, fault: Fault) -> Result<End, Fault> {
    let sentence = fault.to_string();
    let update = refused(
        FAILED_CODE,
        &format!("The run ended before this record was sent. Mend the cause, then retry it. ({sentence})"),
    );
    let open = engine
        .write(move |write| {
            let open = write.open_job(run_id)?.is_some();
            if !open {
                write.settle_all(run_id, LineOutcome::Planned, &update)?;
                write.end_planned_members(run_id, FAILED_CODE, FAILED_MEMBER)?;
            }
            Ok(open)
        })
        .await?;
    let state = if open { RunState::Waiting } else { RunState::Failed };
    Ok(End::of(state, sentence, None))
}

/// Moves a run to sending, unless it is to be cancelled; returns it as it was.
fn mark_sending(write: &Write<'_>, run_id: i64) -> Result<RunRow, Fault> {
    let run = require_run(write, run_id)?;
    if run.state != RunState::Cancelling {
        write.set_run_state(run_id, RunState::Sending, "")?;
    }
    Ok(run)
}

async fn pass(engine: &Engine, run_id: i64, cancel: &CancellationToken) -> Result<RunState, Stop> {
    let run = engine
        .write(move |write| {
            write.set_run_started(run_id, &store::now())?;
            mark_sending(write, run_id)
        })
        .await?;
    if run.state == RunState::Cancelling {
        cancel.cancel();
    }
    emit_run(engine, run_id).await;
    engine.emit_state().await;
    let Exporter { client, org, .. } = exporter_for(engine, run.person_id).await?;
    if org.org_id != run.org_id {
        return Err(Stop::Waiting(Fault::new(
            Code::WrongState,
            format!(
                "This run writes to {}, but {} is connected. Connect {} again and resume.",
                run.org_name, org.name, run.org_name
            ),
        )));
    }
    let writer = org.user_id.clone();
    let run = engine
        .write(move |write| {
            write.add_run_writer(run_id, &writer)?;
            require_run(write, run_id)
        })
        .await?;
    let progress = Progress::new(engine.clone(), run_id, client.clone());
    let pass = Pass {
        engine,
        client,
        run,
        cancel: cancel.clone(),
        progress,
        new_jobs: AtomicU32::new(0),
    };
    let result = pass.work().await;
    job_files::clear(engine).await;
    pass.progress.note_calls().await?;
    result
}

impl Pass<'_> {
    /// The engine that sends.
    pub(crate) fn engine(&self) -> &Engine {
        self.engine
    }

    /// The client that it sends by.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The run, as it was when the pass began.
    pub(crate) fn run(&self) -> &RunRow {
        &self.run
    }

    /// Whether the run is to be stopped.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    async fn work(&self) -> Result<RunState, Stop> {
        let run_id = self.run.run_id;
        while let Some(job) = self.engine.read(move |read| Ok(read.open_job(run_id)?)).await? {
            recovery::settle(self, job).await?;
        }
        if !self.cancel.is_cancelled() {
            if self.run.tally.asked_records > 0 {
                self.engine
                    .write(move |write| Ok(write.settle_all(run_id, LineOutcome::Asked, &not_answered())?))
                    .await?;
            }
            phase::run_all(self).await?;
        }
        if self.cancel.is_cancelled() {
            self.settle_cancelled().await
        } else {
            Ok(RunState::Done)
        }
    }

    /// Whether a user is one of those who have written for this run.
    fn is_writer(&self, user_id: &str) -> bool {
        let mut writers = self.run.options.writers.iter();
        writers.any(|writer| writer.get(..15) == user_id.get(..15))
    }

    /// The time now by the org's clock, as far as it is known.
    fn org_now(&self) -> String {
        org_time(&self.client)
    }

    /// Whether a job may be made anew once more.
    fn may_start_anew(&self) -> bool {
        self.new_jobs.fetch_add(1, Ordering::Relaxed) < MOST_NEW_JOBS
    }

    /// What was not sent stays unsent; a run whose every record and membership was answered before the stop is done.
    async fn settle_cancelled(&self) -> Result<RunState, Stop> {
        let run_id = self.run.run_id;
        let stopped = self
            .engine
            .write(move |write| {
                for outcome in [LineOutcome::Planned, LineOutcome::Asked] {
                    write.settle_all(run_id, outcome, &cancelled())?;
                }
                let members = write.end_planned_members(run_id, CANCELLED_CODE, CANCELLED_MEMBER)?;
                let reasons = write.reasons(run_id)?;
                Ok(members > 0
                    || reasons.iter().any(|reason| {
                        reason.outcome == LineOutcome::Skipped && reason.code == CANCELLED_CODE
                    }))
            })
            .await?;
        Ok(if stopped {
            RunState::Cancelled
        } else {
            RunState::Done
        })
    }
}

/// Ends a run of which nothing was sent.
pub(crate) fn cancel_planned(write: &Write<'_>, run_id: i64) -> Result<(), StoreError> {
    for outcome in [LineOutcome::Planned, LineOutcome::Asked] {
        write.settle_all(run_id, outcome, &cancelled())?;
    }
    write.end_planned_members(run_id, CANCELLED_CODE, CANCELLED_MEMBER)?;
    write.set_run_state(run_id, RunState::Cancelled, "Cancelled before anything was sent.")?;
    write.set_run_finished(run_id, &store::now())
}
