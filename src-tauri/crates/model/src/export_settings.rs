//! The Export tab: what may be exported, and how much at one time.

use serde::{Deserialize, Serialize};

use crate::TargetObject;

/// Records that one export may have at most.
pub const HIGHEST_LIMIT_RECORDS: u32 = 100_000;

/// Settings of all objects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportSettings {
    /// Accounts.
    pub account: ObjectSettings,
    /// Contacts.
    pub contact: ObjectSettings,
    /// Leads.
    pub lead: ObjectSettings,
}

/// Settings of one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectSettings {
    /// May it be exported?
    pub allowed: bool,
    /// Records at most at one time, 1 to 100,000.
    pub limit_records: u32,
}

impl Default for ObjectSettings {
    /// Allowed, up to the highest limit.
    fn default() -> Self {
        Self {
            allowed: true,
            limit_records: HIGHEST_LIMIT_RECORDS,
        }
    }
}

/// A setting that cannot be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{sentence}")]
pub struct ExportSettingsFault {
    /// The object.
    pub object: TargetObject,
    /// The field.
    pub field: ExportSettingsField,
    /// What is wrong and how to mend it.
    pub sentence: String,
}

/// Fields of an object's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportSettingsField {
    /// May it be exported?
    Allowed,
    /// Records at most.
    LimitRecords,
}

impl ExportSettings {
    /// Settings of one object.
    #[must_use]
    pub fn of(&self, object: TargetObject) -> ObjectSettings {
        match object {
            TargetObject::Account => self.account,
            TargetObject::Contact => self.contact,
            TargetObject::Lead => self.lead,
        }
    }

    /// Changes the settings of one object.
    pub fn set(&mut self, object: TargetObject, settings: ObjectSettings) {
        match object {
            TargetObject::Account => self.account = settings,
            TargetObject::Contact => self.contact = settings,
            TargetObject::Lead => self.lead = settings,
        }
    }

    /// Everything that keeps the settings from being saved; empty when nothing does.
    #[must_use]
    pub fn faults(&self) -> Vec<ExportSettingsFault> {
        TargetObject::ALL
            .into_iter()
            .filter(|object| !(1..=HIGHEST_LIMIT_RECORDS).contains(&self.of(*object).limit_records))
            .map(|object| ExportSettingsFault {
                object,
                field: ExportSettingsField::LimitRecords,
                sentence: format!(
                    "The limit of {} is from 1 to 100,000. Enter a number in between.",
                    object.plural_label()
                ),
            })
            .collect()
    }

    /// What to think about, one sentence each.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.contact.allowed && !self.account.allowed {
            warnings.push(
                "Contacts may be exported and Accounts may not, so contacts of companies that Salesforce does not have yet \
                 come without an account."
                    .to_owned(),
            );
        }
        let both = self.contact.allowed && self.account.allowed;
        if both && self.contact.limit_records > self.account.limit_records {
            warnings.push(
                "The limit of Contacts is above that of Accounts, so an export of many contacts may need more accounts than \
                 one export may create."
                    .to_owned(),
            );
        }
        warnings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(account: u32, contact: u32, lead: u32) -> ExportSettings {
        let limited = |limit_records| ObjectSettings {
            allowed: true,
            limit_records,
        };
        ExportSettings {
            account: limited(account),
            contact: limited(contact),
            lead: limited(lead),
        }
    }

    #[test]
    fn limits_are_from_1_to_100_000() {
        assert_eq!(limits(1, 100_000, 5).faults(), []);
        let at_fault: Vec<_> = limits(0, 100_001, 5)
            .faults()
            .into_iter()
            .map(|fault| fault.object)
            .collect();
        assert_eq!(at_fault, [TargetObject::Account, TargetObject::Contact]);
    }

    #[test]
    fn contacts_without_accounts_are_warned_of() {
        assert_eq!(ExportSettings::default().warnings(), Vec::<String>::new());
        assert_eq!(limits(10, 11, 5).warnings().len(), 1);
        let mut settings = limits(10, 11, 5);
        settings.account.allowed = false;
        assert!(settings.warnings()[0].contains("Accounts may not"));
        settings.contact.allowed = false;
        assert_eq!(settings.warnings(), Vec::<String>::new());
    }
}
