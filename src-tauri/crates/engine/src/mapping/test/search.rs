//! Finds the record of an answer that was lost, and never guesses.
//!
//! It is one that the connected user created since it was intended, that holds every identifying value that was sent, and
//! that belongs to no export and no other test. Other values may have been changed by the org's own rules, so they do not
//! count.

use jiff::{SignedDuration, Timestamp};
use salesforce::{Client, Error, Record, soql};
use serde_json::Value;
use store::TestRecordRow;

use crate::Engine;
use crate::fault::Fault;

/// Answers tell the org's time by the second and arrive late, and the servers of an org need not agree to the second.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_secs(5);
/// Salesforce ends a transaction after so long, so what is not there by then was not made ("Apex Governor Limits":
/// 10 minutes of execution time).
const LONGEST_TRANSACTION: SignedDuration = SignedDuration::from_mins(10);
/// Fields that identify a person or a company; all of them can be filtered by.
const IDENTIFYING: [&str; 7] = [
    "Name",
    "LastName",
    "FirstName",
    "Company",
    "Email",
    "AccountId",
    "Website",
];
/// Candidates that are looked at; more than one match is one too many already.
const MOST_CANDIDATES: usize = 50;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// This is the record.
    One(String),
    /// It is not there. Whether it can still come, as its transaction may not be over, is told beside.
    None {
        /// Whether it may still come.
        may_come: bool,
    },
    /// One of these may be it.
    Several(Vec<String>),
}

/// Looks for the record of a journaled intention.
pub(super) async fn find(
    engine: &Engine,
    client: &Client,
    user_id: &str,
    record: &TestRecordRow,
) -> Result<Found, SearchFault> {
    let identity = identity(&record.cells);
    let intended: Timestamp = record
        .intended_at
        .parse()
        .map_err(|error| Fault::internal(&error))?;
    let mut candidates = Vec::new();
    if !identity.is_empty() {
        for found in client
            .query_records(&query(record, user_id, intended, &identity))
            .await?
        {
            let Some(id) = found.get("Id").and_then(Value::as_str) else {
                continue;
            };
            if !is_taken(engine, id).await? {
                candidates.push((id.to_owned(), holds_all(&identity, &found)));
            }
        }
    }
    let now = client.org_time().unwrap_or_else(Timestamp::now);
    Ok(decide(candidates, now.duration_since(intended)))
}

/// Why a search gave no answer.
pub(super) enum SearchFault {
    /// Salesforce did not answer, or refused.
    Salesforce(Error),
    /// The workspace failed.
    Engine(Fault),
}

impl From<Error> for SearchFault {
    fn from(error: Error) -> Self {
        Self::Salesforce(error)
    }
}

impl From<Fault> for SearchFault {
    fn from(fault: Fault) -> Self {
        Self::Engine(fault)
    }
}

impl From<SearchFault> for Fault {
    fn from(fault: SearchFault) -> Self {
        match fault {
            SearchFault::Salesforce(error) => error.into(),
            SearchFault::Engine(fault) => fault,
        }
    }
}

/// From the candidates, with whether each holds every identifying value, and the time since the intention.
fn decide(candidates: Vec<(String, bool)>, since: SignedDuration) -> Found {
    let exact: Vec<&String> = candidates
        .iter()
        .filter(|(_, holds_all)| *holds_all)
        .map(|(id, _)| id)
        .collect();
    match exact.as_slice() {
        [one] => Found::One((*one).clone()),
        [] if candidates.is_empty() => Found::None {
            may_come: since < LONGEST_TRANSACTION,
        },
        // Some of its values only: the org may have changed the others, or it is somebody else's record.
        [] => Found::Several(candidates.into_iter().map(|(id, _)| id).collect()),
        several => Found::Several(several.iter().map(|id| (*id).clone()).collect()),
    }
}

fn identity(cells: &Record) -> Vec<(&'static str, &str)> {
    IDENTIFYING
        .into_iter()
        .filter_map(|name| {
            let text = cells.get(name)?.as_str()?.trim();
            (!text.is_empty()).then_some((name, text))
        })
        .collect()
}

fn query(record: &TestRecordRow, user_id: &str, intended: Timestamp, identity: &[(&str, &str)]) -> String {
    let since = intended.checked_sub(CLOCK_SLACK).unwrap_or(intended);
    let until = intended.checked_add(LONGEST_TRANSACTION).unwrap_or(intended);
    let fields: Vec<&str> = identity.iter().map(|(name, _)| *name).collect();
    let any: Vec<String> = identity
        .iter()
        .map(|(name, text)| format!("{name} = {}", soql::quoted(text)))
        .collect();
    format!(
        "SELECT Id, {} FROM {} WHERE CreatedById = {} AND CreatedDate >= {} AND CreatedDate <= {} AND ({}) \
         ORDER BY CreatedDate LIMIT {MOST_CANDIDATES}",
        fields.join(", "),
        record.object,
        soql::quoted(user_id),
        soql::Literal::DateTime(since).to_soql(),
        soql::Literal::DateTime(until).to_soql(),
        any.join(" OR "),
    )
}

fn holds_all(identity: &[(&str, &str)], found: &Record) -> bool {
    identity.iter().all(|(name, sent)| {
        let now = found
            .get(*name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim();
        now == *sent || (*name == "Email" && now.eq_ignore_ascii_case(sent))
    })
}

/// Whether an export or another test has the record.
async fn is_taken(engine: &Engine, id: &str) -> Result<bool, Fault> {
    let id = id.to_owned();
    engine
        .read(move |read| Ok(read.record_is_known(&id)? || read.test_record_is_known(&id)?))
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(of: &[(&str, bool)]) -> Vec<(String, bool)> {
        of.iter().map(|(id, all)| ((*id).to_owned(), *all)).collect()
    }

    #[test]
    fn only_a_single_record_with_all_values_is_taken_for_the_tests_own() {
        let late = SignedDuration::from_hours(1);
        assert_eq!(
            decide(candidates(&[("a", true), ("b", false)]), late),
            Found::One("a".into())
        );
        assert_eq!(
            decide(candidates(&[("a", true), ("b", true)]), late),
            Found::Several(vec!["a".into(), "b".into()])
        );
        assert_eq!(
            decide(candidates(&[("a", false)]), late),
            Found::Several(vec!["a".into()])
        );
    }

    #[test]
    fn nothing_is_final_before_the_longest_transaction_is_over() {
        assert_eq!(
            decide(Vec::new(), SignedDuration::from_secs(5)),
            Found::None { may_come: true }
        );
        assert_eq!(
            decide(Vec::new(), LONGEST_TRANSACTION),
            Found::None { may_come: false }
        );
    }

    #[test]
    fn values_in_a_query_are_escaped() {
        let cells: Record =
            serde_json::from_str(r#"{"LastName":"O'Neil\\","Company":" ","Phone":"1"}"#).unwrap();
        let record = TestRecordRow {
            test_id: 1,
            number: 1,
            object: "Lead".into(),
            state: store::TestRecordState::Intended,
            intended_at: String::new(),
            cells,
            salesforce_id: None,
            candidates: Vec::new(),
            sentence: String::new(),
        };
        let query = query(&record, "005", Timestamp::UNIX_EPOCH, &identity(&record.cells));
        assert!(query.contains(r"AND (LastName = 'O\'Neil\\') ORDER"), "{query}");
        assert!(
            query.starts_with("SELECT Id, LastName FROM Lead WHERE CreatedById = '005'"),
            "{query}"
        );
    }
}
