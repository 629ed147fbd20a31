//! `audit`

use clap::{Args, ValueEnum};

/// `audit`
#[derive(Debug, Args)]
pub struct AuditOptions {
    /// Not earlier than this: a time (RFC 3339) or a date (UTC).
    #[arg(long, value_name = "T")]
    pub since: Option<String>,
    /// Only entries that have these words.
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub search: String,
    /// Only entries of this area.
    #[arg(long, value_name = "AREA")]
    pub area: Option<Area>,
    /// At most so many entries.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
}

/// Areas of the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Area {
    /// Connecting and disconnecting.
    Connection,
    /// People, roles, the operator.
    People,
    /// Settings and the master toggle.
    Settings,
    /// Mappings and their tests.
    Mapping,
    /// User mapping.
    UserMapping,
    /// Runs.
    Runs,
    /// Lists.
    Lists,
    /// Deleting what is stored, support bundles, workspaces.
    StoredData,
}

impl Area {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::People => "people",
            Self::Settings => "settings",
            Self::Mapping => "mapping",
            Self::UserMapping => "user_mapping",
            Self::Runs => "runs",
            Self::Lists => "lists",
            Self::StoredData => "stored_data",
        }
    }
}
