//! What rows do to a whole list, found in the background.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Target;
use super::row::MappingRow;

/// Asks what rows do to a list. A later question of the same object ends an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListCheckQuery {
    /// The object.
    pub object: Target,
    /// The rows as they stand.
    pub rows: Vec<MappingRow>,
    /// The list; `null` takes the newest fitting one.
    pub list_id: Option<i64>,
}

/// What rows do to a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ListCheck {
    /// Whether a later question ended this one; its counts are of a part of the list then.
    pub superseded: bool,
    /// Name of the list; the built-in sample when there is none.
    pub list_name: String,
    /// Profiles that were looked at.
    pub profiles: u32,
    /// Profiles that an export would refuse, because a required field has no value.
    pub refused_profiles: u32,
    /// One for each row that was handed over.
    pub rows: Vec<RowCheck>,
    /// How long it took.
    pub seconds: f64,
}

/// What one row does to a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RowCheck {
    /// Place in the mapping, from 1.
    pub row: u32,
    /// Profiles for which it gives the field's value.
    pub written_profiles: u32,
    /// Profiles for which its source is blank.
    pub blank_profiles: u32,
    /// What is found, most frequent first.
    pub findings: Vec<Finding>,
    /// For picklists and record types: the source's values with their counts, most frequent first.
    pub values: Vec<SourceValue>,
    /// Further values that are not told, as there are too many.
    pub more_values: u32,
}

/// A fault or a change that a row brings for some profiles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// Code for machines: of a fault, e.g. `too_long`, or of a change, e.g. `truncated`.
    pub code: String,
    /// Whether the value is left out; otherwise it is written changed.
    pub left_out: bool,
    /// Number of profiles.
    pub profiles: u32,
    /// Row, count and rule in one sentence, e.g. `Too long for 12 of 40 profiles.`
    pub sentence: String,
    /// The first value that it happens to.
    pub example_value: String,
    /// Place of that profile in the list, from 0.
    pub example_index: u32,
}

/// A value of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceValue {
    /// The value.
    pub value: String,
    /// Number of profiles that have it.
    pub profiles: u32,
    /// What is written for it; `null` when it is refused.
    pub becomes: Option<String>,
    /// Whether the org's picklist has what is written.
    pub known: bool,
}
