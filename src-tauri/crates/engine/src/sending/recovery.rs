//! Jobs that the journal shows as open, after a kill or a lost answer.

use model::{Api, JobState, LineOutcome, RunState};
use salesforce::JobState as BulkState;
use store::JobRow;

use super::{Pass, Stop, bulk, lookup};
use crate::Engine;
use crate::fault::Fault;

/// Goes on with the runs that were being sent when the app ended, and with those that waited for something that may
/// be mended now. Those that another process sends are its own.
pub(crate) async fn resume_interrupted(engine: &Engine) -> Result<(), Fault> {
    let runs = engine
        .read(|read| Ok(read.runs_in(&[RunState::Sending, RunState::Waiting, RunState::Cancelling])?))
        .await?;
    for run in runs {
        if let Err(fault) = super::start(engine, run.run_id).await {
            tracing::warn!(run_id = run.run_id, %fault, "an interrupted run was left alone");
        }
    }
    Ok(())
}

/// Brings one open job to its end, whatever it was doing.
pub(super) async fn settle(pass: &Pass<'_>, job: JobRow) -> Result<(), Stop> {
    match job.api {
        Api::Rest => {
            lookup::settle_sent(pass, &job).await?;
            end(pass, &job, JobState::Complete).await
        }
        Api::Bulk => settle_bulk(pass, &job).await,
    }
}

async fn settle_bulk(pass: &Pass<'_>, job: &JobRow) -> Result<(), Stop> {
    let Some(job_id) = job.job_id.as_deref() else {
        // Whether or not the job was created, nothing was uploaded: an empty open job is harmless.
        return end(pass, job, JobState::Aborted).await;
    };
    let bulk = pass.client.bulk_ingest();
    let info = match bulk.job(job_id).await {
        Ok(info) => info,
        Err(error) if error.api_code() == Some("NOT_FOUND") => {
            // Deleted, or older than the seven days that Salesforce keeps results.
            lookup::settle_sent(pass, job).await?;
            return end(pass, job, JobState::Failed).await;
        }
        Err(error) => return Err(error.into()),
    };
    if info.state == BulkState::Open {
        // Nothing of an open job is ever processed; whether the upload arrived cannot be told, so it starts anew.
        bulk.abort(job_id).await?;
        return end(pass, job, JobState::Aborted).await;
    }
    let unclosed = matches!(job.state, JobState::Created);
    if unclosed && info.state == BulkState::Aborted {
        return end(pass, job, JobState::Aborted).await;
    }
    bulk::follow(pass, job).await
}

/// Writes a job's end; lines that it did not answer and that were surely not written are planned again.
async fn end(pass: &Pass<'_>, job: &JobRow, state: JobState) -> Result<(), Stop> {
    let (run_id, number) = (job.run_id, job.job_number);
    pass.engine
        .write(move |write| {
            if state == JobState::Aborted {
                write.unmark_sent(run_id, number)?;
            }
            debug_assert!(
                state == JobState::Aborted
                    || write
                        .job_lines(run_id, number, LineOutcome::Sent, 0, 1)?
                        .is_empty()
            );
            Ok(write.set_job_state(run_id, number, state)?)
        })
        .await?;
    Ok(())
}
