//! Bulk API 2.0 query: a job takes a SOQL text, runs, and gives its rows as CSV pages that follow each other by
//! locator (Bulk API 2.0 and Bulk API Developer Guide, "Bulk API 2.0 Query").
//!
//! Results must be read with the API version that created the job (else 409), so a `QueryJob` carries its version
//! from its first call to its last. Rows go to a `RowSink` as they arrive: no page and no row list is ever held.
//! A page that breaks off is asked again at its locator, which stays valid for the job's life, and rows that were
//! handed over already are passed by; a `ResumePoint` does the same for a later process.

mod download;
mod job;
mod page;
mod page_list;
mod resume;
mod row;
mod row_parser;
mod sink;
mod why_failed;

use serde_json::json;
use tokio_util::sync::CancellationToken;

pub use download::{QueryDownload, QueryDownloadOptions};
pub use job::{QueryJob, QueryJobInfo, QueryJobOptions};
pub use resume::{PageRows, ResumePoint};
pub use row::{Cells, QueryRow};
pub use sink::{RowSink, SinkError};

use crate::address_parts::record_id;
use crate::api_error::ApiError;
use crate::bulk_ingest::JobState;
use crate::client::Client;
use crate::error::Error;
use crate::polling;
use crate::record::gone_is_done;
use crate::request::Request;

/// The query jobs of an org.
#[derive(Debug, Clone, Copy)]
pub struct BulkQuery<'a> {
    client: &'a Client,
}

impl Client {
    /// The query jobs of this org.
    #[must_use]
    pub fn bulk_query(&self) -> BulkQuery<'_> {
        BulkQuery { client: self }
    }
}

impl BulkQuery<'_> {
    /// Hands a query over to the org. If the answer is lost a job may run for nobody, which harms nothing but the
    /// allowance of query jobs.
    pub async fn create_job(self, options: &QueryJobOptions) -> Result<QueryJobInfo, Error> {
        let version = self.client.api_version().await?;
        let url = self.client.versioned_address(version, &["jobs", "query"])?;
        let reply = self.client.send(&Request::post(url, &options.body())?).await?;
        Ok(reply.json::<job::Told>("a new query job")?.with_version(version))
    }

    /// The job's state and counters.
    pub async fn job(self, job: &QueryJob) -> Result<QueryJobInfo, Error> {
        let reply = self
            .client
            .send(&Request::get(self.job_address(job, &[])?))
            .await?;
        Ok(reply
            .json::<job::Told>("a query job")?
            .with_version(job.api_version))
    }

    /// Asks for the job's state, at growing intervals, until it is finished; tells each answer. Cancelling stops
    /// the asking, not the job.
    pub async fn wait(
        self,
        job: &QueryJob,
        cancel: &CancellationToken,
        tell: impl FnMut(&QueryJobInfo) + Send,
    ) -> Result<QueryJobInfo, Error> {
        let pace = self.client.pace().poll;
        let is_finished = |info: &QueryJobInfo| info.state.is_finished();
        polling::until_finished(pace, cancel, || self.job(job), is_finished, tell).await
    }

    /// Stops a job that has not ended; one that has is refused with `INVALIDJOBSTATE`. If the answer is lost the
    /// job is asked.
    pub async fn abort(self, job: &QueryJob) -> Result<QueryJobInfo, Error> {
        let body = json!({ "state": JobState::Aborted.as_str() });
        let request = Request::patch(self.job_address(job, &[])?, &body)?;
        let reply = match self.client.send(&request).await {
            Err(lost) if lost.may_have_acted() => {
                let info = self.job(job).await?;
                if info.state.is_finished() {
                    return Ok(info);
                }
                // The state was read, so this second request is not blind.
                self.client.send(&request).await?
            }
            other => other?,
        };
        Ok(reply
            .json::<job::Told>("a query job")?
            .with_version(job.api_version))
    }

    /// Removes a finished job and its results from the org.
    pub async fn delete(self, job: &QueryJob) -> Result<(), Error> {
        gone_is_done(
            self.client
                .send(&Request::delete(self.job_address(job, &[])?))
                .await,
        )
    }

    /// Reads every row of a complete job into a sink, in constant memory. The rows are counted against what the org
    /// told of each page and of the job. Cancelling stops between two rows; go on from the last `ResumePoint` that
    /// the sink was given. With more than one page at a time rows of different pages come mixed.
    pub async fn download<S: RowSink + ?Sized>(
        self,
        info: &QueryJobInfo,
        options: &QueryDownloadOptions,
        cancel: &CancellationToken,
        sink: &mut S,
    ) -> Result<QueryDownload, Error> {
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Error::Cancelled),
            outcome = download::run(self, info, options, sink) => outcome,
        }
    }

    /// Why a job of this query failed, for jobs whose info does not say: the same query goes once through REST with
    /// `LIMIT 1`, which answers with a reason. `None` if it works there.
    pub async fn failure_reason(self, options: &QueryJobOptions) -> Result<Option<ApiError>, Error> {
        let soql = why_failed::with_limit_one(&options.soql);
        let outcome = if options.with_deleted {
            self.client.query_with_deleted(&soql).await
        } else {
            self.client.query(&soql).await
        };
        match outcome {
            Ok(_) => Ok(None),
            Err(Error::Salesforce { errors, .. }) => Ok(errors.into_iter().next()),
            Err(error) => Err(error),
        }
    }

    fn job_address(self, job: &QueryJob, rest: &[&str]) -> Result<url::Url, Error> {
        let id = record_id(&job.id)?;
        let mut segments = vec!["jobs", "query", id.as_str()];
        segments.extend(rest);
        self.client.versioned_address(job.api_version, &segments)
    }
}
