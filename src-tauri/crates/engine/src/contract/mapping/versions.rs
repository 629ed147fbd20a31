//! Saved mappings: every save is a version.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Target;
use super::preview::MappingProblem;
use super::row::MappingRow;
use super::test::MappingTest;

/// The saved mapping of an object and what is known about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SavedMapping {
    /// The object.
    pub object: Target,
    /// Version, from 1; 0 for the default mapping before the first connection.
    pub version: u32,
    /// When it was saved (RFC 3339, UTC); empty for version 0.
    pub saved_at: String,
    /// Who saved it.
    pub saved_by: String,
    /// The note that was given.
    pub note: String,
    /// The rows in order.
    pub rows: Vec<MappingRow>,
    /// Version of the native app whose fields are locked; `null` when it is not installed.
    pub native_app: Option<String>,
    /// What changed in the org since the mapping was saved.
    pub drift: Vec<Drift>,
    /// The newest test of this object in this org, whatever its rows were.
    pub last_test: Option<MappingTest>,
    /// Whether the operator may change mappings; a sentence says who may when not.
    pub may_edit: bool,
    /// Who may; empty when the operator may.
    pub may_edit_sentence: String,
}

/// Something in the org that a mapping relied on and that is different now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Drift {
    /// The row, from 1; `null` when it is the whole mapping, as with a newly required field.
    pub row: Option<u32>,
    /// What happened.
    pub kind: DriftKind,
    /// API name of the field.
    pub target: String,
    /// Whether it stops exports.
    pub stops_exports: bool,
    /// What, and how to mend it.
    pub sentence: String,
    /// API name of a field that it was probably renamed to.
    pub renamed_to: Option<String>,
}

/// Kinds of drift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DriftKind {
    /// The field is gone, or may no longer be seen.
    FieldGone,
    /// The field's label is another.
    Relabelled,
    /// The field may no longer be written.
    PermissionLost,
    /// The field's type or length is another.
    TypeChanged,
    /// The field became required.
    BecameRequired,
    /// A picklist value that the mapping writes is gone.
    ValueGone,
}

/// Saves rows as a new version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveMapping {
    /// The object.
    pub object: Target,
    /// The rows.
    pub rows: Vec<MappingRow>,
    /// A note for the history; may be empty.
    pub note: String,
    /// The version that was edited; a newer one that somebody else saved refuses this save. `null` does not check.
    pub based_on_version: Option<u32>,
}

/// What saving came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SaveAnswer {
    /// The mapping as it is saved now; `null` when it was refused.
    pub saved: Option<SavedMapping>,
    /// Why it was refused, one for each row to mend; empty when it was saved.
    pub problems: Vec<MappingProblem>,
    /// The refusal in one sentence; empty when it was saved.
    pub sentence: String,
    /// A warning that does not refuse, e.g. that the mapping was not tested since its last change; may be empty.
    pub warning: String,
}

/// The versions of a mapping, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingHistory {
    /// The versions.
    pub versions: Vec<MappingVersion>,
}

/// One version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingVersion {
    /// Version, from 1.
    pub version: u32,
    /// When it was saved (RFC 3339, UTC).
    pub saved_at: String,
    /// Who saved it.
    pub saved_by: String,
    /// The note that was given.
    pub note: String,
    /// Number of rows.
    pub rows: u32,
    /// What differs from the version before, in a few words each.
    pub changes: Vec<String>,
    /// Whether exactly these rows passed a test.
    pub tested: bool,
}

/// Names a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct VersionQuery {
    /// The object.
    pub object: Target,
    /// The version.
    pub version: u32,
}

/// Asks for the difference between two versions, or between a version and rows that are not saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CompareVersions {
    /// The object.
    pub object: Target,
    /// The earlier version.
    pub from: u32,
    /// The later version; `null` compares with `rows`.
    pub to: Option<u32>,
    /// Rows that are not saved; empty when `to` is given.
    pub rows: Vec<MappingRow>,
}

/// The difference between two mappings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingDifference {
    /// The changes, in the order of the later rows; what was removed comes where it stood.
    pub changes: Vec<RowChange>,
    /// Rows that are the same.
    pub same_rows: u32,
}

/// What happened to one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RowChange {
    /// What happened.
    pub kind: ChangeKind,
    /// The source in words.
    pub source: String,
    /// Label of the target, or its API name.
    pub target_label: String,
    /// API name of the target.
    pub target: String,
    /// Its place before, from 1; `null` when it was added.
    pub row_before: Option<u32>,
    /// Its place after, from 1; `null` when it was removed.
    pub row_after: Option<u32>,
    /// What is different within the row.
    pub details: Vec<ChangeDetail>,
}

/// Kinds of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A new row.
    Added,
    /// A row that is gone.
    Removed,
    /// A row with another setting.
    Changed,
    /// A row with another place in its hierarchy.
    Moved,
}

/// One setting of a row, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeDetail {
    /// The setting in words, e.g. `On update`.
    pub what: String,
    /// Before, in words.
    pub before: String,
    /// After, in words.
    pub after: String,
}

/// Rows that are not saved, to be put into a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RowsOfObject {
    /// The object.
    pub object: Target,
    /// The rows.
    pub rows: Vec<MappingRow>,
}

/// Rows to edit, from the defaults or from a file; nothing is saved yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditableRows {
    /// The rows.
    pub rows: Vec<MappingRow>,
    /// Where they come from, e.g. a file's name.
    pub origin: String,
}
