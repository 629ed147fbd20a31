//! The tokens of one session. They leave this type only by methods that say so.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::org_address::{AddressError, InstanceUrl};

/// What the token endpoint gave (OAuth 2.0 Web Server Flow for Web App Integration).
#[derive(Clone)]
pub struct Tokens {
    /// Opaque; sent as `Authorization: Bearer` to the instance only.
    pub access_token: SecretString,
    /// Absent for a connection by access token alone, or without the scope `refresh_token`.
    pub refresh_token: Option<SecretString>,
    /// The only origin that the access token goes to.
    pub instance_url: InstanceUrl,
    /// `https://login.salesforce.com/id/<organization>/<user>`; empty for a connection by access token alone.
    pub identity_url: String,
    /// Granted scopes, separated by spaces.
    pub scope: String,
    /// When the access token was issued, in milliseconds since 1970, if the org told.
    pub issued_at_milliseconds: Option<i64>,
}

/// A stored session cannot be read back.
#[derive(Debug, thiserror::Error)]
#[error("The stored session could not be read: {detail}. Sign in again.")]
pub struct TokenFormatError {
    /// Why; never the text itself.
    pub detail: String,
}

impl Tokens {
    /// A session by a ready access token. It cannot be renewed.
    #[must_use]
    pub fn access_token_only(access_token: SecretString, instance_url: InstanceUrl) -> Self {
        Self {
            access_token,
            refresh_token: None,
            instance_url,
            identity_url: String::new(),
            scope: String::new(),
            issued_at_milliseconds: None,
        }
    }

    /// The 18-character organization id at the end of the identity URL, if it is there.
    #[must_use]
    pub fn organization_id(&self) -> Option<&str> {
        self.identity_part(1)
    }

    /// The 18-character user id at the end of the identity URL, if it is there.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        self.identity_part(0)
    }

    fn identity_part(&self, from_end: usize) -> Option<&str> {
        let (_, path) = self.identity_url.split_once("/id/")?;
        path.trim_end_matches('/')
            .rsplit('/')
            .nth(from_end)
            .filter(|part| !part.is_empty())
    }

    /// For the keychain only.
    pub fn to_keychain_json(&self) -> Result<SecretString, TokenFormatError> {
        let stored = Stored {
            access_token: self.access_token.expose_secret().to_owned(),
            refresh_token: self
                .refresh_token
                .as_ref()
                .map(|token| token.expose_secret().to_owned()),
            instance_url: self.instance_url.as_str().to_owned(),
            identity_url: self.identity_url.clone(),
            scope: self.scope.clone(),
            issued_at_milliseconds: self.issued_at_milliseconds,
        };
        serde_json::to_string(&stored)
            .map(SecretString::from)
            .map_err(|error| TokenFormatError {
                detail: error.to_string(),
            })
    }

    /// Reads what `to_keychain_json` wrote.
    pub fn from_keychain_json(text: &SecretString) -> Result<Self, TokenFormatError> {
        // serde_json's own message may quote a value, so only the place is told.
        let stored: Stored =
            serde_json::from_str(text.expose_secret()).map_err(|error| TokenFormatError {
                detail: format!("it is damaged at character {}", error.column()),
            })?;
        let instance_url =
            InstanceUrl::parse(&stored.instance_url).map_err(|error: AddressError| TokenFormatError {
                detail: error.reason.to_owned(),
            })?;
        Ok(Self {
            access_token: stored.access_token.into(),
            refresh_token: stored.refresh_token.map(SecretString::from),
            instance_url,
            identity_url: stored.identity_url,
            scope: stored.scope,
            issued_at_milliseconds: stored.issued_at_milliseconds,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    access_token: String,
    refresh_token: Option<String>,
    instance_url: String,
    #[serde(default)]
    identity_url: String,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    issued_at_milliseconds: Option<i64>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Tokens")
            .field("access_token", &"redacted")
            .field("refresh_token", &self.refresh_token.as_ref().map(|_| "redacted"))
            .field("instance_url", &self.instance_url.as_str())
            .field("identity_url", &self.identity_url)
            .field("scope", &self.scope)
            .field("issued_at_milliseconds", &self.issued_at_milliseconds)
            .finish()
    }
}
