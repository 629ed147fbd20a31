//! The results of a finished job. They come back in any order and without row numbers, so a row is told by its record, or by
//! its exact values; rows with the same values are interchangeable.

use std::sync::Arc;

use model::{JobOperation, LineAction, row_digest};
use salesforce::{Error, JobInfo, JobState as BulkState, LentRow, ResultSet};
use store::{JobRow, Settlement, Write};

use super::kept_results::{KeptResults, UnreadResults};
use super::outcome::{Judging, Refusal, Verdict, cancelled, is_passing, refused};
use super::phase::Phase;
use super::rest::apply;
use super::row_keys::{RowKey, RowKeys};
use super::upload::{ID_COLUMN, Upload};
use super::{Pass, Stop, bulk, lookup};
use crate::fault::Fault;

/// Lines that are settled in one transaction.
pub(super) const CHUNK_ROWS: usize = 5_000;

/// Settles every line of the job.
pub(super) async fn settle(
    pass: &Pass<'_>,
    phase: Phase,
    job: &JobRow,
    info: &JobInfo,
    upload: Option<&Upload>,
) -> Result<(), Stop> {
    if let Some(damage) = read_results(pass, phase, job, info, upload).await? {
        let anew = KeptResults::given_up(job, &damage);
        if let Some(damage) = read_results(pass, phase, &anew, info, upload).await? {
            return Err(damage.into());
        }
    }
    settle_rest(pass, phase, job, info).await
}

/// Settles the lines of all rows; says what made a file unreadable from some row on.
async fn read_results(
    pass: &Pass<'_>,
    phase: Phase,
    job: &JobRow,
    info: &JobInfo,
    upload: Option<&Upload>,
) -> Result<Option<Error>, Stop> {
    let Some(results) = KeptResults::of(pass, job, info).await? else {
        return Ok(None);
    };
    let judging = phase.judging(pass, false);
    let reading = Reading {
        job: job.clone(),
        judging,
        unprocessed: unprocessed(pass, judging, info),
        keys: keys(pass, job, upload).await?,
    };
    for unread in results.unread() {
        let damage = match unread {
            Ok(unread) => read_file(pass, reading.clone(), unread).await?,
            Err(damage) => Some(damage),
        };
        if damage.is_some() {
            KeptResults::give_up(pass, job).await?;
            return Ok(damage);
        }
    }
    Ok(None)
}

/// The keys of a job's rows: those of its upload, or after a kill those that the database has.
async fn keys(pass: &Pass<'_>, job: &JobRow, upload: Option<&Upload>) -> Result<Arc<RowKeys>, Fault> {
    if let Some(upload) = upload {
        return Ok(upload.keys.clone());
    }
    let job = job.clone();
    let keys = pass
        .engine
        .read(move |read| RowKeys::of_waiting(read, &job))
        .await?;
    Ok(Arc::new(keys))
}

/// How a file is read.
#[derive(Clone)]
struct Reading {
    job: JobRow,
    judging: Judging,
    /// What becomes of rows that were not processed.
    unprocessed: Verdict,
    keys: Arc<RowKeys>,
}

async fn read_file(
    pass: &Pass<'_>,
    reading: Reading,
    mut unread: UnreadResults,
) -> Result<Option<Error>, Stop> {
    let places = places(&reading.job, unread.rows.columns());
    let reading = Arc::new(reading);
    loop {
        let chunk = pass
            .engine
            .read_rows_and_write(reading.clone(), unread, places.clone())
            .await?;
        if chunk.damage.is_some() || chunk.rows < CHUNK_ROWS {
            return Ok(chunk.damage);
        }
        unread = chunk.unread;
        pass.progress.tell_at_pace().await;
    }
}

/// What was read in one transaction.
struct Chunk {
    unread: UnreadResults,
    rows: usize,
    /// Why the next row cannot be read.
    damage: Option<Error>,
}

/// Where the columns that tell a row are in a result file: Salesforce names the uploaded columns, and their order is asked
/// for, not assumed.
fn places(job: &JobRow, columns: &[String]) -> Vec<Option<usize>> {
    let wanted = match job.operation() {
        JobOperation::Insert => job.columns.clone().unwrap_or_default(),
        _ => vec![ID_COLUMN.to_owned()],
    };
    wanted
        .iter()
        .map(|name| {
            columns
                .iter()
                .position(|column| column.eq_ignore_ascii_case(name))
        })
        .collect()
}

impl crate::Engine {
    /// Reads one chunk of rows and settles their lines, off the async threads.
    async fn read_rows_and_write(
        &self,
        reading: Arc<Reading>,
        mut unread: UnreadResults,
        places: Vec<Option<usize>>,
    ) -> Result<Chunk, Fault> {
        self.write(move |write| {
            let job = &reading.job;
            let mut settlement = Settlement::of(write, job);
            let (now, mut rows, mut unclaimed, mut damage) = (store::now(), 0, 0, None);
            while rows < CHUNK_ROWS {
                let row = match unread.rows.lend() {
                    Ok(Some(row)) => row,
                    Ok(None) => break,
                    Err(error) => {
                        damage = Some(error);
                        break;
                    }
                };
                rows += 1;
                if !reading.settle(write, &mut settlement, &places, unread.set, row, &now)? {
                    unclaimed += 1;
                }
            }
            settlement.finish()?;
            unread.note(write, job)?;
            if unclaimed > 0 {
                // In results that are read again, these are of lines that were settled before.
                tracing::warn!(
                    run_id = job.run_id,
                    unclaimed,
                    "result rows that no line waits for"
                );
            }
            Ok(Chunk { unread, rows, damage })
        })
        .await
    }
}

impl Reading {
    /// Settles the line of a row; says whether one waited for it.
    fn settle(
        &self,
        write: &Write<'_>,
        settlement: &mut Settlement<'_>,
        places: &[Option<usize>],
        set: ResultSet,
        row: LentRow<'_>,
        now: &str,
    ) -> Result<bool, Fault> {
        let verdict = match set {
            ResultSet::Successful => {
                let id = (self.judging.action == LineAction::Create)
                    .then(|| row.id().map(str::to_owned))
                    .flatten();
                Verdict::Settled(self.judging.written(id, now.to_owned()))
            }
            ResultSet::Failed => match row.error() {
                Some(error) => self.judging.refusal(&Refusal {
                    code: &error.code,
                    message: &error.message,
                    duplicates: None,
                }),
                None => Verdict::Settled(refused("UNKNOWN", "Salesforce gave no reason.")),
            },
            ResultSet::Unprocessed => self.unprocessed.clone(),
        };
        let cells: Vec<&str> = places
            .iter()
            .map(|place| place.map_or("", |place| row.cell(place)))
            .collect();
        for line in self.keys.lines(&row_digest(&cells)) {
            if apply(settlement, line, &verdict)? {
                return Ok(true);
            }
        }
        let line = match self.job.operation() {
            JobOperation::Insert => None,
            _ => write.awaiting_line_of_record(&self.job, cells.first().copied().unwrap_or_default())?,
        };
        match line {
            Some(line) => Ok(apply(settlement, line, &verdict)?),
            None => Ok(false),
        }
    }
}

/// What becomes of rows that Salesforce did not process.
fn unprocessed(pass: &Pass<'_>, judging: Judging, info: &JobInfo) -> Verdict {
    if info.state == BulkState::Aborted {
        let update = if pass.cancel.is_cancelled() {
            cancelled()
        } else {
            refused(
                "job_aborted",
                "Somebody aborted the job in Salesforce before this record. Retry it.",
            )
        };
        return Verdict::Settled(update);
    }
    let reason = info
        .error_message
        .clone()
        .unwrap_or_else(|| "Salesforce ended the job before this record.".to_owned());
    if bulk::is_quota(&reason) {
        // Sent again when the org has room.
        return Verdict::PutOff {
            code: "exceeded_quota".to_owned(),
            error: reason,
            most_attempts: u32::MAX,
        };
    }
    let code = reason
        .split(" : ")
        .next()
        .filter(|code| !code.contains(' '))
        .unwrap_or("JOB_FAILED")
        .to_owned();
    if is_passing(&code, &reason) {
        judging.refusal(&Refusal {
            code: &code,
            message: &reason,
            duplicates: None,
        })
    } else {
        Verdict::Settled(refused(&code, &reason))
    }
}

/// Lines that no file named: a job that failed or was aborted as a whole names none; else they are looked up.
async fn settle_rest(pass: &Pass<'_>, phase: Phase, job: &JobRow, info: &JobInfo) -> Result<(), Stop> {
    let whole = matches!(info.state, BulkState::Failed | BulkState::Aborted)
        && info.number_records_processed.unwrap_or_default() == 0;
    if !whole {
        return lookup::settle(pass, job).await;
    }
    let verdict = unprocessed(pass, phase.judging(pass, false), info);
    let job = job.clone();
    pass.engine
        .write(move |write| {
            loop {
                let lines = write.awaiting_lines(&job, 0, 1_000)?;
                if lines.is_empty() {
                    return Ok(());
                }
                let mut settlement = Settlement::of(write, &job);
                for line in lines {
                    apply(&mut settlement, line.line, &verdict)?;
                }
                settlement.finish()?;
            }
        })
        .await?;
    Ok(())
}

/// The key of a row that is told by a record's id.
pub(super) fn key_of_record(id: &str) -> RowKey {
    row_digest(&[id])
}
