//! What rows do to one sample profile, live while they are edited.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Target;
use super::row::{MappingRow, OnUpdate};

/// Which profile is the sample.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SampleChoice {
    /// List that it comes from; `null` takes the newest fitting list, else the built-in sample.
    pub list_id: Option<i64>,
    /// Which profile of it, from 0.
    pub index: u32,
}

/// Asks what rows do to a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewQuery {
    /// The object.
    pub object: Target,
    /// The rows as they stand, saved or not.
    pub rows: Vec<MappingRow>,
    /// The sample.
    pub sample: SampleChoice,
    /// Whether the sample updates the org's record found by `mapping.find_record`, rather than becoming a new one.
    pub record: Option<ExistingRecord>,
}

/// The rows as people see them, in the same order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingPreview {
    /// The sample profile.
    pub sample: Option<SampleProfile>,
    /// Whether Salesforce's field list was at hand; without it types and limits are unknown.
    pub described: bool,
    /// One for each row that was handed over.
    pub rows: Vec<MappingRowView>,
    /// Rows that the native app's fields add; they cannot be changed.
    pub locked_rows: Vec<MappingRowView>,
    /// What stops an export or a save.
    pub problems: Vec<MappingProblem>,
    /// Required fields that no row maps.
    pub unmapped_required: Vec<UnmappedField>,
    /// What differs from the saved version, in a few words each, e.g. `Title on update`; empty when nothing does.
    pub changes: Vec<String>,
    /// Rows, from 1, that the saved version does not have in this shape.
    pub changed_rows: Vec<u32>,
    /// Whether exactly these rows passed a test in this org.
    pub tested: bool,
}

/// A required field that no row maps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnmappedField {
    /// API name.
    pub target: String,
    /// Label.
    pub label: String,
}

/// One thing that stops a mapping from being used or saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingProblem {
    /// The row at fault, from 1; `null` when it is the whole mapping.
    pub row: Option<u32>,
    /// Code for machines, e.g. `target_blank`.
    pub code: String,
    /// Which part of the row is at fault.
    pub part: RowPart,
    /// Whether it also refuses to be saved, as a blank row does; others only stop exports.
    pub stops_saving: bool,
    /// What, why and how to mend it.
    pub sentence: String,
}

/// A part of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowPart {
    /// The source.
    Source,
    /// The target field.
    Target,
    /// The row as a whole, or the mapping.
    Whole,
}

/// The sample profile and its place in its list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SampleProfile {
    /// Person's or company's name.
    pub name: String,
    /// Company name of a contact, website of a company.
    pub company: String,
    /// The list; `null` for the built-in sample.
    pub list_id: Option<i64>,
    /// Name of the list, or "Built-in sample".
    pub list_name: String,
    /// Which one, from 0.
    pub index: u32,
    /// How many there are.
    pub total_profiles: u32,
}

/// One mapping row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingRowView {
    /// Place in the mapping, from 1.
    pub row: u32,
    /// Source in words, e.g. `Job Title` or `“ZoomInfo”`; empty while none is chosen.
    pub source: String,
    /// Kind of the source in words, e.g. `Contact field`, `Fixed value`.
    pub source_kind: String,
    /// The sample profile's value; empty when blank.
    pub sample_value: String,
    /// Label of the target field; empty while none is chosen.
    pub target_label: String,
    /// API name of the target field.
    pub target_name: String,
    /// Salesforce field type, e.g. `string`, `phone`; `null` when not described.
    pub target_kind: Option<String>,
    /// Type in words, e.g. `Text(80)`.
    pub target_type: String,
    /// Whether Salesforce requires a value.
    pub required: bool,
    /// What an update does.
    pub on_update: OnUpdate,
    /// Place among the rows with the same target; `null` when it is the only one.
    pub hierarchy: Option<Hierarchy>,
    /// Block that this row belongs to.
    pub block: Option<String>,
    /// What would be written for the sample; empty when nothing.
    pub result: String,
    /// Why, in a few words.
    pub result_note: String,
    /// Verdict.
    pub verdict: Verdict,
    /// Why, in one sentence; empty when ready.
    pub verdict_sentence: String,
}

/// Place in a hierarchy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hierarchy {
    /// From 1.
    pub position: u32,
    /// How many rows share the target.
    pub of: u32,
    /// Whether this row gives the sample's value.
    pub in_use: bool,
}

/// Verdict on one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Will be written as shown.
    Ready,
    /// Will be written, but not as it is, or left out for this sample.
    Warning,
    /// Stops the export.
    Error,
    /// Set by the native app's rule; nobody changes it here.
    Locked,
    /// Could not be checked: there is no connection to describe the field.
    Unknown,
}

/// Asks for the org's record of a sample profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordQuery {
    /// The object.
    pub object: Target,
    /// The rows as they stand.
    pub rows: Vec<MappingRow>,
    /// The sample.
    pub sample: SampleChoice,
}

/// A record of the org that the sample would update, with the values of the mapped fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExistingRecord {
    /// Its id.
    pub salesforce_id: String,
    /// Its name.
    pub name: String,
    /// How it was found, in words, e.g. `same e-mail`.
    pub found_by: String,
    /// Values by API name as text; blank ones are left out.
    pub values: std::collections::BTreeMap<String, String>,
}
