//! `demo-org serve`

use std::path::Path;

use demo_org::{DemoOrg, DuplicateAction, Options, Trouble, TroubleError};
use engine::{Code, Fault};

use crate::exit::Exit;
use crate::options::{DemoOrgCommand, DuplicateRules, ServeOptions};
use crate::output::Output;
use crate::stop::StopSignal;

/// Serves until it is told to stop.
pub async fn run(command: DemoOrgCommand, output: Output, stop: &StopSignal) -> Result<Exit, Fault> {
    let DemoOrgCommand::Serve(options) = command;
    let org = DemoOrg::start(demo_options(&options)?).await.map_err(|error| {
        Fault::new(
            Code::NotHere,
            "The demo org could not be started. Choose another port, or leave --port out.",
        )
        .with_detail(error.to_string())
    })?;
    if let (Some(file), Some(certificate)) = (&options.certificate_file, org.certificate_pem()) {
        std::fs::write(file, certificate).map_err(|error| {
            Fault::new(
                Code::FileSystem,
                format!("{} could not be written. Choose another place.", file.display()),
            )
            .with_detail(error.to_string())
        })?;
    }
    // Other programs read this line, so it is JSON with and without --json.
    output.line(&org.announcement());
    output.say("The demo org runs. Stop it with Ctrl-C.");
    stop.received().await;
    org.shutdown().await;
    Ok(Exit::Done)
}

fn demo_options(options: &ServeOptions) -> Result<Options, Fault> {
    let usual = Options::default();
    let trouble = match &options.trouble {
        Some(file) => read_trouble(file)?,
        None => usual.trouble,
    };
    let jwt_certificate = options.jwt_certificate.as_deref().map(read_file).transpose()?;
    Ok(Options {
        port: options.port,
        seed: options.seed.unwrap_or(usual.seed),
        accounts: options.accounts.unwrap_or(usual.accounts),
        contacts: options.contacts.unwrap_or(usual.contacts),
        leads: options.leads.unwrap_or(usual.leads),
        opportunities: options.opportunities.unwrap_or(usual.opportunities),
        native_app: options.native_app,
        duplicate_rules: options.duplicate_rules.map(|action| match action {
            DuplicateRules::Alert => DuplicateAction::Alert,
            DuplicateRules::Block => DuplicateAction::Block,
            DuplicateRules::Report => DuplicateAction::Report,
        }),
        trouble,
        tls: options.tls,
        jwt_certificate,
        ..usual
    })
}

fn read_trouble(file: &Path) -> Result<Trouble, Fault> {
    read_file(file)?.parse().map_err(|error: TroubleError| {
        Fault::new(
            Code::Invalid,
            format!("{} does not say what should go wrong.", file.display()),
        )
        .with_detail(error.to_string())
    })
}

fn read_file(file: &Path) -> Result<String, Fault> {
    std::fs::read_to_string(file).map_err(|error| {
        Fault::new(
            Code::FileSystem,
            format!("{} could not be read. Name a file that exists.", file.display()),
        )
        .with_detail(error.to_string())
    })
}
