//! What the frame shows: the org, the operator, the API gauge, where tokens are kept.

use model::{Act, Standing};
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
    /// Its name, as the operator gave it.
    pub workspace_name: String,
    /// Who is using this window.
    pub operator: Operator,
    /// The connected org; `null` before the first connection and after disconnecting.
    pub org: Option<Org>,
    /// Whether that connection can be used now.
    pub session: Session,
    /// What the operator may do, and why not what not: one line an act.
    pub rights: Vec<Right>,
    /// The admin who made the connection; `null` when there is none.
    pub primary_admin: Option<PrimaryAdmin>,
    /// Who connects to Salesforce.
    pub accounts: Accounts,
    /// The operator's own Salesforce user in user-account mode; `null` before connecting, and in service-account mode.
    pub own_connection: Option<OwnConnection>,
    /// The master toggle: may anybody export?
    pub exports_on: bool,
    /// Who set the master toggle last; `null` until somebody did.
    pub exports_changed: Option<Changed>,
    /// Checks that failed in the doctor's last report; 0 when there is none.
    pub failed_checks: u32,
    /// Salesforce's own count of API calls in the last 24 hours; `null` until the org has told it.
    pub usage: Option<ApiUsage>,
    /// Where tokens are kept on this machine.
    pub token_home: TokenHome,
    /// The same in one sentence.
    pub token_home_sentence: String,
    /// What keeps tokens from being read now, with the mend; `null` when nothing does.
    pub token_trouble: Option<TokenTrouble>,
    /// Whether this client can start a demo org.
    pub demo_org_available: bool,
    /// Number of runs that are sending or waiting.
    pub open_runs: u32,
}

/// The person who is using this window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Operator {
    /// Id of the person.
    pub person: i64,
    /// Name as shown, e.g. in the ledger.
    pub name: String,
    /// Their e-mail address, once known.
    pub email: Option<String>,
    /// Their role.
    pub role: Role,
    /// What they are to the integration.
    pub standing: Standing,
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
    /// A file outside the workspace, encrypted with a passphrase.
    PassphraseFile,
}

/// Why tokens cannot be read now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TokenTrouble {
    /// What it is; the window shows a passphrase field for `passphrase_needed`.
    pub kind: TokenTroubleKind,
    /// What happened and what to do.
    pub sentence: String,
}

/// Kinds of trouble with the place where tokens are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TokenTroubleKind {
    /// The encrypted file is not open yet.
    PassphraseNeeded,
    /// The keychain is locked.
    Locked,
    /// The system does not let this app read its own entries, as after an update with another signature.
    Denied,
    /// There is no keychain that answers.
    Missing,
}

/// Whether the operator may do an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Right {
    /// The act.
    pub act: Act,
    /// Why not, and who may; `null` when the operator may.
    pub refusal: Option<String>,
}

/// The primary connected admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrimaryAdmin {
    /// Name.
    pub name: String,
    /// E-mail address, once known.
    pub email: Option<String>,
}

/// Who connects to Salesforce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Accounts {
    /// One connection does all exports.
    Service,
    /// Everybody connects before exporting.
    User,
}

/// A person's own Salesforce user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnConnection {
    /// Login name.
    pub username: String,
    /// Full name.
    pub user_name: String,
    /// When it was made (RFC 3339, UTC).
    pub connected_at: String,
    /// Whether a new login is needed.
    pub signed_out: bool,
}

/// Who changed something last, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Changed {
    /// When (RFC 3339, UTC).
    pub at: String,
    /// Name of the person.
    pub by: String,
}
