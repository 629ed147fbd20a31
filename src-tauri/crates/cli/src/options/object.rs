//! The object of a command.

use clap::ValueEnum;
use engine::contract::mapping::Target;

/// Salesforce objects that profiles become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Object {
    /// Account, from companies.
    Account,
    /// Contact, from contacts.
    Contact,
    /// Lead, from contacts.
    Lead,
}

impl Object {
    /// The contract's object.
    pub fn target(self) -> Target {
        match self {
            Self::Account => Target::Account,
            Self::Contact => Target::Contact,
            Self::Lead => Target::Lead,
        }
    }

    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Contact => "contact",
            Self::Lead => "lead",
        }
    }
}
