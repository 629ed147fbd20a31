//! What sources and targets there are to choose from, and proposals by name.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Target;
use super::row::{MappingRow, MappingSource};

/// Everything that a row can be made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingFields {
    /// ZoomInfo's fields that fit the object, in groups.
    pub groups: Vec<SourceGroup>,
    /// Columns of imported lists that are not ZoomInfo's.
    pub extra_columns: Vec<ExtraColumn>,
    /// Functions of templates.
    pub functions: Vec<TemplateFunction>,
    /// The object's fields; empty before the first connection.
    pub targets: Vec<TargetField>,
    /// Time zones for moments, by their names in the IANA database.
    pub time_zones: Vec<String>,
    /// When the org's fields were read (RFC 3339, UTC); `null` before the first connection.
    pub described_at: Option<String>,
    /// Lists that samples can come from, newest first.
    pub lists: Vec<SampleList>,
}

/// A group of ZoomInfo fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceGroup {
    /// Its name, e.g. `Company address`.
    pub label: String,
    /// Its fields.
    pub fields: Vec<SourceField>,
}

/// A ZoomInfo field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceField {
    /// Stable id.
    pub id: String,
    /// Label as in the current CSV headers.
    pub label: String,
    /// `Contact field` or `Company field`.
    pub kind_label: String,
    /// Unit of its numbers in words; empty when they have none.
    pub unit: String,
}

/// A column of imported lists that is not ZoomInfo's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExtraColumn {
    /// Its header.
    pub column: String,
    /// Lists that have it.
    pub lists: Vec<String>,
}

/// A function of templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateFunction {
    /// Name, e.g. `upper`.
    pub name: String,
    /// What it does.
    pub purpose: String,
    /// An example that can be inserted.
    pub example: String,
}

/// A list that samples can come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SampleList {
    /// Id.
    pub list_id: i64,
    /// Name.
    pub name: String,
    /// Number of profiles.
    pub profiles: u32,
}

/// A field of the object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TargetField {
    /// API name.
    pub name: String,
    /// Label.
    pub label: String,
    /// Type as describe names it, e.g. `phone`.
    pub kind: String,
    /// Type in words, e.g. `Phone(40)`.
    pub type_label: String,
    /// Whether a new record must bring a value.
    pub required: bool,
    /// Why it cannot be chosen; `null` when it can.
    pub closed: Option<String>,
    /// Whether it may be written when a record is updated.
    pub updateable: bool,
    /// Values of a picklist, or record types, in order.
    pub picklist: Vec<PicklistEntry>,
    /// Whether other values are refused.
    pub restricted: bool,
    /// Objects that a lookup can point at; empty for other fields.
    pub refers_to: Vec<String>,
}

/// One value of a picklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PicklistEntry {
    /// What is stored.
    pub value: String,
    /// What people see.
    pub label: String,
    /// Whether it may still be chosen.
    pub active: bool,
}

/// Asks by which fields another object's records can be looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LookupQuery {
    /// API name of the other object.
    pub object: String,
}

/// Fields that records of another object can be looked up by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LookupFields {
    /// API name of the other object.
    pub object: String,
    /// Its label.
    pub label: String,
    /// Its external id fields, and those that Salesforce itself finds records by, such as a user's e-mail.
    pub fields: Vec<LookupField>,
}

/// A field to look up by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LookupField {
    /// API name.
    pub name: String,
    /// Label.
    pub label: String,
}

/// Asks for proposals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProposalQuery {
    /// The object.
    pub object: Target,
    /// The rows as they stand; what they map is not proposed again.
    pub rows: Vec<MappingRow>,
}

/// Rows that names suggest, surest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Proposals {
    /// The proposals.
    pub proposals: Vec<Proposal>,
}

/// One proposed row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Proposal {
    /// Where the value would come from.
    pub source: MappingSource,
    /// The source in words.
    pub source_label: String,
    /// API name of the target.
    pub target: String,
    /// Label of the target.
    pub target_label: String,
    /// Type of the target in words.
    pub target_type: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why, in a few words, e.g. `same label`.
    pub reason: String,
}

/// How sure a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The names are the same and the types fit.
    Sure,
    /// The names mean the same.
    Likely,
    /// The names resemble each other.
    Possible,
}
