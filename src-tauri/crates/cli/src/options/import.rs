//! `import`

use std::path::PathBuf;

use clap::Args;

/// `import`
#[derive(Debug, Args)]
pub struct ImportOptions {
    /// CSV files.
    #[arg(required_unless_present = "sample")]
    pub files: Vec<PathBuf>,
    /// Name of the list; without it, the file's name.
    #[arg(long, value_name = "NAME")]
    pub list: Option<String>,
    /// Imports the made-up lists that ship with Landbridge.
    #[arg(long, conflicts_with_all = ["files", "list"])]
    pub sample: bool,
}
