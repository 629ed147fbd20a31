//! What the engine needs of this machine, with a window at hand.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use engine::{BoxFuture, Code, DemoOrgAddress, Fault, FileKind, Host, TokenVault};
use host::{DemoOrgKeeper, TokenHomes};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

use crate::open_engine::OpenEngine;

/// Answers for the file dialogs, which no test can drive.
const OPEN_ANSWER: &str = "LANDBRIDGE_OPEN_FILE";
const SAVE_ANSWER: &str = "LANDBRIDGE_SAVE_FILE";
const FOLDER_ANSWER: &str = "LANDBRIDGE_OPEN_FOLDER";

/// This machine, with a window.
pub struct WindowHost {
    app: AppHandle,
    demo_org: DemoOrgKeeper,
    vault: TokenHomes,
}

impl WindowHost {
    /// A machine whose keychain is asked when it is needed.
    pub fn new(app: AppHandle) -> Self {
        Self {
            app,
            demo_org: DemoOrgKeeper::default(),
            vault: TokenHomes::of_this_machine(),
        }
    }
}

impl Host for WindowHost {
    fn operator_name(&self) -> String {
        host::operator_name()
    }

    fn open_in_browser(&self, url: &str) -> Result<(), Fault> {
        host::open_in_browser(url)
    }

    fn choose_file_to_open(&self, kind: FileKind) -> BoxFuture<'_, Result<Option<PathBuf>, Fault>> {
        Box::pin(async move {
            if let Some(path) = env::var_os(OPEN_ANSWER) {
                return Ok(Some(PathBuf::from(path)));
            }
            let (title, name, extensions): (_, _, &[&str]) = match kind {
                FileKind::List => ("Import a list", "CSV files", &["csv", "txt", "tsv"]),
                FileKind::Mapping => ("Import a mapping", "Mapping files", &["json"]),
                FileKind::People => ("Add people", "CSV files", &["csv", "txt", "tsv"]),
            };
            let (sender, receiver) = oneshot::channel();
            let dialog = self
                .app
                .dialog()
                .file()
                .set_title(title)
                .add_filter(name, extensions);
            dialog.pick_file(move |chosen| drop(sender.send(chosen)));
            chosen(receiver).await
        })
    }

    fn choose_folder(&self) -> BoxFuture<'_, Result<Option<PathBuf>, Fault>> {
        Box::pin(async move {
            if let Some(path) = env::var_os(FOLDER_ANSWER) {
                return Ok(Some(PathBuf::from(path)));
            }
            let (sender, receiver) = oneshot::channel();
            let dialog = self.app.dialog().file().set_title("Open a workspace");
            dialog.pick_folder(move |chosen| drop(sender.send(chosen)));
            chosen(receiver).await
        })
    }

    fn choose_file_to_save<'a>(
        &'a self,
        suggested_name: &'a str,
    ) -> BoxFuture<'a, Result<Option<PathBuf>, Fault>> {
        Box::pin(async move {
            if let Some(path) = env::var_os(SAVE_ANSWER) {
                return Ok(Some(PathBuf::from(path)));
            }
            let extension = Path::new(suggested_name).extension().and_then(OsStr::to_str);
            let (name, extension) = match extension {
                Some("json") => ("Mapping files", "json"),
                Some("xml") => ("Permission sets", "xml"),
                Some("zip") => ("Support bundles", "zip"),
                _ => ("CSV files", "csv"),
            };
            let (sender, receiver) = oneshot::channel();
            let dialog = self
                .app
                .dialog()
                .file()
                .set_file_name(suggested_name)
                .add_filter(name, &[extension]);
            dialog.save_file(move |chosen| drop(sender.send(chosen)));
            chosen(receiver).await
        })
    }

    fn start_demo_org<'a>(&'a self, at: Option<&'a str>) -> BoxFuture<'a, Result<DemoOrgAddress, Fault>> {
        Box::pin(self.demo_org.start(at))
    }

    fn has_demo_org(&self) -> bool {
        true
    }

    fn can_open_workspaces(&self) -> bool {
        true
    }

    fn open_workspace<'a>(&'a self, folder: &'a Path) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            self.app.state::<OpenEngine>().replace(folder).await?;
            let window = self.app.get_webview_window("main");
            // The page begins anew, as after a start, so that nothing of the other org stays in it.
            window.map_or(Ok(()), |window| window.reload()).map_err(|error| {
                Fault::new(
                    Code::Internal,
                    "The window could not show the other workspace. Restart Landbridge.",
                )
                .with_detail(error.to_string())
            })
        })
    }

    fn token_vault(&self) -> &dyn TokenVault {
        &self.vault
    }
}

async fn chosen(receiver: oneshot::Receiver<Option<FilePath>>) -> Result<Option<PathBuf>, Fault> {
    // A dialog that went away without an answer was closed.
    let Ok(Some(chosen)) = receiver.await else {
        return Ok(None);
    };
    chosen.into_path().map(Some).map_err(|error| {
        Fault::new(
            Code::FileSystem,
            "This file cannot be used. Choose one on this computer.",
        )
        .with_detail(error.to_string())
    })
}
