//! Answers to a plan's questions.

use serde::{Deserialize, Serialize};

/// What is done with a profile that may be in the org already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LineAnswer {
    /// Update one of the candidates.
    Update {
        /// Its number, from 1.
        candidate: u32,
    },
    /// Create another record.
    Create,
    /// Do not export it.
    Skip,
}

/// What is done about the account of a company's contacts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CompanyAnswer {
    /// Create it by the Account mapping.
    Create,
    /// Use an account that is there.
    Associate {
        /// 18-character id.
        account_id: String,
        /// Its name.
        name: String,
    },
    /// Create the contacts without an account.
    WithoutAccount,
    /// Do not export the contacts.
    Skip,
}

/// How many accounts match a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchingAccounts {
    /// None.
    None,
    /// Exactly one.
    One,
    /// Several.
    Several,
}
