//! People of the organisation and the Salesforce users whom they are.

pub use model::Standing;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::{OwnConnection, Role};

/// Everybody with their Salesforce user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UserMappings {
    /// Those who need a choice first (several users, then none), then by name.
    pub people: Vec<PersonMapping>,
    /// Active standard users of the org.
    pub active_users: u32,
    /// Users whom several people are mapped to, and mapped users who were deactivated: each once, however many people it is about.
    pub warnings: Vec<String>,
}

/// A person's Salesforce user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonMapping {
    /// Id of the person.
    pub person: i64,
    /// Their role.
    pub role: Role,
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
    /// What somebody should look at, such as two people of one user; `null` when there is nothing.
    pub warning: Option<String>,
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

/// Searches the org's active standard users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UserQuery {
    /// Part of a name, login name or e-mail address; empty for all.
    pub search: String,
    /// At most so many.
    pub limit: u32,
}

/// Active standard users of the org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SalesforceUsers {
    /// By name.
    pub users: Vec<SalesforceUser>,
    /// How many fit the search.
    pub matching_users: u32,
    /// How many there are.
    pub total_users: u32,
}

/// Saves the User Mapping tab: only what changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveUserMappings {
    /// One line a person.
    pub changes: Vec<UserMappingChange>,
}

/// What becomes of one person's user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UserMappingChange {
    /// Id of the person.
    pub person: i64,
    /// The choice.
    pub to: UserChoice,
}

/// Choices for a person's user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum UserChoice {
    /// This user.
    User {
        /// `005…`
        user_id: String,
    },
    /// The one active user with this id, login name or e-mail address.
    Named {
        /// As somebody typed it.
        user: String,
    },
    /// Nobody of the org.
    Nobody,
    /// Whoever is found by e-mail address, then by full name.
    Automatic,
}

/// The people of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct People {
    /// By name.
    pub people: Vec<Person>,
    /// What roles guard against and what they do not, in one sentence.
    pub boundary: String,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Person {
    /// Id.
    pub person: i64,
    /// Full name.
    pub name: String,
    /// E-mail address; `null` while it is not known.
    pub email: Option<String>,
    /// Role.
    pub role: Role,
    /// What they are to the integration.
    pub standing: Standing,
    /// Whether this person uses this window now.
    pub is_operator: bool,
    /// Whether they have connected a Salesforce user of their own, in user-account mode.
    pub own_connection: Option<OwnConnection>,
}

/// Adds a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddPerson {
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Role.
    pub role: Role,
}

/// Changes a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangePerson {
    /// Id.
    pub person: i64,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Role.
    pub role: Role,
}

/// Names people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PeopleHandle {
    /// Ids.
    pub people: Vec<i64>,
}

/// Names one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PersonHandle {
    /// Id.
    pub person: i64,
}

/// What a file of people would bring; nothing is written yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PeopleFileCheck {
    /// Handle of the file.
    pub file_id: String,
    /// Its name.
    pub file_name: String,
    /// Rows read.
    pub read_rows: u32,
    /// People who are new.
    pub new_people: u32,
    /// People who are there and get another name or role.
    pub changed_people: u32,
    /// People who are there already just so.
    pub unchanged_people: u32,
    /// Rows that are refused, in all.
    pub refused_rows: u32,
    /// The first people who are new or change, as they will be.
    pub shown_people: Vec<AddPerson>,
    /// The first refused rows.
    pub refusals: Vec<RefusedPerson>,
}

/// A row of a file of people that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefusedPerson {
    /// Line in the file, from 1.
    pub line: u64,
    /// Why, and the mend.
    pub why: String,
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
