//! Large plans: progress, stopping, what a dead process leaves, and one company a thousand times.

use std::fmt::Write as _;

use engine::Code;
use engine::contract::event::{Event, PlanningStep};
use engine::contract::runs::{RunPage, RunState, RunView};
use serde_json::json;
use support::TestApp;

use super::list_of_many;

async fn runs(app: &TestApp) -> u32 {
    let page: RunPage = app
        .call("runs.list", json!({ "search": "", "offset": 0, "limit": 10 }))
        .await;
    page.total_runs
}

#[tokio::test]
async fn a_plan_tells_how_far_it_is_and_leaves_nothing_when_it_is_stopped() {
    let app = TestApp::connected().await;
    let list = list_of_many(&app, 3_000).await;
    let mut events = app.engine().watch();
    let choice =
        json!({ "object": "lead", "list_id": list, "selection": { "kind": "all" }, "limit_records": null });
    let planning = app.engine().call("export.plan", choice.clone());
    let stopping = async {
        loop {
            if let Ok(Event::Planning { progress }) = events.recv().await {
                let stopped = app.fault("runs.cancel", json!({ "run": progress.run })).await;
                assert_eq!(stopped.code, Code::Cancelled);
                return progress;
            }
        }
    };
    let (planned, progress) = tokio::join!(planning, stopping);
    assert_eq!(planned.unwrap_err().code, Code::Cancelled);
    assert_eq!(
        (progress.step, progress.total_records),
        (PlanningStep::Map, 3_000)
    );
    assert_eq!(runs(&app).await, 0);

    let mut events = app.engine().watch();
    let _: RunView = app.call("export.plan", choice).await;
    let mut steps = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let Event::Planning { progress } = event {
            steps.push((progress.step, progress.mapped_records, progress.checked_records));
        }
    }
    assert_eq!(
        steps.last(),
        Some(&(PlanningStep::FindDuplicates, 3_000, 3_000)),
        "{steps:?}"
    );
    assert!(
        steps.is_sorted_by_key(|(_, mapped, checked)| (*mapped, *checked)),
        "{steps:?}"
    );
}

#[tokio::test]
async fn a_run_that_is_planned_shows_so_and_is_stopped_only_where_it_is_made() {
    let app = TestApp::connected().await;
    let list = list_of_many(&app, 3_000).await;
    let elsewhere = app.reopen().await;
    let mut events = app.engine().watch();
    let choice =
        json!({ "object": "lead", "list_id": list, "selection": { "kind": "all" }, "limit_records": null });
    let planning = app.engine().call("export.plan", choice);
    let looking = async {
        loop {
            if let Ok(Event::Planning { progress }) = events.recv().await {
                let run = json!({ "run": progress.run });
                let here: RunView = app.call("runs.show", run.clone()).await;
                let there = elsewhere.call("runs.show", run.clone()).await.unwrap();
                let refused = elsewhere.call("runs.cancel", run).await.unwrap_err();
                return (here, there, refused);
            }
        }
    };
    let (planned, (here, there, refused)) = tokio::join!(planning, looking);
    assert!(here.summary.state == RunState::Planning && here.may.cancel);
    assert_eq!(
        (&there["summary"]["state"], &there["may"]["cancel"]),
        (&json!("planning"), &json!(false))
    );
    assert!(
        refused.code == Code::WrongState && refused.sentence.contains("Another window or terminal"),
        "{refused}"
    );
    planned.unwrap();
    let mut told = None;
    while let Ok(event) = events.try_recv() {
        if let Event::Run { run } = event {
            told = Some(run.summary.state);
        }
    }
    assert_eq!(
        told,
        Some(RunState::Planned),
        "whoever looks at the run is told that it is planned"
    );
}

#[tokio::test]
async fn what_a_dead_process_was_planning_is_removed_when_the_workspace_is_opened() {
    let app = TestApp::connected().await;
    let list = list_of_many(&app, 3).await;
    let run = app.plan("lead", list).await.summary.run;
    let kept = app.plan("lead", list).await.summary.run;
    let database = rusqlite::Connection::open(app.workspace().join("landbridge.sqlite")).unwrap();
    database
        .execute(
            "UPDATE run SET state = 'planning', findings = '{}' WHERE run_id = ?1",
            [run],
        )
        .unwrap();
    let again = app.reopen().await;
    let shown = again.call("runs.show", json!({ "run": run })).await;
    assert_eq!(shown.unwrap_err().code, Code::NotFound);
    again.call("runs.show", json!({ "run": kept })).await.unwrap();
    let left: u32 = database
        .query_row("SELECT count(*) FROM run_line WHERE run_id = ?1", [run], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn one_company_a_thousand_times_does_not_compare_everything_with_everything() {
    let app = TestApp::connected().await;
    let mut text = "ZoomInfo Company ID,Company Name,Website,Company City\n".to_owned();
    for number in 0..2_000 {
        writeln!(text, "{},Tarn Works,,City {number}", 1_000 + number).unwrap();
    }
    let list = app.import(&app.file("same.csv", text), "Same").await.list;
    let planned = app.plan("account", list.list_id).await;
    let plan = &planned.plan;
    // Only the name agrees, and ZoomInfo knows them by different ids: nothing is taken for the same.
    assert_eq!(plan.create_records + plan.ask_records, 2_000, "{plan:?}");

    let mut text = "Company Name,Website,Company City\n".to_owned();
    for number in 0..2_000 {
        writeln!(text, "Tarn Works,tarn-quay.com,City {number}").unwrap();
    }
    let list = app.import(&app.file("site.csv", text), "Site").await.list;
    let planned = app.plan("account", list.list_id).await;
    assert_eq!(
        (planned.plan.create_records, planned.plan.skip_records),
        (1, 1_999)
    );
}
