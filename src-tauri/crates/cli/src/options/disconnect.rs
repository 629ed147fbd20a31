//! `disconnect`

use clap::Args;

/// `disconnect`
#[derive(Debug, Args)]
pub struct DisconnectOptions {
    /// Empties the local copy of the org's records too.
    #[arg(long)]
    pub wipe_mirror: bool,
    /// Ends the operator's own connection only.
    #[arg(long, conflicts_with = "wipe_mirror")]
    pub own_user: bool,
}
