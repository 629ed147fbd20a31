//! The Data sharing page: what is stored where, and deleting it for good.

use std::path::Path;

use engine::Code;
use engine::contract::lists::Lists;
use engine::contract::runs::RunPage;
use engine::contract::stored_data::{StoredData, StoredItem, StoredKind};
use engine::contract::workspaces::Workspaces;
use serde_json::{Value, json};
use support::{TestApp, lists};

fn item(data: &StoredData, kind: StoredKind) -> &StoredItem {
    data.items.iter().find(|item| item.kind == kind).unwrap()
}

async fn shown(app: &TestApp) -> StoredData {
    app.call("stored_data.show", json!({})).await
}

async fn delete(app: &TestApp, kind: &str) -> StoredData {
    app.call("stored_data.delete", json!({ "kind": kind })).await
}

fn database_bytes(app: &TestApp) -> u64 {
    // What is not yet in the database itself is in the log beside it.
    ["landbridge.sqlite", "landbridge.sqlite-wal"]
        .iter()
        .filter_map(|name| std::fs::metadata(app.workspace().join(name)).ok())
        .map(|metadata| metadata.len())
        .sum()
}

#[tokio::test]
async fn what_is_stored_is_told_with_its_size_and_place() {
    let app = TestApp::connected().await;
    let file = app.file("people.csv", lists::contacts(50));
    app.import(&file, "People").await;
    let data = shown(&app).await;
    assert_eq!(data.items.len(), 8);
    assert_eq!(item(&data, StoredKind::Lists).records, Some(50));
    let folder = app.workspace().display().to_string();
    for item in &data.items {
        assert!(!item.purpose.is_empty(), "{item:?}");
        // Whatever cannot be deleted says why.
        assert!(item.deleting.is_some() || item.refusal.is_some(), "{item:?}");
        if item.kind == StoredKind::KnownWorkspaces {
            assert!(Path::new(&item.place).starts_with(app.host.machine_folder()));
            assert_eq!(
                item.size_bytes,
                Some(std::fs::metadata(&item.place).unwrap().len())
            );
        } else if item.kind != StoredKind::Tokens {
            assert!(item.place.starts_with(&folder), "{item:?}");
        }
    }
    let parts: u64 = data.items.iter().filter_map(|item| item.size_bytes).sum();
    assert!(data.total_bytes >= parts / 2 && parts > 0, "{data:?}");
    let talks_to = data.talks_to.join("\n");
    assert!(
        talks_to.contains(app.org.instance_url().trim_end_matches('/')),
        "{talks_to}"
    );
    assert!(talks_to.contains("no telemetry"), "{talks_to}");
}

#[tokio::test]
async fn deleted_lists_and_runs_are_gone_and_so_is_their_room() {
    let app = TestApp::connected().await;
    let file = app.file("people.csv", lists::contacts(1_500));
    let list = app.import(&file, "People").await.list.list_id;
    let planned: engine::contract::runs::RunView = app
        .call(
            "export.plan",
            json!({ "object": "lead", "list_id": list, "selection": { "kind": "all" }, "limit_records": 20 }),
        )
        .await;
    let fault = app.fault("stored_data.delete", json!({ "kind": "lists" })).await;
    assert_eq!(fault.code, Code::WrongState);
    assert!(
        fault
            .sentence
            .starts_with(&format!("Run {} is planned", planned.summary.run)),
        "{}",
        fault.sentence
    );
    app.send(planned.summary.run).await;

    let before = database_bytes(&app);
    let data = delete(&app, "lists").await;
    assert_eq!(item(&data, StoredKind::Lists).records, Some(0));
    assert!(
        database_bytes(&app) < before / 2,
        "{} of {before}",
        database_bytes(&app)
    );
    let left: Lists = app.call("lists.list", json!({ "search": "" })).await;
    assert_eq!(left.total_lists, 0);
    // The ledger stays without its list.
    let ledger: Value = app
        .call(
            "runs.ledger",
            json!({ "run": planned.summary.run, "outcome": null, "search": "", "offset": 0, "limit": 5 }),
        )
        .await;
    assert_eq!(ledger["lines"].as_array().unwrap().len(), 5);

    // What a killed app left of a job holds people's records too.
    let left = app.workspace().join("jobs").join("1-1");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::write(left.join("upload.csv"), "LastName\nMarsh\n").unwrap();
    let data = delete(&app, "runs").await;
    assert_eq!(item(&data, StoredKind::Runs).records, Some(0));
    assert!(!left.exists());
    let runs: RunPage = app
        .call(
            "runs.list",
            json!({ "search": "", "kind": null, "object": null, "state": null, "offset": 0, "limit": 5 }),
        )
        .await;
    assert!(runs.runs.is_empty());
    let bytes = std::fs::read(app.workspace().join("landbridge.sqlite")).unwrap();
    let address = b"@";
    let emails = bytes.windows(1).filter(|window| window == address).count();
    assert!(emails < 100, "{emails} addresses are still in the file");
}

#[tokio::test]
async fn nothing_that_a_run_needs_is_deleted_while_it_is_sent() {
    let app = TestApp::connected().await;
    let file = app.file("people.csv", lists::contacts(60));
    let list = app.import(&file, "People").await.list.list_id;
    let run = app.plan("lead", list).await.summary.run;
    app.control().hold_jobs().await.unwrap();
    let mut events = app.engine().watch();
    let _: Value = app.call("export.send", json!({ "run": run })).await;
    for kind in ["lists", "runs", "mirror"] {
        let fault = app.fault("stored_data.delete", json!({ "kind": kind })).await;
        assert!(
            fault.sentence.starts_with(&format!("Run {run} is being sent")),
            "{kind}: {}",
            fault.sentence
        );
    }
    app.control().release_jobs().await.unwrap();
    let ended = app.settled(run, &mut events).await;
    assert_eq!(ended.summary.tally.created_records, 60);
}

#[tokio::test]
async fn the_audit_log_settings_and_tokens_are_not_deleted_alone() {
    let app = TestApp::connected().await;
    for (kind, words) in [
        ("audit", "only grows"),
        ("settings", "new workspace"),
        ("tokens", "Disconnect"),
    ] {
        let fault = app.fault("stored_data.delete", json!({ "kind": kind })).await;
        assert_eq!(fault.code, Code::WrongState);
        assert!(fault.sentence.contains(words), "{}", fault.sentence);
    }
}

#[tokio::test]
async fn logs_are_deleted_while_the_app_goes_on_writing_them() {
    let app = TestApp::start().await;
    let logs = app.workspace().join("logs");
    std::fs::create_dir_all(&logs).unwrap();
    std::fs::write(logs.join("landbridge.2026-01-01.log"), "old").unwrap();
    std::fs::write(logs.join("landbridge.2026-01-02.log"), "new").unwrap();
    assert_eq!(item(&shown(&app).await, StoredKind::Logs).size_bytes, Some(6));
    assert_eq!(
        item(&delete(&app, "logs").await, StoredKind::Logs).size_bytes,
        Some(0)
    );
    assert!(logs.join("landbridge.2026-01-02.log").is_file());
}

#[tokio::test]
async fn the_list_of_workspaces_is_deleted_and_the_open_one_goes_on() {
    let app = TestApp::start().await;
    let file = item(&shown(&app).await, StoredKind::KnownWorkspaces)
        .place
        .clone();
    assert!(Path::new(&file).is_file());
    let data = delete(&app, "known_workspaces").await;
    assert_eq!(item(&data, StoredKind::KnownWorkspaces).size_bytes, None);
    assert!(!Path::new(&file).exists());
    let known: Workspaces = app.call("workspaces.list", json!({})).await;
    assert_eq!(known.workspaces.len(), 1);
    assert!(known.workspaces[0].is_open);
}

#[tokio::test]
async fn tokens_in_a_file_are_told_with_its_path_and_size() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let homes = host::TokenHomes::without_keychain(folder.path());
    let engine = app
        .open_on(&app.host.clone().with_vault(std::sync::Arc::new(homes)))
        .await;
    let params = json!({ "home": "passphrase_file", "passphrase": "a long enough passphrase" });
    engine.call("tokens.choose_home", params).await.unwrap();
    app.log_in_by(&engine, "connect", &app.org.username())
        .await
        .unwrap();
    let data = engine.call("stored_data.show", json!({})).await.unwrap();
    let data: StoredData = serde_json::from_value(data).unwrap();
    let tokens = item(&data, StoredKind::Tokens);
    let file = folder.path().join("tokens.sealed");
    assert_eq!(Path::new(&tokens.place), file);
    assert_eq!(tokens.size_bytes, Some(std::fs::metadata(file).unwrap().len()));

    let place = item(&data, StoredKind::TokenPlace);
    let file = folder.path().join("token-home");
    assert_eq!(Path::new(&place.place), file);
    assert_eq!(place.size_bytes, Some(std::fs::metadata(&file).unwrap().len()));
    let params = json!({ "kind": "token_place" });
    let fault = engine.call("stored_data.delete", params).await.unwrap_err();
    assert_eq!(fault.code, Code::WrongState);
    assert!(fault.sentence.contains("wrong place"), "{}", fault.sentence);
    assert!(file.is_file());
}

#[tokio::test]
async fn only_admins_delete_what_is_stored() {
    let app = TestApp::connected().await;
    app.hand_admin_role_to("Ada");
    let fault = app.fault("stored_data.delete", json!({ "kind": "mirror" })).await;
    assert_eq!(fault.code, Code::NotAllowed);
}
