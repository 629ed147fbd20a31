//! `types`: the TypeScript types of the contract, written by the flow test that also checks them.

use anyhow::Result;

use crate::packages::{self, Purpose};
use crate::program::Program;
use crate::project::Project;

/// The test, in `tests/flows/contract_types.rs`. It fails if the types are not those of the contract.
const TEST: &str = "the_generated_types_are_those_of_the_contract";

/// Tells the test to write the types before it compares.
const WRITE: &str = "LANDBRIDGE_WRITE_TYPES";

/// Write or only compare.
#[derive(clap::Args)]
pub struct Options {
    /// Writes nothing; fails if the types are out of date
    #[arg(long)]
    check: bool,
}

/// Writes the types, or says whether they are right.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    packages::install(Purpose::Terminal)?;
    let call = Program::cargo()
        .arguments(["test", "--package", "landbridge-tests", "--test", "flows", TEST])
        .folder(&project.root);
    if options.check {
        call.run()
    } else {
        call.environment(WRITE, "1").run()
    }
}
