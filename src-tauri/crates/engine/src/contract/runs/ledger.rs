//! A run's ledger: one line for every record.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Action, Difference, Grade, Outcome};
use crate::contract::mapping::Target;

/// A window of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LedgerQuery {
    /// The run.
    pub run: i64,
    /// Only this outcome; `null` for all.
    pub outcome: Option<Outcome>,
    /// Only this action of the plan; `null` for all.
    #[serde(default)]
    pub action: Option<Action>,
    /// Only this code of an error; `null` for all.
    #[serde(default)]
    pub error_code: Option<String>,
    /// Only records of this object; `null` for all.
    #[serde(default)]
    pub object: Option<Target>,
    /// Only records whose membership of the campaign stands so; `null` for all.
    #[serde(default)]
    pub member_state: Option<MemberState>,
    /// Part of a name, company, id or error; empty shows all.
    pub search: String,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most, 500 at the most.
    pub limit: u32,
}

/// A window of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerPage {
    /// Lines that fit outcome and search.
    pub matching_lines: u32,
    /// All lines.
    pub total_lines: u32,
    /// First row of this window.
    pub offset: u32,
    /// The rows.
    pub lines: Vec<LedgerLine>,
}

/// One record of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerLine {
    /// Number within the run, from 1.
    pub line: u32,
    /// Object of the record: the run's, or Account for one that a run of contacts creates.
    pub object: Target,
    /// The profile.
    pub profile_id: i64,
    /// ZoomInfo id of the profile.
    pub zoominfo_id: Option<String>,
    /// Person's or company's name.
    pub name: String,
    /// Company name of a contact; website of a company.
    pub company: String,
    /// What the plan does with it.
    pub action: Action,
    /// What became of it.
    pub outcome: Outcome,
    /// Rule that decided, in words.
    pub rule: String,
    /// Grade of the match that decided; `null` when none did.
    pub grade: Option<Grade>,
    /// Code of the criterion of that match.
    pub criterion: Option<String>,
    /// Values that an update writes.
    pub changed_values: u32,
    /// What was shortened or left out, one sentence each.
    pub notes: Vec<String>,
    /// 18-character id of the record.
    pub salesforce_id: Option<String>,
    /// Code of the error.
    pub error_code: Option<String>,
    /// The error in words.
    pub error: Option<String>,
    /// How often it was sent.
    pub attempts: u32,
    /// When it was settled (RFC 3339, UTC).
    pub settled_at: Option<String>,
    /// Its membership of the run's campaign; `null` where there is none to be.
    pub member: Option<Member>,
}

/// A record's membership of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Member {
    /// How it stands.
    pub state: MemberState,
    /// Code of the error.
    pub error_code: Option<String>,
    /// The error in words.
    pub error: Option<String>,
}

/// How a membership of a campaign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    /// Still to be added, or by an undo to be taken away.
    Waiting,
    /// Added by this run.
    Added,
    /// Was a member before.
    Known,
    /// Taken away: an undo.
    Removed,
    /// Refused, or not written for another reason.
    Failed,
}

/// Names a line of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LineHandle {
    /// The run.
    pub run: i64,
    /// The line.
    pub line: u32,
}

/// Opens a record in the browser: a line's own, or one that it may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenRecord {
    /// The run.
    pub run: i64,
    /// The line.
    pub line: u32,
    /// Number of a candidate of the line's question, from 1; `null` for the line's own record.
    #[serde(default)]
    pub candidate: Option<u32>,
}

/// Everything about one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineDetail {
    /// The line.
    pub line: LedgerLine,
    /// What was or will be written, field by field, with what was there before an update.
    pub differences: Vec<Difference>,
    /// The values of the profile in its list.
    pub source: Vec<ShownField>,
    /// What may be edited before a retry.
    pub editable: Vec<EditableField>,
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShownField {
    /// Label.
    pub label: String,
    /// Value; empty when blank.
    pub value: String,
}

/// A field whose value can be typed before a retry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditableField {
    /// API name.
    pub target: String,
    /// Label.
    pub label: String,
    /// What is sent as things stand; empty when blank.
    pub value: String,
    /// Values to choose from; empty when anything may be typed.
    pub choices: Vec<String>,
    /// Whether the error names this field.
    pub at_fault: bool,
}

/// Saves a ledger where the operator chooses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveLedger {
    /// The run.
    pub run: i64,
    /// As which file.
    pub format: LedgerFormat,
}

/// Files that a ledger is saved as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LedgerFormat {
    /// Comma-separated, UTF-8.
    Csv,
    /// Excel workbook.
    Xlsx,
}
