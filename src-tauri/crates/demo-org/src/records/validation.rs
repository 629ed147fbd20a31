//! Validation rules and a trigger that an administrator made. All are inactive until somebody switches them on.
//!
//! To add a rule: one entry in [`VALIDATION_RULES`].

use super::{Records, Row};
use crate::{fault::RowFault, value::Key};

/// One rule.
#[derive(Debug)]
pub struct ValidationRule {
    /// Developer name.
    pub name: &'static str,
    /// The object whose records it looks at.
    pub object: &'static str,
    /// The field that its sentence stands at; `None` for the top of the page.
    pub field: Option<&'static str>,
    /// What the user reads.
    pub message: &'static str,
    /// The code: a trigger raises another one than a validation rule.
    pub code: &'static str,
    /// Whether a record breaks it.
    broken: fn(&Subject<'_>) -> bool,
}

/// The record that a rule looks at.
pub struct Subject<'org> {
    records: &'org Records,
    key: Key,
    row: &'org Row,
}

impl Subject<'_> {
    fn is_empty(&self, field: &str) -> bool {
        self.records.named(self.key, self.row, field).is_null()
    }

    fn text(&self, field: &str) -> String {
        let value = self.records.named(self.key, self.row, field);
        value.as_text().unwrap_or_default().to_owned()
    }
}

const FAILED: &str = "FIELD_CUSTOM_VALIDATION_EXCEPTION";

/// Every rule of the org.
pub const VALIDATION_RULES: [ValidationRule; 4] = [
    ValidationRule {
        name: "Lead_Can_Be_Reached",
        object: "Lead",
        field: None,
        message: "Give an e-mail address or a telephone number.",
        code: FAILED,
        broken: |lead| {
            ["Email", "Phone", "MobilePhone"]
                .iter()
                .all(|field| lead.is_empty(field))
        },
    },
    ValidationRule {
        name: "Contact_Has_An_Account",
        object: "Contact",
        field: Some("AccountId"),
        message: "Choose the account that this contact works for.",
        code: FAILED,
        broken: |contact| contact.is_empty("AccountId"),
    },
    ValidationRule {
        name: "Late_Opportunity_Has_An_Amount",
        object: "Opportunity",
        field: Some("Amount"),
        message: "Enter the amount before the opportunity goes beyond Qualification.",
        code: FAILED,
        broken: |opportunity| {
            let is_early = matches!(
                opportunity.text("StageName").as_str(),
                "Prospecting" | "Qualification"
            );
            !is_early && opportunity.is_empty("Amount")
        },
    },
    ValidationRule {
        name: "AccountGuard",
        object: "Account",
        field: None,
        message: "AccountGuard: execution of BeforeInsert\n\ncaused by: System.HandledException: accounts on hold \
                  cannot be written\n\nTrigger.AccountGuard: line 7, column 1",
        code: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        broken: |account| account.text("Name").to_lowercase().contains("on hold"),
    },
];

/// The first active rule that a record breaks.
pub fn check(records: &Records, key: Key, row: &Row) -> Result<(), RowFault> {
    let object = records.schema.object(usize::from(key.object)).name;
    let subject = Subject { records, key, row };
    match records
        .rules
        .validations(object)
        .find(|rule| (rule.broken)(&subject))
    {
        None => Ok(()),
        Some(rule) => {
            let fault = RowFault::new(rule.code, rule.message);
            Err(match rule.field {
                Some(field) => fault.at(field),
                None => fault,
            })
        }
    }
}
