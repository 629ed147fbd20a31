//! Is a program still running on a workspace? The app is the driver's child, not ours, so the system is asked.

use std::path::Path;

use anyhow::{Context, Result};

use crate::driver::{PATIENCE, until};

/// Waits until no process of this program has the workspace among its arguments.
pub async fn wait(program: &Path, workspace: &Path) -> Result<()> {
    // What it is writing comes first, however slow the disk is.
    until("the app to end", PATIENCE * 2, async || {
        Ok((!is_running(program, workspace)?).then_some(()))
    })
    .await
}

fn is_running(program: &Path, workspace: &Path) -> Result<bool> {
    let workspace = workspace.to_string_lossy();
    for entry in std::fs::read_dir("/proc").context("the list of processes cannot be read")? {
        let folder = entry.context("the list of processes cannot be read")?.path();
        // A process may end, or belong to somebody else, while it is looked at: then it is not the app.
        let Ok(executable) = std::fs::read_link(folder.join("exe")) else {
            continue;
        };
        let Ok(arguments) = std::fs::read(folder.join("cmdline")) else {
            continue;
        };
        let is_here = arguments
            .split(|byte| *byte == 0)
            .any(|word| word == workspace.as_bytes());
        if executable == program && is_here {
            return Ok(true);
        }
    }
    Ok(false)
}
