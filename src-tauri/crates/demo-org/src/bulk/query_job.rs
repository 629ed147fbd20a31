//! A query job: a resolved query and the records that it found.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value as Json, json};

use super::{ingest_job::State, query_rows::RowWriter};
use crate::{
    clock,
    org::Org,
    soql::{self, Plan},
    trouble::{JobHappening, JobKind},
    value::Keys,
};

/// Records that are printed under one lock.
const CHUNK_ROWS: usize = 100;
/// Bytes after which a piece is sent.
const PIECE_BYTES: usize = 1 << 16;
/// Room for the records that make a piece full.
const SPARE_BYTES: usize = 1 << 16;

/// What changes while a query job lives.
#[derive(Debug)]
pub struct QueryProgress {
    /// How far it is.
    pub state: State,
    /// What it found, in the order that all its pages keep.
    pub keys: Keys,
    /// When it last changed, seconds since 1970.
    pub modified: i64,
    /// Why it failed, when it says so.
    pub error_message: Option<String>,
    /// Questions for its info to which it still says *InProgress* although it is complete.
    pub concealing_polls: u32,
}

/// A query job.
#[derive(Debug)]
pub struct QueryJob {
    /// Its number.
    pub number: u32,
    /// Its id.
    pub id: String,
    /// Whether it finds records in the recycle bin too.
    pub with_deleted: bool,
    /// The query.
    pub plan: Plan,
    /// API name of the object.
    pub object_name: &'static str,
    /// API version, such as `60.0`.
    pub version: String,
    /// Name and sign of the delimiter.
    pub delimiter: (&'static str, u8),
    /// Name and text of the line ending.
    pub line_ending: (&'static str, &'static str),
    /// Number of the user who made it.
    pub user: u32,
    created: i64,
    progress: Mutex<QueryProgress>,
}

/// What a client asked for when it made a query job.
#[derive(Debug)]
pub struct QueryRequest {
    /// Whether it finds records in the recycle bin too.
    pub with_deleted: bool,
    /// The query.
    pub plan: Plan,
    /// API name of the object.
    pub object_name: &'static str,
    /// API version.
    pub version: String,
    /// Name and sign of the delimiter.
    pub delimiter: (&'static str, u8),
    /// Name and text of the line ending.
    pub line_ending: (&'static str, &'static str),
    /// Number of the user.
    pub user: u32,
}

impl QueryJob {
    /// A job that waits for its turn.
    pub fn new(number: u32, id: String, request: QueryRequest) -> Self {
        let now = clock::now();
        Self {
            number,
            id,
            with_deleted: request.with_deleted,
            plan: request.plan,
            object_name: request.object_name,
            version: request.version,
            delimiter: request.delimiter,
            line_ending: request.line_ending,
            user: request.user,
            created: now,
            progress: Mutex::new(QueryProgress {
                state: State::UploadComplete,
                keys: Keys::list(0, Vec::new()),
                modified: now,
                error_message: None,
                concealing_polls: 0,
            }),
        }
    }

    /// Its progress.
    pub fn progress(&self) -> MutexGuard<'_, QueryProgress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn advance(&self, state: State) -> bool {
        let mut progress = self.progress();
        if progress.state.is_final() {
            return false;
        }
        progress.state = state;
        progress.modified = clock::now();
        true
    }

    /// Finds the records. Blocks its thread.
    pub fn run(&self, org: &Org) {
        if !self.advance(State::InProgress) {
            return;
        }
        if org
            .jobs
            .hold
            .wait(0, || self.progress().state == State::Aborted)
            .is_none()
        {
            return;
        }
        let mut concealing_polls = 0;
        for trouble in org.troubles.for_job(JobKind::Query, self.object_name) {
            match trouble {
                JobHappening::Fails { reason, .. } => {
                    self.progress().error_message = reason.message(self.line_ending.0, "Unknown__c");
                    self.advance(State::Failed);
                    return;
                }
                JobHappening::StaysInProgress { polls: 0 } => {}
                // The question after these is told the truth.
                JobHappening::StaysInProgress { polls } => concealing_polls = polls.saturating_add(1),
            }
        }
        let keys = soql::matching(&org.read(), &self.plan, self.with_deleted);
        {
            let mut progress = self.progress();
            progress.keys = keys;
            progress.concealing_polls = concealing_polls;
        }
        if concealing_polls == 0 {
            self.advance(State::JobComplete);
        }
    }

    /// Job info; `in_full` with what GET adds to the answers of POST and PATCH.
    pub fn info(&self, user_id: &str, in_full: bool) -> Json {
        let mut progress = self.progress();
        if in_full && progress.concealing_polls > 0 {
            progress.concealing_polls -= 1;
            if progress.concealing_polls == 0 && !progress.state.is_final() {
                progress.state = State::JobComplete;
            }
        }
        let mut info = json!({
            "id": self.id,
            "operation": if self.with_deleted { "queryAll" } else { "query" },
            "object": self.object_name,
            "createdById": user_id,
            "createdDate": clock::rest_text(self.created),
            "systemModstamp": clock::rest_text(progress.modified),
            "state": progress.state.name(),
            "concurrencyMode": "Parallel",
            "contentType": "CSV",
            "apiVersion": self.version.parse::<f64>().unwrap_or_default(),
            "lineEnding": self.line_ending.0,
            "columnDelimiter": self.delimiter.0,
        });
        if in_full {
            info["jobType"] = json!("V2Query");
            info["numberRecordsProcessed"] = json!(progress.keys.len());
            info["retries"] = json!(0);
            info["totalProcessingTime"] = json!((progress.modified - self.created) * 1000);
            info["isPkChunkingSupported"] = json!(true);
            if let Some(message) = &progress.error_message {
                info["errorMessage"] = json!(message);
            }
        }
        info
    }
}

/// Writes the rows of a page, header first, in pieces; `send` returns false when nobody reads any more. Blocks its
/// thread.
pub fn write_page(org: &Org, job: &QueryJob, keys: &Keys, mut send: impl FnMut(Vec<u8>) -> bool) {
    let mut writer = RowWriter::new(&org.read(), &job.plan, job.delimiter.1, job.line_ending.1);
    let mut out = Vec::with_capacity(PIECE_BYTES + SPARE_BYTES);
    writer.push_header(&mut out);
    let mut from = 0;
    while from < keys.len() {
        {
            let records = org.read();
            for key in keys.slice(from, from + CHUNK_ROWS).iter() {
                writer.push_row(&mut out, &records, key);
            }
        }
        from += CHUNK_ROWS;
        if out.len() >= PIECE_BYTES {
            let piece = std::mem::replace(&mut out, Vec::with_capacity(PIECE_BYTES + SPARE_BYTES));
            if !send(piece) {
                return;
            }
        }
    }
    send(out);
}
