//! Where a workspace is when nobody says so.

use std::path::PathBuf;

use directories::ProjectDirs;

use crate::fault::{Code, Fault};

/// The folder of the usual workspace, in the system's data folder.
///
/// # Errors
/// When the system names none.
pub fn default_workspace() -> Result<PathBuf, Fault> {
    ProjectDirs::from("app", "Landbridge", "Landbridge")
        .map(|folders| folders.data_local_dir().to_path_buf())
        .ok_or_else(|| {
            Fault::new(
                Code::FileSystem,
                "This system names no data folder. Name the workspace with --workspace.",
            )
        })
}
