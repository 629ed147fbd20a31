//! What the login host knows about the access token in use (Salesforce Help, "OAuth 2.0 Token Introspection"; RFC
//! 7662). Only apps with a secret may ask.

use serde::Deserialize;

use crate::client::Client;
use crate::error::Error;

/// A token as the login host sees it. Of a token that is over, only `active` is told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Introspection {
    /// Whether it works now.
    pub active: bool,
    /// Granted scopes, separated by spaces.
    pub scope: Option<String>,
    /// Consumer Key that it was given to.
    pub client_id: Option<String>,
    /// `User.Username`.
    pub username: Option<String>,
    /// Identity URL of the user.
    pub sub: Option<String>,
    /// `access_token` or `refresh_token`.
    pub token_type: Option<String>,
    /// End, in seconds since 1970.
    pub exp: Option<i64>,
    /// Issued, in seconds since 1970.
    pub iat: Option<i64>,
    /// Not valid before, in seconds since 1970.
    pub nbf: Option<i64>,
}

impl Client {
    /// Asks about the access token in use. Free of quota. An app without a secret is refused here, without a request.
    pub async fn introspect(&self) -> Result<Introspection, Error> {
        self.session().introspect().await
    }
}
