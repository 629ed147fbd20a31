//! What watchers are told of a run, at most ten times a second, and the API calls it used.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use salesforce::{Client, JobInfo};

use crate::Engine;
use crate::connect;
use crate::contract::event::Event;
use crate::fault::{Code, Fault};
use crate::{role, run_view};

const PACE: Duration = Duration::from_millis(100);

/// Tells of one run.
pub(super) struct Progress {
    engine: Engine,
    run_id: i64,
    client: Client,
    noted_calls: AtomicU64,
    told_at: Mutex<Instant>,
}

impl Progress {
    pub(super) fn new(engine: Engine, run_id: i64, client: Client) -> Self {
        let noted_calls = AtomicU64::new(client.calls());
        Self {
            engine,
            run_id,
            client,
            noted_calls,
            told_at: Mutex::new(Instant::now()),
        }
    }

    /// Tells now.
    pub(super) async fn tell(&self) {
        if let Err(fault) = self.note_calls().await {
            tracing::warn!(%fault, "the API calls of a run could not be noted");
        }
        emit_run(&self.engine, self.run_id).await;
    }

    /// Tells, unless it was told a moment ago.
    pub(super) async fn tell_at_pace(&self) {
        if self.due() {
            self.tell().await;
        }
    }

    /// Salesforce told how far a job is; the ledger follows when its results are there.
    pub(super) fn told(&self, info: &JobInfo) {
        let processed = info.number_records_processed.unwrap_or_default();
        self.engine
            .note_processed(self.run_id, u32::try_from(processed).unwrap_or(u32::MAX));
        let (engine, run_id) = (self.engine.clone(), self.run_id);
        tokio::spawn(async move { emit_run(&engine, run_id).await });
    }

    /// Adds the calls made since the last time to the run, and the org's own count to the gauge.
    pub(super) async fn note_calls(&self) -> Result<(), Fault> {
        let now = self.client.calls();
        let before = self.noted_calls.swap(now, Ordering::Relaxed);
        let calls = u32::try_from(now.saturating_sub(before)).unwrap_or(u32::MAX);
        if calls == 0 {
            return Ok(());
        }
        let run_id = self.run_id;
        self.engine
            .write(move |write| Ok(write.add_api_calls(run_id, calls)?))
            .await?;
        connect::note_usage(&self.engine, &self.client).await
    }

    fn due(&self) -> bool {
        let Ok(mut told_at) = self.told_at.lock() else {
            return true;
        };
        let due = told_at.elapsed() >= PACE;
        if due {
            *told_at = Instant::now();
        }
        due
    }
}

/// Tells watchers what a run is now, where whoever uses this window may see it.
pub(crate) async fn emit_run(engine: &Engine, run_id: i64) {
    match engine.read(move |read| role::require_run_in(read, run_id)).await {
        Err(fault) if fault.code == Code::NotAllowed => return,
        Err(fault) => tracing::warn!(%fault, "whose run it is could not be read"),
        Ok(()) => {}
    }
    match run_view::for_watchers(engine, run_id).await {
        Ok(run) => engine.emit(Event::Run { run: Box::new(run) }),
        Err(fault) => tracing::warn!(%fault, "a run could not be read"),
    }
}
