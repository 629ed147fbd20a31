//! The records of one object and the indexes over them.

use std::{borrow::Cow, collections::HashMap};

use crate::value::{Key, Value};

/// One record. Only fields that have a value take room.
#[derive(Debug, Clone)]
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
            values: values.into_boxed_slice(),
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

/// All records of one object, numbered from 1, in the recycle bin or not.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Row>,
    indexes: Vec<(u16, HashMap<IndexKey, Numbers>)>,
}

impl Table {
    /// An empty table with indexes over some fields.
    pub fn new(indexed: impl Iterator<Item = u16>) -> Self {
        Self {
            rows: Vec::new(),
            indexes: indexed.map(|field| (field, HashMap::new())).collect(),
        }
    }

    /// How many records there are, with those in the recycle bin.
    pub fn len(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// A record by its number.
    pub fn row(&self, number: u32) -> Option<Cow<'_, Row>> {
        self.rows.get(number.checked_sub(1)? as usize).map(Cow::Borrowed)
    }

    /// Every record, from the oldest.
    pub fn rows(&self) -> impl Iterator<Item = (u32, Cow<'_, Row>)> {
        (1..).zip(self.rows.iter().map(Cow::Borrowed))
    }

    /// Whether there is an index over a field.
    pub fn has_index(&self, field: u16) -> bool {
        self.indexes.iter().any(|(known, _)| *known == field)
    }

    /// Records whose indexed field has a value, with those in the recycle bin.
    pub fn find(&self, field: u16, key: &IndexKey) -> Vec<u32> {
        let index = self.indexes.iter().find(|(known, _)| *known == field);
        match index.and_then(|(_, index)| index.get(key)) {
            None => Vec::new(),
            Some(Numbers::One(number)) => vec![*number],
            Some(Numbers::Many(numbers)) => numbers.clone(),
        }
    }

    /// Adds a record and says its number.
    pub fn push(&mut self, row: Row) -> u32 {
        let number = self.len() + 1;
        self.index(number, &row);
        self.rows.push(row);
        number
    }

    /// Takes back the last record.
    pub fn pop(&mut self) {
        let number = self.len();
        if let Some(row) = self.rows.pop() {
            self.unindex(number, &row);
        }
    }

    /// Puts a record in the place of another and hands that one back.
    pub fn replace(&mut self, number: u32, row: Row) -> Option<Row> {
        let position = number.checked_sub(1)? as usize;
        if position >= self.rows.len() {
            return None;
        }
        let old = std::mem::replace(&mut self.rows[position], Row::new(0, 0, Vec::new()));
        self.unindex(number, &old);
        self.index(number, &row);
        self.rows[position] = row;
        Some(old)
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
