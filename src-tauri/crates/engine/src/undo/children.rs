//! Other children of accounts that a run created. Deleting an account deletes its contacts and others, or takes their account
//! from them, so one that has any stays.
//!
//! Which objects have accounts is told by the org. Shares, histories and feeds come with every account, and activities, notes
//! and files go with their record, so that only what somebody made of its own is asked for.

use std::collections::{BTreeSet, HashMap, HashSet};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use model::{LineAction, LineOutcome, TargetObject};
use salesforce::soql::{self, Literal};
use salesforce::{ChildRelationship, Client, Error, QueryRow, Record, ResumePoint, RowSink, SinkError};
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

/// Objects of Salesforce's own whose records belong to accounts, by which field, and what one is called.
const STANDARD_CHILDREN: [(&str, &str, &str); 7] = [
    ("Contact", "AccountId", "a contact"),
    ("Opportunity", "AccountId", "an opportunity"),
    ("Case", "AccountId", "a case"),
    ("Contract", "AccountId", "a contract"),
    ("Order", "AccountId", "an order"),
    ("Asset", "AccountId", "an asset"),
    ("Account", "ParentId", "a child account"),
];
/// How the names of an org's own objects end.
const CUSTOM_SUFFIX: &str = "__c";
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

/// A field of an object whose records may be children of accounts.
struct Children {
    object: String,
    field: String,
    /// What one is called.
    what: String,
}

impl Children {
    /// `None` of what is no child of its own.
    fn of(relationship: &ChildRelationship) -> Option<Self> {
        let ChildRelationship {
            child_object: object,
            field,
            deprecated_and_hidden,
            ..
        } = relationship;
        let standard = STANDARD_CHILDREN
            .iter()
            .find(|(own, by, _)| own == object && by == field)
            .map(|(.., what)| (*what).to_owned());
        let custom = object
            .ends_with(CUSTOM_SUFFIX)
            .then(|| format!("a record of {object}"));
        let what = standard.or(custom).filter(|_| !deprecated_and_hidden)?;
        (soql::is_api_name(object) && soql::is_api_name(field)).then(|| Self {
            object: object.clone(),
            field: field.clone(),
            what,
        })
    }

    fn is_account(&self) -> bool {
        self.object == TargetObject::Account.api_name()
    }

    /// Those of accounts that these users made since.
    fn condition(&self, began_at: jiff::Timestamp, writers: &[String]) -> String {
        let (since, by) = (Literal::DateTime(began_at).to_soql(), soql::in_list(writers));
        if self.is_account() {
            // A query and the one within it cannot be of the same object.
            return format!("Parent.CreatedDate >= {since} AND Parent.CreatedById IN {by}");
        }
        format!(
            "{} IN (SELECT Id FROM Account WHERE CreatedDate >= {since} AND CreatedById IN {by})",
            self.field
        )
    }
}

/// What was found out about the children of accounts.
#[derive(Default)]
pub(super) struct LookedAt {
    /// Accounts that were planned to be deleted and stay.
    pub kept_accounts: u32,
    /// Objects that the connected user may not ask for.
    pub unread: BTreeSet<String>,
    /// Whether some account that is deleted is the child of another one.
    has_leaving_accounts: bool,
}

/// In a plan: accounts that have other children are left alone.
pub(super) async fn keep_parents_in_plan(
    engine: &Engine,
    client: &Client,
    undo_run: i64,
) -> Result<LookedAt, Fault> {
    let mut looked_at = LookedAt::default();
    loop {
        let kept = kept(engine, client, undo_run, &mut looked_at).await?;
        let accounts = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        looked_at.kept_accounts = looked_at.kept_accounts.saturating_add(accounts);
        leave_in_plan(engine, undo_run, kept).await?;
        // The parent of an account that stays has a child, too.
        if accounts == 0 || !looked_at.has_leaving_accounts {
            return Ok(looked_at);
        }
    }
}

async fn leave_in_plan(engine: &Engine, undo_run: i64, kept: Vec<Kept>) -> Result<(), Fault> {
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
        .await
}

/// Just before accounts are deleted: those that have children by now are left alone.
pub(crate) async fn keep_parents(engine: &Engine, client: &Client, undo_run: i64) -> Result<(), Fault> {
    let mut looked_at = LookedAt::default();
    loop {
        let kept = kept(engine, client, undo_run, &mut looked_at).await?;
        let is_last = kept.is_empty() || !looked_at.has_leaving_accounts;
        leave(engine, undo_run, kept).await?;
        if is_last {
            return Ok(());
        }
    }
}

async fn leave(engine: &Engine, undo_run: i64, kept: Vec<Kept>) -> Result<(), Fault> {
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
async fn kept(
    engine: &Engine,
    client: &Client,
    undo_run: i64,
    looked_at: &mut LookedAt,
) -> Result<Vec<Kept>, Fault> {
    let (accounts, source) = engine
        .read(move |read| {
            let accounts = read.count_lines(undo_run, &deleted_accounts())?;
            let source = read.run(undo_run)?.and_then(|undo| undo.source_run_id);
            let source = source.map(|source| read.run(source)).transpose()?.flatten();
            Ok((accounts, source))
        })
        .await?;
    if accounts == 0 {
        return Ok(Vec::new());
    }
    let described = client.describe(TargetObject::Account.api_name()).await?;
    let relationships = described.child_relationships.iter();
    let mut looking = Looking {
        engine,
        client,
        undo_run,
        children: relationships.filter_map(Children::of).collect(),
        looked_at,
    };
    let began_at = source
        .as_ref()
        .and_then(|source| by_clock_of_org(source.started_at.as_deref()?, client.org_time()));
    let mut writers = source.map(|source| source.options.writers).unwrap_or_default();
    let known = match began_at.filter(|_| accounts > FEW_RECORDS) {
        Some(began_at) => {
            writers.push(require_org(engine).await?.user_id);
            Some(looking.others_of_all(began_at, &writers).await?)
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
            of_window = looking.others_of(&accounts).await?;
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

/// What it takes to look for children.
struct Looking<'a> {
    engine: &'a Engine,
    client: &'a Client,
    undo_run: i64,
    children: Vec<Children>,
    looked_at: &'a mut LookedAt,
}

impl Looking<'_> {
    /// For each of these accounts that has them, one child that stays.
    async fn others_of(&mut self, accounts: &[String]) -> Result<HashMap<String, String>, Fault> {
        let mut others = HashMap::new();
        for of in &self.children {
            for run in soql::in_list_runs(accounts, LONGEST_LIST_BYTES) {
                let query = format!(
                    "SELECT Id, {field} FROM {} WHERE {field} IN {}",
                    of.object,
                    soql::in_list(run),
                    field = of.field
                );
                let mut pages = self.client.pages(query);
                loop {
                    let page = match pages.next().await {
                        Ok(Some(page)) => page,
                        Ok(None) => break,
                        Err(error) if is_unreadable(&error) => {
                            self.looked_at.unread.insert(of.object.clone());
                            break;
                        }
                        Err(error) => return Err(error.into()),
                    };
                    let children = page
                        .records
                        .iter()
                        .map(|record| (text(record, "Id"), text(record, &of.field)))
                        .collect();
                    let any_leaves =
                        keep_staying(self.engine, self.undo_run, &of.what, children, &mut others).await?;
                    self.looked_at.has_leaving_accounts |= any_leaves && of.is_account();
                }
            }
        }
        Ok(others)
    }

    /// The same of every account that these users made since, by one Bulk query of each kind of children that they have.
    async fn others_of_all(
        &mut self,
        began_at: jiff::Timestamp,
        writers: &[String],
    ) -> Result<HashMap<String, String>, Fault> {
        let mut others = HashMap::new();
        for of in &self.children {
            let (object, condition) = (&of.object, of.condition(began_at, writers));
            let count = format!("SELECT COUNT() FROM {object} WHERE {condition}");
            match self.client.query(&count).await {
                Ok(page) if page.total_size == 0 => continue,
                Ok(page) => tracing::debug!(
                    object,
                    calls = calls_of_scan(page.total_size),
                    "children are read"
                ),
                Err(error) if is_unreadable(&error) => {
                    self.looked_at.unread.insert(object.clone());
                    continue;
                }
                Err(error) => return Err(error.into()),
            }
            let query = format!("SELECT Id, {} FROM {object} WHERE {condition}", of.field);
            let mut reader = Reader {
                engine: self.engine,
                undo_run: self.undo_run,
                of,
                places: None,
                children: Vec::new(),
                any_leaves: false,
                others: &mut others,
            };
            bulk_scan::scan(self.client, query, &CancellationToken::new(), &mut reader, UNREAD).await?;
            self.looked_at.has_leaving_accounts |= reader.any_leaves && of.is_account();
        }
        Ok(others)
    }
}

/// Notes children of accounts that are deleted, unless they are deleted or leave as well; says whether some do. A child is given with its
/// account.
async fn keep_staying(
    engine: &Engine,
    undo_run: i64,
    what: &str,
    children: Vec<(String, String)>,
    others: &mut HashMap<String, String>,
) -> Result<bool, Fault> {
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
    Ok(!leaving.is_empty())
}

/// Takes children of accounts from a download.
struct Reader<'a> {
    engine: &'a Engine,
    undo_run: i64,
    of: &'a Children,
    /// Columns of the id and of the account's.
    places: Option<(usize, usize)>,
    children: Vec<(String, String)>,
    /// Whether some child is deleted or leaves as well.
    any_leaves: bool,
    others: &'a mut HashMap<String, String>,
}

impl RowSink for Reader<'_> {
    fn columns(&mut self, columns: &[String]) -> Result<(), SinkError> {
        let place = |name: &str| columns.iter().position(|column| column == name);
        self.places = place("Id").zip(place(&self.of.field));
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
            let what = &self.of.what;
            self.any_leaves |= keep_staying(self.engine, self.undo_run, what, children, self.others).await?;
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

/// Whether the connected user may not ask for an object at all, or not by this field; Salesforce guards what it holds by itself.
fn is_unreadable(error: &Error) -> bool {
    matches!(
        error.api_code(),
        Some("INVALID_TYPE" | "INVALID_FIELD" | "INSUFFICIENT_ACCESS" | "MALFORMED_QUERY")
    )
}
