//! What a query job is asked, and what it tells about itself.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::bulk_ingest::JobState;
use crate::versions::ApiVersion;

/// Options of a new query job. Its results are always UTF-8, comma, LF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryJobOptions {
    /// The query. Not taken by Bulk: GROUP BY, OFFSET, TYPEOF, aggregates, `FIELDS()`, compound fields, sub-queries
    /// of children.
    pub soql: String,
    /// Also deleted and archived records (operation `queryAll`).
    pub with_deleted: bool,
}

impl QueryJobOptions {
    pub(super) fn body(&self) -> Value {
        json!({
            "operation": if self.with_deleted { "queryAll" } else { "query" },
            "query": self.soql,
            "contentType": "CSV",
            "columnDelimiter": "COMMA",
            "lineEnding": "LF",
        })
    }
}

/// Names a query job for its whole life; keep it to go on in a later process.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QueryJob {
    /// 18 characters, `750…`.
    pub id: String,
    /// Version that created it; its results are readable with no other.
    pub api_version: ApiVersion,
}

/// What the org tells about a query job.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryJobInfo {
    /// Its name for all further calls.
    pub job: QueryJob,
    /// Where it is. A query job is never `Open`.
    pub state: JobState,
    /// API name of the object after FROM.
    pub object: String,
    /// `query` or `queryAll`.
    pub operation: String,
    /// Who created it.
    pub created_by_id: String,
    /// When, as `2026-11-23T12:34:56.000+0000`.
    pub created_date: Option<String>,
    /// Rows found so far; of a complete job, all of its rows.
    pub number_records_processed: Option<u64>,
    /// How often the org repeated parts of it.
    pub retries: Option<u64>,
    /// Time the org has spent on it, in milliseconds.
    pub total_processing_time: Option<u64>,
    /// Why it failed; often absent, see `BulkQuery::failure_reason`.
    pub error_message: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Told {
    id: String,
    state: JobState,
    #[serde(default)]
    object: String,
    #[serde(default)]
    operation: String,
    #[serde(default)]
    created_by_id: String,
    #[serde(default)]
    created_date: Option<String>,
    #[serde(default)]
    number_records_processed: Option<u64>,
    #[serde(default)]
    retries: Option<u64>,
    #[serde(default)]
    total_processing_time: Option<u64>,
    #[serde(default)]
    error_message: Option<String>,
}

impl Told {
    pub(super) fn with_version(self, api_version: ApiVersion) -> QueryJobInfo {
        QueryJobInfo {
            job: QueryJob {
                id: self.id,
                api_version,
            },
            state: self.state,
            object: self.object,
            operation: self.operation,
            created_by_id: self.created_by_id,
            created_date: self.created_date,
            number_records_processed: self.number_records_processed,
            retries: self.retries,
            total_processing_time: self.total_processing_time,
            error_message: self.error_message,
        }
    }
}
