//! Connecting an org.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::{Accounts, AppState, OrgKind, TokenHome};

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

/// What a login is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LoginPurpose {
    /// The workspace's connection: the first one, or again after the session ended.
    #[default]
    Connect,
    /// Another service account; whoever does it becomes the primary admin.
    ChangeUser,
    /// The operator's own Salesforce user, in user-account mode.
    OwnUser,
}

/// Starts a login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BeginLogin {
    /// What for.
    #[serde(default)]
    pub purpose: LoginPurpose,
    /// Which login host.
    pub kind: LoginKind,
    /// The host for `my_domain`, e.g. `https://acme.my.salesforce.com`; ignored for the others.
    pub login_url: Option<String>,
    /// Consumer key of the External Client App; ignored for the demo org.
    pub client_id: Option<String>,
    /// Consumer secret, only when the app asks for one. It is kept with the tokens, never in the database.
    pub client_secret: Option<String>,
}

/// Signs in without a browser, as an integration user, by the JWT bearer flow.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConnectServer {
    /// What for.
    #[serde(default)]
    pub purpose: LoginPurpose,
    /// Where tokens are asked for; `null` is `https://login.salesforce.com`.
    pub login_url: Option<String>,
    /// Consumer key of the app that has the key's certificate.
    pub client_id: String,
    /// Login name of the user whom the app acts as.
    pub username: String,
    /// RSA private key in PEM form, without a password. It is kept with the tokens, never in the database.
    pub private_key: String,
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
    /// Whether Salesforce confirmed that all tokens are revoked.
    pub revoked: bool,
    /// What is so now, in a sentence or two.
    pub sentence: String,
    /// Whose tokens are forgotten here, though Salesforce could not be told, and what to do about it; `null` when it was told.
    pub unrevoked: Option<String>,
}

/// How a login ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LoginFinished {
    /// The new state; it is the old one while `other_org` waits for a word.
    pub state: AppState,
    /// The login led to another org than the connected one, and nothing has changed: `connection.accept_other_org` goes on,
    /// `connection.cancel` gives it up.
    pub other_org: Option<OtherOrg>,
    /// That the tokens of the user before, or of people's own users of the org before, are forgotten here, but Salesforce could
    /// not be told.
    pub unrevoked: Option<String>,
}

/// Another org than the connected one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OtherOrg {
    /// Its id.
    pub org_id: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: OrgKind,
    /// Login name there.
    pub username: String,
    /// What going on means, one sentence each.
    pub consequences: Vec<String>,
}

/// Ends the connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Disconnect {
    /// Whether the local copy of the org's records goes too.
    #[serde(default)]
    pub wipe_mirror: bool,
}

/// Chooses who connects to Salesforce.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChooseAccounts {
    /// The choice.
    pub accounts: Accounts,
}

/// Chooses where tokens are kept on this machine.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChooseTokenHome {
    /// The place.
    pub home: TokenHome,
    /// Passphrase of the encrypted file; `null` for the other places.
    pub passphrase: Option<String>,
    /// Goes on although what is kept now cannot be read: those connections ask for a new login.
    #[serde(default)]
    pub leaves_behind: bool,
}

/// Opens the place where tokens are kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UnlockTokens {
    /// Passphrase of the encrypted file; `null` to ask a locked keychain again.
    pub passphrase: Option<String>,
}
