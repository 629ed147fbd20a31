//! Lines on their way: which of them wait for the answer of a job, and what its answer does to them.
//!
//! A line that was planned and is not settled waits: fresh, with a job, or put off for a reason that passes, which is then
//! in its `error_code`. Which lines a job has is told by the job, so that sending 100,000 lines writes one row.

use std::collections::HashMap;

use model::{LineAction, LineOutcome, RowDigest, TargetObject};
use rusqlite::{CachedStatement, OptionalExtension, Row, params};
use serde_json::Map;

use super::job::{JobLines, JobRow, NewJob};
use super::line::{LINES, LineOutcomeUpdate, LineRow, RECORD, columns, read_row};
use super::place::place;
use super::profile::text;
use crate::word::{to_json, to_word};
use crate::{Read, StoreError, Write};

/// What of a line goes into an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadLine<'a> {
    /// Number within the run.
    pub line: u32,
    /// Values to write, by target field, as JSON.
    pub cells: &'a str,
    /// 18-character id of the record, when it is there.
    pub salesforce_id: Option<&'a str>,
    /// Digest of the values as CSV text in the columns of the job, of a line that is created.
    pub digest: Option<&'a [u8]>,
}

impl<'a> UploadLine<'a> {
    fn read(row: &'a Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            line: row.get(0)?,
            cells: text(row.get_ref(1)?)?,
            salesforce_id: row.get_ref(2)?.as_str_or_null().map_err(rusqlite::Error::from)?,
            digest: row.get_ref(3)?.as_blob_or_null().map_err(rusqlite::Error::from)?,
        })
    }
}

/// Planned lines of one object and action that share a reason why they were put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLines {
    /// The reason; `None` of lines that were not put off.
    pub code: Option<String>,
    /// How many.
    pub lines: u32,
    /// How often that one was sent that was sent most.
    pub most_attempts: u32,
}

/// The lines that wait for a job's answer. Parameters: run, action, object, job number.
fn awaiting(job: &JobRow) -> &'static str {
    if job.takes_all {
        "run_id = ?1 AND outcome = 'planned' AND action = ?2 AND object = ?3 AND ?4 > 0 AND error_code IS NULL"
    } else {
        "run_id = ?1 AND outcome = 'planned' AND action = ?2 AND object = ?3 AND job_number = ?4 AND error_code IS NULL"
    }
}

fn keys(job: &JobRow) -> Result<(i64, &'static str, String, u32), StoreError> {
    let action = to_word("run_line.action", &job.action)?;
    Ok((job.run_id, action, job.object.to_lowercase(), job.job_number))
}

impl Read<'_> {
    /// Planned lines of an object and action, by the reason why they were put off.
    pub fn planned_lines(
        &self,
        run_id: i64,
        object: TargetObject,
        action: LineAction,
    ) -> Result<Vec<PlannedLines>, StoreError> {
        const COUNTS: &str = "count(*), coalesce(max(attempts), 0) FROM run_line";
        const PLANNED: &str = "run_id = ?1 AND outcome = 'planned' AND object = ?2 AND action = ?3";
        if self.nothing_waits(run_id, object)? {
            return Ok(Vec::new());
        }
        // Those without a reason are counted by themselves: they are too many to be sorted by it.
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT NULL, {COUNTS} WHERE {PLANNED} AND error_code IS NULL
             UNION ALL SELECT error_code, {COUNTS} INDEXED BY run_line_error WHERE {PLANNED} AND error_code IS NOT NULL
                 GROUP BY error_code"
        ))?;
        let mut rows = statement.query(params![
            run_id,
            to_word("run_line.object", &object)?,
            to_word("run_line.action", &action)?
        ])?;
        let mut planned = Vec::new();
        while let Some(row) = rows.next()? {
            planned.push(PlannedLines {
                code: row.get(0)?,
                lines: row.get(1)?,
                most_attempts: row.get(2)?,
            });
        }
        planned.retain(|lines| lines.lines > 0);
        Ok(planned)
    }

    /// Whether the run's tally says that no line of this object is planned; it tells of the run's own object alone.
    fn nothing_waits(&self, run_id: i64, object: TargetObject) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM run WHERE run_id = ?1 AND object = ?2 AND waiting_records = 0)",
            )?
            .query_row(params![run_id, to_word("run.object", &object)?], |row| row.get(0))?)
    }

    /// Lines that wait for a job's answer after a line, in order.
    pub fn awaiting_lines(
        &self,
        job: &JobRow,
        after_line: u32,
        limit: u32,
    ) -> Result<Vec<LineRow>, StoreError> {
        let (run_id, action, object, number) = keys(job)?;
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {} FROM {LINES} WHERE {} AND line > ?5 ORDER BY line LIMIT ?6",
            columns(),
            awaiting(job)
        ))?;
        let mut rows = statement.query(params![run_id, action, object, number, after_line, limit])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            lines.push(read_row(row)?);
        }
        Ok(lines)
    }

    /// Goes through the lines of a job one by one: those of one parent after each other where `by_parent` asks for it.
    pub fn for_each_awaiting<E: From<StoreError>>(
        &self,
        job: &JobRow,
        by_parent: bool,
        mut visit: impl FnMut(UploadLine<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        const COLUMNS: &str = "run_line.line, cells, salesforce_id, digest";
        let failed = |error: rusqlite::Error| E::from(StoreError::from(error));
        let (run_id, action, object, number) = keys(job)?;
        let mut line = self
            .connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM {LINES} WHERE run_id = ?1 AND line = ?2"
            ))
            .map_err(failed)?;
        // Only line numbers are sorted, so that the sort needs no more room than they do.
        let selected = if by_parent {
            format!(
                "SELECT run_line.line FROM {LINES} WHERE {} ORDER BY coalesce(parent_id, cells ->> '$.AccountId'), line",
                awaiting(job)
            )
        } else {
            format!(
                "SELECT {COLUMNS} FROM {LINES} WHERE {} ORDER BY line",
                awaiting(job)
            )
        };
        let mut statement = self.connection.prepare_cached(&selected).map_err(failed)?;
        let mut rows = statement
            .query(params![run_id, action, object, number])
            .map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            if by_parent {
                let number: u32 = row.get(0).map_err(failed)?;
                let mut one = line.query(params![run_id, number]).map_err(failed)?;
                if let Some(row) = one.next().map_err(failed)? {
                    visit(UploadLine::read(row)?)?;
                }
            } else {
                visit(UploadLine::read(row)?)?;
            }
        }
        Ok(())
    }

    /// Goes through the digests of the lines of a job that create something; `None` where it was not noted.
    pub fn for_each_awaiting_digest(
        &self,
        job: &JobRow,
        mut visit: impl FnMut(u32, Option<&[u8]>),
    ) -> Result<(), StoreError> {
        let (run_id, action, object, number) = keys(job)?;
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT line, digest FROM run_line WHERE {} ORDER BY line",
            awaiting(job)
        ))?;
        let mut rows = statement.query(params![run_id, action, object, number])?;
        while let Some(row) = rows.next()? {
            visit(
                row.get(0)?,
                row.get_ref(1)?.as_blob_or_null().map_err(rusqlite::Error::from)?,
            );
        }
        Ok(())
    }

    /// The line of a record that waits for a job's answer; `None` when there is none.
    pub fn awaiting_line_of_record(
        &self,
        job: &JobRow,
        salesforce_id: &str,
    ) -> Result<Option<u32>, StoreError> {
        let (run_id, action, object, number) = keys(job)?;
        Ok(self
            .connection
            .prepare_cached(&format!(
                "SELECT line FROM run_line INDEXED BY run_line_record WHERE {} AND salesforce_id = ?5 ORDER BY line LIMIT 1",
                awaiting(job)
            ))?
            .query_row(params![run_id, action, object, number, salesforce_id], |row| {
                row.get(0)
            })
            .optional()?)
    }
}

/// The answers of one job in one transaction, with the run's tally.
#[must_use = "the tally follows when it is finished"]
pub struct Settlement<'w> {
    write: &'w Write<'w>,
    job: &'w JobRow,
    settled: HashMap<LineOutcome, u32>,
    statement: Option<CachedStatement<'w>>,
}

impl<'w> Settlement<'w> {
    /// Of a job.
    pub fn of(write: &'w Write<'w>, job: &'w JobRow) -> Self {
        Self {
            write,
            job,
            settled: HashMap::new(),
            statement: None,
        }
    }

    /// Settles a line that waits; says whether it did.
    pub fn settle(&mut self, line: u32, update: &LineOutcomeUpdate) -> Result<bool, StoreError> {
        let statement = match &mut self.statement {
            Some(statement) => statement,
            none => none.insert(self.write.connection.prepare_cached(
                "UPDATE run_line SET outcome = ?3, salesforce_id = coalesce(?4, salesforce_id), error_code = ?5, error = ?6,
                     settled_at = ?7, job_number = ?8, attempts = attempts + 1
                 WHERE run_id = ?1 AND line = ?2 AND outcome = 'planned'",
            )?),
        };
        let changed = statement.execute(params![
            self.job.run_id,
            line,
            to_word("run_line.outcome", &update.outcome)?,
            update.salesforce_id,
            update.error_code,
            update.error,
            update.settled_at,
            self.job.job_number
        ])?;
        if changed > 0 {
            *self.settled.entry(update.outcome).or_default() += 1;
        }
        Ok(changed > 0)
    }

    /// Puts a line off that was refused for a reason that passes, unless it was sent as often as it may be; says whether it
    /// did.
    pub fn put_off(
        &mut self,
        line: u32,
        code: &str,
        error: &str,
        most_attempts: u32,
    ) -> Result<bool, StoreError> {
        let changed = self
            .write
            .connection
            .prepare_cached(
                "UPDATE run_line SET error_code = ?3, error = ?4, job_number = ?5, attempts = attempts + 1
                 WHERE run_id = ?1 AND line = ?2 AND outcome = 'planned' AND attempts + 1 < ?6",
            )?
            .execute(params![
                self.job.run_id,
                line,
                code,
                error,
                self.job.job_number,
                most_attempts
            ])?;
        Ok(changed > 0)
    }

    /// Brings the run's tally up to date.
    pub fn finish(self) -> Result<(), StoreError> {
        let object = self.job.object.to_lowercase();
        for (outcome, lines) in self.settled {
            self.write
                .shift_tally(self.job.run_id, &object, LineOutcome::Planned, outcome, lines)?;
        }
        Ok(())
    }
}

impl Write<'_> {
    /// Gives a job the lines that it takes; returns how many.
    pub(super) fn take_lines(
        &self,
        run_id: i64,
        job_number: u32,
        new: &NewJob,
        lines: &JobLines,
    ) -> Result<u32, StoreError> {
        let action = to_word("run_line.action", &new.action)?;
        let object = new.object.to_lowercase();
        let planned = "run_id = ?1 AND outcome = 'planned' AND action = ?2 AND object = ?3";
        let (which, limit) = match lines {
            JobLines::All(lines) | JobLines::Members(lines) => return Ok(*lines),
            JobLines::First(limit) => ("error_code IS NULL AND ?5 = '[]'", *limit),
            JobLines::PutOff { limit, .. } => ("error_code IN (SELECT value FROM json_each(?5))", *limit),
        };
        let codes: &[String] = match lines {
            JobLines::PutOff { codes, .. } => codes,
            _ => &[],
        };
        let taken = self.connection.execute(
            &format!(
                "UPDATE run_line SET job_number = ?4, error_code = NULL, error = NULL WHERE run_id = ?1 AND line IN (
                     SELECT line FROM run_line WHERE {planned} AND {which} ORDER BY line LIMIT ?6)"
            ),
            params![
                run_id,
                action,
                object,
                job_number,
                to_json("run_line.error_code", &codes)?,
                limit
            ],
        )?;
        Ok(u32::try_from(taken).unwrap_or(u32::MAX))
    }

    /// Leaves lines out of the job that they wait for, to be sent by another one.
    pub fn set_aside(&self, run_id: i64, lines: &[u32], code: &str) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE run_line SET error_code = ?3 WHERE run_id = ?1 AND line = ?2 AND outcome = 'planned'",
        )?;
        for line in lines {
            statement.execute(params![run_id, line, code])?;
        }
        Ok(())
    }

    /// Settles the planned new contacts of a company without its account: they are not sent. The run is to be counted again.
    pub fn settle_company(
        &self,
        run_id: i64,
        company_number: u32,
        update: &LineOutcomeUpdate,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run_line SET outcome = ?3, error_code = ?4, error = ?5, settled_at = ?6
             WHERE run_id = ?1 AND company_number = ?2 AND outcome = 'planned' AND object = 'contact' AND action = 'create'",
            params![
                run_id,
                company_number,
                to_word("run_line.outcome", &update.outcome)?,
                update.error_code,
                update.error,
                update.settled_at
            ],
        )?;
        Ok(())
    }

    /// Contacts of a company that are still planned, after a line, in order.
    pub fn planned_contacts(
        &self,
        run_id: i64,
        company_number: u32,
        after_line: u32,
        limit: u32,
    ) -> Result<Vec<LineRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {} FROM run_line INDEXED BY run_line_company CROSS JOIN {RECORD}
             WHERE run_id = ?1 AND company_number = ?2 AND outcome = 'planned' AND object = 'contact' AND line > ?3
             ORDER BY line LIMIT ?4",
            columns()
        ))?;
        let mut rows = statement.query(params![run_id, company_number, after_line, limit])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            lines.push(read_row(row)?);
        }
        Ok(lines)
    }

    /// Notes the digest of a line whose columns were chosen when it was sent.
    pub fn set_digest(&self, run_id: i64, line: u32, digest: &RowDigest) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE run_line SET digest = ?3 WHERE run_id = ?1 AND line = ?2")?
            .execute(params![run_id, line, digest.as_slice()])?;
        Ok(())
    }

    /// Puts a planned contact into its account.
    pub fn set_parent(
        &self,
        run_id: i64,
        line: u32,
        parent_id: &str,
        cells: &Map<String, serde_json::Value>,
        digest: Option<&RowDigest>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE run_line SET parent_id = ?3, digest = ?4 WHERE run_id = ?1 AND line = ?2",
            )?
            .execute(params![run_id, line, parent_id, digest.map(RowDigest::as_slice)])?;
        self.connection
            .prepare_cached("UPDATE run_record SET cells = ?2 WHERE place = ?1")?
            .execute(params![place(run_id, line), to_json("run_record.cells", cells)?])?;
        Ok(())
    }
}
