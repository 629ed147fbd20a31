//! Writes the CSV of a Bulk API 2.0 ingest job: UTF-8 without byte order mark, LF, comma, a header line, the last
//! row terminated (Bulk API 2.0 and Bulk API Developer Guide, "Prepare CSV Files"). Line breaks inside cells become
//! LF, because one in another style than the job's can fail the whole job. Cells are not trimmed. An empty cell
//! means "leave as is"; whether a cell should say `#N/A` (set to null) is the caller's decision.

use std::io::{self, Write};

/// A CSV file being written.
#[derive(Debug)]
pub struct IngestCsv<W: Write> {
    writer: W,
    line: String,
    columns: usize,
    rows: u64,
    bytes: u64,
}

impl<W: Write> IngestCsv<W> {
    /// Writes the header: field API names, or `Relationship.Field` for lookups.
    pub fn new<T: AsRef<str>>(writer: W, columns: &[T]) -> io::Result<Self> {
        let mut csv = Self {
            writer,
            line: String::new(),
            columns: columns.len(),
            rows: 0,
            bytes: 0,
        };
        csv.write_line(columns.iter().map(|name| Some(name.as_ref())))?;
        Ok(csv)
    }

    /// Writes one row; `None` and an empty text are an empty cell. It must have a cell for each column.
    pub fn row<T: AsRef<str>>(&mut self, cells: &[Option<T>]) -> io::Result<()> {
        if cells.len() != self.columns {
            let message = format!("{} cells for {} columns", cells.len(), self.columns);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        self.write_line(cells.iter().map(|cell| cell.as_ref().map(AsRef::as_ref)))?;
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

    fn write_line<'a>(&mut self, cells: impl Iterator<Item = Option<&'a str>>) -> io::Result<()> {
        self.line.clear();
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                self.line.push(',');
            }
            push_cell(&mut self.line, cell.unwrap_or_default(), self.columns == 1);
        }
        self.line.push('\n');
        self.writer.write_all(self.line.as_bytes())?;
        self.bytes += self.line.len() as u64;
        Ok(())
    }
}

/// An empty only cell is quoted: a blank line would not be read as a row.
fn push_cell(line: &mut String, cell: &str, only_cell: bool) {
    let needs_quotes = cell.contains([',', '"', '\n', '\r'])
        || cell.starts_with([' ', '\t', '\u{feff}'])
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
