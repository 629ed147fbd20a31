//! Signing in: authorization code with PKCE in the system's browser, answered on a loopback port (OAuth 2.0 Web
//! Server Flow; RFC 7636, RFC 8252).
//!
//! Salesforce compares callback URLs letter by letter and takes plain http for the host `localhost` alone, so the
//! ports are fixed and all three addresses are registered in the app. It opens no browser itself, and it keeps no
//! token.

mod callback;
mod fault;
mod page;
mod ports;
mod preflight;

use std::fmt;
use std::time::Duration;

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use secrecy::SecretString;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use url::Url;

pub use fault::LoginError;

use crate::http_client;
use crate::oauth::{self, OAuthClient, OAuthFault};
use crate::org_address::LoginUrl;
use crate::tokens::Tokens;
use callback::{Answer, Outcome};
use ports::Listeners;

/// Ports that are tried in turn.
pub const CALLBACK_PORTS: [u16; 3] = [17170, 17171, 17172];
/// Callback URLs to register in the External Client App, one a line.
pub const CALLBACK_URLS: [&str; 3] = [
    "http://localhost:17170/callback",
    "http://localhost:17171/callback",
    "http://localhost:17172/callback",
];
/// Scopes that the app needs: data, renewal, and who is signed in.
pub const DEFAULT_SCOPES: [&str; 3] = ["api", "refresh_token", "id"];

/// What a sign-in needs.
#[derive(Debug, Clone)]
pub struct LoginOptions {
    /// Where the person signs in.
    pub login_url: LoginUrl,
    /// Consumer Key of the External Client App.
    pub client_id: String,
    /// Only if the app asks for one.
    pub client_secret: Option<SecretString>,
    /// Usually `DEFAULT_SCOPES`. A scope that the app lacks makes Salesforce refuse the sign-in.
    pub scopes: Vec<String>,
}

/// A sign-in that waits for the browser.
pub struct Login {
    oauth: OAuthClient,
    http: reqwest::Client,
    listeners: Listeners,
    authorize_url: Url,
    callback_url: String,
    state: CsrfToken,
    verifier: PkceCodeVerifier,
}

impl Login {
    /// Takes the first free callback port, on IPv4 and, where there is one, IPv6 loopback, and makes the address
    /// to open in the browser.
    pub async fn begin(options: LoginOptions) -> Result<Self, LoginError> {
        Self::begin_on(options, &CALLBACK_PORTS).await
    }

    /// As `begin`, for an app that registered other ports. Port 0 takes any free one, for servers that do not
    /// compare ports.
    pub async fn begin_on(options: LoginOptions, ports: &[u16]) -> Result<Self, LoginError> {
        let http =
            http_client::build(options.login_url.is_loopback()).map_err(|error| LoginError::Network {
                detail: error.to_string(),
            })?;
        let listeners = ports::bind_first_free(ports).await?;
        let callback_url = format!("http://localhost:{}/callback", listeners.port());
        let redirect = RedirectUrl::new(callback_url.clone()).map_err(|error| LoginError::Unreadable {
            detail: error.to_string(),
        })?;
        let secret = options.client_secret.as_ref();
        let oauth = oauth::oauth_client(
            &options.login_url,
            options.client_id.trim(),
            secret,
            Some(redirect),
        );
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (authorize_url, state) = oauth
            .authorize_url(CsrfToken::new_random)
            .add_scopes(options.scopes.into_iter().map(Scope::new))
            .set_pkce_challenge(challenge)
            .url();
        Ok(Self {
            oauth,
            http,
            listeners,
            authorize_url,
            callback_url,
            state,
            verifier,
        })
    }

    /// The address to open in the system's browser.
    #[must_use]
    pub fn authorize_url(&self) -> &Url {
        &self.authorize_url
    }

    /// Where the browser will come back to, e.g. `http://localhost:17170/callback`.
    #[must_use]
    pub fn callback_url(&self) -> &str {
        &self.callback_url
    }

    /// Before the browser opens: is the login host there, and does it know the app? A wrong Consumer Key or
    /// callback URL is told at once; any answer that is not surely a refusal passes.
    pub async fn probe(&self) -> Result<(), LoginError> {
        preflight::probe(&self.http, &self.authorize_url, &self.callback_url).await
    }

    /// Waits for the browser, checks `state`, exchanges the code, and tells the person in the browser how it went.
    pub async fn finish(self, cancel: CancellationToken, time_out: Duration) -> Result<Tokens, LoginError> {
        let deadline = Instant::now() + time_out;
        let answer = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(LoginError::Cancelled),
            () = tokio::time::sleep_until(deadline) => return Err(LoginError::TimedOut),
            answer = callback::wait(&self.listeners) => answer?,
        };
        let Answer {
            outcome,
            state,
            responder,
        } = answer;
        let exchange = async {
            if state.as_deref() != Some(self.state.secret().as_str()) {
                return Err(LoginError::WrongState);
            }
            match outcome {
                Outcome::Code(code) => {
                    let exchanged = oauth::exchange_code(&self.oauth, &self.http, code, self.verifier).await;
                    exchanged.map_err(|fault| login_error(fault, &self.callback_url))
                }
                Outcome::Refused { error, description } => {
                    Err(LoginError::from_refusal(&error, &description, &self.callback_url))
                }
            }
        };
        let result = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(LoginError::Cancelled),
            () = tokio::time::sleep_until(deadline) => Err(LoginError::TimedOut),
            result = exchange => result,
        };
        responder.tell(&result).await;
        result
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Login")
            .field("callback_url", &self.callback_url)
            .finish_non_exhaustive()
    }
}

fn login_error(fault: OAuthFault, callback_url: &str) -> LoginError {
    match fault {
        OAuthFault::NeverSent(detail) | OAuthFault::Broken(detail) => LoginError::Network { detail },
        OAuthFault::Refused { error, description } => {
            LoginError::from_refusal(&error, &description, callback_url)
        }
        OAuthFault::NotJson { status, excerpt } => LoginError::NotJson { status, excerpt },
        OAuthFault::Unreadable(detail) => LoginError::Unreadable { detail },
    }
}
