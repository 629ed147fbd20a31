//! The journal: every call that writes, before it is made.

use model::{Api, JobOperation, JobState, LineAction};
use rusqlite::{OptionalExtension, Row, params};

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
    /// What the plan does with its lines.
    pub action: LineAction,
    /// API name of the object that it writes.
    pub object: String,
    /// Whether it takes every planned line of its object and action, or those that carry its number.
    pub takes_all: bool,
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
    /// Its results on this machine; `None` while none are kept.
    pub kept_results: Option<KeptResultsRow>,
}

/// The results of a job that are kept on this machine, and how far they are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptResultsRow {
    /// Name of the file that is being read; those before it are read.
    pub file: String,
    /// The byte of the file where the next row begins; 0 before the first.
    pub byte: u64,
    /// What the org told last of the job, as JSON.
    pub finished_job: String,
}

impl JobRow {
    /// What it does with its records in Salesforce.
    #[must_use]
    pub fn operation(&self) -> JobOperation {
        match self.action {
            LineAction::Update | LineAction::Restore => JobOperation::Update,
            LineAction::Delete => JobOperation::Delete,
            _ => JobOperation::Insert,
        }
    }
}

/// A job that is about to be made.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Which API.
    pub api: Api,
    /// What the plan does with its lines.
    pub action: LineAction,
    /// API name of the object that it writes.
    pub object: String,
    /// Columns of the upload, in order; `None` for a REST call.
    pub columns: Option<Vec<String>>,
    /// When.
    pub intended_at: String,
}

/// Which planned lines of its object and action a job takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobLines {
    /// All that were not put off: so many, as far as is known before they are written.
    All(u32),
    /// The first so many that were not put off.
    First(u32),
    /// The first so many of those that were put off for one of these reasons.
    PutOff {
        /// Codes, as [`Write::put_off`] noted them.
        codes: Vec<String>,
        /// Lines at most.
        limit: u32,
    },
    /// None of the ledger's: so many memberships of a campaign.
    Members(u32),
}

const COLUMNS: &str =
    "run_id, job_number, api, action, object, takes, columns, state, job_id, records, intended_at,
     results_file, results_byte, results_job";

/// Jobs that are not at their end.
const OPEN: &str = "state NOT IN ('complete', 'aborted', 'failed')";

fn read_row(row: &Row<'_>) -> Result<JobRow, StoreError> {
    Ok(JobRow {
        run_id: row.get(0)?,
        job_number: row.get(1)?,
        api: from_word("run_job.api", row.get(2)?)?,
        action: from_word("run_job.action", row.get(3)?)?,
        object: row.get(4)?,
        takes_all: row.get::<_, String>(5)? == "all",
        columns: row
            .get::<_, Option<String>>(6)?
            .map(|text| from_json("run_job.columns", &text))
            .transpose()?,
        state: from_word("run_job.state", row.get(7)?)?,
        job_id: row.get(8)?,
        records: row.get(9)?,
        intended_at: row.get(10)?,
        kept_results: match row.get(11)? {
            Some(file) => Some(KeptResultsRow {
                file,
                byte: row.get(12)?,
                finished_job: row.get(13)?,
            }),
            None => None,
        },
    })
}

impl Read<'_> {
    /// The jobs of a run, in order.
    pub fn jobs(&self, run_id: i64) -> Result<Vec<JobRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM run_job WHERE run_id = ?1 ORDER BY job_number"
        ))?;
        let mut rows = statement.query([run_id])?;
        let mut jobs = Vec::new();
        while let Some(row) = rows.next()? {
            jobs.push(read_row(row)?);
        }
        Ok(jobs)
    }

    /// The jobs of all runs that are not at their end.
    pub fn open_jobs(&self) -> Result<Vec<JobRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM run_job WHERE {OPEN}"))?;
        let mut rows = statement.query([])?;
        let mut jobs = Vec::new();
        while let Some(row) = rows.next()? {
            jobs.push(read_row(row)?);
        }
        Ok(jobs)
    }

    /// The job of a run that is not at its end; there is one at the most.
    pub fn open_job(&self, run_id: i64) -> Result<Option<JobRow>, StoreError> {
        self.connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM run_job WHERE run_id = ?1 AND {OPEN} ORDER BY job_number LIMIT 1"
            ))?
            .query_row([run_id], |row| Ok(read_row(row)))
            .optional()?
            .transpose()
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
        let records = match lines {
            JobLines::Members(members) => *members,
            lines => self.take_lines(run_id, job_number, &new, lines)?,
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
            action: new.action,
            object: new.object,
            takes_all: matches!(lines, JobLines::All(_)),
            columns: new.columns,
            state: JobState::Intended,
            job_id: None,
            records,
            intended_at: new.intended_at,
            kept_results: None,
        };
        self.connection.execute(
            "INSERT INTO run_job (run_id, job_number, api, action, object, takes, columns, state, job_id, records, intended_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, ?9, ?10)",
            params![
                run_id,
                job_number,
                to_word("run_job.api", &job.api)?,
                to_word("run_job.action", &job.action)?,
                job.object,
                if job.takes_all { "all" } else { "picked" },
                columns,
                to_word("run_job.state", &job.state)?,
                job.records,
                job.intended_at
            ],
        )?;
        Ok(job)
    }

    /// Notes the columns of a job's upload.
    pub fn set_job_columns(
        &self,
        run_id: i64,
        job_number: u32,
        columns: &[String],
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run_job SET columns = ?3 WHERE run_id = ?1 AND job_number = ?2",
            params![run_id, job_number, to_json("run_job.columns", &columns)?],
        )?;
        Ok(())
    }

    /// Notes how many records a job's upload holds.
    pub fn set_job_records(&self, run_id: i64, job_number: u32, records: u32) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run_job SET records = ?3 WHERE run_id = ?1 AND job_number = ?2",
            params![run_id, job_number, records],
        )?;
        Ok(())
    }

    /// Notes that the results of a job are kept and nothing of them is read, or that they are not.
    pub fn set_kept_results(
        &self,
        run_id: i64,
        job_number: u32,
        kept: Option<&KeptResultsRow>,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run_job SET results_file = ?3, results_byte = ?4, results_job = ?5 WHERE run_id = ?1 AND job_number = ?2",
            params![
                run_id,
                job_number,
                kept.map(|kept| &kept.file),
                kept.map(|kept| kept.byte),
                kept.map(|kept| &kept.finished_job)
            ],
        )?;
        Ok(())
    }

    /// Notes how far the kept results of a job are read; of results that are not kept, nothing.
    pub fn set_results_read(
        &self,
        run_id: i64,
        job_number: u32,
        file: &str,
        byte: u64,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run_job SET results_file = ?3, results_byte = ?4
             WHERE run_id = ?1 AND job_number = ?2 AND results_file IS NOT NULL",
            params![run_id, job_number, file, byte],
        )?;
        Ok(())
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
