//! The journal: every call that writes, before it is made.

use model::{Api, JobOperation, JobState, LineAction, TargetObject};
use rusqlite::params;

use crate::word::{from_json, from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// One call that writes: a Bulk job or a Collections call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    /// The run.
    pub run_id: i64,
    /// Number within the run, from 1.
    pub job_number: u32,
    /// Which API.
    pub api: Api,
    /// What it does with its records.
    pub operation: JobOperation,
    /// API name of the object that it writes.
    pub object: String,
    /// Columns of the upload, in order; `None` for a REST call.
    pub columns: Option<Vec<String>>,
    /// How far it is known to be.
    pub state: JobState,
    /// Id of the Bulk job.
    pub job_id: Option<String>,
    /// Records in it.
    pub records: u32,
    /// When it was intended.
    pub intended_at: String,
}

/// A job that is about to be made.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Which API.
    pub api: Api,
    /// What it does with its records.
    pub operation: JobOperation,
    /// Object that it writes.
    pub object: TargetObject,
    /// Columns of the upload, in order; `None` for a REST call.
    pub columns: Option<Vec<String>>,
    /// When.
    pub intended_at: String,
}

/// Which planned lines a job takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobLines {
    /// All of the job's object with this action.
    Action(LineAction),
    /// These.
    Lines(Vec<u32>),
}

impl Read<'_> {
    /// The jobs of a run, in order.
    pub fn jobs(&self, run_id: i64) -> Result<Vec<JobRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT job_number, api, operation, object, columns, state, job_id, records, intended_at FROM run_job WHERE run_id = ?1 ORDER BY job_number",
        )?;
        let mut rows = statement.query([run_id])?;
        let mut jobs = Vec::new();
        while let Some(row) = rows.next()? {
            jobs.push(JobRow {
                run_id,
                job_number: row.get(0)?,
                api: from_word("run_job.api", row.get(1)?)?,
                operation: from_word("run_job.operation", row.get(2)?)?,
                object: row.get(3)?,
                columns: row
                    .get::<_, Option<String>>(4)?
                    .map(|text| from_json("run_job.columns", &text))
                    .transpose()?,
                state: from_word("run_job.state", row.get(5)?)?,
                job_id: row.get(6)?,
                records: row.get(7)?,
                intended_at: row.get(8)?,
            });
        }
        Ok(jobs)
    }
}

impl Write<'_> {
    /// Journals the intention of a job that takes planned lines of the run, and returns it.
    pub fn intend_job(&self, run_id: i64, new: NewJob, lines: &JobLines) -> Result<JobRow, StoreError> {
        let job_number: u32 = self.connection.query_row(
            "SELECT coalesce(max(job_number), 0) + 1 FROM run_job WHERE run_id = ?1",
            [run_id],
            |row| row.get(0),
        )?;
        let object = to_word("run_line.object", &new.object)?;
        let records = match lines {
            JobLines::Action(action) => self.connection.execute(
                "UPDATE run_line SET job_number = ?2, attempts = attempts + 1
                 WHERE run_id = ?1 AND outcome = 'planned' AND action = ?3 AND object = ?4",
                params![run_id, job_number, to_word("run_line.action", action)?, object],
            )?,
            JobLines::Lines(lines) => self.connection.execute(
                "UPDATE run_line SET job_number = ?2, attempts = attempts + 1
                 WHERE run_id = ?1 AND outcome = 'planned' AND object = ?4
                     AND line IN (SELECT value FROM json_each(?3))",
                params![run_id, job_number, to_json("run_line.line", lines)?, object],
            )?,
        };
        let columns = new
            .columns
            .as_ref()
            .map(|columns| to_json("run_job.columns", columns))
            .transpose()?;
        let job = JobRow {
            run_id,
            job_number,
            api: new.api,
            operation: new.operation,
            object: new.object.api_name().to_owned(),
            columns: new.columns,
            state: JobState::Intended,
            job_id: None,
            records: u32::try_from(records).unwrap_or(u32::MAX),
            intended_at: new.intended_at,
        };
        self.connection.execute(
            "INSERT INTO run_job (run_id, job_number, api, operation, object, columns, state, job_id, records, intended_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, ?8, ?9)",
            params![
                run_id,
                job_number,
                to_word("run_job.api", &job.api)?,
                to_word("run_job.operation", &job.operation)?,
                job.object,
                columns,
                to_word("run_job.state", &job.state)?,
                job.records,
                job.intended_at
            ],
        )?;
        Ok(job)
    }

    /// Journals how far a job is.
    pub fn set_job_state(&self, run_id: i64, job_number: u32, state: JobState) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run_job SET state = ?3 WHERE run_id = ?1 AND job_number = ?2",
            params![run_id, job_number, to_word("run_job.state", &state)?],
        )?;
        Ok(())
    }

    /// Journals the id of a Bulk job, before anything is uploaded to it.
    pub fn set_job_id(&self, run_id: i64, job_number: u32, job_id: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run_job SET job_id = ?3, state = ?4 WHERE run_id = ?1 AND job_number = ?2",
            params![
                run_id,
                job_number,
                job_id,
                to_word("run_job.state", &JobState::Created)?
            ],
        )?;
        Ok(())
    }
}
