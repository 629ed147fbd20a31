//! A plan that has to be made anew: whatever stops that, the plan and its answers are what they were before.

use demo_org::{DemoOrg, Options};
use engine::contract::lists::Lists;
use engine::contract::runs::{Action, LedgerPage, RunPage, RunState, RunView};
use engine::{Code, Engine};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use support::killed_app::{open, runtime};
use support::other_client::OtherClient;
use support::{TestApp, lists};

use super::{lines, list_of_many, questions};

const NO_NETWORK: &str =
    r#"{ "calls": [ { "which": { "family": "query" }, "what": "cut_before_acting" } ] }"#;
const SLOW_NETWORK: &str = r#"{ "calls": [ { "which": { "family": "query" }, "what": { "slow_start": { "milliseconds": 600000 } } } ] }"#;

/// A lead that the first of [`lists::contacts`] may be.
fn likely_lead() -> Value {
    json!({ "FirstName": "Ada", "LastName": "Marsh0", "Company": "Works 0" })
}

/// Saves the mapping of leads without its title, as a new version.
async fn save_mapping(engine: &Engine) {
    let saved: Value = call(engine, "mapping.show", json!({ "object": "lead" })).await;
    let mut rows = saved["rows"].as_array().unwrap().clone();
    rows.retain(|row| row["target"] != "Title");
    let params = json!({ "object": "lead", "rows": rows, "based_on_version": saved["version"], "note": "" });
    let _: Value = call(engine, "mapping.save", params).await;
}

async fn call<T: DeserializeOwned>(engine: &Engine, command: &str, params: Value) -> T {
    let answer = engine.call(command, params).await;
    serde_json::from_value(answer.unwrap_or_else(|fault| panic!("{command}: {fault}"))).unwrap()
}

#[tokio::test]
async fn a_lost_network_leaves_the_plan_and_its_answers() {
    let app = TestApp::connected().await;
    app.records().create("Lead", likely_lead()).await;
    let list = list_of_many(&app, 30).await;
    let run = app.plan("lead", list).await.summary.run;
    let update =
        json!({ "run": run, "line": 1, "alike": false, "answer": { "kind": "update", "candidate": 1 } });
    let answered: RunView = app.call("runs.answer", update).await;
    let before = lines(&app, run).await;
    save_mapping(app.engine()).await;

    app.control().add_trouble(NO_NETWORK).await.unwrap();
    let fault = app.fault("runs.refresh", json!({ "run": run })).await;
    assert_eq!(fault.code, Code::Unreachable, "{fault}");
    let kept: RunView = app.call("runs.show", json!({ "run": run })).await;
    assert_eq!(
        (kept.summary.state, kept.mapping_version, kept.plan.update_records),
        (RunState::Planned, 1, answered.plan.update_records)
    );
    assert_eq!(lines(&app, run).await, before);

    app.control().clear("trouble").await.unwrap();
    let stopped: RunView = app.call("export.send", json!({ "run": run })).await;
    assert!(
        stopped.plan.replanned_sentence.contains("version 2"),
        "{}",
        stopped.plan.replanned_sentence
    );
    assert_eq!((stopped.mapping_version, stopped.plan.update_records), (2, 1));
    assert_eq!(questions(&app, run).await.waiting_questions, 0);
    let page: RunPage = app
        .call(
            "runs.list",
            json!({ "search": "", "kind": null, "object": null, "state": null, "offset": 0, "limit": 10 }),
        )
        .await;
    assert_eq!((page.total_runs, page.runs.len()), (1, 1), "{:?}", page.runs);
    let done = app.send(run).await;
    assert_eq!(
        (
            done.summary.tally.created_records,
            done.summary.tally.updated_records
        ),
        (29, 1)
    );
}

#[tokio::test]
async fn a_stop_leaves_the_plan_as_it_was() {
    let app = TestApp::connected().await;
    let list = list_of_many(&app, 5).await;
    let run = app.plan("lead", list).await.summary.run;
    save_mapping(app.engine()).await;
    app.control().add_trouble(SLOW_NETWORK).await.unwrap();
    let engine = app.engine().clone();
    let refreshing = tokio::spawn(async move { engine.call("runs.refresh", json!({ "run": run })).await });
    loop {
        let shown: RunView = app.call("runs.show", json!({ "run": run })).await;
        if shown.summary.state == RunState::Planning {
            break;
        }
        tokio::task::yield_now().await;
    }
    let stopped = app.fault("runs.cancel", json!({ "run": run })).await;
    assert!(
        stopped.code == Code::Cancelled && stopped.sentence.contains("what it was before"),
        "{stopped}"
    );
    refreshing.abort();
    let _ended = refreshing.await;
    let next = app.reopen().await;
    let kept: RunView = call(&next, "runs.show", json!({ "run": run })).await;
    assert_eq!(
        (kept.summary.state, kept.plan.create_records),
        (RunState::Planned, 5)
    );
}

#[test]
fn a_kill_leaves_the_plan_and_its_answers() {
    support::use_ring();
    let outside = runtime();
    let org = outside.block_on(DemoOrg::start(Options::default())).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    lists::write_contacts(&list, 4).unwrap();
    outside.block_on(async {
        let records = OtherClient::of(&org);
        records.create("Lead", &likely_lead()).await.unwrap();
    });

    let first = runtime();
    let run = first.block_on(async {
        let engine = open(folder.path(), &org).await;
        let file = engine::open_path(&engine, &list).await.unwrap();
        let import = json!({ "file_id": file.file_id, "name": "Killed" });
        let _: Value = call(&engine, "lists.import_file", import).await;
        let lists: Lists = call(&engine, "lists.list", json!({ "search": "" })).await;
        let choice = json!({ "object": "lead", "list_id": lists.lists[0].list_id, "selection": { "kind": "all" },
            "limit_records": null });
        let planned: RunView = call(&engine, "export.plan", choice).await;
        let run = planned.summary.run;
        let skip = json!({ "run": run, "line": 1, "alike": false, "answer": { "kind": "skip" } });
        let _: RunView = call(&engine, "runs.answer", skip).await;
        save_mapping(&engine).await;
        org.add_trouble(SLOW_NETWORK.parse().unwrap());
        let killed = engine.clone();
        tokio::spawn(async move { killed.call("runs.refresh", json!({ "run": run })).await });
        loop {
            let shown: RunView = call(&engine, "runs.show", json!({ "run": run })).await;
            if shown.summary.state == RunState::Planning {
                break run;
            }
            tokio::task::yield_now().await;
        }
    });
    first.shutdown_background();

    let second = runtime();
    second.block_on(async {
        let engine = open(folder.path(), &org).await;
        let kept: RunView = call(&engine, "runs.show", json!({ "run": run })).await;
        assert_eq!(
            (
                kept.summary.state,
                kept.plan.create_records,
                kept.plan.skip_records
            ),
            (RunState::Planned, 3, 1)
        );
        let query = json!({ "run": run, "outcome": null, "search": "", "offset": 0, "limit": 10 });
        let page: LedgerPage = call(&engine, "runs.ledger", query).await;
        let actions: Vec<Action> = page.lines.iter().map(|line| line.action).collect();
        assert_eq!(
            actions,
            [Action::Skip, Action::Create, Action::Create, Action::Create]
        );
    });
    second.shutdown_background();
    outside.block_on(org.shutdown());
}
