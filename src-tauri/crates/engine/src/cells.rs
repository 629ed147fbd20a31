//! A record's values as they are uploaded, and the digest that finds its line again in the results.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use model::{RowDigest, cell_of_column, cell_of_path, csv_text, row_digest};
use salesforce::Record;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A value as it stands in the uploaded file.
pub(crate) fn upload_text(value: &Value) -> String {
    with_own_breaks(csv_text(value).into()).into_owned()
}

/// Every line break is the job's own (LF), because a file may not mix them (Bulk API 2.0 Developer Guide, "Prepare CSV
/// Files").
pub(crate) fn with_own_breaks(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        text
    }
}

/// A record as it is kept.
pub(crate) fn json(record: Record) -> String {
    Value::Object(record).to_string()
}

/// The digest of a record with these columns.
pub(crate) fn digest(columns: &[String], record: &Record) -> RowDigest {
    let texts: Vec<String> = columns
        .iter()
        .map(|column| {
            cell_of_column(record, column)
                .map(upload_text)
                .unwrap_or_default()
        })
        .collect();
    row_digest(&texts)
}

/// The values of a record, read out of its stored JSON without being copied: the fast way through a whole run.
#[derive(Debug, Default)]
pub(crate) struct StoredCells<'a> {
    cells: Vec<(Cow<'a, str>, StoredCell<'a>)>,
    /// The place behind the one that was asked for last: columns are mostly asked for in the order of the values.
    next: Cell<usize>,
}

/// A value of a stored record.
#[derive(Debug)]
pub(crate) enum StoredCell<'a> {
    /// A text, or a whole number as text.
    Text(Cow<'a, str>),
    /// Whatever else.
    Other(Value),
}

impl<'a> StoredCells<'a> {
    /// Reads the JSON of a record.
    pub fn read(document: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(document)
    }

    /// The text that a column has in an upload; `None` where the record has nothing for it.
    pub fn upload_text(&self, column: &str) -> Option<Cow<'_, str>> {
        match self.member(column) {
            Some(StoredCell::Text(text)) => Some(with_own_breaks(Cow::Borrowed(text.as_ref()))),
            Some(StoredCell::Other(value)) => Some(upload_text(value).into()),
            None => {
                let cell = cell_of_path(column, |relationship| match self.member(relationship)? {
                    StoredCell::Text(_) => None,
                    StoredCell::Other(value) => Some(value),
                });
                cell.map(|value| upload_text(value).into())
            }
        }
    }

    /// Whether a member is null.
    pub fn is_null(&self, member: &str) -> bool {
        matches!(self.member(member), Some(StoredCell::Other(Value::Null)))
    }

    /// The members in their order.
    pub fn members(&self) -> impl Iterator<Item = (&str, &StoredCell<'a>)> {
        self.cells.iter().map(|(name, cell)| (name.as_ref(), cell))
    }

    fn member(&self, name: &str) -> Option<&StoredCell<'a>> {
        let next = self.next.get();
        let (before, from_here) = self.cells.split_at(next);
        let mut places = (next..).zip(from_here).chain((0..).zip(before));
        let (place, (_, cell)) = places.find(|(_, (own, _))| own == name)?;
        self.next.set(place + 1);
        Some(cell)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for StoredCells<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(CellsVisitor)
    }
}

struct CellsVisitor;

impl<'de> Visitor<'de> for CellsVisitor {
    type Value = StoredCells<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the values of a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut cells = Vec::with_capacity(24);
        while let Some((Name(name), cell)) = map.next_entry::<Name<'de>, StoredCell<'de>>()? {
            cells.push((name, cell));
        }
        Ok(StoredCells {
            cells,
            next: Cell::default(),
        })
    }
}

/// Within a map, serde borrows only what asks for it by name.
#[derive(Deserialize)]
#[serde(transparent)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for StoredCell<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = StoredCell<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value of a record")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(StoredCell::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(StoredCell::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(StoredCell::Text(Cow::Owned(number.to_string())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(StoredCell::Text(Cow::Owned(number.to_string())))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(StoredCell::Other(number.into()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(StoredCell::Other(value.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(StoredCell::Other(Value::Null))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Ok(StoredCell::Other(Value::deserialize(
            MapAccessDeserializer::new(map),
        )?))
    }
}
