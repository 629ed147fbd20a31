//! Ids of records that were changed or deleted in a window of time: `GET /sobjects/X/updated/`, `…/deleted/` (REST API
//! Developer Guide, "sObject Get Updated", "sObject Get Deleted"). The window ends after it starts by a minute or
//! more and reaches back 30 days at most; more than some 600,000 ids are refused with `EXCEEDED_ID_LIMIT`, so ask for
//! a shorter window then. Rows are committed late with an earlier stamp: let windows overlap.

use jiff::Timestamp;
use serde::Deserialize;

use crate::address_parts::api_name;
use crate::client::Client;
use crate::error::Error;
use crate::request::Request;

/// What was created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Updated {
    /// Ids of 18 characters.
    pub ids: Vec<String>,
    /// Begin the next window here, as `2026-11-23T12:34:00.000+0000`.
    pub latest_date_covered: String,
}

/// What was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// The records.
    pub deleted_records: Vec<DeletedRecord>,
    /// Deletions before this are forgotten; a window that begins earlier misses some.
    pub earliest_date_available: String,
    /// Begin the next window here.
    pub latest_date_covered: String,
}

/// A deleted record.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletedRecord {
    /// Its id.
    pub id: String,
    /// When, as `2026-11-23T12:34:56.000+0000`.
    pub deleted_date: String,
}

impl Client {
    /// Ids of the object's records that were created or changed in a window. Seconds are ignored by the org.
    pub async fn updated(&self, object: &str, start: Timestamp, end: Timestamp) -> Result<Updated, Error> {
        let request = self.window(object, "updated", start, end).await?;
        self.send(&request).await?.json("the changed records")
    }

    /// Records of the object that were deleted in a window.
    pub async fn deleted(&self, object: &str, start: Timestamp, end: Timestamp) -> Result<Deleted, Error> {
        let request = self.window(object, "deleted", start, end).await?;
        self.send(&request).await?.json("the deleted records")
    }

    async fn window(
        &self,
        object: &str,
        resource: &str,
        start: Timestamp,
        end: Timestamp,
    ) -> Result<Request, Error> {
        let url = self
            .data_address(&["sobjects", &api_name(object)?, resource, ""])
            .await?;
        let time = |time: Timestamp| time.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string();
        Ok(Request::get(url)
            .query("start", &time(start))
            .query("end", &time(end)))
    }
}
