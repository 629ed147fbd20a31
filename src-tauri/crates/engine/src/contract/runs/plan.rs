//! What a run will do, before it does it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Outcome;

/// What a run will do, before it does it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Plan {
    /// Records to create.
    pub create_records: u32,
    /// Records to update.
    pub update_records: u32,
    /// Records left out on purpose.
    pub skip_records: u32,
    /// Records that wait for an answer.
    pub ask_records: u32,
    /// Records refused by our rules.
    pub refuse_records: u32,
    /// Records to delete: an undo.
    pub delete_records: u32,
    /// Records to give their old values: an undo.
    pub restore_records: u32,
    /// Accounts to create for contacts.
    pub create_account_records: u32,
    /// Companies whose account waits for an answer.
    pub ask_companies: u32,
    /// Values that updates write into blank fields.
    pub filled_values: u32,
    /// Values that updates write over others.
    pub overwritten_values: u32,
    /// Values that updates clear.
    pub cleared_values: u32,
    /// Values that updates leave as they are.
    pub unchanged_values: u32,
    /// Records that go on without some field, or with a shortened value.
    pub noted_records: u32,
    /// Who owns new records; `null` when none are created.
    pub owner: Option<PlanOwner>,
    /// How duplicates were looked for, in order.
    pub checks: Vec<DuplicateCheck>,
    /// What was planned again because the org changed, in one sentence; empty when nothing was.
    pub replanned_sentence: String,
    /// When the org was last asked for what the plan rests on (RFC 3339, UTC).
    pub checked_at: String,
    /// Rules that will fire and will not.
    pub forecasts: Vec<Forecast>,
    /// What sending costs.
    pub costs: Vec<Cost>,
    /// Sum of the costs.
    pub estimated_api_calls: u32,
    /// The day's API budget; `null` when the admin set none.
    pub budget: Option<Budget>,
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

/// Who owns a run's new records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanOwner {
    /// Full name of the Salesforce user.
    pub name: String,
    /// Why, in one sentence.
    pub sentence: String,
}

/// One place where duplicates were looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DuplicateCheck {
    /// Where.
    pub place: CheckPlace,
    /// How, in words.
    pub method: String,
    /// Why this way, in one sentence.
    pub why: String,
    /// API calls that it took.
    pub api_calls: u32,
    /// Records of the run that it found something for.
    pub hit_records: u32,
}

/// Where duplicates are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckPlace {
    /// Among the chosen profiles.
    Selection,
    /// In the org.
    Org,
    /// In the mirror.
    Mirror,
    /// By the org's own duplicate rules.
    OrgRules,
}

/// API calls that the admin allows the app on one day of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Budget {
    /// Calls a day.
    pub daily_calls: u32,
    /// Calls that the app made today.
    pub used_calls: u32,
}
