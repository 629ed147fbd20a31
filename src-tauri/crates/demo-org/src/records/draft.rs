//! What a client gave for one record, before it is checked and written.

use serde_json::{Map, Value as Json};

use super::{Records, convert};
use crate::{fault::RowFault, schema::Role, value::Value};

/// A parent named by the value of one of its fields instead of its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup {
    /// The reference field to fill.
    pub field: u16,
    /// The parent's object.
    pub object: u16,
    /// The parent's field.
    pub by: u16,
    /// The value to look for.
    pub text: String,
}

/// The fields of one record as a client gave them. `Null` empties a field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// Values by field.
    pub values: Vec<(u16, Value)>,
    /// Parents still to be found.
    pub lookups: Vec<Lookup>,
}

impl Draft {
    /// Reads the members of a JSON record. `attributes` and the members named in `skipped` are left out.
    pub fn from_json(
        records: &Records,
        object: u16,
        members: &Map<String, Json>,
        skipped: &[&str],
    ) -> Result<Self, RowFault> {
        let definition = records.schema.object(usize::from(object));
        let mut draft = Self::default();
        for (name, json) in members {
            if name == "attributes" || skipped.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                continue;
            }
            if let Some(field) = definition.find(name) {
                if definition.field(field).role == Role::Id {
                    // Nobody may write it, whatever it says; the writer refuses it by its place.
                    draft.values.push((field, Value::Null));
                    continue;
                }
                let value = convert::from_json(definition.field(field), json, &records.ids)?;
                draft.values.push((field, value));
            } else if let Json::Object(parent) = json {
                draft.lookups.push(parent_lookup(records, object, name, parent)?);
            } else {
                return Err(no_such_column(name, definition.name));
            }
        }
        Ok(draft)
    }
}

/// The refusal of a member that is no field of the object.
pub fn no_such_column(name: &str, object: &str) -> RowFault {
    let message = format!("No such column '{name}' on sobject of type {object}");
    RowFault::new("INVALID_FIELD", message)
}

fn parent_lookup(
    records: &Records,
    object: u16,
    relationship: &str,
    parent: &Map<String, Json>,
) -> Result<Lookup, RowFault> {
    let definition = records.schema.object(usize::from(object));
    let unknown = || no_such_column(relationship, definition.name);
    let (name, json) = parent
        .iter()
        .find(|(name, _)| *name != "attributes")
        .ok_or_else(unknown)?;
    let text = match json {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => return Err(unknown()),
    };
    // With several possible parents the record says which one is meant.
    let wanted = parent
        .get("attributes")
        .and_then(|attributes| attributes.get("type"))
        .and_then(Json::as_str);
    records
        .lookup(object, wanted, relationship, name, text)
        .ok_or_else(unknown)
}

impl Records {
    /// Resolves `Relationship.Field` of an object to a lookup; `None` when there is no such way. With several
    /// possible parents the caller names one, else the first that has the field as a lookup field is taken.
    pub fn lookup(
        &self,
        object: u16,
        parent: Option<&str>,
        relationship: &str,
        name: &str,
        text: String,
    ) -> Option<Lookup> {
        let definition = self.schema.object(usize::from(object));
        let position = definition.fields.iter().position(|field| {
            field
                .relationship_name
                .is_some_and(|known| known.eq_ignore_ascii_case(relationship))
        })?;
        let field = u16::try_from(position).ok()?;
        let parents = definition.field(field).reference_to.iter().copied();
        for candidate in
            parents.filter(|known| parent.is_none_or(|wanted| wanted.eq_ignore_ascii_case(known)))
        {
            let target = self.object_index(candidate)?;
            let by = self.schema.object(usize::from(target)).find(name);
            if let Some(by) = by.filter(|by| self.field(target, *by).id_lookup) {
                return Some(Lookup {
                    field,
                    object: target,
                    by,
                    text,
                });
            }
        }
        None
    }
}
