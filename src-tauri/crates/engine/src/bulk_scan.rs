//! Reads what one Bulk query finds, row by row, and leaves nothing of it in the org.

use salesforce::{Client, JobState, QueryDownloadOptions, QueryJobInfo, QueryJobOptions, RowSink};
use tokio_util::sync::CancellationToken;

use crate::fault::{Code, Fault};

/// Rows of a page of a Bulk query's results, about.
const ROWS_OF_A_PAGE: u64 = 50_000;
/// Calls of a Bulk query besides its pages: to create it, to look at its state a few times, to remove it.
const CALLS_OF_A_JOB: u64 = 5;

/// Calls that reading so many rows by one Bulk query takes.
pub(crate) fn calls_of_scan(rows: u64) -> u64 {
    CALLS_OF_A_JOB + rows.div_ceil(ROWS_OF_A_PAGE).max(1)
}

/// Hands every row of a query to a sink; returns their number. `unread` is the sentence for a query that Salesforce cannot
/// answer.
pub(crate) async fn scan<S: RowSink + ?Sized>(
    client: &Client,
    soql: String,
    cancel: &CancellationToken,
    sink: &mut S,
    unread: &str,
) -> Result<u64, Fault> {
    let options = QueryJobOptions {
        soql,
        with_deleted: false,
    };
    let bulk = client.bulk_query();
    let created = bulk.create_job(&options).await?;
    let read = async {
        let info = bulk.wait(&created.job, cancel, |_| {}).await?;
        if info.state != JobState::JobComplete {
            return Err(failed(client, &options, &info, unread).await?);
        }
        let download = bulk
            .download(&info, &QueryDownloadOptions::default(), cancel, sink)
            .await?;
        Ok(download.rows)
    }
    .await;
    let rows = match read {
        Ok(rows) => rows,
        Err(fault) => {
            if fault.code == Code::Cancelled
                && let Err(error) = bulk.abort(&created.job).await
            {
                tracing::debug!(%error, "a query job that nobody waits for was not stopped");
            }
            return Err(fault);
        }
    };
    if let Err(error) = bulk.delete(&created.job).await {
        tracing::warn!(%error, "the results of a query job were not removed; Salesforce does so after seven days");
    }
    Ok(rows)
}

/// Why the job gave nothing.
async fn failed(
    client: &Client,
    options: &QueryJobOptions,
    info: &QueryJobInfo,
    unread: &str,
) -> Result<Fault, Fault> {
    let reason = match &info.error_message {
        Some(message) => Some(message.clone()),
        None => client
            .bulk_query()
            .failure_reason(options)
            .await?
            .map(|error| format!("{}: {}", error.code, error.message)),
    };
    let fault = Fault::new(Code::Salesforce, unread);
    Ok(match reason {
        Some(reason) => fault.with_detail(reason),
        None => fault,
    })
}
