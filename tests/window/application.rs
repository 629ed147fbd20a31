//! The real app in its real window, on a workspace of the test's own.

mod ended;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;
use tempfile::TempDir;

use crate::driver::{DriverProcess, PATIENCE, Session, on_path, until};
use crate::page::Page;

/// Light or dark, as the desktop says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appearance {
    Light,
    Dark,
}

impl Appearance {
    /// For file names.
    pub fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// What outlives one start of the app: its workspace and what stands in for the desktop around it.
///
/// `LANDBRIDGE_BROWSER_COMMAND`, `LANDBRIDGE_OPEN_FILE` and `LANDBRIDGE_SAVE_FILE` are the app's own variables for
/// what no WebDriver can reach: the system browser and the file dialogs.
pub struct Desk {
    folder: TempDir,
    /// The repository's root.
    pub root: PathBuf,
}

impl Desk {
    /// An empty workspace.
    pub fn new() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("the tests have no parent folder")?;
        let folder = tempfile::tempdir().context("no temporary folder")?;
        let browser = folder.path().join("browser");
        let note = folder.path().join("address");
        let script = format!(
            "#!/bin/sh\nprintf '%s' \"$1\" > '{note}.part' && mv '{note}.part' '{note}'\n",
            note = note.display()
        );
        std::fs::write(&browser, script).context("could not write the browser's stand-in")?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755))
                .context("could not make the browser's stand-in a program")?;
        }
        Ok(Self {
            folder,
            root: root.to_owned(),
        })
    }

    /// The workspace that the app is started on.
    pub fn workspace(&self) -> PathBuf {
        self.folder.path().join("workspace")
    }

    /// The file that the app's dialog for opening "returns".
    pub fn file_to_open(&self) -> PathBuf {
        self.folder.path().join("people.csv")
    }

    /// Lets that dialog "return" a list with refused rows and values that fit nowhere.
    pub fn offer_messy_list(&self) -> Result<()> {
        let messy = self.root.join("tests/samples/contacts_2000_messy.csv");
        std::fs::copy(&messy, self.file_to_open())
            .map(drop)
            .with_context(|| format!("could not copy {}", messy.display()))
    }

    /// What the app wrote into the file that its dialog for saving "returned", once that is there.
    pub async fn saved_file(&self) -> Result<String> {
        until("the app to save a file", PATIENCE, async || {
            Ok(std::fs::read_to_string(self.file_to_save())
                .ok()
                .filter(|text| text.ends_with('\n')))
        })
        .await
    }

    fn file_to_save(&self) -> PathBuf {
        self.folder.path().join("saved.csv")
    }

    /// Waits for the address that the app gives to the system browser, and forgets it.
    pub async fn address_for_browser(&self) -> Result<String> {
        let note = self.folder.path().join("address");
        let address = until("the app to open the browser", PATIENCE, async || {
            Ok(std::fs::read_to_string(&note)
                .ok()
                .filter(|address| !address.is_empty()))
        });
        let address = address.await?;
        std::fs::remove_file(&note).context("could not forget the address")?;
        Ok(address)
    }

    /// Where pictures are kept.
    pub fn picture(&self, name: &str) -> PathBuf {
        let artifacts =
            std::env::var_os("LANDBRIDGE_ARTIFACTS").map_or(self.root.join("artifacts"), PathBuf::from);
        artifacts.join("screens").join(format!("{name}.png"))
    }

    /// Starts the app on the workspace.
    pub async fn start(&self, appearance: Appearance) -> Result<Application> {
        Application::start(self, appearance).await
    }

    fn environment(&self, appearance: Appearance) -> Vec<(String, String)> {
        let path = |path: PathBuf| path.to_string_lossy().into_owned();
        let theme = match appearance {
            Appearance::Light => "Adwaita",
            Appearance::Dark => "Adwaita:dark",
        };
        [
            ("GTK_THEME", theme.to_owned()),
            (
                "LANDBRIDGE_BROWSER_COMMAND",
                path(self.folder.path().join("browser")),
            ),
            ("LANDBRIDGE_OPEN_FILE", path(self.file_to_open())),
            ("LANDBRIDGE_SAVE_FILE", path(self.file_to_save())),
            // What is chosen for the whole computer, such as the place of tokens, is this desk's alone.
            ("XDG_CONFIG_HOME", path(self.folder.path().join("settings"))),
            ("NO_AT_BRIDGE", "1".to_owned()),
            ("TAURI_WEBVIEW_AUTOMATION", "true".to_owned()),
            ("WEBKIT_DISABLE_DMABUF_RENDERER", "0".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}

/// The running app.
pub struct Application {
    /// What its window shows.
    pub page: Page,
    program: PathBuf,
    workspace: PathBuf,
    driver: DriverProcess,
}

impl Application {
    async fn start(desk: &Desk, appearance: Appearance) -> Result<Self> {
        let program = std::env::var_os("LANDBRIDGE_APP").map(PathBuf::from).context(
            "LANDBRIDGE_APP names no program; `cargo xtask test --only window` builds it and sets it",
        )?;
        let program = program
            .canonicalize()
            .with_context(|| format!("no program at {}", program.display()))?;
        let environment = desk.environment(appearance);
        let driver = DriverProcess::start(&on_path("WebKitWebDriver")?, &[], &environment).await?;
        let workspace = desk.workspace();
        let options = json!({ "binary": program, "args": ["--workspace", workspace] });
        // A browser name would be compared with WebKit's own and refused.
        let session =
            Session::open(&driver.address(), &json!({ "webkitgtk:browserOptions": options })).await?;
        Ok(Self {
            page: Page::new(session),
            program,
            workspace,
            driver,
        })
    }

    /// Quits, and gives the outcome of what was done; a failure leaves a picture and the page's words.
    pub async fn quit_after(self, outcome: Result<()>, desk: &Desk, name: &str) -> Result<()> {
        let Err(error) = outcome else {
            return self.quit().await;
        };
        let picture = desk.picture(&format!("failed-{name}"));
        let kept = self.page.session.picture(&picture).await;
        let text = self
            .page
            .text()
            .await
            .unwrap_or_else(|error| format!("(it cannot be read: {error:#})"));
        let seen = match kept {
            Ok(()) => format!("see {}; the page says: {text}", picture.display()),
            Err(trouble) => format!("no picture ({trouble:#}); the page says: {text}"),
        };
        self.quit().await?;
        Err(error.context(seen))
    }

    /// Ends the app without asking it, and waits until it is gone: what it did not write by then is lost.
    pub async fn quit(self) -> Result<()> {
        self.page.session.close().await?;
        // The driver answers first and ends the app then, so it must live until the app is gone.
        ended::wait(&self.program, &self.workspace).await?;
        self.driver.end().await
    }
}
