//! Secrets in one file that is encrypted with a passphrase: the key comes from it by Argon2id, and everything is sealed by
//! XChaCha20-Poly1305. The key stays in memory once the file is open, so that tokens can be renewed without asking again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use engine::VaultError;
use rand::RngCore;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

/// Characters that a passphrase needs: with fewer, whoever has the file tries them all.
pub const SHORTEST_PASSPHRASE_CHARACTERS: usize = 10;

const FORMAT: u32 = 1;
const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
const KEY_BYTES: usize = 32;
/// Argon2id as RFC 9106 recommends it where memory is short: 64 MiB, three passes.
const MEMORY_KIB: u32 = 65_536;
const PASSES: u32 = 3;

/// The file and, once it is open, its key.
pub struct PassphraseFile {
    path: PathBuf,
    key: Mutex<Option<OpenKey>>,
}

#[derive(Clone)]
struct OpenKey {
    salt: [u8; SALT_BYTES],
    key: Zeroizing<[u8; KEY_BYTES]>,
}

/// The form on disk.
#[derive(Serialize, Deserialize)]
struct Sealed {
    format: u32,
    memory_kib: u32,
    passes: u32,
    salt: String,
    nonce: String,
    secrets: String,
}

type Secrets = BTreeMap<String, Zeroizing<String>>;

impl PassphraseFile {
    /// The file at a path; it need not be there.
    pub fn at(path: PathBuf) -> Self {
        Self {
            path,
            key: Mutex::new(None),
        }
    }

    /// Whether it can be read without asking for the passphrase.
    pub fn is_open(&self) -> bool {
        self.open_secrets().is_ok()
    }

    /// Opens it.
    pub fn unlock(&self, passphrase: &SecretString) -> Result<(), VaultError> {
        let sealed = self.sealed()?;
        let key = derive(passphrase, bytes(&sealed.salt)?, sealed.memory_kib, sealed.passes)?;
        unseal(&sealed, &key).map_err(|error| match error {
            VaultError::PassphraseNeeded => VaultError::WrongPassphrase,
            other => other,
        })?;
        *self.key.lock().unwrap_or_else(PoisonError::into_inner) = Some(key);
        Ok(())
    }

    /// Begins the file anew with these secrets and this passphrase.
    pub fn begin(
        &self,
        passphrase: &SecretString,
        secrets: Vec<(String, SecretString)>,
    ) -> Result<(), VaultError> {
        let characters = passphrase.expose_secret().chars().count();
        if characters < SHORTEST_PASSPHRASE_CHARACTERS {
            return Err(VaultError::ShortPassphrase {
                shortest_characters: SHORTEST_PASSPHRASE_CHARACTERS,
            });
        }
        let mut salt = [0; SALT_BYTES];
        rand::rng().fill_bytes(&mut salt);
        let key = derive(passphrase, salt, MEMORY_KIB, PASSES)?;
        let secrets = secrets
            .into_iter()
            .map(|(name, secret)| (name, Zeroizing::new(secret.expose_secret().to_owned())))
            .collect();
        let _turn = self.lock()?;
        self.write(&key, &secrets)?;
        *self.key.lock().unwrap_or_else(PoisonError::into_inner) = Some(key);
        Ok(())
    }

    /// All secrets with their names.
    pub fn all(&self) -> Result<Vec<(String, SecretString)>, VaultError> {
        let (_, secrets) = self.open_secrets()?;
        Ok(secrets
            .into_iter()
            .map(|(name, secret)| (name, SecretString::from(secret.as_str())))
            .collect())
    }

    /// The secret under a name.
    pub fn load(&self, name: &str) -> Result<Option<SecretString>, VaultError> {
        let (_, secrets) = self.open_secrets()?;
        Ok(secrets
            .get(name)
            .map(|secret| SecretString::from(secret.as_str())))
    }

    /// Keeps a secret under a name.
    pub fn keep(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        self.change(|secrets| {
            secrets.insert(name.to_owned(), Zeroizing::new(secret.expose_secret().to_owned()));
        })
    }

    /// Forgets the secret under a name.
    pub fn forget(&self, name: &str) -> Result<(), VaultError> {
        self.change(|secrets| {
            secrets.remove(name);
        })
    }

    /// Deletes the file.
    pub fn delete(&self) -> Result<(), VaultError> {
        *self.key.lock().unwrap_or_else(PoisonError::into_inner) = None;
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(file_error(&error)),
            _ => Ok(()),
        }
    }

    /// Another process may have written in between, so the file is read anew each time, one process at a time.
    fn change(&self, change: impl FnOnce(&mut Secrets)) -> Result<(), VaultError> {
        let _turn = self.lock()?;
        let (key, mut secrets) = self.open_secrets()?;
        change(&mut secrets);
        self.write(&key, &secrets)
    }

    fn open_secrets(&self) -> Result<(OpenKey, Secrets), VaultError> {
        let sealed = self.sealed()?;
        let key = self.key.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let key = key.ok_or(VaultError::PassphraseNeeded)?;
        // With another passphrase the file has another salt.
        if bytes::<SALT_BYTES>(&sealed.salt)? != key.salt {
            return Err(VaultError::PassphraseNeeded);
        }
        let secrets = unseal(&sealed, &key)?;
        Ok((key, secrets))
    }

    fn sealed(&self) -> Result<Sealed, VaultError> {
        let text = fs::read_to_string(&self.path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => damaged("it is not there any more"),
            _ => file_error(&error),
        })?;
        let sealed: Sealed =
            serde_json::from_str(&text).map_err(|_| damaged("its text is not what was written"))?;
        if sealed.format == FORMAT {
            Ok(sealed)
        } else {
            Err(damaged("it is from a newer version of Landbridge"))
        }
    }

    /// Replaces the file as a whole, readable by its owner alone.
    fn write(&self, key: &OpenKey, secrets: &Secrets) -> Result<(), VaultError> {
        let mut nonce = [0; NONCE_BYTES];
        rand::rng().fill_bytes(&mut nonce);
        let plain: BTreeMap<&str, &str> = secrets
            .iter()
            .map(|(name, secret)| (name.as_str(), secret.as_str()))
            .collect();
        let plain =
            Zeroizing::new(serde_json::to_vec(&plain).map_err(|_| damaged("its secrets are not text"))?);
        let payload = Payload {
            msg: &plain,
            aad: &key.salt,
        };
        let secrets = cipher(key)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| damaged("it could not be encrypted"))?;
        let sealed = Sealed {
            format: FORMAT,
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            salt: STANDARD.encode(key.salt),
            nonce: STANDARD.encode(nonce),
            secrets: STANDARD.encode(secrets),
        };
        let text =
            serde_json::to_vec_pretty(&sealed).map_err(|_| damaged("it could not be written as JSON"))?;
        let folder = self.folder()?;
        let written = (|| {
            let mut file = NamedTempFile::new_in(folder)?;
            file.write_all(&text)?;
            file.as_file().sync_all()?;
            file.persist(&self.path).map_err(|error| error.error)
        })();
        written.map(drop).map_err(|error| file_error(&error))
    }

    fn lock(&self) -> Result<File, VaultError> {
        self.folder()?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.path.with_extension("lock"))
            .map_err(|error| file_error(&error))?;
        file.lock().map_err(|error| file_error(&error))?;
        Ok(file)
    }

    fn folder(&self) -> Result<&Path, VaultError> {
        let folder = self.path.parent().ok_or_else(|| damaged("it has no folder"))?;
        fs::create_dir_all(folder).map_err(|error| file_error(&error))?;
        Ok(folder)
    }
}

fn derive(
    passphrase: &SecretString,
    salt: [u8; SALT_BYTES],
    memory_kib: u32,
    passes: u32,
) -> Result<OpenKey, VaultError> {
    let params =
        Params::new(memory_kib, passes, 1, Some(KEY_BYTES)).map_err(|error| damaged(&error.to_string()))?;
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.expose_secret().as_bytes(), &salt, key.as_mut_slice())
        .map_err(|error| damaged(&error.to_string()))?;
    Ok(OpenKey { salt, key })
}

fn unseal(sealed: &Sealed, key: &OpenKey) -> Result<Secrets, VaultError> {
    let nonce = XNonce::from(bytes::<NONCE_BYTES>(&sealed.nonce)?);
    let secrets = STANDARD
        .decode(&sealed.secrets)
        .map_err(|_| damaged("its text is not what was written"))?;
    let payload = Payload {
        msg: &secrets,
        aad: &key.salt,
    };
    // A wrong key and a changed file look the same, by design.
    let plain = cipher(key)
        .decrypt(&nonce, payload)
        .map_err(|_| VaultError::PassphraseNeeded)?;
    let plain = Zeroizing::new(plain);
    let secrets: BTreeMap<String, String> =
        serde_json::from_slice(&plain).map_err(|_| damaged("its secrets are not what was written"))?;
    Ok(secrets
        .into_iter()
        .map(|(name, secret)| (name, Zeroizing::new(secret)))
        .collect())
}

fn cipher(key: &OpenKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&*key.key).into())
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], VaultError> {
    let decoded = STANDARD.decode(text).ok();
    decoded
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| damaged("its text is not what was written"))
}

fn damaged(detail: &str) -> VaultError {
    VaultError::Damaged {
        detail: detail.to_owned(),
    }
}

fn file_error(error: &io::Error) -> VaultError {
    VaultError::File {
        detail: error.to_string(),
    }
}
