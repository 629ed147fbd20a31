//! The command line, a file each command.

mod accounts;
mod audit;
mod connect;
mod demo_org;
mod disconnect;
mod doctor;
mod export;
mod import;
mod mapping;
mod object;
mod people;
mod runs;
mod switch;
mod tokens;
mod users;
mod workspaces;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use accounts::AccountsChoice;
pub use audit::{Area, AuditOptions};
pub use connect::ConnectOptions;
pub use demo_org::{DemoOrgCommand, DuplicateRules, ServeOptions};
pub use disconnect::DisconnectOptions;
pub use doctor::DoctorOptions;
pub use export::{ExportOptions, OnAsk, OnDuplicate};
pub use import::ImportOptions;
pub use mapping::{MappingCommand, MappingTestOptions};
pub use object::Object;
pub use people::PeopleCommand;
pub use runs::{Edit, RetryOptions, RunsCommand};
pub use switch::Switch;
pub use tokens::{TokenPlace, TokensCommand};
pub use users::UsersCommand;
pub use workspaces::WorkspacesCommand;

/// Exports ZoomInfo lists into Salesforce from a terminal.
#[derive(Debug, Parser)]
#[command(name = "landbridge-cli", version, propagate_version = true, after_help = EXIT_CODES)]
pub struct Options {
    /// Folder of the workspace; without it, the one in the system's data folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// Machine output: progress as JSON lines on standard output, the last line is the result.
    #[arg(long, global = true)]
    pub json: bool,
    /// No progress and no text beside the result.
    #[arg(long, global = true)]
    pub quiet: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done, every record settled as planned
  1  done, some records failed (the ledger says which), or a check of the doctor failed
  2  refused before anything was written
  3  could not reach or sign in to Salesforce
  4  stopped or interrupted; the run can be resumed

LANDBRIDGE_INSTANCE_URL with LANDBRIDGE_ACCESS_TOKEN in the environment stand in for the stored connection.
LANDBRIDGE_PASSPHRASE opens the encrypted file, where tokens are kept in one.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs the demo org, a Salesforce-shaped server with made-up data.
    #[command(
        name = "demo-org",
        subcommand,
        after_help = "Example: landbridge-cli demo-org serve"
    )]
    DemoOrg(DemoOrgCommand),
    /// Connects an org: opens its login page in the browser and waits.
    #[command(
        after_help = "Example: landbridge-cli connect --login-url https://acme.my.salesforce.com --client-id 3MVG9…"
    )]
    Connect(ConnectOptions),
    /// Ends the connection: tokens are revoked and forgotten, settings stay. The primary admin alone may.
    #[command(after_help = "Example: landbridge-cli disconnect --wipe-mirror")]
    Disconnect(DisconnectOptions),
    /// Chooses who connects to Salesforce: one service account, or everybody with a user of their own.
    #[command(after_help = "Example: landbridge-cli accounts user")]
    Accounts {
        /// The choice; without it, it is shown.
        choice: Option<AccountsChoice>,
    },
    /// Shows and chooses where tokens are kept on this machine.
    #[command(subcommand, after_help = "Example: landbridge-cli tokens move --to file")]
    Tokens(TokensCommand),
    /// Checks what the org and the connected user allow, each line with its mend; exit code 1 when a check failed.
    #[command(
        after_help = "Example: landbridge-cli doctor --permission-set Landbridge.permissionset-meta.xml"
    )]
    Doctor(DoctorOptions),
    /// Imports ZoomInfo CSV files, each as a list.
    #[command(after_help = "Example: landbridge-cli import targets.csv --list \"Q1 targets\"")]
    Import(ImportOptions),
    /// Shows, saves and restores mappings.
    #[command(
        subcommand,
        after_help = "Example: landbridge-cli mapping show --object contact"
    )]
    Mapping(MappingCommand),
    /// Turns all exports on or off.
    #[command(after_help = "Example: landbridge-cli exports off --stop-runs")]
    Exports {
        /// The new state.
        state: Switch,
        /// Stops runs that are being sent; without it, they finish.
        #[arg(long)]
        stop_runs: bool,
    },
    /// Plans an export, and sends it unless it is a dry run.
    #[command(after_help = "Example: landbridge-cli export --object lead --list \"Q1 targets\" --dry-run")]
    Export(ExportOptions),
    /// Shows and sets which Salesforce user each person is: the owner of what they export.
    #[command(subcommand, after_help = "Example: landbridge-cli users map")]
    Users(UsersCommand),
    /// Shows, adds and removes the people of the organisation, and says who uses this workspace.
    #[command(subcommand, after_help = "Example: landbridge-cli people list")]
    People(PeopleCommand),
    /// Shows who did what, newest first.
    #[command(after_help = "Example: landbridge-cli --json audit --since 2026-02-03")]
    Audit(AuditOptions),
    /// Saves a support bundle: versions, settings, runs and the log, with every value hashed.
    #[command(
        name = "support-bundle",
        after_help = "Example: landbridge-cli support-bundle bundle.zip"
    )]
    SupportBundle {
        /// The zip file to write.
        file: PathBuf,
    },
    /// Shows the workspaces that this machine knows, one an org.
    #[command(subcommand, after_help = "Example: landbridge-cli workspaces list")]
    Workspaces(WorkspacesCommand),
    /// Shows, resumes, retries, undoes and cancels runs.
    #[command(subcommand, after_help = "Example: landbridge-cli runs list")]
    Runs(RunsCommand),
}
