//! `mapping`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Object;

const TEST_EXIT_CODES: &str = "\
Exit codes:
  0  every field is in Salesforce as it was sent, and the record is deleted
  1  a field is different, or the record could not be deleted
  2  the mapping or Salesforce refused the record, so nothing was written
  3  could not reach or sign in to Salesforce; what was made is deleted by the next connected command
  4  stopped; what was made is deleted by the next connected command

Example: landbridge-cli --json mapping test --object lead --file lead-mapping.json --list \"Q1 targets\" --sample 3";

/// `mapping …`
#[derive(Debug, Subcommand)]
pub enum MappingCommand {
    /// Tests a mapping: creates one record, reads it back, compares every field and deletes it.
    #[command(after_help = TEST_EXIT_CODES)]
    Test(MappingTestOptions),
    /// Prints the mapping document of one object; `mapping set` accepts it.
    #[command(
        disable_version_flag = true,
        after_help = "Example: landbridge-cli mapping show --object lead > lead-mapping.json"
    )]
    Show {
        /// The object.
        #[arg(long)]
        object: Object,
        /// An earlier version; without it, the newest.
        #[arg(long, value_name = "N")]
        version: Option<u32>,
    },
    /// Saves a mapping document as a new version. Blank rows and faulty templates are refused.
    #[command(
        after_help = "Example: landbridge-cli mapping set --object lead --file lead-mapping.json --note \"Q1 campaign\""
    )]
    Set {
        /// The object.
        #[arg(long)]
        object: Object,
        /// The document; without it, standard input.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// A note for the history.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
        /// The version that the document was made from; a newer one that somebody saved since then refuses this one.
        #[arg(long, value_name = "N")]
        based_on: Option<u32>,
    },
    /// Lists the versions, newest first, with what differs from the version before.
    #[command(after_help = "Example: landbridge-cli --json mapping history --object lead")]
    History {
        /// The object.
        #[arg(long)]
        object: Object,
    },
    /// Saves an earlier version again, as a new version.
    #[command(
        disable_version_flag = true,
        after_help = "Example: landbridge-cli mapping restore --object lead --version 3"
    )]
    Restore {
        /// The object.
        #[arg(long)]
        object: Object,
        /// The version to go back to.
        #[arg(long, value_name = "N")]
        version: u32,
    },
}

/// `mapping test`
#[derive(Debug, Args)]
pub struct MappingTestOptions {
    /// The object.
    #[arg(long)]
    pub object: Object,
    /// A mapping file; without it, the saved mapping is tested.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Name of the list that the sample profile comes from; without it, the newest one that fits, else made-up data.
    #[arg(long, value_name = "NAME")]
    pub list: Option<String>,
    /// Which profile of the list is written, from 1.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: u32,
}
