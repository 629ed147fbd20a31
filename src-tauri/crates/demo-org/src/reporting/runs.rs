//! Runs of reports: those of the last hour are counted, asynchronous ones are kept for a day.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use serde_json::Value;

use super::metadata::Metadata;
use crate::{clock, value::Key};

/// Synchronous runs that an org may start in an hour (Reports and Dashboards REST API guide, limits).
pub const SYNC_RUNS_AN_HOUR: usize = 500;
const HOUR_SECONDS: i64 = 3_600;
const KEPT_SECONDS: i64 = 86_400;

/// How far an asynchronous run is.
#[derive(Debug, Clone)]
pub enum Progress {
    /// It waits.
    New,
    /// It is carried out.
    Running,
    /// Its result, without attributes, and when it ended.
    Success(Box<Value>, i64),
    /// Why it failed, and when.
    Error(String, i64),
}

/// An asynchronous run.
#[derive(Debug)]
pub struct Instance {
    /// Its number; ids begin with 0LG.
    pub number: u32,
    /// The Report record.
    pub report: Key,
    /// Number of the user who asked for it.
    pub user: u32,
    /// What it shows.
    pub metadata: Metadata,
    /// Whether it has the rows, not only their number.
    pub has_details: bool,
    /// When it was asked for, seconds since 1970.
    pub requested: i64,
    progress: Mutex<Progress>,
}

impl Instance {
    /// How far it is.
    pub fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All runs.
#[derive(Debug, Default)]
pub struct ReportRuns {
    next: AtomicU32,
    instances: Mutex<BTreeMap<u32, Arc<Instance>>>,
    started: Mutex<VecDeque<i64>>,
}

impl ReportRuns {
    /// Keeps a new asynchronous run.
    pub fn add(&self, report: Key, user: u32, metadata: Metadata, has_details: bool) -> Arc<Instance> {
        let number = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let instance = Arc::new(Instance {
            number,
            report,
            user,
            metadata,
            has_details,
            requested: clock::now(),
            progress: Mutex::new(Progress::New),
        });
        self.instances().insert(number, Arc::clone(&instance));
        instance
    }

    /// The asynchronous runs of the last day.
    pub fn instances(&self) -> MutexGuard<'_, BTreeMap<u32, Arc<Instance>>> {
        let mut instances = self.instances.lock().unwrap_or_else(PoisonError::into_inner);
        let oldest = clock::now() - KEPT_SECONDS;
        instances.retain(|_, instance| instance.requested >= oldest);
        instances
    }

    /// Counts a synchronous run; false when there were too many in the last hour.
    pub fn start(&self) -> bool {
        let mut started = self.recent();
        if started.len() >= SYNC_RUNS_AN_HOUR {
            return false;
        }
        started.push_back(clock::now());
        true
    }

    /// Synchronous runs of the last hour.
    pub fn started(&self) -> usize {
        self.recent().len()
    }

    fn recent(&self) -> MutexGuard<'_, VecDeque<i64>> {
        let mut started = self.started.lock().unwrap_or_else(PoisonError::into_inner);
        let oldest = clock::now() - HOUR_SECONDS;
        while started.front().is_some_and(|moment| *moment < oldest) {
            started.pop_front();
        }
        started
    }
}
