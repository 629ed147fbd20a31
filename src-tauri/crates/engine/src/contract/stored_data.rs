//! The Data sharing page: what is stored where, deleting it, and the support bundle.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is stored on this machine, and what leaves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StoredData {
    /// What is kept, largest first.
    pub items: Vec<StoredItem>,
    /// Size of everything.
    pub total_bytes: u64,
    /// Whom the app talks to, one sentence each.
    pub talks_to: Vec<String>,
}

/// One kind of what is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StoredItem {
    /// Which.
    pub kind: StoredKind,
    /// In words.
    pub label: String,
    /// What it holds and what it is for.
    pub purpose: String,
    /// File or folder, or the keychain's name.
    pub place: String,
    /// Size; `null` where it cannot be known.
    pub size_bytes: Option<u64>,
    /// Records in it; `null` where that means nothing.
    pub records: Option<u64>,
    /// What deleting it means, in one sentence; `null` when it cannot be deleted alone.
    pub deleting: Option<String>,
    /// Why it cannot be deleted now; `null` when it can.
    pub refusal: Option<String>,
}

/// Kinds of what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StoredKind {
    /// Imported lists with their profiles.
    Lists,
    /// Runs with their ledgers and before-images.
    Runs,
    /// The local copy of the org's records.
    Mirror,
    /// Mappings, settings, people.
    Settings,
    /// The audit log.
    Audit,
    /// Tokens and secrets.
    Tokens,
    /// Which place for tokens was chosen.
    TokenPlace,
    /// The app's log files.
    Logs,
    /// The list of workspaces that this machine knows.
    KnownWorkspaces,
}

/// Deletes one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeleteStored {
    /// Which.
    pub kind: StoredKind,
}

/// A support bundle, as it would be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupportBundle {
    /// Its files.
    pub files: Vec<SupportFile>,
    /// Size of the saved file.
    pub size_bytes: u64,
    /// What it never holds, in one sentence.
    pub promise: String,
}

/// One file of a support bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupportFile {
    /// Name.
    pub name: String,
    /// The whole text.
    pub text: String,
}
