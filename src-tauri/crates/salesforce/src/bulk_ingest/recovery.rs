//! After a crash or a lost answer: what became of a job, and what to do about it (Bulk API 2.0 and Bulk API Developer
//! Guide, "Bulk API 2.0 Ingest": job states, job list, results kept for seven days). There is no idempotency key, so
//! the caller notes a job's id before its upload and asks here before it sends anything again.

use super::BulkIngest;
use super::job::{JobInfo, JobState, Operation};
use super::row_error::RowError;
use crate::error::Error;

/// What to do about a job whose fate was unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum Recovery {
    /// Nothing of it was processed, nor will be; whether its upload arrived cannot be told. Make a new job.
    StartAnew,
    /// It was taken. Wait for it; never make a second job.
    Running(JobInfo),
    /// It has ended, perhaps badly. Its results tell what was written; rows that are unprocessed, or failed for a
    /// passing reason, may be sent again.
    Finished(JobInfo),
    /// The org no longer knows the job. Send again blindly only what `Operation::is_safe_to_repeat`; look for the
    /// records of anything else first.
    ResultsGone,
}

impl BulkIngest<'_> {
    /// Brings a job whose fate is unknown to a known state: reads it, and aborts it if it is still open.
    pub async fn recover(self, job_id: &str) -> Result<Recovery, Error> {
        let info = match self.job(job_id).await {
            Err(error) if error.is_not_found() => return Ok(Recovery::ResultsGone),
            other => other?,
        };
        if info.state != JobState::Open {
            return Ok(standing(info));
        }
        match self.abort(job_id).await {
            Ok(_) => Ok(Recovery::StartAnew),
            // Closed by somebody else between the two calls.
            Err(error) if error.api_code() == Some("INVALIDJOBSTATE") => {
                Ok(standing(self.job(job_id).await?))
            }
            Err(error) => Err(error),
        }
    }

    /// Aborts the open jobs of one user for one object that the caller knows nothing of: their creation was answered
    /// to nobody. Nothing was uploaded to them, so this is only tidiness. Gives the jobs that it aborted.
    pub async fn abort_orphans(
        self,
        created_by_id: &str,
        object: &str,
        known_job_ids: &[String],
    ) -> Result<Vec<JobInfo>, Error> {
        let known = |id: &str| known_job_ids.iter().any(|known| known.get(..15) == id.get(..15));
        let mut aborted = Vec::new();
        for job in self.open_jobs(created_by_id).await? {
            if known(&job.id) || !job.object.eq_ignore_ascii_case(object) {
                continue;
            }
            match self.abort(&job.id).await {
                Ok(info) => aborted.push(info),
                // Closed, ended or removed in the meantime: no orphan after all.
                Err(error) if error.is_not_found() || error.api_code() == Some("INVALIDJOBSTATE") => {}
                Err(error) => return Err(error),
            }
        }
        Ok(aborted)
    }
}

fn standing(info: JobInfo) -> Recovery {
    if info.state.is_finished() {
        Recovery::Finished(info)
    } else {
        Recovery::Running(info)
    }
}

impl Operation {
    /// Whether the same rows may be sent a second time without looking what became of the first: a second upsert by
    /// an external id finds the records of the first, and a second update sets the same values. A second insert
    /// makes duplicates, and a second deletion fails.
    #[must_use]
    pub fn is_safe_to_repeat(&self) -> bool {
        matches!(self, Self::Upsert { .. } | Self::Update)
    }
}

/// Codes of failures that pass by themselves.
const PASSING_CODES: [&str; 6] = [
    "UNABLE_TO_LOCK_ROW",
    "QUERY_TIMEOUT",
    "TooManyLockFailure",
    "TOO_MANY_LOCK_FAILURE",
    "UNKNOWN_EXCEPTION",
    "SERVER_UNAVAILABLE",
];

impl RowError {
    /// Whether the same row may well be taken at a second try; the row was not written.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        PASSING_CODES.contains(&self.code.as_str())
            || self.code.is_empty() && self.message.starts_with("TooManyLockFailure")
    }
}
