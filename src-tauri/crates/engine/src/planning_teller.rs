//! How far plans are, told to watchers where whoever uses this window may see the run.

use tokio::sync::mpsc::{self, UnboundedSender};
use tokio::task::JoinHandle;

use crate::contract::event::{Event, PlanningProgress};
use crate::fault::Code;
use crate::{Engine, role};

/// Tells how far one plan is, in order. Plans are made on threads that may not wait for the workspace's reader, so that asking
/// who may see the run is left to a task.
pub(crate) struct PlanningTeller {
    news: UnboundedSender<PlanningProgress>,
    task: JoinHandle<()>,
}

impl PlanningTeller {
    /// Of a plan that begins.
    pub fn begin(engine: &Engine) -> Self {
        let (news, mut arriving) = mpsc::unbounded_channel();
        let engine = engine.clone();
        let task = tokio::spawn(async move {
            while let Some(progress) = arriving.recv().await {
                emit_planning(&engine, progress).await;
            }
        });
        Self { news, task }
    }

    /// Tells it soon.
    pub fn tell(&self, progress: PlanningProgress) {
        if self.news.send(progress).is_err() {
            tracing::error!("the progress of a plan is told no more");
        }
    }

    /// Returns when everything is told.
    pub async fn end(self) {
        drop(self.news);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the progress of a plan was not told to its end");
        }
    }
}

/// Tells watchers how far a plan is, where whoever uses this window may see its run. A run that is not there any more is told
/// to nobody.
pub(crate) async fn emit_planning(engine: &Engine, progress: PlanningProgress) {
    let run_id = progress.run;
    let is_there = engine
        .read(move |read| {
            role::require_run_in(read, run_id)?;
            Ok(read.person_of_run(run_id)?.is_some())
        })
        .await;
    match is_there {
        Ok(true) => engine.emit(Event::Planning { progress }),
        Ok(false) => {}
        Err(fault) if fault.code == Code::NotAllowed => {}
        Err(fault) => tracing::warn!(%fault, "whose plan it is could not be read"),
    }
}
