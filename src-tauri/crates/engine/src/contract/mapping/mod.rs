//! The Mapping tab: its rows, what they do to a sample and to a whole list, their test, and their versions.
//!
//! The client edits rows and hands all of them over with each question; nothing is kept until `mapping.save`.

pub mod check;
pub mod fields;
pub mod preview;
pub mod row;
pub mod test;
pub mod versions;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A Salesforce object that profiles become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Account, from companies.
    Account,
    /// Contact, from contacts.
    Contact,
    /// Lead, from contacts.
    Lead,
}

/// Names an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ObjectQuery {
    /// The object.
    pub object: Target,
}
