//! Trying again what failed, as it is or with other values, and one line of the ledger whole.

use engine::Code;
use engine::contract::runs::{EditableField, LedgerPage, LineDetail, Outcome, RunState, RunView};
use engine::contract::settings::DuplicateAction;
use serde_json::{Value, json};
use support::lists::Person;
use support::{TestApp, lists};

async fn import(app: &TestApp, text: &str) -> i64 {
    app.import(&app.file("people.csv", text), "People")
        .await
        .list
        .list_id
}

async fn detail(app: &TestApp, run: i64, line: u32) -> LineDetail {
    app.call("runs.line", json!({ "run": run, "line": line })).await
}

async fn outcomes(app: &TestApp, run: i64) -> Vec<Outcome> {
    let query = json!({ "run": run, "outcome": null, "search": "", "offset": 0, "limit": 500 });
    let page: LedgerPage = app.call("runs.ledger", query).await;
    page.lines.iter().map(|line| line.outcome).collect()
}

fn field<'a>(detail: &'a LineDetail, target: &str) -> &'a EditableField {
    detail
        .editable
        .iter()
        .find(|field| field.target == target)
        .unwrap()
}

fn picked(run: i64, line: u32, values: &Value) -> Value {
    json!({ "run": run, "lines": { "kind": "picked", "lines": [line] }, "edits": [{ "line": line, "values": values }] })
}

/// A run of two leads, one of which has neither an e-mail address nor a number, as a rule of the org wants.
async fn run_with_a_failure(app: &TestApp) -> RunView {
    let rule = json!({ "name": "Lead_Can_Be_Reached", "active": true });
    app.control().switch("validation-rules", &rule).await.unwrap();
    let text = "ZoomInfo Contact ID,Last Name,First Name,Email Address,Company Name,Segment\n\
                910000001,Retryone,Ada,,Retry Works,A\n\
                910000002,Retrytwo,Bo,retrytwo@people-of-landbridge.com,Retry Works,B\n";
    let list_id = import(app, text).await;
    app.send(app.plan("lead", list_id).await.summary.run).await
}

#[tokio::test]
async fn what_failed_is_mended_in_place_and_sent_as_a_new_run() {
    let app = TestApp::connected().await;
    let first = run_with_a_failure(&app).await;
    let run = first.summary.run;
    assert_eq!(
        (
            first.summary.tally.created_records,
            first.summary.tally.failed_records
        ),
        (1, 1)
    );
    assert!(first.may.retry);
    let params = json!({
        "run": run,
        "lines": { "kind": "failed" },
        "edits": [{ "line": 1, "values": { "Email": "retryone@people-of-landbridge.com" } }]
    });
    let second: RunView = app.call("runs.retry", params).await;
    assert_eq!(
        (
            second.summary.state,
            second.summary.source_run,
            second.plan.create_records
        ),
        (RunState::Planned, Some(run), 1)
    );
    let done = app.send(second.summary.run).await;
    assert_eq!(done.summary.tally.created_records, 1, "{:?}", done.reasons);
    let soql = "SELECT Email FROM Lead WHERE LastName = 'Retryone'";
    assert_eq!(
        app.records().texts(soql, "Email").await,
        ["retryone@people-of-landbridge.com"]
    );
    let nothing_left = app
        .fault("runs.retry", json!({ "run": run, "lines": { "kind": "failed" } }))
        .await;
    assert_eq!(nothing_left.code, Code::Refused);
    assert!(
        nothing_left.sentence.contains("exported since"),
        "{}",
        nothing_left.sentence
    );
}

#[tokio::test]
async fn typed_values_stay_with_the_line_when_it_fails_again() {
    let app = TestApp::connected().await;
    let run = run_with_a_failure(&app).await.summary.run;
    let retried: RunView = app
        .call("runs.retry", picked(run, 1, &json!({ "Title": "Head of Tests" })))
        .await;
    let failed = app.send(retried.summary.run).await;
    assert_eq!(failed.summary.tally.failed_records, 1);
    let shown = detail(&app, failed.summary.run, 1).await;
    assert_eq!(field(&shown, "Title").value, "Head of Tests");
    let again = picked(failed.summary.run, 1, &json!({ "Phone": "555 0100" }));
    let again: RunView = app.call("runs.retry", again).await;
    app.send(again.summary.run).await;
    let soql = "SELECT Title, Phone FROM Lead WHERE LastName = 'Retryone'";
    let record = app.records().query(soql).await.remove(0);
    assert_eq!(
        (&record["Title"], &record["Phone"]),
        (&json!("Head of Tests"), &json!("555 0100"))
    );
}

#[tokio::test]
async fn what_does_not_fit_is_refused_at_its_field_and_plans_nothing() {
    let app = TestApp::connected().await;
    let run = run_with_a_failure(&app).await.summary.run;
    for (values, target) in [
        (json!({ "Email": "no address" }), "Email"),
        (json!({ "LastName": " " }), "LastName"),
        (json!({ "Not_Mapped__c": "x" }), "Not_Mapped__c"),
        (json!({ "Company": "x".repeat(300) }), "Company"),
    ] {
        let fault = app.fault("runs.retry", picked(run, 1, &values)).await;
        assert_eq!(
            (fault.code, fault.field.as_deref()),
            (Code::Invalid, Some(target))
        );
    }
    assert_eq!(
        app.fault("runs.show", json!({ "run": run + 1 })).await.code,
        Code::NotFound
    );
}

#[tokio::test]
async fn only_what_was_not_written_can_be_picked() {
    let app = TestApp::connected().await;
    let run = run_with_a_failure(&app).await.summary.run;
    assert_eq!(outcomes(&app, run).await, [Outcome::Failed, Outcome::Created]);
    let fault = app.fault("runs.retry", picked(run, 2, &json!({}))).await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::Refused, Some("lines"))
    );
    assert!(fault.sentence.contains("Line 2 is created"), "{}", fault.sentence);
    assert_eq!(
        app.fault("runs.retry", picked(run, 9, &json!({}))).await.code,
        Code::NotFound
    );
    let planned: RunView = app.call("runs.retry", picked(run, 1, &json!({}))).await;
    let fault = app
        .fault("runs.retry", picked(planned.summary.run, 1, &json!({})))
        .await;
    assert_eq!(fault.code, Code::WrongState);
}

#[tokio::test]
async fn a_record_that_our_rules_refused_is_mended_too() {
    let app = TestApp::connected().await;
    let text = "ZoomInfo Contact ID,Last Name,First Name,Email Address,Company Name\n\
                910000003,Retrythree,Ada,retrythree@people-of-landbridge.com,\n\
                910000004,Retryfour,Ada,retryfour@people-of-landbridge.com,Retry Works\n";
    let list_id = import(&app, text).await;
    let first = app.send(app.plan("lead", list_id).await.summary.run).await;
    assert_eq!(first.summary.tally.refused_records, 1);
    let shown = detail(&app, first.summary.run, 1).await;
    let at_fault: Vec<&str> = shown
        .editable
        .iter()
        .filter(|field| field.at_fault)
        .map(|field| field.target.as_str())
        .collect();
    assert_eq!(at_fault, ["Company"], "{:?}", shown.line.error);
    let retried: RunView = app
        .call(
            "runs.retry",
            picked(first.summary.run, 1, &json!({ "Company": "Typed Works" })),
        )
        .await;
    app.send(retried.summary.run).await;
    let soql = "SELECT Company FROM Lead WHERE LastName = 'Retrythree'";
    assert_eq!(app.records().texts(soql, "Company").await, ["Typed Works"]);
}

#[tokio::test]
async fn refused_records_are_tried_again_with_all_that_failed() {
    let app = TestApp::connected().await;
    let rule = json!({ "name": "Lead_Can_Be_Reached", "active": true });
    app.control().switch("validation-rules", &rule).await.unwrap();
    let text = "ZoomInfo Contact ID,Last Name,First Name,Email Address,Company Name\n\
                910000005,Retryfive,Ada,retryfive@people-of-landbridge.com,\n\
                910000006,Retrysix,Ada,,Retry Works\n\
                910000007,Retryseven,Ada,retryseven@people-of-landbridge.com,Retry Works\n";
    let list_id = import(&app, text).await;
    let first = app.send(app.plan("lead", list_id).await.summary.run).await;
    let run = first.summary.run;
    assert_eq!(
        outcomes(&app, run).await,
        [Outcome::Refused, Outcome::Failed, Outcome::Created]
    );
    let params = json!({
        "run": run,
        "lines": { "kind": "failed" },
        "edits": [
            { "line": 1, "values": { "Company": "Typed Works" } },
            { "line": 2, "values": { "Email": "retrysix@people-of-landbridge.com" } }
        ]
    });
    let again: RunView = app.call("runs.retry", params).await;
    assert_eq!(again.plan.create_records, 2);
    let done = app.send(again.summary.run).await;
    assert_eq!(done.summary.tally.created_records, 2, "{:?}", done.reasons);
}

#[tokio::test]
async fn a_run_with_refused_records_alone_may_be_retried() {
    let app = TestApp::connected().await;
    let text = "ZoomInfo Contact ID,Last Name,First Name,Email Address,Company Name\n\
                910000008,Retryeight,Ada,retryeight@people-of-landbridge.com,\n\
                910000009,Retrynine,Ada,retrynine@people-of-landbridge.com,Retry Works\n";
    let list_id = import(&app, text).await;
    let done = app.send(app.plan("lead", list_id).await.summary.run).await;
    assert_eq!(
        (
            done.summary.tally.refused_records,
            done.summary.tally.failed_records
        ),
        (1, 0)
    );
    assert!(done.may.retry);
}

#[tokio::test]
async fn a_retry_keeps_to_what_is_offered_today() {
    let app = TestApp::connected().await;
    let rule = json!({ "name": "Lead_Can_Be_Reached", "active": true });
    app.control().switch("validation-rules", &rule).await.unwrap();
    let text = "ZoomInfo Contact ID,Last Name,First Name,Email Address,Company Name\n\
                910000010,Retryten,Ada,,Retry Works\n";
    let list_id = import(&app, text).await;
    let choice = json!({ "object": "lead", "list_id": list_id, "selection": { "kind": "all" }, "limit_records": null,
        "on_duplicate": "create" });
    let planned: RunView = app.call("export.plan", choice).await;
    let run = app.send(planned.summary.run).await.summary.run;
    app.change_export_settings(
        "lead",
        json!({ "duplicates": { "checking": "standard", "offers_update": true, "offers_create": false,
            "offers_skip": true, "default_action": "update", "unsure_follow_default": false } }),
    )
    .await;
    let failed = json!({ "run": run, "lines": { "kind": "failed" } });
    let fault = app.fault("runs.retry", failed.clone()).await;
    assert!(
        fault.code == Code::Refused && fault.sentence.contains("is not offered for leads"),
        "{fault}"
    );
    let mut otherwise = failed;
    otherwise["on_duplicate"] = json!("skip");
    let retried: RunView = app.call("runs.retry", otherwise).await;
    assert_eq!(
        (retried.options.on_duplicate, retried.plan.create_records),
        (Some(DuplicateAction::Skip), 1)
    );
}

#[tokio::test]
async fn a_line_is_shown_whole() {
    let app = TestApp::connected().await;
    let run = run_with_a_failure(&app).await.summary.run;
    let created = detail(&app, run, 2).await;
    let written: Vec<(&str, Option<&str>, Option<&str>)> = created
        .differences
        .iter()
        .filter(|difference| ["LastName", "Company"].contains(&difference.target.as_str()))
        .map(|difference| {
            (
                difference.label.as_str(),
                difference.before.as_deref(),
                difference.after.as_deref(),
            )
        })
        .collect();
    assert!(
        written.contains(&("Last Name", None, Some("Retrytwo"))),
        "{written:?}"
    );
    assert!(
        written.contains(&("Company", None, Some("Retry Works"))),
        "{written:?}"
    );
    let source = |label: &str| {
        let shown = created.source.iter().find(|shown| shown.label == label);
        shown.map(|shown| shown.value.clone())
    };
    assert_eq!(source("Last Name").as_deref(), Some("Retrytwo"));
    assert_eq!(source("Segment").as_deref(), Some("B"));
    assert!(field(&created, "LeadSource").value == "ZoomInfo");
    assert_eq!(
        app.fault("runs.line", json!({ "run": run, "line": 3 }))
            .await
            .code,
        Code::NotFound
    );
}

#[tokio::test]
async fn an_update_is_shown_with_what_was_there_before() {
    let app = TestApp::connected().await;
    let fields = json!({ "LastName": "Retryfive", "FirstName": "Ada", "Company": "Retry Works", "Email": "retryfive@people-of-landbridge.com" });
    app.records().create("Lead", fields).await;
    let text = lists::people(&[Person {
        last_name: "Retryfive",
        company: "Retry Works",
        website: "retry-works.com",
        ..Person::default()
    }]);
    let list_id = import(&app, &text).await;
    let planned = app.plan("lead", list_id).await;
    assert_eq!(planned.plan.update_records, 1);
    let shown = detail(&app, planned.summary.run, 1).await;
    let website = shown
        .differences
        .iter()
        .find(|difference| difference.target == "Website")
        .unwrap();
    assert_eq!(
        (website.before.as_deref(), website.after.as_deref()),
        (None, Some("retry-works.com"))
    );
    let name = shown
        .differences
        .iter()
        .find(|difference| difference.target == "LastName")
        .unwrap();
    assert_eq!(name.before.as_deref(), Some("Retryfive"));
}
