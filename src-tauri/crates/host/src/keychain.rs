//! The OS keychain, and the memory that stands in for it where there is none.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use engine::{TokenHome, TokenVault, VaultError};
use keyring::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};

/// Name of the app in the keychain.
const APP: &str = "Landbridge";
/// A locked keychain may ask its owner; longer than this nobody waits.
const TIME_OUT: Duration = Duration::from_secs(30);
const PROBE_TIME_OUT: Duration = Duration::from_secs(5);
const PROBE: &str = "probe";

/// The keychain of the operating system.
pub struct Keychain;

/// Secrets in memory, gone with the process.
#[derive(Default)]
pub struct SessionMemory {
    secrets: Mutex<HashMap<String, SecretString>>,
}

/// The keychain when it answers, else memory, with the reason.
#[must_use]
pub fn choose_vault() -> Box<dyn TokenVault> {
    let answer = within(PROBE_TIME_OUT, || {
        match Entry::new(APP, PROBE).and_then(|entry| entry.get_password()) {
            Ok(_) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(VaultError(error.to_string())),
        }
    });
    match answer {
        Ok(()) => Box::new(Keychain),
        Err(error) => {
            tracing::warn!(reason = %error.0, "tokens are kept for this session only");
            Box::new(SessionMemory::default())
        }
    }
}

/// Runs a keychain call on a thread of its own, because it may block for ever on a locked keychain.
fn within<T: Send + 'static>(
    time_out: Duration,
    call: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody listens any more after the time-out; there is nothing left to tell.
        drop(sender.send(call()));
    });
    receiver
        .recv_timeout(time_out)
        .unwrap_or_else(|_| Err(VaultError("it did not answer in time".to_owned())))
}

fn entry(name: &str) -> Result<Entry, VaultError> {
    Entry::new(APP, name).map_err(|error| VaultError(error.to_string()))
}

impl TokenVault for Keychain {
    fn home(&self) -> TokenHome {
        TokenHome::Keychain
    }

    fn home_sentence(&self) -> String {
        "Tokens are kept in the keychain of this computer.".to_owned()
    }

    fn load(&self, name: &str) -> Result<Option<SecretString>, VaultError> {
        let name = name.to_owned();
        within(TIME_OUT, move || match entry(&name)?.get_password() {
            Ok(secret) => Ok(Some(SecretString::from(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(VaultError(error.to_string())),
        })
    }

    fn keep(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        let (name, secret) = (name.to_owned(), secret.clone());
        within(TIME_OUT, move || {
            entry(&name)?
                .set_password(secret.expose_secret())
                .map_err(|error| VaultError(error.to_string()))
        })
    }

    fn forget(&self, name: &str) -> Result<(), VaultError> {
        let name = name.to_owned();
        within(TIME_OUT, move || match entry(&name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(VaultError(error.to_string())),
        })
    }
}

impl TokenVault for SessionMemory {
    fn home(&self) -> TokenHome {
        TokenHome::Session
    }

    fn home_sentence(&self) -> String {
        "This computer has no keychain that answers, so tokens are kept in memory: connect again after closing the app."
            .to_owned()
    }

    fn load(&self, name: &str) -> Result<Option<SecretString>, VaultError> {
        Ok(self.secrets.lock().map_err(|_| poisoned())?.get(name).cloned())
    }

    fn keep(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        self.secrets
            .lock()
            .map_err(|_| poisoned())?
            .insert(name.to_owned(), secret.clone());
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), VaultError> {
        self.secrets.lock().map_err(|_| poisoned())?.remove(name);
        Ok(())
    }
}

fn poisoned() -> VaultError {
    VaultError("a fault in the app closed it".to_owned())
}
