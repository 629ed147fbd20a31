//! Picklists.

use std::collections::{BTreeMap, HashMap};

use super::{FaultRule, MarkRule, Problem, TypedValue, text_value};
use crate::target::{FieldKind, TargetField};
use crate::text::trimmed;

/// Characters that a picklist value may have. Source: Salesforce's Object Reference, "Picklist".
const MOST_CHARACTERS: usize = 255;

/// The values of a picklist, ready to be looked up by value or label in any case.
#[derive(Debug, Clone)]
pub struct Choices {
    values: HashMap<String, Choice>,
    restricted: bool,
}

#[derive(Debug, Clone)]
struct Choice {
    value: String,
    active: bool,
}

enum Found<'a> {
    Active(&'a str),
    Inactive,
    Unknown,
}

impl Choices {
    /// The choices of a picklist field; `None` for other fields, and for an open picklist whose values are not told.
    pub fn of(field: &TargetField) -> Option<Self> {
        let is_picklist = matches!(field.kind, FieldKind::Picklist | FieldKind::Multipicklist);
        if !is_picklist || (field.picklist.is_empty() && !field.restricted_picklist) {
            return None;
        }
        let mut values = HashMap::new();
        // Values come before labels and active ones before retired ones, where two share a text.
        for active in [true, false] {
            let entries = || field.picklist.iter().filter(|entry| entry.active == active);
            let choice = |value: &str| Choice {
                value: value.to_owned(),
                active,
            };
            for entry in entries() {
                values
                    .entry(folded(&entry.value))
                    .or_insert_with(|| choice(&entry.value));
            }
            for entry in entries() {
                values
                    .entry(folded(&entry.label))
                    .or_insert_with(|| choice(&entry.value));
            }
        }
        Some(Self {
            values,
            restricted: field.restricted_picklist,
        })
    }

    /// The org's value for a text, or its values for a multi-select picklist: by the row's value map, then by value or
    /// label. Several values are separated by semicolons, else by commas.
    pub fn choose(
        &self,
        text: &str,
        several: bool,
        value_map: &BTreeMap<String, String>,
        label: &str,
        marks: &mut Vec<(MarkRule, String)>,
    ) -> Result<TypedValue, Problem> {
        if !several {
            return Ok(TypedValue::Text(self.one(text, value_map, label, marks)?));
        }
        let known = value_map.contains_key(&folded(text)) || matches!(self.find(text), Found::Active(_));
        let separator = if text.contains(';') { ';' } else { ',' };
        let parts: Vec<&str> = if known {
            vec![text]
        } else {
            text.split(separator).map(trimmed).collect()
        };
        let mut chosen: Vec<String> = Vec::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let value = self.one(part, value_map, label, marks)?;
            for value in value.split(';').map(trimmed).filter(|value| !value.is_empty()) {
                if !chosen.iter().any(|earlier| earlier == value) {
                    chosen.push(value.to_owned());
                }
            }
        }
        if chosen.is_empty() {
            return Err(Problem::new(FaultRule::NotInPicklist, "names no value"));
        }
        Ok(TypedValue::Choices(chosen))
    }

    fn one(
        &self,
        text: &str,
        value_map: &BTreeMap<String, String>,
        label: &str,
        marks: &mut Vec<(MarkRule, String)>,
    ) -> Result<String, Problem> {
        let wanted = value_map.get(&folded(text)).map_or(text, String::as_str);
        let why = match self.find(wanted) {
            Found::Active(value) => return Ok(value.to_owned()),
            Found::Inactive => "is retired in the org's picklist",
            Found::Unknown => "is not in the org's picklist",
        };
        if self.restricted {
            return Err(Problem::new(FaultRule::NotInPicklist, why));
        }
        if let Some(problem) = text_value::too_long(wanted, MOST_CHARACTERS) {
            return Err(problem);
        }
        marks.push((
            MarkRule::NotInPicklist,
            format!(
                "{label}: “{wanted}” {why}; it is written all the same, as the picklist is not restricted"
            ),
        ));
        Ok(wanted.to_owned())
    }

    fn find(&self, text: &str) -> Found<'_> {
        match self.values.get(&folded(text)) {
            Some(choice) if choice.active => Found::Active(&choice.value),
            Some(_) => Found::Inactive,
            None => Found::Unknown,
        }
    }
}

/// A text as it is compared: trimmed, in lower case.
pub fn folded(text: &str) -> String {
    trimmed(text).to_lowercase()
}
