//! `runs`

use std::path::PathBuf;

use clap::Subcommand;

/// `runs …`
#[derive(Debug, Subcommand)]
pub enum RunsCommand {
    /// Lists the runs, newest first.
    #[command(after_help = "Example: landbridge-cli --json runs list")]
    List,
    /// Shows one run.
    #[command(after_help = "Example: landbridge-cli runs show 12")]
    Show {
        /// Id of the run.
        id: i64,
    },
    /// Prints or saves the ledger of a run.
    #[command(after_help = "Example: landbridge-cli runs ledger 12 --csv ledger.csv")]
    Ledger {
        /// Id of the run.
        id: i64,
        /// Saves it as CSV with all source columns.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
        /// Saves it as an Excel workbook with all source columns.
        #[arg(long, value_name = "FILE", conflicts_with = "csv")]
        xlsx: Option<PathBuf>,
    },
    /// Goes on with a run that waits or was interrupted.
    #[command(after_help = "Example: landbridge-cli runs resume 12")]
    Resume {
        /// Id of the run.
        id: i64,
    },
    /// Sends again what failed, as a new run.
    #[command(after_help = "Example: landbridge-cli runs retry 12")]
    Retry {
        /// Id of the run.
        id: i64,
        /// Takes what was left without an answer instead, and answers it as the admin's default says.
        #[arg(long)]
        unanswered: bool,
        /// Plans only; nothing is written.
        #[arg(long)]
        dry_run: bool,
    },
    /// Takes back what a run wrote: restores updated records and deletes created ones.
    #[command(after_help = "Example: landbridge-cli runs undo 12 --dry-run")]
    Undo {
        /// Id of the run.
        id: i64,
        /// Says what would be done; nothing is written.
        #[arg(long)]
        dry_run: bool,
    },
    /// Cancels a run; what was sent stays in its ledger.
    #[command(after_help = "Example: landbridge-cli runs cancel 12")]
    Cancel {
        /// Id of the run.
        id: i64,
    },
}
