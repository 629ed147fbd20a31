//! The keychain of the operating system: Keychain Services, Credential Manager, Secret Service.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use engine::VaultError;
#[cfg(not(target_os = "linux"))]
use keyring::{Entry, Error};
#[cfg(target_os = "linux")]
use keyring_core::api::CredentialStoreApi;
#[cfg(target_os = "linux")]
use keyring_core::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};
#[cfg(target_os = "linux")]
use zbus_secret_service_keyring_store::Store;

/// Name of the app in the keychain.
const APP: &str = "Landbridge";
/// A locked keychain may ask its owner; longer than this nobody waits.
const TIME_OUT: Duration = Duration::from_secs(30);
const PROBE_TIME_OUT: Duration = Duration::from_secs(5);
const PROBE: &str = "probe";

/// The keychain of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct Keychain;

#[expect(clippy::unused_self, reason = "it is one of several places for tokens")]
impl Keychain {
    /// Whether it answers at all; a locked one does.
    pub fn probe(self) -> Result<(), VaultError> {
        within(PROBE_TIME_OUT, || match entry(PROBE)?.get_password() {
            Ok(_) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(vault_error(&error)),
        })
    }

    /// The secret under a name.
    pub fn load(self, name: &str) -> Result<Option<SecretString>, VaultError> {
        let name = name.to_owned();
        within(TIME_OUT, move || match entry(&name)?.get_password() {
            Ok(secret) => Ok(Some(SecretString::from(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(vault_error(&error)),
        })
    }

    /// Keeps a secret under a name.
    pub fn keep(self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        let (name, secret) = (name.to_owned(), secret.clone());
        within(TIME_OUT, move || {
            entry(&name)?
                .set_password(secret.expose_secret())
                .map_err(|error| vault_error(&error))
        })
    }

    /// Forgets the secret under a name.
    pub fn forget(self, name: &str) -> Result<(), VaultError> {
        let name = name.to_owned();
        within(TIME_OUT, move || match entry(&name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(vault_error(&error)),
        })
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
    // What does not answer waits for its owner's password.
    receiver.recv_timeout(time_out).unwrap_or(Err(VaultError::Locked))
}

/// Every call has a session of its own with the Secret Service: one that is kept ends when the service does, and is of no use
/// once another one answers.
#[cfg(target_os = "linux")]
fn entry(name: &str) -> Result<Entry, VaultError> {
    Store::new()
        .and_then(|store| store.build(APP, name, None))
        .map_err(|error| vault_error(&error))
}

#[cfg(not(target_os = "linux"))]
fn entry(name: &str) -> Result<Entry, VaultError> {
    Entry::new(APP, name).map_err(|error| vault_error(&error))
}

/// The system's error as ours. The stores give their own words only as text.
fn vault_error(error: &Error) -> VaultError {
    let detail = error.to_string();
    match error {
        Error::NoDefaultStore | Error::NotSupportedByStore(_) => VaultError::Missing { detail },
        // On Linux a prompt that was dismissed; on macOS also an app whose signature the entry does not allow.
        Error::NoStorageAccess(_) | Error::PlatformFailure(_) if is_denial(&detail) => {
            VaultError::Denied { detail }
        }
        Error::NoStorageAccess(_) => VaultError::Locked,
        Error::PlatformFailure(_) if is_absence(&detail) => VaultError::Missing { detail },
        Error::TooLong(..) => VaultError::TooLong,
        _ => VaultError::Refused { detail },
    }
}

/// Words of macOS (errSecAuthFailed, errSecInteractionNotAllowed, errSecUserCanceled) and Windows (ERROR_ACCESS_DENIED).
fn is_denial(words: &str) -> bool {
    let words = words.to_lowercase();
    [
        "passphrase you entered is not correct",
        "user interaction is not allowed",
        "denied",
        "user canceled",
    ]
    .iter()
    .any(|known| words.contains(known))
}

/// Words of D-Bus where nobody has the Secret Service's name, or nobody is there at all.
fn is_absence(words: &str) -> bool {
    let words = words.to_lowercase();
    [
        "serviceunknown",
        "not provided by any",
        "no such file",
        "connection refused",
        "i/o error",
        "disconnected",
    ]
    .iter()
    .any(|known| words.contains(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn platform(words: &str) -> Error {
        Error::PlatformFailure(words.to_owned().into())
    }

    #[test]
    fn every_kind_of_trouble_has_its_own_words() {
        let locked = vault_error(&Error::NoStorageAccess("no result".into()));
        let denied = vault_error(&Error::NoStorageAccess("User interaction is not allowed.".into()));
        let missing = vault_error(&platform(
            "org.freedesktop.DBus.Error.ServiceUnknown: The name is not activatable",
        ));
        assert_eq!(locked, VaultError::Locked);
        assert!(matches!(denied, VaultError::Denied { .. }), "{denied}");
        assert!(matches!(missing, VaultError::Missing { .. }), "{missing}");
        assert!(matches!(
            vault_error(&Error::NoDefaultStore),
            VaultError::Missing { .. }
        ));
        assert!(matches!(
            vault_error(&platform("it broke")),
            VaultError::Refused { .. }
        ));
        assert_eq!(
            vault_error(&Error::TooLong("secret".to_owned(), 2560)),
            VaultError::TooLong
        );
    }
}
