//! What a plan rests on changes between the plan and its sending: an owner, a campaign, a field; and an org that refuses all.

use engine::Code;
use engine::contract::app::AppState;
use engine::contract::runs::{Campaigns, LedgerLine, LedgerPage, Outcome, RunState, RunView};
use serde_json::{Value, json};
use support::{TestApp, lists};

async fn import(app: &TestApp, records: u32) -> i64 {
    let file = app.file("people.csv", lists::contacts(records));
    app.import(&file, "People").await.list.list_id
}

async fn ledger(app: &TestApp, run: i64) -> Vec<LedgerLine> {
    let query = json!({ "run": run, "outcome": null, "search": "", "offset": 0, "limit": 500 });
    let page: LedgerPage = app.call("runs.ledger", query).await;
    page.lines
}

async fn deactivate(app: &TestApp, name: &str) {
    let soql = format!("SELECT Username FROM User WHERE Name = '{name}'");
    let username = app.records().texts(&soql, "Username").await.remove(0);
    let inactive = json!({ "username": username, "active": false });
    app.control().switch("users", &inactive).await.unwrap();
}

#[tokio::test]
async fn an_owner_who_is_deactivated_after_the_plan_gets_no_record() {
    let app = TestApp::connected().await;
    let soql = "SELECT Id FROM User WHERE Name = 'Priya Raman'";
    let priya = app.records().texts(soql, "Id").await.remove(0);
    let people: Value = app.call("people.mapping", json!({})).await;
    let operator = json!({
        "person": people["people"][0]["person"], "name": "Test Operator", "email": "operator@acme.example", "role": "admin",
    });
    let _: Value = app.call("people.change", operator).await;
    let map = json!({ "email": "operator@acme.example", "user": priya });
    let _: Value = app.call("people.map", map).await;
    let list_id = import(&app, 30).await;
    let planned = app.plan("lead", list_id).await;
    let run = planned.summary.run;
    assert_eq!(planned.plan.owner.unwrap().name, "Priya Raman");
    deactivate(&app, "Priya Raman").await;
    let before = app.org.record_count("Lead").unwrap();

    let stopped: RunView = app.call("export.send", json!({ "run": run })).await;
    assert_eq!(stopped.summary.state, RunState::Planned);
    assert!(
        stopped
            .plan
            .replanned_sentence
            .starts_with("Priya Raman was deactivated in Salesforce since"),
        "{}",
        stopped.plan.replanned_sentence
    );
    assert_eq!(
        app.org.record_count("Lead").unwrap(),
        before,
        "somebody looks first"
    );
    let done = app.send(run).await;
    assert_eq!(done.summary.tally.created_records, 30, "{:?}", done.reasons);
    let owners = "SELECT Id FROM Lead WHERE LastName LIKE 'Marsh%' AND Owner.Name = 'Demo Admin'";
    assert_eq!(app.records().query(owners).await.len(), 30);
}

#[tokio::test]
async fn a_field_that_is_hidden_while_records_change_is_told_before_anything_is_written() {
    let app = TestApp::connected().await;
    let list_id = import(&app, 3).await;
    let run = app.plan("lead", list_id).await.summary.run;
    let somebody = json!({ "LastName": "Newcomer", "Company": "Works 900" });
    app.records().create("Lead", somebody).await;
    let hidden = json!({ "object": "Lead", "field": "Title", "right": "hidden" });
    app.control().change_field(hidden).await.unwrap();
    let before = app.org.record_count("Lead").unwrap();

    let answer = app.engine().call("export.send", json!({ "run": run })).await;
    let told = answer.map_or_else(|fault| fault.to_string(), |run| run.to_string());
    assert!(told.contains("Title"), "{told}");
    assert_eq!(app.org.record_count("Lead").unwrap(), before);
}

#[tokio::test]
async fn a_campaign_that_is_deleted_after_the_plan_is_told_before_anything_is_written() {
    let app = TestApp::connected().await;
    let fields = json!({ "Name": "Short-lived", "IsActive": true });
    let campaign = app.records().create("Campaign", fields).await;
    let found: Campaigns = app
        .call("export.campaigns", json!({ "search": "Short-lived" }))
        .await;
    let status = found.campaigns[0].statuses[0].clone();
    let list_id = import(&app, 3).await;
    let choice = json!({ "object": "lead", "list_id": list_id, "selection": { "kind": "all" }, "limit_records": null,
        "campaign": { "campaign_id": campaign, "name": "Short-lived", "status": status } });
    let planned: RunView = app.call("export.plan", choice).await;
    let run = planned.summary.run;
    app.records().delete("Campaign", &campaign).await;
    let before = app.org.record_count("Lead").unwrap();
    let fault = app.fault("export.send", json!({ "run": run })).await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::Refused, Some("campaign"))
    );
    assert!(
        fault.sentence.contains("“Short-lived” is not there any more")
            && fault.sentence.contains("Choose another campaign"),
        "{fault}"
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before);
    let kept: RunView = app.call("runs.show", json!({ "run": run })).await;
    assert_eq!(kept.summary.state, RunState::Planned);
}

#[tokio::test]
async fn a_campaign_that_is_deleted_while_a_run_is_sent_fails_the_memberships_alone() {
    for records in [4, 40] {
        let app = TestApp::connected().await;
        let fields = json!({ "Name": "Short-lived", "IsActive": true });
        let campaign = app.records().create("Campaign", fields).await;
        let list_id = import(&app, records).await;
        let choice = json!({ "object": "lead", "list_id": list_id, "selection": { "kind": "all" }, "limit_records": null,
            "campaign": { "campaign_id": campaign, "name": "Short-lived", "status": "Sent" } });
        let planned: RunView = app.call("export.plan", choice).await;
        // It is deleted once the check before the sending is made, as the first call that writes arrives.
        let run = planned.summary.run;
        app.control().hold_jobs().await.unwrap();
        app.control()
            .add_trouble(r#"{ "calls": [ { "which": { "family": "collections" }, "when": { "first": 1 }, "what": { "status": 503 } } ] }"#)
            .await
            .unwrap();
        let mut events = app.engine().watch();
        let _: RunView = app.call("export.send", json!({ "run": run })).await;
        app.records().delete("Campaign", &campaign).await;
        app.control().release_jobs().await.unwrap();
        let mut ended = app.settled(run, &mut events).await;
        while ended.summary.state == RunState::Waiting {
            let _: RunView = app.call("runs.resume", json!({ "run": run })).await;
            ended = app.settled(run, &mut events).await;
        }
        assert_eq!(
            (ended.summary.state, ended.summary.tally.created_records),
            (RunState::Done, records),
            "{:?}",
            ended.summary
        );
        let members = ended.members.unwrap();
        assert_eq!(
            (members.failed_members, members.added_members),
            (records, 0),
            "{members:?}"
        );
    }
}

#[tokio::test]
async fn a_field_that_is_deleted_after_the_plan_is_named_in_the_ledger() {
    for records in [3, 40] {
        let app = TestApp::connected().await;
        let list_id = import(&app, records).await;
        let planned = app.plan("lead", list_id).await;
        let run = planned.summary.run;
        let before = app.org.record_count("Lead").unwrap();
        app.control()
            .change_field(json!({ "object": "Lead", "field": "Title", "right": "hidden" }))
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        let done = app.send(run).await;
        assert_eq!(done.summary.tally.failed_records, records, "{:?}", done.summary);
        assert_eq!(app.org.record_count("Lead").unwrap(), before);
        let lines = ledger(&app, run).await;
        assert!(
            lines.iter().all(|line| {
                line.outcome == Outcome::Failed
                    && line.error.as_ref().is_some_and(|error| error.contains("Title"))
            }),
            "{:?}",
            lines[0]
        );
        // Once the mapping is mended, what failed is sent.
        let saved: Value = app.call("mapping.show", json!({ "object": "lead" })).await;
        let mut rows = saved["rows"].as_array().unwrap().clone();
        rows.retain(|row| row["target"] != "Title");
        let params =
            json!({ "object": "lead", "rows": rows, "based_on_version": saved["version"], "note": "" });
        let _: Value = app.call("mapping.save", params).await;
        let failed = json!({ "run": run, "lines": { "kind": "failed" } });
        let retried: RunView = app.call("runs.retry", failed).await;
        let done = app.send(retried.summary.run).await;
        assert_eq!(done.summary.tally.created_records, records, "{:?}", done.reasons);
    }
}

#[tokio::test]
async fn an_org_that_refuses_every_record_leaves_a_ledger_to_retry() {
    for records in [5, 40] {
        let app = TestApp::connected().await;
        let list_id = import(&app, records).await;
        let planned = app.plan("lead", list_id).await;
        let run = planned.summary.run;
        let required = json!({ "object": "Lead", "field": "Fax", "required": true });
        app.control().change_field(required).await.unwrap();
        let before = app.org.record_count("Lead").unwrap();
        let done = app.send(run).await;
        assert_eq!(
            (done.summary.state, done.summary.tally.failed_records),
            (RunState::Done, records),
            "{:?}",
            done.reasons
        );
        assert!(done.may.retry && !done.may.undo);
        assert_eq!(
            (
                done.reasons.len(),
                done.reasons[0].records,
                done.reasons[0].code.as_str()
            ),
            (1, records, "REQUIRED_FIELD_MISSING")
        );
        assert_eq!(app.org.record_count("Lead").unwrap(), before);
        let usual = json!({ "object": "Lead", "field": "Fax" });
        app.control().change_field(usual).await.unwrap();
        let retried: RunView = app
            .call("runs.retry", json!({ "run": run, "lines": { "kind": "failed" } }))
            .await;
        let done = app.send(retried.summary.run).await;
        assert_eq!(done.summary.tally.created_records, records);
    }
}

#[tokio::test]
async fn who_may_not_add_members_is_told_when_a_campaign_is_chosen() {
    let app = TestApp::start().await;
    app.connect_as("some.fields@landbridge-demo.example").await;
    let _: AppState = app.call("settings.exports_on", json!({ "on": true })).await;
    let list_id = import(&app, 3).await;
    let soql = "SELECT Id FROM Campaign WHERE IsActive = true";
    let campaign = app.records().texts(soql, "Id").await.remove(0);
    let choice = json!({ "object": "lead", "list_id": list_id, "selection": { "kind": "all" }, "limit_records": null,
        "campaign": { "campaign_id": campaign, "name": "Spring", "status": "Sent" } });
    let fault = app.fault("export.plan", choice).await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::Refused, Some("campaign"))
    );
    assert!(
        fault.sentence.contains("may not add members to campaigns")
            && fault.sentence.contains("Marketing User"),
        "{fault}"
    );
}
