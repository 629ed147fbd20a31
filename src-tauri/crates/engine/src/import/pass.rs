//! One pass over a file: rows become profiles of a new list, refused rows are told or written to a file.

use std::io::{BufWriter, Write as _};
use std::time::{Duration, Instant};

use csv::Writer;
use model::{Profile, ProfileKind};
use store::{ListColumn, NewList, NewProfile, Write};
use zoominfo::{ListDescription, ListReader, ListRow, Refusal};

use super::Opened;
use crate::Engine;
use crate::contract::event::{Event, ImportProgress, ImportStep};
use crate::contract::lists::RefusedRow;
use crate::fault::{Code, Fault};

const PROGRESS_PACE: Duration = Duration::from_millis(100);
/// Between two looks at the clock.
const ROWS_PER_LOOK: u32 = 256;

/// What a pass found.
pub(super) struct Found {
    pub list_id: i64,
    pub kind: ProfileKind,
    pub header: String,
    pub encoding: String,
    pub delimiter: String,
    pub columns: u32,
    pub extra_columns: Vec<String>,
    pub read_rows: u32,
    pub imported_rows: u32,
    pub without_id_rows: u32,
    pub refused_rows: u32,
    pub repeated_rows: u32,
    pub refusals: Vec<RefusedRow>,
}

/// Where refused rows go: the first of them to whoever asked, or all of them to a file.
pub(super) struct Refusals {
    shown: Vec<RefusedRow>,
    most_shown: usize,
    file: Option<Writer<Box<BufWriter<std::fs::File>>>>,
}

impl Refusals {
    /// The first ones are kept.
    pub(super) fn shown(most_shown: usize) -> Self {
        Self {
            shown: Vec::new(),
            most_shown,
            file: None,
        }
    }

    /// All are written to a file.
    pub(super) fn written(mut file: Writer<Box<BufWriter<std::fs::File>>>) -> Result<Self, Fault> {
        file.write_record(["Line", "Last Line", "Column", "Value", "Why", "Fix"])
            .map_err(|error| not_written(&error))?;
        Ok(Self {
            shown: Vec::new(),
            most_shown: 0,
            file: Some(file),
        })
    }

    fn add(&mut self, refusal: Refusal) -> Result<(), Fault> {
        let row = RefusedRow {
            line: refusal.line,
            last_line: refusal.last_line,
            column: refusal.column,
            value: refusal.value,
            why: refusal.why,
            fix: refusal.fix,
        };
        if let Some(file) = &mut self.file {
            let (line, last_line) = (row.line.to_string(), row.last_line.to_string());
            let value = crate::ledger_file::harmless(&row.value);
            let column = crate::ledger_file::harmless(row.column.as_deref().unwrap_or_default());
            file.write_record([&line, &last_line, &column, &value, &row.why, &row.fix])
                .map_err(|error| not_written(&error))?;
        }
        if self.shown.len() < self.most_shown {
            self.shown.push(row);
        }
        Ok(())
    }

    fn end(self) -> Result<Vec<RefusedRow>, Fault> {
        if let Some(file) = self.file {
            let mut inner = file
                .into_inner()
                .map_err(|error| not_written(&error.into_error().into()))?;
            inner.flush().map_err(|error| not_written(&error.into()))?;
        }
        Ok(self.shown)
    }
}

/// A pass that is under way.
pub(super) struct Pass<'a> {
    engine: &'a Engine,
    file: &'a Opened,
    step: ImportStep,
    reader: ListReader,
    refusals: Refusals,
    told_at: Instant,
}

impl<'a> Pass<'a> {
    /// Opens the file and reads its header.
    pub(super) fn begin(
        engine: &'a Engine,
        file: &'a Opened,
        step: ImportStep,
        refusals: Refusals,
    ) -> Result<Self, Fault> {
        let reader = ListReader::open(&file.path)?;
        Ok(Self {
            engine,
            file,
            step,
            reader,
            refusals,
            told_at: Instant::now(),
        })
    }

    /// Reads every row into a new list.
    pub(super) fn run(mut self, write: &Write<'_>, name: &str) -> Result<Found, Fault> {
        let description = self.reader.description().clone();
        let list_id = write.add_list(&NewList {
            name: name.to_owned(),
            kind: description.kind,
            file_name: self.file.file_name.clone(),
            header: description.generation.label().to_owned(),
            columns: list_columns(&description),
            extra_columns: description.extra_columns.clone(),
            imported_at: store::now(),
            imported_by: write
                .operator()?
                .map(|operator| operator.name)
                .unwrap_or_default(),
        })?;
        let mut found = Found {
            list_id,
            kind: description.kind,
            header: description.generation.label().to_owned(),
            encoding: description.encoding.label().to_owned(),
            delimiter: description.delimiter.label().to_owned(),
            columns: u32::try_from(description.columns.len()).unwrap_or(u32::MAX),
            extra_columns: description.extra_columns,
            read_rows: 0,
            imported_rows: 0,
            without_id_rows: 0,
            refused_rows: 0,
            repeated_rows: 0,
            refusals: Vec::new(),
        };
        while let Some(row) = self.reader.next() {
            found.read_rows += 1;
            let refusal = match row? {
                ListRow::Profile(row) => add(write, &mut found, row.line, &row.profile)?,
                ListRow::Refused(refusal) => Some(refusal),
            };
            if let Some(refusal) = refusal {
                found.refused_rows += 1;
                self.refusals.add(refusal)?;
            }
            if found.read_rows.is_multiple_of(ROWS_PER_LOOK) {
                self.look(found.read_rows)?;
            }
        }
        self.tell(found.read_rows);
        write.set_list_counts(list_id, found.imported_rows, found.refused_rows)?;
        found.refusals = self.refusals.end()?;
        Ok(found)
    }

    /// Tells how far it is and heeds whoever stops it.
    fn look(&mut self, read_rows: u32) -> Result<(), Fault> {
        if self.file.cancel.is_cancelled() {
            return Err(Fault::new(
                Code::Cancelled,
                "The import was stopped. Nothing was imported.",
            ));
        }
        if self.told_at.elapsed() >= PROGRESS_PACE {
            self.told_at = Instant::now();
            self.tell(read_rows);
        }
        Ok(())
    }

    fn tell(&self, read_rows: u32) {
        self.engine.emit(Event::Import {
            progress: ImportProgress {
                file_id: self.file.file_id.clone(),
                step: self.step,
                read_bytes: self.reader.bytes_read(),
                total_bytes: self.reader.total_bytes(),
                read_rows,
            },
        });
    }
}

/// Adds a profile; one whose ZoomInfo id is in the list already is refused.
fn add(write: &Write<'_>, found: &mut Found, line: u64, profile: &Profile) -> Result<Option<Refusal>, Fault> {
    let new = NewProfile {
        position: found.imported_rows,
        line,
        profile,
        title: profile.occupation(),
        email: profile.value("email").unwrap_or_default().to_owned(),
        phone: profile.best_phone(),
        place: profile.place(),
    };
    if let Some(first_line) = write.add_profile(found.list_id, &new)? {
        found.repeated_rows += 1;
        return Ok(Some(Refusal::repeats(line, first_line)));
    }
    found.imported_rows += 1;
    found.without_id_rows += u32::from(profile.zoominfo_id.is_none());
    Ok(None)
}

fn list_columns(description: &ListDescription) -> Vec<ListColumn> {
    let fields = description.fields.iter().map(|field| field.map(str::to_owned));
    description
        .columns
        .iter()
        .cloned()
        .zip(fields)
        .map(|(header, field)| ListColumn { header, field })
        .collect()
}

fn not_written(error: &csv::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        "The refused rows could not be written. Make room on the disk, or choose another place.",
    )
    .with_detail(error.to_string())
}
