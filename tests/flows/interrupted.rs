//! Runs that are killed, stopped, signed out or left without an answer: nothing is sent twice, nothing is lost.

use demo_org::{DemoOrg, Options};
use engine::contract::app::{AppState, Session};
use engine::contract::lists::Lists;
use engine::contract::runs::{LedgerPage, Outcome, RunState, RunView};
use engine::{Code, Engine};
use serde_json::{Value, json};
use support::killed_app::{open, runtime};
use support::{TestApp, lists};

#[tokio::test]
async fn a_cancelled_bulk_run_accounts_for_every_record() {
    let app = TestApp::connected().await;
    let list = app
        .import(&app.file("c.csv", lists::contacts(60)), "C")
        .await
        .list;
    let run = app.plan("lead", list.list_id).await.summary.run;
    let before = app.org.record_count("Lead").unwrap();
    app.control().hold_jobs().await.unwrap();
    let mut events = app.engine().watch();
    let _: RunView = app.call("export.send", json!({ "run": run })).await;
    while !app.org.calls().iter().any(|call| call.method == "PATCH") {
        tokio::task::yield_now().await;
    }
    let _: RunView = app.call("runs.cancel", json!({ "run": run })).await;
    let ended = app.settled(run, &mut events).await;
    let tally = ended.summary.tally;
    assert_eq!(ended.summary.state, RunState::Cancelled);
    assert_eq!((tally.waiting_records, tally.uncertain_records), (0, 0));
    assert_eq!(tally.created_records + tally.skipped_records, 60);
    assert_eq!(
        app.org.record_count("Lead").unwrap(),
        before + tally.created_records
    );
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_and_never_sent_again() {
    let app = TestApp::connected().await;
    let list = app
        .import(&app.file("l.csv", lists::contacts(20)), "L")
        .await
        .list;
    let run = app.plan("lead", list.list_id).await.summary.run;
    let before = app.org.record_count("Lead").unwrap();
    app.control()
        .lose_next_answer("/composite/sobjects")
        .await
        .unwrap();
    let ended = app.send(run).await;
    assert_eq!(app.org.record_count("Lead").unwrap(), before + 20);
    assert_eq!(
        (ended.summary.state, ended.summary.tally.created_records),
        (RunState::Done, 20),
        "{:?}",
        ended.reasons
    );
    let page: LedgerPage = app
        .call(
            "runs.ledger",
            json!({ "run": run, "outcome": "created", "search": "", "offset": 0, "limit": 100 }),
        )
        .await;
    let mut ids: Vec<_> = page
        .lines
        .iter()
        .filter_map(|line| line.salesforce_id.clone())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 20, "every line has a record of its own");
}

#[tokio::test]
async fn a_lost_close_of_a_job_is_asked_for_and_not_repeated() {
    let app = TestApp::connected().await;
    let list = app
        .import(&app.file("j.csv", lists::contacts(40)), "J")
        .await
        .list;
    let run = app.plan("lead", list.list_id).await.summary.run;
    let before = app.org.record_count("Lead").unwrap();
    app.control().lose_next_answer("/jobs/ingest/750").await.unwrap();
    let mut ended = app.send(run).await;
    while ended.summary.state == RunState::Waiting {
        let mut events = app.engine().watch();
        let _: RunView = app.call("runs.resume", json!({ "run": run })).await;
        ended = app.settled(run, &mut events).await;
    }
    assert_eq!(
        (ended.summary.state, ended.summary.tally.created_records),
        (RunState::Done, 40),
        "{:?}",
        ended.reasons
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before + 40);
}

/// Every session and grant ends as the first job is made.
const GRANTS_END: &str =
    r#"{ "calls": [ { "which": { "family": "ingest" }, "when": { "first": 1 }, "what": "grants_end" } ] }"#;

#[tokio::test]
async fn a_session_that_is_gone_before_a_plan_is_sent_leaves_the_plan() {
    let app = TestApp::connected().await;
    let list = app.import(&app.file("w.csv", lists::contacts(4)), "W").await.list;
    let run = app.plan("lead", list.list_id).await.summary.run;
    reqwest::Client::new()
        .post(format!("{}/services/oauth2/revoke", app.org.instance_url()))
        .form(&[("token", stored_refresh_token(&app))])
        .send()
        .await
        .unwrap();
    let fault = app.fault("export.send", json!({ "run": run })).await;
    assert_eq!(fault.code, Code::SignedOut, "{fault}");
    let kept: RunView = app.call("runs.show", json!({ "run": run })).await;
    assert_eq!(kept.summary.state, RunState::Planned);
    app.connect().await;
    let done = app.send(run).await;
    assert_eq!(done.summary.tally.created_records, 4);
}

#[tokio::test]
async fn a_session_that_is_gone_makes_the_run_wait_for_a_login() {
    let app = TestApp::connected().await;
    let list = app
        .import(&app.file("w.csv", lists::contacts(40)), "W")
        .await
        .list;
    let run = app.plan("lead", list.list_id).await.summary.run;
    let before = app.org.record_count("Lead").unwrap();
    // The refresh token is dead too: only a new login helps.
    app.control().add_trouble(GRANTS_END).await.unwrap();
    let waiting = app.send(run).await;
    assert_eq!(waiting.summary.state, RunState::Waiting);
    assert!(waiting.may.resume && !waiting.summary.state_sentence.is_empty());
    let state: AppState = app.call("app.state", json!({})).await;
    assert_eq!(state.session, Session::SignedOut);

    app.connect().await;
    let mut events = app.engine().watch();
    let _: RunView = app.call("runs.resume", json!({ "run": run })).await;
    let done = app.settled(run, &mut events).await;
    assert_eq!(
        (done.summary.state, done.summary.tally.created_records),
        (RunState::Done, 40)
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before + 40);
}

#[tokio::test]
async fn a_waiting_run_goes_on_by_itself_at_the_next_start() {
    let app = TestApp::connected().await;
    let list = app
        .import(&app.file("n.csv", lists::contacts(40)), "N")
        .await
        .list;
    let run = app.plan("lead", list.list_id).await.summary.run;
    let before = app.org.record_count("Lead").unwrap();
    app.control().add_trouble(GRANTS_END).await.unwrap();
    assert_eq!(app.send(run).await.summary.state, RunState::Waiting);
    app.connect().await;

    let next = app.reopen_resuming().await;
    let mut events = next.watch();
    while next.is_sending(run) {
        let _told = events.recv().await;
    }
    let done: RunView = app.call("runs.show", json!({ "run": run })).await;
    assert_eq!(
        (done.summary.state, done.summary.tally.created_records),
        (RunState::Done, 40)
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before + 40);
}

fn stored_refresh_token(app: &TestApp) -> String {
    support::tokens::refresh_token(&app.host.secrets("connection of")[0])
}

/// Kills the app after every number of calls that a run makes, and goes on in a new one.
fn kill_everywhere(records: u32, most_calls: usize) {
    for kill_after_calls in 0..=most_calls {
        let outside = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        support::use_ring();
        let org = outside.block_on(DemoOrg::start(Options::default())).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list.csv");
        lists::write_contacts(&list, records).unwrap();
        let before = org.record_count("Lead").unwrap();

        let first = runtime();
        let run = first.block_on(async {
            let engine = open(folder.path(), &org).await;
            let run = plan(&engine, &list).await;
            org.forget_calls();
            engine.call("export.send", json!({ "run": run })).await.unwrap();
            while engine.is_sending(run) && org.calls().len() < kill_after_calls {
                tokio::task::yield_now().await;
            }
            run
        });
        first.shutdown_background();

        let second = runtime();
        let (state, tally, lines) = second.block_on(async {
            let engine = open(folder.path(), &org).await;
            settle(&engine, run).await
        });
        let created = org.record_count("Lead").unwrap() - before;
        let at = format!("killed after {kill_after_calls} calls: {tally}");
        assert_eq!(state, RunState::Done, "{at}");
        assert_eq!(
            u64::from(created),
            tally["created_records"].as_u64().unwrap(),
            "{at}"
        );
        let settled =
            tally["created_records"].as_u64().unwrap() + tally["uncertain_records"].as_u64().unwrap();
        assert_eq!(settled, u64::from(records), "{at}");
        assert!(created <= records, "{at}");
        let open = lines
            .iter()
            .filter(|line| matches!(line.outcome, Outcome::Planned | Outcome::Sent))
            .count();
        assert_eq!(open, 0, "{at}");
        second.shutdown_background();
        outside.block_on(org.shutdown());
    }
}

#[test]
fn a_bulk_run_survives_a_kill_at_any_call() {
    kill_everywhere(30, 14);
}

#[test]
fn a_rest_run_survives_a_kill_at_any_call() {
    kill_everywhere(12, 7);
}

/// Imports a list and plans an export of all of it to leads.
pub(crate) async fn plan(engine: &Engine, list: &std::path::Path) -> i64 {
    let file = engine::open_path(engine, list).await.unwrap();
    engine
        .call(
            "lists.import_file",
            json!({ "file_id": file.file_id, "name": "Killed" }),
        )
        .await
        .unwrap();
    let lists: Lists =
        serde_json::from_value(engine.call("lists.list", json!({ "search": "" })).await.unwrap()).unwrap();
    let choice = json!({ "object": "lead", "list_id": lists.lists[0].list_id, "selection": { "kind": "all" }, "limit_records": null });
    let view: RunView = serde_json::from_value(engine.call("export.plan", choice).await.unwrap()).unwrap();
    view.summary.run
}

/// Goes on until nothing moves, and returns how it ended.
pub(crate) async fn settle(
    engine: &Engine,
    run: i64,
) -> (RunState, Value, Vec<engine::contract::runs::LedgerLine>) {
    let mut events = engine.watch();
    loop {
        let view: RunView =
            serde_json::from_value(engine.call("runs.show", json!({ "run": run })).await.unwrap()).unwrap();
        let settled = matches!(
            view.summary.state,
            RunState::Done | RunState::Cancelled | RunState::Failed
        );
        if settled && !engine.is_sending(run) {
            let query = json!({ "run": run, "outcome": null, "search": "", "offset": 0, "limit": 500 });
            let page: LedgerPage =
                serde_json::from_value(engine.call("runs.ledger", query).await.unwrap()).unwrap();
            return (
                view.summary.state,
                serde_json::to_value(view.summary.tally).unwrap(),
                page.lines,
            );
        }
        if engine.is_sending(run) {
            let _told = events.recv().await;
            continue;
        }
        match engine.call("runs.resume", json!({ "run": run })).await {
            Ok(_) => {}
            // The killed app's last database write may still be landing: it holds the lock, or ends the run.
            Err(fault) if matches!(fault.code, engine::Code::WorkspaceBusy | engine::Code::WrongState) => {
                tokio::task::yield_now().await;
            }
            Err(fault) => panic!("{fault}"),
        }
    }
}
