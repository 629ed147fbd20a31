//! A plan that is kept while the org, the mapping and the people move on.

use engine::Code;
use engine::contract::runs::{Action, RunState, RunView};
use serde_json::{Value, json};
use support::TestApp;

use super::{lines, list_of_many, questions};

async fn known_lead(app: &TestApp, number: u32) -> String {
    app.records()
        .create(
            "Lead",
            json!({ "FirstName": "Ada", "LastName": format!("Marsh{number}"), "Company": "Elsewhere",
                "Email": format!("ada.marsh{number}@works{}.example", number / 3) }),
        )
        .await
}

/// The plan was made an hour ago.
fn age(app: &TestApp, run: i64) {
    let database = rusqlite::Connection::open(app.workspace().join("landbridge.sqlite")).unwrap();
    let an_hour_ago = "strftime('%Y-%m-%dT%H:%M:%S.000Z', 'now', '-1 hour')";
    database
        .execute(
            &format!("UPDATE run SET findings = json_set(findings, '$.checked_at', {an_hour_ago}) WHERE run_id = ?1"),
            [run],
        )
        .unwrap();
}

async fn refresh(app: &TestApp, run: i64) -> RunView {
    app.call("runs.refresh", json!({ "run": run })).await
}

#[tokio::test]
async fn a_plan_that_still_holds_is_sent_however_old() {
    let app = TestApp::connected().await;
    known_lead(&app, 0).await;
    let list = list_of_many(&app, 3).await;
    let planned = app.plan("lead", list).await;
    age(&app, planned.summary.run);
    let refreshed = refresh(&app, planned.summary.run).await;
    assert_eq!(refreshed.plan.replanned_sentence, "");
    assert_eq!(refreshed.plan.update_records, planned.plan.update_records);
    assert!(refreshed.plan.checked_at >= planned.plan.checked_at);
    age(&app, planned.summary.run);
    let done = app.send(planned.summary.run).await;
    assert_eq!(
        (done.summary.state, done.summary.total_records),
        (RunState::Done, 3)
    );
}

#[tokio::test]
async fn records_that_changed_came_or_went_are_planned_again_before_anything_is_sent() {
    let app = TestApp::connected().await;
    let org = app.records();
    let (changed, deleted) = (known_lead(&app, 0).await, known_lead(&app, 1).await);
    let list = list_of_many(&app, 4).await;
    let planned = app.plan("lead", list).await;
    let run = planned.summary.run;
    assert_eq!((planned.plan.update_records, planned.plan.create_records), (2, 2));
    org.update("Lead", &changed, json!({ "Title": "Changed meanwhile" }))
        .await;
    org.delete("Lead", &deleted).await;
    let new = known_lead(&app, 2).await;
    age(&app, run);
    app.org.forget_calls();

    let stopped: RunView = app.call("export.send", json!({ "run": run })).await;
    assert_eq!(stopped.summary.state, RunState::Planned);
    assert_eq!(
        stopped.plan.replanned_sentence,
        "3 records were planned again, because Salesforce changed since."
    );
    assert!(
        app.org.calls().iter().all(|call| call.method == "GET"),
        "nothing was written"
    );
    let told: Vec<_> = lines(&app, run)
        .await
        .into_iter()
        .map(|line| (line.action, line.salesforce_id))
        .collect();
    assert_eq!(
        told,
        [
            (Action::Update, Some(changed.clone())),
            (Action::Create, None),
            (Action::Update, Some(new)),
            (Action::Create, None)
        ]
    );
    let done = app.send(run).await;
    assert_eq!(
        (done.summary.state, done.summary.total_records),
        (RunState::Done, 4)
    );
}

#[tokio::test]
async fn answers_stay_while_their_records_do() {
    let app = TestApp::connected().await;
    let org = app.records();
    let mut ids = Vec::new();
    for number in 0..3 {
        let fields =
            json!({ "FirstName": "Ada", "LastName": format!("Marsh{number}"), "Company": "Works 0" });
        ids.push(org.create("Lead", fields).await);
    }
    let list = list_of_many(&app, 3).await;
    let run = app.plan("lead", list).await.summary.run;
    for (line, answer) in [
        (1, json!({ "kind": "update", "candidate": 1 })),
        (2, json!({ "kind": "skip" })),
        (3, json!({ "kind": "update", "candidate": 1 })),
    ] {
        let _: RunView = app
            .call(
                "runs.answer",
                json!({ "run": run, "line": line, "alike": false, "answer": answer }),
            )
            .await;
    }
    org.update("Lead", &ids[0], json!({ "Title": "Changed meanwhile" }))
        .await;
    org.update("Lead", &ids[1], json!({ "Title": "Changed meanwhile" }))
        .await;
    org.delete("Lead", &ids[2]).await;
    age(&app, run);
    let refreshed = refresh(&app, run).await;
    let actions: Vec<_> = lines(&app, run)
        .await
        .into_iter()
        .map(|line| line.action)
        .collect();
    assert_eq!(actions, [Action::Update, Action::Skip, Action::Create]);
    assert!(
        refreshed.plan.replanned_sentence.starts_with("2 records"),
        "{}",
        refreshed.plan.replanned_sentence
    );
    let detail = lines(&app, run).await;
    assert_eq!(detail[0].salesforce_id.as_deref(), Some(ids[0].as_str()));
}

#[tokio::test]
async fn a_new_mapping_or_field_makes_the_whole_plan_anew_and_keeps_its_answers() {
    let app = TestApp::connected().await;
    let org = app.records();
    org.create(
        "Lead",
        json!({ "FirstName": "Ada", "LastName": "Marsh0", "Company": "Works 0" }),
    )
    .await;
    let list = list_of_many(&app, 2).await;
    let run = app.plan("lead", list).await.summary.run;
    let _: RunView = app
        .call(
            "runs.answer",
            json!({ "run": run, "line": 1, "alike": false, "answer": { "kind": "update", "candidate": 1 } }),
        )
        .await;
    let saved: Value = app.call("mapping.show", json!({ "object": "lead" })).await;
    let mut rows = saved["rows"].as_array().unwrap().clone();
    rows.retain(|row| row["target"] != "Title");
    let _: Value = app
        .call(
            "mapping.save",
            json!({ "object": "lead", "rows": rows, "based_on_version": saved["version"], "note": "" }),
        )
        .await;
    let stopped: RunView = app.call("export.send", json!({ "run": run })).await;
    assert_eq!(stopped.summary.state, RunState::Planned);
    assert!(
        stopped.plan.replanned_sentence.contains("version 2"),
        "{}",
        stopped.plan.replanned_sentence
    );
    assert_eq!((stopped.mapping_version, stopped.plan.update_records), (2, 1));
    assert_eq!(questions(&app, run).await.waiting_questions, 0);

    app.control()
        .change_field(json!({ "object": "Lead", "field": "Phone", "right": "hidden" }))
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    age(&app, run);
    let fault = app.fault("export.send", json!({ "run": run })).await;
    assert!(
        fault.code == Code::Refused && fault.sentence.contains("Phone"),
        "{fault}"
    );
    let kept: RunView = app.call("runs.show", json!({ "run": run })).await;
    assert_eq!(kept.summary.state, RunState::Planned);
}

#[tokio::test]
async fn the_same_choice_is_planned_again() {
    let app = TestApp::connected().await;
    let list = list_of_many(&app, 30).await;
    let choice = json!({ "object": "lead", "list_id": list, "selection": { "kind": "matching", "search": "marsh1", "except_profile_ids": [] },
        "limit_records": 5, "on_duplicate": "skip" });
    let first: RunView = app.call("export.plan", choice).await;
    let done = app.send(first.summary.run).await;
    assert_eq!(done.summary.tally.created_records, 5);
    assert!(done.may.repeat);
    let again: RunView = app.call("runs.repeat", json!({ "run": first.summary.run })).await;
    assert_eq!(again.summary.source_run, Some(first.summary.run));
    assert_eq!((again.summary.total_records, again.plan.skip_records), (5, 5));
    let shown: RunView = app.call("runs.show", json!({ "run": first.summary.run })).await;
    assert_eq!(shown.followers[0].run, again.summary.run);
}

#[tokio::test]
async fn what_somebody_fills_in_a_minute_after_the_plan_is_not_overwritten() {
    for records in [3, 30] {
        let app = TestApp::connected().await;
        let known = known_lead(&app, 0).await;
        let list = list_of_many(&app, records).await;
        let planned = app.plan("lead", list).await;
        let run = planned.summary.run;
        assert_eq!(planned.plan.update_records, 1);
        let by_hand = json!({ "Title": "By hand" });
        app.records().update("Lead", &known, by_hand).await;
        let stopped: RunView = app.call("export.send", json!({ "run": run })).await;
        assert_eq!(
            (stopped.summary.state, stopped.plan.replanned_sentence.as_str()),
            (
                RunState::Planned,
                "1 record was planned again, because Salesforce changed since."
            )
        );
        let done = app.send(run).await;
        assert_eq!(done.summary.tally.failed_records, 0, "{:?}", done.reasons);
        let soql = format!("SELECT Title FROM Lead WHERE Id = '{known}'");
        assert_eq!(app.records().texts(&soql, "Title").await, ["By hand"]);
    }
}

#[tokio::test]
async fn a_record_that_is_deleted_a_minute_after_the_plan_is_made_again() {
    let app = TestApp::connected().await;
    let known = known_lead(&app, 0).await;
    let list = list_of_many(&app, 2).await;
    let run = app.plan("lead", list).await.summary.run;
    app.records().delete("Lead", &known).await;
    let stopped: RunView = app.call("export.send", json!({ "run": run })).await;
    assert_eq!(
        (stopped.summary.state, stopped.plan.create_records),
        (RunState::Planned, 2)
    );
    let done = app.send(run).await;
    assert_eq!(done.summary.tally.created_records, 2, "{:?}", done.reasons);
}

#[tokio::test]
async fn two_cheap_questions_of_each_object_are_asked_before_a_plan_of_now_is_sent() {
    let app = TestApp::connected().await;
    let list = list_of_many(&app, 30).await;
    let run = app.plan("lead", list).await.summary.run;
    app.org.forget_calls();
    app.send(run).await;
    let calls = app.org.calls();
    let before: Vec<&str> = calls
        .iter()
        .take_while(|call| call.method == "GET")
        .map(|call| call.path.as_str())
        .collect();
    let asked = |resource: &str| before.iter().filter(|path| path.ends_with(resource)).count();
    assert_eq!((asked("/query"), asked("/queryAll")), (2, 2), "{before:?}");
}
