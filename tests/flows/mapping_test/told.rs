//! What a test tells of each field, and at which row.

use demo_org::DemoOrg;
use engine::contract::mapping::preview::MappingPreview;
use engine::contract::mapping::test::{FieldVerdict, MappingTest, TestState, TestedField};
use engine::contract::mapping::versions::SavedMapping;
use serde_json::{Value, json};
use support::TestApp;
use support::mapping_rows::{field, fixed, template};

use super::{asked, control, counts, last_test, lead_rows, test, writes};

fn of<'a>(test: &'a MappingTest, target: &str) -> &'a TestedField {
    test.fields
        .iter()
        .find(|field| field.target == target)
        .unwrap_or_else(|| panic!("no {target} in {test:?}"))
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
    rows.push(template(&"{First Name} ".repeat(40), "Title"));
    let done = test(&app, "lead", &rows).await;
    assert_eq!(done.state, TestState::Passed, "{done:#?}");
    let title = of(&done, "Title");
    assert_eq!(title.verdict, FieldVerdict::Truncated);
    assert_eq!(title.sent, title.read_back);
    assert!(!title.sentence.is_empty());
}

#[tokio::test]
async fn the_native_apps_fields_are_tested_with_the_editors_rows() {
    let app = TestApp::connected_with_native_app().await;
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
