//! What a plan's updates change, field by field.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A window of differences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DifferenceQuery {
    /// The run.
    pub run: i64,
    /// Only this kind; `null` for all.
    pub kind: Option<DifferenceKind>,
    /// Only this field, by API name; `null` for all.
    pub target: Option<String>,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most, 500 at the most.
    pub limit: u32,
}

/// What an update does to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// Writes a blank field.
    FillsBlank,
    /// Writes over another value.
    Overwrites,
    /// Makes it blank.
    Clears,
    /// Leaves it, because it has the value already or the policy keeps what is there.
    NoChange,
}

/// A window of differences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DifferencePage {
    /// Differences that fit.
    pub matching_values: u32,
    /// Over the whole run, whatever the filter.
    pub counts: KindCounts,
    /// Fields with their number of values that are written, most first.
    pub fields: Vec<FieldCount>,
    /// First row of this window.
    pub offset: u32,
    /// The rows, by line.
    pub differences: Vec<Difference>,
}

/// Values by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KindCounts {
    /// Written into blank fields.
    pub fills_blank_values: u32,
    /// Written over others.
    pub overwrites_values: u32,
    /// Made blank.
    pub clears_values: u32,
    /// Left.
    pub no_change_values: u32,
}

/// A field and how many values of it are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldCount {
    /// API name.
    pub target: String,
    /// Label.
    pub label: String,
    /// Values.
    pub values: u32,
}

/// One field of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Difference {
    /// The line.
    pub line: u32,
    /// Person's or company's name.
    pub name: String,
    /// Company of a contact, website of a company.
    pub company: String,
    /// 18-character id of the record; `null` for one that is created.
    pub salesforce_id: Option<String>,
    /// API name of the field.
    pub target: String,
    /// Label of the field.
    pub label: String,
    /// What happens to it.
    pub kind: DifferenceKind,
    /// What Salesforce has; `null` when blank.
    pub before: Option<String>,
    /// What it will be; `null` when blank.
    pub after: Option<String>,
}
