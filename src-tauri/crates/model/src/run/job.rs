//! States of one call that writes, as the journal keeps them.

use serde::{Deserialize, Serialize};

/// How far a Bulk job or a Collections call is known to be. The journal notes a state before the next call is made, so
/// that whoever reads it after a crash knows what may have happened.
///
/// Source: Salesforce's Bulk API 2.0 Developer Guide, "Create a Job" to "Close or Abort a Job": nothing of a job is
/// processed before it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// About to be asked for. A job that Salesforce made meanwhile is empty and harmless; a Collections call may have
    /// been carried out.
    Intended,
    /// The job exists and its id is known.
    Created,
    /// The rows were accepted.
    Uploaded,
    /// Salesforce was told to begin, and has every row.
    Closed,
    /// All outcomes are in the ledger.
    Complete,
    /// Stopped before it was closed or while it ran; outcomes so far are in the ledger.
    Aborted,
    /// It ended with an error of the whole job; outcomes so far are in the ledger.
    Failed,
}

/// What a job does with its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobOperation {
    /// Creates them.
    Insert,
    /// Changes them, by id.
    Update,
    /// Deletes them, by id.
    Delete,
}

impl JobState {
    /// Whether a job in this state may go to `next`.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match self {
            // A Collections call knows only intended and its end.
            Self::Intended => matches!(
                next,
                Self::Created | Self::Complete | Self::Aborted | Self::Failed
            ),
            Self::Created => matches!(next, Self::Uploaded | Self::Aborted | Self::Failed),
            Self::Uploaded => matches!(next, Self::Closed | Self::Aborted | Self::Failed),
            Self::Closed => matches!(next, Self::Complete | Self::Aborted | Self::Failed),
            Self::Complete | Self::Aborted | Self::Failed => false,
        }
    }

    /// Whether nothing more can come of it.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Complete | Self::Aborted | Self::Failed)
    }
}
