//! The day's budget of API calls: never exceeded, kept over restarts, and a run that meets its end waits.

use engine::Event;
use engine::contract::runs::{RunState, RunView};
use engine::contract::settings::ExportSettings;
use serde_json::{Value, json};
use support::{TestApp, lists};

/// Saves the Export tab as it is, with another budget.
async fn set_budget(app: &TestApp, calls: Option<u32>) -> ExportSettings {
    let shown: Value = app.call("settings.export", json!({})).await;
    let mut rules = shown["rules"].clone();
    rules["daily_budget_calls"] = json!(calls);
    app.call(
        "settings.save_export",
        json!({ "objects": shown["objects"], "rules": rules }),
    )
    .await
}

/// Calls that the org counted: everything but versions and OAuth.
fn counted_calls(app: &TestApp) -> u32 {
    let calls = app.org.calls();
    let counted = calls.iter().filter(|call| {
        call.kind.starts_with("/services/data/") && call.kind.trim_end_matches('/') != "/services/data"
    });
    u32::try_from(counted.count()).unwrap()
}

#[tokio::test]
async fn every_call_is_counted_and_the_count_outlives_the_app() {
    let app = TestApp::connected().await;
    let list = app
        .import(&app.file("b.csv", lists::contacts(40)), "B")
        .await
        .list;
    let run = app.plan("lead", list.list_id).await.summary.run;
    app.send(run).await;
    let used = set_budget(&app, None).await.used_calls_today;
    assert_eq!(used, counted_calls(&app));
    let reopened = app.reopen().await;
    let settings = reopened.call("settings.export", json!({})).await.unwrap();
    assert_eq!(settings["used_calls_today"], used);
}

/// A run whose job Salesforce holds, and whose budget ends while it asks for it.
pub async fn run_out_of_calls(app: &TestApp, records: u32) -> i64 {
    let file = app.file("b.csv", lists::contacts(records));
    let list = app.import(&file, "B").await.list;
    let run = app.plan("lead", list.list_id).await.summary.run;
    app.control().hold_jobs().await.unwrap();
    let mut events = app.engine().watch();
    let _: RunView = app.call("export.send", json!({ "run": run })).await;
    while !app.org.calls().iter().any(|call| call.method == "PATCH") {
        tokio::task::yield_now().await;
    }
    set_budget(app, Some(1)).await;
    let waiting = app.settled(run, &mut events).await;
    assert_eq!(waiting.summary.state, RunState::Waiting);
    let sentence = &waiting.summary.state_sentence;
    assert!(
        sentence.contains("budget") && sentence.contains("00:00 UTC"),
        "{sentence}"
    );
    run
}

#[tokio::test]
async fn a_run_waits_when_the_budget_is_used_up_and_goes_on_when_it_is_raised() {
    let app = TestApp::connected().await;
    let before = app.org.record_count("Lead").unwrap();
    let run = run_out_of_calls(&app, 60).await;
    let used = counted_calls(&app);
    for more in 1..6 {
        set_budget(&app, Some(used + more)).await;
        let mut events = app.engine().watch();
        let _: RunView = app.call("runs.resume", json!({ "run": run })).await;
        let waiting = app.settled(run, &mut events).await;
        assert_eq!(waiting.summary.state, RunState::Waiting);
        assert_eq!(
            counted_calls(&app),
            used + more,
            "the budget is used and not exceeded"
        );
    }
    app.control().release_jobs().await.unwrap();
    set_budget(&app, None).await;
    let mut events = app.engine().watch();
    let _: RunView = app.call("runs.resume", json!({ "run": run })).await;
    let view = app.settled(run, &mut events).await;
    assert_eq!(
        (view.summary.state, view.summary.tally.created_records),
        (RunState::Done, 60)
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before + 60);
}

#[tokio::test]
async fn a_raised_budget_sends_waiting_runs_on_by_itself() {
    let app = TestApp::connected().await;
    let run = run_out_of_calls(&app, 30).await;
    app.control().release_jobs().await.unwrap();
    let window = app.reopen_resuming().await;
    let mut events = window.watch();
    let shown = window.call("settings.export", json!({})).await.unwrap();
    let mut rules = shown["rules"].clone();
    rules["daily_budget_calls"] = json!(10_000);
    window
        .call(
            "settings.save_export",
            json!({ "objects": shown["objects"], "rules": rules }),
        )
        .await
        .unwrap();
    loop {
        let view: RunView =
            serde_json::from_value(window.call("runs.show", json!({ "run": run })).await.unwrap()).unwrap();
        if view.summary.state == RunState::Done && !window.is_sending(run) {
            assert_eq!(view.summary.tally.created_records, 30);
            return;
        }
        let _told = events.recv().await;
    }
}

/// Salesforce says once that the day's calls are used up.
const LIMIT_ONCE: &str = r#"{ "calls": [ { "which": { "family": "ingest_info" }, "when": { "first": 1 }, "what": "daily_limit" } ] }"#;

async fn planned_with_limit(app: &TestApp) -> i64 {
    let list = app
        .import(&app.file("b.csv", lists::contacts(30)), "B")
        .await
        .list;
    let run = app.plan("lead", list.list_id).await.summary.run;
    app.control().add_trouble(LIMIT_ONCE).await.unwrap();
    run
}

#[tokio::test]
async fn the_orgs_own_limit_makes_a_run_wait() {
    let app = TestApp::connected().await;
    let run = planned_with_limit(&app).await;
    let waiting = app.send(run).await;
    assert_eq!(waiting.summary.state, RunState::Waiting, "{waiting:?}");
    let mut events = app.engine().watch();
    let _: RunView = app.call("runs.resume", json!({ "run": run })).await;
    let done = app.settled(run, &mut events).await;
    assert_eq!(
        (done.summary.state, done.summary.tally.created_records),
        (RunState::Done, 30)
    );
}

#[tokio::test]
async fn a_run_that_waits_for_the_limit_says_when_it_goes_on_and_does_so_by_itself() {
    let app = TestApp::connected().await;
    let run = planned_with_limit(&app).await;
    let window = app.reopen_resuming().await;
    let mut events = window.watch();
    window.call("export.send", json!({ "run": run })).await.unwrap();
    let mut waited = None;
    let done = loop {
        let Ok(Event::Run { run: view }) = events.recv().await else {
            continue;
        };
        match view.summary.state {
            RunState::Waiting => waited = Some(view.summary.state_sentence),
            RunState::Done => break view,
            _ => {}
        }
    };
    let sentence = waited.unwrap();
    assert!(sentence.contains("It goes on by itself at "), "{sentence}");
    assert!(sentence.contains(" UTC while the app is open."), "{sentence}");
    assert_eq!(done.summary.tally.created_records, 30);
}
