//! `demo`: from a fresh clone to an export that somebody can look at, in the window or in the terminal.

mod terminal;
mod window;

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::packages::{self, Purpose};
use crate::project::Project;
use crate::steps::Steps;
use crate::{cargo, node, web_ui};

/// Window or terminal.
#[derive(clap::Args)]
pub struct Options {
    /// Shows the export in the terminal even if there is a display
    #[arg(long)]
    terminal: bool,
}

/// Sets up, builds and shows.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    let mut steps = Steps::default();
    if options.terminal || !has_display() {
        if !options.terminal {
            println!(
                "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the app cannot open a \
                 window. The same export runs in the terminal instead, by landbridge-cli."
            );
        }
        steps.step("System packages", || packages::install(Purpose::Terminal))?;
        steps.step("Command line program: build", || {
            cargo::build_packages(project, &["landbridge-cli"], false)
        })?;
        let workspace = fresh_workspace(project)?;
        return terminal::show(project, &workspace, &mut steps);
    }
    steps.step("System packages", || packages::install(Purpose::App))?;
    steps.step("Web UI: packages", || {
        node::check().and_then(|()| web_ui::install(project))
    })?;
    steps.step("Web UI: build", || web_ui::build(project))?;
    steps.step("App: build", || {
        cargo::build_packages(project, &["landbridge"], false)
    })?;
    let workspace = fresh_workspace(project)?;
    window::show(project, &workspace)
}

/// On Linux a window needs X11 or Wayland; elsewhere the desktop is always there.
fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// A new empty folder each time: an earlier demo's window may still be using its own.
fn fresh_workspace(project: &Project) -> Result<PathBuf> {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .context("the clock is before 1970")?
        .as_secs();
    let folder = project.target.join("demo").join(seconds.to_string());
    std::fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    Ok(folder)
}
