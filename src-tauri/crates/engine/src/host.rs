//! What the engine needs of the machine it runs on. The shell and the CLI each give their own.

use std::path::{Path, PathBuf};

use futures_util::future::BoxFuture;
use secrecy::SecretString;

use crate::contract::app::TokenHome;
use crate::fault::{Code, Fault};
use crate::workspace;

/// The machine: its browser, dialogs, keychain, and whether it can start a demo org.
pub trait Host: Send + Sync {
    /// Name of the person who uses this machine, as the operating system knows it.
    fn operator_name(&self) -> String;

    /// Opens a page in the system browser.
    ///
    /// # Errors
    /// `not_here` when no browser can be started.
    fn open_in_browser(&self, url: &str) -> Result<(), Fault>;

    /// Asks for a file to open; `None` when the dialog was closed.
    fn choose_file_to_open(&self, kind: FileKind) -> BoxFuture<'_, Result<Option<PathBuf>, Fault>>;

    /// Asks for a folder; `None` when the dialog was closed.
    fn choose_folder(&self) -> BoxFuture<'_, Result<Option<PathBuf>, Fault>> {
        Box::pin(async {
            Err(Fault::new(
                Code::NotHere,
                "A terminal has no dialogs. Name the folder with --workspace.",
            ))
        })
    }

    /// Asks where to save a file; `None` when the dialog was closed.
    fn choose_file_to_save<'a>(
        &'a self,
        suggested_name: &'a str,
    ) -> BoxFuture<'a, Result<Option<PathBuf>, Fault>>;

    /// Starts the demo org, or returns the one that runs. With a URL, it starts on that port, so that a
    /// workspace finds its demo org again.
    fn start_demo_org<'a>(&'a self, at: Option<&'a str>) -> BoxFuture<'a, Result<DemoOrgAddress, Fault>>;

    /// Whether a demo org can be started here.
    fn has_demo_org(&self) -> bool;

    /// Folder of what this machine remembers beside its workspaces; `None` when the system names none.
    fn config_folder(&self) -> Option<PathBuf> {
        workspace::system_folders().map(|folders| folders.config_dir().to_path_buf())
    }

    /// Folder under which new workspaces are made; `None` when the system names none.
    fn data_folder(&self) -> Option<PathBuf> {
        workspace::system_folders().map(|folders| folders.data_local_dir().to_path_buf())
    }

    /// Whether another workspace can be opened here.
    fn can_open_workspaces(&self) -> bool {
        false
    }

    /// Opens another workspace in place of the open one. Nothing of the open one is under way then.
    fn open_workspace<'a>(&'a self, _folder: &'a Path) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async {
            Err(Fault::new(
                Code::NotHere,
                "A terminal keeps to one workspace. Name another one with --workspace.",
            ))
        })
    }

    /// Where tokens are kept.
    fn token_vault(&self) -> &dyn TokenVault;
}

/// What a file that is to be opened holds; dialogs show files of its kind first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A list, as CSV.
    List,
    /// A mapping, as JSON.
    Mapping,
    /// People, as CSV.
    People,
}

/// Where the demo org is, and its administrator's made-up credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoOrgAddress {
    /// Where to sign in.
    pub login_url: String,
    /// Consumer key.
    pub client_id: String,
    /// Username.
    pub username: String,
    /// Password.
    pub password: String,
}

/// Keeps secrets where the operator wants them kept. Its calls may block, all but `home`, `home_sentence` and `trouble`.
pub trait TokenVault: Send + Sync {
    /// Where they are kept.
    fn home(&self) -> TokenHome;

    /// The same in one sentence, with what it means for the operator.
    fn home_sentence(&self) -> String;

    /// The file that secrets are kept in; `None` where they are not in a file.
    fn file(&self) -> Option<PathBuf> {
        None
    }

    /// The file that says which place is in use; `None` where none is written.
    fn choice_file(&self) -> Option<PathBuf> {
        None
    }

    /// What kept the last call from an answer; `None` when nothing did.
    fn trouble(&self) -> Option<VaultError>;

    /// The secret under a name; `None` when there is none.
    fn load(&self, name: &str) -> Result<Option<SecretString>, VaultError>;

    /// Keeps a secret under a name, in place of the one before.
    fn keep(&self, name: &str, secret: &SecretString) -> Result<(), VaultError>;

    /// Forgets the secret under a name.
    fn forget(&self, name: &str) -> Result<(), VaultError>;

    /// Keeps secrets elsewhere from now on, and takes along those that are there.
    fn move_to(&self, choice: &HomeChoice) -> Result<(), VaultError>;

    /// Opens the encrypted file with its passphrase, or asks a locked keychain again.
    fn unlock(&self, passphrase: Option<&SecretString>) -> Result<(), VaultError>;
}

/// Where secrets are to be kept.
#[derive(Debug, Clone)]
pub struct HomeChoice {
    /// The place.
    pub home: TokenHome,
    /// Passphrase of the encrypted file.
    pub passphrase: Option<SecretString>,
    /// Names of the secrets to take along; a place that can list its own takes all of them.
    pub names: Vec<String>,
    /// Goes on when what is kept now cannot be read: it is left behind.
    pub leaves_behind: bool,
}

/// Why a secret could not be read or kept. It never holds the secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The keychain is locked, and nobody unlocked it when the system asked.
    #[error(
        "The keychain of this computer is locked. Unlock it with the password of your account, then try again."
    )]
    Locked,
    /// The system does not let this app read its own entries.
    #[error(
        "This computer does not let Landbridge read its own entries in the keychain, as can happen after an update of the app. \
         Allow it when the system asks, or choose another place for tokens and log in again."
    )]
    Denied {
        /// The system's words.
        detail: String,
    },
    /// No keychain answers.
    #[error(
        "No keychain answers on this computer. Start it (on Linux a Secret Service, such as gnome-keyring or KWallet), or \
         choose another place for tokens."
    )]
    Missing {
        /// The system's words.
        detail: String,
    },
    /// The encrypted file is not open yet.
    #[error("Tokens are in a file that is encrypted with a passphrase. Enter the passphrase to go on.")]
    PassphraseNeeded,
    /// The passphrase is another one.
    #[error("This passphrase does not open the file with the tokens. Check it and try again.")]
    WrongPassphrase,
    /// No passphrase was given, or a short one.
    #[error("The passphrase is too short: {shortest_characters} characters or more are needed.")]
    ShortPassphrase {
        /// Characters that it needs.
        shortest_characters: usize,
    },
    /// The encrypted file is not what was written.
    #[error("The file with the tokens is damaged. Choose anew where tokens are kept, then connect again.")]
    Damaged {
        /// What is wrong with it.
        detail: String,
    },
    /// The encrypted file could not be read or written.
    #[error(
        "The file with the tokens could not be read or written. Check that the disk has room and is yours to write."
    )]
    File {
        /// The system's words.
        detail: String,
    },
    /// The secret is longer than the keychain takes.
    #[error(
        "The keychain of this computer takes no secret as long as this one. Choose the encrypted file for tokens."
    )]
    TooLong,
    /// Anything else.
    #[error("The keychain of this computer refused. Unlock it and try again.")]
    Refused {
        /// The system's words.
        detail: String,
    },
}

impl VaultError {
    /// The system's words, where there are any.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Denied { detail }
            | Self::Missing { detail }
            | Self::Damaged { detail }
            | Self::File { detail }
            | Self::Refused { detail } => Some(detail),
            Self::Locked
            | Self::PassphraseNeeded
            | Self::WrongPassphrase
            | Self::ShortPassphrase { .. }
            | Self::TooLong => None,
        }
    }
}
