//! The Mapping tab: what each field becomes, shown for one sample profile.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A Salesforce object that profiles become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Account, from companies.
    Account,
    /// Contact, from contacts.
    Contact,
    /// Lead, from contacts.
    Lead,
}

/// Asks for the mapping of one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MappingQuery {
    /// The target.
    pub object: Target,
    /// List that sample profiles come from; `null` takes the newest fitting list, else the built-in sample.
    pub list_id: Option<i64>,
    /// Which profile of it, from 0.
    pub sample: u32,
}

/// A mapping, shown for a sample profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingView {
    /// The target.
    pub object: Target,
    /// Version number of the mapping, from 1.
    pub version: u32,
    /// When that version was made (RFC 3339, UTC).
    pub saved_at: String,
    /// Whether Salesforce's field list was at hand; without it types and limits are unknown.
    pub described: bool,
    /// The sample profile.
    pub sample: Option<SampleProfile>,
    /// The rows in order.
    pub rows: Vec<MappingRowView>,
    /// What would stop an export, one sentence each.
    pub problems: Vec<String>,
}

/// The sample profile and its place in its list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SampleProfile {
    /// Person's or company's name.
    pub name: String,
    /// Company name of a contact, website of a company.
    pub company: String,
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
    /// Source in words, e.g. `Job Title` or `“ZoomInfo”`.
    pub source: String,
    /// Kind of the source in words, e.g. `Contact field`, `Fixed value`.
    pub source_kind: String,
    /// The sample profile's value; empty when blank.
    pub sample_value: String,
    /// Label of the target field.
    pub target_label: String,
    /// API name of the target field.
    pub target_name: String,
    /// Salesforce field type, e.g. `string`, `phone`; `null` when not described.
    pub target_kind: Option<String>,
    /// Type in words, e.g. `Text(80)`.
    pub target_type: String,
    /// Whether Salesforce requires a value.
    pub required: bool,
    /// On update: `fill_if_blank`, `overwrite`, `never`.
    pub on_update: OnUpdate,
    /// Place among the rows with the same target; `null` when it is the only one.
    pub hierarchy: Option<Hierarchy>,
    /// Address block that this row belongs to.
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

/// What happens to a value that the record already has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OnUpdate {
    /// Written only where Salesforce has none.
    FillIfBlank,
    /// Always written.
    Overwrite,
    /// Written on creation only.
    Never,
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
    /// Could not be checked: there is no connection to describe the field.
    Unknown,
}
