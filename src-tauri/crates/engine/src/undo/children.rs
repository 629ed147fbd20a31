//! Other children of accounts that a run created. Deleting an account deletes its contacts, so one that has others stays.

use std::collections::{BTreeSet, HashMap, HashSet};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use model::{LineAction, LineOutcome, TargetObject};
use salesforce::soql::{self, Literal};
use salesforce::{Client, Error, QueryRow, Record, ResumePoint, RowSink, SinkError};
use serde_json::Value;
use store::{LineDecision, LineFilter, LineOutcomeUpdate, LineRow};
use tokio_util::sync::CancellationToken;

use super::decision::{self, by_clock_of_org};
use super::records::FEW_RECORDS;
use crate::Engine;
use crate::bulk_scan::{self, calls_of_scan};
use crate::connect::require_org;
use crate::fault::Fault;
use crate::records_by_id::LONGEST_LIST_BYTES;

/// Objects whose records belong to accounts, with what one is called.
const CHILDREN: [(&str, &str); 2] = [("Contact", "a contact"), ("Opportunity", "an opportunity")];
/// Accounts that are looked at together.
const WINDOW_ACCOUNTS: u32 = 200;
/// The sentence of an undo whose Bulk query fails.
const UNREAD: &str =
    "Salesforce could not tell which accounts have other children, so none was deleted. Try again.";

/// An account that stays, with the child that it has, in words.
struct Kept {
    line: LineRow,
    child: String,
}

/// In a plan: accounts that have other children are left alone. Returns how many.
pub(super) async fn keep_parents_in_plan(
    engine: &Engine,
    client: &Client,
    undo_run: i64,
) -> Result<u32, Fault> {
    let kept = kept(engine, client, undo_run).await?;
    let accounts = u32::try_from(kept.len()).unwrap_or(u32::MAX);
    engine
        .write(move |write| {
            for Kept { line, child } in kept {
                let (rule, code, sentence) = decision::keep_parent(&child);
                let decision = LineDecision {
                    line: line.line,
                    action: LineAction::Skip,
                    rule: rule.to_owned(),
                    criterion: None,
                    grade: None,
                    notes: None,
                    cells: None,
                    changes: Vec::new(),
                    modified_at: line.modified_at,
                    salesforce_id: line.salesforce_id,
                    parent_id: line.parent_id,
                    answer: None,
                    digest: None,
                    error: Some((code.to_owned(), sentence)),
                };
                write.decide_lines(undo_run, &[decision])?;
            }
            Ok(())
        })
        .await?;
    Ok(accounts)
}

/// Just before accounts are deleted: those that have children by now are left alone.
pub(crate) async fn keep_parents(engine: &Engine, client: &Client, undo_run: i64) -> Result<(), Fault> {
    let kept = kept(engine, client, undo_run).await?;
    engine
        .write(move |write| {
            for Kept { line, child } in kept {
                let (_, code, sentence) = decision::keep_parent(&child);
                let update = LineOutcomeUpdate {
                    outcome: LineOutcome::Skipped,
                    salesforce_id: None,
                    error_code: Some(code.to_owned()),
                    error: Some(sentence),
                    settled_at: store::now(),
                };
                write.settle_line(undo_run, line.line, &update)?;
            }
            Ok(())
        })
        .await
}

/// Accounts that an undo is going to delete and that have children which stay.
async fn kept(engine: &Engine, client: &Client, undo_run: i64) -> Result<Vec<Kept>, Fault> {
    let (accounts, source) = engine
        .read(move |read| {
            let accounts = read.count_lines(undo_run, &deleted_accounts())?;
            let source = read.run(undo_run)?.and_then(|undo| undo.source_run_id);
            let source = source.map(|source| read.run(source)).transpose()?.flatten();
            Ok((accounts, source))
        })
        .await?;
    let began_at = source
        .as_ref()
        .and_then(|source| by_clock_of_org(source.started_at.as_deref()?, client.org_time()));
    let mut writers = source.map(|source| source.options.writers).unwrap_or_default();
    let known = match began_at.filter(|_| accounts > FEW_RECORDS) {
        Some(began_at) => {
            writers.push(require_org(engine).await?.user_id);
            Some(others_of_all(engine, client, undo_run, began_at, &writers).await?)
        }
        None => None,
    };
    let (mut kept, mut offset) = (Vec::new(), 0);
    loop {
        let lines = engine
            .read(move |read| Ok(read.lines(undo_run, &deleted_accounts(), offset, WINDOW_ACCOUNTS)?))
            .await?;
        if lines.is_empty() {
            return Ok(kept);
        }
        offset += WINDOW_ACCOUNTS;
        let of_window;
        let others = if let Some(known) = &known {
            known
        } else {
            let accounts: Vec<String> = lines
                .iter()
                .filter_map(|line| line.salesforce_id.clone())
                .collect();
            of_window = others_of(engine, client, undo_run, &accounts).await?;
            &of_window
        };
        kept.extend(lines.into_iter().filter_map(|line| {
            let child = others.get(line.salesforce_id.as_ref()?)?.clone();
            Some(Kept { line, child })
        }));
    }
}

fn deleted_accounts() -> LineFilter {
    LineFilter {
        outcome: Some(LineOutcome::Planned),
        action: Some(LineAction::Delete),
        object: Some(TargetObject::Account),
        ..LineFilter::default()
    }
}

/// For each of these accounts that has them, one child that stays.
async fn others_of(
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
                let children = page
                    .records
                    .iter()
                    .map(|record| (text(record, "Id"), text(record, "AccountId")))
                    .collect();
                keep_staying(engine, undo_run, what, children, &mut others).await?;
            }
        }
    }
    Ok(others)
}

/// The same of every account that these users made since, by one Bulk query of each kind of children that they have.
async fn others_of_all(
    engine: &Engine,
    client: &Client,
    undo_run: i64,
    began_at: jiff::Timestamp,
    writers: &[String],
) -> Result<HashMap<String, String>, Fault> {
    let condition = format!(
        "AccountId IN (SELECT Id FROM Account WHERE CreatedDate >= {} AND CreatedById IN {})",
        Literal::DateTime(began_at).to_soql(),
        soql::in_list(writers)
    );
    let mut others = HashMap::new();
    for (object, what) in CHILDREN {
        let count = format!("SELECT COUNT() FROM {object} WHERE {condition}");
        match client.query(&count).await {
            Ok(page) if page.total_size == 0 => continue,
            Ok(page) => tracing::debug!(
                object,
                calls = calls_of_scan(page.total_size),
                "children are read"
            ),
            Err(error) if is_unknown_object(&error) => continue,
            Err(error) => return Err(error.into()),
        }
        let query = format!("SELECT Id, AccountId FROM {object} WHERE {condition}");
        let mut reader = Reader {
            engine,
            undo_run,
            what,
            places: None,
            children: Vec::new(),
            others: &mut others,
        };
        bulk_scan::scan(client, query, &CancellationToken::new(), &mut reader, UNREAD).await?;
    }
    Ok(others)
}

/// Notes children of accounts that are deleted, unless they are deleted or leave as well. A child is given with its account.
async fn keep_staying(
    engine: &Engine,
    undo_run: i64,
    what: &str,
    children: Vec<(String, String)>,
    others: &mut HashMap<String, String>,
) -> Result<(), Fault> {
    let (children, leaving): (Vec<(String, String)>, HashSet<String>) = engine
        .read(move |read| {
            let accounts: BTreeSet<String> = children.iter().map(|(_, account)| account.clone()).collect();
            let accounts: Vec<String> = accounts.into_iter().collect();
            let deleted = read.planned_departures(undo_run, &accounts)?;
            let children: Vec<(String, String)> = children
                .into_iter()
                .filter(|(_, account)| deleted.contains(account))
                .collect();
            let ids: Vec<String> = children.iter().map(|(id, _)| id.clone()).collect();
            let leaving = read.planned_departures(undo_run, &ids)?;
            Ok((children, leaving))
        })
        .await?;
    for (id, account) in children {
        if !leaving.contains(&id) {
            others.entry(account).or_insert_with(|| format!("{what} ({id})"));
        }
    }
    Ok(())
}

/// Takes children of accounts from a download.
struct Reader<'a> {
    engine: &'a Engine,
    undo_run: i64,
    what: &'static str,
    /// Columns of the id and of the account's.
    places: Option<(usize, usize)>,
    children: Vec<(String, String)>,
    others: &'a mut HashMap<String, String>,
}

impl RowSink for Reader<'_> {
    fn columns(&mut self, columns: &[String]) -> Result<(), SinkError> {
        let place = |name: &str| columns.iter().position(|column| column == name);
        self.places = place("Id").zip(place("AccountId"));
        Ok(())
    }

    fn row(&mut self, row: QueryRow<'_>) -> Result<(), SinkError> {
        if let Some((id, account)) = self.places
            && let (Some(id), Some(account)) = (row.cell(id), row.cell(account))
        {
            self.children.push((id.to_owned(), account.to_owned()));
        }
        Ok(())
    }

    fn checkpoint<'a>(&'a mut self, _point: &'a ResumePoint) -> BoxFuture<'a, Result<(), SinkError>> {
        async move {
            let children = std::mem::take(&mut self.children);
            keep_staying(self.engine, self.undo_run, self.what, children, self.others).await?;
            Ok(())
        }
        .boxed()
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
