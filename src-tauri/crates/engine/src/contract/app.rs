//! What the frame shows: the org, the operator, the API gauge, where tokens are kept.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Parameters of a call that takes none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The state of the workspace that every page can see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AppState {
    /// Version of the app, e.g. `0.1.0`.
    pub version: String,
    /// Folder of this workspace.
    pub workspace: String,
    /// Who is using this window.
    pub operator: Operator,
    /// The connected org; `null` before the first connection and after disconnecting.
    pub org: Option<Org>,
    /// Whether that connection can be used now.
    pub session: Session,
    /// The master toggle: may anybody export?
    pub exports_on: bool,
    /// Salesforce's own count of API calls in the last 24 hours; `null` until the org has told it.
    pub usage: Option<ApiUsage>,
    /// Where tokens are kept on this machine.
    pub token_home: TokenHome,
    /// The same in one sentence.
    pub token_home_sentence: String,
    /// Whether this client can start a demo org.
    pub demo_org_available: bool,
    /// Number of runs that are sending or waiting.
    pub open_runs: u32,
}

/// The person who is using this window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Operator {
    /// Name as shown, e.g. in the ledger.
    pub name: String,
    /// Their e-mail address, once known.
    pub email: Option<String>,
    /// What they may do.
    pub role: Role,
    /// The role in words: "Primary admin", "Admin", "User".
    pub role_label: String,
}

/// Roles of product.md section 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May change settings.
    Admin,
    /// May search, build lists and export.
    User,
}

/// A connected Salesforce org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Org {
    /// 18-character organisation id.
    pub org_id: String,
    /// Organisation name.
    pub name: String,
    /// Production, sandbox or demo.
    pub kind: OrgKind,
    /// Where its data lives, e.g. `https://acme.my.salesforce.com`.
    pub instance_url: String,
    /// Where its people sign in.
    pub login_url: String,
    /// Edition in Salesforce's words, e.g. `Developer Edition`.
    pub edition: String,
    /// API version in use, e.g. `68.0`.
    pub api_version: String,
    /// Username of the connected Salesforce user.
    pub username: String,
    /// Name of the connected Salesforce user.
    pub user_name: String,
    /// E-mail address of the connected Salesforce user.
    pub user_email: String,
    /// When the connection was made (RFC 3339, UTC).
    pub connected_at: String,
    /// Name of the admin who made it.
    pub connected_by: String,
}

/// What stands behind the org, and so how careful one has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OrgKind {
    /// A live org.
    Production,
    /// A sandbox.
    Sandbox,
    /// The demo org that ships with the app.
    Demo,
}

/// Whether the connection can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Session {
    /// Never connected, or disconnected.
    Disconnected,
    /// Ready.
    Connected,
    /// Salesforce ended the session or the tokens are gone; a new login mends it.
    SignedOut,
}

/// API calls of the last 24 hours, as Salesforce counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ApiUsage {
    /// Calls used by everybody.
    pub used_calls: u64,
    /// Calls allowed.
    pub max_calls: u64,
}

/// Where tokens are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TokenHome {
    /// The keychain of the operating system.
    Keychain,
    /// Memory of this session only.
    Session,
}
