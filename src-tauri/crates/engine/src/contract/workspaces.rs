//! Workspaces on this machine: one an org.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::OrgKind;

/// The workspaces that this machine knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Workspaces {
    /// The open one first, then by name.
    pub workspaces: Vec<WorkspaceView>,
    /// Whether this client can open another one.
    pub can_switch: bool,
}

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WorkspaceView {
    /// Its folder.
    pub folder: String,
    /// Its name.
    pub name: String,
    /// Its org; `null` when none is connected, or it cannot be read.
    pub org: Option<WorkspaceOrg>,
    /// Whether it is the open one.
    pub is_open: bool,
    /// Why it cannot be opened, with the mend; `null` when it can.
    pub refusal: Option<String>,
}

/// The org of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WorkspaceOrg {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: OrgKind,
}

/// Makes a workspace and opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewWorkspace {
    /// Its name.
    pub name: String,
}

/// Names a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceHandle {
    /// Its folder.
    pub folder: String,
}

/// Puts a workspace back on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestoreWorkspace {
    /// Its folder.
    pub folder: String,
    /// The name that it had there; empty for none.
    pub name: String,
}

/// Gives the open workspace another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RenameWorkspace {
    /// The new name.
    pub name: String,
}
