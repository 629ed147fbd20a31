//! Questions of a plan, and their answers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ShownField;
use crate::contract::mapping::Target;
use crate::contract::settings::DuplicateAction;

/// A window of the questions about duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct QuestionQuery {
    /// The run.
    pub run: i64,
    /// Only those that wait for an answer.
    pub waiting_only: bool,
    /// First question, from 0.
    pub offset: u32,
    /// Questions at most, 100 at the most.
    pub limit: u32,
}

/// A window of questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuestionPage {
    /// Questions that fit.
    pub matching_questions: u32,
    /// All questions of the run.
    pub total_questions: u32,
    /// Those that wait for an answer.
    pub waiting_questions: u32,
    /// First question of this window.
    pub offset: u32,
    /// The questions.
    pub questions: Vec<Question>,
}

/// Is this the same person or company?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Question {
    /// The line.
    pub line: u32,
    /// Person's or company's name.
    pub name: String,
    /// Company of a contact, website of a company.
    pub company: String,
    /// ZoomInfo id of the profile.
    pub zoominfo_id: Option<String>,
    /// Grade of the best candidate.
    pub grade: Grade,
    /// What agrees, in one sentence: "Both leads have the same name and company."
    pub sentence: String,
    /// The profile's values that are compared, in the order of the candidates' values.
    pub profile: Vec<ShownField>,
    /// Records of the org that it may be, best first.
    pub candidates: Vec<Candidate>,
    /// What may be answered.
    pub offered: Vec<DuplicateAction>,
    /// What the admin's default would do.
    pub default_action: DuplicateAction,
    /// Other waiting questions of the same criterion and with as many candidates.
    pub alike_questions: u32,
    /// The answer so far.
    pub answer: Option<LineAnswer>,
}

/// How sure a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// It may be updated without a question.
    Exact,
    /// It is asked.
    Likely,
    /// It is asked, and somebody should look.
    Possible,
}

/// A record of the org that a profile may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Candidate {
    /// Number, from 1.
    pub number: u32,
    /// Object of the record.
    pub object: Target,
    /// 18-character id; empty of an earlier line of the run.
    pub salesforce_id: String,
    /// The earlier line of the run that it is; `null` of a record of the org.
    pub other_line: Option<u32>,
    /// How sure it is.
    pub grade: Grade,
    /// What agrees, in words: "Name and company".
    pub criterion: String,
    /// Whether it can be updated by this run: it is a record of the run's object.
    pub may_be_updated: bool,
    /// Name of its owner.
    pub owner: String,
    /// When it was last changed (RFC 3339, UTC).
    pub modified_at: String,
    /// Its values, in the order of the profile's.
    pub values: Vec<CandidateValue>,
}

/// A candidate's value beside the profile's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CandidateValue {
    /// The value; `null` when blank.
    pub value: Option<String>,
    /// Whether it says the same as the profile.
    pub agrees: bool,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum LineAnswer {
    /// Update one of the candidates.
    Update {
        /// Its number.
        candidate: u32,
    },
    /// Create another record.
    Create {},
    /// Do not export it.
    Skip {},
}

/// Answers questions about duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerLines {
    /// The run.
    pub run: i64,
    /// The line.
    pub line: u32,
    /// Whether waiting questions that are alike get the same answer.
    pub alike: bool,
    /// The answer; `null` takes it back.
    pub answer: Option<LineAnswer>,
}

/// Answers everything that waits, as a terminal does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerAll {
    /// The run.
    pub run: i64,
    /// How.
    pub on_ask: OnAsk,
}

/// How everything that waits is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OnAsk {
    /// Nothing that waits is exported.
    Skip,
    /// As the admin's default says: duplicates by the default action, accounts created, associated or the best taken. Likely
    /// and possible hits go on waiting unless the admin lets them follow the default.
    Default,
}

/// A window of the questions about accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CompanyQuery {
    /// The run.
    pub run: i64,
    /// Only those that wait for an answer.
    pub waiting_only: bool,
    /// Only companies with so many matching accounts; `null` for all.
    pub accounts: Option<MatchingAccounts>,
    /// First question, from 0.
    pub offset: u32,
    /// Questions at most, 500 at the most.
    pub limit: u32,
}

/// A window of questions about accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompanyPage {
    /// Questions that fit.
    pub matching_companies: u32,
    /// All companies of the run that were asked.
    pub total_companies: u32,
    /// Those that wait for an answer.
    pub waiting_companies: u32,
    /// First question of this window.
    pub offset: u32,
    /// The questions.
    pub companies: Vec<CompanyQuestion>,
}

/// How many accounts match a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MatchingAccounts {
    /// None.
    None,
    /// Exactly one.
    One,
    /// Several.
    Several,
}

/// Which account do the contacts of this company get?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompanyQuestion {
    /// Number within the run.
    pub company: u32,
    /// Its name.
    pub name: String,
    /// Its website.
    pub website: String,
    /// Contacts of the run that belong to it.
    pub contacts: u32,
    /// How many accounts match.
    pub accounts: MatchingAccounts,
    /// The accounts, best first.
    pub candidates: Vec<AccountCandidate>,
    /// Why the account cannot be created, in one sentence; `null` when it can.
    pub cannot_create: Option<String>,
    /// The answer so far.
    pub answer: Option<CompanyAnswer>,
}

/// An account that a company may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountCandidate {
    /// 18-character id.
    pub account_id: String,
    /// Its name.
    pub name: String,
    /// Its website; empty when it has none.
    pub website: String,
    /// City, state, country.
    pub place: String,
    /// Phone; empty when it has none.
    pub phone: String,
    /// Name of its owner.
    pub owner: String,
    /// When it was last changed (RFC 3339, UTC).
    pub modified_at: String,
    /// How sure it is.
    pub grade: Grade,
    /// What agrees, in words.
    pub criterion: String,
}

/// What is done about the account of a company's contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CompanyAnswer {
    /// Create it by the Account mapping.
    Create {},
    /// Use one of the candidates.
    Associate {
        /// 18-character id.
        account_id: String,
    },
    /// Create the contacts without an account.
    WithoutAccount {},
    /// Do not export the contacts.
    Skip {},
}

/// Answers questions about accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerCompanies {
    /// The run.
    pub run: i64,
    /// Their numbers.
    pub companies: Vec<u32>,
    /// The answer; `null` takes it back.
    pub answer: Option<CompanyAnswer>,
}
