//! `bench`: the figures of the README's performance table, in release mode.

use std::path::Path;

use anyhow::Result;

use crate::cargo;
use crate::labelled_data;
use crate::packages::{self, Purpose};
use crate::peers;
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

/// What is measured, and the program that does.
const BENCHES: [(&str, &str); 6] = [
    (
        "Export of 100,000 leads beside the Salesforce CLI",
        "bench-export",
    ),
    ("Mapping of 100,000 contacts", "bench-mapping"),
    ("Download of 2,000,000 contacts", "bench-download"),
    (
        "Duplicates: accuracy, and lookups in 2,000,000 contacts",
        "bench-matching",
    ),
    (
        "Searches among 20,000 users and 1,000,000 audit entries",
        "bench-administration",
    ),
    ("Export of 100,000 contacts of one company", "bench-one-company"),
];

/// Builds the command line program, whose memory and time are measured from outside, then runs the benches.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    let mut steps = Steps::default();
    steps.step("System packages", || packages::install(Purpose::Test))?;
    steps.step("Command line program, release", || {
        cargo::build_packages(project, &["landbridge-cli"], true)
    })?;
    steps.step("Programs to measure beside it", || peers::install(project))?;
    let labelled_data = steps.step("Labelled data", || labelled_data::fetch(project))?;
    for (name, bench) in BENCHES {
        steps.step(name, || run_bench(project, bench, &labelled_data, options))?;
    }
    steps.print();
    Ok(())
}

fn run_bench(project: &Project, bench: &str, labelled_data: &Path, options: &Options) -> Result<()> {
    Program::cargo()
        .arguments([
            "run",
            "--release",
            "--package",
            "landbridge-tests",
            "--bin",
            bench,
            "--",
        ])
        .arguments(&options.arguments)
        .environment("LANDBRIDGE_CLI", project.built("release", "landbridge-cli"))
        .environment("LANDBRIDGE_PEERS", peers::folder(project))
        .environment("LANDBRIDGE_LABELLED_DATA", labelled_data)
        .folder(&project.root)
        .run()
}
