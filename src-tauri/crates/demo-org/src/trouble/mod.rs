//! What goes wrong on purpose, written down: the format of trouble files, of [`Options::trouble`](crate::Options) and of
//! `POST /demo/trouble`.
//!
//! One JSON object; every member may be left out, unknown members are refused.
//!
//! ```json
//! {
//!   "holds_jobs": false,
//!   "rotates_refresh_tokens": true,
//!   "calls": [
//!     { "which": { "family": "query", "method": "GET", "path": "*/query" }, "when": { "first": 2 }, "what": { "status": 503 } },
//!     { "which": { "family": "ingest_upload" }, "when": { "nth": 3 }, "what": { "cut_upload": { "after_bytes": 4096 } } },
//!     { "which": { "family": "query_job_results" }, "each_path": true, "when": { "first": 1 }, "what": "results_not_ready" }
//!   ],
//!   "jobs": [
//!     { "which": { "kind": "ingest", "object": "Contact" }, "when": { "first": 1 },
//!       "what": { "fails": { "reason": "too_many_lock_failure", "after_rows": 400 } } }
//!   ],
//!   "row_locks": [ { "object": "Contact", "fraction": 0.1, "tries": 2 } ]
//! }
//! ```
//!
//! `TROUBLE.md` beside this crate's manifest shows an example of each kind. What lies where: `calls` (which calls and what
//! happens to them), `family` (names for kinds of calls), `jobs`, `row_locks`, `when`. This folder never makes anything
//! happen; that is `control`. To add a kind: one variant of [`Happening`], one arm in `control::interfere`.

mod calls;
mod family;
mod jobs;
mod row_locks;
mod when;

use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use calls::{CallTrouble, Calls, ErrorStatus, Happening};
pub use family::Family;
pub use jobs::{FailureReason, JobHappening, JobKind, JobTrouble, Jobs};
pub use row_locks::{Fraction, RowLock};
pub use when::When;

/// What goes wrong on purpose. Read it with `str::parse`; the module's documentation shows the format.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Trouble {
    /// Bulk jobs stay *InProgress* until they are released.
    pub holds_jobs: bool,
    /// Each refresh replaces the refresh token; use of a replaced one ends its successor and all its access tokens.
    pub rotates_refresh_tokens: bool,
    /// Trouble for HTTP calls.
    pub calls: Vec<CallTrouble>,
    /// Trouble for Bulk jobs.
    pub jobs: Vec<JobTrouble>,
    /// Rows that are locked when somebody writes them.
    pub row_locks: Vec<RowLock>,
}

/// Why a text does not say what should go wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "This is not a trouble file: {why}, at {place}, line {line}, column {column}. Mend it there; TROUBLE.md has an example \
     of each kind."
)]
pub struct TroubleError {
    /// What is wrong, as the JSON reader says it.
    pub why: String,
    /// The member, such as `calls[2].what`.
    pub place: String,
    /// Line of the text, from 1.
    pub line: usize,
    /// Column of the line, from 1.
    pub column: usize,
}

impl FromStr for Trouble {
    type Err = TroubleError;

    fn from_str(text: &str) -> Result<Self, TroubleError> {
        if !text.trim_start().starts_with('{') {
            return Err(TroubleError {
                why: "a JSON object was expected".to_owned(),
                place: "the top".to_owned(),
                line: 1,
                column: 1,
            });
        }
        let mut reader = serde_json::Deserializer::from_str(text);
        let trouble = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let path = error.path().to_string();
            let place = if path == "." { "the top".to_owned() } else { path };
            refused(place, error.inner())
        })?;
        reader
            .end()
            .map_err(|error| refused("the end".to_owned(), &error))?;
        Ok(trouble)
    }
}

fn refused(place: String, error: &serde_json::Error) -> TroubleError {
    let text = error.to_string();
    let why = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(why, _)| why);
    TroubleError {
        why: why.to_owned(),
        place,
        line: error.line(),
        column: error.column(),
    }
}
