//! The file of a Bulk job, written a line at a time, with the keys by which its results find their lines.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufWriter;
use std::sync::Arc;

use model::{JobOperation, TargetObject, row_digest};
use salesforce::{IngestCell, IngestCsv, LARGEST_UPLOAD_BYTES, ReservedText};
use serde_json::Value;
use store::{JobRow, Read, RunRow, UploadLine, Write};
use tempfile::NamedTempFile;

use super::row_keys::{RowKey, RowKeys};
use super::{Pass, job_files};
use crate::cells::{StoredCell, StoredCells};
use crate::fault::{Code, Fault};

/// Column of the record in uploads that change or delete.
pub(super) const ID_COLUMN: &str = "Id";
/// Column of a contact's account.
pub(super) const ACCOUNT_COLUMN: &str = "AccountId";
/// Room that is left in an upload for the row that is written last.
const LAST_ROW_BYTES: u64 = 1_000_000;
/// Bytes of the file that are written at once.
const BUFFER_BYTES: usize = 64 * 1024;

/// A file that is ready to be uploaded.
pub(super) struct Upload {
    pub file: NamedTempFile,
    /// Which line each row is of.
    pub keys: Arc<RowKeys>,
    pub records: u32,
    /// Lines that Bulk API cannot take, because a text says `#N/A`.
    pub reserved: Vec<u32>,
    /// Lines that did not fit.
    pub next: Vec<u32>,
}

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
            digests.push((line.line, digest(&line, &columns)?));
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
        for (member, cell) in read_cells(&line)?.members() {
            let column = column_of(member, cell);
            if !columns.contains(column.as_ref()) {
                columns.insert(column.into_owned());
            }
        }
        Ok(())
    })?;
    Ok(columns)
}

/// The column of a value. A lookup by another field is `Relationship.Field`; where it may be of several objects, theirs comes
/// first (Bulk API 2.0 Developer Guide, "Relationship Fields in a Header Row").
fn column_of<'m>(member: &'m str, cell: &StoredCell<'_>) -> Cow<'m, str> {
    let StoredCell::Other(Value::Object(parent)) = cell else {
        return member.into();
    };
    let object = parent
        .get("attributes")
        .and_then(|attributes| attributes.get("type")?.as_str());
    let field = parent.keys().find(|name| *name != "attributes");
    match (object, field) {
        (Some(object), Some(field)) => format!("{object}:{member}.{field}").into(),
        (None, Some(field)) => format!("{member}.{field}").into(),
        (_, None) => member.into(),
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
    let folder = job_files::folder(pass.engine.store(), job)?;
    let job = job.clone();
    pass.engine
        .read(move |read| {
            let columns = job.columns.clone().unwrap_or_default();
            let mut writer = Writer::new(&folder, &columns, job.records)?;
            let by_parent = job.object == TargetObject::Contact.api_name();
            read.for_each_awaiting(&job, by_parent, |line| writer.add(&job, &line))?;
            writer.finish()
        })
        .await
}

/// An upload that is being written.
pub(super) struct Writer {
    file: NamedTempFile,
    csv: IngestCsv<BufWriter<File>>,
    keys: RowKeys,
    columns: Vec<String>,
    records: u32,
    reserved: Vec<u32>,
    next: Vec<u32>,
}

impl Writer {
    pub fn new(folder: &std::path::Path, columns: &[String], records: u32) -> Result<Self, Fault> {
        let failed = |error: std::io::Error| not_written(&error);
        let named = tempfile::Builder::new()
            .prefix("upload-")
            .suffix(".csv")
            .tempfile_in(folder);
        let file = named.map_err(failed)?;
        let rows = BufWriter::with_capacity(BUFFER_BYTES, file.reopen().map_err(failed)?);
        let csv = IngestCsv::new(rows, columns).map_err(failed)?;
        Ok(Self {
            file,
            csv,
            keys: RowKeys::with_capacity(records),
            columns: columns.to_vec(),
            records: 0,
            reserved: Vec::new(),
            next: Vec::new(),
        })
    }

    fn add(&mut self, job: &JobRow, line: &UploadLine<'_>) -> Result<(), Fault> {
        let stored = read_cells(line)?;
        let columns = std::mem::take(&mut self.columns);
        let is_insert = job.operation() == JobOperation::Insert;
        let texts = texts(&columns, |column| {
            if column == ID_COLUMN && !is_insert {
                line.salesforce_id.map(Cow::Borrowed)
            } else {
                stored.upload_text(column)
            }
        });
        let known = line.digest.and_then(|digest| digest.try_into().ok());
        let key = match (is_insert, known) {
            (true, Some(digest)) => digest,
            (true, None) => row_digest(&texts),
            (false, _) => row_digest(&[line.salesforce_id.unwrap_or_default()]),
        };
        let is_update = job.operation() == JobOperation::Update;
        let cells = texts.iter().zip(&columns).map(|(text, column)| {
            if !text.is_empty() {
                IngestCell::Text(text)
            } else if is_update && is_cleared(&stored, column) {
                IngestCell::Null
            } else {
                IngestCell::Untouched
            }
        });
        let cells: Vec<IngestCell<'_>> = cells.collect();
        let written = self.row(line.line, &key, &cells);
        self.columns = columns;
        written
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
        self.keys.add(line, key);
        Ok(())
    }

    pub fn finish(self) -> Result<Upload, Fault> {
        self.csv.finish().map_err(|error| not_written(&error))?;
        let mut keys = self.keys;
        keys.sort();
        Ok(Upload {
            file: self.file,
            keys: Arc::new(keys),
            records: self.records,
            reserved: self.reserved,
            next: self.next,
        })
    }
}

/// The digest of a new record's row in these columns.
pub(super) fn digest(line: &UploadLine<'_>, columns: &[String]) -> Result<RowKey, Fault> {
    let cells = read_cells(line)?;
    Ok(row_digest(&texts(columns, |column| cells.upload_text(column))))
}

fn is_reserved_text(error: &std::io::Error) -> bool {
    let cause = error.get_ref();
    cause.is_some_and(|cause| cause.downcast_ref::<ReservedText>().is_some())
}

fn read_cells<'a>(line: &UploadLine<'a>) -> Result<StoredCells<'a>, Fault> {
    StoredCells::read(line.cells).map_err(|error| {
        Fault::new(
            Code::Workspace,
            format!(
                "The values of line {} cannot be read. Plan the export again.",
                line.line
            ),
        )
        .with_detail(error.to_string())
    })
}

/// The texts of a row; an empty one where there is none.
fn texts<'c>(columns: &[String], text: impl Fn(&str) -> Option<Cow<'c, str>>) -> Vec<Cow<'c, str>> {
    columns
        .iter()
        .map(|column| text(column).unwrap_or_default())
        .collect()
}

/// Whether an update clears a column: its value, or the lookup that it is part of, is null.
fn is_cleared(cells: &StoredCells<'_>, column: &str) -> bool {
    let path = column.split_once(':').map_or(column, |(_, path)| path);
    cells.is_null(path.split_once('.').map_or(path, |(member, _)| member))
}

fn not_written(error: &std::io::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        "The upload could not be kept in the workspace folder. Make room on the disk and resume.",
    )
    .with_detail(error.to_string())
}
