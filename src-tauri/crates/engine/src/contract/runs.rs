//! Runs: plan, progress, ledger.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::OrgKind;
use super::mapping::Target;

/// Names a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RunHandle {
    /// Id of the run.
    pub run: i64,
}

/// A window of the runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RunQuery {
    /// Part of a list's name; empty shows all.
    pub search: String,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most, 500 at the most.
    pub limit: u32,
}

/// A window of runs, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunPage {
    /// Runs that fit the search.
    pub matching_runs: u32,
    /// All runs.
    pub total_runs: u32,
    /// First row of this window.
    pub offset: u32,
    /// The rows.
    pub runs: Vec<RunSummary>,
}

/// Where a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// The plan is being made; nothing is written.
    Planning,
    /// The plan waits for somebody's word; nothing is written.
    Planned,
    /// Records are on their way.
    Sending,
    /// It goes on when something is mended, e.g. after a new login.
    Waiting,
    /// It was asked to stop and settles what was open.
    Cancelling,
    /// Every record is settled.
    Done,
    /// It was stopped; what was sent before is in the ledger.
    Cancelled,
    /// It could not go on; the reason is in `state_sentence`.
    Failed,
}

/// How many records had which outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tally {
    /// Created in Salesforce.
    pub created_records: u32,
    /// Updated in Salesforce.
    pub updated_records: u32,
    /// Left out on purpose.
    pub skipped_records: u32,
    /// Refused before sending, by our rules.
    pub refused_records: u32,
    /// Refused by Salesforce.
    pub failed_records: u32,
    /// Sent, with the answer lost, and not yet settled.
    pub uncertain_records: u32,
    /// Still to be sent or answered.
    pub waiting_records: u32,
}

/// One run as a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunSummary {
    /// Id, counted from 1.
    pub run: i64,
    /// Kind of run: `export`.
    pub kind: String,
    /// The target.
    pub object: Target,
    /// List it was made from.
    pub list_name: String,
    /// Where it is.
    pub state: RunState,
    /// The state in one sentence: what it waits for, why it failed.
    pub state_sentence: String,
    /// REST or Bulk.
    pub api: Api,
    /// Org it writes to.
    pub org_name: String,
    /// Kind of that org.
    pub org_kind: OrgKind,
    /// Who made it.
    pub started_by: String,
    /// When it was planned (RFC 3339, UTC).
    pub planned_at: String,
    /// When sending began; `null` before.
    pub started_at: Option<String>,
    /// When the last record was settled; `null` before.
    pub finished_at: Option<String>,
    /// Records in the run.
    pub total_records: u32,
    /// Outcomes so far.
    pub tally: Tally,
    /// API calls used so far.
    pub api_calls: u32,
    /// API calls that the plan expected for sending.
    pub estimated_api_calls: u32,
}

/// Which API sends the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Api {
    /// One sObject Collections call, 25 records or fewer.
    Rest,
    /// Bulk API 2.0, 26 records or more.
    Bulk,
}

/// Everything about one run but its records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunView {
    /// The run.
    pub summary: RunSummary,
    /// The plan.
    pub plan: Plan,
    /// Version of the mapping it was planned with.
    pub mapping_version: u32,
    /// Ids of the Bulk jobs, in order of creation.
    pub job_ids: Vec<String>,
    /// Reasons of refused and failed records, most frequent first.
    pub reasons: Vec<Reason>,
    /// How fast it goes; `null` when it is not sending.
    pub pace: Option<Pace>,
    /// Whether it can be sent, cancelled, resumed now.
    pub may: RunMay,
}

/// What can be done with a run now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunMay {
    /// `export.send` is possible.
    pub send: bool,
    /// `runs.cancel` is possible.
    pub cancel: bool,
    /// `runs.resume` is possible.
    pub resume: bool,
}

/// Speed of a run that is sending.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct Pace {
    /// Records settled a minute, since sending began.
    pub records_per_minute: f64,
    /// Seconds left at that pace; `null` while it cannot be told.
    pub seconds_left: Option<f64>,
}

/// What a run will do, before it does it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Plan {
    /// Records to create.
    pub create_records: u32,
    /// Records to update.
    pub update_records: u32,
    /// Records left out on purpose.
    pub skip_records: u32,
    /// Records refused by our rules.
    pub refuse_records: u32,
    /// Records that go on without some field, or with a shortened value.
    pub noted_records: u32,
    /// Rules that will fire and will not.
    pub forecasts: Vec<Forecast>,
    /// What sending costs.
    pub costs: Vec<Cost>,
    /// Sum of the costs.
    pub estimated_api_calls: u32,
    /// Faults that leave a field out or shorten it, most frequent first.
    pub faults: Vec<Reason>,
}

/// One rule and what it will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Forecast {
    /// Will it run?
    pub state: ForecastState,
    /// The rule.
    pub title: String,
    /// Why, in one sentence.
    pub sentence: String,
}

/// Whether a rule will run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ForecastState {
    /// Yes.
    Runs,
    /// No.
    WillNotRun,
    /// It may refuse records.
    MayRefuse,
}

/// API calls of one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Cost {
    /// The step.
    pub label: String,
    /// Calls.
    pub api_calls: u32,
}

/// A reason shared by several records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reason {
    /// Outcome that it led to.
    pub outcome: Outcome,
    /// Code: Salesforce's, or our rule's.
    pub code: String,
    /// In words.
    pub sentence: String,
    /// How many records.
    pub records: u32,
}

/// Outcome of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Planned, not yet sent.
    Planned,
    /// Sent, answer pending.
    Sent,
    /// Created.
    Created,
    /// Updated.
    Updated,
    /// Left out on purpose, or because the run was cancelled before its turn.
    Skipped,
    /// Refused by our rules.
    Refused,
    /// Refused by Salesforce.
    Failed,
    /// Sent with the answer lost.
    Uncertain,
}

/// A window of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LedgerQuery {
    /// The run.
    pub run: i64,
    /// Only this outcome; `null` for all.
    pub outcome: Option<Outcome>,
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
    /// The profile.
    pub profile_id: i64,
    /// ZoomInfo id of the profile.
    pub zoominfo_id: Option<String>,
    /// Person's or company's name.
    pub name: String,
    /// Company name of a contact; website of a company.
    pub company: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Rule that decided, in words.
    pub rule: String,
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
