//! Test Mapping: one record is created, read back, compared and deleted.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Target;
use super::preview::SampleChoice;
use super::row::MappingRow;

/// Starts a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TestMapping {
    /// The object.
    pub object: Target,
    /// The rows as they stand, saved or not.
    pub rows: Vec<MappingRow>,
    /// The profile whose record is written.
    pub sample: SampleChoice,
}

/// A test and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MappingTest {
    /// Number of the test.
    pub test: i64,
    /// The object.
    pub object: Target,
    /// How it ended, or how far it is.
    pub state: TestState,
    /// What it came to in one sentence.
    pub sentence: String,
    /// Name of the sample.
    pub sample_name: String,
    /// One for each field that was sent, in the order of the rows.
    pub fields: Vec<TestedField>,
    /// Fields that Salesforce holds as they were sent.
    pub written_fields: u32,
    /// Fields that the org changed or cut.
    pub changed_fields: u32,
    /// Fields that were refused, or could not be converted.
    pub refused_fields: u32,
    /// What Salesforce refused the record for; `null` when it took it.
    pub error: Option<TestError>,
    /// The records that the test made, with what became of each.
    pub records: Vec<TestRecord>,
    /// Whether every record that it made is deleted.
    pub deleted: bool,
    /// API calls that it used.
    pub api_calls: u32,
    /// How long it took.
    pub seconds: f64,
    /// When it began (RFC 3339, UTC).
    pub started_at: String,
    /// Who started it.
    pub started_by: String,
}

/// States of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TestState {
    /// It is being done.
    Running,
    /// Every field is as it was sent.
    Passed,
    /// The record was taken, but some fields are different.
    Differs,
    /// Salesforce refused the record, or the mapping could not make one.
    Refused,
    /// It did not come to an end; what it made is deleted, or listed.
    Interrupted,
}

/// One field of a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TestedField {
    /// The row that gave the value, from 1; `null` when no row did, as for a test's own account.
    pub row: Option<u32>,
    /// API name.
    pub target: String,
    /// Label.
    pub target_label: String,
    /// The source in words.
    pub source: String,
    /// What was sent, as text.
    pub sent: String,
    /// What Salesforce holds, as text.
    pub read_back: String,
    /// What it became.
    pub verdict: FieldVerdict,
    /// Why, in one sentence; empty when written.
    pub sentence: String,
}

/// What a field became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldVerdict {
    /// As it was sent.
    Written,
    /// The org changed it.
    Changed,
    /// It was cut, here or by the org.
    Truncated,
    /// It was refused.
    Refused,
    /// The connected user may not read it.
    NotRead,
}

/// What Salesforce refused a record for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TestError {
    /// Salesforce's code, e.g. `STRING_TOO_LONG`.
    pub code: String,
    /// What happened and how to mend it.
    pub sentence: String,
    /// API names of the fields at fault.
    pub targets: Vec<String>,
    /// Rows at fault, from 1; empty when Salesforce names none.
    pub rows: Vec<u32>,
}

/// A record that a test made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TestRecord {
    /// API name of its object.
    pub object: String,
    /// Its id; `null` when it is not known whether it was made.
    pub salesforce_id: Option<String>,
    /// Whether it is gone.
    pub deleted: bool,
    /// Why not, and what to do; empty when it is gone.
    pub sentence: String,
}

/// Names a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TestHandle {
    /// Number of the test.
    pub test: i64,
}

/// Names a record that a test left behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TestRecordHandle {
    /// Number of the test.
    pub test: i64,
    /// The record's id.
    pub salesforce_id: String,
}
