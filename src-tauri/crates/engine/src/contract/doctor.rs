//! The connection doctor.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the doctor found, newest run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoctorReport {
    /// When it was made (RFC 3339, UTC).
    pub checked_at: String,
    /// Whether it is of the org and the user that are connected now, and of the mappings as they are saved now.
    pub is_current: bool,
    /// API calls that it took.
    pub used_calls: u32,
    /// Failed ones first, then unknown, then passed.
    pub checks: Vec<DoctorCheck>,
    /// The whole report as text, for the Salesforce admin.
    pub text: String,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoctorCheck {
    /// Closed name, e.g. `api_enabled`, `object_lead`, `field_contact_Level__c`.
    pub name: String,
    /// What is checked, or what is wrong, e.g. "API Enabled".
    pub title: String,
    /// What was found, in one short line, e.g. "Enterprise Edition, 00D…".
    pub found: String,
    /// How it ended.
    pub state: CheckState,
    /// Why it matters, in one sentence.
    pub why: String,
    /// How to mend it; empty when it passed.
    pub mend: String,
    /// The way through Setup, one part a step; empty when there is none.
    pub setup_path: Vec<String>,
    /// Whether `doctor.open_setup` can open that page.
    pub has_setup_page: bool,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// As it should be.
    Passed,
    /// Not so; the mend says what to do.
    Failed,
    /// Could not be found out.
    Unknown,
}

/// Names a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CheckHandle {
    /// Its name.
    pub check: String,
}
