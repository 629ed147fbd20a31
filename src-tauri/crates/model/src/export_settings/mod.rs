//! The Export tab: what may be exported, how much at one time, and what decides about duplicates, accounts and calls.

mod association;
mod duplicates;

pub use association::{AssociationSettings, NoAccount, OneAccount, SeveralAccounts};
pub use duplicates::{DuplicateAction, DuplicateChecking, DuplicateSettings};

use serde::{Deserialize, Serialize};

use crate::TargetObject;

/// Records that one export may have at most.
pub const HIGHEST_LIMIT_RECORDS: u32 = 100_000;

/// Settings of all objects.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportSettings {
    /// Accounts.
    pub account: ObjectSettings,
    /// Contacts.
    pub contact: ObjectSettings,
    /// Leads.
    pub lead: ObjectSettings,
    /// How contacts find their accounts.
    #[serde(default)]
    pub association: AssociationSettings,
    /// API calls a day that this app never exceeds; `None` for no limit of its own. A day is one of UTC.
    #[serde(default)]
    pub daily_budget_calls: Option<u32>,
    /// Assignment rule (`01Q…`) for Bulk exports of leads; `None` runs none.
    #[serde(default)]
    pub bulk_assignment_rule: Option<AssignmentRuleChoice>,
}

/// An assignment rule of the org that an admin chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignmentRuleChoice {
    /// `01Q…`
    pub rule_id: String,
    /// Its name when it was chosen.
    pub name: String,
}

/// Settings of one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectSettings {
    /// May it be exported?
    pub allowed: bool,
    /// Records at most at one time, 1 to 100,000.
    pub limit_records: u32,
    /// What is done about records that the org has already.
    #[serde(default)]
    pub duplicates: DuplicateSettings,
}

impl Default for ObjectSettings {
    /// Allowed, up to the highest limit.
    fn default() -> Self {
        Self {
            allowed: true,
            limit_records: HIGHEST_LIMIT_RECORDS,
            duplicates: DuplicateSettings::default(),
        }
    }
}

/// A setting that cannot be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{sentence}")]
pub struct ExportSettingsFault {
    /// The object; `None` for what concerns all.
    pub object: Option<TargetObject>,
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
    /// What the operator may choose for duplicates.
    OfferedActions,
    /// What happens to duplicates by default.
    DefaultAction,
    /// API calls a day.
    DailyBudget,
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
        let mut faults: Vec<ExportSettingsFault> = TargetObject::ALL
            .into_iter()
            .flat_map(|object| object_faults(object, &self.of(object)))
            .collect();
        if self.daily_budget_calls == Some(0) {
            faults.push(ExportSettingsFault {
                object: None,
                field: ExportSettingsField::DailyBudget,
                sentence:
                    "A budget of 0 calls would stop every export. Enter at least 1, or turn exports off."
                        .to_owned(),
            });
        }
        faults
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

fn object_faults(object: TargetObject, settings: &ObjectSettings) -> Vec<ExportSettingsFault> {
    let fault = |field, sentence| ExportSettingsFault {
        object: Some(object),
        field,
        sentence,
    };
    let mut faults = Vec::new();
    if !(1..=HIGHEST_LIMIT_RECORDS).contains(&settings.limit_records) {
        faults.push(fault(
            ExportSettingsField::LimitRecords,
            format!(
                "The limit of {} is from 1 to 100,000. Enter a number in between.",
                object.plural_label()
            ),
        ));
    }
    let duplicates = &settings.duplicates;
    if duplicates.offered().is_empty() {
        faults.push(fault(
            ExportSettingsField::OfferedActions,
            format!(
                "Nothing is offered for duplicate {}. Offer at least one action.",
                object.plural_label()
            ),
        ));
    } else if !duplicates.offers(duplicates.default_action) {
        faults.push(fault(
            ExportSettingsField::DefaultAction,
            format!(
                "“{}” is the default for duplicate {} and is not offered. Offer it, or choose another default.",
                duplicates.default_action.label(),
                object.plural_label()
            ),
        ));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(account: u32, contact: u32, lead: u32) -> ExportSettings {
        let limited = |limit_records| ObjectSettings {
            allowed: true,
            limit_records,
            ..ObjectSettings::default()
        };
        ExportSettings {
            account: limited(account),
            contact: limited(contact),
            lead: limited(lead),
            ..ExportSettings::default()
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
        assert_eq!(
            at_fault,
            [Some(TargetObject::Account), Some(TargetObject::Contact)]
        );
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
