//! The results of a finished job. They come back unordered and without row numbers, so a row is told by its
//! exact values; rows with the same values are interchangeable.

use std::path::PathBuf;

use model::LineOutcome;
use salesforce::{JobInfo, JobState as BulkState, ResultRow, ResultRows, ResultSet};
use store::{JobRow, LineOutcomeUpdate, Write};

use super::{CANCELLED_CODE, Pass, Stop, created, refused, uncertain};
use crate::fault::{Code, Fault};

/// Lines that are settled in one transaction.
const CHUNK_ROWS: usize = 2_000;

/// Downloads and reads all three result files, and settles every line of the job.
pub(super) async fn settle(pass: &Pass<'_>, job: &JobRow, info: &JobInfo) -> Result<(), Stop> {
    let folder = tempfile::Builder::new()
        .prefix("results-")
        .tempdir_in(pass.engine.store().folder())
        .map_err(|error| not_read(&error))?;
    let bulk = pass.client.bulk_ingest();
    for (set, name) in [
        (ResultSet::Successful, "successful.csv"),
        (ResultSet::Failed, "failed.csv"),
        (ResultSet::Unprocessed, "unprocessed.csv"),
    ] {
        let path = folder.path().join(name);
        bulk.download_results(&info.id, set, &path).await?;
        read_file(pass, job, info, set, path).await?;
        pass.progress.tell().await;
    }
    settle_rest(pass, job, info).await?;
    folder.close().map_err(|error| not_read(&error))?;
    Ok(())
}

async fn read_file(
    pass: &Pass<'_>,
    job: &JobRow,
    info: &JobInfo,
    set: ResultSet,
    path: PathBuf,
) -> Result<(), Stop> {
    let mut rows = ResultRows::open(&path)?;
    let columns = rows.columns().to_vec();
    let order = pass.run.columns.clone();
    // Results name the uploaded columns; their order is asked for, not assumed.
    let places: Vec<Option<usize>> = order
        .iter()
        .map(|name| {
            columns
                .iter()
                .position(|column| column.eq_ignore_ascii_case(name))
        })
        .collect();
    let unprocessed = unprocessed_update(info);
    loop {
        let chunk: Vec<ResultRow> = rows.by_ref().take(CHUNK_ROWS).collect::<Result<_, _>>()?;
        if chunk.is_empty() {
            return Ok(());
        }
        let (job, places, unprocessed) = (job.clone(), places.clone(), unprocessed.clone());
        pass.engine
            .write(move |write| {
                for row in &chunk {
                    let update = match set {
                        ResultSet::Successful => created(row.id.clone().unwrap_or_default()),
                        ResultSet::Failed => match &row.error {
                            Some(error) => refused(&error.code, &error.message),
                            None => refused("UNKNOWN", "Salesforce gave no reason."),
                        },
                        ResultSet::Unprocessed => unprocessed.clone(),
                    };
                    settle_row(write, &job, &places, row, &update)?;
                }
                Ok(())
            })
            .await?;
        pass.progress.tell_at_pace().await;
    }
}

fn settle_row(
    write: &Write<'_>,
    job: &JobRow,
    places: &[Option<usize>],
    row: &ResultRow,
    update: &LineOutcomeUpdate,
) -> Result<(), Fault> {
    let cells: Vec<&str> = places
        .iter()
        .map(|place| {
            place
                .and_then(|place| row.cells.get(place))
                .map_or("", String::as_str)
        })
        .collect();
    let digest = model::row_digest(&cells);
    if let Some(line) = write.sent_line_with_digest(job.run_id, job.job_number, &digest)? {
        write.settle_line(job.run_id, line, update)?;
    } else {
        tracing::warn!(
            run_id = job.run_id,
            "a result row fits no line that waits for one"
        );
    }
    Ok(())
}

/// What becomes of rows that Salesforce did not process.
fn unprocessed_update(info: &JobInfo) -> LineOutcomeUpdate {
    if info.state == BulkState::Aborted {
        return LineOutcomeUpdate {
            outcome: LineOutcome::Skipped,
            salesforce_id: None,
            error_code: Some(CANCELLED_CODE.to_owned()),
            error: Some("The run was cancelled before Salesforce processed this record.".to_owned()),
            settled_at: store::now(),
        };
    }
    let reason = info
        .error_message
        .clone()
        .unwrap_or_else(|| "Salesforce ended the job before this record.".to_owned());
    let code = reason
        .split(" : ")
        .next()
        .filter(|code| !code.contains(' '))
        .unwrap_or("JOB_FAILED")
        .to_owned();
    refused(&code, &reason)
}

/// Lines that no file named: a job that failed or was aborted as a whole names none; else the answer is missing.
async fn settle_rest(pass: &Pass<'_>, job: &JobRow, info: &JobInfo) -> Result<(), Stop> {
    let whole = matches!(info.state, BulkState::Failed | BulkState::Aborted)
        && info.number_records_processed.unwrap_or_default() == 0;
    let update = if whole {
        unprocessed_update(info)
    } else {
        uncertain()
    };
    let (run_id, number) = (job.run_id, job.job_number);
    pass.engine
        .write(move |write| {
            loop {
                let lines = write.job_lines(run_id, number, LineOutcome::Sent, 0, 1_000)?;
                if lines.is_empty() {
                    return Ok(());
                }
                for line in lines {
                    write.settle_line(run_id, line.line, &update)?;
                }
            }
        })
        .await?;
    Ok(())
}

fn not_read(error: &std::io::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        "The results could not be kept in the workspace folder. Make room on the disk and resume.",
    )
    .with_detail(error.to_string())
}
