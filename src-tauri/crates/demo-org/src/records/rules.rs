//! Which of the org's rules are active: assignment, duplicates, validation, lists of states and countries.

use super::{
    Records, Row,
    matching::{DUPLICATE_RULES, DuplicateRule},
    triggers::Triggers,
    validation::{VALIDATION_RULES, ValidationRule},
};
use crate::{
    access::Permission,
    options::DuplicateAction,
    value::{Key, Value},
};

/// An assignment rule for leads: it gives every new lead to one owner.
#[derive(Debug, Clone, Copy)]
pub struct LeadRule {
    /// The AssignmentRule record.
    pub rule: Key,
    /// Who gets the leads: a user or a queue.
    pub owner: Key,
    /// Whether it runs without being asked for.
    pub active: bool,
}

/// The rules and whether they are active.
#[derive(Debug, Default)]
pub struct Rules {
    /// Assignment rules.
    pub lead_assignments: Vec<LeadRule>,
    /// Whether addresses take only listed states and countries.
    pub lists_states: bool,
    /// Whether the org's edition has no API.
    pub closes_api: bool,
    /// Triggers that change or keep records.
    pub triggers: Triggers,
    duplicates: Vec<(&'static DuplicateRule, DuplicateAction)>,
    validations: Vec<&'static ValidationRule>,
}

impl Rules {
    /// What the duplicate rule of an object does; `None` while it is inactive.
    pub fn duplicates(&self, object: &str) -> Option<(&'static DuplicateRule, DuplicateAction)> {
        let active = self.duplicates.iter().find(|(rule, _)| rule.object == object);
        active.copied()
    }

    /// The active validation rules of an object.
    pub fn validations(&self, object: &str) -> impl Iterator<Item = &'static ValidationRule> {
        self.validations
            .iter()
            .copied()
            .filter(move |rule| rule.object == object)
    }

    /// Whether a validation rule is active.
    pub fn is_active(&self, name: &str) -> bool {
        self.validations.iter().any(|rule| rule.name == name)
    }

    /// Switches a validation rule by its name, or all of them; false when there is none of that name.
    pub fn switch_validation(&mut self, name: Option<&str>, active: bool) -> bool {
        let named = VALIDATION_RULES
            .iter()
            .filter(|rule| name.is_none_or(|name| rule.name.eq_ignore_ascii_case(name)));
        let mut found = false;
        for rule in named {
            found = true;
            self.validations.retain(|known| known.name != rule.name);
            if active {
                self.validations.push(rule);
            }
        }
        found
    }
}

impl Records {
    /// Switches the duplicate rule of an object; `None` makes it inactive. False when the object has none.
    pub fn switch_duplicates(&mut self, object: &str, action: Option<DuplicateAction>) -> bool {
        let Some(rule) = DUPLICATE_RULES
            .iter()
            .find(|rule| rule.object.eq_ignore_ascii_case(object))
        else {
            return false;
        };
        self.rules.duplicates.retain(|(known, _)| known.name != rule.name);
        if let Some(action) = action {
            self.rules.duplicates.push((rule, action));
        }
        if let Some(key) = self.duplicate_rule(rule.name)
            && let Some(field) = self.schema.object(usize::from(key.object)).find("IsActive")
            && let Some(row) = self.row(key)
        {
            let fresh = row.with(&[(field, Value::Boolean(action.is_some()))]);
            drop(row);
            self.table_mut(key.object).replace(key.number, fresh);
        }
        true
    }

    /// Deletes an assignment rule for leads; false when there is none of that name.
    pub fn delete_assignment_rule(&mut self, name: &str) -> bool {
        let Some(rule) = self.named_record("AssignmentRule", "Name", name) else {
            return false;
        };
        self.rules.lead_assignments.retain(|known| known.rule != rule);
        self.table_mut(rule.object).replace(rule.number, Row::gone());
        true
    }

    /// Takes a permission away from everybody, or gives it back; what the org tells of its users follows.
    pub fn switch_permission(&mut self, permission: Permission, is_taken: bool) {
        self.access.switch_permission(permission, is_taken);
        let allowed: Vec<bool> = self
            .access
            .all()
            .iter()
            .map(|access| access.allows(permission))
            .collect();
        let own = Permission::FIELDS
            .iter()
            .find(|(known, _)| *known == permission)
            .map(|(_, field)| *field);
        let of_user = (permission == Permission::MarketingUser).then_some("UserPermissionsMarketingUser");
        for (object, field) in [("UserPermissionAccess", own), ("User", of_user)] {
            let Some((object, field)) = self.object_index(object).zip(field) else {
                continue;
            };
            let Some(field) = self.schema.object(usize::from(object)).find(field) else {
                continue;
            };
            for (number, allowed) in (1_u32..).zip(&allowed) {
                let fresh = self
                    .row(Key { object, number })
                    .map(|row| row.with(&[(field, Value::Boolean(*allowed))]));
                if let Some(fresh) = fresh {
                    self.table_mut(object).replace(number, fresh);
                }
            }
        }
    }

    /// Activates or deactivates a user by the login name; false when there is none. Records keep their owner.
    pub fn switch_user(&mut self, username: &str, active: bool) -> Option<u32> {
        let key = self.named_record("User", "Username", username)?;
        let field = self.schema.object(usize::from(key.object)).find("IsActive");
        let fresh = self.row(key)?.with(&[(field?, Value::Boolean(active))]);
        self.table_mut(key.object).replace(key.number, fresh);
        Some(key.number)
    }

    /// Gives the org another name; false when it is none.
    pub fn rename_organization(&mut self, name: &str) -> bool {
        if name.is_empty() || name.chars().count() > 80 {
            return false;
        }
        let renamed = self.object_index("Organization").and_then(|object| {
            let field = self.schema.object(usize::from(object)).find("Name")?;
            let number = self.table(object).rows().next()?.0;
            let fresh = self
                .row(Key { object, number })?
                .with(&[(field, Value::Text(name.into()))]);
            Some((object, number, fresh))
        });
        let Some((object, number, fresh)) = renamed else {
            return false;
        };
        self.table_mut(object).replace(number, fresh);
        true
    }

    /// The DuplicateRule record of a developer name.
    pub(super) fn duplicate_rule(&self, name: &str) -> Option<Key> {
        self.named_record("DuplicateRule", "DeveloperName", name)
    }

    /// The first record of an object with a text in a field.
    fn named_record(&self, object: &str, field: &str, text: &str) -> Option<Key> {
        let object = self.object_index(object)?;
        let found = self.table(object).rows().find(|(number, row)| {
            let key = Key {
                object,
                number: *number,
            };
            self.named(key, row, field).as_text() == Some(text)
        });
        found.map(|(number, _)| Key { object, number })
    }
}

impl Records {
    /// Removes every record in the recycle bin for good; says how many there were.
    pub fn empty_recycle_bin(&mut self) -> u32 {
        let mut emptied = 0;
        for object in (0_u16..).take(self.schema.objects().len()) {
            if self.table(object).len() == self.table(object).live_len() {
                continue;
            }
            let deleted: Vec<u32> = self
                .table(object)
                .rows()
                .filter(|(_, row)| row.deleted)
                .map(|(number, _)| number)
                .collect();
            for number in deleted {
                self.table_mut(object).replace(number, Row::gone());
                emptied += 1;
            }
        }
        emptied
    }
}
