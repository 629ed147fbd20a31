//! Remembers which calls were made, so that tests can count them.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use serde::Serialize;

use crate::org::Org;

/// One call that the org answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordedCall {
    /// Number of the call since the start, from 1.
    pub sequence: u64,
    /// HTTP method.
    pub method: String,
    /// The kind of call: its path with placeholders, such as `/services/data/{version}/jobs/ingest/{id}/batches`.
    pub kind: String,
    /// The path as it was asked for, without its query.
    pub path: String,
    /// HTTP status of the answer; 0 when the connection was cut on purpose.
    pub status: u16,
}

#[derive(Debug, Default)]
struct Log {
    calls: VecDeque<RecordedCall>,
    sequence: u64,
}

/// The calls, oldest first; bounded.
#[derive(Debug)]
pub struct Recorder {
    greatest: usize,
    log: Mutex<Log>,
}

impl Recorder {
    /// A recorder that keeps so many calls.
    pub fn new(greatest: usize) -> Self {
        Self {
            greatest,
            log: Mutex::default(),
        }
    }

    /// The calls, oldest first.
    pub fn calls(&self) -> Vec<RecordedCall> {
        self.log
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .calls
            .iter()
            .cloned()
            .collect()
    }

    /// Forgets all calls; numbering goes on.
    pub fn clear(&self) {
        self.log
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .calls
            .clear();
    }

    fn push(&self, method: String, kind: String, path: String, status: u16) {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.sequence += 1;
        let sequence = log.sequence;
        if log.calls.len() >= self.greatest {
            log.calls.pop_front();
        }
        log.calls.push_back(RecordedCall {
            sequence,
            method,
            kind,
            path,
            status,
        });
    }
}

/// Marks an answer that will not arrive.
#[derive(Debug, Clone, Copy)]
pub struct CutMark;

/// Records every call but those of `/demo/…`.
pub async fn record(State(org): State<Arc<Org>>, request: Request, next: Next) -> Response {
    let method = request.method().to_string();
    let path = request.uri().path().to_owned();
    let matched = request
        .extensions()
        .get::<MatchedPath>()
        .map(|matched| matched.as_str().to_owned());
    let response = next.run(request).await;
    if !path.starts_with("/demo/") {
        let is_cut = response.extensions().get::<CutMark>().is_some();
        let status = if is_cut { 0 } else { response.status().as_u16() };
        org.recorder.push(
            method,
            matched.unwrap_or_else(|| "unknown".to_owned()),
            path,
            status,
        );
    }
    response
}
