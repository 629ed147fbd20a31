//! `users`

use std::path::PathBuf;

use clap::Subcommand;

/// `users …`
#[derive(Debug, Subcommand)]
pub enum UsersCommand {
    /// Shows which Salesforce user each person is, and sets it from a CSV file with the columns email and salesforce_user.
    #[command(after_help = "Example: landbridge-cli users map --file people.csv")]
    Map {
        /// CSV file: email, salesforce_user (a username, an e-mail address or an id; empty for nobody).
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
}
