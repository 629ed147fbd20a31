//! A machine for tests: a browser that only writes down what it was asked to open, dialogs with prepared
//! answers, and secrets in memory that outlive one engine, as a keychain outlives one app.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use engine::{
    BoxFuture, Code, DemoOrgAddress, Fault, FileKind, HomeChoice, Host, TokenHome, TokenVault, VaultError,
};
use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;

/// The machine of one test.
#[derive(Clone, Default)]
pub struct TestHost {
    opened: Arc<Mutex<Vec<String>>>,
    file_to_open: Arc<Mutex<Option<PathBuf>>>,
    file_to_save: Arc<Mutex<Option<PathBuf>>>,
    memory: Arc<MemoryVault>,
    /// Other places for secrets than that memory.
    vault: Option<Arc<dyn TokenVault>>,
    demo_org: Option<DemoOrgAddress>,
    folders: Arc<Mutex<Option<Arc<TempDir>>>>,
    opened_workspaces: Arc<Mutex<Vec<PathBuf>>>,
}

#[derive(Default)]
struct MemoryVault {
    secrets: Mutex<HashMap<String, SecretString>>,
}

impl TestHost {
    /// A machine that can give this demo org when it is asked to start one.
    #[must_use]
    pub fn with_demo_org(address: DemoOrgAddress) -> Self {
        Self {
            demo_org: Some(address),
            ..Self::default()
        }
    }

    /// The pages that the browser was asked to open.
    #[must_use]
    pub fn opened_pages(&self) -> Vec<String> {
        self.opened.lock().unwrap().clone()
    }

    /// The answer of the next dialogs to open a file.
    pub fn answer_open(&self, path: Option<PathBuf>) {
        *self.file_to_open.lock().unwrap() = path;
    }

    /// The answer of the next dialogs to save a file.
    pub fn answer_save(&self, path: Option<PathBuf>) {
        *self.file_to_save.lock().unwrap() = path;
    }

    /// A machine with the same answers whose secrets are kept elsewhere.
    #[must_use]
    pub fn with_vault(mut self, vault: Arc<dyn TokenVault>) -> Self {
        self.vault = Some(vault);
        self
    }

    /// The workspaces that were to be opened in place of the open one.
    #[must_use]
    pub fn opened_workspaces(&self) -> Vec<PathBuf> {
        self.opened_workspaces.lock().unwrap().clone()
    }

    /// The machine's own folder, in place of the system's for settings and data.
    #[must_use]
    pub fn machine_folder(&self) -> PathBuf {
        let mut folders = self.folders.lock().unwrap();
        let folder = folders.get_or_insert_with(|| Arc::new(tempfile::tempdir().unwrap()));
        folder.path().to_path_buf()
    }

    /// Every secret is gone, as after somebody emptied the keychain.
    pub fn empty_vault(&self) {
        self.memory.secrets.lock().unwrap().clear();
    }

    /// The secrets whose names begin so, such as `connection of person`; all of them for an empty beginning.
    #[must_use]
    pub fn secrets(&self, beginning: &str) -> Vec<String> {
        let secrets = self.memory.secrets.lock().unwrap();
        let found = secrets.iter().filter(|(name, _)| name.starts_with(beginning));
        found
            .map(|(_, secret)| secret.expose_secret().to_owned())
            .collect()
    }

    /// Puts a secret in place of every one whose name begins so, as somebody with the keychain's password could.
    pub fn tamper(&self, beginning: &str, secret: &str) {
        let mut secrets = self.memory.secrets.lock().unwrap();
        for (_, kept) in secrets.iter_mut().filter(|(name, _)| name.starts_with(beginning)) {
            *kept = SecretString::from(secret);
        }
    }
}

impl Host for TestHost {
    fn operator_name(&self) -> String {
        "Test Operator".to_owned()
    }

    fn open_in_browser(&self, url: &str) -> Result<(), Fault> {
        self.opened.lock().unwrap().push(url.to_owned());
        Ok(())
    }

    fn choose_file_to_open(&self, _kind: FileKind) -> BoxFuture<'_, Result<Option<PathBuf>, Fault>> {
        Box::pin(async { Ok(self.file_to_open.lock().unwrap().clone()) })
    }

    fn choose_folder(&self) -> BoxFuture<'_, Result<Option<PathBuf>, Fault>> {
        Box::pin(async { Ok(self.file_to_open.lock().unwrap().clone()) })
    }

    fn choose_file_to_save<'a>(
        &'a self,
        _suggested_name: &'a str,
    ) -> BoxFuture<'a, Result<Option<PathBuf>, Fault>> {
        Box::pin(async { Ok(self.file_to_save.lock().unwrap().clone()) })
    }

    fn start_demo_org<'a>(&'a self, _at: Option<&'a str>) -> BoxFuture<'a, Result<DemoOrgAddress, Fault>> {
        Box::pin(async {
            self.demo_org
                .clone()
                .ok_or_else(|| Fault::new(Code::NotHere, "This test has no demo org to start."))
        })
    }

    fn has_demo_org(&self) -> bool {
        self.demo_org.is_some()
    }

    fn config_folder(&self) -> Option<PathBuf> {
        Some(self.machine_folder().join("config"))
    }

    fn data_folder(&self) -> Option<PathBuf> {
        Some(self.machine_folder().join("data"))
    }

    fn can_open_workspaces(&self) -> bool {
        true
    }

    fn open_workspace<'a>(&'a self, folder: &'a Path) -> BoxFuture<'a, Result<(), Fault>> {
        self.opened_workspaces.lock().unwrap().push(folder.to_path_buf());
        Box::pin(async { Ok(()) })
    }

    fn token_vault(&self) -> &dyn TokenVault {
        match &self.vault {
            Some(vault) => vault.as_ref(),
            None => self.memory.as_ref(),
        }
    }
}

impl TokenVault for MemoryVault {
    fn home(&self) -> TokenHome {
        TokenHome::Keychain
    }

    fn home_sentence(&self) -> String {
        "Tokens are kept by the test.".to_owned()
    }

    fn trouble(&self) -> Option<VaultError> {
        None
    }

    fn move_to(&self, _choice: &HomeChoice) -> Result<(), VaultError> {
        Ok(())
    }

    fn unlock(&self, _passphrase: Option<&SecretString>) -> Result<(), VaultError> {
        Ok(())
    }

    fn load(&self, name: &str) -> Result<Option<SecretString>, VaultError> {
        Ok(self.secrets.lock().unwrap().get(name).cloned())
    }

    fn keep(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        self.secrets
            .lock()
            .unwrap()
            .insert(name.to_owned(), secret.clone());
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), VaultError> {
        self.secrets.lock().unwrap().remove(name);
        Ok(())
    }
}
