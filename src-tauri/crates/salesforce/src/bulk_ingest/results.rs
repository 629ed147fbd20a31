//! Reads a downloaded result file row by row, in constant memory. Cells may hold line breaks, so a line is not a
//! row.

use std::fs::File;
use std::path::Path;

use csv::StringRecord;

use super::row_error::RowError;
use crate::error::Error;

/// Bytes of a file that are read at once.
pub(super) const BUFFER_BYTES: usize = 64 * 1024;

/// Which rows of a finished job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultSet {
    /// Written rows, with id and whether they are new.
    Successful,
    /// Refused rows, with the reason.
    Failed,
    /// Rows never tried, because the job failed or was aborted.
    Unprocessed,
}

impl ResultSet {
    /// All of them; together they hold every row that was sent.
    pub const ALL: [Self; 3] = [Self::Successful, Self::Failed, Self::Unprocessed];

    pub(super) fn path_segment(self) -> &'static str {
        match self {
            Self::Successful => "successfulResults",
            Self::Failed => "failedResults",
            Self::Unprocessed => "unprocessedrecords",
        }
    }

    /// Name of its file in the folder of a job's results.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Successful => "successful.csv",
            Self::Failed => "failed.csv",
            Self::Unprocessed => "unprocessed.csv",
        }
    }
}

/// One row of a result file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultRow {
    /// The record's id; `None` for rows that were never written.
    pub id: Option<String>,
    /// Of a written row: new (true) or updated (false).
    pub created: Option<bool>,
    /// Of a failed row.
    pub error: Option<RowError>,
    /// The cells as they were sent, in the order of `ResultRows::columns`.
    pub cells: Vec<String>,
}

/// The rows of a result file.
#[derive(Debug)]
pub struct ResultRows {
    reader: csv::Reader<File>,
    columns: Vec<String>,
    id: Option<usize>,
    created: Option<usize>,
    error: Option<usize>,
    cells: Vec<usize>,
    record: StringRecord,
}

impl ResultRows {
    /// Opens a downloaded file. An empty file has no columns and no rows.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|source| Error::File {
            path: path.to_owned(),
            action: "read",
            source,
        })?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(true)
            .buffer_capacity(BUFFER_BYTES)
            .from_reader(file);
        let header = reader.headers().map_err(|error| unreadable(&error))?.clone();
        let place = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        let own: Vec<usize> = (0..header.len())
            .filter(|index| !is_result_column(&header[*index]))
            .collect();
        Ok(Self {
            id: place("sf__Id"),
            created: place("sf__Created"),
            error: place("sf__Error"),
            columns: own.iter().map(|index| header[*index].to_owned()).collect(),
            cells: own,
            reader,
            record: StringRecord::new(),
        })
    }

    /// Opens a file whose rows up to a byte ([`ResultRows::byte`]) were read before; at 0 none was.
    pub fn open_at(path: &Path, byte: u64) -> Result<Self, Error> {
        let mut rows = Self::open(path)?;
        if byte > 0 {
            let mut place = csv::Position::new();
            place.set_byte(byte);
            rows.reader.seek(place).map_err(|error| unreadable(&error))?;
        }
        Ok(rows)
    }

    /// The byte of the file where the next row begins.
    #[must_use]
    pub fn byte(&self) -> u64 {
        self.reader.position().byte()
    }

    /// The columns that were sent, as they were written in the upload's header.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Reads the next row, which is lent until the one after it is read; `None` at the end.
    pub fn lend(&mut self) -> Result<Option<LentRow<'_>>, Error> {
        match self.reader.read_record(&mut self.record) {
            Err(error) => Err(unreadable(&error)),
            Ok(false) => Ok(None),
            Ok(true) => Ok(Some(LentRow(self))),
        }
    }
}

/// A row of a result file that was not copied.
#[derive(Debug, Clone, Copy)]
pub struct LentRow<'rows>(&'rows ResultRows);

impl<'rows> LentRow<'rows> {
    /// The record's id; `None` for rows that were never written.
    #[must_use]
    pub fn id(self) -> Option<&'rows str> {
        self.own(self.0.id)
    }

    /// Of a failed row.
    #[must_use]
    pub fn error(self) -> Option<RowError> {
        self.own(self.0.error).map(RowError::parse)
    }

    /// A cell as it was sent, by its place in `ResultRows::columns`; an empty one where there is none.
    #[must_use]
    pub fn cell(self, place: usize) -> &'rows str {
        let index = self.0.cells.get(place);
        index
            .and_then(|index| self.0.record.get(*index))
            .unwrap_or_default()
    }

    fn created(self) -> Option<bool> {
        self.own(self.0.created)
            .map(|text| text.eq_ignore_ascii_case("true"))
    }

    fn own(self, index: Option<usize>) -> Option<&'rows str> {
        index
            .and_then(|index| self.0.record.get(index))
            .filter(|cell| !cell.is_empty())
    }
}

impl Iterator for ResultRows {
    type Item = Result<ResultRow, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.lend().transpose()?;
        Some(row.map(|row| {
            ResultRow {
                id: row.id().map(ToOwned::to_owned),
                created: row.created(),
                error: row.error(),
                cells: (0..row.0.cells.len())
                    .map(|place| row.cell(place).to_owned())
                    .collect(),
            }
        }))
    }
}

fn is_result_column(name: &str) -> bool {
    ["sf__Id", "sf__Created", "sf__Error"]
        .iter()
        .any(|own| name.eq_ignore_ascii_case(own))
}

fn unreadable(error: &csv::Error) -> Error {
    Error::Csv {
        detail: error.to_string(),
    }
}
