//! Settles changes and deletions whose answer was lost: the records themselves tell.

use std::collections::{BTreeMap, BTreeSet};

use model::{JobOperation, LineAction};
use salesforce::Record;
use serde_json::Value;
use store::{JobRow, LineRow, Settlement};

use super::lookup::{queried, same_value};
use super::outcome::{DELETED_CODE, Refusal, Verdict, uncertain};
use super::phase::Phase;
use super::{Pass, Stop, rest};
use crate::records_by_id;

/// What a record tells of a change or a deletion.
enum Told {
    Written,
    /// It is as it was before, so the same change can be sent again.
    NotWritten,
    Gone,
    Unclear,
}

/// Settles every line of a job that waits for its answer. Lines that were surely not written are put off, to be sent again.
pub(super) async fn settle(pass: &Pass<'_>, job: &JobRow) -> Result<(), Stop> {
    let Some(phase) = Phase::of(pass, job) else {
        return Ok(());
    };
    loop {
        let reading = job.clone();
        let lines = pass
            .engine
            .read(move |read| Ok(read.awaiting_lines(&reading, 0, rest::MOST_RECORDS)?))
            .await?;
        if lines.is_empty() {
            return Ok(());
        }
        let records = read(pass, job, &lines).await?;
        let judging = phase.judging(pass, false);
        let verdicts: Vec<(u32, Verdict)> = lines
            .iter()
            .map(|line| {
                let record = line.salesforce_id.as_ref().and_then(|id| records.get(id));
                let verdict = match tell(job, line, record) {
                    Told::Written => Verdict::Settled(judging.written(None, store::now())),
                    Told::NotWritten => Verdict::PutOff {
                        code: "reply_lost".to_owned(),
                        error:
                            "Salesforce's answer was lost and the record is as it was, so it is sent again."
                                .to_owned(),
                        most_attempts: super::outcome::MOST_ATTEMPTS,
                    },
                    Told::Gone => judging.refusal(&Refusal {
                        code: DELETED_CODE,
                        message: "entity is deleted",
                        duplicates: None,
                    }),
                    Told::Unclear => Verdict::Settled(uncertain(job.action)),
                };
                (line.line, verdict)
            })
            .collect();
        let job = job.clone();
        pass.engine
            .write(move |write| {
                let mut settlement = Settlement::of(write, &job);
                for (line, verdict) in &verdicts {
                    rest::apply(&mut settlement, *line, verdict)?;
                }
                Ok(settlement.finish()?)
            })
            .await?;
        pass.progress.tell_at_pace().await;
    }
}

async fn read(pass: &Pass<'_>, job: &JobRow, lines: &[LineRow]) -> Result<BTreeMap<String, Record>, Stop> {
    let fields: BTreeSet<String> = lines
        .iter()
        .flat_map(|line| line.cells.iter().filter_map(queried))
        .collect();
    let ids: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.salesforce_id.as_deref())
        .collect();
    Ok(records_by_id::read(&pass.client, &job.object, &fields, &ids, None).await?)
}

fn tell(job: &JobRow, line: &LineRow, record: Option<&Record>) -> Told {
    let Some(record) = record else {
        return Told::Gone;
    };
    if job.operation() == JobOperation::Delete {
        return Told::NotWritten;
    }
    let is_written = |(name, value): (&String, &Value)| same_value(value, record.get(name));
    if line.cells.iter().all(is_written) {
        return Told::Written;
    }
    let as_before = line.cells.iter().all(|cell| {
        let before = line
            .changes
            .iter()
            .find(|change| change.target == *cell.0)
            // A restore's change is written the other way round: what it undoes is what was there before it.
            .and_then(|change| change.before.clone());
        let before = before.map_or(Value::Null, Value::String);
        is_written(cell) || same_value(&before, record.get(cell.0)) || job.action == LineAction::Restore
    });
    if as_before {
        Told::NotWritten
    } else {
        Told::Unclear
    }
}
