//! The session's tokens and their renewal: one at a time, stored before use, finished even if the caller gives up.

use std::sync::{Arc, PoisonError, RwLock};

use secrecy::SecretString;
use tokio::sync::Mutex;

use crate::api_error::ApiError;
use crate::client::ClientOptions;
use crate::error::{Effort, Error};
use crate::http_client;
use crate::introspection::Introspection;
use crate::oauth::{self, OAuthClient, OAuthFault};
use crate::org_address::LoginUrl;
use crate::retry::Backoff;
use crate::server_login::{ServerGrant, ServerLogin};
use crate::token_keeper::{KeepError, TokenKeeper};
use crate::tokens::Tokens;

pub(crate) struct Session {
    http: reqwest::Client,
    oauth: OAuthClient,
    login_url: LoginUrl,
    client_id: String,
    client_secret: Option<SecretString>,
    /// Renews the session in place of a refresh token.
    grant: Option<ServerGrant>,
    keep: Arc<dyn TokenKeeper>,
    pace: Backoff,
    current: RwLock<Current>,
    renewing: Mutex<()>,
}

struct Current {
    tokens: Tokens,
    /// Grows with every change of tokens, so that a caller knows whether somebody else has renewed already.
    generation: u64,
    /// Renewed tokens that could not be stored yet; the old refresh token may be dead by now.
    unstored: Option<Tokens>,
    /// Why the session is over for good.
    ended: Option<String>,
}

impl Session {
    pub(crate) fn new(options: ClientOptions, grant: Option<ServerGrant>) -> Result<Self, Error> {
        Ok(Self {
            http: http_client::build(options.login_url.is_loopback())?,
            oauth: oauth::oauth_client(
                &options.login_url,
                &options.client_id,
                options.client_secret.as_ref(),
                None,
            ),
            login_url: options.login_url,
            client_id: options.client_id,
            client_secret: options.client_secret,
            grant,
            keep: options.keep,
            pace: options.pace.retry,
            current: RwLock::new(Current {
                tokens: options.tokens,
                generation: 0,
                unstored: None,
                ended: None,
            }),
            renewing: Mutex::new(()),
        })
    }

    pub(crate) fn access_token(&self) -> SecretString {
        self.read(|current| current.tokens.access_token.clone())
    }

    pub(crate) fn generation(&self) -> u64 {
        self.read(|current| current.generation)
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.read(|current| current.ended.is_some())
    }

    /// Renews the tokens unless somebody has since the given generation. It runs as a task of its own: a rotated
    /// token must be stored even when the caller is cancelled meanwhile.
    pub(crate) async fn renew(self: &Arc<Self>, seen: u64) -> Result<(), Error> {
        let session = Arc::clone(self);
        let task = tokio::spawn(async move { session.renew_alone(seen).await });
        task.await
            .map_err(|error| signed_out(format!("the renewal stopped: {error}")))?
    }

    async fn renew_alone(&self, seen: u64) -> Result<(), Error> {
        let _turn = self.renewing.lock().await;
        let (generation, ended, unstored) = self.read(|current| {
            (
                current.generation,
                current.ended.clone(),
                current.unstored.clone(),
            )
        });
        if generation != seen {
            return Ok(());
        }
        if let Some(detail) = ended {
            return Err(signed_out(detail));
        }
        let _lock = self.keep.lock().await.map_err(not_kept)?;
        let mut known = self.read(|current| current.tokens.clone());
        let renewed = if let Some(unstored) = unstored {
            unstored
        } else {
            if let Some(latest) = self.keep.latest().await.map_err(not_kept)? {
                if !same(&latest, &known) && latest.instance_url == known.instance_url {
                    self.adopt(latest);
                    return Ok(());
                }
                known = latest;
            }
            self.ask(known.refresh_token.as_ref()).await?
        };
        if let Err(error) = self.keep.keep(&renewed).await {
            self.write(|current| current.unstored = Some(renewed));
            return Err(not_kept(error));
        }
        self.adopt(renewed);
        Ok(())
    }

    async fn ask(&self, refresh_token: Option<&SecretString>) -> Result<Tokens, Error> {
        let by_server = self.grant.clone().map(|grant| ServerLogin {
            login_url: self.login_url.clone(),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
            grant,
        });
        let mut tries = 0;
        loop {
            tries += 1;
            let answer = match (&by_server, refresh_token) {
                (Some(login), _) => login.ask(&self.http).await,
                (None, Some(token)) => oauth::refresh(&self.oauth, &self.http, token).await,
                (None, None) => {
                    let reason = "it was opened by an access token alone, which cannot be renewed";
                    return Err(self.end(reason.to_owned()));
                }
            };
            let fault = match answer {
                Ok(tokens) => return Ok(tokens),
                Err(fault) => fault,
            };
            // A lost answer is not repeated here: with rotation the token may be used up by now.
            let unused = matches!(
                fault,
                OAuthFault::NeverSent(_)
                    | OAuthFault::NotJson {
                        status: 420 | 429 | 503,
                        ..
                    }
            );
            if unused && tries < self.pace.tries {
                tokio::time::sleep(self.pace.pause(tries)).await;
            } else {
                return Err(self.refused(fault));
            }
        }
    }

    fn refused(&self, fault: OAuthFault) -> Error {
        match fault {
            OAuthFault::Refused { error, description }
                if !matches!(
                    error.as_str(),
                    "rate_limit_exceeded" | "server_error" | "temporarily_unavailable" | "unknown_error"
                ) =>
            {
                self.end(format!("{description} ({error})"))
            }
            fault => told(fault),
        }
    }

    pub(crate) async fn introspect(&self) -> Result<Introspection, Error> {
        let Some(secret) = &self.client_secret else {
            return Err(Error::InvalidName {
                name: self.client_id.clone(),
                expected: "an app with a Consumer Secret",
            });
        };
        let token = self.access_token();
        oauth::introspect(&self.login_url, &self.http, &self.client_id, secret, &token)
            .await
            .map_err(told)
    }

    /// Ends the session at the org.
    pub(crate) async fn revoke(&self) -> Result<(), Error> {
        let _turn = self.renewing.lock().await;
        let token = self.read(|current| {
            let tokens = current.unstored.as_ref().unwrap_or(&current.tokens);
            tokens
                .refresh_token
                .clone()
                .unwrap_or_else(|| tokens.access_token.clone())
        });
        match oauth::revoke(&self.login_url, &self.http, &token).await {
            Ok(()) => {}
            // The org no longer knows the token, which is what was wanted.
            Err(OAuthFault::Refused { error, .. })
                if matches!(
                    error.as_str(),
                    "invalid_token" | "unsupported_token_type" | "invalid_grant"
                ) => {}
            Err(fault) => return Err(self.refused(fault)),
        }
        self.end("it was revoked".to_owned());
        Ok(())
    }

    /// Goes on with other tokens: renewed ones, or those of a new sign-in.
    pub(crate) fn adopt(&self, tokens: Tokens) {
        self.write(|current| {
            current.tokens = tokens;
            current.generation += 1;
            current.unstored = None;
            current.ended = None;
        });
    }

    fn end(&self, detail: String) -> Error {
        self.write(|current| current.ended = Some(detail.clone()));
        signed_out(detail)
    }

    fn read<T>(&self, look: impl FnOnce(&Current) -> T) -> T {
        look(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, change: impl FnOnce(&mut Current) -> T) -> T {
        change(&mut self.current.write().unwrap_or_else(PoisonError::into_inner))
    }
}

fn same(one: &Tokens, other: &Tokens) -> bool {
    use secrecy::ExposeSecret;
    one.access_token.expose_secret() == other.access_token.expose_secret()
}

/// A fault of the login host that does not end the session.
fn told(fault: OAuthFault) -> Error {
    let effort = Effort {
        attempts: 1,
        ..Effort::default()
    };
    match fault {
        OAuthFault::NeverSent(detail) | OAuthFault::Broken(detail) => Error::Network { detail, effort },
        OAuthFault::NotJson { status, excerpt } => Error::NotJson {
            status,
            excerpt,
            effort,
        },
        OAuthFault::Unreadable(detail) => Error::Unreadable {
            what: "the login host",
            detail,
            effort,
        },
        OAuthFault::Refused { error, description } => Error::Salesforce {
            status: 400,
            errors: vec![ApiError::new(error, description)],
            effort,
        },
    }
}

fn signed_out(detail: String) -> Error {
    Error::SignedOut {
        detail,
        effort: Effort::default(),
    }
}

fn not_kept(error: KeepError) -> Error {
    Error::TokenNotKept { detail: error.detail }
}
