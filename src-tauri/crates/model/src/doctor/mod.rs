//! The connection doctor's judgement: what the org answered, turned into checks with the reason and the mend.
//!
//! One file a family of checks. A check knows only its own facts, so one that could not be asked leaves the others as
//! they are. A fact is what the org said, or why that is not known; nothing is guessed from silence.
//!
//! To add a check: its facts as parameters of a function here, its question in the engine's `doctor`.

mod fields;
mod objects;
mod org;
mod permission_set;
mod permissions;
mod services;
mod setup;

use serde::{Deserialize, Serialize};

pub use fields::{MappedField, ObjectFields, ShownObject, field_checks};
pub use objects::{NEEDS, ObjectAccess, ObjectNeed, Seen, object_check};
pub use org::{Door, OrgFacts, api_available, api_calls, org_and_edition};
pub use permission_set::{ObjectPermission, PermissionSet, permission_set};
pub use permissions::{api_enabled, marketing_user, view_setup};
pub use services::{InstalledApp, bulk_api, duplicate_rules, native_app};
pub use setup::SetupPlace;

/// What the org said, or in one sentence why that is not known.
pub type Fact<T> = Result<T, String>;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// Not as it should be.
    Failed,
    /// Could not be found out.
    Unknown,
    /// As it should be.
    Passed,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Closed name, e.g. `api_enabled`, `object_lead`, `field_contact_Level__c`.
    pub name: String,
    /// What is checked, or what is wrong.
    pub title: String,
    /// What was found, in one short line.
    pub found: String,
    /// How it ended.
    pub state: CheckState,
    /// Why it matters, in one sentence.
    pub why: String,
    /// How to mend it; empty when it passed.
    pub mend: String,
    /// Where in Setup; `None` when there is no such place.
    pub setup: Option<SetupPlace>,
}

impl Check {
    fn passed(
        name: &str,
        title: impl Into<String>,
        found: impl Into<String>,
        why: impl Into<String>,
    ) -> Self {
        Self {
            name: name.to_owned(),
            title: title.into(),
            found: found.into(),
            state: CheckState::Passed,
            why: why.into(),
            mend: String::new(),
            setup: None,
        }
    }

    fn failed(self, mend: impl Into<String>) -> Self {
        Self {
            state: CheckState::Failed,
            mend: mend.into(),
            ..self
        }
    }

    fn unknown(self, reason: &str) -> Self {
        Self {
            state: CheckState::Unknown,
            found: reason.to_owned(),
            mend: "Check again. If it stays unknown, look in Setup.".to_owned(),
            ..self
        }
    }

    fn at(self, setup: SetupPlace) -> Self {
        Self {
            setup: Some(setup),
            ..self
        }
    }
}

/// Failed ones first, then unknown, then passed; each in the order given.
#[must_use]
pub fn sorted(mut checks: Vec<Check>) -> Vec<Check> {
    checks.sort_by_key(|check| check.state);
    checks
}

#[cfg(test)]
mod tests;
