//! One stored value of one field.

use std::sync::Arc;

use jiff::civil::Date;

use crate::id::Pod;

/// The place of a record: which object, and its number among that object's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Index of the object in the schema.
    pub object: u16,
    /// Number of the record, from 1.
    pub number: u32,
}

/// Records of one object, in an order. A run of numbers takes no room, and copies share their list.
#[derive(Debug, Clone)]
pub struct Keys {
    object: u16,
    numbers: Numbers,
}

#[derive(Debug, Clone)]
enum Numbers {
    Run {
        first: u32,
        count: u32,
    },
    List {
        all: Arc<Vec<u32>>,
        from: usize,
        until: usize,
    },
}

impl Keys {
    /// So many records of which each number follows the one before.
    pub fn run(object: u16, first: u32, count: u32) -> Self {
        let numbers = Numbers::Run { first, count };
        Self { object, numbers }
    }

    /// Records of some numbers.
    pub fn list(object: u16, numbers: Vec<u32>) -> Self {
        let numbers = Numbers::List {
            from: 0,
            until: numbers.len(),
            all: Arc::new(numbers),
        };
        Self { object, numbers }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match &self.numbers {
            Numbers::Run { count, .. } => *count as usize,
            Numbers::List { from, until, .. } => until - from,
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one at a place.
    pub fn get(&self, place: usize) -> Option<Key> {
        let number = match &self.numbers {
            Numbers::Run { first, count } => {
                let place = u32::try_from(place).ok().filter(|place| place < count)?;
                first + place
            }
            Numbers::List { all, from, until } => *all.get(*from..*until)?.get(place)?,
        };
        Some(Key {
            object: self.object,
            number,
        })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Key> + '_ {
        (0..self.len()).map_while(|place| self.get(place))
    }

    /// Those from a place up to another, as far as there are any.
    pub fn slice(&self, from: usize, until: usize) -> Self {
        let until = until.min(self.len());
        let from = from.min(until);
        let numbers = match &self.numbers {
            Numbers::Run { first, .. } => Numbers::Run {
                first: first + u32::try_from(from).unwrap_or(u32::MAX),
                count: u32::try_from(until - from).unwrap_or(u32::MAX),
            },
            Numbers::List { all, from: start, .. } => Numbers::List {
                all: Arc::clone(all),
                from: start + from,
                until: start + until,
            },
        };
        Self {
            object: self.object,
            numbers,
        }
    }
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
        self.pod.id(self.prefix(key), key.number)
    }

    /// The 18 characters of a record's id, all of them ASCII.
    pub fn characters(&self, key: Key) -> [u8; 18] {
        self.pod.characters(self.prefix(key), key.number)
    }

    fn prefix(&self, key: Key) -> &'static str {
        self.prefixes
            .get(usize::from(key.object))
            .copied()
            .unwrap_or("000")
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
