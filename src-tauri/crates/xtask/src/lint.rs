//! `lint` and `format`: rustfmt, clippy with every warning an error, and the TypeScript check.

use anyhow::Result;

use crate::packages::{self, Purpose};
use crate::program::Program;
use crate::project::Project;
use crate::steps::Steps;
use crate::{cargo, node, web_ui};

/// Changes nothing; fails on the first finding.
pub fn check(project: &Project) -> Result<()> {
    let mut steps = Steps::default();
    steps.step("System packages", || packages::install(Purpose::App))?;
    steps.step("Rust formatting", || {
        cargo::require_component("fmt", "rustfmt")?;
        Program::cargo()
            .arguments(["fmt", "--all", "--check"])
            .folder(&project.root)
            .run()
    })?;
    steps.step("Web UI: packages", || {
        node::check().and_then(|()| web_ui::install(project))
    })?;
    steps.step("Web UI: types", || web_ui::typecheck(project))?;
    steps.step("Clippy", || {
        cargo::require_component("clippy", "clippy")?;
        cargo::workspace(project, "clippy")
            .arguments(["--all-targets", "--", "-D", "warnings"])
            .run()
    })?;
    steps.print();
    Ok(())
}

/// Formats all Rust code.
pub fn format(project: &Project) -> Result<()> {
    cargo::require_component("fmt", "rustfmt")?;
    Program::cargo()
        .arguments(["fmt", "--all"])
        .folder(&project.root)
        .run()
}
