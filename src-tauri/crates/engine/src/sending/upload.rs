//! The file of a Bulk job, written a line at a time. Beside it lies the order of its rows, so that results which come back in
//! that order find their lines without a search.

use std::collections::{BTreeSet, VecDeque};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read as _, Write as _};

use model::{JobOperation, TargetObject, cell_of_column, row_digest};
use salesforce::{IngestCell, IngestCsv, LARGEST_UPLOAD_BYTES, ReservedText};
use serde_json::{Map, Value};
use store::{JobRow, Read, RunRow, UploadLine, Write};
use tempfile::NamedTempFile;

use super::Pass;
use crate::cells::{self, upload_text};
use crate::fault::{Code, Fault};

/// Column of the record in uploads that change or delete.
pub(super) const ID_COLUMN: &str = "Id";
/// Column of a contact's account.
pub(super) const ACCOUNT_COLUMN: &str = "AccountId";
/// Room that is left in an upload for the row that is written last.
const LAST_ROW_BYTES: u64 = 1_000_000;

/// A file that is ready to be uploaded.
pub(super) struct Upload {
    pub file: NamedTempFile,
    /// Line number and key of each row, in the order of the rows.
    order: NamedTempFile,
    pub records: u32,
    /// Lines that Bulk API cannot take, because a text says `#N/A`.
    pub reserved: Vec<u32>,
    /// Lines that did not fit.
    pub next: Vec<u32>,
}

/// What tells a row from others: its values, or its record.
pub(super) type RowKey = [u8; 32];

/// Chooses the columns of a job's upload. Where they are not those that the plan knew, the lines' digests follow them.
pub(super) fn choose_columns(
    write: &Write<'_>,
    run: &RunRow,
    object: TargetObject,
    job: &JobRow,
) -> Result<Vec<String>, Fault> {
    let columns = match job.operation() {
        JobOperation::Delete => vec![ID_COLUMN.to_owned()],
        JobOperation::Insert if object == run.object => {
            if write.companies(run.run_id, false, false, 0, 1)?.is_empty() {
                run.columns.clone()
            } else {
                with_account(&run.columns)
            }
        }
        // Accounts that a run of contacts makes are mapped by another mapping.
        JobOperation::Insert => used_columns(write, job)?.into_iter().collect(),
        JobOperation::Update => std::iter::once(ID_COLUMN.to_owned())
            .chain(used_columns(write, job)?)
            .collect(),
    };
    if job.operation() == JobOperation::Insert && columns != run.columns {
        let mut digests = Vec::new();
        write.for_each_awaiting::<Fault>(job, false, |line| {
            digests.push((line.line, cells::digest(&columns, &line.cells)));
            Ok(())
        })?;
        for (line, digest) in digests {
            write.set_digest(run.run_id, line, &digest)?;
        }
    }
    Ok(columns)
}

/// Columns that some line of a job has a value for.
fn used_columns(read: &Read<'_>, job: &JobRow) -> Result<BTreeSet<String>, Fault> {
    let mut columns = BTreeSet::new();
    read.for_each_awaiting::<Fault>(job, false, |line| {
        for (member, value) in &line.cells {
            let column = column_of(member, value);
            if !columns.contains(&column) {
                columns.insert(column);
            }
        }
        Ok(())
    })?;
    Ok(columns)
}

/// The column of a value. A lookup by another field is `Relationship.Field`; where it may be of several objects, theirs comes
/// first (Bulk API 2.0 Developer Guide, "Relationship Fields in a Header Row").
fn column_of(member: &str, value: &Value) -> String {
    let Value::Object(parent) = value else {
        return member.to_owned();
    };
    let object = parent
        .get("attributes")
        .and_then(|attributes| attributes.get("type")?.as_str());
    let field = parent.keys().find(|name| *name != "attributes");
    match (object, field) {
        (Some(object), Some(field)) => format!("{object}:{member}.{field}"),
        (None, Some(field)) => format!("{member}.{field}"),
        (_, None) => member.to_owned(),
    }
}

/// Of new contacts that get the accounts of their companies, which the plan's own columns may not have.
pub(super) fn with_account(columns: &[String]) -> Vec<String> {
    let mut columns = columns.to_vec();
    if !columns.iter().any(|name| name == ACCOUNT_COLUMN) {
        columns.push(ACCOUNT_COLUMN.to_owned());
    }
    columns
}

/// Writes the lines of a job as CSV.
pub(super) async fn write(pass: &Pass<'_>, job: &JobRow) -> Result<Upload, Fault> {
    let folder = pass.engine.store().folder().to_path_buf();
    let job = job.clone();
    pass.engine
        .read(move |read| {
            let columns = job.columns.clone().unwrap_or_default();
            let mut writer = Writer::new(&folder, &columns)?;
            let by_parent = job.object == TargetObject::Contact.api_name();
            read.for_each_awaiting(&job, by_parent, |line| writer.add(&job, &line))?;
            writer.finish()
        })
        .await
}

/// An upload that is being written.
pub(super) struct Writer {
    file: NamedTempFile,
    order: NamedTempFile,
    csv: IngestCsv<BufWriter<File>>,
    numbers: BufWriter<File>,
    columns: Vec<String>,
    records: u32,
    reserved: Vec<u32>,
    next: Vec<u32>,
}

impl Writer {
    pub fn new(folder: &std::path::Path, columns: &[String]) -> Result<Self, Fault> {
        let failed = |error: std::io::Error| not_written(&error);
        let file = NamedTempFile::new_in(folder).map_err(failed)?;
        let order = NamedTempFile::new_in(folder).map_err(failed)?;
        let csv = IngestCsv::new(BufWriter::new(file.reopen().map_err(failed)?), columns).map_err(failed)?;
        let numbers = BufWriter::new(order.reopen().map_err(failed)?);
        Ok(Self {
            file,
            order,
            csv,
            numbers,
            columns: columns.to_vec(),
            records: 0,
            reserved: Vec::new(),
            next: Vec::new(),
        })
    }

    fn add(&mut self, job: &JobRow, line: &UploadLine) -> Result<(), Fault> {
        let texts: Vec<Option<String>> = self
            .columns
            .iter()
            .map(|column| text_of(job, line, column))
            .collect();
        let key = match job.operation() {
            JobOperation::Insert => row_digest(
                &texts
                    .iter()
                    .map(|text| text.as_deref().unwrap_or_default())
                    .collect::<Vec<_>>(),
            ),
            _ => row_digest(&[line.salesforce_id.as_deref().unwrap_or_default()]),
        };
        let is_update = job.operation() == JobOperation::Update;
        let cells = texts.iter().zip(&self.columns).map(|(text, column)| match text {
            Some(text) if !text.is_empty() => IngestCell::Text(text),
            _ if is_update && is_cleared(&line.cells, column) => IngestCell::Null,
            _ => IngestCell::Untouched,
        });
        let cells: Vec<IngestCell<'_>> = cells.collect();
        self.row(line.line, &key, &cells)
    }

    /// Writes one row.
    pub fn row(&mut self, line: u32, key: &RowKey, cells: &[IngestCell<'_>]) -> Result<(), Fault> {
        if self.csv.bytes() > LARGEST_UPLOAD_BYTES - LAST_ROW_BYTES {
            self.next.push(line);
            return Ok(());
        }
        match self.csv.cells(cells.iter().copied()) {
            Ok(()) => {}
            Err(error) if is_reserved_text(&error) => {
                self.reserved.push(line);
                return Ok(());
            }
            Err(error) => return Err(not_written(&error)),
        }
        self.records += 1;
        let written = self
            .numbers
            .write_all(&line.to_le_bytes())
            .and_then(|()| self.numbers.write_all(key));
        written.map_err(|error| not_written(&error))
    }

    pub fn finish(self) -> Result<Upload, Fault> {
        let failed = |error: std::io::Error| not_written(&error);
        let mut numbers = self.numbers;
        numbers.flush().map_err(failed)?;
        self.csv.finish().map_err(failed)?;
        Ok(Upload {
            file: self.file,
            order: self.order,
            records: self.records,
            reserved: self.reserved,
            next: self.next,
        })
    }
}

fn is_reserved_text(error: &std::io::Error) -> bool {
    let cause = error.get_ref();
    cause.is_some_and(|cause| cause.downcast_ref::<ReservedText>().is_some())
}

fn text_of(job: &JobRow, line: &UploadLine, column: &str) -> Option<String> {
    if column == ID_COLUMN && job.operation() != JobOperation::Insert {
        return line.salesforce_id.clone();
    }
    cell_of_column(&line.cells, column).map(upload_text)
}

/// Whether an update clears a column: its value, or the lookup that it is part of, is null.
fn is_cleared(cells: &Map<String, Value>, column: &str) -> bool {
    let path = column.split_once(':').map_or(column, |(_, path)| path);
    let member = path.split_once('.').map_or(path, |(member, _)| member);
    cells.get(member).is_some_and(Value::is_null)
}

/// The lines of an upload in the order of its rows, looked at from where the last one was found.
pub(super) struct Order {
    rows: BufReader<File>,
    ahead: VecDeque<(u32, RowKey)>,
}

impl Order {
    /// How far ahead a row is looked for before the database is asked.
    const LOOK_AHEAD: usize = 256;

    /// From the first row.
    pub fn of(upload: &Upload) -> Result<Self, Fault> {
        let file = upload.order.reopen().map_err(|error| not_written(&error))?;
        Ok(Self {
            rows: BufReader::new(file),
            ahead: VecDeque::new(),
        })
    }

    /// The line of the next row with this key, when it is not far ahead.
    pub fn find(&mut self, key: &RowKey) -> Result<Option<u32>, Fault> {
        let mut place = 0;
        while place < Self::LOOK_AHEAD {
            if place == self.ahead.len() {
                let Some(row) = self.read()? else { break };
                self.ahead.push_back(row);
            }
            if self.ahead[place].1 == *key {
                let line = self.ahead[place].0;
                self.ahead.drain(..=place);
                return Ok(Some(line));
            }
            place += 1;
        }
        Ok(None)
    }

    fn read(&mut self) -> Result<Option<(u32, RowKey)>, Fault> {
        let mut row = [0; 36];
        match self.rows.read_exact(&mut row) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(not_written(&error)),
        }
        let (mut line, mut key) = ([0; 4], [0; 32]);
        line.copy_from_slice(&row[..4]);
        key.copy_from_slice(&row[4..]);
        Ok(Some((u32::from_le_bytes(line), key)))
    }
}

fn not_written(error: &std::io::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        "The upload could not be kept in the workspace folder. Make room on the disk and resume.",
    )
    .with_detail(error.to_string())
}
