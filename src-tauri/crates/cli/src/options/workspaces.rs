//! `workspaces`

use clap::Subcommand;

/// `workspaces …`
#[derive(Debug, Subcommand)]
pub enum WorkspacesCommand {
    /// The open one first, each with its org, and why it cannot be opened where that is so.
    #[command(after_help = "Example: landbridge-cli --json workspaces list")]
    List,
}
