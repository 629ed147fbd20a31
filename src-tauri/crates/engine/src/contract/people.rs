//! People of the organisation and the Salesforce users whom they are.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everybody with their Salesforce user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UserMappings {
    /// By name.
    pub people: Vec<PersonMapping>,
}

/// A person's Salesforce user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonMapping {
    /// E-mail address; `null` while it is not known.
    pub email: Option<String>,
    /// Full name.
    pub name: String,
    /// The user; `null` when none is mapped, or the mapped one is inactive.
    pub salesforce_user: Option<SalesforceUser>,
    /// How it was found.
    pub by: MappedBy,
    /// Users that the person may be, when there are several and somebody has to choose.
    pub candidates: Vec<SalesforceUser>,
    /// Who owns what this person exports, and why, in one sentence.
    pub sentence: String,
}

/// An active standard user of the org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SalesforceUser {
    /// `005…`
    pub user_id: String,
    /// Full name.
    pub name: String,
    /// Login name.
    pub username: String,
    /// E-mail address.
    pub email: Option<String>,
}

/// How a person's user was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MappedBy {
    /// Same e-mail address, ignoring case.
    Email,
    /// Same full name.
    Name,
    /// An admin said so.
    Admin,
    /// Not at all.
    None,
}

/// Says which user a person is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MapPerson {
    /// The person's e-mail address.
    pub email: String,
    /// Id (`005…`), login name or e-mail address of an active user; `null` says that the person is nobody of the org.
    pub user: Option<String>,
}
