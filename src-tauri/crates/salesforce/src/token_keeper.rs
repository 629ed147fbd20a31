//! Where renewed tokens are stored. The keychain is the caller's; this crate only says when.

use futures_util::future::BoxFuture;

use crate::tokens::Tokens;

/// Why tokens could not be stored or read.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{detail}")]
pub struct KeepError {
    /// The cause, without any token in it.
    pub detail: String,
}

/// Held while tokens are renewed; dropping it lets the next process in.
pub type KeeperLock = Box<dyn Send>;

/// Stores the tokens of one connection.
///
/// With refresh token rotation each refresh token works once, and using an old one ends the session. So `keep` is
/// called, and must succeed, before a renewed token is used; and processes that share a connection take turns
/// through `lock`, then look by `latest` whether another one has renewed already.
pub trait TokenKeeper: Send + Sync {
    /// Stores renewed tokens durably.
    fn keep<'a>(&'a self, tokens: &'a Tokens) -> BoxFuture<'a, Result<(), KeepError>>;

    /// The tokens as stored now, possibly by another process. `None`: the caller's are the latest.
    fn latest(&self) -> BoxFuture<'_, Result<Option<Tokens>, KeepError>> {
        Box::pin(async { Ok(None) })
    }

    /// Waits until no other process renews this connection's tokens.
    fn lock(&self) -> BoxFuture<'_, Result<KeeperLock, KeepError>> {
        Box::pin(async { Ok(Box::new(()) as KeeperLock) })
    }
}

/// Keeps tokens in the client's memory alone: they end with the process.
#[derive(Debug, Clone, Copy, Default)]
pub struct SessionOnly;

impl TokenKeeper for SessionOnly {
    fn keep<'a>(&'a self, _tokens: &'a Tokens) -> BoxFuture<'a, Result<(), KeepError>> {
        Box::pin(async { Ok(()) })
    }
}
