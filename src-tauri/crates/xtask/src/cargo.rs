//! One way to call cargo for the whole workspace.
//!
//! Building, testing and linting select the same packages and features, so that each dependency is compiled once.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

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

/// Programs of integration tests, built.
pub struct TestPrograms(Vec<TestProgram>);

struct TestProgram {
    target: String,
    executable: PathBuf,
    /// Of the package; tests run in it, as cargo runs them.
    folder: PathBuf,
}

impl TestPrograms {
    /// The program of a test target. It is called without cargo, which for one target alone would choose other features of
    /// libraries and build half of the workspace again.
    pub fn of(&self, target: &str) -> Result<Program> {
        let found = self.0.iter().find(|program| program.target == target);
        let found = found.with_context(|| format!("no test program {target} was built"))?;
        Ok(Program::new(&found.executable).folder(&found.folder))
    }
}

/// Builds all programs and all tests once, before anything runs.
pub fn build_tests(project: &Project) -> Result<TestPrograms> {
    let messages = workspace(project, "build")
        .arguments(["--bins", "--tests", "--message-format", "json-render-diagnostics"])
        .run_and_read()?;
    let mut programs = Vec::new();
    for line in messages.lines() {
        let message: Value = serde_json::from_str(line).context("cargo printed a message that is no JSON")?;
        if message["target"]["kind"][0] != "test" {
            continue;
        }
        let text = |value: &Value| value.as_str().map(str::to_owned);
        if let (Some(target), Some(executable), Some(manifest)) = (
            text(&message["target"]["name"]),
            text(&message["executable"]),
            text(&message["manifest_path"]),
        ) {
            programs.push(TestProgram {
                target,
                executable: executable.into(),
                folder: Path::new(&manifest).with_file_name(""),
            });
        }
    }
    Ok(TestPrograms(programs))
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
