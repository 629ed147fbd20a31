//! Test Mapping: one record is made, read back, compared and deleted; whatever happens, the org holds none afterwards.

use std::sync::Arc;

use demo_org::{DemoOrg, Options, Trouble};
use engine::contract::app::{AppState, Session};
use engine::contract::mapping::preview::MappingPreview;
use engine::contract::mapping::test::{FieldVerdict, MappingTest, TestState, TestedField};
use engine::contract::mapping::versions::SavedMapping;
use engine::{Code, Engine, EngineOptions, Pace, ReadyConnection};
use secrecy::SecretString;
use serde_json::{Value, json};
use support::{TestApp, TestHost};

/// A row from a ZoomInfo field.
fn field(field: &str, target: &str) -> Value {
    row(&json!({ "kind": "field", "field": field }), target)
}

/// A row with a fixed value.
fn fixed(value: &str, target: &str) -> Value {
    row(&json!({ "kind": "fixed", "value": value }), target)
}

fn row(source: &Value, target: &str) -> Value {
    json!({
        "source": source,
        "target": target,
        "on_update": "fill_if_blank",
        "clear_when_blank": false,
        "block": null,
        "overflow": "truncate",
        "value_map": {},
        "source_unit": null,
        "phone_format": "as_is",
        "date_order": "month_first",
        "time_zone": null,
        "lookup": null,
    })
}

fn lead_rows() -> Vec<Value> {
    vec![
        fixed("Okafor", "LastName"),
        fixed("Tarn and Company", "Company"),
        fixed("219.606.2399", "Phone"),
    ]
}

fn asked(object: &str, rows: &[Value]) -> Value {
    json!({ "object": object, "rows": rows, "sample": { "list_id": null, "index": 0 } })
}

async fn test(app: &TestApp, object: &str, rows: &[Value]) -> MappingTest {
    app.call("mapping.test", asked(object, rows)).await
}

fn of<'a>(test: &'a MappingTest, target: &str) -> &'a TestedField {
    test.fields
        .iter()
        .find(|field| field.target == target)
        .unwrap_or_else(|| panic!("no {target} in {test:?}"))
}

/// How many records of each kind the org holds.
fn counts(org: &DemoOrg) -> Vec<u32> {
    ["Account", "Contact", "Lead"]
        .iter()
        .map(|object| org.record_count(object).unwrap())
        .collect()
}

/// The calls that wrote, without the query of each.
fn writes(org: &DemoOrg) -> Vec<String> {
    org.calls()
        .iter()
        .filter(|call| call.path.contains("/sobjects/") && call.method != "GET")
        .map(|call| {
            let mut parts = call.path.split('/').skip_while(|part| *part != "sobjects");
            format!("{} {}", call.method, parts.nth(1).unwrap_or_default())
        })
        .collect()
}

fn trouble(app: &TestApp, which: &Value, when: &Value, what: &Value) {
    let trouble: Trouble = json!({ "calls": [{ "which": which, "when": when, "what": what }] })
        .to_string()
        .parse()
        .unwrap();
    app.org.add_trouble(trouble);
}

async fn control(app: &TestApp, name: &str, body: Value) {
    app.control().switch(name, &body).await.unwrap();
}

/// Records that a query of the org finds, deleted ones too.
async fn query_all(org: &DemoOrg, soql: &str) -> Vec<Value> {
    let answer = reqwest::Client::new()
        .get(format!("{}/services/data/v60.0/queryAll", org.instance_url()))
        .query(&[("q", soql)])
        .bearer_auth(org.access_token())
        .send()
        .await
        .unwrap();
    let found: Value = answer.json().await.unwrap();
    found["records"]
        .as_array()
        .unwrap_or_else(|| panic!("{found}"))
        .clone()
}

async fn last_test(engine: &Engine, object: &str) -> MappingTest {
    let shown = engine
        .call("mapping.show", json!({ "object": object }))
        .await
        .unwrap();
    let saved: SavedMapping = serde_json::from_value(shown).unwrap();
    saved.last_test.unwrap()
}

#[tokio::test]
async fn the_default_mappings_pass_and_leave_nothing() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    for object in ["account", "contact", "lead"] {
        let saved: SavedMapping = app.call("mapping.show", json!({ "object": object })).await;
        assert_eq!(saved.last_test, None);
        let rows = serde_json::to_value(&saved.rows).unwrap();
        let rows = rows.as_array().unwrap();
        let done = test(&app, object, rows).await;
        assert_eq!(done.state, TestState::Passed, "{done:#?}");
        assert!(
            done.deleted && done.records.iter().all(|record| record.deleted),
            "{done:#?}"
        );
        assert!(done.written_fields > 5 && done.api_calls >= 3, "{done:#?}");
        assert!(done.sentence.contains("deleted"), "{}", done.sentence);
        assert_eq!(last_test(app.engine(), object).await, done);
    }
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn exactly_the_rows_that_passed_are_tested() {
    let app = TestApp::connected().await;
    let mut rows = lead_rows();
    let preview = async |rows: &[Value]| -> MappingPreview {
        let mut asked = asked("lead", rows);
        asked["record"] = Value::Null;
        app.call("mapping.preview", asked).await
    };
    assert!(!preview(&rows).await.tested);
    assert_eq!(test(&app, "lead", &rows).await.state, TestState::Passed);
    assert!(preview(&rows).await.tested);
    rows[1] = fixed("Another Company", "Company");
    assert!(!preview(&rows).await.tested, "the rows are others now");
    rows = lead_rows();
    control(
        &app,
        "triggers",
        json!({ "object": "Lead", "field": "Phone", "change": "format_phone" }),
    )
    .await;
    assert_eq!(test(&app, "lead", &rows).await.state, TestState::Differs);
    assert!(
        !preview(&rows).await.tested,
        "the same rows did not pass the later test"
    );
}

#[tokio::test]
async fn no_assignment_rule_gives_the_record_away() {
    let app = TestApp::connected().await;
    let rows = [fixed("Unassigned", "LastName"), fixed("Tarn", "Company")];
    assert_eq!(test(&app, "lead", &rows).await.state, TestState::Passed);
    let found = query_all(
        &app.org,
        "SELECT OwnerId, CreatedById, IsDeleted FROM Lead WHERE LastName = 'Unassigned'",
    )
    .await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["IsDeleted"], true);
    assert_eq!(
        found[0]["OwnerId"], found[0]["CreatedById"],
        "the org's active rule would have given it to a queue"
    );
}

#[tokio::test]
async fn what_the_org_changes_is_told_at_the_field() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    for (field, change) in [("Phone", "format_phone"), ("Company", "cut"), ("Title", "empty")] {
        control(
            &app,
            "triggers",
            json!({ "object": "Lead", "field": field, "change": change }),
        )
        .await;
    }
    let mut rows = lead_rows();
    rows.push(fixed("Head of Sales", "Title"));
    let done = test(&app, "lead", &rows).await;
    assert_eq!(done.state, TestState::Differs, "{done:#?}");
    assert_eq!(
        (done.written_fields, done.changed_fields, done.refused_fields),
        (1, 3, 0)
    );
    let phone = of(&done, "Phone");
    assert_eq!(
        (
            phone.row,
            phone.verdict,
            phone.sent.as_str(),
            phone.read_back.as_str()
        ),
        (Some(3), FieldVerdict::Changed, "219.606.2399", "(219) 606-2399")
    );
    assert_eq!(
        phone.sentence,
        "Changed by the org: a flow or trigger may format phones."
    );
    let company = of(&done, "Company");
    assert_eq!(
        (company.verdict, company.read_back.as_str()),
        (FieldVerdict::Truncated, "Tarn and C")
    );
    assert_eq!(of(&done, "Title").verdict, FieldVerdict::Changed);
    assert_eq!(of(&done, "LastName").verdict, FieldVerdict::Written);
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn what_is_cut_before_it_is_sent_is_told_and_passes() {
    let app = TestApp::connected().await;
    let mut rows = lead_rows();
    rows.push(row(
        &json!({ "kind": "template", "text": "{First Name} ".repeat(40) }),
        "Title",
    ));
    let done = test(&app, "lead", &rows).await;
    assert_eq!(done.state, TestState::Passed, "{done:#?}");
    let title = of(&done, "Title");
    assert_eq!(title.verdict, FieldVerdict::Truncated);
    assert_eq!(title.sent, title.read_back);
    assert!(!title.sentence.is_empty());
}

#[tokio::test]
async fn the_native_apps_fields_are_tested_with_the_editors_rows() {
    let app = TestApp::start_with(Options {
        native_app: true,
        ..Options::default()
    })
    .await;
    app.connect().await;
    let _: AppState = app.call("settings.exports_on", json!({ "on": true })).await;
    let csv =
        "Last Name,Company Name,ZoomInfo Contact ID,ZoomInfo Company ID\nOkafor,Tarn,2000000001,10000001\n";
    let list_id = app
        .import(&app.file("native.csv", csv), "One person")
        .await
        .list
        .list_id;
    let mut asked = asked("lead", &lead_rows());
    asked["sample"] = json!({ "list_id": list_id, "index": 0 });
    let done: MappingTest = app.call("mapping.test", asked).await;
    assert_eq!(done.state, TestState::Passed, "{done:#?}");
    for (target, id) in [
        ("DOZISF__ZoomInfo_Id__c", "2000000001"),
        ("DOZISF__ZoomInfo_Company_ID__c", "10000001"),
    ] {
        let locked = of(&done, target);
        assert_eq!(
            (locked.row, locked.verdict, locked.read_back.as_str()),
            (None, FieldVerdict::Written, id),
            "no row of the editor gave it"
        );
    }
}

#[tokio::test]
async fn a_value_that_cannot_be_converted_is_told_at_its_row_and_the_rest_is_tested() {
    let app = TestApp::connected().await;
    let mut rows = lead_rows();
    rows.insert(1, field("job_title", "NumberOfEmployees"));
    let done = test(&app, "lead", &rows).await;
    assert_eq!(done.state, TestState::Differs, "{done:#?}");
    let employees = of(&done, "NumberOfEmployees");
    assert_eq!(
        (employees.row, employees.verdict),
        (Some(2), FieldVerdict::Refused)
    );
    assert!(employees.sentence.contains("number"), "{}", employees.sentence);
    assert_eq!((done.written_fields, done.refused_fields), (3, 1));
    assert!(done.deleted);
}

#[tokio::test]
async fn a_mapping_with_faults_is_refused_at_its_rows_and_nothing_is_sent() {
    let app = TestApp::connected().await;
    app.org.forget_calls();
    let mut rows = lead_rows();
    rows.push(field("job_title", "Gone__c"));
    let done = test(&app, "lead", &rows).await;
    assert_eq!(done.state, TestState::Refused, "{done:#?}");
    let error = done.error.as_ref().unwrap();
    assert_eq!(
        (error.rows.as_slice(), error.code.as_str()),
        ([4].as_slice(), "unknown_target")
    );
    assert_eq!(
        (of(&done, "Gone__c").row, of(&done, "Gone__c").verdict),
        (Some(4), FieldVerdict::Refused)
    );
    assert!(
        done.records.is_empty() && done.sentence.contains("Nothing was sent"),
        "{done:#?}"
    );
    assert!(writes(&app.org).is_empty());
}

#[tokio::test]
async fn salesforces_refusal_stands_at_the_row_at_fault() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    let rows = [
        fixed("Ada", "FirstName"),
        fixed("Okafor", "LastName"),
        fixed("001000000000000AAA", "AccountId"),
    ];
    let done = test(&app, "contact", &rows).await;
    assert_eq!(done.state, TestState::Refused, "{done:#?}");
    let error = done.error.as_ref().unwrap();
    assert_eq!(error.targets, ["AccountId"]);
    assert_eq!(error.rows, [3]);
    assert_eq!(of(&done, "AccountId").verdict, FieldVerdict::Refused);
    assert_eq!(of(&done, "LastName").verdict, FieldVerdict::NotRead);
    assert_eq!((done.refused_fields, done.deleted), (1, true));

    control(
        &app,
        "validation-rules",
        json!({ "rule": "Lead_Can_Be_Reached", "active": true }),
    )
    .await;
    let done = test(&app, "lead", &lead_rows()[..2]).await;
    let error = done.error.as_ref().unwrap();
    assert_eq!(error.code, "FIELD_CUSTOM_VALIDATION_EXCEPTION");
    assert!(error.rows.is_empty(), "the rule names no field: {error:?}");
    assert!(
        error
            .sentence
            .contains("Give an e-mail address or a telephone number")
            && error.sentence.contains("rule"),
        "{}",
        error.sentence
    );
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn a_contact_is_tested_with_an_account_of_its_own() {
    let app = TestApp::connected().await;
    control(
        &app,
        "validation-rules",
        json!({ "rule": "Contact_Has_An_Account", "active": true }),
    )
    .await;
    let before = counts(&app.org);
    app.org.forget_calls();
    let rows = [fixed("Ada", "FirstName"), fixed("Okafor", "LastName")];
    let done = test(&app, "contact", &rows).await;
    assert_eq!(done.state, TestState::Passed, "{done:#?}");
    assert_eq!(
        writes(&app.org),
        ["POST Account", "POST Contact", "DELETE Contact", "DELETE Account"]
    );
    let account = of(&done, "AccountId");
    assert_eq!((account.row, account.verdict), (None, FieldVerdict::Written));
    assert_eq!(done.written_fields, 2, "the account is none of the rows");
    assert_eq!(done.records.len(), 2);
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn a_contact_is_tested_without_an_account_that_the_org_refuses() {
    let app = TestApp::connected().await;
    control(
        &app,
        "validation-rules",
        json!({ "rule": "AccountGuard", "active": true }),
    )
    .await;
    let file = app.file(
        "hold.csv",
        "First Name,Last Name,Company Name\nAda,Okafor,Frost (ON HOLD)\n",
    );
    app.import(&file, "On hold").await;
    let rows = [field("first_name", "FirstName"), field("last_name", "LastName")];
    let before = counts(&app.org);
    let done = test(&app, "contact", &rows).await;
    assert_eq!(done.state, TestState::Passed, "{done:#?}");
    assert_eq!(done.sample_name, "Ada Okafor");
    let account = of(&done, "AccountId");
    assert_eq!((account.row, account.verdict), (None, FieldVerdict::Refused));
    assert!(account.sentence.contains("on hold"), "{}", account.sentence);
    assert!(done.sentence.contains("without an account"), "{}", done.sentence);
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn a_record_that_cannot_be_deleted_is_told_opened_and_cleaned_later() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    control(
        &app,
        "undeletable",
        json!({ "object": "Lead", "undeletable": true }),
    )
    .await;
    let done = test(&app, "lead", &lead_rows()).await;
    assert_eq!(
        (done.state, done.deleted),
        (TestState::Passed, false),
        "{done:#?}"
    );
    let record = &done.records[0];
    let id = record.salesforce_id.clone().unwrap();
    assert!(
        !record.deleted && record.sentence.contains("DELETE_FAILED"),
        "{record:?}"
    );
    assert!(done.sentence.contains(&id), "{}", done.sentence);
    let _: Value = app
        .call(
            "mapping.open_record",
            json!({ "test": done.test, "salesforce_id": id }),
        )
        .await;
    assert!(
        app.host
            .opened_pages()
            .iter()
            .any(|page| page.ends_with(&format!("/Lead/{id}/view")))
    );
    let other = json!({ "test": done.test, "salesforce_id": "00Q000000000001AAA" });
    assert_eq!(app.fault("mapping.open_record", other).await.code, Code::NotFound);

    let still: MappingTest = app.call("mapping.clean_test", json!({ "test": done.test })).await;
    assert!(!still.deleted);
    control(
        &app,
        "undeletable",
        json!({ "object": "Lead", "undeletable": false }),
    )
    .await;
    let cleaned: MappingTest = app.call("mapping.clean_test", json!({ "test": done.test })).await;
    assert!(cleaned.deleted && cleaned.records[0].deleted, "{cleaned:#?}");
    assert_eq!(cleaned.state, TestState::Passed);
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn the_next_start_deletes_what_could_not_be_deleted() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    control(
        &app,
        "undeletable",
        json!({ "object": "Contact", "undeletable": true }),
    )
    .await;
    let rows = [fixed("Okafor", "LastName")];
    let done = test(&app, "contact", &rows).await;
    assert_eq!(
        done.records.iter().filter(|record| !record.deleted).count(),
        2,
        "{done:#?}"
    );
    control(
        &app,
        "undeletable",
        json!({ "object": "Contact", "undeletable": false }),
    )
    .await;
    let next = app.reopen().await;
    let told = engine::recover_mapping_tests(&next).await.unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(counts(&app.org), before);
    assert!(last_test(&next, "contact").await.deleted);
    assert!(engine::recover_mapping_tests(&next).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_window_deletes_what_was_left_as_it_opens() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    let delete = json!({ "family": "record", "method": "DELETE" });
    trouble(&app, &delete, &json!("always"), &json!("cut_before_acting"));
    let done = test(&app, "lead", &lead_rows()).await;
    assert!(!done.deleted, "{done:#?}");
    app.org.clear_trouble();
    let next = app.reopen_resuming().await;
    let mut events = next.watch();
    while !last_test(&next, "lead").await.deleted {
        let _told = events.recv().await;
    }
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn a_session_that_expires_between_create_and_delete_is_renewed() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    for method in ["GET", "DELETE"] {
        let which = json!({ "family": "record", "method": method, "path": "*/sobjects/Lead/*" });
        trouble(&app, &which, &json!({ "first": 1 }), &json!("sessions_expire"));
        let done = test(&app, "lead", &lead_rows()).await;
        assert_eq!(
            (done.state, done.deleted),
            (TestState::Passed, true),
            "{method}: {done:#?}"
        );
        app.org.clear_trouble();
    }
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn a_session_that_ends_leaves_a_record_that_the_next_login_deletes() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    let which = json!({ "family": "record", "method": "GET", "path": "*/sobjects/Lead/*" });
    trouble(&app, &which, &json!({ "first": 1 }), &json!("grants_end"));
    let done = test(&app, "lead", &lead_rows()).await;
    assert_eq!(
        (done.state, done.deleted),
        (TestState::Interrupted, false),
        "{done:#?}"
    );
    let id = done.records[0].salesforce_id.clone().unwrap();
    assert!(done.sentence.contains(&id), "{}", done.sentence);
    let state: AppState = app.call("app.state", json!({})).await;
    assert_eq!(state.session, Session::SignedOut);
    assert_eq!(app.org.record_count("Lead").unwrap(), before[2] + 1);

    app.connect().await;
    assert_eq!(counts(&app.org), before);
    let after = last_test(app.engine(), "lead").await;
    assert!(after.deleted && after.sentence.contains(&id), "{after:#?}");
    assert!(
        after.sentence.contains("was deleted at the next start"),
        "{}",
        after.sentence
    );
}

#[tokio::test]
async fn a_lost_answer_at_any_step_is_made_good() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    for (method, what) in [
        ("POST", "lost_reply"),
        ("GET", "lost_reply"),
        ("GET", "cut_before_acting"),
        ("DELETE", "lost_reply"),
        ("DELETE", "cut_before_acting"),
    ] {
        let which = json!({ "family": "record", "method": method, "path": "*/sobjects/Lead*" });
        trouble(&app, &which, &json!({ "first": 1 }), &json!(what));
        app.org.forget_calls();
        let done = test(&app, "lead", &lead_rows()).await;
        assert_eq!(
            (done.state, done.deleted),
            (TestState::Passed, true),
            "{method} {what}: {done:#?}"
        );
        let posts = writes(&app.org)
            .iter()
            .filter(|call| call.starts_with("POST"))
            .count();
        assert_eq!(posts, 1, "a record is never made twice");
        app.org.clear_trouble();
        assert_eq!(counts(&app.org), before, "{method} {what}");
    }
}

#[tokio::test]
async fn a_network_that_stays_away_interrupts_and_lists_the_record() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    // Before the record is made: whether it was is not known, and it is not sent again.
    let create = json!({ "family": "record", "method": "POST" });
    trouble(&app, &create, &json!("always"), &json!("cut_before_acting"));
    let done = test(&app, "lead", &lead_rows()).await;
    assert_eq!(
        (done.state, done.deleted),
        (TestState::Interrupted, false),
        "{done:#?}"
    );
    assert_eq!(
        (done.records.len(), done.records[0].salesforce_id.as_ref()),
        (1, None)
    );
    assert_eq!(counts(&app.org), before);
    app.org.clear_trouble();

    // While it is read back: it is deleted all the same.
    let read = json!({ "family": "record", "method": "GET" });
    trouble(&app, &read, &json!("always"), &json!("cut_before_acting"));
    let done = test(&app, "lead", &lead_rows()).await;
    assert_eq!(
        (done.state, done.deleted),
        (TestState::Interrupted, true),
        "{done:#?}"
    );
    assert_eq!(counts(&app.org), before);
    app.org.clear_trouble();

    // While it is deleted: it is listed, and the next try deletes it.
    let delete = json!({ "family": "record", "method": "DELETE" });
    trouble(&app, &delete, &json!("always"), &json!("cut_before_acting"));
    let done = test(&app, "lead", &lead_rows()).await;
    assert_eq!(
        (done.state, done.deleted),
        (TestState::Interrupted, false),
        "{done:#?}"
    );
    assert!(done.records[0].salesforce_id.is_some());
    app.org.clear_trouble();
    let cleaned: MappingTest = app.call("mapping.clean_test", json!({ "test": done.test })).await;
    assert!(cleaned.deleted, "{cleaned:#?}");
    assert_eq!(counts(&app.org), before);
}

#[tokio::test]
async fn nothing_is_deleted_when_several_records_may_be_the_tests_own() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    // The record is made, but neither the answer nor a search comes through.
    let create = json!({ "family": "record", "method": "POST" });
    trouble(&app, &create, &json!({ "first": 1 }), &json!("lost_reply"));
    trouble(
        &app,
        &json!({ "family": "query" }),
        &json!("always"),
        &json!("cut_before_acting"),
    );
    let done = test(&app, "lead", &lead_rows()).await;
    assert_eq!(done.state, TestState::Interrupted, "{done:#?}");
    app.org.clear_trouble();
    // The same person makes a lead with the same values in the meantime.
    let made = reqwest::Client::new()
        .post(format!(
            "{}/services/data/v60.0/sobjects/Lead",
            app.org.instance_url()
        ))
        .bearer_auth(app.org.access_token())
        .json(&json!({ "LastName": "Okafor", "Company": "Tarn and Company" }))
        .send()
        .await
        .unwrap();
    assert!(made.status().is_success());
    let looked: MappingTest = app.call("mapping.clean_test", json!({ "test": done.test })).await;
    assert!(!looked.deleted);
    assert_eq!(looked.records.len(), 2, "{looked:#?}");
    assert!(
        looked
            .records
            .iter()
            .all(|record| !record.deleted && record.salesforce_id.is_some())
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before[2] + 2);
    // Once one of them is gone, the other may still be somebody's.
    let id = looked.records[0].salesforce_id.clone().unwrap();
    let gone = reqwest::Client::new()
        .delete(format!(
            "{}/services/data/v60.0/sobjects/Lead/{id}",
            app.org.instance_url()
        ))
        .bearer_auth(app.org.access_token())
        .send()
        .await
        .unwrap();
    assert!(gone.status().is_success());
    let looked: MappingTest = app.call("mapping.clean_test", json!({ "test": done.test })).await;
    assert_eq!((looked.deleted, looked.records.len()), (false, 1), "{looked:#?}");
    assert_eq!(app.org.record_count("Lead").unwrap(), before[2] + 1);
}

#[tokio::test]
async fn one_test_runs_at_a_time_in_a_workspace() {
    let app = TestApp::connected().await;
    let before = counts(&app.org);
    let other = app.reopen().await;
    let rows = lead_rows();
    let (one, two) = tokio::join!(
        app.engine().call("mapping.test", asked("lead", &rows)),
        other.call("mapping.test", asked("lead", &rows))
    );
    let busy = match (one, two) {
        (Ok(_), Err(fault)) | (Err(fault), Ok(_)) => fault,
        both => panic!("{both:?}"),
    };
    assert_eq!(busy.code, Code::WorkspaceBusy);
    assert!(busy.sentence.contains("being tested"), "{busy}");
    assert_eq!(counts(&app.org), before);
}

/// Kills the app after every number of calls that a test makes, and opens the workspace anew.
fn kill_everywhere(object: &'static str, rows: &[Value], most_calls: usize) {
    for kill_after_calls in 0..=most_calls {
        let outside = runtime();
        support::use_ring();
        let org = outside.block_on(DemoOrg::start(Options::default())).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let before = counts(&org);

        let first = runtime();
        first.block_on(async {
            let engine = open(folder.path(), &org).await;
            engine.call("connection.check", json!({})).await.unwrap();
            org.forget_calls();
            let asked = asked(object, rows);
            let testing = tokio::spawn(async move { engine.call("mapping.test", asked).await });
            while !testing.is_finished() && org.calls().len() < kill_after_calls {
                tokio::task::yield_now().await;
            }
        });
        first.shutdown_background();

        let second = runtime();
        second.block_on(async {
            let engine = open(folder.path(), &org).await;
            nothing_left(&engine, &org, &before, kill_after_calls).await;
            let again = loop {
                match engine.call("mapping.test", asked(object, rows)).await {
                    Ok(again) => break again,
                    // The killed app may still hold the right to test for a moment.
                    Err(fault) if fault.code == Code::WorkspaceBusy => tokio::task::yield_now().await,
                    Err(fault) => panic!("{fault}"),
                }
            };
            let again: MappingTest = serde_json::from_value(again).unwrap();
            assert_eq!(
                (again.state, again.deleted),
                (TestState::Passed, true),
                "{again:#?}"
            );
            nothing_left(&engine, &org, &before, kill_after_calls).await;
        });
        second.shutdown_background();
        outside.block_on(org.shutdown());
    }
}

/// Starts again until nothing is left: the org may still be working on the last call of the killed app.
async fn nothing_left(engine: &Engine, org: &DemoOrg, before: &[u32], killed_after_calls: usize) {
    let cleaned = async {
        loop {
            engine::recover_mapping_tests(engine).await.unwrap();
            if counts(org) == before {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    let hangs = std::time::Duration::from_secs(60);
    assert!(
        tokio::time::timeout(hangs, cleaned).await.is_ok(),
        "killed after {killed_after_calls} calls: {:?} instead of {before:?}",
        counts(org)
    );
}

#[test]
fn a_lead_test_that_is_killed_at_any_call_leaves_nothing() {
    kill_everywhere("lead", &lead_rows(), 4);
}

#[test]
fn a_contact_test_that_is_killed_at_any_call_leaves_nothing() {
    kill_everywhere(
        "contact",
        &[fixed("Ada", "FirstName"), fixed("Okafor", "LastName")],
        6,
    );
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

async fn open(workspace: &std::path::Path, org: &DemoOrg) -> Engine {
    let ready = ReadyConnection {
        instance_url: org.instance_url(),
        access_token: SecretString::from(org.access_token()),
    };
    Engine::open(EngineOptions {
        workspace: workspace.to_path_buf(),
        host: Arc::new(TestHost::default()),
        ready_connection: Some(ready),
        pace: Pace::immediate(),
        resume_runs: false,
    })
    .await
    .unwrap()
}
