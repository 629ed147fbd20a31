//! `demo-org`

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `demo-org …`
#[derive(Debug, Subcommand)]
pub enum DemoOrgCommand {
    /// Serves until SIGINT or SIGTERM; the first line says where, and how to sign in.
    #[command(
        after_help = "Example: landbridge-cli demo-org serve --seed 7 --leads 500 --trouble trouble.json"
    )]
    Serve(ServeOptions),
}

/// What the demo org's duplicate rules do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DuplicateRules {
    /// Refuse a record until the client says that it knows.
    Alert,
    /// Refuse a record.
    Block,
    /// Save a record and report it.
    Report,
}

/// `demo-org serve`
#[derive(Debug, Args)]
pub struct ServeOptions {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Seed of all made-up data.
    #[arg(long)]
    pub seed: Option<u64>,
    /// Number of accounts.
    #[arg(long)]
    pub accounts: Option<u32>,
    /// Number of contacts.
    #[arg(long)]
    pub contacts: Option<u32>,
    /// Number of leads.
    #[arg(long)]
    pub leads: Option<u32>,
    /// Number of opportunities.
    #[arg(long)]
    pub opportunities: Option<u32>,
    /// Installs the ZoomInfo native app: its fields and objects in the namespace DOZISF.
    #[arg(long)]
    pub native_app: bool,
    /// Makes the standard duplicate rules active: `alert` can be overridden by a client, `block` cannot, `report` saves.
    #[arg(long, value_name = "ACTION")]
    pub duplicate_rules: Option<DuplicateRules>,
    /// JSON file that says what goes wrong from the start: {"holds_jobs": true} keeps Bulk jobs in progress.
    /// src-tauri/crates/demo-org/TROUBLE.md shows all that it may say.
    #[arg(long, value_name = "FILE")]
    pub trouble: Option<PathBuf>,
    /// Serves https://localhost with a throw-away certificate; the first line carries it as certificate_pem.
    #[arg(long)]
    pub tls: bool,
    /// Writes the certificate here too, for clients that want a file to trust.
    #[arg(long, value_name = "FILE", requires = "tls")]
    pub certificate_file: Option<PathBuf>,
    /// Lets the app's integration user in by JWT bearer tokens that this certificate or public key (PEM) verifies.
    #[arg(long, value_name = "FILE")]
    pub jwt_certificate: Option<PathBuf>,
}
