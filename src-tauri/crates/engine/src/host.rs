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

/// Keeps secrets: the OS keychain, or the memory of this session. Its calls may block.
pub trait TokenVault: Send + Sync {
    /// Which of the two it is.
    fn home(&self) -> TokenHome;

    /// The same in one sentence, with what it means for the operator.
    fn home_sentence(&self) -> String;

    /// The secret under a name; `None` when there is none.
    ///
    /// # Errors
    /// When the keychain is locked or refuses.
    fn load(&self, name: &str) -> Result<Option<SecretString>, VaultError>;

    /// Keeps a secret under a name.
    ///
    /// # Errors
    /// When the keychain is locked or refuses.
    fn keep(&self, name: &str, secret: &SecretString) -> Result<(), VaultError>;

    /// Forgets the secret under a name.
    ///
    /// # Errors
    /// When the keychain is locked or refuses.
    fn forget(&self, name: &str) -> Result<(), VaultError>;
}

/// Why a secret could not be read or kept. It never holds the secret.
#[derive(Debug, Clone, thiserror::Error)]
#[error("The keychain of this machine refused: {0}. Unlock it and try again.")]
pub struct VaultError(pub String);
