//! 26 records or more: one Bulk API 2.0 ingest job.
//!
//! A job changes nothing before it is closed, so its id is journaled before the upload, and its lines count as
//! sent from just before the close: whatever happens, either nothing was processed or the job can be asked.

use std::fs::File;
use std::io::BufWriter;

use model::{Api, JobOperation, JobState, LineAction, LineOutcome, cell_of_column};
use salesforce::{IngestCsv, IngestOptions, JobInfo, JobState as BulkState, Operation};
use store::{JobLines, JobRow, NewJob, Read};
use tempfile::NamedTempFile;
use tokio_util::sync::CancellationToken;

use super::{Pass, Stop, bulk_results};
use crate::cells::upload_text;
use crate::fault::{Code, Fault};

/// Lines that are in memory at once while the upload is written.
const WINDOW_LINES: u32 = 1_000;

/// Sends every planned line in one job, and settles it.
pub(super) async fn send(pass: &Pass<'_>) -> Result<(), Stop> {
    let (run_id, object) = (pass.run.run_id, pass.run.object);
    let columns = pass.run.columns.clone();
    let job = pass
        .engine
        .write(move |write| {
            Ok(write.intend_job(
                run_id,
                NewJob {
                    api: Api::Bulk,
                    operation: JobOperation::Insert,
                    object,
                    columns: Some(columns),
                    intended_at: store::now(),
                },
                &JobLines::Action(LineAction::Create),
            )?)
        })
        .await?;
    let number = job.job_number;
    let upload = write_upload(pass, number).await?;
    let bulk = pass.client.bulk_ingest();
    let info = bulk
        .create_job(&IngestOptions {
            object: pass.run.object.api_name().to_owned(),
            operation: Operation::Insert,
            assignment_rule_id: None,
        })
        .await?;
    let job_id = info.id.clone();
    pass.engine
        .write(move |write| Ok(write.set_job_id(run_id, number, &job_id)?))
        .await?;
    pass.progress.tell().await;
    bulk.upload(&info, upload.path(), None).await?;
    if pass.cancel.is_cancelled() {
        bulk.abort(&info.id).await?;
        return Ok(pass
            .engine
            .write(move |write| Ok(write.set_job_state(run_id, number, JobState::Aborted)?))
            .await?);
    }
    pass.engine
        .write(move |write| {
            write.mark_sent(run_id, number)?;
            Ok(write.set_job_state(run_id, number, JobState::Uploaded)?)
        })
        .await?;
    bulk.close(&info.id).await?;
    pass.engine
        .write(move |write| Ok(write.set_job_state(run_id, number, JobState::Closed)?))
        .await?;
    follow(
        pass,
        &JobRow {
            job_id: Some(info.id),
            ..job
        },
    )
    .await
}

/// Waits for a closed job and settles its lines.
pub(super) async fn follow(pass: &Pass<'_>, job: &JobRow) -> Result<(), Stop> {
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
    bulk_results::settle(pass, job, &info).await?;
    let state = match info.state {
        BulkState::Failed => JobState::Failed,
        BulkState::Aborted => JobState::Aborted,
        _ => JobState::Complete,
    };
    let (run_id, number) = (job.run_id, job.job_number);
    pass.engine
        .write(move |write| Ok(write.set_job_state(run_id, number, state)?))
        .await?;
    pass.progress.tell().await;
    Ok(())
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

/// Writes the lines of a job as CSV, a window at a time.
async fn write_upload(pass: &Pass<'_>, job_number: u32) -> Result<NamedTempFile, Fault> {
    let run = pass.run.clone();
    let folder = pass.engine.store().folder().to_path_buf();
    pass.engine
        .read(move |read| {
            let file = NamedTempFile::new_in(folder).map_err(|error| not_written(&error))?;
            let handle = file.reopen().map_err(|error| not_written(&error))?;
            write_lines(read, run.run_id, job_number, &run.columns, handle)?;
            Ok(file)
        })
        .await
}

fn write_lines(
    read: &Read<'_>,
    run_id: i64,
    job_number: u32,
    columns: &[String],
    file: File,
) -> Result<(), Fault> {
    let mut csv = IngestCsv::new(BufWriter::new(file), columns).map_err(|error| not_written(&error))?;
    let mut last = 0;
    loop {
        let lines = read.job_lines(run_id, job_number, LineOutcome::Planned, last, WINDOW_LINES)?;
        let Some(end) = lines.last() else { break };
        last = end.line;
        for line in &lines {
            let cells: Vec<Option<String>> = columns
                .iter()
                .map(|column| cell_of_column(&line.cells, column).map(upload_text))
                .collect();
            csv.row(&cells).map_err(|error| not_written(&error))?;
        }
    }
    let writer = csv.finish().map_err(|error| not_written(&error))?;
    writer
        .into_inner()
        .map_err(|error| not_written(error.error()))?
        .sync_data()
        .map_err(|error| not_written(&error))
}

fn not_written(error: &std::io::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        "The upload could not be written to the workspace folder. Make room on the disk and resume.",
    )
    .with_detail(error.to_string())
}
