//! The rows of a test: those of the editor, and behind them the locked ones of the native app.

use model::mapping::{Cell, Mapped, MappingRow, UsedRow, locked_rows};
use model::{Mapping, TargetDescribe};

use crate::contract::mapping::test::{FieldVerdict, TestedField};

/// Finds of a row what a test tells. Rows count from 1; those beyond the editor's own are locked.
pub(super) struct TestedRows<'a> {
    own: &'a [MappingRow],
    locked: Vec<MappingRow>,
    described: &'a TargetDescribe,
}

impl<'a> TestedRows<'a> {
    /// The rows that an export of this mapping writes.
    pub(super) fn new(mapping: &'a Mapping, described: &'a TargetDescribe) -> Self {
        Self {
            own: &mapping.rows,
            locked: locked_rows(mapping.object, described),
            described,
        }
    }

    /// Whether a row stands in the editor to be changed.
    pub(super) fn is_own(&self, row: u32) -> bool {
        row as usize <= self.own.len()
    }

    /// A row by its number.
    pub(super) fn row(&self, row: u32) -> Option<&MappingRow> {
        let place = (row as usize).checked_sub(1)?;
        self.own
            .get(place)
            .or_else(|| self.locked.get(place.checked_sub(self.own.len())?))
    }

    /// The row that gave a field's value, else all rows of the field.
    pub(super) fn rows_of(&self, target: &str, mapped: &Mapped) -> Vec<u32> {
        if let Some(used) = mapped.used.iter().find(|used| *used.target == *target) {
            return vec![used.row];
        }
        (1_u32..)
            .zip(self.own.iter().chain(&self.locked))
            .filter(|(_, row)| row.target.trim().eq_ignore_ascii_case(target))
            .map(|(number, _)| number)
            .collect()
    }

    /// API name of a row's field, as the org spells it.
    pub(super) fn target(&self, row: u32) -> String {
        let name = self.row(row).map(|row| row.target.trim()).unwrap_or_default();
        self.described
            .field(name)
            .map_or_else(|| name.to_owned(), |field| field.name.clone())
    }

    /// What became of the field of a row, before anything was read back.
    pub(super) fn field(&self, row: u32, verdict: FieldVerdict, sentence: String) -> TestedField {
        let of_row = self.row(row);
        let target = self.target(row);
        TestedField {
            row: self.is_own(row).then_some(row),
            target_label: self.label(&target),
            target,
            source: of_row.map(|row| row.source.label()).unwrap_or_default(),
            sent: String::new(),
            read_back: String::new(),
            verdict,
            sentence,
        }
    }

    /// Label of a field by its API name.
    pub(super) fn label(&self, target: &str) -> String {
        self.described
            .field(target)
            .map(|field| field.label.clone())
            .filter(|label| !label.is_empty())
            .unwrap_or_else(|| target.to_owned())
    }
}

/// The value that a row gave.
pub(super) fn cell<'m>(mapped: &'m Mapped, used: &UsedRow) -> Option<&'m Cell> {
    mapped.cells.iter().find(|cell| cell.target == used.target)
}
