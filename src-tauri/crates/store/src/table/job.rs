//! The journal: every call that writes, before it is made.

use model::{Api, JobState};
use rusqlite::params;

use crate::word::{from_word, to_word};
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
    /// How far it is known to be.
    pub state: JobState,
    /// Id of the Bulk job.
    pub job_id: Option<String>,
    /// Records in it.
    pub records: u32,
    /// When it was intended.
    pub intended_at: String,
}

impl Read<'_> {
    /// The jobs of a run, in order.
    pub fn jobs(&self, run_id: i64) -> Result<Vec<JobRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT job_number, api, state, job_id, records, intended_at FROM run_job WHERE run_id = ?1 ORDER BY job_number",
        )?;
        let mut rows = statement.query([run_id])?;
        let mut jobs = Vec::new();
        while let Some(row) = rows.next()? {
            jobs.push(JobRow {
                run_id,
                job_number: row.get(0)?,
                api: from_word("run_job.api", row.get(1)?)?,
                state: from_word("run_job.state", row.get(2)?)?,
                job_id: row.get(3)?,
                records: row.get(4)?,
                intended_at: row.get(5)?,
            });
        }
        Ok(jobs)
    }
}

impl Write<'_> {
    /// Journals the intention of a job that takes every planned line of the run, and returns it.
    pub fn intend_job(&self, run_id: i64, api: Api, intended_at: &str) -> Result<JobRow, StoreError> {
        let job_number: u32 = self.connection.query_row(
            "SELECT coalesce(max(job_number), 0) + 1 FROM run_job WHERE run_id = ?1",
            [run_id],
            |row| row.get(0),
        )?;
        let records = self.connection.execute(
            "UPDATE run_line SET job_number = ?2, attempts = attempts + 1 WHERE run_id = ?1 AND outcome = 'planned'",
            params![run_id, job_number],
        )?;
        let job = JobRow {
            run_id,
            job_number,
            api,
            state: JobState::Intended,
            job_id: None,
            records: u32::try_from(records).unwrap_or(u32::MAX),
            intended_at: intended_at.to_owned(),
        };
        self.connection.execute(
            "INSERT INTO run_job (run_id, job_number, api, state, job_id, records, intended_at)
             VALUES (?1, ?2, ?3, ?4, NULL, ?5, ?6)",
            params![
                run_id,
                job_number,
                to_word("run_job.api", &api)?,
                to_word("run_job.state", &job.state)?,
                job.records,
                intended_at
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
