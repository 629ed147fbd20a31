//! `runs`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::OnDuplicate;

/// `runs retry`
#[derive(Debug, Args)]
pub struct RetryOptions {
    /// Id of the run.
    pub id: i64,
    /// Takes these lines of its ledger alone, e.g. `3,7`.
    #[arg(
        long,
        value_name = "LINES",
        value_delimiter = ',',
        conflicts_with = "unanswered"
    )]
    pub lines: Vec<u32>,
    /// Takes what was left without an answer instead, and answers it as the admin's default says.
    #[arg(long)]
    pub unanswered: bool,
    /// Sends this value for a field of a line, in place of the mapped one; may be given several times. Without a value the
    /// field is left out.
    #[arg(long = "set", value_name = "LINE:FIELD=VALUE", value_parser = edit, conflicts_with = "unanswered")]
    pub edits: Vec<Edit>,
    /// What happens to profiles that the org has already; without it, what was chosen for the run.
    #[arg(long, value_name = "ACTION")]
    pub on_duplicate: Option<OnDuplicate>,
    /// Plans only; nothing is written.
    #[arg(long)]
    pub dry_run: bool,
}

/// A value that somebody typed for a field of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The line.
    pub line: u32,
    /// API name of the field.
    pub field: String,
    /// The value; empty to leave the field out.
    pub value: String,
}

fn edit(text: &str) -> Result<Edit, String> {
    let read = || {
        let (line, rest) = text.split_once(':')?;
        let (field, value) = rest.split_once('=')?;
        let (line, field) = (line.trim().parse().ok()?, field.trim());
        (!field.is_empty()).then(|| Edit {
            line,
            field: field.to_owned(),
            value: value.to_owned(),
        })
    };
    read().ok_or_else(|| "say it as LINE:FIELD=VALUE, e.g. 3:Email=ada@acme.example".to_owned())
}

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
    /// Sends again what failed or was refused, as a new run.
    #[command(
        after_help = "Example: landbridge-cli runs retry 12 --lines 3,7 --set 3:Email=ada@acme.example"
    )]
    Retry(RetryOptions),
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

#[cfg(test)]
mod tests {
    use super::{Edit, edit};

    #[test]
    fn an_edit_names_line_field_and_value() {
        let read = |line, field: &str, value: &str| {
            Ok(Edit {
                line,
                field: field.to_owned(),
                value: value.to_owned(),
            })
        };
        assert_eq!(
            edit("3:Email=ada@acme.example"),
            read(3, "Email", "ada@acme.example")
        );
        assert_eq!(
            edit("12:Website=a.com:80/?q=1"),
            read(12, "Website", "a.com:80/?q=1")
        );
        assert_eq!(edit("3:Phone="), read(3, "Phone", ""));
        for text in ["", "3", "3:Email", "Email=x", "x:Email=y", "3:=x"] {
            assert!(edit(text).is_err(), "{text}");
        }
    }
}
