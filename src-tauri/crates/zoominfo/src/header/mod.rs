//! ZoomInfo's headers: which column is which field, whether a list holds contacts or companies, and how old it is.
//!
//! Columns come in any order and case; blanks, underscores and other signs in their names do not matter. Where two
//! columns name the same field, the first has it and the others are kept as extras. A column that is not ZoomInfo's is
//! an extra too, under its own name; a repeated name gets a number.

mod aliases;
mod generation;

use std::collections::HashSet;

use model::ProfileKind;
use model::text::{excerpt, trimmed};

use crate::ImportError;
pub use generation::Generation;

/// Columns that a list may have.
pub const MOST_COLUMNS: usize = 1_000;

/// A header that was understood.
#[derive(Debug, Clone)]
pub struct Header {
    /// Contacts or companies.
    pub kind: ProfileKind,
    /// The columns in the file's order.
    pub columns: Vec<Column>,
    /// How old the header is.
    pub generation: Generation,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, unique within the list.
    pub name: String,
    /// Id of the ZoomInfo field; `None` for an extra.
    pub field: Option<&'static str>,
}

impl Header {
    /// Understands a header's cells.
    pub fn read(cells: &[&str]) -> Result<Self, ImportError> {
        if cells.len() > MOST_COLUMNS {
            return Err(ImportError::TooWide { columns: cells.len() });
        }
        let fields: HashSet<&str> = cells
            .iter()
            .filter_map(|cell| aliases::field(cell, ProfileKind::Contact))
            .collect();
        let has = |field: &str| fields.contains(field);
        let kind = if ["zoominfo_contact_id", "last_name", "first_name"]
            .into_iter()
            .any(has)
        {
            ProfileKind::Contact
        } else if ["zoominfo_company_id", "company_name"].into_iter().any(has) {
            ProfileKind::Company
        } else {
            return Err(not_zoominfo(cells));
        };
        let (field, column) = match kind {
            ProfileKind::Contact => ("last_name", "Last Name"),
            ProfileKind::Company => ("company_name", "Company Name"),
        };
        if !has(field) {
            return Err(ImportError::MissingColumn {
                kind: kind.plural(),
                column,
            });
        }
        let columns = columns(cells, kind);
        let generation = Generation::of(kind, cells, &columns);
        Ok(Self {
            kind,
            columns,
            generation,
        })
    }

    /// How many of these cells are names of ZoomInfo's columns.
    pub fn known_columns(cells: &[&str]) -> usize {
        cells
            .iter()
            .filter(|cell| aliases::field(cell, ProfileKind::Contact).is_some())
            .count()
    }

    /// Name of the column that holds a field, as the file spells it.
    pub fn column_of(&self, field: &str) -> Option<&str> {
        self.columns
            .iter()
            .find(|column| column.field == Some(field))
            .map(|column| column.name.as_str())
    }
}

fn columns(cells: &[&str], kind: ProfileKind) -> Vec<Column> {
    let mut taken_fields = HashSet::new();
    let mut taken_names = HashSet::new();
    let mut columns = Vec::with_capacity(cells.len());
    for (index, cell) in cells.iter().enumerate() {
        let field = aliases::field(cell, kind).filter(|field| taken_fields.insert(*field));
        let visible = trimmed(cell);
        let base = if visible.is_empty() {
            format!("Column {}", index + 1)
        } else {
            visible.to_owned()
        };
        let mut name = base.clone();
        let mut number = 2;
        while !taken_names.insert(name.clone()) {
            name = format!("{base} {number}");
            number += 1;
        }
        columns.push(Column { name, field });
    }
    columns
}

/// A first row without known columns: data where the header should be, or somebody else's header.
fn not_zoominfo(cells: &[&str]) -> ImportError {
    let is_data = |cell: &&str| {
        let digits = cell.chars().filter(char::is_ascii_digit).count();
        cell.contains('@') || cell.contains("://") || (digits > 0 && digits * 2 >= cell.chars().count())
    };
    let visible = || {
        cells
            .iter()
            .map(|cell| trimmed(cell))
            .filter(|cell| !cell.is_empty())
    };
    if visible().any(|cell| is_data(&cell)) {
        return ImportError::NoHeader {
            first_cell: excerpt(visible().next().unwrap_or_default(), 40),
        };
    }
    let mut columns: Vec<String> = visible()
        .take(4)
        .map(|cell| format!("“{}”", excerpt(cell, 40)))
        .collect();
    if visible().count() > columns.len() {
        columns.push("others".to_owned());
    }
    ImportError::NotZoomInfo {
        columns: columns.join(", "),
    }
}

#[cfg(test)]
mod tests;
