//! The ledger as an Excel workbook. Every cell is a string, so none is a formula; one that begins like a formula is marked
//! as text, so that it stays a text when somebody edits it.

use std::fs::File;
use std::io::{BufWriter, Write as _};

use rust_xlsxwriter::{Format, Workbook};

use super::cells::begins_like_a_formula;
use super::{Ledger, not_written};
use crate::fault::Fault;

/// Longest text of a cell in Excel, in UTF-16 units (Microsoft's "Excel specifications and limits").
const LONGEST_CELL_UNITS: usize = 32_767;
const SHOWN_WIDTH_CHARACTERS: f64 = 18.0;

/// Writes every line; returns how many there are. Rows leave memory as they are written.
pub(super) fn write(ledger: &Ledger<'_>, mut file: BufWriter<File>) -> Result<u32, Fault> {
    let mut workbook = Workbook::new();
    let sheet = workbook
        .add_worksheet_with_constant_memory()
        .map_err(|error| not_written(&error))?;
    sheet.set_name("Ledger").map_err(|error| not_written(&error))?;
    sheet
        .set_freeze_panes(1, 0)
        .map_err(|error| not_written(&error))?;
    let header = ledger.header();
    let bold = Format::new().set_bold();
    let text = Format::new().set_quote_prefix();
    let columns = u16::try_from(header.len()).unwrap_or(u16::MAX);
    for column in 0..columns {
        sheet
            .set_column_width(column, SHOWN_WIDTH_CHARACTERS)
            .map_err(|error| not_written(&error))?;
    }
    for (column, name) in (0_u16..).zip(&header) {
        sheet
            .write_string_with_format(0, column, name, &bold)
            .map_err(|error| not_written(&error))?;
    }
    let mut row_number = 0;
    let rows = ledger.for_each_row(|row| {
        row_number += 1;
        for (column, cell) in (0_u16..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            if begins_like_a_formula(cell) {
                sheet.write_string_with_format(row_number, column, fitting(cell), &text)
            } else {
                sheet.write_string(row_number, column, fitting(cell))
            }
            .map_err(|error| not_written(&error))?;
        }
        Ok(())
    })?;
    workbook
        .save_to_writer(&mut file)
        .map_err(|error| not_written(&error))?;
    file.flush().map_err(|error| not_written(&error))?;
    Ok(rows)
}

/// A text cut to what a cell holds, at a character's border.
fn fitting(cell: &str) -> &str {
    let mut units = 0;
    for (place, character) in cell.char_indices() {
        units += character.len_utf16();
        if units > LONGEST_CELL_UNITS {
            return &cell[..place];
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::fitting;

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(fitting("short"), "short");
        assert_eq!(fitting(&"a".repeat(40_000)).len(), 32_767);
        assert_eq!(fitting(&"😀".repeat(20_000)).chars().count(), 16_383);
    }
}
