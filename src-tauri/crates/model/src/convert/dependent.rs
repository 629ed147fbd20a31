//! Picklists whose values depend on another field.

use std::collections::{HashMap, HashSet};

use super::choice::folded;
use super::{MarkRule, TypedValue};
use crate::target::{FieldKind, TargetField};

/// What the controlling field of a record has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Controlling<'a> {
    /// Nobody asks, as no record is at hand.
    Unchecked,
    /// Nothing.
    Blank,
    /// This.
    Is(&'a str),
}

/// The places of a controlling field's values, by value and by label.
#[derive(Debug, Clone)]
pub struct Places(HashMap<String, u16>);

impl Places {
    /// Those of a picklist or a checkbox.
    pub fn of(controller: &TargetField) -> Self {
        let mut places = HashMap::new();
        if controller.kind == FieldKind::Boolean {
            places.extend([("false".to_owned(), 0), ("true".to_owned(), 1)]);
        }
        let entries = || (0_u16..).zip(&controller.picklist);
        for (place, entry) in entries() {
            places.entry(folded(&entry.value)).or_insert(place);
        }
        for (place, entry) in entries() {
            places.entry(folded(&entry.label)).or_insert(place);
        }
        Self(places)
    }

    /// The place of a value.
    pub fn of_value(&self, value: &str) -> Option<u16> {
        self.0.get(&folded(value)).copied()
    }
}

/// Which values of a picklist fit which values of its controlling field. Salesforce's API stores what does not fit all the
/// same, so that it is told and not refused. Source: Salesforce Help, "Dependent Picklists".
#[derive(Debug, Clone)]
pub struct Dependent {
    controller: String,
    controller_label: String,
    places: Places,
    valid: HashSet<(String, u16)>,
}

impl Dependent {
    /// The dependence of a picklist on its controlling field.
    pub fn of(field: &TargetField, controller: &TargetField) -> Self {
        let pairs = field.picklist.iter().flat_map(|entry| {
            let value = folded(&entry.value);
            entry.valid_for.iter().map(move |place| (value.clone(), *place))
        });
        Self {
            controller: controller.name.clone(),
            controller_label: controller.label.clone(),
            places: Places::of(controller),
            valid: pairs.collect(),
        }
    }

    /// API name of the controlling field.
    pub fn controller(&self) -> &str {
        &self.controller
    }

    /// Marks the chosen values that do not fit.
    pub fn check(
        &self,
        chosen: &TypedValue,
        controlling: Controlling<'_>,
        label: &str,
        marks: &mut Vec<(MarkRule, String)>,
    ) {
        let why = match controlling {
            Controlling::Unchecked => return,
            Controlling::Blank => format!("as {} has no value", self.controller_label),
            Controlling::Is(value) => format!("for {} “{value}”", self.controller_label),
        };
        let place = match controlling {
            Controlling::Is(value) => self.places.of_value(value),
            _ => None,
        };
        let text = chosen.to_csv_text();
        let values = match chosen {
            TypedValue::Choices(values) => values.iter().map(String::as_str).collect(),
            _ => vec![text.as_str()],
        };
        let fits = |value: &str| place.is_some_and(|place| self.valid.contains(&(folded(value), place)));
        for value in values.into_iter().filter(|value| !fits(value)) {
            marks.push((
                MarkRule::NotForControllingValue,
                format!(
                    "{label}: “{value}” is not offered {why}; it is written all the same, as Salesforce’s API takes it"
                ),
            ));
        }
    }
}
