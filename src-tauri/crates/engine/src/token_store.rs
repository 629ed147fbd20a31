//! Keeps connections in the host's vault, for this process and its neighbours: tokens with all that renews them.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use salesforce::{
    Client, ClientOptions, KeepError, KeeperLock, LoginUrl, Pace, ServerGrant, SigningKey, TokenFormatError,
    TokenKeeper, Tokens,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::Engine;
use crate::fault::{Code, Fault};
use crate::host::Host;

const LOCK_FILE: &str = "tokens.lock";

/// Whose connection it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Whose {
    /// The workspace's: the service account, and in user-account mode the admin's.
    Workspace,
    /// A person's own Salesforce user.
    Person(i64),
}

/// One connection, whole. It is kept by one write, so that no part of it is ever another one's.
#[derive(Clone)]
pub(crate) struct KeptConnection {
    /// Where tokens are renewed and revoked.
    pub login_url: LoginUrl,
    /// Consumer key.
    pub client_id: String,
    /// Consumer secret, where the app asks for one.
    pub client_secret: Option<SecretString>,
    /// The user who is signed in without a person, and the private key that does it.
    pub server_user: Option<ServerUser>,
    /// The session.
    pub tokens: Tokens,
}

/// A user who is signed in by JWT bearer.
#[derive(Clone)]
pub(crate) struct ServerUser {
    /// `User.Username`.
    pub username: String,
    /// In PEM form.
    pub private_key: SecretString,
}

impl KeptConnection {
    /// Whether both have the same access token: a private key that signs in again may be given the one that it has.
    pub fn is_same_session(&self, other: &Self) -> bool {
        self.tokens.access_token.expose_secret() == other.tokens.access_token.expose_secret()
    }

    /// A client of this connection. `api_version`: `None` asks the org.
    pub fn client(
        self,
        keep: Arc<dyn TokenKeeper>,
        api_version: Option<salesforce::ApiVersion>,
        pace: Pace,
    ) -> Result<Client, Fault> {
        let grant = self.server_user.as_ref().map(ServerUser::grant).transpose()?;
        let options = ClientOptions {
            login_url: self.login_url,
            client_id: self.client_id,
            client_secret: self.client_secret,
            api_version,
            tokens: self.tokens,
            keep,
            pace,
        };
        Ok(match grant {
            Some(grant) => Client::renewed_by(grant, options)?,
            None => Client::new(options)?,
        })
    }
}

impl ServerUser {
    /// How this user signs in.
    pub fn grant(&self) -> Result<ServerGrant, Fault> {
        let key = SigningKey::from_pem(&self.private_key)
            .map_err(|error| Fault::new(Code::Invalid, error.to_string()).at_field("private_key"))?;
        Ok(ServerGrant::JwtBearer {
            username: self.username.clone(),
            audience: None,
            key,
        })
    }
}

/// The form in the vault. The private key has an entry of its own: some keychains take short secrets only.
#[derive(Serialize, Deserialize)]
struct Stored {
    login_url: String,
    client_id: String,
    client_secret: Option<String>,
    server_user: Option<String>,
    tokens: String,
}

/// The place of one connection in the vault.
#[derive(Clone)]
pub(crate) struct TokenStore {
    host: Arc<dyn Host>,
    folder: PathBuf,
    whose: Whose,
    /// The org and user whose tokens belong here; others are neither taken nor kept.
    identity: Option<(String, String)>,
}

impl TokenStore {
    /// The place of somebody's connection.
    pub fn new(engine: &Engine, whose: Whose) -> Self {
        Self {
            host: Arc::clone(engine.host()),
            folder: engine.store().folder().to_path_buf(),
            whose,
            identity: None,
        }
    }

    /// The same for the client that uses these tokens: from now on it serves their user alone.
    pub fn bound_to(self, tokens: &Tokens) -> Self {
        Self {
            identity: identity(tokens),
            ..self
        }
    }

    /// The names of everything that this place may hold.
    pub fn names(&self) -> Vec<String> {
        vec![self.name("connection"), self.name("private key")]
    }

    /// Every workspace, and everybody in it, has secrets of their own.
    fn name(&self, what: &str) -> String {
        let folder = self.folder.canonicalize().unwrap_or_else(|_| self.folder.clone());
        match self.whose {
            Whose::Workspace => format!("{what} of {}", folder.display()),
            Whose::Person(person) => format!("{what} of person {person} of {}", folder.display()),
        }
    }

    /// What is kept; `None` when nothing is.
    pub fn load(&self) -> Result<Option<KeptConnection>, Fault> {
        let vault = self.host.token_vault();
        let Some(text) = vault.load(&self.name("connection"))? else {
            return Ok(None);
        };
        let stored = read(&text)?;
        let server_user = match stored.server_user {
            None => None,
            Some(username) => {
                let Some(private_key) = vault.load(&self.name("private key"))? else {
                    return Ok(None);
                };
                Some(ServerUser {
                    username,
                    private_key,
                })
            }
        };
        Ok(Some(KeptConnection {
            login_url: LoginUrl::parse(&stored.login_url).map_err(|error| damaged(error.to_string()))?,
            client_id: stored.client_id,
            client_secret: stored.client_secret.map(SecretString::from),
            server_user,
            tokens: Tokens::from_keychain_json(&stored.tokens.into())?,
        }))
    }

    /// Keeps a connection in place of the one before.
    pub fn keep_connection(&self, connection: &KeptConnection) -> Result<(), Fault> {
        let vault = self.host.token_vault();
        // The key comes first: a connection that needs it must never be without it.
        if let Some(user) = &connection.server_user {
            vault.keep(&self.name("private key"), &user.private_key)?;
        }
        let stored = Stored {
            login_url: connection.login_url.as_str().to_owned(),
            client_id: connection.client_id.clone(),
            client_secret: connection
                .client_secret
                .as_ref()
                .map(|secret| secret.expose_secret().to_owned()),
            server_user: connection.server_user.as_ref().map(|user| user.username.clone()),
            tokens: connection.tokens.to_keychain_json()?.expose_secret().to_owned(),
        };
        vault.keep(&self.name("connection"), &write(&stored)?)?;
        if connection.server_user.is_none() {
            vault.forget(&self.name("private key"))?;
        }
        Ok(())
    }

    /// Keeps a connection in place of the one before, which is returned; damaged tokens are none.
    pub fn replace(&self, connection: &KeptConnection) -> Result<Option<KeptConnection>, Fault> {
        let replaced = match self.load() {
            Err(fault) if fault.code == Code::SignedOut => None,
            other => other?,
        };
        self.keep_connection(connection)?;
        Ok(replaced)
    }

    /// Undoes [`TokenStore::replace`].
    pub fn put_back(&self, replaced: Option<&KeptConnection>) -> Result<(), Fault> {
        match replaced {
            Some(replaced) => self.keep_connection(replaced),
            None => self.forget(),
        }
    }

    /// Forgets the connection.
    pub fn forget(&self) -> Result<(), Fault> {
        let vault = self.host.token_vault();
        for name in self.names() {
            vault.forget(&name)?;
        }
        Ok(())
    }

    fn keep_renewed(&self, tokens: &Tokens) -> Result<(), Fault> {
        let vault = self.host.token_vault();
        let name = self.name("connection");
        let Some(text) = vault.load(&name)? else {
            return Err(replaced());
        };
        let mut stored = read(&text)?;
        self.check_identity(&Tokens::from_keychain_json(&stored.tokens.into())?)?;
        stored.tokens = String::from(tokens.to_keychain_json()?.expose_secret());
        vault.keep(&name, &write(&stored)?)?;
        Ok(())
    }

    fn load_renewed(&self) -> Result<Option<Tokens>, Fault> {
        let Some(text) = self.host.token_vault().load(&self.name("connection"))? else {
            return Ok(None);
        };
        let tokens = Tokens::from_keychain_json(&read(&text)?.tokens.into())?;
        self.check_identity(&tokens)?;
        Ok(Some(tokens))
    }

    fn check_identity(&self, tokens: &Tokens) -> Result<(), Fault> {
        match (&self.identity, identity(tokens)) {
            (Some(own), Some(kept)) if *own != kept => Err(replaced()),
            _ => Ok(()),
        }
    }
}

/// Org and user that tokens are of, as far as they say so.
fn identity(tokens: &Tokens) -> Option<(String, String)> {
    Some((tokens.organization_id()?.to_owned(), tokens.user_id()?.to_owned()))
}

fn replaced() -> Fault {
    Fault::new(
        Code::SignedOut,
        "this connection was ended, or another user was connected in its place",
    )
}

fn damaged(detail: String) -> TokenFormatError {
    TokenFormatError { detail }
}

fn read(text: &SecretString) -> Result<Stored, Fault> {
    // serde_json's own message may quote a value, so only the place is told.
    let stored = serde_json::from_str(text.expose_secret())
        .map_err(|error| damaged(format!("it is damaged at character {}", error.column())))?;
    Ok(stored)
}

fn write(stored: &Stored) -> Result<SecretString, Fault> {
    let text = serde_json::to_string(stored).map_err(|error| Fault::internal(&error))?;
    Ok(SecretString::from(text))
}

impl TokenKeeper for TokenStore {
    fn keep<'a>(&'a self, tokens: &'a Tokens) -> BoxFuture<'a, Result<(), KeepError>> {
        let (store, tokens) = (self.clone(), tokens.clone());
        Box::pin(async move { off_thread(move || store.keep_renewed(&tokens)).await })
    }

    fn latest(&self) -> BoxFuture<'_, Result<Option<Tokens>, KeepError>> {
        let store = self.clone();
        Box::pin(async move { off_thread(move || store.load_renewed()).await })
    }

    fn lock(&self) -> BoxFuture<'_, Result<KeeperLock, KeepError>> {
        let path = self.folder.join(LOCK_FILE);
        Box::pin(async move {
            let file = tokio::task::spawn_blocking(move || {
                let file = File::options()
                    .create(true)
                    .truncate(false)
                    .write(true)
                    .open(path)?;
                file.lock()?;
                Ok::<File, std::io::Error>(file)
            })
            .await
            .map_err(|error| KeepError {
                detail: error.to_string(),
            })?
            .map_err(|error| KeepError {
                detail: error.to_string(),
            })?;
            Ok(Box::new(file) as KeeperLock)
        })
    }
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, KeepError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| KeepError {
            detail: error.to_string(),
        })?
        .map_err(|fault| KeepError {
            detail: fault.to_string(),
        })
}
