//! Keeps one connection's tokens in the host's vault, for this process and its neighbours.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use salesforce::{KeepError, KeeperLock, TokenKeeper, Tokens};
use secrecy::SecretString;

use crate::Engine;
use crate::fault::Fault;
use crate::host::Host;

const LOCK_FILE: &str = "tokens.lock";

/// The tokens of one workspace's connection.
#[derive(Clone)]
pub(crate) struct TokenStore {
    host: Arc<dyn Host>,
    folder: PathBuf,
}

impl TokenStore {
    pub(crate) fn new(engine: &Engine) -> Self {
        Self {
            host: Arc::clone(engine.host()),
            folder: engine.store().folder().to_path_buf(),
        }
    }

    /// Every workspace has a secret of its own.
    fn name(&self, what: &str) -> String {
        let folder = self.folder.canonicalize().unwrap_or_else(|_| self.folder.clone());
        format!("{what} of {}", folder.display())
    }

    pub(crate) fn load(&self) -> Result<Option<Tokens>, Fault> {
        let Some(stored) = self.host.token_vault().load(&self.name("connection"))? else {
            return Ok(None);
        };
        Ok(Some(Tokens::from_keychain_json(&stored)?))
    }

    pub(crate) fn keep_now(&self, tokens: &Tokens) -> Result<(), Fault> {
        self.host
            .token_vault()
            .keep(&self.name("connection"), &tokens.to_keychain_json()?)?;
        Ok(())
    }

    pub(crate) fn load_client_secret(&self) -> Result<Option<SecretString>, Fault> {
        Ok(self.host.token_vault().load(&self.name("consumer secret"))?)
    }

    pub(crate) fn keep_client_secret(&self, secret: Option<&SecretString>) -> Result<(), Fault> {
        let name = self.name("consumer secret");
        match secret {
            Some(secret) => self.host.token_vault().keep(&name, secret)?,
            None => self.host.token_vault().forget(&name)?,
        }
        Ok(())
    }

    pub(crate) fn forget(&self) -> Result<(), Fault> {
        self.host.token_vault().forget(&self.name("connection"))?;
        self.host.token_vault().forget(&self.name("consumer secret"))?;
        Ok(())
    }
}

impl TokenKeeper for TokenStore {
    fn keep<'a>(&'a self, tokens: &'a Tokens) -> BoxFuture<'a, Result<(), KeepError>> {
        let (store, tokens) = (self.clone(), tokens.clone());
        Box::pin(async move { off_thread(move || store.keep_now(&tokens)).await })
    }

    fn latest(&self) -> BoxFuture<'_, Result<Option<Tokens>, KeepError>> {
        let store = self.clone();
        Box::pin(async move { off_thread(move || store.load()).await })
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
