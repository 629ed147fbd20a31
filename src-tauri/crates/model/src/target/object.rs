//! The objects.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ProfileKind;
use crate::text::grouped;

/// A Salesforce object that profiles become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetObject {
    /// Account, from companies.
    Account,
    /// Contact, from contacts.
    Contact,
    /// Lead, from contacts.
    Lead,
}

impl TargetObject {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; 3] = [Self::Account, Self::Contact, Self::Lead];

    /// Name in Salesforce's API.
    #[must_use]
    pub fn api_name(self) -> &'static str {
        match self {
            Self::Account => "Account",
            Self::Contact => "Contact",
            Self::Lead => "Lead",
        }
    }

    /// Name for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.api_name()
    }

    /// Name for people, of many.
    #[must_use]
    pub fn plural_label(self) -> &'static str {
        match self {
            Self::Account => "Accounts",
            Self::Contact => "Contacts",
            Self::Lead => "Leads",
        }
    }

    /// Name within a sentence, by number: `1 lead`, `40 leads`.
    #[must_use]
    pub fn counted(self, records: u64) -> String {
        let word = match (self, records) {
            (Self::Account, 1) => "account",
            (Self::Account, _) => "accounts",
            (Self::Contact, 1) => "contact",
            (Self::Contact, _) => "contacts",
            (Self::Lead, 1) => "lead",
            (Self::Lead, _) => "leads",
        };
        format!("{} {word}", grouped(records))
    }

    /// Which profiles become this object.
    #[must_use]
    pub fn source_kind(self) -> ProfileKind {
        match self {
            Self::Account => ProfileKind::Company,
            Self::Contact | Self::Lead => ProfileKind::Contact,
        }
    }
}

impl fmt::Display for TargetObject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.label())
    }
}
