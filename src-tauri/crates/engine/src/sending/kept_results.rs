//! The results of a finished job, kept beside the database until its lines are settled: whoever was killed meanwhile goes on
//! after the last transaction, and downloads nothing again.

use std::io::ErrorKind;

use salesforce::{Error, JobInfo, ResultFiles, ResultRows, ResultSet};
use store::{JobRow, KeptResultsRow, StoreError, Write};

use super::{Pass, Stop, bulk, job_files};
use crate::fault::Fault;

/// The result files of a job on this machine.
pub(super) struct KeptResults {
    files: ResultFiles,
    /// How far they are read; `None` of files that are not kept, which are asked for again after a kill.
    kept: Option<KeptResultsRow>,
}

impl KeptResults {
    /// Those that are kept, or else those that Salesforce gives; `None` when it no longer has them.
    pub async fn of(pass: &Pass<'_>, job: &JobRow, info: &JobInfo) -> Result<Option<Self>, Stop> {
        if let Some(kept) = Self::kept(pass, job)? {
            return Ok(Some(kept));
        }
        note(pass, job, None).await?;
        let folder = job_files::folder(pass.engine.store(), job)?;
        let bulk = pass.client.bulk_ingest();
        let job_id = bulk::job_id(job)?;
        let downloaded = bulk
            .download_all_results(&job_id, u64::from(job.records), &folder)
            .await;
        let files = match downloaded {
            Ok(files) => files,
            // Rows without a result are looked up.
            Err(error @ Error::RowCount { .. }) => {
                tracing::warn!(%error, "the results of a job are not complete");
                return Ok(Some(Self {
                    files: ResultFiles::left_in(&folder),
                    kept: None,
                }));
            }
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let kept = match files.sync().await {
            Ok(()) => Some(KeptResultsRow {
                file: ResultSet::ALL[0].file_name().to_owned(),
                byte: 0,
                finished_job: serde_json::to_string(info).map_err(|error| Fault::internal(&error))?,
            }),
            // Some shared folders know no such thing.
            Err(Error::File { source, .. })
                if matches!(source.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) =>
            {
                tracing::warn!(%source, "results are not kept where nobody knows whether they outlive a power cut");
                None
            }
            Err(error) => return Err(error.into()),
        };
        if kept.is_some() {
            note(pass, job, kept.clone()).await?;
        }
        Ok(Some(Self { files, kept }))
    }

    /// Those that an earlier pass kept, when they are whole.
    fn kept(pass: &Pass<'_>, job: &JobRow) -> Result<Option<Self>, Fault> {
        let Some(kept) = &job.kept_results else {
            return Ok(None);
        };
        let files = ResultFiles::left_in(&job_files::folder(pass.engine.store(), job)?);
        let is_whole = ResultSet::ALL.into_iter().all(|set| {
            let read = if set.file_name() == kept.file {
                kept.byte
            } else {
                0
            };
            files.bytes(set).is_some_and(|bytes| bytes >= read)
        });
        Ok(is_whole.then(|| Self {
            files,
            kept: Some(kept.clone()),
        }))
    }

    /// What the org told of a job whose results are kept: it counts when the org has forgotten the job.
    pub fn finished_job(pass: &Pass<'_>, job: &JobRow) -> Result<Option<JobInfo>, Fault> {
        let kept = Self::kept(pass, job)?.and_then(|results| results.kept);
        Ok(kept.and_then(|kept| {
            serde_json::from_str(&kept.finished_job)
                .inspect_err(|error| tracing::warn!(%error, "what the org told of a job cannot be read"))
                .ok()
        }))
    }

    /// Gives those of a job up, because they cannot be read: they are asked for again.
    pub async fn give_up(pass: &Pass<'_>, job: &JobRow) -> Result<(), Fault> {
        note(pass, job, None).await
    }

    /// The job as it is read once more after its results were given up.
    pub fn given_up(job: &JobRow, damage: &Error) -> JobRow {
        tracing::warn!(error = %damage, "the results of a job are downloaded once more");
        JobRow {
            kept_results: None,
            ..job.clone()
        }
    }

    /// The rows that are not read, a file after the other; each is opened when it is asked for.
    pub fn unread(&self) -> impl Iterator<Item = Result<UnreadResults, Error>> {
        let (file, byte) = match &self.kept {
            Some(kept) => (kept.file.as_str(), kept.byte),
            None => ("", 0),
        };
        let begun = ResultSet::ALL.iter().position(|set| set.file_name() == file);
        ResultSet::ALL
            .into_iter()
            .enumerate()
            .skip(begun.unwrap_or_default())
            .map(move |(place, set)| {
                let byte = if Some(place) == begun { byte } else { 0 };
                Ok(UnreadResults {
                    set,
                    rows: ResultRows::open_at(&self.files.path(set), byte)?,
                })
            })
    }
}

/// Notes which results are kept, before they are read.
async fn note(pass: &Pass<'_>, job: &JobRow, kept: Option<KeptResultsRow>) -> Result<(), Fault> {
    let (run_id, number) = (job.run_id, job.job_number);
    pass.engine
        .write(move |write| Ok(write.set_kept_results(run_id, number, kept.as_ref())?))
        .await
}

/// The rows of a result file that are not read.
pub(super) struct UnreadResults {
    pub set: ResultSet,
    pub rows: ResultRows,
}

impl UnreadResults {
    /// Notes how far they are read, in the transaction that settles what was read.
    pub fn note(&self, write: &Write<'_>, job: &JobRow) -> Result<(), StoreError> {
        write.set_results_read(job.run_id, job.job_number, self.set.file_name(), self.rows.byte())
    }
}
