//! A path of names, found in the schema: the way from a record to a value.

use std::borrow::Cow;

use super::{QueryFault, names::Names, parts::Part, syntax::Path};
use crate::{
    records::{Records, Row},
    schema::{Field, Kind},
    value::{Key, Value},
};

/// Most steps up (SOQL guide, relationship query limits).
const GREATEST_STEPS: usize = 5;

/// What can be asked of a parent that may be of several objects (object reference, Name).
const NAME_FIELDS: [&str; 21] = [
    "Alias",
    "Email",
    "FirstName",
    "Id",
    "IsActive",
    "LastName",
    "LastReferencedDate",
    "LastViewedDate",
    "MiddleName",
    "MobilePhone",
    "Name",
    "Phone",
    "Profile",
    "ProfileId",
    "RecordTypeId",
    "Suffix",
    "Title",
    "Type",
    "UserRole",
    "UserRoleId",
    "Username",
];

/// The way to a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The path as the schema spells it, such as `Owner.Name`.
    pub label: String,
    /// Object and field at its end (of the first kind of parent that has it).
    pub leaf: (u16, u16),
    /// The steps.
    pub hop: Hop,
    /// What of the value is meant; the whole when nothing is said.
    pub part: Option<Part>,
}

/// One step of a route.
#[derive(Debug, Clone, PartialEq)]
pub enum Hop {
    /// The value is in this record.
    Field(u16),
    /// The value is the name of this record's object.
    Type,
    /// Records of this object have no such field.
    Absent(&'static str),
    /// The value is in a parent.
    Parent {
        /// The reference field.
        field: u16,
        /// What to do in each kind of parent.
        targets: Vec<(u16, Hop)>,
    },
}

/// What `Type` says of a record at the end of a polymorphic relationship: the name of its object, but of a group which
/// kind of group it is, so that `Owner.Type` is `Queue` (object reference, Group and Name).
pub fn type_of(records: &Records, key: Key) -> Cow<'_, str> {
    let object = records.schema.object(usize::from(key.object)).name;
    let kind = (object == "Group")
        .then(|| records.text_of(key, "Type"))
        .flatten();
    kind.map_or(Cow::Borrowed(object), Cow::Owned)
}

impl Hop {
    fn names_object(&self) -> bool {
        match self {
            Self::Type => true,
            Self::Field(_) | Self::Absent(_) => false,
            Self::Parent { targets, .. } => targets.iter().any(|(_, hop)| hop.names_object()),
        }
    }
}

/// The field of the record itself that a step looks at; the id when it looks at none.
pub fn own_field(hop: &Hop) -> u16 {
    match hop {
        Hop::Field(field) | Hop::Parent { field, .. } => *field,
        Hop::Type | Hop::Absent(_) => 0,
    }
}

impl Route {
    /// The field, when the value is simply that of the record's own field.
    pub fn plain_field(&self) -> Option<u16> {
        match self.hop {
            Hop::Field(field) if self.part.is_none() => Some(field),
            _ => None,
        }
    }

    /// The route to a field of the record itself.
    pub fn own(records: &Records, object: u16, field: u16) -> Self {
        Self {
            label: records.field(object, field).name.to_owned(),
            leaf: (object, field),
            hop: Hop::Field(field),
            part: None,
        }
    }

    /// The definition of the field at its end.
    pub fn field<'records>(&self, records: &'records Records) -> &'records Field {
        records.field(self.leaf.0, self.leaf.1)
    }

    /// The last name of the path.
    pub fn name(&self) -> &str {
        self.label.rsplit('.').next().unwrap_or_default()
    }

    /// The type of its values.
    pub fn kind(&self, records: &Records) -> Kind {
        match self.part {
            Some(part) => part.kind(),
            None if self.hop.names_object() => Kind::Picklist,
            None => self.field(records).kind,
        }
    }

    /// Whether conditions may look at it.
    pub fn is_filterable(&self, records: &Records) -> bool {
        self.hop.names_object() || self.field(records).is_filterable()
    }

    /// Whether records can be ordered by it.
    pub fn is_sortable(&self, records: &Records) -> bool {
        self.is_filterable(records) && self.kind(records) != Kind::MultiPicklist
    }

    /// Whether groups can be formed by it.
    pub fn is_groupable(&self, records: &Records) -> bool {
        let whole = !matches!(
            self.kind(records),
            Kind::Moment | Kind::Double | Kind::Currency | Kind::Percent
        );
        self.is_sortable(records) && whole
    }

    /// The value for a record; `Null` when a parent is missing.
    pub fn value<'row>(&self, records: &Records, key: Key, row: &'row Row) -> Cow<'row, Value> {
        let value = match &self.hop {
            Hop::Field(field) => records.value(key, row, *field),
            hop => Cow::Owned(follow(records, key, row, hop)),
        };
        match self.part {
            None => value,
            Some(part) => Cow::Owned(part.of(&value)),
        }
    }
}

fn follow(records: &Records, key: Key, row: &Row, hop: &Hop) -> Value {
    match hop {
        Hop::Field(field) => records.value(key, row, *field).into_owned(),
        Hop::Type => Value::text(type_of(records, key)),
        Hop::Absent(_) => Value::Null,
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

/// Finds a path in the schema, starting at an object. `aliases` are other names of that object or of its parents.
pub fn find(
    text: &str,
    names: Names<'_>,
    object: u16,
    aliases: &[(String, Vec<String>)],
    path: &Path,
) -> Result<Route, QueryFault> {
    let full = unaliased(names, object, aliases, &path.names);
    let (label, leaf, hop) =
        steps(names, object, &full).map_err(|why| QueryFault::invalid_field(text, path.position, why))?;
    Ok(Route {
        label,
        leaf,
        hop,
        part: None,
    })
}

/// A path without the object's name or alias in front.
pub fn unaliased(
    names: Names<'_>,
    object: u16,
    aliases: &[(String, Vec<String>)],
    path: &[String],
) -> Vec<String> {
    let mut path = path.to_vec();
    let own = names.records.schema.object(usize::from(object)).name;
    for _ in 0..=aliases.len() {
        let Some(first) = path.first().filter(|_| path.len() > 1) else {
            break;
        };
        if own.eq_ignore_ascii_case(first) && names.parent(object, first).is_none() {
            path.remove(0);
            break;
        }
        let Some((_, meant)) = aliases
            .iter()
            .find(|(alias, _)| alias.eq_ignore_ascii_case(first))
        else {
            break;
        };
        path.splice(..1, meant.iter().cloned());
        if meant.is_empty() {
            break;
        }
    }
    path
}

type Steps = (String, (u16, u16), Hop);

fn steps(names: Names<'_>, object: u16, path: &[String]) -> Result<Steps, String> {
    let definition = names.records.schema.object(usize::from(object));
    match path {
        [] => Err("unexpected end of path".to_owned()),
        [name] => {
            let field = names
                .column(object, name)
                .ok_or_else(|| no_column(name, definition.name))?;
            let label = definition.field(field).name.to_owned();
            Ok((label, (object, field), Hop::Field(field)))
        }
        [relationship, rest @ ..] => {
            let found = names.parent(object, relationship);
            let Some((field, reference)) = found.filter(|_| rest.len() <= GREATEST_STEPS) else {
                return Err(format!(
                    "Didn't understand relationship '{relationship}' in field path. If you are attempting to use a \
                     custom relationship, be sure to append the '__r' after the custom relationship name. Please \
                     reference your WSDL or the describe call for the appropriate names."
                ));
            };
            let (label, leaf, targets) = match reference.reference_to {
                [_] => of_parent(names, reference, rest)?,
                _ => of_any(names, reference, rest)?,
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

type Targets = (String, (u16, u16), Vec<(u16, Hop)>);

fn of_parent(names: Names<'_>, reference: &Field, rest: &[String]) -> Result<Targets, String> {
    let parent = reference.reference_to.first().and_then(|name| names.object(name));
    let parent = parent.ok_or_else(|| no_column(&rest[0], reference.name))?;
    let (label, leaf, hop) = steps(names, parent, rest)?;
    Ok((label, leaf, vec![(parent, hop)]))
}

/// A path behind a reference to one of several objects: only what all of them have in common, and their type.
fn of_any(names: Names<'_>, reference: &Field, rest: &[String]) -> Result<Targets, String> {
    let known = NAME_FIELDS
        .iter()
        .find(|known| known.eq_ignore_ascii_case(&rest[0]))
        .ok_or_else(|| no_column(&rest[0], "Name"))?;
    let parents: Vec<u16> = reference
        .reference_to
        .iter()
        .filter_map(|name| names.object(name))
        .collect();
    if *known == "Type" && rest.len() == 1 {
        let leaf = parents
            .iter()
            .find_map(|parent| {
                Some((
                    *parent,
                    names.records.schema.object(usize::from(*parent)).find("Id")?,
                ))
            })
            .ok_or_else(|| no_column(known, "Name"))?;
        let targets = parents.into_iter().map(|parent| (parent, Hop::Type));
        return Ok(((*known).to_owned(), leaf, targets.collect()));
    }
    let mut end = None;
    let mut targets = Vec::new();
    for parent in parents {
        match steps(names, parent, rest) {
            Ok((label, leaf, hop)) => {
                targets.push((parent, hop));
                end.get_or_insert((label, leaf));
            }
            Err(_) => targets.push((parent, Hop::Absent(known))),
        }
    }
    let (label, leaf) = end.ok_or_else(|| no_column(&rest[0], "Name"))?;
    Ok((label, leaf, targets))
}

fn no_column(name: &str, entity: &str) -> String {
    format!(
        "No such column '{name}' on entity '{entity}'. If you are attempting to use a custom field, be sure to append \
         the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate \
         names."
    )
}
