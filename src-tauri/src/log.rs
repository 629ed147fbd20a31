//! Daily log files in the open workspace. Tokens are never in them: their types print as "redacted".

use std::error::Error;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tracing_appender::non_blocking::{NonBlocking, WorkerGuard};
use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::EnvFilter;

const KEPT_FILES: usize = 14;

/// Where the log goes. It is written out until this is dropped.
pub struct Log(Arc<Mutex<Target>>);

struct Target {
    writer: NonBlocking,
    /// Writes what waits when it is dropped.
    _guard: WorkerGuard,
}

/// Logs into a workspace.
///
/// # Errors
/// When the folder or the file cannot be made.
pub fn start(workspace: &Path) -> Result<Log, Box<dyn Error>> {
    let target = Arc::new(Mutex::new(target(workspace)?));
    let log = Log(Arc::clone(&target));
    let filter = EnvFilter::try_from_env("LANDBRIDGE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(move || {
            target
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .writer
                .clone()
        })
        .init();
    log_panics();
    Ok(log)
}

impl Log {
    /// Goes on in another workspace, so that no workspace holds the log of another.
    ///
    /// # Errors
    /// When the folder or the file there cannot be made.
    pub fn move_to(&self, workspace: &Path) -> Result<(), Box<dyn Error>> {
        let target = target(workspace)?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = target;
        Ok(())
    }
}

fn target(workspace: &Path) -> Result<Target, Box<dyn Error>> {
    let folder = workspace.join(engine::LOG_FOLDER);
    std::fs::create_dir_all(&folder)?;
    let files = Builder::new()
        .rotation(Rotation::DAILY)
        .filename_prefix("landbridge")
        .filename_suffix("log")
        .max_log_files(KEPT_FILES)
        .build(folder)?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    Ok(Target {
        writer,
        _guard: guard,
    })
}

/// A panic is a mistake in the app: the log says where. Its message is left out, because it may hold a value.
fn log_panics() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a part of the app failed");
        told(panic);
    }));
}
