//! Settles new records whose answer was lost: looks for those that the connected user created since, by ZoomInfo id where
//! it is mapped, else by exactly their values, and never guesses.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use model::{Decimal, JobOperation, csv_text};
use salesforce::{Record, soql};
use serde_json::Value;
use store::{JobRow, LineRow, Settlement};

use super::outcome::uncertain;
use super::phase::Phase;
use super::{Pass, Stop, reread, rest};
use crate::records_by_id::LONGEST_LIST_BYTES;

/// Clocks of this machine and of Salesforce may differ by so much.
const CLOCK_SLACK_MINUTES: i64 = 10;
/// How often a record is looked for: Salesforce may still be at work when its answer is lost.
const LOOKS: u32 = 3;
const OWNER_FIELD: &str = "OwnerId";
/// Member that names the object of a record.
const ATTRIBUTES: &str = "attributes";

/// Settles every line of a job that waits for its answer: found, or uncertain.
pub(super) async fn settle(pass: &Pass<'_>, job: &JobRow) -> Result<(), Stop> {
    if job.operation() != JobOperation::Insert {
        return reread::settle(pass, job).await;
    }
    let Some(phase) = Phase::of(pass, job) else {
        return Ok(());
    };
    loop {
        let reading = job.clone();
        let mut lines = pass
            .engine
            .read(move |read| Ok(read.awaiting_lines(&reading, 0, rest::MOST_RECORDS)?))
            .await?;
        if lines.is_empty() {
            return Ok(());
        }
        let mut found: Vec<(u32, String)> = Vec::new();
        for look in 1..=LOOKS {
            if look > 1 {
                tokio::time::sleep(pass.engine.pace().retry.pause(look)).await;
            }
            let taken: HashSet<String> = found.iter().map(|(_, id)| id.clone()).collect();
            found.extend(find(pass, job, &lines, taken).await?);
            lines.retain(|line| !found.iter().any(|(number, _)| *number == line.line));
            if lines.is_empty() {
                break;
            }
        }
        let missing: Vec<u32> = lines.iter().map(|line| line.line).collect();
        let (job, judging) = (job.clone(), phase.judging(pass, false));
        pass.engine
            .write(move |write| {
                let mut settlement = Settlement::of(write, &job);
                for (line, id) in found {
                    settlement.settle(line, &judging.written(Some(id), store::now()))?;
                }
                for line in missing {
                    settlement.settle(line, &uncertain(job.action))?;
                }
                Ok(settlement.finish()?)
            })
            .await?;
        pass.progress.tell_at_pace().await;
    }
}

/// Records of lines, one each.
async fn find(
    pass: &Pass<'_>,
    job: &JobRow,
    lines: &[LineRow],
    taken: HashSet<String>,
) -> Result<Vec<(u32, String)>, Stop> {
    // Lines that are looked for by the same field share queries.
    let mut by_key: BTreeMap<String, Vec<&LineRow>> = BTreeMap::new();
    for line in lines {
        if let Some(key) = key_field(line) {
            by_key.entry(key).or_default().push(line);
        }
    }
    let since = earliest(&job.intended_at);
    let mut fitting = Vec::new();
    for (key, lines) in by_key {
        let fields: BTreeSet<String> = lines
            .iter()
            .flat_map(|line| line.cells.iter().filter_map(queried))
            .chain(["Id".to_owned(), key.clone()])
            .collect();
        let fields: Vec<String> = fields.into_iter().collect();
        let values: Vec<String> = lines.iter().map(|line| value_of(line, &key)).collect();
        for run in soql::in_list_runs(&values, LONGEST_LIST_BYTES) {
            let query = format!(
                "SELECT {} FROM {} WHERE {key} IN {} AND CreatedDate >= {since} AND CreatedById IN {} ORDER BY CreatedDate",
                fields.join(", "),
                job.object,
                soql::in_list(run),
                soql::in_list(&pass.run.options.writers)
            );
            let mut pages = pass.client.pages(query);
            while let Some(page) = pages.next().await? {
                for record in page.records {
                    let Some(id) = record.get("Id").and_then(Value::as_str) else {
                        continue;
                    };
                    if taken.contains(id) || known(pass, id).await? {
                        continue;
                    }
                    let of: Vec<u32> = lines
                        .iter()
                        .filter(|line| is_of(line, &key, &record))
                        .map(|line| line.line)
                        .collect();
                    if !of.is_empty() {
                        fitting.push((id.to_owned(), of));
                    }
                }
            }
        }
    }
    Ok(one_each(fitting))
}

/// Which record is which line's, of records with the lines that each fits. Lines that share their records are interchangeable.
/// Where there are more records than lines, somebody else made some of them, and nobody knows which.
fn one_each(fitting: Vec<(String, Vec<u32>)>) -> Vec<(u32, String)> {
    let mut by_lines: BTreeMap<Vec<u32>, Vec<String>> = BTreeMap::new();
    for (id, lines) in fitting {
        by_lines.entry(lines).or_default().push(id);
    }
    by_lines
        .into_iter()
        .filter(|(lines, ids)| ids.len() <= lines.len())
        .flat_map(|(lines, ids)| lines.into_iter().zip(ids))
        .collect()
}

/// The field that a record is looked for by: that of the ZoomInfo id, else an e-mail address, else its name.
fn key_field(line: &LineRow) -> Option<String> {
    if let Some(field) = zoominfo_field(line) {
        return Some(field);
    }
    ["Email", "LastName", "Name"]
        .into_iter()
        .find(|name| {
            line.cells
                .get(*name)
                .and_then(Value::as_str)
                .is_some_and(|text| !text.is_empty())
        })
        .map(ToOwned::to_owned)
}

/// The field that the ZoomInfo id is mapped to, when it is.
fn zoominfo_field(line: &LineRow) -> Option<String> {
    let id = line.zoominfo_id.as_deref()?;
    line.cells
        .iter()
        .find(|(name, value)| value.as_str() == Some(id) && soql::is_api_name(name))
        .map(|(name, _)| name.clone())
}

fn value_of(line: &LineRow, key: &str) -> String {
    line.cells
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// Whether a record is that of a line: it has its ZoomInfo id, or exactly its values.
fn is_of(line: &LineRow, key: &str, record: &Record) -> bool {
    if zoominfo_field(line).as_deref() == Some(key) {
        return record.get(key).and_then(Value::as_str) == line.zoominfo_id.as_deref();
    }
    same_values(&line.cells, record)
}

/// Whether some line of this workspace already has the record.
async fn known(pass: &Pass<'_>, id: &str) -> Result<bool, Stop> {
    let id = id.to_owned();
    Ok(pass
        .engine
        .read(move |read| Ok(read.record_is_known(&id)?))
        .await?)
}

/// What a query calls a member of a record. A record that was looked up is asked for the field that it was looked up by;
/// where it may be of several objects, queries cannot ask for that.
pub(crate) fn queried((name, value): (&String, &Value)) -> Option<String> {
    let path = match value {
        Value::Object(parent) if parent.contains_key(ATTRIBUTES) => return None,
        Value::Object(parent) => format!("{name}.{}", parent.keys().next()?),
        _ => name.clone(),
    };
    soql::is_api_name(&path).then_some(path)
}

/// Every value that was sent is what the record has now, but for its owner: assignment rules may have chosen another.
pub(crate) fn same_values(sent: &Record, found: &Record) -> bool {
    sent.iter()
        .filter(|(name, _)| *name != OWNER_FIELD)
        .all(|(name, value)| same_value(value, found.get(name)))
}

/// Whether a value that was sent is what a record has. Salesforce may write numbers and times otherwise, so these are
/// compared by what they mean.
pub(crate) fn same_value(sent: &Value, now: Option<&Value>) -> bool {
    let now = now.unwrap_or(&Value::Null);
    match (sent, now) {
        (Value::Number(sent), Value::Number(now)) => sent.as_f64() == now.as_f64(),
        (Value::String(sent), Value::String(now)) => sent.trim() == now.trim() || same_time(sent, now),
        (Value::Object(sent), _) if sent.contains_key(ATTRIBUTES) => true,
        (Value::Object(sent), now) => sent.iter().all(|(name, sent)| {
            let now = now.get(name).map(csv_text).unwrap_or_default();
            now.trim().eq_ignore_ascii_case(csv_text(sent).trim())
        }),
        (Value::String(sent), Value::Null) | (Value::Null, Value::String(sent)) => sent.is_empty(),
        (Value::String(sent), now @ (Value::Number(_) | Value::Bool(_))) => same_text(sent, &csv_text(now)),
        (sent, now) => sent == now,
    }
}

fn same_text(left: &str, right: &str) -> bool {
    left.trim() == right.trim()
        || matches!((left.parse::<Decimal>(), right.parse::<Decimal>()), (Ok(left), Ok(right)) if left.to_string() == right.to_string())
}

fn same_time(left: &str, right: &str) -> bool {
    let time = |text: &str| {
        text.parse::<jiff::Timestamp>()
            .or_else(|_| jiff::Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text))
    };
    left.len() >= 19 && matches!((time(left), time(right)), (Ok(left), Ok(right)) if left == right)
}

/// The earliest time, by whatever clock, of what was intended then.
pub(super) fn earliest(intended_at: &str) -> String {
    let intended: Result<jiff::Timestamp, _> = intended_at.parse();
    intended
        .ok()
        .and_then(|time| {
            time.checked_sub(jiff::SignedDuration::from_mins(CLOCK_SLACK_MINUTES))
                .ok()
        })
        .map_or_else(
            || intended_at.to_owned(),
            |time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(records: &[(&str, &[u32])]) -> Vec<(u32, String)> {
        one_each(
            records
                .iter()
                .map(|(id, lines)| ((*id).to_owned(), lines.to_vec()))
                .collect(),
        )
    }

    #[test]
    fn each_line_gets_a_record_of_its_own_or_none() {
        let own = |line, id: &str| (line, id.to_owned());
        assert_eq!(fits(&[("a", &[1]), ("b", &[2])]), [own(1, "a"), own(2, "b")]);
        assert_eq!(
            fits(&[("a", &[1, 2]), ("b", &[1, 2])]),
            [own(1, "a"), own(2, "b")]
        );
        assert_eq!(fits(&[("a", &[1, 2])]), [own(1, "a")]);
        assert_eq!(fits(&[("a", &[1]), ("b", &[1]), ("c", &[2])]), [own(2, "c")]);
    }
}
