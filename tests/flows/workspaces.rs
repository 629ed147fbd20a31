//! Several workspaces on one machine: known, named, opened, refused with the reason.

use std::path::Path;

use engine::contract::app::{AppState, OrgKind};
use engine::contract::audit::AuditPage;
use engine::contract::workspaces::{WorkspaceHandle, WorkspaceView, Workspaces};
use engine::{Code, Engine, Event};
use serde_json::{Value, json};
use support::{TestApp, lists};

async fn listed(app: &TestApp) -> Vec<WorkspaceView> {
    let found: Workspaces = app.call("workspaces.list", json!({})).await;
    assert!(found.can_switch);
    found.workspaces
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[tokio::test]
async fn the_open_workspace_is_known_with_its_org_and_takes_a_name() {
    let app = TestApp::start().await;
    app.connect().await;
    let known = listed(&app).await;
    assert_eq!(known.len(), 1);
    let org = known[0].org.as_ref().unwrap();
    assert_eq!(
        (org.name.as_str(), org.kind),
        ("Landbridge demo org", OrgKind::Demo)
    );
    assert_eq!((known[0].is_open, known[0].refusal.as_deref()), (true, None));
    // Until somebody names it, it is called after its org.
    assert_eq!(known[0].name, "Landbridge demo org");

    let state: AppState = app
        .call("workspaces.rename", json!({ "name": "  Brightwater  " }))
        .await;
    assert_eq!(state.workspace_name, "Brightwater");
    assert_eq!(listed(&app).await[0].name, "Brightwater");
    let again: AppState = app.call("app.state", json!({})).await;
    assert_eq!(again.workspace_name, "Brightwater");
    let fault = app.fault("workspaces.rename", json!({ "name": " " })).await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::Invalid, Some("name"))
    );
}

#[tokio::test]
async fn a_new_workspace_is_made_named_and_opened_and_can_be_forgotten() {
    let app = TestApp::start().await;
    let _: Value = app
        .call("workspaces.create", json!({ "name": "Über Sales / EMEA" }))
        .await;
    let opened = app.host.opened_workspaces();
    assert_eq!(opened.len(), 1);
    assert!(opened[0].is_dir() && opened[0].starts_with(app.host.machine_folder()));
    let taken = app
        .fault("workspaces.create", json!({ "name": "über sales / emea" }))
        .await;
    assert_eq!(taken.code, Code::NameTaken);

    let known = listed(&app).await;
    assert_eq!(known.len(), 2);
    assert!(known[0].is_open);
    assert_eq!(known[1].name, "Über Sales / EMEA");

    let folder = opened[0].display().to_string();
    let left: Workspaces = app.call("workspaces.forget", json!({ "folder": folder })).await;
    assert_eq!(left.workspaces.len(), 1);
    assert!(opened[0].is_dir(), "the folder stays");
    let query = json!({ "search": "off the list", "area": null, "since": null, "offset": 0, "limit": 50 });
    let told: AuditPage = app.call("audit.list", query).await;
    assert_eq!(
        told.entries[0].sentence,
        "Took the workspace “Über Sales / EMEA” off the list. Its folder stays."
    );
    let own = app.workspace().display().to_string();
    let fault = app.fault("workspaces.forget", json!({ "folder": own })).await;
    assert_eq!(fault.code, Code::WrongState);
}

#[tokio::test]
async fn a_folder_is_opened_by_the_dialog_and_one_that_was_forgotten_comes_back() {
    let app = TestApp::start().await;
    let elsewhere = tempfile::tempdir().unwrap();
    drop(store::Store::open(elsewhere.path()).unwrap());
    app.host.answer_open(None);
    let none: Option<WorkspaceHandle> = app.call("workspaces.open_folder", json!({})).await;
    assert_eq!(none, None);
    app.host.answer_open(Some(elsewhere.path().to_path_buf()));
    let opened: Option<WorkspaceHandle> = app.call("workspaces.open_folder", json!({})).await;
    assert_eq!(Path::new(&opened.unwrap().folder), elsewhere.path());
    assert_eq!(app.host.opened_workspaces(), [elsewhere.path()]);

    let folder = elsewhere.path().display().to_string();
    let left: Workspaces = app.call("workspaces.forget", json!({ "folder": folder })).await;
    assert_eq!(left.workspaces.len(), 1);
    let back: Workspaces = app
        .call(
            "workspaces.restore",
            json!({ "folder": folder, "name": "Old laptop" }),
        )
        .await;
    assert_eq!(back.workspaces[1].name, "Old laptop");

    let empty = tempfile::tempdir().unwrap();
    app.host.answer_open(Some(empty.path().to_path_buf()));
    let fault = app.fault("workspaces.open_folder", json!({})).await;
    assert_eq!(fault.code, Code::NotFound);
    assert!(files(empty.path()).is_empty(), "nothing is made there");
}

#[tokio::test]
async fn what_a_terminal_changes_is_told_to_the_window() {
    let app = TestApp::connected().await;
    let window = app.reopen_resuming().await;
    let mut events = window.watch();
    // Another connection to the database, as another process has.
    app.hand_over_to_new("Ula User", "ula@example.com", "user").await;
    let told = async {
        loop {
            if let Ok(Event::State { state }) = events.recv().await
                && state.operator.name == "Ula User"
            {
                return state;
            }
        }
    };
    let state = tokio::time::timeout(std::time::Duration::from_secs(60), told)
        .await
        .expect("the window is not told");
    assert_eq!(state.operator.role_label, "User");
    window.close();
}

#[tokio::test]
async fn what_cannot_be_opened_is_listed_with_the_reason_and_not_touched() {
    let app = TestApp::start().await;
    let elsewhere = tempfile::tempdir().unwrap();
    let make = |name: &str| {
        let folder = elsewhere.path().join(name);
        drop(store::Store::open(&folder).unwrap());
        folder
    };
    let (good, newer, damaged, gone) = (make("good"), make("newer"), make("damaged"), make("gone"));
    for folder in [&good, &newer, &damaged, &gone] {
        let _: Value = app.call("workspaces.open", json!({ "folder": folder })).await;
    }
    assert_eq!(app.host.opened_workspaces().len(), 4);
    let database = rusqlite::Connection::open(newer.join("landbridge.sqlite")).unwrap();
    database.pragma_update(None, "user_version", 99).unwrap();
    drop(database);
    let path = damaged.join("landbridge.sqlite");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[5_000..middle].fill(0xAA);
    std::fs::write(&path, bytes).unwrap();
    std::fs::remove_dir_all(&gone).unwrap();
    let before = (files(&newer), files(&damaged));

    let known = listed(&app).await;
    let cases = [
        (&newer, Code::NewerWorkspace, "newer version of Landbridge"),
        (&damaged, Code::Workspace, "is damaged"),
        (&gone, Code::NotFound, "moved, renamed or deleted"),
    ];
    for (folder, code, words) in cases {
        let view = known
            .iter()
            .find(|view| Path::new(&view.folder) == folder)
            .unwrap();
        assert!(view.refusal.as_ref().unwrap().contains(words), "{view:?}");
        let fault = app.fault("workspaces.open", json!({ "folder": folder })).await;
        assert_eq!(fault.code, code);
        assert!(fault.sentence.contains(words), "{}", fault.sentence);
    }
    assert_eq!((files(&newer), files(&damaged)), before);
    assert_eq!(app.host.opened_workspaces().len(), 4);
}

#[tokio::test]
async fn nothing_is_opened_while_a_run_is_being_sent_or_a_mapping_tested() {
    let app = TestApp::connected().await;
    let other = tempfile::tempdir().unwrap();
    drop(store::Store::open(other.path()).unwrap());
    let file = app.file("many.csv", lists::contacts(60));
    let list = app.import(&file, "Many").await;
    let run = app.plan("lead", list.list.list_id).await.summary.run;
    app.control().hold_jobs().await.unwrap();
    let mut events = app.engine().watch();
    let _: Value = app.call("export.send", json!({ "run": run })).await;

    let open = json!({ "folder": other.path() });
    let fault = app.fault("workspaces.open", open.clone()).await;
    assert_eq!(fault.code, Code::WrongState);
    assert!(
        fault.sentence.contains(&format!("Run {run} is being sent")),
        "{}",
        fault.sentence
    );

    app.control().release_jobs().await.unwrap();
    app.settled(run, &mut events).await;
    let testing = store::Store::open(app.workspace()).unwrap().lock_tests().unwrap();
    let fault = app.fault("workspaces.open", open.clone()).await;
    assert_eq!(fault.code, Code::WrongState);
    assert!(
        fault.sentence.starts_with("A mapping is being tested."),
        "{fault}"
    );
    drop(testing);
    let _: Value = app.call("workspaces.open", open).await;
    assert_eq!(app.host.opened_workspaces(), [other.path()]);
}

#[tokio::test]
async fn a_workspace_of_another_machine_opens_and_asks_for_a_login() {
    let app = TestApp::start().await;
    app.connect().await;
    // Tokens are in the keychain of the machine, so a copy comes without them.
    let copy = tempfile::tempdir().unwrap();
    for name in ["landbridge.sqlite", "landbridge.sqlite-wal"] {
        let from = app.workspace().join(name);
        if from.is_file() {
            std::fs::copy(from, copy.path().join(name)).unwrap();
        }
    }
    let there = Engine::open(engine::EngineOptions {
        workspace: copy.path().to_path_buf(),
        host: std::sync::Arc::new(support::TestHost::default()),
        ready_connection: None,
        pace: engine::Pace::immediate(),
        resume_runs: false,
    })
    .await
    .unwrap();
    let fault = there.call("connection.check", json!({})).await.unwrap_err();
    assert_eq!(fault.code, Code::SignedOut);
    assert!(
        fault.sentence.contains("no longer on this computer"),
        "{}",
        fault.sentence
    );
}
