//! `tokens`

use clap::{Subcommand, ValueEnum};

/// `tokens …`
#[derive(Debug, Subcommand)]
pub enum TokensCommand {
    /// Shows where tokens are kept, and what keeps them from being read.
    #[command(after_help = "Example: landbridge-cli --json tokens show")]
    Show,
    /// Keeps tokens elsewhere from now on and takes along those that there are. The passphrase of the file, into it and out of it,
    /// comes from LANDBRIDGE_PASSPHRASE or standard input; other commands read it from LANDBRIDGE_PASSPHRASE.
    #[command(after_help = "Example: landbridge-cli tokens move --to file")]
    Move {
        /// The place.
        #[arg(long, value_name = "PLACE")]
        to: TokenPlace,
        /// Goes on although what is kept now cannot be read: those connections need a new login.
        #[arg(long)]
        leave_behind: bool,
    },
}

/// Where tokens are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TokenPlace {
    /// The keychain of the operating system.
    Keychain,
    /// A file that is encrypted with a passphrase, outside the workspace.
    File,
}
