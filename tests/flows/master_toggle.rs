//! Exports turned off while runs are being sent, wait or are to be sent.

use engine::Code;
use engine::contract::app::AppState;
use engine::contract::runs::{RunState, RunView};
use serde_json::json;
use support::{TestApp, lists};

async fn turn(app: &TestApp, on: bool, sending_runs: Option<&str>) -> AppState {
    let params = json!({ "on": on, "sending_runs": sending_runs });
    app.call("settings.exports_on", params).await
}

/// A run of 60 leads.
async fn planned(app: &TestApp) -> i64 {
    let list = app
        .import(&app.file("l.csv", lists::contacts(60)), "L")
        .await
        .list;
    app.plan("lead", list.list_id).await.summary.run
}

#[tokio::test]
async fn what_is_being_sent_finishes_or_is_stopped_as_the_admin_says() {
    for (sending_runs, state) in [
        (None, RunState::Done),
        (Some("finish"), RunState::Done),
        (Some("stop"), RunState::Cancelled),
    ] {
        let app = TestApp::connected().await;
        let run = planned(&app).await;
        app.control().hold_jobs().await.unwrap();
        let mut events = app.engine().watch();
        let _: RunView = app.call("export.send", json!({ "run": run })).await;
        while !app.org.calls().iter().any(|call| call.method == "PATCH") {
            tokio::task::yield_now().await;
        }
        assert!(!turn(&app, false, sending_runs).await.exports_on);
        app.control().release_jobs().await.unwrap();
        let ended = app.settled(run, &mut events).await;
        assert_eq!(ended.summary.state, state, "{sending_runs:?}");
    }
}

#[tokio::test]
async fn while_exports_are_off_nothing_is_planned_sent_or_resumed() {
    let app = TestApp::connected().await;
    let list = app.import(&app.file("m.csv", lists::contacts(3)), "M").await.list;
    let (waiting, unsent) = (
        planned(&app).await,
        app.plan("lead", list.list_id).await.summary.run,
    );
    let database = rusqlite::Connection::open(app.workspace().join("landbridge.sqlite")).unwrap();
    database
        .execute("UPDATE run SET state = 'waiting' WHERE run_id = ?1", [waiting])
        .unwrap();
    turn(&app, false, None).await;
    let choice = json!({ "object": "lead", "list_id": list.list_id, "selection": { "kind": "all" }, "limit_records": null });
    for (call, params) in [
        ("export.plan", choice),
        ("export.send", json!({ "run": unsent })),
        ("runs.resume", json!({ "run": waiting })),
    ] {
        let fault = app.fault(call, params).await;
        assert_eq!(fault.code, Code::Refused, "{call}: {fault}");
        assert!(
            fault.sentence.contains("turned off"),
            "{call}: {}",
            fault.sentence
        );
    }
    // The window goes on with what waits by itself, but not while exports are off.
    let window = app.reopen_resuming().await;
    let shown: RunView =
        serde_json::from_value(window.call("runs.show", json!({ "run": waiting })).await.unwrap()).unwrap();
    assert_eq!(shown.summary.state, RunState::Waiting);
    turn(&app, true, None).await;
    let mut events = app.engine().watch();
    let _: RunView = app.call("runs.resume", json!({ "run": waiting })).await;
    assert_eq!(
        app.settled(waiting, &mut events).await.summary.state,
        RunState::Done
    );
    app.send(unsent).await;
}
