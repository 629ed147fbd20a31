//! Bulk API 2.0: ingest and query jobs, without their HTTP side (that is `api::ingest` and `api::query_jobs`).
//!
//! Uploads lie in temporary files, outcomes of rows take a few bytes each, and results are written while they are read,
//! so the number of rows does not matter to memory.

mod cells;
mod columns;
mod hold;
mod ingest_job;
mod ingest_results;
mod outcomes;
mod query_job;
mod query_rows;
mod upload;
mod worker;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

pub use hold::Hold;
pub use ingest_job::{IngestJob, Operation, Specification, State};
pub use ingest_results::{ResultKind, write_results};
pub use query_job::{QueryJob, QueryRequest, write_page};
pub use upload::Upload;
pub use worker::run;

/// Column delimiters by their names in the API.
pub const DELIMITERS: [(&str, u8); 6] = [
    ("BACKQUOTE", b'`'),
    ("CARET", b'^'),
    ("COMMA", b','),
    ("PIPE", b'|'),
    ("SEMICOLON", b';'),
    ("TAB", b'\t'),
];

/// Line endings by their names in the API.
pub const LINE_ENDINGS: [(&str, &str); 2] = [("LF", "\n"), ("CRLF", "\r\n")];

/// All jobs, by number. Ids begin with 750.
#[derive(Debug, Default)]
pub struct Jobs {
    next: AtomicU32,
    ingest: Mutex<BTreeMap<u32, Arc<IngestJob>>>,
    query: Mutex<BTreeMap<u32, Arc<QueryJob>>>,
    /// Keeps jobs from going on while tests look.
    pub hold: Hold,
}

impl Jobs {
    /// A number for a new job.
    pub fn number(&self) -> u32 {
        self.next.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The ingest jobs.
    pub fn ingest(&self) -> MutexGuard<'_, BTreeMap<u32, Arc<IngestJob>>> {
        self.ingest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The query jobs.
    pub fn query(&self) -> MutexGuard<'_, BTreeMap<u32, Arc<QueryJob>>> {
        self.query.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
