//! What the org says of a field beyond its type: where it points, and what it lists.

use super::dependent::{Controlling, Dependent};
use super::lookup_path::LookupPath;
use super::place::{Countries, States};
use super::record_id::record_id;
use super::record_type::RecordTypes;
use super::{MarkRule, Problem, TypedValue};
use crate::mapping::MappingRow;
use crate::target::{FieldKind, ListedPart, TargetDescribe, TargetField};

/// The rule of a field; most have none.
#[derive(Debug, Clone)]
pub enum OrgRule {
    /// Its type says it all.
    None,
    /// The id of a record of one of these objects.
    RecordId(Vec<String>),
    /// Another record, named by a value.
    Lookup(LookupPath),
    /// One of the record types.
    RecordType(RecordTypes),
    /// A country's label.
    Country(Countries),
    /// A state's code or label.
    State(States),
    /// A picklist that depends on another field.
    Dependent(Dependent),
}

impl OrgRule {
    /// The rule of a field as far as the field alone tells it.
    pub fn of_field(field: &TargetField, row: &MappingRow) -> Self {
        if field.kind != FieldKind::Reference {
            return Self::None;
        }
        if field.is_record_type() && !field.record_types.is_empty() {
            return Self::RecordType(RecordTypes::of(&field.record_types));
        }
        LookupPath::of(field, row).map_or_else(|| Self::RecordId(field.refers_to.clone()), Self::Lookup)
    }

    /// The rule of a field among the others of its object.
    pub fn of(field: &TargetField, row: &MappingRow, describe: &TargetDescribe) -> Self {
        if let Some(address) = describe.listed_address(field) {
            if let Some(states) = States::of(&address) {
                return Self::State(states);
            }
            if address.part == ListedPart::Country {
                return Self::Country(Countries::of(address.country_code));
            }
        }
        let is_picklist = matches!(field.kind, FieldKind::Picklist | FieldKind::Multipicklist);
        let controller = field.controller.as_deref().filter(|_| is_picklist);
        match controller.and_then(|name| describe.field(name)) {
            Some(controller) => Self::Dependent(Dependent::of(field, controller)),
            None => Self::of_field(field, row),
        }
    }

    /// API names of the fields that decide what is valid; the first that has a value counts.
    pub fn controllers(&self) -> Vec<String> {
        match self {
            Self::State(states) => states.controllers().to_vec(),
            Self::Dependent(dependent) => vec![dependent.controller().to_owned()],
            _ => Vec::new(),
        }
    }

    /// Whether it chooses among values that people may have to map.
    pub fn chooses(&self) -> bool {
        matches!(self, Self::RecordType(_) | Self::Country(_) | Self::State(_))
    }

    /// The value for a text; `None` when the field's type alone decides.
    pub fn convert(&self, text: &str, controlling: Controlling<'_>) -> Option<Result<TypedValue, Problem>> {
        match self {
            Self::None | Self::Dependent(_) => None,
            Self::RecordId(objects) => Some(record_id(text, objects)),
            Self::Lookup(path) => Some(path.convert(text)),
            Self::RecordType(types) => Some(types.convert(text)),
            Self::Country(countries) => Some(countries.convert(text)),
            Self::State(states) => Some(states.convert(text, controlling)),
        }
    }

    /// Marks a value that the controlling field does not offer.
    pub fn check(
        &self,
        value: &TypedValue,
        controlling: Controlling<'_>,
        label: &str,
        marks: &mut Vec<(MarkRule, String)>,
    ) {
        if let Self::Dependent(dependent) = self {
            dependent.check(value, controlling, label, marks);
        }
    }
}
