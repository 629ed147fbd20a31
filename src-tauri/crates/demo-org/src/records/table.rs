//! The records of one object and the indexes over them.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use super::Base;
use crate::value::{Key, Value};

/// One record. Only fields that have a value take room.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// When it was made, seconds since 1970.
    pub created: i64,
    /// When it was last changed, seconds since 1970.
    pub modified: i64,
    /// Number of the user who made it.
    pub created_by: u32,
    /// Number of the user who changed it last.
    pub modified_by: u32,
    /// Whether it is in the recycle bin.
    pub deleted: bool,
    /// Whether it is gone for good: its number stays taken, and nobody sees it.
    pub gone: bool,
    values: Box<[(u16, Value)]>,
}

impl Row {
    /// A record made by a user at a moment.
    pub fn new(moment: i64, user: u32, mut values: Vec<(u16, Value)>) -> Self {
        values.retain(|(_, value)| !value.is_null());
        values.sort_unstable_by_key(|(field, _)| *field);
        Self {
            created: moment,
            modified: moment,
            created_by: user,
            modified_by: user,
            deleted: false,
            gone: false,
            values: values.into_boxed_slice(),
        }
    }

    /// The same record, last changed by a user at a moment.
    pub fn modified(mut self, moment: i64, user: u32) -> Self {
        self.modified = moment;
        self.modified_by = user;
        self
    }

    /// What stands in the place of a record that is gone for good.
    pub fn gone() -> Self {
        Self {
            deleted: true,
            gone: true,
            ..Self::new(0, 0, Vec::new())
        }
    }

    /// The stored value of a field.
    pub fn stored(&self, field: u16) -> Option<&Value> {
        let position = self
            .values
            .binary_search_by_key(&field, |(known, _)| *known)
            .ok()?;
        Some(&self.values[position].1)
    }

    /// A copy with some fields set anew; `Null` empties a field.
    pub fn with(&self, changes: &[(u16, Value)]) -> Self {
        let mut values = self.values.to_vec();
        for (field, value) in changes {
            match values.iter_mut().find(|(known, _)| known == field) {
                Some(slot) => slot.1 = value.clone(),
                None => values.push((*field, value.clone())),
            }
        }
        let fresh = Self::new(self.created, self.created_by, values);
        Self {
            modified: self.modified,
            modified_by: self.modified_by,
            deleted: self.deleted,
            ..fresh
        }
    }
}

/// What an index finds records by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum IndexKey {
    /// A text, in lower case.
    Text(Box<str>),
    /// A parent record.
    Record(Key),
}

impl IndexKey {
    /// The key of a text, whatever its case.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_lowercase().into_boxed_str())
    }

    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(Self::text(text)),
            Value::Reference(key) => Some(Self::Record(*key)),
            _ => None,
        }
    }
}

#[derive(Debug)]
enum Numbers {
    One(u32),
    Many(Vec<u32>),
}

/// All records of one object, numbered from 1, in the recycle bin or not. The first ones may be generated: those are
/// kept only once they have been changed.
#[derive(Debug)]
pub struct Table {
    base: Option<Arc<dyn Base>>,
    changed: HashMap<u32, Row>,
    rows: Vec<Row>,
    deleted_rows: u32,
    indexes: Vec<(u16, HashMap<IndexKey, Numbers>)>,
}

impl Table {
    /// An empty table with indexes over some fields.
    pub fn new(indexed: impl Iterator<Item = u16>) -> Self {
        Self {
            base: None,
            changed: HashMap::new(),
            rows: Vec::new(),
            deleted_rows: 0,
            indexes: indexed.map(|field| (field, HashMap::new())).collect(),
        }
    }

    /// Puts generated records under an empty table; others get the numbers behind them.
    pub fn lay(&mut self, base: Arc<dyn Base>) {
        debug_assert!(self.len() == 0, "numbers must not move");
        self.base = Some(base);
    }

    /// How many records there are, with those in the recycle bin.
    pub fn len(&self) -> u32 {
        u32::try_from(self.rows.len()).map_or(u32::MAX, |rows| self.base_len().saturating_add(rows))
    }

    /// How many records are not in the recycle bin.
    pub fn live_len(&self) -> u32 {
        self.len() - self.deleted_rows
    }

    fn base_len(&self) -> u32 {
        self.base.as_ref().map_or(0, |base| base.len())
    }

    /// The generator of the first records, if any.
    pub fn base(&self) -> Option<&dyn Base> {
        self.base.as_deref()
    }

    /// The generator of a record that nobody has changed.
    pub fn generator_of(&self, number: u32) -> Option<&dyn Base> {
        let base = self.base.as_deref().filter(|base| number <= base.len())?;
        (!self.changed.contains_key(&number)).then_some(base)
    }

    /// A record by its number.
    pub fn row(&self, number: u32) -> Option<Cow<'_, Row>> {
        self.row_with(number, None)
    }

    /// A record by its number, with at least the `wanted` stored fields (sorted); all without.
    pub fn row_with(&self, number: u32, wanted: Option<&[u16]>) -> Option<Cow<'_, Row>> {
        let base_len = self.base_len();
        let kept = if number > base_len {
            let position = number - base_len - 1;
            Some(self.rows.get(position as usize)?)
        } else {
            self.changed.get(&number)
        };
        match kept {
            Some(row) => (!row.gone).then_some(Cow::Borrowed(row)),
            None if number == 0 => None,
            None => Some(Cow::Owned(self.base.as_ref()?.row(number, wanted))),
        }
    }

    /// Every record, from the oldest.
    pub fn rows(&self) -> impl Iterator<Item = (u32, Cow<'_, Row>)> {
        self.rows_with(None)
    }

    /// Every record, from the oldest, with at least the `wanted` stored fields (sorted); all without.
    pub fn rows_with(&self, wanted: Option<&[u16]>) -> impl Iterator<Item = (u32, Cow<'_, Row>)> {
        (1..=self.len()).filter_map(move |number| Some((number, self.row_with(number, wanted)?)))
    }

    /// Whether there is an index over a field.
    pub fn has_index(&self, field: u16) -> bool {
        self.indexes.iter().any(|(known, _)| *known == field)
    }

    /// Records whose indexed field has a value, with those in the recycle bin.
    pub fn find(&self, field: u16, key: &IndexKey) -> Vec<u32> {
        let mut found = self.find_generated(field, key);
        let index = self.indexes.iter().find(|(known, _)| *known == field);
        match index.and_then(|(_, index)| index.get(key)) {
            None => {}
            Some(Numbers::One(number)) => found.push(*number),
            Some(Numbers::Many(numbers)) => found.extend(numbers),
        }
        found
    }

    fn find_generated(&self, field: u16, key: &IndexKey) -> Vec<u32> {
        let Some(base) = self.base.as_ref().filter(|_| self.has_index(field)) else {
            return Vec::new();
        };
        let fits = |number: &u32| {
            (1..=base.len()).contains(number)
                && !self.changed.contains_key(number)
                && base
                    .row(*number, Some(&[field]))
                    .stored(field)
                    .and_then(IndexKey::of)
                    .as_ref()
                    == Some(key)
        };
        match base.candidates(field, key) {
            Some(mut numbers) => {
                numbers.sort_unstable();
                numbers.dedup();
                numbers.retain(fits);
                numbers
            }
            None => (1..=base.len()).filter(fits).collect(),
        }
    }

    /// Adds a record and says its number.
    pub fn push(&mut self, row: Row) -> u32 {
        let number = self.len() + 1;
        self.take_in(number, &row);
        self.rows.push(row);
        number
    }

    /// Takes back the last record that was added.
    pub fn pop(&mut self) {
        let number = self.len();
        if let Some(row) = self.rows.pop() {
            self.let_go(number, &row);
        }
    }

    /// Puts a record in the place of another and hands that one back.
    pub fn replace(&mut self, number: u32, row: Row) -> Option<Row> {
        let base_len = self.base_len();
        if number > base_len {
            let position = (number - base_len - 1) as usize;
            let old = self.rows.get(position)?.clone();
            self.let_go(number, &old);
            self.take_in(number, &row);
            self.rows[position] = row;
            return Some(old);
        }
        let generated = self.base.as_ref().filter(|_| number > 0)?.row(number, None);
        let old = self.changed.remove(&number);
        if let Some(old) = &old {
            self.let_go(number, old);
        }
        if row != generated {
            self.take_in(number, &row);
            self.changed.insert(number, row);
        }
        Some(old.unwrap_or(generated))
    }

    fn take_in(&mut self, number: u32, row: &Row) {
        self.deleted_rows += u32::from(row.deleted);
        self.index(number, row);
    }

    fn let_go(&mut self, number: u32, row: &Row) {
        self.deleted_rows -= u32::from(row.deleted);
        self.unindex(number, row);
    }

    fn index(&mut self, number: u32, row: &Row) {
        for (field, index) in &mut self.indexes {
            let Some(key) = row.stored(*field).and_then(IndexKey::of) else {
                continue;
            };
            match index.get_mut(&key) {
                None => {
                    index.insert(key, Numbers::One(number));
                }
                Some(Numbers::Many(numbers)) => numbers.push(number),
                Some(one) => {
                    if let Numbers::One(first) = *one {
                        *one = Numbers::Many(vec![first, number]);
                    }
                }
            }
        }
    }

    fn unindex(&mut self, number: u32, row: &Row) {
        for (field, index) in &mut self.indexes {
            let Some(key) = row.stored(*field).and_then(IndexKey::of) else {
                continue;
            };
            let empty = match index.get_mut(&key) {
                Some(Numbers::One(only)) => *only == number,
                Some(Numbers::Many(numbers)) => {
                    numbers.retain(|known| *known != number);
                    numbers.is_empty()
                }
                None => false,
            };
            if empty {
                index.remove(&key);
            }
        }
    }
}
