//! The connected user's permissions taken away in mid-use, and orgs without the API: told with the mend, and nothing is lost.

use demo_org::Options;
use engine::Code;
use engine::contract::app::{AppState, Session};
use engine::contract::runs::{RunState, RunView};
use serde_json::{Value, json};
use support::{TestApp, lists};

async fn list(app: &TestApp, records: u32) -> i64 {
    let file = app.file("people.csv", lists::contacts(records));
    app.import(&file, "People").await.list.list_id
}

async fn switch_api_enabled(app: &TestApp, allowed: bool) {
    let change = json!({ "permission": { "name": "PermissionsApiEnabled", "allowed": allowed } });
    app.control().switch("rights", &change).await.unwrap();
}

#[tokio::test]
async fn while_planning_it_is_told_with_the_mend_and_the_plan_can_be_made_after_it() {
    let app = TestApp::connected().await;
    let list = list(&app, 3).await;
    switch_api_enabled(&app, false).await;
    let choice =
        json!({ "object": "lead", "list_id": list, "selection": { "kind": "all" }, "limit_records": null });
    let fault = app.fault("export.plan", choice).await;
    assert_eq!(fault.code, Code::PermissionMissing, "{fault}");
    assert!(fault.sentence.contains("API Enabled"), "{}", fault.sentence);
    switch_api_enabled(&app, true).await;
    app.plan("lead", list).await;
}

#[tokio::test]
async fn between_two_steps_of_sending_the_run_waits_and_goes_on_after_the_mend() {
    let app = TestApp::connected().await;
    let list = list(&app, 60).await;
    let before = app.org.record_count("Lead").unwrap();
    let run = app.plan("lead", list).await.summary.run;
    app.control().hold_jobs().await.unwrap();
    let mut events = app.engine().watch();
    let _: RunView = app.call("export.send", json!({ "run": run })).await;
    support::command_line::until("the job is closed", || {
        app.org.calls().iter().any(|call| call.method == "PATCH")
    })
    .await;

    switch_api_enabled(&app, false).await;

    let waiting = app.settled(run, &mut events).await;
    assert_eq!(waiting.summary.state, RunState::Waiting, "{waiting:?}");
    assert!(
        waiting.summary.state_sentence.contains("API Enabled"),
        "{}",
        waiting.summary.state_sentence
    );
    assert_eq!(waiting.summary.tally.failed_records, 0);
    switch_api_enabled(&app, true).await;
    app.control().release_jobs().await.unwrap();
    let mut events = app.engine().watch();
    let _: RunView = app.call("runs.resume", json!({ "run": run })).await;
    let done = app.settled(run, &mut events).await;
    assert_eq!(
        (done.summary.state, done.summary.tally.created_records),
        (RunState::Done, 60)
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before + 60);
}

#[tokio::test]
async fn before_anything_is_sent_the_run_waits_as_well() {
    let app = TestApp::connected().await;
    let small = list(&app, 5).await;
    let run = app.plan("lead", small).await.summary.run;
    let calls = app.org.calls().len();
    let mut events = app.engine().watch();
    // The plan is fresh, so that the first call to the org is the one that writes.
    switch_api_enabled(&app, false).await;
    let sent = app.engine().call("export.send", json!({ "run": run })).await;
    if let Err(fault) = sent {
        assert_eq!(fault.code, Code::PermissionMissing, "{fault}");
    } else {
        let waiting = app.settled(run, &mut events).await;
        assert_eq!(waiting.summary.state, RunState::Waiting, "{waiting:?}");
        assert_eq!(waiting.summary.tally.failed_records, 0);
    }
    assert!(app.org.calls().len() > calls);
    switch_api_enabled(&app, true).await;
    let shown: RunView = app.call("runs.show", json!({ "run": run })).await;
    let how = if shown.summary.state == RunState::Waiting {
        "runs.resume"
    } else {
        "export.send"
    };
    let mut events = app.engine().watch();
    let _: Value = app.call(how, json!({ "run": run })).await;
    let done = app.settled(run, &mut events).await;
    assert_eq!(
        (done.summary.state, done.summary.tally.created_records),
        (RunState::Done, 5)
    );
}

#[tokio::test]
async fn the_first_connection_of_a_user_or_an_org_without_the_api_says_so_and_connects_nothing() {
    let app = TestApp::start().await;
    let refused = app
        .log_in("connect", "no.api@landbridge-demo.example")
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::PermissionMissing, "{refused}");
    assert!(refused.sentence.contains("API Enabled"), "{}", refused.sentence);

    let closed = TestApp::start_with(Options::default()).await;
    let change = json!({ "api": { "allowed": false } });
    closed.control().switch("rights", &change).await.unwrap();
    let refused = closed
        .log_in("connect", &closed.org.username())
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::PermissionMissing, "{refused}");
    assert!(refused.sentence.contains("edition"), "{}", refused.sentence);
    for app in [app, closed] {
        let state: AppState = app.call("app.state", json!({})).await;
        assert_eq!((state.session, state.org), (Session::Disconnected, None));
        assert!(app.host.secrets("").is_empty(), "no token is kept");
    }
}
