//! The app's command line.

use std::path::PathBuf;

use clap::Parser;
use engine::Fault;

/// Maps ZoomInfo profiles into Salesforce, plans every write and journals it.
#[derive(Debug, Parser)]
#[command(name = "landbridge", version)]
pub struct Options {
    /// Folder of the workspace; without it, the one in the system's data folder.
    #[arg(long, value_name = "DIR")]
    workspace: Option<PathBuf>,
    /// Starts the demo org and imports the sample lists.
    #[arg(long)]
    pub demo: bool,
}

impl Options {
    /// Folder of the workspace.
    ///
    /// # Errors
    /// When the system names no data folder.
    pub fn workspace(&self) -> Result<PathBuf, Fault> {
        match &self.workspace {
            Some(folder) => Ok(folder.clone()),
            None => engine::default_workspace(),
        }
    }

    /// One window for the usual workspace; a workspace that was named may have a window of its own.
    #[must_use]
    pub fn single_instance(&self) -> bool {
        self.workspace.is_none()
    }
}
