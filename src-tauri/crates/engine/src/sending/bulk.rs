//! 26 records or more: Bulk API 2.0 ingest jobs.
//!
//! A job changes nothing before it is closed, so its id is journaled before the upload, and its lines count as sent from
//! just before the close: whatever happens, either nothing was processed or the job can be asked.

use model::{Api, JobState};
use salesforce::{IngestOptions, JobInfo, JobState as BulkState, Operation};
use store::{JobLines, JobRow, NewJob};
use tokio_util::sync::CancellationToken;

use super::phase::{NEXT_UPLOAD_CODE, Phase, RESERVED_TEXT_CODE};
use super::upload::{self, Upload};
use super::{Pass, Stop, bulk_results, job_files, members, recovery};
use crate::fault::{Code, Fault};

/// Sends planned lines in one job, and settles it.
pub(super) async fn send_lines(pass: &Pass<'_>, phase: Phase, lines: JobLines) -> Result<(), Stop> {
    let run = pass.run.clone();
    let intended_at = pass.org_now();
    let job = pass
        .engine
        .write(move |write| {
            let new = NewJob {
                api: Api::Bulk,
                action: phase.action,
                object: phase.object.api_name().to_owned(),
                columns: None,
                intended_at,
            };
            let job = write.intend_job(run.run_id, new, &lines)?;
            let columns = upload::choose_columns(write, &run, phase.object, &job)?;
            write.set_job_columns(run.run_id, job.job_number, &columns)?;
            Ok(JobRow {
                columns: Some(columns),
                ..job
            })
        })
        .await?;
    let upload = upload::write(pass, &job).await?;
    send(pass, job, upload, phase.assignment_rule_id(pass)).await
}

/// Creates a job, uploads, closes it, and settles what comes back.
pub(super) async fn send(
    pass: &Pass<'_>,
    job: JobRow,
    upload: Upload,
    assignment_rule_id: Option<String>,
) -> Result<(), Stop> {
    let (run_id, number) = (pass.run.run_id, job.job_number);
    let (records, reserved, next) = (upload.records, upload.reserved.clone(), upload.next.clone());
    if records == 0 {
        // Nothing that Bulk API could take.
        return Ok(pass
            .engine
            .write(move |write| {
                write.set_aside(run_id, &reserved, RESERVED_TEXT_CODE)?;
                Ok(write.set_job_state(run_id, number, JobState::Aborted)?)
            })
            .await?);
    }
    let bulk = pass.client.bulk_ingest();
    let options = IngestOptions {
        object: job.object.clone(),
        operation: match job.operation() {
            model::JobOperation::Insert => Operation::Insert,
            model::JobOperation::Update => Operation::Update,
            model::JobOperation::Delete => Operation::Delete,
        },
        assignment_rule_id,
    };
    let info = match bulk.create_job(&options).await {
        Ok(info) => info,
        Err(error) => return lost(pass, job, error).await,
    };
    let job_id = info.id.clone();
    pass.engine
        .write(move |write| Ok(write.set_job_id(run_id, number, &job_id)?))
        .await?;
    let job = JobRow {
        job_id: Some(info.id.clone()),
        state: JobState::Created,
        ..job
    };
    pass.progress.tell().await;
    if let Err(error) = bulk.upload(&info, upload.file.path(), None).await {
        return lost(pass, job, error).await;
    }
    if pass.cancel.is_cancelled() {
        bulk.abort(&info.id).await?;
        return Ok(pass
            .engine
            .write(move |write| {
                write.unsend_members(run_id)?;
                Ok(write.set_job_state(run_id, number, JobState::Aborted)?)
            })
            .await?);
    }
    pass.engine
        .write(move |write| {
            write.set_aside(run_id, &reserved, RESERVED_TEXT_CODE)?;
            write.set_aside(run_id, &next, NEXT_UPLOAD_CODE)?;
            write.set_job_records(run_id, number, records)?;
            Ok(write.set_job_state(run_id, number, JobState::Uploaded)?)
        })
        .await?;
    bulk.close(&info.id).await?;
    pass.engine
        .write(move |write| Ok(write.set_job_state(run_id, number, JobState::Closed)?))
        .await?;
    let job = JobRow {
        records,
        state: JobState::Closed,
        ..job
    };
    follow(pass, &job, Some(&upload)).await
}

/// A call before the close failed. When its answer was lost the job is given up and made anew, but not without end.
async fn lost(pass: &Pass<'_>, job: JobRow, error: salesforce::Error) -> Result<(), Stop> {
    let may_have_acted = error.may_have_acted();
    let again = may_have_acted && pass.may_start_anew();
    tracing::warn!(%error, again, "a Bulk job was not made");
    if may_have_acted || job.job_id.is_none() {
        recovery::settle(pass, job).await?;
    }
    if again { Ok(()) } else { Err(error.into()) }
}

/// Waits for a closed job and settles its lines.
pub(super) async fn follow(pass: &Pass<'_>, job: &JobRow, upload: Option<&Upload>) -> Result<(), Stop> {
    let job_id = job_id(job)?;
    let bulk = pass.client.bulk_ingest();
    let tell = |info: &JobInfo| pass.progress.told(info);
    let info = match bulk.wait(&job_id, &pass.cancel, tell).await {
        Err(salesforce::Error::Cancelled) => {
            match bulk.abort(&job_id).await {
                Ok(_) => {}
                // It was finished in the meantime: its results count.
                Err(error) if error.api_code() == Some("INVALIDJOBSTATE") => {}
                Err(error) => return Err(error.into()),
            }
            bulk.wait(&job_id, &CancellationToken::new(), tell).await?
        }
        other => other?,
    };
    settle_finished(pass, job, info, upload).await
}

/// Settles the lines of a job that is at its end in Salesforce.
pub(super) async fn settle_finished(
    pass: &Pass<'_>,
    job: &JobRow,
    info: JobInfo,
    upload: Option<&Upload>,
) -> Result<(), Stop> {
    let state = match info.state {
        BulkState::Failed => JobState::Failed,
        BulkState::Aborted => JobState::Aborted,
        _ => JobState::Complete,
    };
    match Phase::of(pass, job) {
        Some(phase) => bulk_results::settle(pass, phase, job, &info, upload).await?,
        None => members::settle_job(pass, job, &info).await?,
    }
    let (run_id, number) = (job.run_id, job.job_number);
    pass.engine
        .write(move |write| Ok(write.set_job_state(run_id, number, state)?))
        .await?;
    pass.engine.note_processed(run_id, 0);
    pass.progress.tell().await;
    job_files::clear(pass.engine).await;
    match info.error_message {
        // The org takes no more records today: what it did not process is planned still.
        Some(reason) if is_quota(&reason) => Err(Stop::Waiting(Fault::new(
            Code::LimitReached,
            format!("The org's limit of Bulk records is reached: {reason}. Resume when it has room again."),
        ))),
        _ => Ok(()),
    }
}

/// Whether a job failed because the org takes no more for now (Bulk API 2.0 Developer Guide, "Errors": `ExceededQuota`).
pub(super) fn is_quota(reason: &str) -> bool {
    reason.starts_with("ExceededQuota")
}

/// The id that Salesforce gave the job.
pub(super) fn job_id(job: &JobRow) -> Result<String, Fault> {
    job.job_id.clone().ok_or_else(|| {
        Fault::new(
            Code::Internal,
            format!("Job {} of this run has no id.", job.job_number),
        )
    })
}
