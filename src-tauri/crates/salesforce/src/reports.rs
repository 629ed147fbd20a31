//! Reports: list, describe, run now or in the background (Reports and Dashboards REST API Developer Guide). A run
//! gives no more than the first 2,000 rows; `report_rows` reads all of a tabular report by sorting on a column of
//! unique values and asking for what is greater than the last one.

mod metadata;
mod page;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

pub use metadata::{ReportFilter, ReportRun};
pub use page::{ReportPage, ReportRow};

use crate::address_parts::record_id;
use crate::client::Client;
use crate::error::{Effort, Error};
use crate::request::Request;

const WHAT: &str = "a report";

/// A report in a list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ReportSummary {
    /// `00O…`
    pub id: String,
    /// Its name.
    pub name: String,
    /// API name.
    pub developer_name: String,
    /// Folder that it lies in.
    pub folder_name: Option<String>,
    /// `Tabular`, `Summary`, `Matrix`, …
    pub format: Option<String>,
    /// When somebody ran it last.
    pub last_run_date: Option<String>,
}

/// A run in the background.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ReportInstance {
    /// `0LG…`
    pub id: String,
    /// `New`, `Running`, `Success` or `Error`.
    pub status: String,
    /// When it was asked for.
    pub request_date: Option<String>,
}

impl Client {
    /// The reports that the user sees, by name.
    pub async fn reports(&self) -> Result<Vec<ReportSummary>, Error> {
        let soql =
            "SELECT Id, Name, DeveloperName, FolderName, Format, LastRunDate FROM Report ORDER BY Name";
        self.rows(soql, "the reports").await
    }

    /// A report's settings, as `reportMetadata` of its description.
    pub async fn describe_report(&self, report_id: &str) -> Result<ReportRun, Error> {
        let url = self.report_address(report_id, &["describe"]).await?;
        let answer: Value = self.send(&Request::get(url)).await?.json(WHAT)?;
        ReportRun::from_description(&answer)
            .ok_or_else(|| unreadable("its description has no reportMetadata"))
    }

    /// Runs a report now with these settings; no more than 2,000 rows. It only reads, so it is repeated like a query.
    pub async fn run_report(&self, report_id: &str, run: &ReportRun) -> Result<ReportPage, Error> {
        let url = self.report_address(report_id, &[]).await?;
        let request = Request::post(url.clone(), &run.body())?.query("includeDetails", "true");
        let answer: Value = self.send(&request.reading()).await?.json(WHAT)?;
        ReportPage::read(&answer).ok_or_else(|| unreadable("it has no rows of details"))
    }

    /// Begins to run a report in the background. If the answer is lost it may run for nobody.
    pub async fn start_report(&self, report_id: &str, run: &ReportRun) -> Result<ReportInstance, Error> {
        let url = self.report_address(report_id, &["instances"]).await?;
        let request = Request::post(url, &run.body())?.query("includeDetails", "true");
        self.send(&request).await?.json("a report's run")
    }

    /// Waits for a run in the background and reads it; no more than 2,000 rows. Results are kept for 24 hours.
    pub async fn report_result(
        &self,
        report_id: &str,
        instance_id: &str,
        cancel: &CancellationToken,
    ) -> Result<ReportPage, Error> {
        let pace = self.pace().poll;
        let instance = record_id(instance_id)?;
        let url = self.report_address(report_id, &["instances", &instance]).await?;
        let waiting = async {
            let mut asked = 0;
            loop {
                asked += 1;
                let answer: Value = self.send(&Request::get(url.clone())).await?.json(WHAT)?;
                match answer.pointer("/attributes/status").and_then(Value::as_str) {
                    Some("Success") | None => {
                        return ReportPage::read(&answer)
                            .ok_or_else(|| unreadable("it has no rows of details"));
                    }
                    Some("Error") => {
                        return Err(Error::JobNotComplete {
                            job_id: instance_id.to_owned(),
                            state: "Error".to_owned(),
                            reason: "the org gave no reason; run the report there to see it".to_owned(),
                        });
                    }
                    Some(_) => tokio::time::sleep(pace.pause(asked)).await,
                }
            }
        };
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Error::Cancelled),
            outcome = waiting => outcome,
        }
    }

    /// Reads every row of a report, 2,000 at a time, each page as one run; `take` gets each page. The key is a column
    /// of the report (e.g. `ACCOUNT_ID`) whose values are unique, never empty and sortable; without that rows would
    /// be lost, so a page whose keys do not grow is an error.
    pub async fn report_rows(
        &self,
        report_id: &str,
        run: &ReportRun,
        key_column: &str,
        cancel: &CancellationToken,
        mut take: impl FnMut(ReportPage) + Send,
    ) -> Result<u64, Error> {
        let (mut last_key, mut rows) = (None::<String>, 0);
        loop {
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            let page = self
                .run_report(report_id, &run.sorted_after(key_column, last_key.as_deref()))
                .await?;
            let place = page
                .columns
                .iter()
                .position(|column| column == key_column)
                .ok_or_else(|| Error::InvalidName {
                    name: key_column.to_owned(),
                    expected: "a detail column of the report",
                })?;
            let key = page.rows.last().and_then(|row| row.key(place));
            rows += page.rows.len() as u64;
            let whole = page.all_data;
            if !whole && !run.format().eq_ignore_ascii_case("TABULAR") {
                return Err(unreadable(
                    "it is grouped and has more than 2,000 rows, which only a tabular report can be read for",
                ));
            }
            let stuck = key.is_none() || key == last_key || !page.has_distinct_keys(place);
            take(page);
            if whole {
                return Ok(rows);
            }
            if stuck {
                return Err(unreadable(
                    "the key column's values are not unique, so its pages cannot be told apart",
                ));
            }
            last_key = key;
        }
    }

    async fn report_address(&self, report_id: &str, rest: &[&str]) -> Result<url::Url, Error> {
        let id = record_id(report_id)?;
        let mut segments = vec!["analytics", "reports", id.as_str()];
        segments.extend(rest);
        self.data_address(&segments).await
    }
}

fn unreadable(detail: &str) -> Error {
    Error::Unreadable {
        what: WHAT,
        detail: detail.to_owned(),
        effort: Effort::default(),
    }
}

fn filter_json(filter: &ReportFilter) -> Value {
    json!({ "column": filter.column, "operator": filter.operator, "value": filter.value })
}
