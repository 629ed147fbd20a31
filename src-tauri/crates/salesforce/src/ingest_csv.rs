//! Writes the CSV of a Bulk API 2.0 ingest job: UTF-8 without byte order mark, LF, comma, a header line, the last
//! row terminated (Bulk API 2.0 and Bulk API Developer Guide, "Prepare CSV Files"). Line breaks inside cells become
//! LF, because one in another style than the job's can fail the whole job. Cells are not trimmed. An empty cell
//! means "leave as is", and `#N/A` "set to null", so a text that says `#N/A` itself cannot be sent.

use std::io::{self, Write};

/// What a cell asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IngestCell<'a> {
    /// Leave the field as it is; of a new record, its default.
    Untouched,
    /// Set the field to null.
    Null,
    /// Set the field to this text.
    Text(&'a str),
}

/// A text that Bulk API 2.0 would not take as text; the inner error of an `InvalidInput`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "The text #N/A in column {column} cannot be sent by Bulk API, which reads it as \u{201c}set to null\u{201d}. \
     Send this record by REST, or change the text."
)]
pub struct ReservedText {
    /// The column's name.
    pub column: String,
}

const NULL: &str = "#N/A";
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A CSV file being written.
#[derive(Debug)]
pub struct IngestCsv<W: Write> {
    writer: W,
    line: String,
    columns: Vec<String>,
    rows: u64,
    bytes: u64,
}

impl<W: Write> IngestCsv<W> {
    /// Writes the header: field API names, or `Relationship.Field` for lookups.
    pub fn new<T: AsRef<str>>(writer: W, columns: &[T]) -> io::Result<Self> {
        let columns: Vec<String> = columns.iter().map(|name| name.as_ref().to_owned()).collect();
        if columns.iter().any(|name| name.contains(BYTE_ORDER_MARK)) {
            let message = "a column's name holds a byte order mark, which makes it another name";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let mut csv = Self {
            writer,
            line: String::new(),
            columns,
            rows: 0,
            bytes: 0,
        };
        for place in 0..csv.columns.len() {
            push_cell(&mut csv.line, place, &csv.columns[place], csv.columns.len());
        }
        csv.write_line()?;
        Ok(csv)
    }

    /// Writes one row of texts; `None` and an empty text are an empty cell. It must have a cell for each column. The
    /// text `#N/A` is refused with `ReservedText`.
    pub fn row<T: AsRef<str>>(&mut self, cells: &[Option<T>]) -> io::Result<()> {
        self.cells(cells.iter().map(|cell| match cell {
            Some(text) => IngestCell::Text(text.as_ref()),
            None => IngestCell::Untouched,
        }))
    }

    /// Writes one row, which must have a cell for each column.
    pub fn cells<'a>(&mut self, cells: impl ExactSizeIterator<Item = IngestCell<'a>>) -> io::Result<()> {
        let width = self.columns.len();
        if cells.len() != width {
            let message = format!("{} cells for {width} columns", cells.len());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        self.line.clear();
        for (place, cell) in cells.enumerate() {
            let text = match cell {
                IngestCell::Untouched => "",
                IngestCell::Null => NULL,
                IngestCell::Text(text) if text.eq_ignore_ascii_case(NULL) => {
                    let column = self.columns[place].clone();
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidInput,
                        ReservedText { column },
                    ));
                }
                IngestCell::Text(text) => text,
            };
            push_cell(&mut self.line, place, text, width);
        }
        self.write_line()?;
        self.rows += 1;
        Ok(())
    }

    /// Rows so far, without the header.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Bytes so far, with the header.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Flushes and gives the writer back.
    pub fn finish(mut self) -> io::Result<W> {
        self.writer.flush()?;
        Ok(self.writer)
    }

    fn write_line(&mut self) -> io::Result<()> {
        self.line.push('\n');
        self.writer.write_all(self.line.as_bytes())?;
        self.bytes += self.line.len() as u64;
        Ok(())
    }
}

/// An empty only cell is quoted: a blank line would not be read as a row.
fn push_cell(line: &mut String, place: usize, cell: &str, width: usize) {
    if place > 0 {
        line.push(',');
    }
    let only_cell = width == 1;
    let needs_quotes = cell.contains([',', '"', '\n', '\r'])
        || cell.starts_with([' ', '\t', BYTE_ORDER_MARK])
        || cell.ends_with([' ', '\t'])
        || (only_cell && cell.is_empty());
    if !needs_quotes {
        line.push_str(cell);
        return;
    }
    line.push('"');
    let mut characters = cell.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                if characters.peek() == Some(&'\n') {
                    characters.next();
                }
                line.push('\n');
            }
            '"' => line.push_str("\"\""),
            other => line.push(other),
        }
    }
    line.push('"');
}
