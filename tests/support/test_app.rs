//! A whole app without a window: engine, private workspace, demo org.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use demo_org::{DemoOrg, Options};
use engine::contract::app::AppState;
use engine::contract::connection::{LoginAttempt, LoginFinished};
use engine::contract::lists::{ChosenFile, Imported};
use engine::contract::people::People;
use engine::contract::runs::RunView;
use engine::contract::settings::ExportSettings;
use engine::{DemoOrgAddress, Engine, EngineOptions, Fault, Pace, ReadyConnection};
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::{self, Answer};
use crate::demo_control::DemoControl;
use crate::test_host::TestHost;

/// The app of one test. It complains when the test leaves a run that nobody settled.
pub struct TestApp {
    /// The demo org.
    pub org: DemoOrg,
    /// The machine.
    pub host: TestHost,
    folder: TempDir,
    engine: Engine,
    leaves_open_runs: bool,
}

impl TestApp {
    /// An empty workspace beside a running demo org.
    pub async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    /// An empty workspace beside a demo org with these options.
    pub async fn start_with(options: Options) -> Self {
        crate::use_ring();
        let org = DemoOrg::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::with_demo_org(DemoOrgAddress {
            login_url: org.login_url(),
            client_id: org.client_id(),
            username: org.username(),
            password: org.password(),
        });
        let engine = open(folder.path(), &host, None).await.unwrap();
        Self {
            org,
            host,
            folder,
            engine,
            leaves_open_runs: false,
        }
    }

    /// Connected by its real login page, with exports turned on.
    pub async fn connected() -> Self {
        Self::connected_to(Options::default()).await
    }

    /// The same to an org with the ZoomInfo native app.
    pub async fn connected_with_native_app() -> Self {
        Self::connected_to(Options {
            native_app: true,
            ..Options::default()
        })
        .await
    }

    async fn connected_to(org: Options) -> Self {
        let app = Self::start_with(org).await;
        app.connect().await;
        let _: AppState = app.call("settings.exports_on", json!({ "on": true })).await;
        app
    }

    /// Connects by the login page.
    pub async fn connect(&self) -> AppState {
        self.connect_as(&self.org.username()).await
    }

    /// Connects by the login page as one of the org's users; everybody has the same password.
    pub async fn connect_as(&self, username: &str) -> AppState {
        self.log_in("connect", username).await.unwrap().state
    }

    /// Logs in for a purpose of the contract, as a user of the demo org.
    ///
    /// # Errors
    /// The fault that the login ends with.
    pub async fn log_in(&self, purpose: &str, username: &str) -> Result<LoginFinished, Fault> {
        self.log_in_to(&self.org, purpose, username).await
    }

    /// The same in another start of the app.
    ///
    /// # Errors
    /// The fault that the login ends with.
    pub async fn log_in_by(
        &self,
        engine: &Engine,
        purpose: &str,
        username: &str,
    ) -> Result<LoginFinished, Fault> {
        log_in(engine, &self.org, purpose, username).await
    }

    /// The same at the login page of any demo org.
    ///
    /// # Errors
    /// The fault that the login ends with.
    pub async fn log_in_to(
        &self,
        org: &DemoOrg,
        purpose: &str,
        username: &str,
    ) -> Result<LoginFinished, Fault> {
        log_in(&self.engine, org, purpose, username).await
    }

    /// The same at the login page of any demo org, in any start of any app.
    ///
    /// # Errors
    /// The fault that the login ends with.
    pub async fn log_in_anywhere(
        engine: &Engine,
        org: &DemoOrg,
        purpose: &str,
        username: &str,
    ) -> Result<LoginFinished, Fault> {
        log_in(engine, org, purpose, username).await
    }

    /// Adds a person and lets them use the window; returns their id.
    pub async fn hand_over_to_new(&self, name: &str, email: &str, role: &str) -> i64 {
        let added: People = self
            .call(
                "people.add",
                json!({ "name": name, "email": email, "role": role }),
            )
            .await;
        let person = added
            .people
            .iter()
            .find(|person| person.name == name)
            .unwrap()
            .person;
        self.hand_over_to(person).await;
        person
    }

    /// Lets a person use the window.
    pub async fn hand_over_to(&self, person: i64) -> AppState {
        self.call("people.switch_operator", json!({ "person": person }))
            .await
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Folder of the workspace.
    #[must_use]
    pub fn workspace(&self) -> &Path {
        self.folder.path()
    }

    /// The demo org's control endpoints.
    #[must_use]
    pub fn control(&self) -> DemoControl {
        DemoControl::new(&self.org.instance_url())
    }

    /// A call that must succeed.
    pub async fn call<T: DeserializeOwned>(&self, name: &str, params: Value) -> T {
        match self.engine.call(name, params).await {
            Ok(answer) => serde_json::from_value(answer).unwrap(),
            Err(fault) => panic!("{name}: {fault} [{:?}]", fault.code),
        }
    }

    /// A call that must fail.
    pub async fn fault(&self, name: &str, params: Value) -> Fault {
        match self.engine.call(name, params).await {
            Ok(answer) => panic!("{name} succeeded: {answer}"),
            Err(fault) => fault,
        }
    }

    /// Writes a file beside the workspace and returns its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let folder = self.folder.path().join("files");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Opens a file as the dialog would.
    pub async fn open_file(&self, path: &Path) -> ChosenFile {
        self.host.answer_open(Some(path.to_path_buf()));
        let chosen: Option<ChosenFile> = self.call("lists.choose_file", json!({})).await;
        chosen.unwrap()
    }

    /// Imports a file that must be good.
    pub async fn import(&self, path: &Path, name: &str) -> Imported {
        let file = self.open_file(path).await;
        self.call(
            "lists.import_file",
            json!({ "file_id": file.file_id, "name": name }),
        )
        .await
    }

    /// Plans the export of a whole list.
    pub async fn plan(&self, object: &str, list_id: i64) -> RunView {
        self.call("export.plan", json!({ "object": object, "list_id": list_id, "selection": { "kind": "all" }, "limit_records": null }))
            .await
    }

    /// Changes what holds for exports of all objects, by the names of the contract.
    pub async fn change_export_rules(&self, changes: Value) -> ExportSettings {
        let mut settings = self.export_settings().await;
        for (name, value) in changes.as_object().unwrap() {
            settings["rules"][name] = value.clone();
        }
        self.save_export_settings(settings).await
    }

    /// Changes the export settings of one object, by the names of the contract.
    pub async fn change_export_settings(&self, object: &str, changes: Value) -> ExportSettings {
        let mut settings = self.export_settings().await;
        for own in settings["objects"].as_array_mut().unwrap() {
            if own["object"] == object {
                for (name, value) in changes.as_object().unwrap() {
                    own[name] = value.clone();
                }
            }
        }
        self.save_export_settings(settings).await
    }

    async fn export_settings(&self) -> Value {
        self.call("settings.export", json!({})).await
    }

    async fn save_export_settings(&self, settings: Value) -> ExportSettings {
        let params = json!({ "objects": settings["objects"], "rules": settings["rules"] });
        self.call("settings.save_export", params).await
    }

    /// Sends a planned run and waits for its end.
    pub async fn send(&self, run: i64) -> RunView {
        let mut events = self.engine.watch();
        let _: RunView = self.call("export.send", json!({ "run": run })).await;
        self.settled(run, &mut events).await
    }

    /// Waits until a run is no longer being sent.
    pub async fn settled(
        &self,
        run: i64,
        events: &mut tokio::sync::broadcast::Receiver<engine::Event>,
    ) -> RunView {
        loop {
            // Asked in this order, a run that is no longer sent has its last state written.
            let sending = self.engine.is_sending(run);
            let view: RunView = self.call("runs.show", json!({ "run": run })).await;
            if !sending {
                return view;
            }
            // A test that lags behind looks again all the same.
            let _told = events.recv().await;
        }
    }

    /// A copy of the workspace's folder, opened on another machine.
    pub async fn open_copy(&self, host: &TestHost) -> (TempDir, Engine) {
        let copy = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
            }
        }
        let engine = open(copy.path(), host, None).await.unwrap();
        (copy, engine)
    }

    /// The workspace opened on a machine of one's own.
    pub async fn open_on(&self, host: &TestHost) -> Engine {
        open(self.folder.path(), host, None).await.unwrap()
    }

    /// The workspace of a killed app, opened anew: nothing of the old engine goes on.
    pub async fn reopen(&self) -> Engine {
        open(self.folder.path(), &self.host, None).await.unwrap()
    }

    /// The workspace opened as the window opens it: interrupted and waiting runs go on by themselves.
    pub async fn reopen_resuming(&self) -> Engine {
        let options = EngineOptions {
            resume_runs: true,
            ..options(self.folder.path(), &self.host, None)
        };
        Engine::open(options).await.unwrap()
    }

    /// The same workspace with a connection from the environment.
    pub async fn open_ready(&self) -> Engine {
        let ready = ReadyConnection {
            instance_url: self.org.instance_url(),
            access_token: SecretString::from(self.org.access_token()),
        };
        open(self.folder.path(), &self.host, Some(ready)).await.unwrap()
    }

    /// The operator is no longer an admin; somebody else is.
    pub fn hand_admin_role_to(&self, name: &str) {
        let database = rusqlite::Connection::open(self.folder.path().join("landbridge.sqlite")).unwrap();
        database
            .execute("UPDATE person SET role = 'user', is_primary = 0", [])
            .unwrap();
        database
            .execute("INSERT INTO person (name, role) VALUES (?1, 'admin')", [name])
            .unwrap();
    }

    /// This test means to leave a run unsettled.
    pub fn leave_open_runs(&mut self) {
        self.leaves_open_runs = true;
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if std::thread::panicking() || self.leaves_open_runs {
            return;
        }
        let open: Vec<i64> = (1..1_000).filter(|run| self.engine.is_sending(*run)).collect();
        assert!(
            open.is_empty(),
            "the test ends while runs {open:?} are still being sent"
        );
    }
}

async fn open(
    folder: &Path,
    host: &TestHost,
    ready_connection: Option<ReadyConnection>,
) -> Result<Engine, Fault> {
    Engine::open(options(folder, host, ready_connection)).await
}

fn options(folder: &Path, host: &TestHost, ready_connection: Option<ReadyConnection>) -> EngineOptions {
    EngineOptions {
        workspace: folder.to_path_buf(),
        host: Arc::new(host.clone()),
        ready_connection,
        pace: Pace::immediate(),
        resume_runs: false,
    }
}

async fn log_in(
    engine: &Engine,
    org: &DemoOrg,
    purpose: &str,
    username: &str,
) -> Result<LoginFinished, Fault> {
    let begin = json!({
        "purpose": purpose,
        "kind": "my_domain",
        "login_url": org.login_url(),
        "client_id": org.client_id(),
    });
    let attempt = engine.call("connection.begin", begin).await?;
    let attempt: LoginAttempt = serde_json::from_value(attempt).unwrap();
    let finish = engine.call("connection.finish", json!({}));
    let password = org.password();
    let person = browser::sign_in(&attempt.authorize_url, username, &password, Answer::Allow);
    let (finished, page) = tokio::join!(finish, person);
    page.unwrap();
    finished.map(|finished| serde_json::from_value(finished).unwrap())
}
