//! Settles records whose answer was lost: looks for records with exactly their values that the connected user
//! created since, and never guesses.

use std::collections::HashSet;

use model::csv_text;
use salesforce::{Record, soql};
use serde_json::Value;
use store::{JobRow, LineRow};

use super::{Pass, Stop, created, rest, uncertain};

/// Clocks of this machine and of Salesforce may differ by so much.
const CLOCK_SLACK_MINUTES: i64 = 10;
/// Member that names the object of a record.
const ATTRIBUTES: &str = "attributes";

/// Settles every line of a job that waits for its answer: found, or uncertain.
pub(super) async fn settle_sent(pass: &Pass<'_>, job: &JobRow) -> Result<(), Stop> {
    let mut taken = HashSet::new();
    loop {
        let lines = rest::sent_lines(pass, job.job_number).await?;
        if lines.is_empty() {
            return Ok(());
        }
        for line in lines {
            let found = find(pass, job, &line, &taken).await?;
            if let Some(id) = &found {
                taken.insert(id.clone());
            }
            let update = found.map_or_else(uncertain, created);
            let (run_id, number) = (job.run_id, line.line);
            pass.engine
                .write(move |write| Ok(write.settle_line(run_id, number, &update)?))
                .await?;
        }
    }
}

/// The record of a line, when one with exactly its values is there and belongs to no other line.
async fn find(
    pass: &Pass<'_>,
    job: &JobRow,
    line: &LineRow,
    taken: &HashSet<String>,
) -> Result<Option<String>, Stop> {
    let names: Vec<String> = line.cells.iter().filter_map(queried).collect();
    let fields = names.join(", ");
    let since = earliest(&job.intended_at);
    // Name and e-mail are filterable and narrow enough; every other value is compared here.
    let narrow: Vec<String> = ["LastName", "Name", "Email", "Company"]
        .into_iter()
        .filter_map(|name| {
            line.cells
                .get(name)
                .and_then(Value::as_str)
                .map(|text| format!("{name} = {}", soql::quoted(text)))
        })
        .collect();
    if narrow.is_empty() {
        return Ok(None);
    }
    let query = format!(
        "SELECT Id, {fields} FROM {} WHERE {} AND CreatedDate >= {since} ORDER BY CreatedDate DESC LIMIT 50",
        pass.run.object.api_name(),
        narrow.join(" AND ")
    );
    let mut pages = pass.client.pages(query);
    while let Some(page) = pages.next().await? {
        for record in page.records {
            let Some(id) = record.get("Id").and_then(Value::as_str) else {
                continue;
            };
            if same_values(&line.cells, &record) && !taken.contains(id) && !known(pass, id).await? {
                return Ok(Some(id.to_owned()));
            }
        }
    }
    Ok(None)
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
fn queried((name, value): (&String, &Value)) -> Option<String> {
    let path = match value {
        Value::Object(parent) if parent.contains_key(ATTRIBUTES) => return None,
        Value::Object(parent) => format!("{name}.{}", parent.keys().next()?),
        _ => name.clone(),
    };
    soql::is_api_name(&path).then_some(path)
}

/// Every value that was sent is what the record has now. Salesforce may write numbers and times otherwise, so
/// these are compared by what they mean.
fn same_values(sent: &Record, found: &Record) -> bool {
    sent.iter().all(|(name, value)| {
        let now = found.get(name).unwrap_or(&Value::Null);
        match (value, now) {
            (Value::Number(sent), Value::Number(now)) => sent.as_f64() == now.as_f64(),
            (Value::String(sent), Value::String(now)) => sent.trim() == now.trim(),
            (Value::Object(sent), _) if sent.contains_key(ATTRIBUTES) => true,
            (Value::Object(sent), now) => sent.iter().all(|(name, sent)| {
                let now = now.get(name).map(csv_text).unwrap_or_default();
                now.trim().eq_ignore_ascii_case(csv_text(sent).trim())
            }),
            (sent, now) => sent == now,
        }
    })
}

fn earliest(intended_at: &str) -> String {
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
