//! `bench`: the figures of the README's performance table, in release mode.

use anyhow::Result;

use crate::cargo;
use crate::packages::{self, Purpose};
use crate::program::Program;
use crate::project::Project;
use crate::steps::Steps;

/// What to pass on.
#[derive(clap::Args)]
pub struct Options {
    /// Passed on to the benches
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Builds the command line program, whose memory and time are measured from outside, then runs the benches.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    let mut steps = Steps::default();
    steps.step("System packages", || packages::install(Purpose::Terminal))?;
    steps.step("Command line program, release", || {
        cargo::build_packages(project, &["landbridge-cli"], true)
    })?;
    steps.step("Benches", || {
        Program::cargo()
            .arguments([
                "run",
                "--release",
                "--package",
                "landbridge-tests",
                "--bin",
                "bench-export",
                "--",
            ])
            .arguments(&options.arguments)
            .environment("LANDBRIDGE_CLI", project.built("release", "landbridge-cli"))
            .folder(&project.root)
            .run()
    })?;
    steps.print();
    Ok(())
}
