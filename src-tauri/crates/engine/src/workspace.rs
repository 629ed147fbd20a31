//! Where a workspace is when nobody says so.

use std::path::PathBuf;

use directories::ProjectDirs;

use crate::fault::{Code, Fault};

/// Name of the folder with log files, in a workspace.
pub const LOG_FOLDER: &str = "logs";

/// The folder of the usual workspace, in the system's data folder.
///
/// # Errors
/// When the system names none.
pub fn default_workspace() -> Result<PathBuf, Fault> {
    system_folders()
        .map(|folders| folders.data_local_dir().to_path_buf())
        .ok_or_else(|| {
            Fault::new(
                Code::FileSystem,
                "This system names no data folder. Name the workspace with --workspace.",
            )
        })
}

/// The app's folders, as the system names them.
pub(crate) fn system_folders() -> Option<ProjectDirs> {
    ProjectDirs::from("app", "Landbridge", "Landbridge")
}
