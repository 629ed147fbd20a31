//! Other children of accounts that a run created. Deleting an account deletes its contacts, so one that has others stays.

use std::collections::HashMap;

use model::{LineAction, LineOutcome, TargetObject};
use salesforce::{Client, Error, Record, soql};
use serde_json::Value;
use store::{LineFilter, LineOutcomeUpdate};

use super::decision;
use crate::Engine;
use crate::fault::Fault;
use crate::sending::lookup::LONGEST_LIST_BYTES;

/// Objects whose records belong to accounts, with what one is called.
const CHILDREN: [(&str, &str); 2] = [("Contact", "a contact"), ("Opportunity", "an opportunity")];
/// Accounts that are looked at together.
const WINDOW_ACCOUNTS: u32 = 200;

/// For each account that has them, one child that the undo does not delete.
pub(super) async fn others(
    engine: &Engine,
    client: &Client,
    undo_run: i64,
    accounts: &[String],
) -> Result<HashMap<String, String>, Fault> {
    let mut others = HashMap::new();
    for (object, what) in CHILDREN {
        for run in soql::in_list_runs(accounts, LONGEST_LIST_BYTES) {
            let query = format!(
                "SELECT Id, AccountId FROM {object} WHERE AccountId IN {}",
                soql::in_list(run)
            );
            let mut pages = client.pages(query);
            loop {
                let page = match pages.next().await {
                    Ok(Some(page)) => page,
                    Ok(None) => break,
                    // The connected user may not see the object at all, and Salesforce guards what it holds by itself.
                    Err(error) if is_unknown_object(&error) => break,
                    Err(error) => return Err(error.into()),
                };
                let ids: Vec<String> = page.records.iter().map(|record| text(record, "Id")).collect();
                let deleted = engine
                    .read(move |read| Ok(read.planned_deletions(undo_run, &ids)?))
                    .await?;
                for record in &page.records {
                    let id = text(record, "Id");
                    if !deleted.contains(&id) {
                        others
                            .entry(text(record, "AccountId"))
                            .or_insert_with(|| format!("{what} ({id})"));
                    }
                }
            }
        }
    }
    Ok(others)
}

/// Just before accounts are deleted: those that have children by now are left alone.
pub(crate) async fn keep_parents(engine: &Engine, client: &Client, undo_run: i64) -> Result<(), Fault> {
    let mut offset = 0;
    loop {
        let lines = engine
            .read(move |read| {
                let filter = LineFilter {
                    outcome: Some(LineOutcome::Planned),
                    action: Some(LineAction::Delete),
                    object: Some(TargetObject::Account),
                    ..LineFilter::default()
                };
                Ok(read.lines(undo_run, &filter, offset, WINDOW_ACCOUNTS)?)
            })
            .await?;
        if lines.is_empty() {
            return Ok(());
        }
        let accounts: Vec<String> = lines
            .iter()
            .filter_map(|line| line.salesforce_id.clone())
            .collect();
        let others = others(engine, client, undo_run, &accounts).await?;
        let kept: Vec<(u32, LineOutcomeUpdate)> = lines
            .iter()
            .filter_map(|line| {
                let child = others.get(line.salesforce_id.as_ref()?)?;
                let (code, sentence) = decision::keep_parent(child).left_alone?;
                let update = LineOutcomeUpdate {
                    outcome: LineOutcome::Skipped,
                    salesforce_id: None,
                    error_code: Some(code),
                    error: Some(sentence),
                    settled_at: store::now(),
                };
                Some((line.line, update))
            })
            .collect();
        // Lines that are settled leave the window's filter.
        offset += u32::try_from(lines.len() - kept.len()).unwrap_or(u32::MAX);
        engine
            .write(move |write| {
                for (line, update) in &kept {
                    write.settle_line(undo_run, *line, update)?;
                }
                Ok(())
            })
            .await?;
    }
}

fn text(record: &Record, name: &str) -> String {
    record
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn is_unknown_object(error: &Error) -> bool {
    matches!(error.api_code(), Some("INVALID_TYPE" | "INSUFFICIENT_ACCESS"))
}
