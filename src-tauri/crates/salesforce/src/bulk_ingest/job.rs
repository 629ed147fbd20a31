//! What a job is asked to do, and what it tells about itself.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use crate::address_parts::{api_name, record_id};
use crate::error::Error;

/// What a job does with its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Every row becomes a new record.
    Insert,
    /// Every row has an `Id`.
    Update,
    /// Rows are matched by a field that is an external id or `Id`.
    Upsert {
        /// API name of that field.
        external_id_field: String,
    },
    /// To the recycle bin; the file has the column `Id` alone.
    Delete,
    /// For good; needs a permission of its own.
    HardDelete,
}

/// Options of a new job. The CSV is always UTF-8, comma, LF, as `IngestCsv` writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IngestOptions {
    /// API name of the object.
    pub object: String,
    /// What to do.
    pub operation: Operation,
    /// Assignment rule to run (Case and Lead); `None` runs none.
    pub assignment_rule_id: Option<String>,
}

impl IngestOptions {
    pub(super) fn body(&self) -> Result<Value, Error> {
        let operation = match &self.operation {
            Operation::Insert => "insert",
            Operation::Update => "update",
            Operation::Upsert { .. } => "upsert",
            Operation::Delete => "delete",
            Operation::HardDelete => "hardDelete",
        };
        let mut body = json!({
            "object": api_name(&self.object)?,
            "operation": operation,
            "contentType": "CSV",
            "columnDelimiter": "COMMA",
            "lineEnding": "LF",
        });
        if let Operation::Upsert { external_id_field } = &self.operation {
            body["externalIdFieldName"] = api_name(external_id_field)?.into();
        }
        if let Some(rule) = &self.assignment_rule_id {
            body["assignmentRuleId"] = record_id(rule)?.into();
        }
        Ok(body)
    }
}

/// Where a job is ("Bulk API 2.0 ingest job states").
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobState {
    /// Takes its upload; nothing has changed in the org.
    Open,
    /// Closed and queued.
    UploadComplete,
    /// Running.
    InProgress,
    /// Every row was tried; some may have failed.
    JobComplete,
    /// Stopped by a fault of the whole job; rows may have been written before.
    Failed,
    /// Stopped by somebody; rows may have been written before.
    Aborted,
    /// A state that this client does not know.
    Other(String),
}

impl JobState {
    /// The state's name in the API.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Open => "Open",
            Self::UploadComplete => "UploadComplete",
            Self::InProgress => "InProgress",
            Self::JobComplete => "JobComplete",
            Self::Failed => "Failed",
            Self::Aborted => "Aborted",
            Self::Other(name) => name,
        }
    }

    /// Nothing more will happen, and results can be read.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        matches!(self, Self::JobComplete | Self::Failed | Self::Aborted)
    }

    fn from_name(name: &str) -> Self {
        match name {
            "Open" => Self::Open,
            "UploadComplete" => Self::UploadComplete,
            "InProgress" => Self::InProgress,
            "JobComplete" => Self::JobComplete,
            "Failed" => Self::Failed,
            "Aborted" => Self::Aborted,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl Serialize for JobState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for JobState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|name| Self::from_name(&name))
    }
}

/// What the org tells about a job. An open job may lack the counters. It is written as the org writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobInfo {
    /// 18 characters, `750…`.
    pub id: String,
    /// Where it is.
    pub state: JobState,
    /// API name of the object.
    #[serde(default)]
    pub object: String,
    /// `insert`, `update`, …
    #[serde(default)]
    pub operation: String,
    /// Who created it.
    #[serde(default)]
    pub created_by_id: String,
    /// When, as `2026-11-23T12:34:56.000+0000`.
    #[serde(default)]
    pub created_date: Option<String>,
    /// Where its content goes, while it is open.
    #[serde(default)]
    pub content_url: Option<String>,
    /// Assignment rule, if one was asked for.
    #[serde(default)]
    pub assignment_rule_id: Option<String>,
    /// External id field of an upsert.
    #[serde(default)]
    pub external_id_field_name: Option<String>,
    /// Rows tried so far, failed ones included.
    #[serde(default)]
    pub number_records_processed: Option<u64>,
    /// Rows failed so far.
    #[serde(default)]
    pub number_records_failed: Option<u64>,
    /// How often the org repeated parts of it.
    #[serde(default)]
    pub retries: Option<u64>,
    /// Time the org has spent on it, in milliseconds.
    #[serde(default)]
    pub total_processing_time: Option<u64>,
    /// Why the whole job failed, e.g. `InvalidBatch : Field name not found : Foo`.
    #[serde(default)]
    pub error_message: Option<String>,
}
