//! The results of a finished job, kept beside the database until its lines are settled: whoever was killed meanwhile goes on
//! after the last transaction, and downloads nothing again.

use salesforce::{Error, ResultFiles, ResultRows, ResultSet};
use store::{JobRow, ResultsRead, StoreError, Write};

use super::{Pass, Stop, bulk, job_files};
use crate::fault::Fault;

/// The result files of a job on this machine.
pub(super) struct KeptResults {
    files: ResultFiles,
    /// How far they are read; `None` of files that are not complete, which are asked for again after a kill.
    read: Option<ResultsRead>,
}

impl KeptResults {
    /// Those that are kept, or else those that Salesforce gives; `None` when it no longer has them.
    pub async fn of(pass: &Pass<'_>, job: &JobRow) -> Result<Option<Self>, Stop> {
        let folder = job_files::folder(pass.engine.store(), job)?;
        if let Some(read) = &job.results_read {
            let files = ResultFiles::left_in(&folder);
            if files.are_there() {
                return Ok(Some(Self {
                    files,
                    read: Some(read.clone()),
                }));
            }
        }
        let bulk = pass.client.bulk_ingest();
        let job_id = bulk::job_id(job)?;
        let downloaded = bulk
            .download_all_results(&job_id, u64::from(job.records), &folder)
            .await;
        match downloaded {
            Ok(files) => {
                files.sync().await?;
                let read = Self::keep(pass, job).await?;
                Ok(Some(Self {
                    files,
                    read: Some(read),
                }))
            }
            // Rows without a result are looked up.
            Err(error @ Error::RowCount { .. }) => {
                tracing::warn!(%error, "the results of a job are not complete");
                Ok(Some(Self {
                    files: ResultFiles::left_in(&folder),
                    read: None,
                }))
            }
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Notes that the results are whole and nothing of them is read.
    async fn keep(pass: &Pass<'_>, job: &JobRow) -> Result<ResultsRead, Fault> {
        let read = ResultsRead {
            file: ResultSet::ALL[0].file_name().to_owned(),
            byte: 0,
        };
        let (run_id, number, noted) = (job.run_id, job.job_number, read.clone());
        pass.engine
            .write(move |write| Ok(write.set_results_read(run_id, number, &noted)?))
            .await?;
        Ok(read)
    }

    /// Gives them up, because they could not be read: the next look asks Salesforce again.
    pub async fn give_up(self) {
        for set in ResultSet::ALL {
            let path = self.files.path(set);
            if let Err(error) = tokio::fs::remove_file(&path).await {
                tracing::warn!(%error, path = %path.display(), "results that could not be read are left");
            }
        }
    }

    /// The rows that are not read, a file after the other; each is opened when it is asked for.
    pub fn unread(&self) -> impl Iterator<Item = Result<UnreadResults, Error>> {
        let (file, byte) = match &self.read {
            Some(read) => (read.file.as_str(), read.byte),
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
                    is_kept: self.read.is_some(),
                })
            })
    }
}

/// The rows of a result file that are not read.
pub(super) struct UnreadResults {
    pub set: ResultSet,
    pub rows: ResultRows,
    is_kept: bool,
}

impl UnreadResults {
    /// Notes how far they are read, in the transaction that settles what was read.
    pub fn note(&self, write: &Write<'_>, job: &JobRow) -> Result<(), StoreError> {
        if !self.is_kept {
            return Ok(());
        }
        let read = ResultsRead {
            file: self.set.file_name().to_owned(),
            byte: self.rows.byte(),
        };
        write.set_results_read(job.run_id, job.job_number, &read)
    }
}
