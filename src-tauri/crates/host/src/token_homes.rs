//! Where secrets are kept on this machine: the keychain, memory, or an encrypted file. The choice is the machine's, and is kept
//! beside the encrypted file, outside every workspace.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use directories::ProjectDirs;
use engine::{HomeChoice, TokenHome, TokenVault, VaultError};
use secrecy::SecretString;

use crate::keychain::Keychain;
use crate::passphrase_file::PassphraseFile;

const CHOICE_FILE: &str = "token-home";
const SECRETS_FILE: &str = "tokens.sealed";

/// The places, and which of them is in use.
pub struct TokenHomes {
    folder: Option<PathBuf>,
    keychain: Option<Keychain>,
    /// Whether the keychain answered when it was asked last; `None` before.
    probed: Mutex<Option<Result<(), VaultError>>>,
    memory: Mutex<HashMap<String, SecretString>>,
    file: PassphraseFile,
    /// A choice that could not be written, or holds for this session alone.
    chosen: Mutex<Option<TokenHome>>,
    trouble: Mutex<Option<VaultError>>,
}

impl TokenHomes {
    /// Those of this machine.
    #[must_use]
    pub fn of_this_machine() -> Self {
        // On macOS the folder for settings lies in the one for data, where the usual workspace is; this one does not.
        let folder = ProjectDirs::from("app", "Landbridge", "Landbridge")
            .map(|folders| folders.preference_dir().to_path_buf());
        Self::new(folder, Some(Keychain))
    }

    /// With the file in this folder, and no keychain.
    #[must_use]
    pub fn without_keychain(folder: &Path) -> Self {
        Self::new(Some(folder.to_path_buf()), None)
    }

    /// Nothing but memory, and no look at a keychain.
    #[must_use]
    pub fn memory_only() -> Self {
        Self::new(None, None)
    }

    fn new(folder: Option<PathBuf>, keychain: Option<Keychain>) -> Self {
        let file = folder.clone().unwrap_or_default().join(SECRETS_FILE);
        Self {
            folder,
            keychain,
            probed: Mutex::default(),
            memory: Mutex::default(),
            file: PassphraseFile::at(file),
            chosen: Mutex::default(),
            trouble: Mutex::default(),
        }
    }

    /// What was chosen, or where secrets were kept before; `None` when nobody chose and nothing was kept.
    fn recorded(&self) -> Option<TokenHome> {
        if let Some(chosen) = *locked(&self.chosen) {
            return Some(chosen);
        }
        match fs::read_to_string(self.folder.as_ref()?.join(CHOICE_FILE))
            .ok()?
            .trim()
        {
            "keychain" => Some(TokenHome::Keychain),
            "passphrase_file" => Some(TokenHome::PassphraseFile),
            "session" => Some(TokenHome::Session),
            _ => None,
        }
    }

    fn record(&self, home: TokenHome) -> Result<(), VaultError> {
        let word = match home {
            TokenHome::Keychain => "keychain",
            TokenHome::PassphraseFile => "passphrase_file",
            TokenHome::Session => "session",
        };
        let written = match &self.folder {
            Some(folder) => write_whole(folder, CHOICE_FILE, word),
            None => Ok(()),
        };
        *locked(&self.chosen) = match (&written, &self.folder) {
            (Ok(()), Some(_)) => None,
            _ => Some(home),
        };
        written.map_err(|error| VaultError::File {
            detail: error.to_string(),
        })
    }

    fn keychain(&self) -> Result<Keychain, VaultError> {
        self.keychain.ok_or_else(|| VaultError::Missing {
            detail: "this app runs without one".to_owned(),
        })
    }

    /// The keychain, if it answered when it was asked last; a locked one did.
    fn answering_keychain(&self) -> Option<Keychain> {
        let keychain = self.keychain?;
        let mut probed = locked(&self.probed);
        match probed.get_or_insert_with(|| keychain.probe()) {
            Err(VaultError::Missing { .. }) => None,
            _ => Some(keychain),
        }
    }

    /// Remembers what stood in the way.
    fn told<T>(&self, answer: Result<T, VaultError>) -> Result<T, VaultError> {
        *locked(&self.trouble) = answer.as_ref().err().cloned();
        answer
    }

    fn memory(&self) -> MutexGuard<'_, HashMap<String, SecretString>> {
        locked(&self.memory)
    }

    fn load_now(&self, name: &str) -> Result<Option<SecretString>, VaultError> {
        match self.home() {
            TokenHome::Session => Ok(self.memory().get(name).cloned()),
            TokenHome::Keychain => self.keychain()?.load(name),
            TokenHome::PassphraseFile => {
                if let Some(secret) = self.file.load(name)? {
                    return Ok(Some(secret));
                }
                self.fetch_from_keychain(name)
            }
        }
    }

    /// Secrets of another workspace stayed in the keychain when the file was chosen: the keychain does not list its own.
    fn fetch_from_keychain(&self, name: &str) -> Result<Option<SecretString>, VaultError> {
        let Some(keychain) = self.answering_keychain() else {
            return Ok(None);
        };
        let secret = match keychain.load(name) {
            Ok(Some(secret)) => secret,
            Ok(None) => return Ok(None),
            Err(error) => {
                tracing::warn!(%error, "a secret may have stayed in the keychain");
                return Ok(None);
            }
        };
        self.file.keep(name, &secret)?;
        keychain.forget(name)?;
        Ok(Some(secret))
    }

    fn keep_now(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        match self.home() {
            TokenHome::Session => {
                self.memory().insert(name.to_owned(), secret.clone());
                Ok(())
            }
            TokenHome::Keychain => {
                self.keychain()?.keep(name, secret)?;
                // From now on an absent keychain is trouble, and no reason to take memory instead.
                if self.recorded().is_none()
                    && let Err(error) = self.record(TokenHome::Keychain)
                {
                    tracing::warn!(%error, "that tokens are in the keychain could not be noted");
                }
                Ok(())
            }
            TokenHome::PassphraseFile => self.file.keep(name, secret),
        }
    }

    fn forget_now(&self, name: &str) -> Result<(), VaultError> {
        match self.home() {
            TokenHome::Session => {
                self.memory().remove(name);
                Ok(())
            }
            TokenHome::Keychain => self.keychain()?.forget(name),
            TokenHome::PassphraseFile => self.file.forget(name),
        }
    }

    /// What the place in use holds, as far as it can be listed.
    fn held(&self, names: &[String]) -> Result<Vec<(String, SecretString)>, VaultError> {
        match self.home() {
            TokenHome::Session => Ok(self
                .memory()
                .iter()
                .map(|(name, secret)| (name.clone(), secret.clone()))
                .collect()),
            TokenHome::Keychain => {
                let keychain = self.keychain()?;
                let mut held = Vec::new();
                for name in names {
                    held.extend(keychain.load(name)?.map(|secret| (name.clone(), secret)));
                }
                Ok(held)
            }
            TokenHome::PassphraseFile => self.file.all(),
        }
    }

    fn move_now(&self, choice: &HomeChoice) -> Result<(), VaultError> {
        let before = self.home();
        if before == choice.home && before != TokenHome::PassphraseFile {
            return self.record(choice.home);
        }
        let held = match self.held(&choice.names) {
            Ok(held) => held,
            Err(error) if choice.leaves_behind => {
                tracing::warn!(%error, "tokens are left behind");
                Vec::new()
            }
            Err(error) => return Err(error),
        };
        match choice.home {
            TokenHome::Session => self.memory().extend(held.iter().cloned()),
            TokenHome::Keychain => {
                let keychain = self.keychain()?;
                // Also with nothing to take along: a place that does not answer is none.
                keychain.probe()?;
                for (name, secret) in &held {
                    keychain.keep(name, secret)?;
                }
            }
            TokenHome::PassphraseFile => {
                let passphrase = choice
                    .passphrase
                    .clone()
                    .unwrap_or_else(|| SecretString::from(String::new()));
                self.file.begin(&passphrase, held.clone())?;
            }
        }
        self.record(choice.home)?;
        let names: Vec<String> = held.into_iter().map(|(name, _)| name).collect();
        if before != choice.home
            && let Err(error) = self.clear(before, &names)
        {
            tracing::warn!(%error, "tokens stayed where they were before, too");
        }
        Ok(())
    }

    /// Forgets what was moved away.
    fn clear(&self, home: TokenHome, names: &[String]) -> Result<(), VaultError> {
        match home {
            TokenHome::Session => {
                self.memory().clear();
                Ok(())
            }
            TokenHome::Keychain => {
                let keychain = self.keychain()?;
                names.iter().try_for_each(|name| keychain.forget(name))
            }
            TokenHome::PassphraseFile => self.file.delete(),
        }
    }
}

impl TokenVault for TokenHomes {
    fn home(&self) -> TokenHome {
        match self.recorded() {
            Some(home) => home,
            None if self.answering_keychain().is_some() => TokenHome::Keychain,
            None => TokenHome::Session,
        }
    }

    fn home_sentence(&self) -> String {
        match (self.home(), self.recorded()) {
            (TokenHome::Keychain, _) => "Tokens are kept in the keychain of this computer.".to_owned(),
            (TokenHome::PassphraseFile, _) => {
                "Tokens are kept in a file that is encrypted with your passphrase.".to_owned()
            }
            (TokenHome::Session, Some(_)) => {
                "Tokens are kept in memory, as you chose: connect again after closing the app.".to_owned()
            }
            (TokenHome::Session, None) => {
                "This computer has no keychain that answers, so tokens are kept in memory: connect again after closing the \
                 app, or choose a file that is encrypted with a passphrase."
                    .to_owned()
            }
        }
    }

    fn file(&self) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        (self.home() == TokenHome::PassphraseFile).then(|| folder.join(SECRETS_FILE))
    }

    fn choice_file(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(CHOICE_FILE))
    }

    fn trouble(&self) -> Option<VaultError> {
        match self.home() {
            TokenHome::PassphraseFile if !self.file.is_open() => {
                let told = locked(&self.trouble).clone();
                Some(told.unwrap_or(VaultError::PassphraseNeeded))
            }
            TokenHome::Session | TokenHome::PassphraseFile => None,
            TokenHome::Keychain => {
                let told = locked(&self.trouble).clone();
                told.or_else(|| self.keychain().err())
                    .or_else(|| match &*locked(&self.probed) {
                        Some(Err(error @ VaultError::Missing { .. })) => Some(error.clone()),
                        _ => None,
                    })
            }
        }
    }

    fn load(&self, name: &str) -> Result<Option<SecretString>, VaultError> {
        self.told(self.load_now(name))
    }

    fn keep(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        self.told(self.keep_now(name, secret))
    }

    fn forget(&self, name: &str) -> Result<(), VaultError> {
        self.told(self.forget_now(name))
    }

    fn move_to(&self, choice: &HomeChoice) -> Result<(), VaultError> {
        let moved = self.move_now(choice);
        if moved.is_ok() {
            self.told(Ok(()))?;
        }
        moved
    }

    fn unlock(&self, passphrase: Option<&SecretString>) -> Result<(), VaultError> {
        match (self.home(), passphrase) {
            (TokenHome::Session, _) => Ok(()),
            (TokenHome::Keychain, _) => {
                let answer = self.keychain().and_then(Keychain::probe);
                *locked(&self.probed) = Some(answer.clone());
                self.told(answer)
            }
            (TokenHome::PassphraseFile, Some(passphrase)) => self.told(self.file.unlock(passphrase)),
            (TokenHome::PassphraseFile, None) => Err(VaultError::PassphraseNeeded),
        }
    }
}

/// A poisoned lock costs nothing: what it holds is replaced as a whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes a file whole or not at all.
fn write_whole(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    file.persist(folder.join(name)).map_err(|error| error.error)?;
    Ok(())
}
