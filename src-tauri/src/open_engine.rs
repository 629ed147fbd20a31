//! The engine of the workspace that is open in this window, how another one takes its place, and what stands against it when it
//! cannot be opened.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use engine::{Code, Engine, EngineOptions, Fault, Host};
use serde_json::Value;
use tokio::sync::{Mutex, watch};

use crate::log::{self, Log};
use crate::{demo, look_at_org};

/// The call by which the window asks whether there is a workspace at all.
const FIRST_CALL: &str = "app.state";

/// The engine that answers the window's calls.
pub struct OpenEngine {
    host: Arc<dyn Host>,
    /// The workspace that the app began with.
    first: PathBuf,
    /// Starts the demo org and imports the sample lists there.
    fresh_demo: bool,
    current: watch::Sender<Result<Engine, Fault>>,
    /// Held while the first workspace is tried again.
    trying: Mutex<()>,
    log: OnceLock<Log>,
}

impl OpenEngine {
    /// Opens the workspace that the app begins with. A workspace that is refused is not touched, not even by a log; what stands
    /// against it is the answer to every call until it is mended.
    pub async fn begin(first: PathBuf, host: Arc<dyn Host>, fresh_demo: bool) -> Self {
        let begun = Self {
            host,
            first,
            fresh_demo,
            current: watch::Sender::new(Err(Fault::new(
                Code::WrongState,
                "The workspace is being opened. Wait a moment.",
            ))),
            trying: Mutex::new(()),
            log: OnceLock::new(),
        };
        begun.set(begun.open_first().await);
        begun
    }

    /// The engine now.
    ///
    /// # Errors
    /// Why the workspace cannot be opened.
    pub fn current(&self) -> Result<Engine, Fault> {
        self.current.borrow().clone()
    }

    /// The engine, once there is one.
    ///
    /// # Errors
    /// When the app ends before.
    pub async fn opened(&self) -> Result<Engine, Fault> {
        let mut current = self.current.subscribe();
        let opened = current.wait_for(Result::is_ok).await.map_err(|_| ended())?;
        opened.clone()
    }

    /// Answers one call of the contract. A workspace that was refused is tried again when the window asks for its state.
    ///
    /// # Errors
    /// The fault of the call, or why the workspace cannot be opened.
    pub async fn call(&self, method: &str, params: Value) -> Result<Value, Fault> {
        let engine = match self.current() {
            Err(_) if method == FIRST_CALL => self.try_again().await?,
            current => current?,
        };
        engine.call(method, params).await
    }

    /// Opens another workspace and closes the one before: what waits there is in its journal, and goes on when it is opened
    /// again.
    ///
    /// # Errors
    /// When the workspace cannot be used; the open one stays then.
    pub async fn replace(&self, workspace: &Path) -> Result<(), Fault> {
        let engine = open(workspace, Arc::clone(&self.host)).await?;
        if let Err(fault) = demo::prepare(&engine, false).await {
            engine.close();
            return Err(fault);
        }
        if let Ok(before) = self.current() {
            before.close();
        }
        if let Some(log) = self.log.get()
            && let Err(error) = log.move_to(workspace)
        {
            tracing::warn!(%error, "the log stays with the workspace before");
        }
        self.set(Ok(engine));
        Ok(())
    }

    /// The app ends.
    pub fn leave(&self) {
        if let Ok(engine) = self.current()
            && let Err(fault) = engine.leave()
        {
            tracing::warn!(%fault, "the journal of the workspace stays for the next start");
        }
    }

    async fn try_again(&self) -> Result<Engine, Fault> {
        let _alone = self.trying.lock().await;
        if let Ok(engine) = self.current() {
            return Ok(engine);
        }
        self.set(self.open_first().await);
        self.current()
    }

    async fn open_first(&self) -> Result<Engine, Fault> {
        let engine = open(&self.first, Arc::clone(&self.host)).await?;
        let ready = async {
            self.begin_log()?;
            demo::prepare(&engine, self.fresh_demo).await
        };
        if let Err(fault) = ready.await {
            engine.close();
            return Err(fault);
        }
        Ok(engine)
    }

    /// The log is begun once the workspace is known to be good.
    fn begin_log(&self) -> Result<(), Fault> {
        if self.log.get().is_some() {
            return Ok(());
        }
        let log = log::start(&self.first).map_err(|error| {
            Fault::new(
                Code::FileSystem,
                format!(
                    "The log in {} cannot be written. Give your account the right to write there, and try again.",
                    self.first.display()
                ),
            )
            .with_detail(error.to_string())
        })?;
        // Only one at a time comes here, so that nobody else set it meanwhile.
        self.log.get_or_init(|| log);
        Ok(())
    }

    fn set(&self, next: Result<Engine, Fault>) {
        if let Ok(engine) = &next {
            tauri::async_runtime::spawn(look_at_org(engine.clone()));
        }
        self.current.send_modify(|current| *current = next);
    }
}

fn ended() -> Fault {
    Fault::new(Code::Cancelled, "The app ends.")
}

/// Opens a workspace as a window does: interrupted and waiting runs go on by themselves.
async fn open(workspace: &Path, host: Arc<dyn Host>) -> Result<Engine, Fault> {
    Engine::open(EngineOptions {
        workspace: workspace.to_path_buf(),
        host,
        ready_connection: None,
        pace: engine::Pace::default(),
        resume_runs: true,
    })
    .await
}
