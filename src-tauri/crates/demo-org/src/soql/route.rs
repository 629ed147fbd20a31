//! A path of names, found in the schema: the way from a record to a value.

use std::borrow::Cow;

use super::{QueryFault, syntax::Path};
use crate::{
    records::{Records, Row},
    schema::{Field, Kind},
    value::{Key, Value},
};

/// The way to a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The path as the schema spells it, such as `Owner.Name`.
    pub label: String,
    /// Object and field at its end (of the first kind of parent that has it).
    pub leaf: (u16, u16),
    /// The steps.
    pub hop: Hop,
}

/// One step of a route.
#[derive(Debug, Clone, PartialEq)]
pub enum Hop {
    /// The value is in this record.
    Field(u16),
    /// The value is in a parent.
    Parent {
        /// The reference field.
        field: u16,
        /// What to do in each kind of parent.
        targets: Vec<(u16, Hop)>,
    },
}

/// The field of the record itself that a step looks at.
pub fn own_field(hop: &Hop) -> u16 {
    match hop {
        Hop::Field(field) | Hop::Parent { field, .. } => *field,
    }
}

impl Route {
    /// The field, when the value is simply that of the record's own field.
    pub fn plain_field(&self) -> Option<u16> {
        match self.hop {
            Hop::Field(field) => Some(field),
            Hop::Parent { .. } => None,
        }
    }

    /// The definition of the field at its end.
    pub fn field<'records>(&self, records: &'records Records) -> &'records Field {
        records.field(self.leaf.0, self.leaf.1)
    }

    /// The type of its values.
    pub fn kind(&self, records: &Records) -> Kind {
        self.field(records).kind
    }

    /// The value for a record; `Null` when a parent is missing.
    pub fn value<'row>(&self, records: &Records, key: Key, row: &'row Row) -> Cow<'row, Value> {
        match &self.hop {
            Hop::Field(field) => records.value(key, row, *field),
            hop @ Hop::Parent { .. } => Cow::Owned(follow(records, key, row, hop)),
        }
    }
}

fn follow(records: &Records, key: Key, row: &Row, hop: &Hop) -> Value {
    match hop {
        Hop::Field(field) => records.value(key, row, *field).into_owned(),
        Hop::Parent { field, targets } => {
            let Some(parent) = records.value(key, row, *field).as_reference() else {
                return Value::Null;
            };
            let target = targets.iter().find(|(object, _)| *object == parent.object);
            let Some((_, hop)) = target else {
                return Value::Null;
            };
            match records.row_with(parent, &[own_field(hop)]) {
                Some(row) => follow(records, parent, &row, hop),
                None => Value::Null,
            }
        }
    }
}

/// Finds a path in the schema, starting at an object. `aliases` are other names of that object.
pub fn find(
    text: &str,
    records: &Records,
    object: u16,
    aliases: &[&str],
    path: &Path,
) -> Result<Route, QueryFault> {
    let own = records.schema.object(usize::from(object)).name;
    let mut names = path.names.as_slice();
    if let [first, rest @ ..] = names
        && !rest.is_empty()
        && aliases
            .iter()
            .chain([&own])
            .any(|alias| alias.eq_ignore_ascii_case(first))
    {
        names = rest;
    }
    let (label, leaf, hop) =
        steps(records, object, names).map_err(|why| QueryFault::invalid_field(text, path.position, why))?;
    Ok(Route { label, leaf, hop })
}

/// The sentence about a field that an object does not have.
pub fn no_such_column(records: &Records, object: u16, name: &str) -> String {
    format!(
        "No such column '{name}' on entity '{}'. If you are attempting to use a custom field, be sure to append the \
         '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
        records.schema.object(usize::from(object)).name
    )
}

type Steps = (String, (u16, u16), Hop);

fn steps(records: &Records, object: u16, names: &[String]) -> Result<Steps, String> {
    let definition = records.schema.object(usize::from(object));
    match names {
        [] => Err("unexpected end of path".to_owned()),
        [name] => {
            let field = definition
                .find(name)
                .ok_or_else(|| no_such_column(records, object, name))?;
            Ok((
                definition.field(field).name.to_owned(),
                (object, field),
                Hop::Field(field),
            ))
        }
        [relationship, rest @ ..] => {
            let found = (0_u16..).zip(&definition.fields).find(|(_, field)| {
                field
                    .relationship_name
                    .is_some_and(|known| known.eq_ignore_ascii_case(relationship))
            });
            let Some((field, reference)) = found.filter(|_| rest.len() <= 5) else {
                return Err(format!(
                    "Didn't understand relationship '{relationship}' in field path. If you are attempting to use a \
                     custom relationship, be sure to append the '__r' after the custom relationship name. Please \
                     reference your WSDL or the describe call for the appropriate names."
                ));
            };
            let mut targets = Vec::new();
            let mut end = None;
            let mut refusal = String::new();
            for parent in reference
                .reference_to
                .iter()
                .filter_map(|name| records.object_index(name))
            {
                match steps(records, parent, rest) {
                    Ok((label, leaf, hop)) => {
                        targets.push((parent, hop));
                        end.get_or_insert((label, leaf));
                    }
                    Err(why) => refusal = why,
                }
            }
            let Some((label, leaf)) = end else {
                return Err(refusal);
            };
            let relationship = reference.relationship_name.unwrap_or_default();
            Ok((
                format!("{relationship}.{label}"),
                leaf,
                Hop::Parent { field, targets },
            ))
        }
    }
}
