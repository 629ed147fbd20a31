//! Jobs that the journal shows as open, after a kill or a lost answer.

use model::{Api, JobState, RunState};
use salesforce::Recovery;
use store::JobRow;

use super::kept_results::KeptResults;
use super::{Pass, Stop, bulk, lookup, members};
use crate::Engine;
use crate::fault::Fault;

/// Goes on with the runs that were being sent when the app ended, and with those that waited for something that may
/// be mended now. Those that another process sends are its own.
pub(crate) async fn resume_interrupted(engine: &Engine) -> Result<(), Fault> {
    let runs = engine
        .read(|read| Ok(read.runs_in(&[RunState::Sending, RunState::Waiting, RunState::Cancelling])?))
        .await?;
    for run in runs {
        if engine.is_sending(run.run_id) {
            continue;
        }
        if let Err(fault) = super::start(engine, run.run_id).await {
            tracing::warn!(run_id = run.run_id, %fault, "an interrupted run was left alone");
        }
    }
    Ok(())
}

/// Brings one open job to its end, whatever it was doing.
pub(super) async fn settle(pass: &Pass<'_>, job: JobRow) -> Result<(), Stop> {
    match job.api {
        Api::Rest if pass.engine.take_unmade_job(job.run_id, job.job_number) => start_anew(pass, &job).await,
        Api::Rest => {
            look_up(pass, &job).await?;
            end(pass, &job, JobState::Complete).await
        }
        Api::Bulk => settle_bulk(pass, &job).await,
    }
}

async fn settle_bulk(pass: &Pass<'_>, job: &JobRow) -> Result<(), Stop> {
    let Some(job_id) = job.job_id.as_deref() else {
        // Whether or not the job was created, nothing was uploaded: an empty open job is harmless.
        return start_anew(pass, job).await;
    };
    match pass.client.bulk_ingest().recover(job_id).await? {
        Recovery::StartAnew => start_anew(pass, job).await,
        // Nobody but us closes the job, and that is journaled before.
        Recovery::Finished(_) | Recovery::ResultsGone if job.state == JobState::Created => {
            start_anew(pass, job).await
        }
        Recovery::Running(_) | Recovery::Finished(_) => bulk::follow(pass, job, None).await,
        // Deleted, or older than the seven days that Salesforce keeps results.
        Recovery::ResultsGone => {
            if let Some(info) = KeptResults::finished_job(pass, job)? {
                return bulk::settle_finished(pass, job, info, None).await;
            }
            look_up(pass, job).await?;
            end(pass, job, JobState::Failed).await
        }
    }
}

/// Finds out what became of records without an answer.
async fn look_up(pass: &Pass<'_>, job: &JobRow) -> Result<(), Stop> {
    if members::is_of(job) {
        members::settle_open(pass, job).await
    } else {
        lookup::settle(pass, job).await
    }
}

/// Nothing of the job was processed: its records are sent by another one.
async fn start_anew(pass: &Pass<'_>, job: &JobRow) -> Result<(), Stop> {
    if members::is_of(job) {
        let run_id = job.run_id;
        pass.engine
            .write(move |write| Ok(write.unsend_members(run_id)?))
            .await?;
    }
    end(pass, job, JobState::Aborted).await
}

async fn end(pass: &Pass<'_>, job: &JobRow, state: JobState) -> Result<(), Stop> {
    let (run_id, number) = (job.run_id, job.job_number);
    pass.engine
        .write(move |write| Ok(write.set_job_state(run_id, number, state)?))
        .await?;
    Ok(())
}
