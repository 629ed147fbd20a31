//! Daily log files in the workspace. Tokens are never in them: their types print as "redacted".

use std::error::Error;
use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::EnvFilter;

const KEPT_FILES: usize = 14;

/// Logs until the guard is dropped.
///
/// # Errors
/// When the folder or the file cannot be made.
pub fn start(workspace: &Path) -> Result<WorkerGuard, Box<dyn Error>> {
    let folder = workspace.join("logs");
    std::fs::create_dir_all(&folder)?;
    let files = Builder::new()
        .rotation(Rotation::DAILY)
        .filename_prefix("landbridge")
        .filename_suffix("log")
        .max_log_files(KEPT_FILES)
        .build(folder)?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    let filter = EnvFilter::try_from_env("LANDBRIDGE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(writer)
        .init();
    Ok(guard)
}
