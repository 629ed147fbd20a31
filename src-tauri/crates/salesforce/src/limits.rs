//! The org's limits: `GET /limits` (REST API Developer Guide, "Limits"). Users without "View Setup and
//! Configuration" are refused.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::client::Client;
use crate::error::Error;
use crate::request::Request;

/// One limit and what is left of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// The most allowed.
    pub max: i64,
    /// What is left.
    pub remaining: i64,
}

/// The limits by name, e.g. `DailyApiRequests`, `DailyBulkApiBatches`, `DataStorageMB`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits(BTreeMap<String, Allowance>);

impl Limits {
    /// One limit; `None` if this org does not name it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Allowance> {
        self.0.get(name).copied()
    }

    /// API requests of the last 24 hours.
    #[must_use]
    pub fn daily_api_requests(&self) -> Option<Allowance> {
        self.get("DailyApiRequests")
    }

    /// Batches of Bulk ingest of the last 24 hours; a job takes one for each 10,000 rows.
    #[must_use]
    pub fn daily_bulk_batches(&self) -> Option<Allowance> {
        self.get("DailyBulkApiBatches")
    }

    /// Bulk query jobs of the last 24 hours.
    #[must_use]
    pub fn daily_query_jobs(&self) -> Option<Allowance> {
        self.get("DailyBulkV2QueryJobs")
    }

    /// Megabytes of Bulk query results of the last 24 hours.
    #[must_use]
    pub fn daily_query_megabytes(&self) -> Option<Allowance> {
        self.get("DailyBulkV2QueryFileStorageMB")
    }

    /// Megabytes of records.
    #[must_use]
    pub fn data_storage_megabytes(&self) -> Option<Allowance> {
        self.get("DataStorageMB")
    }

    /// Reports run at once and waited for, in the last hour.
    #[must_use]
    pub fn hourly_report_runs(&self) -> Option<Allowance> {
        self.get("HourlySyncReportRuns")
    }

    /// Reports run in the background, in the last hour.
    #[must_use]
    pub fn hourly_report_instances(&self) -> Option<Allowance> {
        self.get("HourlyAsyncReportRuns")
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Allowance)> {
        self.0.iter().map(|(name, allowance)| (name.as_str(), *allowance))
    }
}

impl Client {
    /// Reads the org's limits.
    pub async fn limits(&self) -> Result<Limits, Error> {
        let request = Request::get(self.data_address(&["limits"]).await?);
        let answer: BTreeMap<String, Value> = self.send(&request).await?.json("the limits")?;
        let allowance = |value: &Value| {
            Some(Allowance {
                max: value.get("Max")?.as_i64()?,
                remaining: value.get("Remaining")?.as_i64()?,
            })
        };
        let named = answer
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), allowance(value)?)));
        Ok(Limits(named.collect()))
    }
}
