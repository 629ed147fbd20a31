//! One stored value of one field.

use jiff::civil::Date;

use crate::{clock, id::Pod};

/// The place of a record: which object, and its number among that object's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Index of the object in the schema.
    pub object: u16,
    /// Number of the record, from 1.
    pub number: u32,
}

/// A value. Absent fields are simply not stored, so `Null` exists only while reading and writing.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Text of every textual type, picklists included.
    Text(Box<str>),
    /// Every numeric type.
    Number(f64),
    /// A checkbox.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A moment in seconds since 1970.
    Moment(i64),
    /// A record of this org.
    Reference(Key),
}

/// A value that is only looked at, so that a text need not be copied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BorrowedValue<'text> {
    /// Nothing.
    Null,
    /// Text of every textual type, picklists included.
    Text(&'text str),
    /// Every numeric type.
    Number(f64),
    /// A checkbox.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A moment in seconds since 1970.
    Moment(i64),
    /// A record of this org.
    Reference(Key),
}

impl From<BorrowedValue<'_>> for Value {
    fn from(value: BorrowedValue<'_>) -> Self {
        match value {
            BorrowedValue::Null => Self::Null,
            BorrowedValue::Text(text) => Self::text(text),
            BorrowedValue::Number(number) => Self::Number(number),
            BorrowedValue::Boolean(truth) => Self::Boolean(truth),
            BorrowedValue::Date(day) => Self::Date(day),
            BorrowedValue::Moment(seconds) => Self::Moment(seconds),
            BorrowedValue::Reference(key) => Self::Reference(key),
        }
    }
}

impl<'value> From<&'value Value> for BorrowedValue<'value> {
    fn from(value: &'value Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Text(text) => Self::Text(text),
            Value::Number(number) => Self::Number(*number),
            Value::Boolean(truth) => Self::Boolean(*truth),
            Value::Date(day) => Self::Date(*day),
            Value::Moment(seconds) => Self::Moment(*seconds),
            Value::Reference(key) => Self::Reference(*key),
        }
    }
}

impl Value {
    /// A text value.
    pub fn text(text: impl Into<Box<str>>) -> Self {
        Self::Text(text.into())
    }

    /// Whether it is nothing.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text, when it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The record, when it is one.
    pub fn as_reference(&self) -> Option<Key> {
        match self {
            Self::Reference(key) => Some(*key),
            _ => None,
        }
    }
}

/// Turns keys into 18-character ids and back.
#[derive(Debug, Clone)]
pub struct IdBook {
    pod: Pod,
    prefixes: Vec<&'static str>,
}

impl IdBook {
    /// `prefixes` in the order of the schema's objects.
    pub fn new(pod: Pod, prefixes: Vec<&'static str>) -> Self {
        Self { pod, prefixes }
    }

    /// The 18-character id of a record.
    pub fn id(&self, key: Key) -> String {
        self.pod.id(
            self.prefixes
                .get(usize::from(key.object))
                .copied()
                .unwrap_or("000"),
            key.number,
        )
    }

    /// The id of something that is no record (a job, a cursor).
    pub fn other_id(&self, prefix: &str, number: u32) -> String {
        self.pod.id(prefix, number)
    }

    /// Reads an id of a record of this org; whether the record exists is not checked.
    pub fn key(&self, id: &str) -> Option<Key> {
        let (prefix, number) = self.pod.parse(id)?;
        let object = self.prefixes.iter().position(|known| *known == prefix)?;
        Some(Key {
            object: u16::try_from(object).ok()?,
            number,
        })
    }

    /// The object that an id's prefix names, for ids of any org.
    pub fn object_of(&self, id: &str) -> Option<usize> {
        let prefix = id.get(..3)?;
        self.prefixes.iter().position(|known| *known == prefix)
    }

    /// The number of a job or cursor id under the given prefix.
    pub fn other_number(&self, prefix: &str, id: &str) -> Option<u32> {
        self.pod
            .parse(id)
            .filter(|(known, _)| *known == prefix)
            .map(|(_, number)| number)
    }
}

/// How a number is printed in CSV and HTML.
pub fn number_text(number: f64, whole: bool) -> String {
    if whole {
        format!("{number:.0}")
    } else {
        format!("{number:?}")
    }
}

/// How a value is printed in Bulk query results; `whole` for the int type.
pub fn bulk_text(value: &Value, whole: bool, ids: &IdBook) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number_text(*number, whole),
        Value::Boolean(truth) => truth.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Moment(seconds) => clock::bulk_text(*seconds),
        Value::Reference(key) => ids.id(*key),
    }
}
