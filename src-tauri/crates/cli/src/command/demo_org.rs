//! `demo-org serve`

use demo_org::{DemoOrg, Options};
use engine::{Code, Fault};

use crate::exit::Exit;
use crate::options::{DemoOrgCommand, ServeOptions};
use crate::output::Output;

/// Serves until it is told to stop.
pub async fn run(command: DemoOrgCommand, output: Output) -> Result<Exit, Fault> {
    let DemoOrgCommand::Serve(options) = command;
    let org = DemoOrg::start(demo_options(&options)).await.map_err(|error| {
        Fault::new(
            Code::NotHere,
            "The demo org could not be started. Choose another port, or leave --port out.",
        )
        .with_detail(error.to_string())
    })?;
    // Other programs read this line, so it is JSON with and without --json.
    output.line(&org.announcement());
    output.say("The demo org runs. Stop it with Ctrl-C.");
    stopped().await?;
    org.shutdown().await;
    Ok(Exit::Done)
}

fn demo_options(options: &ServeOptions) -> Options {
    let usual = Options::default();
    Options {
        port: options.port,
        seed: options.seed.unwrap_or(usual.seed),
        accounts: options.accounts.unwrap_or(usual.accounts),
        contacts: options.contacts.unwrap_or(usual.contacts),
        leads: options.leads.unwrap_or(usual.leads),
        opportunities: options.opportunities.unwrap_or(usual.opportunities),
        ..usual
    }
}

/// Returns on SIGINT and, where there is one, SIGTERM.
async fn stopped() -> Result<(), Fault> {
    let no_signal = |error: std::io::Error| {
        Fault::new(Code::Internal, "Signals cannot be read.").with_detail(error.to_string())
    };
    #[cfg(unix)]
    {
        let mut terminate =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).map_err(no_signal)?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted.map_err(no_signal),
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(no_signal)
}
