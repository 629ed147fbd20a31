//! An ingest job: what was asked for, how far it is, what it reports.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value as Json, json};

use super::{outcomes::Outcomes, upload::Upload};
use crate::clock;

/// States of a job (Bulk API 2.0 guide, get job info).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Waits for its data.
    Open,
    /// Has its data, waits for its turn.
    UploadComplete,
    /// Is being processed.
    InProgress,
    /// Was stopped by a client.
    Aborted,
    /// Every row has an outcome.
    JobComplete,
    /// Could not be processed as a whole.
    Failed,
}

impl State {
    /// The name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::UploadComplete => "UploadComplete",
            Self::InProgress => "InProgress",
            Self::Aborted => "Aborted",
            Self::JobComplete => "JobComplete",
            Self::Failed => "Failed",
        }
    }

    /// Whether nothing more will happen.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Aborted | Self::JobComplete | Self::Failed)
    }
}

/// What a job does with its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Make records.
    Insert,
    /// Change records by id.
    Update,
    /// Change or make records by a field's value.
    Upsert,
    /// Put records into the recycle bin.
    Delete,
    /// Delete records past the recycle bin.
    HardDelete,
}

impl Operation {
    /// The operation of a name in the API.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "insert" => Some(Self::Insert),
            "update" => Some(Self::Update),
            "upsert" => Some(Self::Upsert),
            "delete" => Some(Self::Delete),
            "hardDelete" => Some(Self::HardDelete),
            _ => None,
        }
    }

    /// The name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Upsert => "upsert",
            Self::Delete => "delete",
            Self::HardDelete => "hardDelete",
        }
    }
}

/// What a client asked for when it made a job.
#[derive(Debug, Clone)]
pub struct Specification {
    /// Index of the object.
    pub object: u16,
    /// Its API name.
    pub object_name: &'static str,
    /// What to do.
    pub operation: Operation,
    /// The field that upsert finds records by.
    pub external_id: Option<u16>,
    /// Its API name.
    pub external_id_name: Option<String>,
    /// The assignment rule to run.
    pub assignment_rule: Option<String>,
    /// Name of the delimiter.
    pub delimiter_name: &'static str,
    /// The delimiter.
    pub delimiter: u8,
    /// Name of the line ending.
    pub line_ending_name: &'static str,
    /// The line ending.
    pub line_ending: &'static str,
    /// API version, such as `60.0`.
    pub version: String,
    /// Number of the user who made the job.
    pub user: u32,
}

/// What changes while a job lives.
#[derive(Debug)]
pub struct Progress {
    /// How far it is.
    pub state: State,
    /// Why it failed as a whole.
    pub error_message: Option<String>,
    /// Rows that have an outcome.
    pub processed_rows: u32,
    /// Rows that were refused.
    pub failed_rows: u32,
    /// When it last changed, seconds since 1970.
    pub modified: i64,
    /// Questions for its info to which it still says *InProgress*, then the state that it is really in.
    pub concealed: Option<(u32, State)>,
    /// How long it was processed, milliseconds.
    pub milliseconds: i64,
    /// The uploaded file.
    pub upload: Option<Upload>,
    /// The header of the file.
    pub header: Vec<String>,
    /// What became of its rows.
    pub outcomes: Outcomes,
    /// Byte of the file where the rows without outcome begin.
    pub unprocessed_from: u64,
}

impl Progress {
    fn count_poll(&mut self) {
        match &mut self.concealed {
            Some((polls, _)) if *polls > 0 => *polls -= 1,
            Some((_, state)) => {
                let state = *state;
                self.concealed = None;
                if !self.state.is_final() {
                    self.state = state;
                    self.modified = clock::now();
                }
            }
            None => {}
        }
    }
}

/// An ingest job.
#[derive(Debug)]
pub struct IngestJob {
    /// Its number.
    pub number: u32,
    /// Its id.
    pub id: String,
    /// What was asked for.
    pub specification: Specification,
    created: i64,
    progress: Mutex<Progress>,
    chunk: Mutex<()>,
}

impl IngestJob {
    /// An open job.
    pub fn new(number: u32, id: String, specification: Specification) -> Self {
        let now = clock::now();
        let progress = Progress {
            state: State::Open,
            error_message: None,
            processed_rows: 0,
            failed_rows: 0,
            modified: now,
            concealed: None,
            milliseconds: 0,
            upload: None,
            header: Vec::new(),
            outcomes: Outcomes::default(),
            unprocessed_from: 0,
        };
        Self {
            number,
            id,
            specification,
            created: now,
            progress: Mutex::new(progress),
            chunk: Mutex::default(),
        }
    }

    /// Its progress.
    pub fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Held while a chunk of rows is written and noted. Who takes it once the job is final sees every outcome.
    pub fn chunk(&self) -> MutexGuard<'_, ()> {
        self.chunk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a client stopped it.
    pub fn is_aborted(&self) -> bool {
        self.progress().state == State::Aborted
    }

    /// Moves on to a state, unless it has already reached a final one. Says whether it moved.
    pub fn advance(&self, state: State) -> bool {
        let mut progress = self.progress();
        if progress.state.is_final() {
            return false;
        }
        progress.state = state;
        progress.modified = clock::now();
        true
    }

    /// Moves on to a final state once its info was asked for so many more times.
    pub fn conceal(&self, polls: u32, state: State) {
        self.progress().concealed = Some((polls, state));
    }

    /// Ends it with a reason for the whole job.
    pub fn fail(&self, reason: Option<String>) {
        let mut progress = self.progress();
        if !progress.state.is_final() {
            progress.state = State::Failed;
            progress.error_message = reason;
            progress.modified = clock::now();
        }
    }

    /// Job info; `in_full` with what GET adds to the answers of POST and PATCH.
    pub fn info(&self, user_id: &str, in_full: bool) -> Json {
        let specification = &self.specification;
        let mut progress = self.progress();
        if in_full {
            progress.count_poll();
        }
        let version = &specification.version;
        let mut info = json!({
            "id": self.id,
            "operation": specification.operation.name(),
            "object": specification.object_name,
            "createdById": user_id,
            "createdDate": clock::rest_text(self.created),
            "systemModstamp": clock::rest_text(progress.modified),
            "state": progress.state.name(),
            "concurrencyMode": "Parallel",
            "contentType": "CSV",
            "apiVersion": version.parse::<f64>().unwrap_or_default(),
            "lineEnding": specification.line_ending_name,
            "columnDelimiter": specification.delimiter_name,
        });
        if let Some(name) = &specification.external_id_name {
            info["externalIdFieldName"] = json!(name);
        }
        if let Some(rule) = &specification.assignment_rule {
            info["assignmentRuleId"] = json!(rule);
        }
        if progress.state == State::Open {
            info["contentUrl"] = json!(format!(
                "services/data/v{version}/jobs/ingest/{}/batches",
                self.id
            ));
        }
        if in_full {
            info["jobType"] = json!("V2Ingest");
            info["numberRecordsProcessed"] = json!(progress.processed_rows);
            info["numberRecordsFailed"] = json!(progress.failed_rows);
            info["retries"] = json!(0);
            info["totalProcessingTime"] = json!(progress.milliseconds);
            info["apiActiveProcessingTime"] = json!(progress.milliseconds);
            info["apexProcessingTime"] = json!(0);
            if let Some(message) = &progress.error_message {
                info["errorMessage"] = json!(message);
            }
        }
        info
    }
}
