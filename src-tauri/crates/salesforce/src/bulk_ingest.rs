//! Bulk API 2.0 ingest: a job is created, takes one CSV upload, is closed, runs, and gives three result files
//! (Bulk API 2.0 and Bulk API Developer Guide, "Bulk API 2.0 Ingest").
//!
//! A job changes nothing before it is closed, so a caller notes its id first. After a lost upload it aborts the
//! job and makes a new one; after a lost close it asks the job. No step here repeats a write blindly.

mod job;
mod recovery;
mod result_files;
mod results;
mod row_error;
mod sent_rows;

use std::path::Path;

use serde::Deserialize;
use serde_json::json;
use tokio_util::sync::CancellationToken;

pub use job::{IngestOptions, JobInfo, JobState, Operation};
pub use recovery::Recovery;
pub use result_files::ResultFiles;
pub use results::{LentRow, ResultRow, ResultRows, ResultSet};
pub use row_error::RowError;
pub use sent_rows::SentRows;

pub use crate::request::Progress;

use crate::address_parts::record_id;
use crate::client::Client;
use crate::error::Error;
use crate::polling;
use crate::record::gone_is_done;
use crate::request::Request;

/// Largest upload of one job in bytes: the server takes 150 MB after base64 encoding, which adds up to half.
pub const LARGEST_UPLOAD_BYTES: u64 = 100_000_000;

/// A result file on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Downloaded {
    /// Its size.
    pub bytes: u64,
}

/// The ingest jobs of an org.
#[derive(Debug, Clone, Copy)]
pub struct BulkIngest<'a> {
    client: &'a Client,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JobPage {
    #[serde(default)]
    records: Vec<JobInfo>,
    #[serde(default)]
    next_records_url: Option<String>,
}

impl Client {
    /// The ingest jobs of this org.
    #[must_use]
    pub fn bulk_ingest(&self) -> BulkIngest<'_> {
        BulkIngest { client: self }
    }
}

impl BulkIngest<'_> {
    /// Creates an open job. If the answer is lost an empty open job may remain, which harms nothing.
    pub async fn create_job(self, options: &IngestOptions) -> Result<JobInfo, Error> {
        let url = self.client.data_address(&["jobs", "ingest"]).await?;
        self.client
            .send(&Request::post(url, &options.body()?)?)
            .await?
            .json("a new Bulk job")
    }

    /// Uploads a CSV file as the content of an open job, read as it is sent. A job takes one content only: when
    /// the answer is lost the error is `ReplyLost`, and the job must be aborted and made anew.
    pub async fn upload(self, job: &JobInfo, path: &Path, progress: Option<Progress>) -> Result<(), Error> {
        let url = self.upload_address(job, path).await?;
        self.client
            .send(&Request::put_csv(url, path.to_owned(), progress, false))
            .await
            .map(drop)
    }

    /// The same, compressed on the way. No document says that ingest uploads may be compressed, so a refusal is
    /// followed by an upload in plain. Gives whether the compressed one was taken; if not, use `upload` for this org
    /// from now on. An org that takes the bytes without unpacking them fails the job before it writes anything.
    pub async fn upload_compressed(
        self,
        job: &JobInfo,
        path: &Path,
        progress: Option<Progress>,
    ) -> Result<bool, Error> {
        let url = self.upload_address(job, path).await?;
        let request = Request::put_csv(url, path.to_owned(), progress.clone(), true);
        match self.client.send(&request).await {
            Ok(_) => Ok(true),
            Err(
                Error::Salesforce {
                    status: 400 | 415, ..
                }
                | Error::NotJson {
                    status: 400 | 415, ..
                },
            ) => self.upload(job, path, progress).await.map(|()| false),
            Err(error) => Err(error),
        }
    }

    async fn upload_address(self, job: &JobInfo, path: &Path) -> Result<url::Url, Error> {
        let metadata = tokio::fs::metadata(path).await;
        let bytes = metadata
            .map_err(|source| Error::File {
                path: path.to_owned(),
                action: "read",
                source,
            })?
            .len();
        if bytes > LARGEST_UPLOAD_BYTES {
            return Err(Error::FileTooLarge {
                path: path.to_owned(),
                bytes,
                allowed: LARGEST_UPLOAD_BYTES,
            });
        }
        match job.content_url.as_deref() {
            Some(address) => Ok(self.client.instance_url().join(&from_root(address))?),
            None => self.job_address(&job.id, &["batches"]).await,
        }
    }

    /// Hands the job over to the org. If the answer is lost the job is asked: any other state than `Open` means
    /// that it was taken.
    pub async fn close(self, job_id: &str) -> Result<JobInfo, Error> {
        self.set_state(job_id, &JobState::UploadComplete).await
    }

    /// Stops a job. Records that it has written stay.
    pub async fn abort(self, job_id: &str) -> Result<JobInfo, Error> {
        self.set_state(job_id, &JobState::Aborted).await
    }

    async fn set_state(self, job_id: &str, state: &JobState) -> Result<JobInfo, Error> {
        let request = Request::patch(
            self.job_address(job_id, &[]).await?,
            &json!({ "state": state.as_str() }),
        )?;
        match self.client.send(&request).await {
            Err(lost) if lost.may_have_acted() => {
                let job = self.job(job_id).await?;
                let taken = if *state == JobState::Aborted {
                    job.state == *state
                } else {
                    job.state != JobState::Open
                };
                // The state was read, so this second request is not blind.
                if taken {
                    Ok(job)
                } else {
                    self.client.send(&request).await?.json("a Bulk job")
                }
            }
            other => other?.json("a Bulk job"),
        }
    }

    /// The job's state and counters.
    pub async fn job(self, job_id: &str) -> Result<JobInfo, Error> {
        self.client
            .send(&Request::get(self.job_address(job_id, &[]).await?))
            .await?
            .json("a Bulk job")
    }

    /// Removes a finished job and its results from the org. Its records stay.
    pub async fn delete(self, job_id: &str) -> Result<(), Error> {
        gone_is_done(
            self.client
                .send(&Request::delete(self.job_address(job_id, &[]).await?))
                .await,
        )
    }

    /// Jobs of one user that are still open, e.g. left over by a lost answer.
    pub async fn open_jobs(self, created_by_id: &str) -> Result<Vec<JobInfo>, Error> {
        let owner = record_id(created_by_id)?;
        let mut url = self.client.data_address(&["jobs", "ingest"]).await?;
        url.set_query(Some("jobType=V2Ingest"));
        let mut open = Vec::new();
        loop {
            let page: JobPage = self
                .client
                .send(&Request::get(url.clone()))
                .await?
                .json("the list of Bulk jobs")?;
            let mine =
                |job: &JobInfo| job.state == JobState::Open && job.created_by_id.get(..15) == owner.get(..15);
            open.extend(page.records.into_iter().filter(mine));
            let Some(next) = page.next_records_url else {
                return Ok(open);
            };
            let next = self.client.instance_url().join(&next)?;
            if next == url {
                return Ok(open);
            }
            url = next;
        }
    }

    /// Asks for the first page of the list of jobs and drops it: an answer says that the Bulk API lets this user in. One
    /// call.
    pub async fn look_in(self) -> Result<(), Error> {
        let url = self.client.data_address(&["jobs", "ingest"]).await?;
        let request = Request::get(url).query("jobType", "V2Ingest");
        let _: JobPage = self.client.send(&request).await?.json("the list of Bulk jobs")?;
        Ok(())
    }

    /// Asks for the job's state, at growing intervals, until it is finished; tells each answer. Cancelling stops
    /// the asking, not the job.
    pub async fn wait(
        self,
        job_id: &str,
        cancel: &CancellationToken,
        tell: impl FnMut(&JobInfo) + Send,
    ) -> Result<JobInfo, Error> {
        let pace = self.client.pace().poll;
        let is_finished = |info: &JobInfo| info.state.is_finished();
        polling::until_finished(pace, cancel, || self.job(job_id), is_finished, tell).await
    }

    /// Downloads one of a finished job's result files to a path, compressed on the way. The order of its rows is
    /// not the order sent. Read it by `ResultRows`.
    pub async fn download_results(
        self,
        job_id: &str,
        set: ResultSet,
        path: &Path,
    ) -> Result<Downloaded, Error> {
        let request = Request::get(self.job_address(job_id, &[set.path_segment()]).await?).accept("text/csv");
        let reply = self.client.download(&request, path).await?;
        Ok(Downloaded {
            bytes: reply.written_bytes,
        })
    }

    async fn job_address(self, job_id: &str, rest: &[&str]) -> Result<url::Url, Error> {
        let id = record_id(job_id)?;
        let mut segments = vec!["jobs", "ingest", id.as_str()];
        segments.extend(rest);
        self.client.data_address(&segments).await
    }
}

/// `contentUrl` comes without a leading slash, but is meant from the root.
fn from_root(address: &str) -> String {
    if address.contains("://") || address.starts_with('/') {
        address.to_owned()
    } else {
        format!("/{address}")
    }
}
