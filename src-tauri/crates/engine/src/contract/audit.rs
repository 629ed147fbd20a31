//! The audit log.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for a window of the log, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// Words that an entry must have; empty for all.
    pub search: String,
    /// Of this area only.
    pub area: Option<AuditArea>,
    /// Not earlier than this (RFC 3339).
    pub since: Option<String>,
    /// First entry of the window.
    pub offset: u32,
    /// Entries of the window, at most 1,000.
    pub limit: u32,
}

/// A window of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditEntry>,
    /// First entry of the window.
    pub offset: u32,
    /// How many fit the query.
    pub matching_entries: u32,
    /// How many there are.
    pub total_entries: u32,
}

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditEntry {
    /// Its number.
    pub entry: i64,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// Who.
    pub person: String,
    /// What they were then, in words.
    pub standing: String,
    /// Of which area.
    pub area: AuditArea,
    /// Closed name of the act, e.g. `exports_turned_on`.
    pub action: String,
    /// The act in one sentence.
    pub sentence: String,
    /// What was before; `null` when nothing was.
    pub before: Option<String>,
    /// What is after; `null` when nothing is.
    pub after: Option<String>,
    /// The run that it is about.
    pub run: Option<i64>,
    /// The org that was connected then.
    pub org_name: Option<String>,
}

/// Areas of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AuditArea {
    /// Connecting, changing the user, disconnecting, where tokens are kept.
    Connection,
    /// People, roles, the operator.
    People,
    /// General settings, export settings, the master toggle.
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

/// Saves entries where the operator chooses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveAudit {
    /// Words that an entry must have; empty for all.
    pub search: String,
    /// Of this area only.
    pub area: Option<AuditArea>,
    /// Not earlier than this (RFC 3339).
    pub since: Option<String>,
}
