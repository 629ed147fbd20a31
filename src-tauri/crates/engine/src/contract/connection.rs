//! Connecting an org.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the connect screen tells an admin to set up in Salesforce.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConnectionGuide {
    /// Callback URLs to paste, one a line.
    pub callback_urls: Vec<String>,
    /// OAuth scopes to select: Salesforce's label and the scope's name.
    pub scopes: Vec<Scope>,
    /// Steps to create the External Client App, in order.
    pub steps: Vec<String>,
    /// The consumer key that was used last, to save typing.
    pub last_client_id: Option<String>,
}

/// One OAuth scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Scope {
    /// Name, e.g. `api`.
    pub name: String,
    /// Salesforce's label for it.
    pub label: String,
}

/// Which kind of login host to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LoginKind {
    /// `https://login.salesforce.com`.
    Production,
    /// `https://test.salesforce.com`.
    Sandbox,
    /// The customer's own host.
    MyDomain,
    /// The demo org that this client starts.
    Demo,
}

/// Starts a login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BeginLogin {
    /// Which login host.
    pub kind: LoginKind,
    /// The host for `my_domain`, e.g. `https://acme.my.salesforce.com`; ignored for the others.
    pub login_url: Option<String>,
    /// Consumer key of the External Client App; ignored for the demo org.
    pub client_id: Option<String>,
    /// Consumer secret, only when the app asks for one. It is kept with the tokens, never in the database.
    pub client_secret: Option<String>,
}

/// A login that waits for the browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LoginAttempt {
    /// Page that was opened in the system browser; to copy when no browser came up.
    pub authorize_url: String,
    /// Where Salesforce sends the browser back to.
    pub callback_url: String,
    /// After so many seconds the attempt ends by itself.
    pub time_out_seconds: u64,
    /// Whether the system browser could be started.
    pub browser_opened: bool,
    /// What to type into the demo org's login page; `null` for a real org.
    pub demo_login: Option<DemoLogin>,
}

/// Made-up credentials of the demo org's administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DemoLogin {
    /// Username.
    pub username: String,
    /// Password.
    pub password: String,
}

/// What disconnecting did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Disconnected {
    /// Whether Salesforce confirmed that the tokens are revoked.
    pub revoked: bool,
    /// The same in one sentence.
    pub sentence: String,
}
