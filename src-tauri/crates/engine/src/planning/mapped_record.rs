//! A mapped profile as it is kept and told apart: every value is written once.

use std::borrow::Cow;

use model::{Mapped, RowDigest, RunOwner, TypedValue, row_digest};
use serde::Serialize;

use super::owner::OWNER_FIELD;
use crate::cells::with_own_breaks;
use crate::fault::Fault;

/// The values of a new record.
pub(super) struct MappedRecord {
    /// By target field, as JSON.
    pub cells: String,
    /// Of the values as CSV text in the columns of the upload.
    pub digest: RowDigest,
}

impl MappedRecord {
    /// Of a profile that was mapped, with the run's owner unless the mapping gave it one.
    pub fn of(mapped: &Mapped, owner: Option<&RunOwner>, columns: &[String]) -> Result<Self, Fault> {
        let owner = owner
            .filter(|_| {
                !mapped
                    .cells
                    .iter()
                    .any(|cell| cell.value.member(&cell.target) == OWNER_FIELD)
            })
            .map(|owner| owner.user_id.as_str());
        Ok(Self {
            cells: json(mapped, owner)?,
            digest: digest(mapped, owner, columns),
        })
    }
}

fn json(mapped: &Mapped, owner: Option<&str>) -> Result<String, Fault> {
    let mut json = JsonObject(Vec::with_capacity(1_024));
    for cell in &mapped.cells {
        let name = cell.value.member(&cell.target);
        match &cell.value {
            TypedValue::Text(text) => json.add(name, text)?,
            value => json.add(name, &value.to_json())?,
        }
    }
    if let Some(owner) = owner {
        json.add(OWNER_FIELD, owner)?;
    }
    json.finish()
}

/// JSON that is written member by member.
struct JsonObject(Vec<u8>);

impl JsonObject {
    fn add<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Fault> {
        self.0.push(if self.0.is_empty() { b'{' } else { b',' });
        serde_json::to_writer(&mut self.0, name).map_err(|error| Fault::internal(&error))?;
        self.0.push(b':');
        serde_json::to_writer(&mut self.0, value).map_err(|error| Fault::internal(&error))
    }

    fn finish(mut self) -> Result<String, Fault> {
        if self.0.is_empty() {
            self.0.push(b'{');
        }
        self.0.push(b'}');
        String::from_utf8(self.0).map_err(|error| Fault::internal(&error))
    }
}

/// Values and columns are in the same order, so that the next column's value mostly is the next one.
fn digest(mapped: &Mapped, owner: Option<&str>, columns: &[String]) -> RowDigest {
    let mut next = 0;
    let texts: Vec<Cow<'_, str>> = columns
        .iter()
        .map(|column| {
            let (before, from_here) = mapped.cells.split_at(next);
            let places = (next..).zip(from_here).chain((0..).zip(before));
            let mut found = places.filter(|(_, cell)| cell.value.is_of_column(&cell.target, column));
            if let Some((place, cell)) = found.next() {
                next = place + 1;
                return with_own_breaks(cell.value.csv_text());
            }
            let owner = owner.filter(|_| column == OWNER_FIELD);
            owner.unwrap_or_default().into()
        })
        .collect();
    row_digest(&texts)
}

#[cfg(test)]
mod tests {
    use model::{Cell, TypedValue};

    use super::*;
    use crate::cells;

    #[test]
    fn what_is_kept_gives_the_same_digest() {
        let cell = |target: &str, value| Cell {
            target: target.into(),
            value,
        };
        let text = |text: &str| TypedValue::Text(text.to_owned());
        let mapped = Mapped {
            cells: vec![
                cell("LastName", text("O\"Neill\r\nJunior")),
                cell(
                    "AnnualRevenue",
                    TypedValue::Number("12000000.50".parse().unwrap()),
                ),
                cell("NumberOfEmployees", TypedValue::Number("42".parse().unwrap())),
                cell("HasOptedOutOfEmail", TypedValue::Boolean(true)),
                cell("Title", text("Käufer")),
            ],
            faults: Vec::new(),
            marks: Vec::new(),
            used: Vec::new(),
        };
        let owner = RunOwner {
            user_id: "005000000000001AAA".to_owned(),
            name: "Ada".to_owned(),
        };
        let columns: Vec<String> = [
            "Title",
            "LastName",
            "Missing",
            "AnnualRevenue",
            "NumberOfEmployees",
            "HasOptedOutOfEmail",
            "OwnerId",
        ]
        .map(str::to_owned)
        .to_vec();
        let record = MappedRecord::of(&mapped, Some(&owner), &columns).unwrap();
        let kept = serde_json::from_str(&record.cells).unwrap();
        assert_eq!(cells::digest(&columns, &kept), record.digest);
        let mut expected = mapped.to_json();
        expected.insert("OwnerId".to_owned(), owner.user_id.into());
        assert_eq!(kept, expected);
        let stored = cells::StoredCells::read(&record.cells).unwrap();
        let texts: Vec<_> = columns
            .iter()
            .map(|column| stored.upload_text(column).unwrap_or_default())
            .collect();
        assert_eq!(row_digest(&texts), record.digest);
    }
}
