//! The engine of the workspace that is open in this window, and how another one takes its place.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use engine::{Engine, EngineOptions, Fault, Host};

use crate::log::Log;
use crate::{demo, look_at_org};

/// The engine that answers the window's calls.
pub struct OpenEngine {
    current: RwLock<Engine>,
    log: Log,
}

impl OpenEngine {
    /// The engine of the workspace that the app began with.
    pub fn new(engine: Engine, log: Log) -> Self {
        Self {
            current: RwLock::new(engine),
            log,
        }
    }

    /// The engine now.
    pub fn current(&self) -> Engine {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Opens another workspace. The engine before it sends and plans nothing then; its runs that wait are in its journal.
    ///
    /// # Errors
    /// When the workspace cannot be used; the open one stays then.
    pub async fn replace(&self, workspace: &Path) -> Result<(), Fault> {
        let host = Arc::clone(self.current().host());
        let engine = open(workspace, host).await?;
        demo::prepare(&engine, false).await?;
        if let Err(error) = self.log.move_to(workspace) {
            tracing::warn!(%error, "the log stays with the workspace before");
        }
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = engine.clone();
        tauri::async_runtime::spawn(look_at_org(engine));
        Ok(())
    }
}

/// Opens a workspace as a window does: interrupted and waiting runs go on by themselves.
pub async fn open(workspace: &Path, host: Arc<dyn Host>) -> Result<Engine, Fault> {
    Engine::open(EngineOptions {
        workspace: workspace.to_path_buf(),
        host,
        ready_connection: None,
        pace: engine::Pace::default(),
        resume_runs: true,
    })
    .await
}
