//! Processes an ingest job, 200 rows in a transaction.

use std::{io::BufReader, sync::Arc, time::Instant};

use super::{
    columns::{self, Column},
    ingest_job::{IngestJob, Operation, State},
    outcomes::{Outcome, Outcomes},
};
use crate::{
    clock,
    fault::RowFault,
    id,
    org::Org,
    records::{Assignment, Draft, Records, Writer},
    trouble::{FailureReason, JobHappening, JobKind},
    value::Key,
};

/// Rows that triggers see together, and that are written under one lock.
const CHUNK_ROWS: u32 = 200;

/// Processes a job to its end, an abort or a failure. Blocks its thread.
pub fn run(org: &Arc<Org>, job: &Arc<IngestJob>) {
    if !job.advance(State::InProgress) {
        return;
    }
    let started = Instant::now();
    let due = org
        .troubles
        .for_job(JobKind::Ingest, job.specification.object_name);
    let trouble = JobFate::of(due);
    let ended = process(org, job, &trouble);
    {
        let mut progress = job.progress();
        progress.milliseconds = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
    }
    match ended {
        Ok(()) => match trouble.polls {
            0 => {
                job.advance(State::JobComplete);
            }
            polls => job.conceal(polls, State::JobComplete),
        },
        Err(Stop::Aborted) => {}
        Err(Stop::Failed(reason)) => job.fail(reason),
    }
}

/// What trouble has in store for a job.
#[derive(Default)]
struct JobFate {
    failure: Option<(FailureReason, u32)>,
    polls: u32,
}

impl JobFate {
    fn of(due: Vec<JobHappening>) -> Self {
        let mut fate = Self::default();
        for happening in due {
            match happening {
                JobHappening::Fails { reason, after_rows } => {
                    fate.failure.get_or_insert((reason, after_rows));
                }
                JobHappening::StaysInProgress { polls } => fate.polls = fate.polls.max(polls),
            }
        }
        fate
    }
}

enum Stop {
    Aborted,
    Failed(Option<String>),
}

impl Stop {
    fn failed(reason: impl Into<String>) -> Self {
        Self::Failed(Some(reason.into()))
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::failed(format!(
            "InternalServerError : the upload could not be read: {error}"
        ))
    }
}

fn process(org: &Arc<Org>, job: &Arc<IngestJob>, trouble: &JobFate) -> Result<(), Stop> {
    let specification = &job.specification;
    let opened = {
        let progress = job.progress();
        let Some(upload) = &progress.upload else {
            return Err(Stop::failed("InvalidBatch : No data was uploaded"));
        };
        let has_mark = upload.has_byte_order_mark()?;
        let fits = upload.has_line_ending(specification.line_ending == "\r\n")?;
        (upload.open()?, has_mark, fits)
    };
    let (file, has_mark, fits) = opened;
    if !fits {
        let setting = specification.line_ending_name;
        let reason = format!(
            "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is {setting}"
        );
        return Err(Stop::failed(reason));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(specification.delimiter)
        .from_reader(BufReader::with_capacity(1 << 16, file));
    let mut header = csv::StringRecord::new();
    if !read(&mut reader, &mut header)? {
        return Err(Stop::failed("InvalidBatch : The upload has no header row"));
    }
    {
        let mut progress = job.progress();
        progress.header = header.iter().map(str::to_owned).collect();
        progress.unprocessed_from = reader.position().byte();
    }
    if has_mark {
        let first = header.get(0).unwrap_or_default();
        return Err(Stop::failed(format!(
            "InvalidBatch : Field name not found : \u{feff}{first}"
        )));
    }
    let columns = columns::columns(&org.read(), specification.user, specification.object, &header)
        .map_err(|name| Stop::failed(format!("InvalidBatch : Field name not found : {name}")))?;
    let batch = Batch::new(org, job, columns)?;
    let first_column = header.get(0).unwrap_or_default();
    let failure = trouble.failure.as_ref().map(|(reason, after_rows)| {
        let message = reason.message(specification.line_ending_name, first_column);
        (message, *after_rows)
    });
    batch.rows(&mut reader, failure.as_ref())
}

type Reader = csv::Reader<BufReader<std::fs::File>>;

fn read(reader: &mut Reader, row: &mut csv::StringRecord) -> Result<bool, Stop> {
    reader
        .read_record(row)
        .map_err(|error| Stop::failed(format!("InvalidBatch : Failed to parse CSV input: {error}")))
}

struct Batch<'job> {
    org: &'job Arc<Org>,
    job: &'job Arc<IngestJob>,
    columns: Vec<Column>,
    id_column: Option<usize>,
    external_column: Option<usize>,
    assignment: Assignment,
}

impl<'job> Batch<'job> {
    fn new(org: &'job Arc<Org>, job: &'job Arc<IngestJob>, columns: Vec<Column>) -> Result<Self, Stop> {
        let specification = &job.specification;
        let id_column = columns.iter().position(|column| matches!(column, Column::Id));
        let external_column = columns.iter().position(|column| match column {
            Column::Field(field) => Some(*field) == specification.external_id,
            Column::Id => specification.external_id_name.as_deref() == Some("Id"),
            Column::Parent(_) => false,
        });
        let lacks = |name: &str| {
            Err(Stop::failed(format!(
                "InvalidBatch : Field name not found : {name}"
            )))
        };
        match specification.operation {
            Operation::Delete | Operation::HardDelete if columns.len() != 1 || id_column.is_none() => {
                return Err(Stop::failed("InvalidBatch : delete batch must contain only ids"));
            }
            Operation::Update if id_column.is_none() => return lacks("Id"),
            Operation::Upsert if external_column.is_none() => {
                return lacks(specification.external_id_name.as_deref().unwrap_or("Id"));
            }
            _ => {}
        }
        let assignment = match &specification.assignment_rule {
            Some(rule) => org.ids.key(rule).map_or(Assignment::Unknown, Assignment::Rule),
            None => Assignment::Off,
        };
        Ok(Self {
            org,
            job,
            columns,
            id_column,
            external_column,
            assignment,
        })
    }

    /// `failure` says why the job fails, and after how many rows.
    fn rows(&self, reader: &mut Reader, failure: Option<&(Option<String>, u32)>) -> Result<(), Stop> {
        let mut row = csv::StringRecord::new();
        let mut done_rows = 0;
        loop {
            let allowed = self
                .org
                .jobs
                .hold
                .wait(done_rows, || self.job.is_aborted())
                .ok_or(Stop::Aborted)?;
            if let Some((reason, after_rows)) = failure
                && done_rows >= *after_rows
            {
                return Err(Stop::Failed(reason.clone()));
            }
            let chunk_end = allowed
                .min(done_rows.saturating_add(CHUNK_ROWS))
                .min(failure.map_or(u32::MAX, |(_, after_rows)| *after_rows));
            let chunk = self.job.chunk();
            if self.job.is_aborted() {
                return Err(Stop::Aborted);
            }
            let mut outcomes = Outcomes::default();
            let mut stop = None;
            let mut at_end = false;
            {
                let mut records = self.org.write();
                let now = clock::now();
                let user = self.job.specification.user;
                let mut writer = Writer::new(&mut records, user, now, self.assignment);
                while done_rows < chunk_end {
                    match read(reader, &mut row) {
                        Ok(true) => {}
                        Ok(false) => {
                            at_end = true;
                            break;
                        }
                        Err(reason) => {
                            stop = Some(reason);
                            break;
                        }
                    }
                    let offset = row.position().map_or(0, csv::Position::byte);
                    if row.len() > self.columns.len() {
                        let reason =
                            "InvalidBatch : Failed to parse CSV input: a row has more cells than the header";
                        stop = Some(Stop::failed(reason));
                        break;
                    }
                    let offset = u32::try_from(offset).unwrap_or(u32::MAX);
                    match self.apply(&mut writer, &row) {
                        Ok(outcome) => outcomes.push(offset, outcome),
                        Err(fault) => outcomes.push_failed(offset, fault.cell()),
                    }
                    done_rows += 1;
                }
            }
            let refused_at = row.position().map_or(0, csv::Position::byte);
            let resume = if stop.is_some() {
                refused_at
            } else {
                reader.position().byte()
            };
            self.note(outcomes, resume);
            drop(chunk);
            std::thread::sleep(self.org.options.chunk_delay);
            match stop {
                Some(reason) => return Err(reason),
                None if at_end => {
                    return failure.map_or(Ok(()), |(reason, _)| Err(Stop::Failed(reason.clone())));
                }
                None => {}
            }
        }
    }

    fn note(&self, outcomes: Outcomes, unprocessed_from: u64) {
        let failed = outcomes
            .rows()
            .iter()
            .filter(|(_, outcome)| matches!(outcome, Outcome::Failed(_)));
        let failed_rows = u32::try_from(failed.count()).unwrap_or(u32::MAX);
        let mut progress = self.job.progress();
        progress.processed_rows += u32::try_from(outcomes.rows().len()).unwrap_or(u32::MAX);
        progress.failed_rows += failed_rows;
        progress.outcomes.append(outcomes);
        progress.unprocessed_from = unprocessed_from;
        progress.modified = clock::now();
    }

    fn apply(&self, writer: &mut Writer<'_>, row: &csv::StringRecord) -> Result<Outcome, RowFault> {
        let specification = &self.job.specification;
        let draft = |writer: &Writer<'_>| -> Result<Draft, RowFault> {
            columns::draft(writer.records(), specification.object, &self.columns, row)
        };
        match specification.operation {
            Operation::Insert => {
                if self
                    .id_column
                    .and_then(|column| row.get(column))
                    .is_some_and(|id| !id.is_empty())
                {
                    let message = "cannot specify Id in an insert call";
                    return Err(RowFault::new("INVALID_FIELD_FOR_INSERT_UPDATE", message).at("Id"));
                }
                let draft = draft(writer)?;
                Ok(Outcome::Created(
                    writer.insert(specification.object, draft)?.number,
                ))
            }
            Operation::Update => {
                let key = self.key(writer.records(), row)?;
                let draft = draft(writer)?;
                writer.update(key, draft)?;
                Ok(Outcome::Changed(key.number))
            }
            Operation::Delete => {
                let key = self.key(writer.records(), row)?;
                writer.delete(key)?;
                Ok(Outcome::Changed(key.number))
            }
            Operation::HardDelete => {
                let key = self.key(writer.records(), row)?;
                writer.delete_for_good(key)?;
                Ok(Outcome::Changed(key.number))
            }
            Operation::Upsert => self.upsert(writer, row, draft(writer)?),
        }
    }

    fn upsert(
        &self,
        writer: &mut Writer<'_>,
        row: &csv::StringRecord,
        draft: Draft,
    ) -> Result<Outcome, RowFault> {
        let specification = &self.job.specification;
        let name = specification.external_id_name.as_deref().unwrap_or("Id");
        let text = self
            .external_column
            .and_then(|column| row.get(column))
            .unwrap_or_default();
        let Some(by) = specification.external_id.filter(|_| !text.is_empty()) else {
            if name.eq_ignore_ascii_case("Id") && text.is_empty() {
                return Ok(Outcome::Created(
                    writer.insert(specification.object, draft)?.number,
                ));
            }
            return Err(RowFault::new("MISSING_ARGUMENT", format!("{name} not specified")));
        };
        let (key, created) = writer.upsert(specification.object, by, text, draft)?;
        Ok(if created {
            Outcome::Created(key.number)
        } else {
            Outcome::Changed(key.number)
        })
    }

    fn key(&self, records: &Records, row: &csv::StringRecord) -> Result<Key, RowFault> {
        let object = self.job.specification.object;
        let text = self
            .id_column
            .and_then(|column| row.get(column))
            .unwrap_or_default();
        if text.is_empty() {
            return Err(RowFault::new(
                "MISSING_ARGUMENT",
                "Id not specified in an update call",
            ));
        }
        let wrong_object = records
            .ids
            .object_of(text)
            .is_some_and(|found| found != usize::from(object));
        if !id::is_well_formed(text) || wrong_object {
            let label = records.schema.object(usize::from(object)).label;
            let message = format!("{label} ID: id value of incorrect type: {text}");
            return Err(RowFault::new("MALFORMED_ID", message).at("Id"));
        }
        records
            .ids
            .key(text)
            .ok_or_else(|| RowFault::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"))
    }
}
