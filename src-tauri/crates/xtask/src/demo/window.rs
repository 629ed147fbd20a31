//! The demo in the app's window.

use std::path::Path;

use anyhow::Result;

use crate::program::Program;
use crate::project::Project;

/// Opens the app and stays until its window is closed.
pub fn show(project: &Project, workspace: &Path) -> Result<()> {
    println!("\nThe app opens with the demo org running and a sample list imported.");
    println!(
        "To export it: open the list, choose Lead, look at the plan, send it, and read the ledger under Runs."
    );
    println!(
        "Nothing leaves this machine. Workspace: {}",
        project.shown(workspace)
    );
    Program::new(project.built("debug", "landbridge"))
        .arguments(["--workspace"])
        .arguments([workspace])
        .arguments(["--demo"])
        .folder(&project.root)
        .run()
}
