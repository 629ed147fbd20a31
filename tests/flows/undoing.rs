//! Undo: what it would do is shown first, and then the org is as it was, but for what others changed.

use engine::Code;
use engine::contract::runs::{
    Api, DifferencePage, LedgerLine, LedgerPage, Outcome, RunKind, RunState, RunView,
};
use model::estimated_polls;
use serde_json::{Value, json};
use support::other_client::OtherClient;
use support::{TestApp, lists};

use crate::api_calls::looks_at_jobs;

/// Leads of the org that the first people of [`lists::contacts`] are.
async fn make_known_leads(org: &OtherClient, leads: u32) -> Vec<String> {
    let mut ids = Vec::new();
    for number in 0..leads {
        let record = json!({
            "LastName": format!("Marsh{number}"),
            "Company": format!("Works {}", number / 3),
            "Email": format!("ada.marsh{number}@works{}.example", number / 3),
            "Description": format!("Known, no. {number}"),
        });
        ids.push(org.create("Lead", &record).await.unwrap());
    }
    ids
}

async fn export(app: &TestApp, records: u32) -> RunView {
    let file = app.file("people.csv", lists::contacts(records));
    let list = app.import(&file, &format!("People {records}")).await.list;
    let planned = app.plan("lead", list.list_id).await;
    let done = app.send(planned.summary.run).await;
    assert_eq!(done.summary.state, RunState::Done, "{done:?}");
    done
}

async fn lines(app: &TestApp, run: i64) -> Vec<LedgerLine> {
    let page: LedgerPage = app
        .call(
            "runs.ledger",
            json!({ "run": run, "outcome": null, "search": "", "offset": 0, "limit": 500 }),
        )
        .await;
    page.lines
}

async fn undo_leaves_the_org_as_before(records: u32, known: u32) {
    let app = TestApp::connected().await;
    let org = OtherClient::of(&app.org);
    make_known_leads(&org, known).await;
    let before = org.as_csv("Lead").await.unwrap();
    let done = export(&app, records).await;
    let tally = done.summary.tally;
    assert_eq!(
        (tally.created_records, tally.updated_records),
        (records - known, known),
        "{:?}",
        done.reasons
    );
    assert_ne!(org.as_csv("Lead").await.unwrap(), before);

    app.org.forget_calls();
    let planned: RunView = app
        .call("runs.plan_undo", json!({ "run": done.summary.run }))
        .await;
    assert_eq!(
        (planned.summary.kind, planned.summary.source_run),
        (RunKind::Undo, Some(done.summary.run))
    );
    assert_eq!(
        (planned.plan.delete_records, planned.plan.restore_records),
        (records - known, known)
    );
    assert!(
        app.org.calls().iter().all(|call| call.method == "GET"),
        "a plan writes nothing"
    );
    let differences: DifferencePage = app
        .call(
            "runs.differences",
            json!({ "run": planned.summary.run, "kind": null, "target": null, "offset": 0, "limit": 500 }),
        )
        .await;
    assert_eq!(
        differences.matching_values,
        planned.plan.filled_values + planned.plan.overwritten_values + planned.plan.cleared_values,
        "every restored value is shown: {differences:?}"
    );
    assert!(known == 0 || !differences.differences.is_empty());
    app.org.forget_calls();
    let undone = app.send(planned.summary.run).await;
    let tally = undone.summary.tally;
    assert_eq!(undone.summary.state, RunState::Done, "{undone:?}");
    assert_eq!(
        (
            tally.deleted_records,
            tally.restored_records,
            tally.failed_records
        ),
        (records - known, known, 0),
        "{:?}",
        undone.reasons
    );
    assert_eq!(org.as_csv("Lead").await.unwrap(), before);
    assert_cost_as_foreseen(&app, &planned, &undone);

    let fault = app
        .fault("runs.plan_undo", json!({ "run": undone.summary.run }))
        .await;
    assert!(fault.sentence.contains("cannot be undone"), "{fault}");
    let fault = app
        .fault("runs.plan_undo", json!({ "run": done.summary.run }))
        .await;
    assert_eq!(fault.code, Code::Refused, "nothing is left: {fault}");
}

/// An undo makes the calls that its plan counted. How often a job is looked at is chance, so that is left out of both.
fn assert_cost_as_foreseen(app: &TestApp, planned: &RunView, undone: &RunView) {
    let foreseen_looks: u32 = [planned.plan.delete_records, planned.plan.restore_records]
        .into_iter()
        .filter(|records| *records > 0 && planned.summary.api == Api::Bulk)
        .map(|records| estimated_polls(u64::from(records)))
        .sum();
    assert_eq!(
        undone.summary.api_calls - looks_at_jobs(app),
        planned.plan.estimated_api_calls - foreseen_looks,
        "{:?}",
        app.org.calls()
    );
}

#[tokio::test]
async fn a_small_export_is_undone_by_rest() {
    undo_leaves_the_org_as_before(14, 6).await;
}

#[tokio::test]
async fn a_large_export_is_undone_by_bulk() {
    undo_leaves_the_org_as_before(70, 30).await;
}

#[tokio::test]
async fn the_records_of_a_very_large_export_are_read_by_one_bulk_query() {
    let app = TestApp::connected().await;
    let org = OtherClient::of(&app.org);
    let known = make_known_leads(&org, 3).await;
    let before = org.as_csv("Lead").await.unwrap();
    let done = export(&app, 2_600).await;
    // One is deleted meanwhile, which the query cannot know, and one is changed by somebody.
    let query = "SELECT Id FROM Lead WHERE LastName = 'Marsh1000'";
    let deleted = app.records().texts(query, "Id").await.remove(0);
    org.delete("Lead", &deleted).await.unwrap();
    org.update("Lead", &known[1], &json!({ "Title": "Somebody else" }))
        .await
        .unwrap();
    app.org.forget_calls();
    let planned: RunView = app
        .call("runs.plan_undo", json!({ "run": done.summary.run }))
        .await;
    let calls = app.org.calls();
    assert!(
        calls.len() < 20 && calls.iter().any(|call| call.path.contains("/jobs/query")),
        "{} calls: {calls:?}",
        calls.len()
    );
    assert_eq!(
        (
            planned.plan.delete_records,
            planned.plan.restore_records,
            planned.plan.skip_records
        ),
        (2_596, 2, 2)
    );
    // Somebody is at work on another one before it is sent.
    let query = "SELECT Id FROM Lead WHERE LastName = 'Marsh2000'";
    let taken_up = app.records().texts(query, "Id").await.remove(0);
    let other = OtherClient::of_somebody_else(&app.org).await.unwrap();
    let marked = json!({ "Rating": "Hot" });
    other.update("Lead", &taken_up, &marked).await.unwrap();
    app.org.forget_calls();
    let undone = app.send(planned.summary.run).await;
    let queries = app
        .org
        .calls()
        .iter()
        .filter(|call| call.path.contains("/query"))
        .count();
    assert!(queries <= 4, "{queries} queries look at 2,598 records once more");
    let tally = undone.summary.tally;
    assert_eq!(
        (
            tally.deleted_records,
            tally.restored_records,
            tally.skipped_records,
            tally.failed_records
        ),
        (2_595, 2, 3, 0),
        "{:?}",
        undone.reasons
    );
    let now = org.as_csv("Lead").await.unwrap();
    let differing = now.lines().filter(|line| !before.contains(*line)).count();
    assert_eq!((now.lines().count(), differing), (before.lines().count() + 1, 2));
}

#[tokio::test]
async fn other_children_of_very_many_accounts_are_found_by_few_calls() {
    let app = TestApp::connected().await;
    let mut text = "ZoomInfo Company ID,Company Name,Website\n".to_owned();
    for number in 0..2_100 {
        text += &format!(
            "{},Undo Works {number},undo-works-{number}-of-landbridge.com\n",
            900_000 + number
        );
    }
    let file = app.file("companies.csv", text);
    let list = app.import(&file, "Companies").await.list;
    let planned = app.plan("account", list.list_id).await;
    let done = app.send(planned.summary.run).await;
    assert_eq!(done.summary.tally.created_records, 2_100, "{:?}", done.reasons);
    let query = "SELECT Id FROM Account WHERE Name = 'Undo Works 7'";
    let parent = app.records().texts(query, "Id").await.remove(0);
    let child = json!({ "LastName": "Child", "AccountId": parent });
    app.records().create("Contact", child).await;
    let query = "SELECT Id FROM Account WHERE Name = 'Undo Works 8'";
    let parent = app.records().texts(query, "Id").await.remove(0);
    let child = json!({ "Name": "Child Works", "ParentId": parent });
    app.records().create("Account", child).await;
    app.org.forget_calls();
    let planned: RunView = app
        .call("runs.plan_undo", json!({ "run": done.summary.run }))
        .await;
    let calls = app.org.calls();
    assert!(calls.len() < 30, "{} calls: {calls:?}", calls.len());
    assert_eq!(
        (planned.plan.delete_records, planned.plan.skip_records),
        (2_098, 2)
    );
    let undone = app.send(planned.summary.run).await;
    assert_eq!(
        undone.summary.tally.deleted_records, 2_098,
        "{:?}",
        undone.reasons
    );
    let left = "SELECT Name FROM Account WHERE Name LIKE 'Undo Works%' ORDER BY Name";
    assert_eq!(
        app.records().texts(left, "Name").await,
        ["Undo Works 7", "Undo Works 8"]
    );
}

#[tokio::test]
async fn accounts_with_other_children_than_contacts_stay() {
    let app = TestApp::connected().await;
    let mut text = "ZoomInfo Company ID,Company Name,Website\n".to_owned();
    for number in 0..4 {
        text += &format!(
            "{},Parent Works {number},parent-works-{number}-of-landbridge.com\n",
            910_000 + number
        );
    }
    let file = app.file("companies.csv", text);
    let list = app.import(&file, "Companies").await.list;
    let planned = app.plan("account", list.list_id).await;
    let done = app.send(planned.summary.run).await;
    assert_eq!(done.summary.tally.created_records, 4, "{:?}", done.reasons);
    let account = async |number: u32| {
        let query = format!("SELECT Id FROM Account WHERE Name = 'Parent Works {number}'");
        app.records().texts(&query, "Id").await.remove(0)
    };
    let child = json!({ "Name": "Child Works", "ParentId": account(0).await });
    app.records().create("Account", child).await;
    let project = json!({ "Name": "A project", "Account__c": account(1).await });
    app.records().create("Project__c", project).await;
    let planned: RunView = app
        .call("runs.plan_undo", json!({ "run": done.summary.run }))
        .await;
    assert_eq!((planned.plan.delete_records, planned.plan.skip_records), (2, 2));
    let told: Vec<String> = lines(&app, planned.summary.run)
        .await
        .into_iter()
        .filter(|line| line.error_code.as_deref() == Some("has_children"))
        .filter_map(|line| line.error)
        .collect();
    assert!(
        told.len() == 2
            && told[0].contains("a child account (001")
            && told[1].contains("a record of Project__c (a00"),
        "{told:?}"
    );
    // One comes between the plan and its sending.
    let project = json!({ "Name": "A late project", "Account__c": account(2).await });
    app.records().create("Project__c", project).await;
    let undone = app.send(planned.summary.run).await;
    let tally = undone.summary.tally;
    assert_eq!(
        (tally.deleted_records, tally.skipped_records),
        (1, 3),
        "{:?}",
        undone.reasons
    );
    let left = "SELECT Name FROM Account WHERE Name LIKE 'Parent Works%' ORDER BY Name";
    assert_eq!(
        app.records().texts(left, "Name").await,
        ["Parent Works 0", "Parent Works 1", "Parent Works 2"]
    );
}

#[tokio::test]
async fn children_that_may_not_be_read_are_named() {
    let app = TestApp::connected().await;
    let text =
        "ZoomInfo Company ID,Company Name,Website\n920000,Unread Works,unread-works-of-landbridge.com\n";
    let file = app.file("companies.csv", text);
    let list = app.import(&file, "Companies").await.list;
    let planned = app.plan("account", list.list_id).await;
    let done = app.send(planned.summary.run).await;
    let hidden = json!({ "object": "Project__c", "field": "Account__c", "right": "hidden" });
    app.control().change_field(hidden).await.unwrap();
    let planned: RunView = app
        .call("runs.plan_undo", json!({ "run": done.summary.run }))
        .await;
    assert_eq!(planned.plan.delete_records, 1);
    let forecast = &planned.plan.forecasts[0];
    assert!(
        forecast.title == "Other children of accounts"
            && forecast.sentence.contains("may not read Project__c"),
        "{forecast:?}"
    );
    let undone = app.send(planned.summary.run).await;
    assert_eq!(undone.summary.tally.deleted_records, 1, "{:?}", undone.reasons);
}

#[tokio::test]
async fn what_somebody_changed_or_deleted_since_is_left_alone_and_listed() {
    let app = TestApp::connected().await;
    let org = OtherClient::of(&app.org);
    let known = make_known_leads(&org, 4).await;
    let before = org.as_csv("Lead").await.unwrap();
    let done = export(&app, 10).await;
    let ledger = lines(&app, done.summary.run).await;
    let created: Vec<&str> = ledger
        .iter()
        .filter(|line| line.outcome == Outcome::Created)
        .filter_map(|line| line.salesforce_id.as_deref())
        .collect();
    let other = OtherClient::of_somebody_else(&app.org).await.unwrap();
    let marked = json!({ "Rating": "Hot" });
    other.update("Lead", &known[0], &marked).await.unwrap();
    org.update("Lead", &known[1], &json!({ "Title": "Somebody else" }))
        .await
        .unwrap();
    org.delete("Lead", created[0]).await.unwrap();

    let planned: RunView = app
        .call("runs.plan_undo", json!({ "run": done.summary.run }))
        .await;
    let left: Vec<LedgerLine> = lines(&app, planned.summary.run)
        .await
        .into_iter()
        .filter(|line| line.outcome == Outcome::Skipped)
        .collect();
    let codes: Vec<(Option<&str>, Option<&str>)> = left
        .iter()
        .map(|line| (line.salesforce_id.as_deref(), line.error_code.as_deref()))
        .collect();
    for (id, code) in [
        (known[0].as_str(), "changed_since"),
        (known[1].as_str(), "changed_since"),
        (created[0], "already_deleted"),
    ] {
        assert!(codes.contains(&(Some(id), Some(code))), "{id}: {codes:?}");
    }
    assert_eq!(left.len(), 3, "{left:?}");
    let by_other = left
        .iter()
        .find(|line| line.salesforce_id.as_deref() == Some(known[0].as_str()))
        .and_then(|line| line.error.clone())
        .unwrap();
    assert!(by_other.contains("changed it on"), "{by_other}");

    let undone = app.send(planned.summary.run).await;
    assert_eq!(undone.summary.state, RunState::Done);
    let now = org.as_csv("Lead").await.unwrap();
    let differing: Vec<&str> = now.lines().filter(|line| !before.contains(*line)).collect();
    assert_eq!(
        differing.len(),
        2,
        "only what others changed differs: {differing:?}"
    );

    // What is left can be tried again, and is left alone again.
    let again: RunView = app
        .call("runs.plan_undo", json!({ "run": done.summary.run }))
        .await;
    assert_eq!((again.plan.delete_records, again.plan.restore_records), (0, 0));
    let _: RunView = app.call("runs.cancel", json!({ "run": again.summary.run })).await;
}

/// Records of these lines that are in the org still.
async fn still_there(org: &OtherClient, last_names: &str) -> usize {
    let soql = format!("SELECT Id FROM Lead WHERE LastName LIKE '{last_names}'");
    org.query(&soql).await.unwrap().len()
}

#[tokio::test]
async fn what_somebody_changes_after_the_undo_was_planned_is_left_alone() {
    for (records, known) in [(12, 5), (70, 30)] {
        let app = TestApp::connected().await;
        let org = OtherClient::of(&app.org);
        let known_ids = make_known_leads(&org, known).await;
        let done = export(&app, records).await;
        let ledger = lines(&app, done.summary.run).await;
        let created: Vec<&str> = ledger
            .iter()
            .filter(|line| line.outcome == Outcome::Created)
            .filter_map(|line| line.salesforce_id.as_deref())
            .collect();
        let planned: RunView = app
            .call("runs.plan_undo", json!({ "run": done.summary.run }))
            .await;
        assert_eq!(planned.plan.skip_records, 0);
        let other = OtherClient::of_somebody_else(&app.org).await.unwrap();
        for id in [known_ids[0].as_str(), created[0]] {
            other
                .update("Lead", id, &json!({ "Rating": "Hot" }))
                .await
                .unwrap();
        }
        org.delete("Lead", &known_ids[1]).await.unwrap();

        let undone = app.send(planned.summary.run).await;
        let tally = undone.summary.tally;
        assert_eq!(
            (
                tally.deleted_records,
                tally.restored_records,
                tally.skipped_records,
                tally.failed_records
            ),
            (records - known - 1, known - 2, 3, 0),
            "{:?}",
            undone.reasons
        );
        let left: Vec<LedgerLine> = lines(&app, planned.summary.run)
            .await
            .into_iter()
            .filter(|line| line.outcome == Outcome::Skipped)
            .collect();
        for (id, code) in [
            (known_ids[0].as_str(), "changed_since"),
            (created[0], "changed_since"),
            (known_ids[1].as_str(), "already_deleted"),
        ] {
            let line = left
                .iter()
                .find(|line| line.salesforce_id.as_deref() == Some(id))
                .unwrap();
            assert_eq!(line.error_code.as_deref(), Some(code));
            assert!(
                line.error.as_ref().is_some_and(|error| error.ends_with('.')),
                "{line:?}"
            );
        }
        let soql = format!("SELECT Rating FROM Lead WHERE Id = '{}'", created[0]);
        assert_eq!(org.query(&soql).await.unwrap()[0]["Rating"], "Hot");
    }
}

#[tokio::test]
async fn what_a_later_run_wrote_is_left_alone_until_that_run_is_undone() {
    let app = TestApp::connected().await;
    let org = OtherClient::of(&app.org);
    let person = [
        ("ZoomInfo Contact ID", "3100000001"),
        ("Last Name", "Laterrun"),
        ("First Name", "Ada"),
        ("Email Address", "ada@later-run-of-landbridge.com"),
        ("Company Name", "Later Works"),
    ];
    let mut with_phone = person.to_vec();
    with_phone.push(("Mobile phone", "(555) 010-7711"));
    let mut runs = Vec::new();
    for (name, row) in [("First", person.to_vec()), ("Second", with_phone)] {
        let file = app.file(&format!("{name}.csv"), lists::contacts_with(&[&row]));
        let list = app.import(&file, name).await.list;
        let planned = app.plan("lead", list.list_id).await;
        let done = app.send(planned.summary.run).await;
        assert_eq!(done.summary.tally.failed_records, 0, "{:?}", done.reasons);
        runs.push(done);
    }
    assert_eq!(
        (
            runs[0].summary.tally.created_records,
            runs[1].summary.tally.updated_records
        ),
        (1, 1)
    );
    let (first, second) = (runs[0].summary.run, runs[1].summary.run);
    let planned: RunView = app.call("runs.plan_undo", json!({ "run": first })).await;
    assert_eq!((planned.plan.delete_records, planned.plan.skip_records), (0, 1));
    let line = lines(&app, planned.summary.run).await.remove(0);
    assert_eq!(line.error_code.as_deref(), Some("changed_since"));
    assert!(
        line.error
            .as_ref()
            .is_some_and(|error| error.starts_with(&format!("Run {second} wrote it after run {first}"))),
        "{line:?}"
    );
    let _: RunView = app
        .call("runs.cancel", json!({ "run": planned.summary.run }))
        .await;

    let planned: RunView = app.call("runs.plan_undo", json!({ "run": second })).await;
    assert_eq!(planned.plan.restore_records, 1);
    app.send(planned.summary.run).await;
    let planned: RunView = app.call("runs.plan_undo", json!({ "run": first })).await;
    let line = lines(&app, planned.summary.run).await.remove(0);
    assert!(
        line.error.is_none_or(|error| !error.contains("wrote it after")),
        "a run that was undone does not stand in the way"
    );
    let _: RunView = app
        .call("runs.cancel", json!({ "run": planned.summary.run }))
        .await;
    assert_eq!(still_there(&org, "Laterrun").await, 1);
}

#[tokio::test]
async fn an_undo_that_is_open_is_not_planned_twice() {
    let app = TestApp::connected().await;
    let done = export(&app, 5).await;
    let planned: RunView = app
        .call("runs.plan_undo", json!({ "run": done.summary.run }))
        .await;
    let fault = app
        .fault("runs.plan_undo", json!({ "run": done.summary.run }))
        .await;
    assert_eq!(fault.code, Code::WrongState);
    let cancelled: RunView = app
        .call("runs.cancel", json!({ "run": planned.summary.run }))
        .await;
    assert_eq!(cancelled.summary.state, RunState::Cancelled);
    let _: Value = app
        .call("runs.plan_undo", json!({ "run": done.summary.run }))
        .await;
}
