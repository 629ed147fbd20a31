//! Trouble for Bulk jobs.

use serde::{Deserialize, Serialize};

use super::when::When;

/// Trouble for some Bulk jobs, counted as they begin to be processed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobTrouble {
    /// Which jobs it is about; all when left out.
    #[serde(default)]
    pub which: Jobs,
    /// Which of those are troubled.
    #[serde(default)]
    pub when: When,
    /// What happens.
    pub what: JobHappening,
}

/// Jobs that have all of these in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Jobs {
    /// Ingest or query jobs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<JobKind>,
    /// API name of their object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
}

impl Jobs {
    /// Whether a job is one of them.
    #[must_use]
    pub fn cover(&self, kind: JobKind, object: &str) -> bool {
        self.kind.is_none_or(|wanted| wanted == kind)
            && self
                .object
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(object))
    }
}

/// The two kinds of Bulk jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Writes rows.
    Ingest,
    /// Reads rows.
    Query,
}

/// What happens to a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum JobHappening {
    /// It ends as *Failed*.
    Fails {
        /// Why.
        reason: FailureReason,
        /// Rows that are processed before, for ingest jobs; the others are left unprocessed.
        #[serde(default)]
        after_rows: u32,
    },
    /// Once its rows are processed, it says *InProgress* to so many more questions.
    StaysInProgress {
        /// Questions for the job's info.
        polls: u32,
    },
}

/// Why a job fails as a whole, in the words of its `errorMessage`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// `ClientInputError : LineEnding is invalid on user data. …`
    LineEnding,
    /// `InvalidBatch : Field name not found : …`
    FieldNameNotFound,
    /// `TooManyLockFailure : …`
    TooManyLockFailure,
    /// `ExceededQuota : …`
    ExceededQuota,
    /// `InternalServerError : …`
    InternalServerError,
    /// No `errorMessage` at all, as failed query jobs often have.
    Unsaid,
    /// These words.
    Text(String),
}

impl FailureReason {
    /// The words, for a job whose line ending and first column are these.
    #[must_use]
    pub fn message(&self, line_ending: &str, first_column: &str) -> Option<String> {
        let words = match self {
            Self::LineEnding => format!(
                "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is {line_ending}"
            ),
            Self::FieldNameNotFound => format!("InvalidBatch : Field name not found : {first_column}"),
            Self::TooManyLockFailure => {
                "TooManyLockFailure : Too many lock failure (200) Trying again later.".to_owned()
            }
            Self::ExceededQuota => "ExceededQuota : ApiBatchItems Limit exceeded.".to_owned(),
            Self::InternalServerError => {
                "InternalServerError : The batch could not be processed in 20 attempts".to_owned()
            }
            Self::Unsaid => return None,
            Self::Text(words) => words.clone(),
        };
        Some(words)
    }
}
