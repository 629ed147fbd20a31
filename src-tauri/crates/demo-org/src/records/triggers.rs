//! Triggers that change a field of new records, and objects whose records cannot be deleted. None is there until somebody
//! switches it on.
//!
//! To add a change: a variant of [`Change`] and an arm in [`Change::of`].

use serde::{Deserialize, Serialize};

use super::Records;
use crate::{fault::RowFault, value::Value};

/// Characters that [`Change::Cut`] leaves.
const CUT_CHARACTERS: usize = 10;

/// What a trigger makes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Capital letters.
    Upper,
    /// `(219) 606-2399` of ten digits, or of eleven that begin with 1; other texts stay.
    FormatPhone,
    /// Its first ten characters.
    Cut,
    /// Nothing at all.
    Empty,
}

/// A trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trigger {
    /// API name of the object.
    pub object: &'static str,
    /// API name of the field.
    pub field: &'static str,
    /// What it does.
    pub change: Change,
}

/// What is switched on.
#[derive(Debug, Default)]
pub struct Triggers {
    changes: Vec<Trigger>,
    undeletable: Vec<&'static str>,
}

impl Change {
    fn of(self, text: &str) -> Option<String> {
        match self {
            Self::Upper => Some(text.to_uppercase()),
            Self::Cut => Some(text.chars().take(CUT_CHARACTERS).collect()),
            Self::Empty => None,
            Self::FormatPhone => {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let national = digits.strip_prefix('1').filter(|rest| rest.len() == 10);
                let national = national.unwrap_or(&digits);
                Some(if national.len() == 10 {
                    format!("({}) {}-{}", &national[..3], &national[3..6], &national[6..])
                } else {
                    text.to_owned()
                })
            }
        }
    }
}

impl Triggers {
    /// Those that change something.
    pub fn changes(&self) -> &[Trigger] {
        &self.changes
    }

    /// Refuses the deletion of a record whose object is switched so.
    pub fn allow_deletion(&self, object: &str) -> Result<(), RowFault> {
        if self.undeletable.contains(&object) {
            let message = format!(
                "Your attempt to delete this {object} could not be completed because it is associated with other records."
            );
            return Err(RowFault::new("DELETE_FAILED", message));
        }
        Ok(())
    }
}

impl Records {
    /// Switches what a trigger does to a text field of new records; `None` takes it away. False when there is no such field.
    pub fn switch_trigger(&mut self, object: &str, field: &str, change: Option<Change>) -> bool {
        let schema = std::sync::Arc::clone(&self.schema);
        let Some(definition) = schema.find(object).map(|index| schema.object(index)) else {
            return false;
        };
        let Some(found) = definition.find(field).map(|index| definition.field(index)) else {
            return false;
        };
        let (object, field) = (definition.name, found.name);
        let changes = &mut self.rules.triggers.changes;
        changes.retain(|known| (known.object, known.field) != (object, field));
        changes.extend(change.map(|change| Trigger {
            object,
            field,
            change,
        }));
        true
    }

    /// Switches whether an object's records can be deleted. False when there is no such object.
    pub fn switch_deletable(&mut self, object: &str, deletable: bool) -> bool {
        let Some(name) = self
            .schema
            .find(object)
            .map(|index| self.schema.object(index).name)
        else {
            return false;
        };
        let undeletable = &mut self.rules.triggers.undeletable;
        undeletable.retain(|known| *known != name);
        if !deletable {
            undeletable.push(name);
        }
        true
    }

    /// Lets the triggers change a new record's values.
    pub fn pull_triggers(&self, object: u16, values: &mut [(u16, Value)]) {
        let definition = self.schema.object(usize::from(object));
        for trigger in &self.rules.triggers.changes {
            if trigger.object != definition.name {
                continue;
            }
            let field = definition.find(trigger.field);
            for (index, value) in values.iter_mut() {
                if Some(*index) == field
                    && let Some(text) = value.as_text()
                {
                    *value = trigger.change.of(text).map_or(Value::Null, Value::text);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_of_other_lengths_stay() {
        let format = |text| Change::FormatPhone.of(text).unwrap();
        assert_eq!(format("219.606.2399"), "(219) 606-2399");
        assert_eq!(format("+1 219 606 2399"), "(219) 606-2399");
        assert_eq!(format("+44 20 7946 0958"), "+44 20 7946 0958");
    }
}
