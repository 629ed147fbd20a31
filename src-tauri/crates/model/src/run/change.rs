//! What an update does to one field of a record, with the value before: the before-image that an undo restores.

use serde::{Deserialize, Serialize};

use crate::mapping::UpdateOutcome;

/// One field of an update.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// API name.
    pub target: String,
    /// What happens to it.
    pub outcome: UpdateOutcome,
    /// What the record had, as text; `None` when it was blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it gets, as text; `None` when it is cleared. Of a field that is not written, what the mapping gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl FieldChange {
    /// Whether the field is written.
    #[must_use]
    pub fn is_written(&self) -> bool {
        matches!(
            self.outcome,
            UpdateOutcome::Filled | UpdateOutcome::Overwritten | UpdateOutcome::Cleared
        )
    }
}
