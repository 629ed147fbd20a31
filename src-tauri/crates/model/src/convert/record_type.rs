//! Record types by name, developer name or id.

use std::collections::HashMap;

use super::choice::folded;
use super::{FaultRule, Problem, TypedValue};
use crate::target::RecordTypeChoice;
use crate::text::excerpt;

/// Characters of the names that a fault lists.
const LISTED_CHARACTERS: usize = 300;

/// The record types that the connected user may choose.
#[derive(Debug, Clone)]
pub struct RecordTypes {
    ids: HashMap<String, String>,
    names: String,
}

impl RecordTypes {
    /// Ready to be looked up.
    pub fn of(choices: &[RecordTypeChoice]) -> Self {
        let mut ids = HashMap::new();
        // Developer names are unique and so come before labels, which need not be.
        let by_developer_name = choices.iter().map(|choice| (&choice.developer_name, &choice.id));
        let by_name = choices.iter().map(|choice| (&choice.name, &choice.id));
        for (name, id) in by_developer_name.chain(by_name) {
            ids.entry(folded(name)).or_insert_with(|| id.clone());
        }
        let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
        Self {
            ids,
            names: excerpt(&names.join(", "), LISTED_CHARACTERS),
        }
    }

    /// The id of the record type that a text names.
    pub fn convert(&self, text: &str) -> Result<TypedValue, Problem> {
        if let Some(id) = self.ids.get(&folded(text)) {
            return Ok(TypedValue::Text(id.clone()));
        }
        // Ids differ by case, so they are compared as they are.
        let by_id = self.ids.values().find(|id| match text.len() {
            15 => id.get(..15) == Some(text),
            _ => id.as_str() == text,
        });
        by_id.map_or_else(
            || {
                Err(Problem::new(
                    FaultRule::UnknownRecordType,
                    format!(
                        "is not a record type that the connected user may choose; there are {}",
                        self.names
                    ),
                ))
            },
            |id| Ok(TypedValue::Text(id.clone())),
        )
    }
}
