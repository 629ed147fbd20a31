//! The Export tab and the master toggle.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::mapping::Target;

/// Turns all exports on or off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportsOn {
    /// The new state.
    pub on: bool,
    /// What happens to runs that are being sent when exports are turned off; `null` lets them finish.
    pub sending_runs: Option<SendingRuns>,
}

/// What turning exports off does to runs that are being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SendingRuns {
    /// They finish.
    Finish,
    /// They are cancelled; what was sent stays in their ledgers.
    Stop,
}

/// What may be exported, and how much at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportSettings {
    /// One line for each target.
    pub objects: Vec<ObjectSettings>,
    /// What holds for all of them.
    pub rules: ExportRules,
    /// Calls that the app made today (UTC), against the budget.
    pub used_calls_today: u32,
    /// What to think about, one sentence each.
    pub warnings: Vec<String>,
}

/// Settings of one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ObjectSettings {
    /// The target.
    pub object: Target,
    /// May it be exported?
    pub allowed: bool,
    /// Records at most at one time, 1 to 100,000.
    pub limit_records: u32,
    /// What is done about records that the org has already.
    pub duplicates: DuplicateSettings,
}

/// Duplicate handling of one object.
#[expect(clippy::struct_excessive_bools, reason = "each is one check box of the tab")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DuplicateSettings {
    /// Who looks for duplicates.
    pub checking: DuplicateChecking,
    /// Whether the operator may update the record that is there.
    pub offers_update: bool,
    /// Whether the operator may create a second record.
    pub offers_create: bool,
    /// Whether the operator may leave the profile out.
    pub offers_skip: bool,
    /// What happens when the operator chooses nothing else; one of the offered ones.
    pub default_action: DuplicateAction,
    /// Whether likely and possible hits follow the default without a question.
    pub unsure_follow_default: bool,
}

/// Who looks for duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateChecking {
    /// The graded criteria of this app.
    Standard,
    /// The org's own duplicate rules, which then replace the standard criteria entirely.
    OrgRules,
}

/// What to do with a profile that the org has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateAction {
    /// Update the record that is there.
    Update,
    /// Create a second record.
    Create,
    /// Do not export it.
    Skip,
}

/// What holds for exports of all objects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportRules {
    /// Contacts whose company has no account.
    pub no_account: NoAccount,
    /// Contacts whose company has exactly one account.
    pub one_account: OneAccount,
    /// Contacts whose company has several accounts.
    pub several_accounts: SeveralAccounts,
    /// API calls a day (UTC) that the app never exceeds; `null` for no budget.
    pub daily_budget_calls: Option<u32>,
    /// Assignment rule for Bulk exports of leads; `null` runs none.
    pub bulk_assignment_rule: Option<AssignmentRule>,
}

/// No account matches a contact's company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoAccount {
    /// The operator confirms the creation.
    Manual,
    /// The account is created by the Account mapping.
    Create,
    /// The contact is created without an account.
    WithoutAccount,
    /// The contact is not exported.
    Skip,
}

/// Exactly one account matches a contact's company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OneAccount {
    /// The operator confirms the association.
    Manual,
    /// The contact is put into it.
    Associate,
    /// The contact is not exported.
    Skip,
}

/// Several accounts match a contact's company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SeveralAccounts {
    /// The operator chooses one.
    Manual,
    /// The one with the best grade; of these the one that was changed last.
    BestMatch,
    /// The contact is not exported.
    Skip,
}

/// An assignment rule of the org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AssignmentRule {
    /// `01Q…`
    pub rule_id: String,
    /// Its name.
    pub name: String,
}

/// The org's assignment rules for leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AssignmentRules {
    /// The rules, by name.
    pub rules: Vec<AssignmentRule>,
    /// Id of the active one; `null` when none is active.
    pub active_rule_id: Option<String>,
}

/// Saves the Export tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveExportSettings {
    /// One line for each target.
    pub objects: Vec<ObjectSettings>,
    /// What holds for all of them.
    pub rules: ExportRules,
}
