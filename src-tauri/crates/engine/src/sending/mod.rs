//! Sends a run, and goes on with one that was interrupted: both are the same path.
//!
//! Every step is journaled before it is taken, and every outcome lands with the run's tally in one transaction.
//! The path takes no hint from whoever started it: it reads the journal, settles what is open, then sends what
//! is planned. It never sends a record twice: what may have been written is looked up, not sent again.

mod bulk;
mod bulk_results;
mod lookup;
mod progress;
pub(crate) mod recovery;
mod rest;

use std::convert::Infallible;
use std::time::Duration;

use model::{Api, JobState, LineOutcome, RunState};
use salesforce::Client;
use store::{LineOutcomeUpdate, RunRow, StoreError, Write};
use tokio_util::sync::CancellationToken;

use crate::Engine;
use crate::connect::{self, client, require_org};
use crate::fault::{Code, Fault};
use crate::run_view::require_run;
use crate::sending::progress::Progress;

/// Code of a line that was not sent because the run was cancelled.
const CANCELLED_CODE: &str = "cancelled";
/// How often a run looks whether another process wants its end.
const HEED_PACE: Duration = Duration::from_millis(500);

/// What one pass over a run needs.
pub(super) struct Pass<'a> {
    engine: &'a Engine,
    client: Client,
    run: RunRow,
    cancel: CancellationToken,
    progress: Progress,
}

/// How a pass ended, when not by settling every record.
pub(super) enum Stop {
    /// It goes on when something is mended.
    Waiting(Fault),
    /// It cannot go on.
    Failed(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        match fault.code {
            Code::SignedOut
            | Code::NotConnected
            | Code::Unreachable
            | Code::LimitReached
            | Code::FileSystem => Self::Waiting(fault),
            _ => Self::Failed(fault),
        }
    }
}

impl From<salesforce::Error> for Stop {
    fn from(error: salesforce::Error) -> Self {
        Fault::from(error).into()
    }
}

/// Starts or goes on with a run in the background.
///
/// # Errors
/// When another process or this one sends it already.
pub(crate) async fn start(engine: &Engine, run_id: i64) -> Result<(), Fault> {
    let cancel = engine.start_sending(run_id)?;
    // Written before the task begins, because a small run may be done before its caller goes on.
    if let Err(fault) = engine
        .write(move |write| mark_sending(write, run_id).map(drop))
        .await
    {
        engine.end_sending(run_id);
        return Err(fault);
    }
    let engine = engine.clone();
    tokio::spawn(async move {
        let ended = tokio::select! {
            ended = drive(&engine, run_id, cancel.clone()) => ended,
            never = heed_other_processes(&engine, run_id, &cancel) => match never {},
        };
        engine.end_sending(run_id);
        if let Err(fault) = ended {
            tracing::error!(run_id, %fault, "the run's state could not be written");
        }
        progress::emit_run(&engine, run_id).await;
        engine.emit_state().await;
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

/// Sends until every record is settled, or something stands in the way; writes which.
async fn drive(engine: &Engine, run_id: i64, cancel: CancellationToken) -> Result<(), Fault> {
    let (state, sentence) = match pass(engine, run_id, &cancel).await {
        Ok(state) => (state, String::new()),
        Err(Stop::Waiting(fault)) => {
            let fault = connect::note_fault(engine, fault).await;
            // A run that was asked to stop keeps that wish while it waits.
            let state = if cancel.is_cancelled() {
                RunState::Cancelling
            } else {
                RunState::Waiting
            };
            (state, fault.to_string())
        }
        Err(Stop::Failed(fault)) => (RunState::Failed, fault.to_string()),
    };
    engine
        .write(move |write| {
            write.recount(run_id)?;
            write.set_run_state(run_id, state, &sentence)?;
            if state.is_final() {
                write.set_run_finished(run_id, &store::now())?;
            }
            Ok(())
        })
        .await
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
    progress::emit_run(engine, run_id).await;
    engine.emit_state().await;
    let client = client(engine).await?;
    let org = require_org(engine).await?;
    if org.org_id != run.org_id {
        return Err(Stop::Waiting(Fault::new(
            Code::WrongState,
            format!(
                "This run writes to {}, but {} is connected. Connect {} again and resume.",
                run.org_name, org.name, run.org_name
            ),
        )));
    }
    let progress = Progress::new(engine.clone(), run_id, client.clone());
    let pass = Pass {
        engine,
        client,
        run,
        cancel: cancel.clone(),
        progress,
    };
    let result = pass.work().await;
    pass.progress.note_calls().await?;
    result
}

impl Pass<'_> {
    async fn work(&self) -> Result<RunState, Stop> {
        let run_id = self.run.run_id;
        for job in self.engine.read(move |read| Ok(read.jobs(run_id)?)).await? {
            if !matches!(
                job.state,
                JobState::Complete | JobState::Aborted | JobState::Failed
            ) {
                recovery::settle(self, job).await?;
            }
        }
        if self.cancel.is_cancelled() {
            return self.settle_cancelled().await;
        }
        let planned = self
            .engine
            .read(move |read| Ok(read.count_lines(run_id, &planned_lines())?))
            .await?;
        if planned > 0 {
            match self.run.api {
                Api::Rest => rest::send(self).await?,
                Api::Bulk => bulk::send(self).await?,
            }
        }
        if self.cancel.is_cancelled() {
            self.settle_cancelled().await
        } else {
            Ok(RunState::Done)
        }
    }

    /// What was not sent stays unsent; a run whose every record was answered before the stop is done.
    async fn settle_cancelled(&self) -> Result<RunState, Stop> {
        let run_id = self.run.run_id;
        let stopped = self
            .engine
            .write(move |write| {
                write.settle_all(run_id, LineOutcome::Planned, &cancelled())?;
                let reasons = write.reasons(run_id)?;
                Ok(reasons
                    .iter()
                    .any(|(outcome, code, ..)| *outcome == LineOutcome::Skipped && code == CANCELLED_CODE))
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
    write.settle_all(run_id, LineOutcome::Planned, &cancelled())?;
    write.set_run_state(run_id, RunState::Cancelled, "Cancelled before anything was sent.")?;
    write.set_run_finished(run_id, &store::now())
}

/// A line that was not sent because the run was cancelled.
fn cancelled() -> LineOutcomeUpdate {
    LineOutcomeUpdate {
        outcome: LineOutcome::Skipped,
        salesforce_id: None,
        error_code: Some(CANCELLED_CODE.to_owned()),
        error: Some("The run was cancelled before this record was sent.".to_owned()),
        settled_at: store::now(),
    }
}

/// The lines that are still to be sent.
fn planned_lines() -> store::LineFilter {
    store::LineFilter {
        outcome: Some(LineOutcome::Planned),
        ..store::LineFilter::default()
    }
}

/// A line that Salesforce refused.
fn refused(code: &str, message: &str) -> LineOutcomeUpdate {
    LineOutcomeUpdate {
        outcome: LineOutcome::Failed,
        salesforce_id: None,
        error_code: Some(code.to_owned()),
        error: Some(message.to_owned()),
        settled_at: store::now(),
    }
}

/// A line that Salesforce saved as a new record.
fn created(salesforce_id: String) -> LineOutcomeUpdate {
    LineOutcomeUpdate {
        outcome: LineOutcome::Created,
        salesforce_id: Some(salesforce_id),
        error_code: None,
        error: None,
        settled_at: store::now(),
    }
}

/// A line of which nobody can tell whether it was saved.
fn uncertain() -> LineOutcomeUpdate {
    LineOutcomeUpdate {
        outcome: LineOutcome::Uncertain,
        salesforce_id: None,
        error_code: Some("reply_lost".to_owned()),
        error: Some(
            "Salesforce's answer was lost, and no record with these values was found. Look in the org before exporting it again."
                .to_owned(),
        ),
        settled_at: store::now(),
    }
}
