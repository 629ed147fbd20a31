//! Signing in without a person, for an integration user: the client credentials flow (Salesforce Help, "OAuth 2.0
//! Client Credentials Flow for Server-to-Server Integration") and the JWT bearer flow ("OAuth 2.0 JWT Bearer Flow for
//! Server-to-Server Integration"). Neither gives a refresh token: the session is renewed by the same grant.

mod jwt;
mod signing_key;

use std::fmt;

use secrecy::SecretString;

pub use signing_key::{KeyError, SigningKey};

use crate::http_client;
use crate::login::LoginError;
use crate::oauth::{self, OAuthFault};
use crate::org_address::LoginUrl;
use crate::tokens::Tokens;

/// How tokens are asked for without a person.
#[derive(Debug, Clone)]
pub enum ServerGrant {
    /// By Consumer Key and Consumer Secret; the app names the user it runs as. Only My Domain hosts answer it.
    ClientCredentials,
    /// By a signed statement about a user whom the app is approved for.
    JwtBearer {
        /// `User.Username`.
        username: String,
        /// Whom the statement is for: the login host, `https://login.salesforce.com` or
        /// `https://test.salesforce.com`, or a My Domain. `None`: the address of the login itself.
        audience: Option<String>,
        /// The private key whose certificate the app has.
        key: SigningKey,
    },
}

/// A sign-in without a person.
#[derive(Clone)]
pub struct ServerLogin {
    /// Where tokens are asked for.
    pub login_url: LoginUrl,
    /// Consumer Key.
    pub client_id: String,
    /// Consumer Secret; needed for client credentials.
    pub client_secret: Option<SecretString>,
    /// How.
    pub grant: ServerGrant,
}

impl ServerLogin {
    /// Asks for tokens. Give them to `Client::renewed_by` with the same grant.
    pub async fn sign_in(&self) -> Result<Tokens, LoginError> {
        let http = http_client::build(self.login_url.is_loopback()).map_err(|error| LoginError::Network {
            detail: error.to_string(),
        })?;
        self.ask(&http).await.map_err(|fault| match fault {
            OAuthFault::NeverSent(detail) | OAuthFault::Broken(detail) => LoginError::Network { detail },
            OAuthFault::Refused { error, description } => LoginError::from_refusal(&error, &description, ""),
            OAuthFault::NotJson { status, excerpt } => LoginError::NotJson { status, excerpt },
            OAuthFault::Unreadable(detail) => LoginError::Unreadable { detail },
        })
    }

    pub(crate) async fn ask(&self, http: &reqwest::Client) -> Result<Tokens, OAuthFault> {
        let secret = self.client_secret.as_ref();
        match &self.grant {
            ServerGrant::ClientCredentials => {
                oauth::client_credentials(&self.login_url, http, &self.client_id, secret).await
            }
            ServerGrant::JwtBearer {
                username,
                audience,
                key,
            } => {
                let audience = audience.as_deref().unwrap_or(self.login_url.as_str());
                let assertion = jwt::assertion(&self.client_id, username, audience, key)
                    .map_err(|error| OAuthFault::Unreadable(error.to_string()))?;
                oauth::jwt_bearer(&self.login_url, http, &assertion).await
            }
        }
    }
}

impl fmt::Debug for ServerLogin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ServerLogin")
            .field("login_url", &self.login_url.as_str())
            .field("grant", &self.grant)
            .finish_non_exhaustive()
    }
}
