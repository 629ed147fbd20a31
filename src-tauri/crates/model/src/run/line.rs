//! What is done with one record of a run, and what became of it.

use serde::{Deserialize, Serialize};

/// What the plan does with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineAction {
    /// Creates it.
    Create,
    /// Updates a record that is there.
    Update,
    /// Waits for somebody's answer about duplicates. A contact that waits for its company's account alone keeps what it
    /// will do, with the outcome [`LineOutcome::Asked`].
    Ask,
    /// Leaves it out on purpose.
    Skip,
    /// Refuses it by a rule of ours.
    Refuse,
    /// Deletes a record that a run created: an undo.
    Delete,
    /// Gives a record its values from before a run: an undo.
    Restore,
}

impl LineAction {
    /// The action in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Update => "Update",
            Self::Ask => "Ask",
            Self::Skip => "Skip",
            Self::Refuse => "Refuse",
            Self::Delete => "Delete",
            Self::Restore => "Restore",
        }
    }

    /// The outcome that a planned record starts with.
    #[must_use]
    pub fn first_outcome(self) -> LineOutcome {
        match self {
            Self::Create | Self::Update | Self::Delete | Self::Restore => LineOutcome::Planned,
            Self::Ask => LineOutcome::Asked,
            Self::Skip => LineOutcome::Skipped,
            Self::Refuse => LineOutcome::Refused,
        }
    }
}

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineOutcome {
    /// Waits for somebody's answer and is not sent before.
    Asked,
    /// Planned, not yet sent.
    Planned,
    /// Sent, answer pending.
    Sent,
    /// Created in Salesforce.
    Created,
    /// Updated in Salesforce.
    Updated,
    /// Deleted from Salesforce: an undo.
    Deleted,
    /// Has its values from before again: an undo.
    Restored,
    /// Left out on purpose.
    Skipped,
    /// Refused by a rule of ours.
    Refused,
    /// Refused by Salesforce.
    Failed,
    /// Sent, with the answer lost.
    Uncertain,
}

impl LineOutcome {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Asked,
        Self::Planned,
        Self::Sent,
        Self::Created,
        Self::Updated,
        Self::Deleted,
        Self::Restored,
        Self::Skipped,
        Self::Refused,
        Self::Failed,
        Self::Uncertain,
    ];

    /// The outcome in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Asked => "To be answered",
            Self::Planned => "Planned",
            Self::Sent => "Sent",
            Self::Created => "Created",
            Self::Updated => "Updated",
            Self::Deleted => "Deleted",
            Self::Restored => "Restored",
            Self::Skipped => "Skipped",
            Self::Refused => "Refused",
            Self::Failed => "Failed",
            Self::Uncertain => "Uncertain",
        }
    }

    /// Whether it may still change: what is uncertain can be settled by looking.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Planned | Self::Sent | Self::Uncertain)
    }
}
