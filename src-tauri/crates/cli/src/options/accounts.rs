//! `accounts`

use clap::ValueEnum;

/// Who connects to Salesforce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AccountsChoice {
    /// One service account for everybody.
    Service,
    /// Everybody with a user of their own.
    User,
}
