//! Assignment rules of leads: the active one for new leads of a small run, the admin's choice for those of a large one, none
//! for anything else.

use std::collections::BTreeMap;

use engine::Code;
use engine::contract::runs::{Api, RunState, RunView};
use serde_json::{Value, json};
use support::{TestApp, lists};

/// Who gets new leads while no rule runs.
const OPERATOR: &str = "Demo Admin";
/// To whom the org's active rule gives new leads.
const BY_ACTIVE_RULE: &str = "Priya Raman";
/// To whom the org's other rule gives them.
const BY_OTHER_RULE: &str = "Inbound Leads";
const OTHER_RULE: &str = "Lead routing to the queue";

async fn import(app: &TestApp, contacts: u32) -> i64 {
    let file = app.file("people.csv", lists::contacts(contacts));
    app.import(&file, "People").await.list.list_id
}

/// How many of the made-up leads each owner has.
async fn owners(app: &TestApp) -> BTreeMap<String, usize> {
    let soql = "SELECT Owner.Name FROM Lead WHERE LastName LIKE 'Marsh%'";
    let mut owners = BTreeMap::new();
    for lead in app.records().query(soql).await {
        let owner = lead["Owner"]["Name"].as_str().unwrap().to_owned();
        *owners.entry(owner).or_default() += 1;
    }
    owners
}

fn all_of(owner: &str, leads: usize) -> BTreeMap<String, usize> {
    BTreeMap::from([(owner.to_owned(), leads)])
}

/// An admin chooses a rule of the org for Bulk exports.
async fn choose_rule(app: &TestApp, name: &str) {
    let soql = format!("SELECT Id FROM AssignmentRule WHERE Name = '{name}'");
    let rule_id = app.records().texts(&soql, "Id").await.remove(0);
    app.change_export_rules(json!({ "bulk_assignment_rule": { "rule_id": rule_id, "name": name } }))
        .await;
}

/// Leads that the first lines of a made-up list update, owned by somebody whom no rule names.
async fn leads_of_mara(app: &TestApp, leads: u32) {
    let soql = "SELECT Id FROM User WHERE Name = 'Mara Okafor'";
    let mara = app.records().texts(soql, "Id").await.remove(0);
    for number in 0..leads {
        let fields = json!({
            "FirstName": "Ada",
            "LastName": format!("Marsh{number}"),
            "Company": format!("Works {}", number / 3),
            "Email": format!("ada.marsh{number}@works{}.example", number / 3),
            "OwnerId": mara,
        });
        app.records().create("Lead", fields).await;
    }
}

async fn send(app: &TestApp, list_id: i64) -> RunView {
    let done = app.send(app.plan("lead", list_id).await.summary.run).await;
    assert_eq!(done.summary.state, RunState::Done, "{:?}", done.summary);
    done
}

#[tokio::test]
async fn twenty_five_new_leads_go_through_the_active_rule_and_twenty_six_through_none() {
    for (leads, api, owner) in [(25, Api::Rest, BY_ACTIVE_RULE), (26, Api::Bulk, OPERATOR)] {
        let app = TestApp::connected().await;
        let list_id = import(&app, leads).await;
        let done = send(&app, list_id).await;
        assert_eq!(
            (done.summary.api, done.summary.tally.created_records),
            (api, leads)
        );
        assert_eq!(owners(&app).await, all_of(owner, leads as usize));
    }
}

#[tokio::test]
async fn updates_keep_their_owner_whichever_rule_runs_for_new_leads() {
    for (known, leads, api, owner_of_new) in [
        (24, 25, Api::Rest, BY_ACTIVE_RULE),
        (26, 28, Api::Bulk, BY_OTHER_RULE),
    ] {
        let app = TestApp::connected().await;
        choose_rule(&app, OTHER_RULE).await;
        leads_of_mara(&app, known).await;
        let list_id = import(&app, leads).await;
        let done = send(&app, list_id).await;
        assert_eq!(
            (
                done.summary.api,
                done.summary.tally.updated_records,
                done.summary.tally.created_records
            ),
            (api, known, leads - known),
            "{:?}",
            done.reasons
        );
        let expected = BTreeMap::from([
            ("Mara Okafor".to_owned(), known as usize),
            (owner_of_new.to_owned(), (leads - known) as usize),
        ]);
        assert_eq!(owners(&app).await, expected);
    }
}

#[tokio::test]
async fn the_rule_that_an_admin_chose_runs_for_all_new_leads_of_a_bulk_export() {
    for (rule, owner) in [(Some(OTHER_RULE), BY_OTHER_RULE), (None, OPERATOR)] {
        let app = TestApp::connected().await;
        if let Some(rule) = rule {
            choose_rule(&app, rule).await;
        }
        // Locked records are sent again alone, by Collections, in the same run and by the same rule.
        let locks = r#"{ "row_locks": [ { "object": "Lead", "fraction": 0.3, "tries": 1, "seed": 3 } ] }"#;
        app.control().add_trouble(locks).await.unwrap();
        let list_id = import(&app, 30).await;
        app.org.forget_calls();
        let done = send(&app, list_id).await;
        assert_eq!(done.summary.tally.created_records, 30, "{:?}", done.reasons);
        assert_eq!(owners(&app).await, all_of(owner, 30));
        let calls = app.org.calls();
        let wrote = |kind: &str| {
            calls
                .iter()
                .any(|call| call.method == "POST" && call.kind.contains(kind))
        };
        assert!(wrote("/jobs/ingest") && wrote("/composite/sobjects"), "{calls:?}");
    }
}

#[tokio::test]
async fn a_chosen_rule_that_was_deleted_is_told_before_anything_is_planned_or_sent() {
    let app = TestApp::connected().await;
    choose_rule(&app, OTHER_RULE).await;
    let list_id = import(&app, 26).await;
    let planned = app.plan("lead", list_id).await;
    let before = app.org.record_count("Lead").unwrap();
    app.control()
        .switch("assignment-rules", &json!({ "delete": OTHER_RULE }))
        .await
        .unwrap();
    let choice = |limit: Option<u32>| json!({ "object": "lead", "list_id": list_id, "selection": { "kind": "all" }, "limit_records": limit });
    let run = json!({ "run": planned.summary.run });
    for (call, params) in [("export.send", run), ("export.plan", choice(None))] {
        let fault = app.fault(call, params).await;
        assert_eq!(
            (fault.code, fault.field.as_deref()),
            (Code::Refused, Some("bulk_assignment_rule")),
            "{call}: {fault}"
        );
        assert!(
            fault.sentence.contains(OTHER_RULE) && fault.sentence.contains("Export tab"),
            "{fault}"
        );
    }
    assert_eq!(app.org.record_count("Lead").unwrap(), before);
    // A small export runs the org's own active rule and asks for no other.
    let small: RunView = app.call("export.plan", choice(Some(25))).await;
    assert_eq!(small.plan.create_records, 25);
    let cancelled: Value = app.call("runs.cancel", json!({ "run": small.summary.run })).await;
    assert_eq!(cancelled["summary"]["state"], "cancelled");
}
