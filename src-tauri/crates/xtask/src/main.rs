//! `cargo xtask`: set-up and chores of this repository, in Rust so that they run alike on every system.
//!
//! It knows the names of the other packages, their features and their test targets, and nothing of what is in them.
//! It never holds product logic, never edits source files except the generated TypeScript types, and needs only the
//! standard library, `anyhow`, `clap` and `serde_json`, so that it compiles in seconds on a fresh machine.
//!
//! To add a chore: one file with a `run` function, one variant of [`Chore`]. To add a system package: one line in
//! `packages/table.rs`, with its reason.

mod bench;
mod cargo;
mod deb;
mod demo;
mod jsforce;
mod keychain;
mod labelled_data;
mod lint;
mod node;
mod packages;
mod peers;
mod program;
mod project;
mod python;
mod release;
mod session;
mod stamp;
mod steps;
mod test;
mod types;
mod web_ui;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use project::Project;

/// Chores of the Landbridge repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Sets the machine up, builds the app and opens it with the demo org and a sample list.
    /// Without a display it does the same export in the terminal
    Demo(demo::Options),
    /// Sets the machine up and runs every test: Rust, web UI, other people's clients, the real window
    Test(test::Options),
    /// Checks formatting, clippy without a warning, and TypeScript
    Lint,
    /// Formats all Rust code
    Format,
    /// Writes the TypeScript types of the contract into ui/src/ipc/generated
    Types(types::Options),
    /// Runs the benches in release mode; arguments after `--` go to them
    Bench(bench::Options),
    /// Builds the app and the command line program in release mode
    Release,
    /// Builds a .deb with the app and the command line program
    Deb,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = Project::find().and_then(|project| match arguments.chore {
        Chore::Demo(options) => demo::run(&project, &options),
        Chore::Test(options) => test::run(&project, &options),
        Chore::Lint => lint::check(&project),
        Chore::Format => lint::format(&project),
        Chore::Types(options) => types::run(&project, &options),
        Chore::Bench(options) => bench::run(&project, &options),
        Chore::Release => release::run(&project),
        Chore::Deb => deb::run(&project),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}
