//! The org's records: stored compactly behind [`Table`], read through [`Records`], written through [`Writer`].
//!
//! Never speaks HTTP. Made-up records are not stored at all: a [`Base`] makes them whenever [`Table`] hands them out.

mod automation;
mod base;
mod check;
mod computed;
mod convert;
mod draft;
mod duplicates;
mod geography;
mod json;
pub mod matching;
pub mod record_type;
mod rules;
mod table;
mod transaction;
mod triggers;
mod validation;
mod writer;

use std::{borrow::Cow, sync::Arc};

pub use base::Base;
pub use convert::from_cell;
pub use draft::{Draft, Lookup};
pub use duplicates::DuplicateHeader;
pub use json::{push_attributes, push_field, push_json_text, push_record, push_value};
pub use rules::{LeadRule, Rules};
pub use table::{IndexKey, Row, Table};
pub use triggers::Change;
pub use validation::VALIDATION_RULES;
pub use writer::{Assignment, Writer};

use crate::{
    access::AccessBook,
    control::RowLocks,
    schema::{Field, FieldChanges, Role, Schema},
    value::{IdBook, Key, Value},
};

/// What a person's full name is put together from, in order.
pub const NAME_PARTS: [&str; 4] = ["FirstName", "MiddleName", "LastName", "Suffix"];

/// All records of the org.
#[derive(Debug)]
pub struct Records {
    /// The objects that they belong to.
    pub schema: Arc<Schema>,
    /// Their ids.
    pub ids: Arc<IdBook>,
    tables: Vec<Table>,
    journal: transaction::Journal,
    /// Rows that trouble locks.
    pub row_locks: Arc<RowLocks>,
    /// The org's rules.
    pub rules: Rules,
    /// What its users may do.
    pub access: AccessBook,
    /// What was changed in its fields.
    pub field_changes: FieldChanges,
}

impl Records {
    /// An org without records.
    pub fn new(schema: Arc<Schema>, ids: Arc<IdBook>) -> Self {
        let tables = schema
            .objects()
            .iter()
            .map(|object| {
                let name = object.name_field();
                let name = name.filter(|field| object.field(*field).role == Role::Stored);
                let others = object.indexed_fields().filter(move |field| Some(*field) != name);
                Table::new(others.chain(name))
            })
            .collect();
        Self {
            schema,
            ids,
            tables,
            journal: transaction::Journal::default(),
            row_locks: Arc::default(),
            rules: Rules::default(),
            access: AccessBook::default(),
            field_changes: FieldChanges::default(),
        }
    }

    /// The records of an object.
    pub fn table(&self, object: u16) -> &Table {
        &self.tables[usize::from(object)]
    }

    fn table_mut(&mut self, object: u16) -> &mut Table {
        &mut self.tables[usize::from(object)]
    }

    /// Puts generated records under the ones that will be written.
    pub fn lay(&mut self, object: u16, base: Arc<dyn Base>) {
        self.table_mut(object).lay(base);
    }

    /// A record, also when it is in the recycle bin.
    pub fn row(&self, key: Key) -> Option<Cow<'_, Row>> {
        self.table(key.object).row(key.number)
    }

    /// A record with at least the fields that are needed to tell the values of `fields`, also when it is in the
    /// recycle bin.
    pub fn row_with(&self, key: Key, fields: &[u16]) -> Option<Cow<'_, Row>> {
        let wanted = self.stored_fields(key.object, fields.iter().copied());
        self.table(key.object).row_with(key.number, wanted.as_deref())
    }

    /// The stored fields that the values of some fields come from, sorted; `None` for all.
    pub fn stored_fields(&self, object: u16, fields: impl IntoIterator<Item = u16>) -> Option<Vec<u16>> {
        let definition = self.schema.object(usize::from(object));
        let mut stored = Vec::new();
        for field in fields {
            match definition.field(field).role {
                Role::Stored => stored.push(field),
                Role::PersonName => {
                    stored.extend(NAME_PARTS.iter().filter_map(|part| definition.find(part)));
                }
                Role::Id
                | Role::Deleted
                | Role::CreatedDate
                | Role::CreatedBy
                | Role::ModifiedDate
                | Role::ModifiedBy => {}
                Role::Address(_) | Role::Location(_) | Role::Formula(_) => return None,
            }
        }
        stored.sort_unstable();
        stored.dedup();
        Some(stored)
    }

    /// A record that is not in the recycle bin.
    pub fn live(&self, key: Key) -> Option<Cow<'_, Row>> {
        self.row(key).filter(|row| !row.deleted)
    }

    /// The definition of a field.
    pub fn field(&self, object: u16, field: u16) -> &Field {
        self.schema.object(usize::from(object)).field(field)
    }

    /// The value of a field of a record, computed ones included.
    pub fn value<'row>(&self, key: Key, row: &'row Row, field: u16) -> Cow<'row, Value> {
        let object = self.schema.object(usize::from(key.object));
        let definition = object.field(field);
        Cow::Owned(match definition.role {
            Role::Stored => match row.stored(field) {
                Some(value) => return Cow::Borrowed(value),
                None if definition.kind == crate::schema::Kind::Boolean => Value::Boolean(false),
                None => Value::Null,
            },
            Role::Id => Value::Reference(key),
            Role::Deleted => Value::Boolean(row.deleted),
            Role::CreatedDate => Value::Moment(row.created),
            Role::ModifiedDate => Value::Moment(row.modified),
            Role::CreatedBy => self.user(row.created_by),
            Role::ModifiedBy => self.user(row.modified_by),
            Role::PersonName => {
                let parts = NAME_PARTS
                    .iter()
                    .filter_map(|part| row.stored(object.find(part)?)?.as_text());
                Value::text(parts.collect::<Vec<_>>().join(" "))
            }
            Role::Address(_) | Role::Location(_) => Value::Null,
            Role::Formula(formula) => computed::formula(self, key, row, formula),
        })
    }

    fn user(&self, number: u32) -> Value {
        let object = self
            .schema
            .find("User")
            .and_then(|object| u16::try_from(object).ok())
            .unwrap_or(0);
        Value::Reference(Key { object, number })
    }

    /// The value of a field by its API name; `Null` when there is no such field.
    pub fn named<'row>(&self, key: Key, row: &'row Row, name: &str) -> Cow<'row, Value> {
        match self.schema.object(usize::from(key.object)).find(name) {
            Some(field) => self.value(key, row, field),
            None => Cow::Owned(Value::Null),
        }
    }

    /// The text of a field by its API name.
    pub fn text_of(&self, key: Key, name: &str) -> Option<String> {
        let row = self.row(key)?;
        self.named(key, &row, name).as_text().map(str::to_owned)
    }

    /// Live records whose indexed field has a value.
    pub fn find_live(&self, object: u16, field: u16, index_key: &IndexKey) -> Vec<u32> {
        let table = self.table(object);
        let mut numbers = table.find(field, index_key);
        numbers.retain(|number| table.row(*number).is_some_and(|row| !row.deleted));
        numbers
    }

    /// The index of an object by its API name, in the width that keys use.
    pub fn object_index(&self, name: &str) -> Option<u16> {
        self.schema.find(name).and_then(|index| u16::try_from(index).ok())
    }
}
