//! One way to call cargo for the whole workspace.
//!
//! Building, testing and linting select the same packages and features, so that each dependency is compiled once.

use std::ffi::OsStr;

use anyhow::Result;

use crate::program::Program;
use crate::project::Project;

/// The features that only `cargo xtask` turns on, because it installs what they need.
const FEATURES: &str = "landbridge-tests/judges,landbridge-tests/keychain,landbridge-tests/window";

/// `cargo COMMAND --workspace` with those features.
pub fn workspace(project: &Project, command: &str) -> Program {
    Program::cargo()
        .arguments([command, "--workspace", "--features", FEATURES])
        .folder(&project.root)
}

/// Builds all programs and all tests once, before anything runs.
pub fn build_tests(project: &Project) -> Result<()> {
    workspace(project, "build").arguments(["--bins", "--tests"]).run()
}

/// `cargo build` of single packages, for those who do not need the rest.
pub fn build_packages(project: &Project, packages: &[&str], release: bool) -> Result<()> {
    let selection = packages.iter().flat_map(|package| ["--package", package]);
    Program::cargo()
        .arguments(["build"])
        .arguments(selection)
        .arguments(release.then_some("--release"))
        .folder(&project.root)
        .run()
}

/// Fails with the command that installs a rustup component, if cargo lacks its subcommand.
pub fn require_component(subcommand: &str, component: impl AsRef<OsStr>) -> Result<()> {
    if Program::cargo()
        .arguments([subcommand, "--version"])
        .printed()
        .is_empty()
    {
        let component = component.as_ref().to_string_lossy();
        anyhow::bail!("cargo has no `{subcommand}`. Install it with `rustup component add {component}`.");
    }
    Ok(())
}
