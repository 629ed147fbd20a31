//! `connect`

use std::path::PathBuf;

use clap::Args;

/// `connect`
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of the command")]
#[derive(Debug, Args)]
pub struct ConnectOptions {
    /// Where to sign in.
    #[arg(long, default_value = "https://login.salesforce.com")]
    pub login_url: String,
    /// Consumer key of the External Client App. The consumer secret, if the app asks for one, comes from
    /// LANDBRIDGE_CLIENT_SECRET.
    #[arg(long)]
    pub client_id: Option<String>,
    /// Connects another service account; whoever does it becomes the primary admin.
    #[arg(long)]
    pub change_user: bool,
    /// Connects the operator's own Salesforce user, where everybody exports with one. It signs in where the admin did.
    #[arg(long, conflicts_with = "change_user")]
    pub own_user: bool,
    /// Goes on although the login leads to another org than the connected one.
    #[arg(long)]
    pub accept_other_org: bool,
    /// Signs in without a browser, by the JWT bearer flow, as the user of --username.
    #[arg(long, requires_all = ["username", "client_id"])]
    pub jwt: bool,
    /// Login name of the user whom the app acts as.
    #[arg(long, value_name = "USER", requires = "jwt")]
    pub username: Option<String>,
    /// File with the RSA private key (PEM); without it, the key comes on standard input. It is kept with the tokens.
    #[arg(long, value_name = "FILE", requires = "jwt")]
    pub key_file: Option<PathBuf>,
}
