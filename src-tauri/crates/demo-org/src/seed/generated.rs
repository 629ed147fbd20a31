//! From a maker of values to the records of a table. To add a generated object: one [`Maker`], one line in `plant`.

use std::fmt::Debug;

use super::audit::Stamps;
use crate::{
    records::{Base, IndexKey, NAME_PARTS, Row},
    schema::{Kind, Object, Role},
    value::{BorrowedValue, Key, Value},
};

/// Makes the values of one object's records. Positions count from 0.
pub trait Maker: Debug + Send + Sync {
    /// A field that it fills.
    type Column: Copy + Debug + Send + Sync + 'static;
    /// What it has decided about one record.
    type Sketch;
    /// API names of the fields that it fills. Names that the schema does not have are passed over.
    const COLUMNS: &'static [(&'static str, Self::Column)];

    /// Decides about the record at a position.
    fn sketch(&self, position: u32) -> Self::Sketch;

    /// Moments and people.
    fn stamps(&self, sketch: &Self::Sketch) -> Stamps;

    /// The value of a field; a text that must be put together is written to `scratch`, which is empty.
    fn value<'text>(
        &'text self,
        sketch: &Self::Sketch,
        column: Self::Column,
        scratch: &'text mut String,
    ) -> BorrowedValue<'text>;

    /// Positions of all records that may have a value, or `None` when there is no short way to them.
    fn candidates(&self, column: Self::Column, key: &IndexKey) -> Option<Vec<u32>>;
}

/// Where a field's value comes from.
#[derive(Debug)]
enum Origin<Column> {
    Made(Column),
    Fixed(Box<str>),
    Unticked,
    Nothing,
    Elsewhere,
    Id,
    FullName,
    Created,
    CreatedBy,
    Modified,
    ModifiedBy,
}

/// The records of a maker.
#[derive(Debug)]
pub struct Generated<M: Maker> {
    maker: M,
    count: u32,
    object: u16,
    users: u16,
    origins: Vec<Origin<M::Column>>,
    stored: Vec<u16>,
    name_parts: Vec<M::Column>,
}

impl<M: Maker> Generated<M> {
    /// So many records of an object; `object` and `users` are that object's and User's places in the schema.
    pub fn new(maker: M, count: u32, definition: &Object, object: u16, users: u16) -> Self {
        let made = |name: &str| {
            M::COLUMNS
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, column)| *column)
        };
        let origins: Vec<Origin<M::Column>> = definition
            .fields
            .iter()
            .map(|field| match (field.role, made(field.name)) {
                (Role::Stored, Some(column)) => Origin::Made(column),
                (Role::Stored, None) => match field.picklist.iter().find(|entry| entry.default) {
                    Some(entry) if field.defaulted_on_create => Origin::Fixed(entry.value.into()),
                    _ if field.kind == Kind::Boolean => Origin::Unticked,
                    _ => Origin::Nothing,
                },
                (Role::Id, _) => Origin::Id,
                (Role::Deleted, _) => Origin::Unticked,
                (Role::CreatedDate, _) => Origin::Created,
                (Role::CreatedBy, _) => Origin::CreatedBy,
                (Role::ModifiedDate, _) => Origin::Modified,
                (Role::ModifiedBy, _) => Origin::ModifiedBy,
                (Role::PersonName, _) => Origin::FullName,
                // Whatever is put together from other fields.
                _ => Origin::Elsewhere,
            })
            .collect();
        let is_stored = |origin: &Origin<M::Column>| matches!(origin, Origin::Made(_) | Origin::Fixed(_));
        let stored = (0_u16..)
            .zip(&origins)
            .filter(|(_, origin)| is_stored(origin))
            .map(|(field, _)| field)
            .collect();
        Self {
            maker,
            count,
            object,
            users,
            stored,
            origins,
            name_parts: NAME_PARTS.into_iter().filter_map(made).collect(),
        }
    }

    fn value<'text>(
        &'text self,
        number: u32,
        sketch: &M::Sketch,
        field: u16,
        scratch: &'text mut String,
    ) -> BorrowedValue<'text> {
        let user = |number: u32| {
            BorrowedValue::Reference(Key {
                object: self.users,
                number,
            })
        };
        scratch.clear();
        match &self.origins[usize::from(field)] {
            Origin::Made(column) => self.maker.value(sketch, *column, scratch),
            Origin::Fixed(text) => BorrowedValue::Text(text),
            Origin::Unticked => BorrowedValue::Boolean(false),
            Origin::Nothing | Origin::Elsewhere => BorrowedValue::Null,
            Origin::Id => BorrowedValue::Reference(Key {
                object: self.object,
                number,
            }),
            Origin::Created => BorrowedValue::Moment(self.maker.stamps(sketch).created),
            Origin::CreatedBy => user(self.maker.stamps(sketch).created_by),
            Origin::Modified => BorrowedValue::Moment(self.maker.stamps(sketch).modified),
            Origin::ModifiedBy => user(self.maker.stamps(sketch).modified_by),
            Origin::FullName => {
                let mut part = String::new();
                for column in &self.name_parts {
                    part.clear();
                    if let BorrowedValue::Text(text) = self.maker.value(sketch, *column, &mut part) {
                        if !scratch.is_empty() {
                            scratch.push(' ');
                        }
                        scratch.push_str(text);
                    }
                }
                BorrowedValue::Text(scratch)
            }
        }
    }
}

impl<M: Maker> Base for Generated<M> {
    fn len(&self) -> u32 {
        self.count
    }

    fn row(&self, number: u32, wanted: Option<&[u16]>) -> Row {
        let sketch = self.maker.sketch(number.saturating_sub(1));
        let stamps = self.maker.stamps(&sketch);
        let fields = wanted.unwrap_or(&self.stored);
        let mut scratch = String::new();
        let mut values = Vec::with_capacity(fields.len());
        for field in fields {
            if matches!(
                self.origins[usize::from(*field)],
                Origin::Made(_) | Origin::Fixed(_)
            ) {
                values.push((
                    *field,
                    Value::from(self.value(number, &sketch, *field, &mut scratch)),
                ));
            }
        }
        Row::new(stamps.created, stamps.created_by, values).modified(stamps.modified, stamps.modified_by)
    }

    fn shows(&self, field: u16) -> bool {
        !matches!(self.origins[usize::from(field)], Origin::Elsewhere)
    }

    fn show(
        &self,
        number: u32,
        fields: &[u16],
        scratch: &mut String,
        see: &mut dyn FnMut(usize, BorrowedValue<'_>),
    ) {
        let sketch = self.maker.sketch(number.saturating_sub(1));
        for (place, field) in fields.iter().enumerate() {
            see(place, self.value(number, &sketch, *field, scratch));
        }
    }

    fn candidates(&self, field: u16, key: &IndexKey) -> Option<Vec<u32>> {
        match self.origins[usize::from(field)] {
            Origin::Made(column) => {
                let mut numbers = self.maker.candidates(column, key)?;
                for position in &mut numbers {
                    *position += 1;
                }
                Some(numbers)
            }
            Origin::Nothing => Some(Vec::new()),
            _ => None,
        }
    }
}
