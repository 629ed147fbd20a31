//! `doctor`

use std::path::PathBuf;

use clap::Args;

/// `doctor`
#[derive(Debug, Args)]
pub struct DoctorOptions {
    /// Writes a permission set (Metadata API XML) with all that Landbridge needs, for the Salesforce admin.
    #[arg(long, value_name = "FILE")]
    pub permission_set: Option<PathBuf>,
}
