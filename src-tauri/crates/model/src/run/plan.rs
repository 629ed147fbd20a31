//! What a plan counts and what it found out about the org.

use serde::{Deserialize, Serialize};

use crate::CostStep;

/// How many records a plan does what with. Accounts of a run of contacts are counted apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanCounts {
    /// Records to create.
    pub create_records: u32,
    /// Records to update.
    pub update_records: u32,
    /// Records that wait for an answer.
    pub ask_records: u32,
    /// Records left out on purpose.
    pub skip_records: u32,
    /// Records refused by our rules.
    pub refuse_records: u32,
    /// Records that go on without some field, or with a shortened value.
    pub noted_records: u32,
    /// Accounts to create for contacts.
    pub create_account_records: u32,
    /// Companies whose account waits for an answer.
    pub ask_companies: u32,
    /// Records to delete: an undo.
    pub delete_records: u32,
    /// Records to give their old values: an undo.
    pub restore_records: u32,
    /// Values that updates write into blank fields.
    pub filled_values: u32,
    /// Values that updates write over others.
    pub overwritten_values: u32,
    /// Values that updates clear.
    pub cleared_values: u32,
    /// Values that updates leave, because the record has them already or the policy keeps what is there.
    pub unchanged_values: u32,
}

impl PlanCounts {
    /// Records of the run's object that are sent.
    #[must_use]
    pub fn sent_records(&self) -> u32 {
        self.create_records + self.update_records + self.delete_records + self.restore_records
    }

    /// Values that updates write.
    #[must_use]
    pub fn changed_values(&self) -> u32 {
        self.filled_values + self.overwritten_values + self.cleared_values
    }
}

/// What a plan found out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Findings {
    /// How duplicates were looked for, in order.
    pub checks: Vec<DuplicateCheck>,
    /// Rules that will fire and will not.
    pub forecasts: Vec<Forecast>,
    /// What sending costs.
    pub costs: Vec<CostStep>,
    /// Who owns new records and why, in one sentence; empty when none are created.
    pub owner_sentence: String,
    /// What was planned again because the org changed, in one sentence; empty when nothing was.
    pub replanned_sentence: String,
    /// When the org was last asked for what the plan rests on (RFC 3339, UTC, by its own clock).
    pub checked_at: String,
    /// What tells whether the mapped fields are still as the plan found them.
    pub fields_digest: String,
    /// Rules of the org that concern the run.
    pub rules: OrgRules,
}

/// Rules of the org, as far as it tells them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrgRules {
    /// Name of the active assignment rule for leads.
    pub active_assignment_rule: Option<String>,
    /// Active duplicate rules of the run's object; `None` when the org did not tell.
    pub duplicate_rules: Option<Vec<DuplicateRuleFact>>,
}

/// An active duplicate rule and what it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicateRuleFact {
    /// Its name.
    pub name: String,
    /// What it does about a new record.
    pub on_create: RuleEffect,
    /// What it does about a changed record.
    pub on_update: RuleEffect,
}

/// What a duplicate rule does about a record that it finds a duplicate of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleEffect {
    /// Refuses it.
    Block,
    /// Refuses it unless it is told to save all the same.
    Alert,
    /// Saves it and reports.
    Report,
    /// Nothing.
    None,
}

/// One place where duplicates were looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicateCheck {
    /// Where.
    pub place: CheckPlace,
    /// How, in words: "4 queries by e-mail, name and phone", "one Bulk query of 48,210 leads".
    pub method: String,
    /// Why this way, in one sentence.
    pub why: String,
    /// API calls that it took.
    pub api_calls: u32,
    /// Records of the run that it found something for.
    pub hit_records: u32,
}

/// Where duplicates are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

/// One rule and what it will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// Will it run?
    pub state: ForecastState,
    /// The rule.
    pub title: String,
    /// Why, in one sentence.
    pub sentence: String,
}

/// Whether a rule will run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForecastState {
    /// Yes.
    Runs,
    /// No.
    WillNotRun,
    /// It may refuse records.
    MayRefuse,
}
