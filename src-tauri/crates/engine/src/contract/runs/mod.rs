//! Runs: plan, questions, progress, ledger, retry and undo.

mod campaigns;
mod differences;
mod ledger;
mod plan;
mod questions;
mod retry;

pub use campaigns::{Campaign, CampaignChoice, CampaignQuery, Campaigns};
pub use differences::{Difference, DifferenceKind, DifferencePage, DifferenceQuery, FieldCount, KindCounts};
pub use ledger::{
    EditableField, LedgerFormat, LedgerLine, LedgerPage, LedgerQuery, LineDetail, LineHandle, Member,
    MemberState, OpenRecord, SaveLedger, ShownField,
};
pub use plan::{Budget, CheckPlace, Cost, DuplicateCheck, Forecast, ForecastState, Plan, PlanOwner, Reason};
pub use questions::{
    AccountCandidate, AnswerAll, AnswerCompanies, AnswerLines, Candidate, CandidateValue, CompanyAnswer,
    CompanyPage, CompanyQuery, CompanyQuestion, Grade, LineAnswer, MatchingAccounts, OnAsk, Question,
    QuestionPage, QuestionQuery,
};
pub use retry::{LineEdits, RetryLines, RetryRun};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::OrgKind;
use super::mapping::Target;
use super::settings::DuplicateAction;

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
    /// Only this kind of run; `null` for all.
    #[serde(default)]
    pub kind: Option<RunKind>,
    /// Only runs of this object; `null` for all.
    #[serde(default)]
    pub object: Option<Target>,
    /// Only runs in this state; `null` for all.
    #[serde(default)]
    pub state: Option<RunState>,
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

/// What a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// Writes profiles into Salesforce.
    Export,
    /// Takes back what an export wrote.
    Undo,
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
    /// Deleted from Salesforce: an undo.
    pub deleted_records: u32,
    /// Given their values from before: an undo.
    pub restored_records: u32,
    /// Left out on purpose.
    pub skipped_records: u32,
    /// Refused before sending, by our rules.
    pub refused_records: u32,
    /// Refused by Salesforce.
    pub failed_records: u32,
    /// Sent, with the answer lost, and not yet settled.
    pub uncertain_records: u32,
    /// Still to be sent or answered by Salesforce.
    pub waiting_records: u32,
    /// Wait for somebody's answer.
    pub asked_records: u32,
}

/// One run as a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunSummary {
    /// Id, counted from 1.
    pub run: i64,
    /// What it does.
    pub kind: RunKind,
    /// The run that it retries, repeats or undoes; `null` when it stands for itself.
    pub source_run: Option<i64>,
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
    /// Outcomes so far, of records of the run's object.
    pub tally: Tally,
    /// Accounts created for contacts so far.
    pub created_account_records: u32,
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
    /// What was chosen.
    pub options: RunOptions,
    /// Memberships of the chosen campaign; `null` when none was chosen.
    pub members: Option<MemberCounts>,
    /// Runs that undo or retry this one, newest first.
    pub followers: Vec<RunFollower>,
    /// Version of the mapping it was planned with.
    pub mapping_version: u32,
    /// Ids of the Bulk jobs, in order of creation.
    pub job_ids: Vec<String>,
    /// Reasons of refused and failed records, most frequent first.
    pub reasons: Vec<Reason>,
    /// How fast it goes; `null` when it is not sending.
    pub pace: Option<Pace>,
    /// Records settled in each of the last ten minutes, from the first that settled some to the last, without gaps; empty
    /// once it is at its end.
    pub minutes: Vec<SettledMinute>,
    /// Whether it can be sent, cancelled, resumed now.
    pub may: RunMay,
}

/// What can be done with a run now.
#[expect(clippy::struct_excessive_bools, reason = "each is one button of the page")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunMay {
    /// `export.send` is possible.
    pub send: bool,
    /// `runs.cancel` is possible.
    pub cancel: bool,
    /// `runs.resume` is possible.
    pub resume: bool,
    /// `runs.answer` and `runs.answer_companies` are possible.
    pub answer: bool,
    /// `runs.retry` is possible: something failed, was refused or was left without an answer.
    pub retry: bool,
    /// `runs.plan_undo` is possible: something was written that an undo can take back.
    pub undo: bool,
    /// `runs.repeat` is possible: the same choice can be planned again.
    pub repeat: bool,
}

/// What was chosen for a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunOptions {
    /// What happens to duplicates; `null` keeps to the admin's default.
    pub on_duplicate: Option<DuplicateAction>,
    /// Campaign that the records are added to.
    pub campaign: Option<CampaignChoice>,
    /// Records that an alerting duplicate rule stops are saved all the same.
    pub save_past_alerts: bool,
}

/// How the memberships of a campaign stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberCounts {
    /// Still to be added.
    pub waiting_members: u32,
    /// Added by this run.
    pub added_members: u32,
    /// Were members before.
    pub known_members: u32,
    /// Taken away: an undo.
    pub removed_members: u32,
    /// Refused.
    pub failed_members: u32,
}

/// A run that undoes, retries or repeats another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunFollower {
    /// Id.
    pub run: i64,
    /// What it does.
    pub kind: RunKind,
    /// Where it is.
    pub state: RunState,
}

/// Speed of a run that is sending.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct Pace {
    /// Records settled a minute, since this app sends the run: what was done before it was interrupted does not count.
    pub records_per_minute: f64,
    /// Seconds left at that pace; `null` while it cannot be told.
    pub seconds_left: Option<f64>,
}

/// Records that were settled in one minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SettledMinute {
    /// Minutes since 1970.
    pub minute: i64,
    /// Records.
    pub records: u32,
}

/// Outcome of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Waits for somebody's answer.
    Asked,
    /// Planned, not yet sent.
    Planned,
    /// Sent, answer pending.
    Sent,
    /// Created.
    Created,
    /// Updated.
    Updated,
    /// Deleted: an undo.
    Deleted,
    /// Given its values from before: an undo.
    Restored,
    /// Left out on purpose, or because the run was cancelled before its turn.
    Skipped,
    /// Refused by our rules.
    Refused,
    /// Refused by Salesforce.
    Failed,
    /// Sent with the answer lost.
    Uncertain,
}

/// What the plan does with one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Creates it.
    Create,
    /// Updates a record that is there.
    Update,
    /// Waits for somebody's answer.
    Ask,
    /// Leaves it out on purpose.
    Skip,
    /// Refuses it by a rule of ours.
    Refuse,
    /// Deletes a record that a run created.
    Delete,
    /// Gives a record its values from before.
    Restore,
}
