//! A list file as an iterator over its rows.

use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::ProfileKind;
use model::text::is_blank;

use crate::ImportError;
use crate::csv_file::{Decoded, Delimiter, Encoding, Record, RecordReader, Source, TextFile, open_file};
use crate::header::{Generation, Header};
use crate::rows::{Cells, ListRow, Refusal, RefusalRule, read_row};

/// Blank rows that may stand above the header.
const MOST_BLANK_ROWS: usize = 100;

/// Reads a list row by row, holding no more than one.
///
/// The iterator gives every row as a profile or as a refusal; an error ends it. Empty lines are not rows.
pub struct ListReader {
    records: RecordReader<Decoded>,
    header: Header,
    description: ListDescription,
    /// The first row, which was read to know that there is one.
    first: Option<ListRow>,
    read_bytes: Arc<AtomicU64>,
    total_bytes: u64,
    ended: bool,
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListDescription {
    /// Contacts or companies.
    pub kind: ProfileKind,
    /// Which of ZoomInfo's headers it has.
    pub generation: Generation,
    /// Its encoding.
    pub encoding: Encoding,
    /// What stands between its cells.
    pub delimiter: Delimiter,
    /// Names of its columns, in the file's order, each once.
    pub columns: Vec<String>,
    /// The ZoomInfo field of each column; `None` for those that are not ZoomInfo's.
    pub fields: Vec<Option<&'static str>>,
    /// Names of those that are not ZoomInfo's.
    pub extra_columns: Vec<String>,
}

impl ListReader {
    /// Opens a list file.
    pub fn open(path: &Path) -> Result<Self, ImportError> {
        let (source, total_bytes) = open_file(path).map_err(ImportError::Unreadable)?;
        Self::of_source(source, total_bytes)
    }

    /// Reads a list that is in memory, such as a built-in sample.
    pub fn of_bytes(bytes: &'static [u8]) -> Result<Self, ImportError> {
        Self::of_source(Box::new(Cursor::new(bytes)), bytes.len() as u64)
    }

    fn of_source(source: Box<dyn Source>, total_bytes: u64) -> Result<Self, ImportError> {
        let TextFile {
            mut records,
            encoding,
            read_bytes,
        } = TextFile::of_source(source)?;
        let (header, delimiter) = read_header(&mut records)?;
        let description = ListDescription {
            kind: header.kind,
            generation: header.generation,
            encoding,
            delimiter,
            columns: header.columns.iter().map(|column| column.name.clone()).collect(),
            fields: header.columns.iter().map(|column| column.field).collect(),
            extra_columns: header
                .columns
                .iter()
                .filter(|column| column.field.is_none())
                .map(|column| column.name.clone())
                .collect(),
        };
        let mut reader = Self {
            records,
            header,
            description,
            first: None,
            read_bytes,
            total_bytes,
            ended: false,
        };
        reader.first = reader.read_row()?;
        if reader.first.is_none() {
            Err(ImportError::NoData)
        } else {
            Ok(reader)
        }
    }

    /// What the file turned out to be.
    #[must_use]
    pub fn description(&self) -> &ListDescription {
        &self.description
    }

    /// Bytes read so far, of [`ListReader::total_bytes`]. Runs ahead of the rows by what is buffered.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.read_bytes.load(Ordering::Relaxed)
    }

    /// Bytes of the whole file.
    #[must_use]
    pub fn total_bytes(&self) -> u64 {
        self.total_bytes
    }

    fn read_row(&mut self) -> Result<Option<ListRow>, ImportError> {
        while let Some(record) = self.records.next_record()? {
            let (line, last_line) = match record {
                Record::Broken(broken) => return Ok(Some(ListRow::Refused(Refusal::broken(broken)))),
                Record::Cells { line, last_line } => (line, last_line),
            };
            let is_empty_line =
                self.records.cell_count() == 1 && self.records.cell(0).is_none_or(<[u8]>::is_empty);
            if is_empty_line {
                continue;
            }
            let Some(texts) = self.records.texts() else {
                return Ok(Some(self.not_text(line, last_line)));
            };
            return Ok(Some(read_row(
                &self.header,
                &Cells {
                    line,
                    last_line,
                    texts: &texts,
                },
            )));
        }
        Ok(None)
    }

    fn not_text(&self, line: u64, last_line: u64) -> ListRow {
        let is_text = |index: &usize| {
            self.records
                .cell(*index)
                .is_some_and(|cell| std::str::from_utf8(cell).is_ok())
        };
        let index = (0..self.records.cell_count()).find(|index| !is_text(index));
        let value = index
            .and_then(|index| self.records.cell(index))
            .map(String::from_utf8_lossy);
        ListRow::Refused(Refusal {
            line,
            last_line,
            column: index
                .and_then(|index| self.header.columns.get(index))
                .map(|column| column.name.clone()),
            value: model::text::excerpt(&value.unwrap_or_default(), 40),
            rule: RefusalRule::NotText,
            why: "It has bytes that are not UTF-8, as the rest of the file is.".to_owned(),
            fix: "Type the character again, and save the file as UTF-8.".to_owned(),
        })
    }
}

impl Iterator for ListReader {
    type Item = Result<ListRow, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(first) = self.first.take() {
            return Some(Ok(first));
        }
        if self.ended {
            return None;
        }
        let row = self.read_row().transpose();
        self.ended = !matches!(row, Some(Ok(_)));
        row
    }
}

/// Finds the header and the delimiter with which most of its columns are known.
fn read_header<R: Read>(records: &mut RecordReader<R>) -> Result<(Header, Delimiter), ImportError> {
    for _ in 0..=MOST_BLANK_ROWS {
        let delimiter = best_delimiter(records)?;
        records.set_delimiter(delimiter);
        match records.next_record()? {
            None => return Err(ImportError::Empty),
            Some(Record::Broken(_)) => return Err(ImportError::HeaderTooLong),
            Some(Record::Cells { .. }) => {}
        }
        let lossy: Vec<String> = (0..records.cell_count())
            .filter_map(|index| records.cell(index))
            .map(|cell| String::from_utf8_lossy(cell).into_owned())
            .collect();
        let cells: Vec<&str> = lossy.iter().map(String::as_str).collect();
        if cells.iter().any(|cell| !is_blank(cell)) {
            return Ok((Header::read(&cells)?, delimiter));
        }
    }
    Err(ImportError::Empty)
}

/// The delimiter with which most columns are known, then the one with most cells. A row that does not end with commas
/// stays with them unless another delimiter makes sense of it.
fn best_delimiter<R: Read>(records: &mut RecordReader<R>) -> io::Result<Delimiter> {
    let mut best = (Delimiter::Comma, (0, usize::MAX));
    for delimiter in Delimiter::ALL {
        if !records.peek(delimiter)? {
            continue;
        }
        let Some(texts) = records.texts() else { continue };
        let score = (Header::known_columns(&texts), texts.len());
        if delimiter == Delimiter::Comma || score > best.1 {
            best = (delimiter, score);
        }
    }
    Ok(best.0)
}
