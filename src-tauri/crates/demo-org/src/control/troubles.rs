//! Trouble that waits for its calls, jobs and rows, and how often each has happened.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::row_locks::RowLocks;
use crate::trouble::{CallTrouble, Happening, JobHappening, JobKind, JobTrouble, RowLock, Trouble, When};

/// One piece of trouble, and how it went so far.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TroubleState<T> {
    /// Its number since the start, from 1.
    pub number: u64,
    /// What was asked for.
    pub trouble: T,
    /// Calls or jobs that fitted; for row locks the tries of rows.
    pub counted: u64,
    /// How often it really happened: a cut that never came, because the body was shorter, is none.
    pub happened: u64,
    /// How many of the next calls or jobs that fit are still to be troubled at most; `None` without end, or when each path
    /// or row is counted by itself.
    pub left: Option<u64>,
}

/// All trouble that there is, as `GET /demo/trouble` shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TroubleReport {
    /// Whether Bulk jobs are held.
    pub holds_jobs: bool,
    /// Whether each refresh replaces the refresh token.
    pub rotates_refresh_tokens: bool,
    /// Trouble for calls.
    pub calls: Vec<TroubleState<CallTrouble>>,
    /// Trouble for jobs.
    pub jobs: Vec<TroubleState<JobTrouble>>,
    /// Locked rows.
    pub row_locks: Vec<TroubleState<RowLock>>,
}

/// Something that happens to one call.
#[derive(Debug, Clone)]
pub struct Due {
    /// What happens.
    pub what: Happening,
    happened: Arc<AtomicU64>,
}

impl Due {
    /// Notes that it happened.
    pub fn note(&self) {
        self.happened.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Debug)]
struct Planned<T> {
    number: u64,
    trouble: T,
    counted: u64,
    counted_by_path: HashMap<String, u64>,
    happened: Arc<AtomicU64>,
}

impl<T> Planned<T> {
    fn new(number: u64, trouble: T) -> Self {
        Self {
            number,
            trouble,
            counted: 0,
            counted_by_path: HashMap::new(),
            happened: Arc::default(),
        }
    }
}

impl<T: Clone> Planned<T> {
    fn state(&self, when: Option<When>) -> TroubleState<T> {
        TroubleState {
            number: self.number,
            trouble: self.trouble.clone(),
            counted: self.counted,
            happened: self.happened.load(Ordering::Relaxed),
            left: when.and_then(|when| when.left(self.counted)),
        }
    }
}

#[derive(Debug, Default)]
struct Script {
    next: u64,
    calls: Vec<Planned<CallTrouble>>,
    jobs: Vec<Planned<JobTrouble>>,
}

impl Script {
    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

/// Trouble that waits for its calls, jobs and rows.
#[derive(Debug, Default)]
pub struct Troubles {
    script: Mutex<Script>,
    row_locks: Arc<RowLocks>,
    rotates: AtomicBool,
    closing: CancellationToken,
}

impl Troubles {
    /// Adds trouble; says the numbers of its parts: calls, then jobs, then row locks.
    pub fn add(&self, trouble: Trouble) -> Vec<u64> {
        if trouble.rotates_refresh_tokens {
            self.rotates.store(true, Ordering::Relaxed);
        }
        let mut script = self.script();
        let mut numbers = Vec::new();
        for call in trouble.calls {
            let planned = Planned::new(script.number(), call);
            numbers.push(planned.number);
            script.calls.push(planned);
        }
        for job in trouble.jobs {
            let planned = Planned::new(script.number(), job);
            numbers.push(planned.number);
            script.jobs.push(planned);
        }
        for lock in trouble.row_locks {
            let number = script.number();
            numbers.push(number);
            self.row_locks.add(number, lock);
        }
        numbers
    }

    /// Takes back all trouble.
    pub fn clear(&self) {
        self.rotates.store(false, Ordering::Relaxed);
        let mut script = self.script();
        script.calls.clear();
        script.jobs.clear();
        self.row_locks.clear();
    }

    /// All trouble that there is; whether jobs are held is known elsewhere.
    pub fn report(&self, holds_jobs: bool) -> TroubleReport {
        let script = self.script();
        let calls = script.calls.iter().map(|planned| {
            let when = (!planned.trouble.each_path).then_some(planned.trouble.when);
            planned.state(when)
        });
        let jobs = script
            .jobs
            .iter()
            .map(|planned| planned.state(Some(planned.trouble.when)));
        TroubleReport {
            holds_jobs,
            rotates_refresh_tokens: self.rotates_refresh_tokens(),
            calls: calls.collect(),
            jobs: jobs.collect(),
            row_locks: self.row_locks.report(),
        }
    }

    /// The rows that are locked; the records ask.
    pub fn row_locks(&self) -> Arc<RowLocks> {
        Arc::clone(&self.row_locks)
    }

    /// Whether trouble asks for each refresh to replace the refresh token.
    pub fn rotates_refresh_tokens(&self) -> bool {
        self.rotates.load(Ordering::Relaxed)
    }

    /// What happens to a call, in the order in which it was planned. Counts the call.
    pub fn for_call(&self, method: &str, path: &str) -> Vec<Due> {
        let mut script = self.script();
        let covered = script
            .calls
            .iter_mut()
            .filter(|planned| planned.trouble.which.cover(method, path));
        let due = covered.filter_map(|planned| {
            planned.counted += 1;
            let number = if planned.trouble.each_path {
                let counted = planned.counted_by_path.entry(path.to_owned()).or_default();
                *counted += 1;
                *counted
            } else {
                planned.counted
            };
            planned.trouble.when.holds(number).then(|| Due {
                what: planned.trouble.what.clone(),
                happened: Arc::clone(&planned.happened),
            })
        });
        due.collect()
    }

    /// What happens to a job that begins to be processed: the first that fits of each kind. Counts the job.
    pub fn for_job(&self, kind: JobKind, object: &str) -> Vec<JobHappening> {
        let mut script = self.script();
        let covered = script
            .jobs
            .iter_mut()
            .filter(|planned| planned.trouble.which.cover(kind, object));
        let due = covered.filter_map(|planned| {
            planned.counted += 1;
            planned.trouble.when.holds(planned.counted).then(|| {
                planned.happened.fetch_add(1, Ordering::Relaxed);
                planned.trouble.what.clone()
            })
        });
        due.collect()
    }

    /// Ends all waiting: the org stops.
    pub fn close(&self) {
        self.closing.cancel();
    }

    /// Waits, unless the org stops.
    pub async fn rest(&self, milliseconds: u64) {
        rest(&self.closing, milliseconds).await;
    }

    /// Tells when the org stops.
    pub fn closing(&self) -> CancellationToken {
        self.closing.clone()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits, unless the org stops.
pub async fn rest(closing: &CancellationToken, milliseconds: u64) {
    let pause = std::time::Duration::from_millis(milliseconds);
    // Whether the time is up or the org stops, the caller goes on.
    drop(tokio::time::timeout(pause, closing.cancelled()).await);
}
