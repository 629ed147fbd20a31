//! What a caller does with an org, one piece of work for each API family, and what it sees at the end, in words.

use std::collections::HashSet;
use std::sync::Arc;

use salesforce::{
    Client, ClientOptions, CollectionOptions, Error, IngestCsv, IngestOptions, JobState, LoginUrl, Operation,
    Pace, QueryDownloadOptions, QueryJobOptions, QueryRow, Record, ResultRows, ResultSet, RowOutcome,
    RowSink, SessionOnly, SinkError,
};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::signed_in::SignedIn;

/// Contacts of the org: more than a page of a query, and several pages of a query job.
pub const CONTACTS: u32 = 2500;
/// Leads that a piece of work writes.
pub const WRITTEN_LEADS: u32 = 5;
const PAGE_ROWS: u32 = 1000;
const READ: &str = "SELECT Id FROM Contact";

/// A piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Every contact, page by page.
    Query,
    /// The fields of an object.
    Describe,
    /// New leads by Collections.
    Collections,
    /// New leads by a Bulk ingest job, with all its results.
    Ingest,
    /// Every contact by a Bulk query job.
    QueryJob,
}

impl Work {
    /// All of them, in the order of the matrix's columns.
    pub const ALL: [Self; 5] = [
        Self::Query,
        Self::Describe,
        Self::Collections,
        Self::Ingest,
        Self::QueryJob,
    ];

    /// Does it, and tells how it ended: `done`, or what the caller got.
    pub async fn run(self, client: &Client) -> String {
        let ended = match self {
            Self::Query => query(client).await,
            Self::Describe => describe(client).await,
            Self::Collections => collections(client).await,
            Self::Ingest => ingest(client).await,
            Self::QueryJob => query_job(client).await,
        };
        ended.unwrap_or_else(|error| told(&error))
    }
}

/// A client of the signed-in person that never waits between tries.
pub fn client_of(person: &SignedIn) -> Client {
    Client::new(ClientOptions {
        login_url: LoginUrl::parse(&person.org.login_url()).unwrap(),
        client_id: person.org.client_id(),
        client_secret: None,
        api_version: None,
        tokens: person.tokens.clone(),
        keep: Arc::new(SessionOnly),
        pace: Pace::immediate(),
    })
    .unwrap()
}

/// An error as the matrix says it: its code, and the org's own words where they decide.
fn told(error: &Error) -> String {
    match error {
        Error::Salesforce { errors, .. } => format!("refused {}", errors[0].code),
        Error::JobNotComplete { state, reason, .. } if reason.contains("gave no reason") => {
            format!("{state} unsaid")
        }
        Error::JobNotComplete { state, reason, .. } => format!("{state} {}", first_word(Some(reason))),
        other => other.code().to_owned(),
    }
}

fn first_word(reason: Option<&str>) -> String {
    reason
        .and_then(|reason| reason.split_whitespace().next())
        .unwrap_or("unsaid")
        .to_owned()
}

/// `done`, or how many of the expected contacts arrived.
fn all_read(ids: &[String]) -> String {
    let distinct: HashSet<&String> = ids.iter().collect();
    if ids.len() == CONTACTS as usize && distinct.len() == ids.len() {
        "done".to_owned()
    } else {
        format!("{} contacts, {} of them distinct", ids.len(), distinct.len())
    }
}

async fn query(client: &Client) -> Result<String, Error> {
    let mut pages = client.pages(READ);
    let mut ids = Vec::new();
    while let Some(page) = pages.next().await? {
        ids.extend(page.records.iter().map(|record| record["Id"].to_string()));
    }
    Ok(all_read(&ids))
}

async fn describe(client: &Client) -> Result<String, Error> {
    let lead = client.describe("Lead").await?;
    Ok(if lead.field("LastName").is_some() {
        "done".to_owned()
    } else {
        "no LastName".to_owned()
    })
}

fn last_name(number: u32) -> String {
    format!("Trouble {number}")
}

async fn collections(client: &Client) -> Result<String, Error> {
    let leads: Vec<Record> = (0..WRITTEN_LEADS)
        .map(|number| {
            let lead = json!({ "LastName": last_name(number), "Company": "Trouble, Inc." });
            lead.as_object().unwrap().clone()
        })
        .collect();
    let outcomes = client
        .create_many("Lead", &leads, &CollectionOptions::default())
        .await?;
    let refused: Vec<String> = outcomes
        .iter()
        .filter_map(|outcome| match outcome {
            RowOutcome::Saved { .. } => None,
            RowOutcome::Refused { errors } => Some(errors[0].code.clone()),
        })
        .collect();
    Ok(settled(&refused))
}

/// `done`, or what rows were refused for.
fn settled(refused: &[String]) -> String {
    match refused.first() {
        None => "done".to_owned(),
        Some(code) => format!("{} rows {code}", refused.len()),
    }
}

async fn ingest(client: &Client) -> Result<String, Error> {
    let folder = tempfile::tempdir().unwrap();
    let upload = folder.path().join("upload.csv");
    let file = std::fs::File::create(&upload).unwrap();
    let mut csv = IngestCsv::new(file, &["LastName", "Company"]).unwrap();
    for number in 0..WRITTEN_LEADS {
        csv.row(&[Some(last_name(number)), Some("Trouble, Inc.".to_owned())])
            .unwrap();
    }
    csv.finish().unwrap();
    let bulk = client.bulk_ingest();
    let options = IngestOptions {
        object: "Lead".to_owned(),
        operation: Operation::Insert,
        assignment_rule_id: None,
    };
    let job = bulk.create_job(&options).await?;
    bulk.upload(&job, &upload, None).await?;
    bulk.close(&job.id).await?;
    let end = bulk.wait(&job.id, &CancellationToken::new(), |_| ()).await?;
    let mut rows = Vec::new();
    for set in [ResultSet::Successful, ResultSet::Failed, ResultSet::Unprocessed] {
        let path = folder.path().join("results.csv");
        bulk.download_results(&job.id, set, &path).await?;
        let read = ResultRows::open(&path)?.collect::<Result<Vec<_>, _>>()?;
        rows.push(read);
    }
    let all: usize = rows.iter().map(Vec::len).sum();
    if all != WRITTEN_LEADS as usize {
        return Ok(format!("{all} result rows"));
    }
    if end.state != JobState::JobComplete {
        let unprocessed = rows[2].len();
        let reason = first_word(end.error_message.as_deref());
        return Ok(format!(
            "{} {reason}, {unprocessed} unprocessed",
            end.state.as_str()
        ));
    }
    let refused: Vec<String> = rows[1]
        .iter()
        .map(|row| row.error.as_ref().unwrap().code.clone())
        .collect();
    Ok(settled(&refused))
}

#[derive(Default)]
struct Ids(Vec<String>);

impl RowSink for Ids {
    fn columns(&mut self, _columns: &[String]) -> Result<(), SinkError> {
        Ok(())
    }

    fn row(&mut self, row: QueryRow<'_>) -> Result<(), SinkError> {
        self.0.push(row.cell(0).ok_or("a row without a cell")?.to_owned());
        Ok(())
    }
}

async fn query_job(client: &Client) -> Result<String, Error> {
    let options = QueryJobOptions {
        soql: READ.to_owned(),
        with_deleted: false,
    };
    let bulk = client.bulk_query();
    let never = CancellationToken::new();
    let job = bulk.create_job(&options).await?;
    let job = bulk.wait(&job.job, &never, |_| ()).await?;
    let pages = QueryDownloadOptions {
        max_records: Some(PAGE_ROWS),
        ..QueryDownloadOptions::default()
    };
    let mut ids = Ids::default();
    bulk.download(&job, &pages, &never, &mut ids).await?;
    Ok(all_read(&ids.0))
}
