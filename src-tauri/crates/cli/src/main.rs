//! Landbridge without a window: the engine's contract from a terminal, for people and for other programs.
//!
//! It decides nothing that the window would decide otherwise: every command is one or more calls of the contract.
//! To add a command: a file in `options`, one in `command`.

mod command;
mod exit;
mod options;
mod output;
mod progress;
mod stop;
mod terminal_host;

use std::process::ExitCode;

use clap::Parser;

use crate::exit::Exit;
use crate::options::Options;
use crate::output::Output;

fn main() -> ExitCode {
    let options = Options::parse();
    let output = Output::new(options.json, options.quiet);
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("LANDBRIDGE_LOG").unwrap_or_else(|_| "error".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("Landbridge could not start: {error}. Close other programs and try again.");
            return Exit::Refused.into();
        }
    };
    let exit = runtime.block_on(async {
        match command::run(options, &output).await {
            Ok(exit) => exit,
            Err(fault) => {
                output.fault(&fault);
                Exit::of_fault(&fault)
            }
        }
    });
    // A run that somebody stopped may still hold a thread; the journal has what is needed to go on.
    runtime.shutdown_background();
    exit.into()
}
