//! All three result files of a finished job, counted against what was sent.

use std::fs::File;
use std::path::{Path, PathBuf};

use simd_csv::SplitterBuilder;
use tokio::fs::OpenOptions;

use super::BulkIngest;
use super::results::{BUFFER_BYTES, ResultSet};
use crate::error::Error;

/// How often the files are fetched when their rows are not those sent.
const TRIES: u32 = 3;

/// The result files of a job. Together they hold every row that was sent, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultFiles {
    folder: PathBuf,
    /// Written rows.
    pub successful_rows: u64,
    /// Refused rows.
    pub failed_rows: u64,
    /// Rows never tried.
    pub unprocessed_rows: u64,
}

impl ResultFiles {
    /// The files that `download_all_results` left in a folder, whatever it said of their rows, which are not counted.
    #[must_use]
    pub fn left_in(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            successful_rows: 0,
            failed_rows: 0,
            unprocessed_rows: 0,
        }
    }

    /// One file, to be read by `ResultRows::open`.
    #[must_use]
    pub fn path(&self, set: ResultSet) -> PathBuf {
        self.folder.join(set.file_name())
    }

    /// Bytes of a file; `None` of one that is not there.
    #[must_use]
    pub fn bytes(&self, set: ResultSet) -> Option<u64> {
        let metadata = std::fs::metadata(self.path(set)).ok()?;
        metadata.is_file().then_some(metadata.len())
    }

    /// Returns when the files' content would outlive a power cut. A file whose name does not is not there.
    ///
    /// # Errors
    /// [`Error::File`] when the disk does not take it.
    pub async fn sync(&self) -> Result<(), Error> {
        for set in ResultSet::ALL {
            let path = self.path(set);
            let synced = async {
                // Some systems sync only what may be written.
                let file = OpenOptions::new().write(true).open(&path).await?;
                file.sync_all().await
            };
            synced.await.map_err(|source| Error::File {
                path: path.clone(),
                action: "written",
                source,
            })?;
        }
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.successful_rows + self.failed_rows + self.unprocessed_rows
    }
}

impl BulkIngest<'_> {
    /// Downloads the three result files of a finished job into a folder, and counts: successful, failed and
    /// unprocessed rows must be the rows sent. If they are not, the files are fetched again (they may not have been
    /// complete yet); if they still are not, the error is `RowCount`, and rows without a result are uncertain. When
    /// the org has removed the results `Error::is_not_found` is true of the error.
    pub async fn download_all_results(
        self,
        job_id: &str,
        sent_rows: u64,
        folder: &Path,
    ) -> Result<ResultFiles, Error> {
        let pace = self.client.pace().retry;
        let mut tries = 0;
        loop {
            tries += 1;
            let files = self.download_once(job_id, folder).await?;
            if files.rows() == sent_rows {
                return Ok(files);
            }
            if tries == TRIES {
                return Err(Error::RowCount {
                    job_id: job_id.to_owned(),
                    expected_rows: sent_rows,
                    received_rows: files.rows(),
                });
            }
            tokio::time::sleep(pace.pause(tries)).await;
        }
    }

    async fn download_once(self, job_id: &str, folder: &Path) -> Result<ResultFiles, Error> {
        let mut rows = [0; 3];
        for (set, count) in ResultSet::ALL.into_iter().zip(&mut rows) {
            let path = folder.join(set.file_name());
            self.download_results(job_id, set, &path).await?;
            let counting = tokio::task::spawn_blocking(move || count_rows(&path));
            *count = counting.await.map_err(|error| Error::Csv {
                detail: error.to_string(),
            })??;
        }
        Ok(ResultFiles {
            folder: folder.to_owned(),
            successful_rows: rows[0],
            failed_rows: rows[1],
            unprocessed_rows: rows[2],
        })
    }
}

/// Only where rows end matters here, so that no cell is looked at.
fn count_rows(path: &Path) -> Result<u64, Error> {
    let file = File::open(path).map_err(|source| Error::File {
        path: path.to_owned(),
        action: "read",
        source,
    })?;
    let counted = SplitterBuilder::with_capacity(BUFFER_BYTES)
        .from_reader(file)
        .count_records();
    counted.map_err(|error| Error::Csv {
        detail: error.to_string(),
    })
}
