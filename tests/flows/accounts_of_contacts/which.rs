//! Which contacts get an account, and which share one.

use engine::contract::mapping::versions::{SaveAnswer, SavedMapping};
use engine::contract::runs::RunView;
use serde_json::json;
use support::TestApp;
use support::lists::Person;

use super::{accounts_of, at_northbridge, import, make_account};

#[tokio::test]
async fn two_companies_that_are_one_account_share_it() {
    let app = TestApp::connected().await;
    app.change_export_rules(json!({ "no_account": "create" })).await;
    let twin = Person {
        last_name: "Acctwin",
        company: "Northbridge Testing, Inc.",
        website: "northbridge-testing.com",
        company_id: "899",
    };
    let list_id = import(&app, &[at_northbridge("Accone"), twin]).await;
    let planned = app.plan("contact", list_id).await;
    assert_eq!(
        (planned.plan.create_account_records, planned.plan.create_records),
        (1, 2)
    );
    let done = app.send(planned.summary.run).await;
    assert_eq!(done.summary.tally.created_records, 2, "{:?}", done.reasons);
    let accounts = accounts_of(&app, "Accone").await;
    assert_eq!(
        (accounts.len(), &accounts),
        (1, &accounts_of(&app, "Acctwin").await)
    );
}

#[tokio::test]
async fn contacts_without_a_company_are_asked_for_nothing() {
    let app = TestApp::connected().await;
    let person = Person {
        last_name: "Accnone",
        ..Person::default()
    };
    let list_id = import(&app, &[person]).await;
    let planned = app.plan("contact", list_id).await;
    assert_eq!((planned.plan.ask_companies, planned.plan.create_records), (0, 1));
}

#[tokio::test]
async fn a_mapping_that_gives_the_account_is_not_asked_again() {
    let app = TestApp::connected().await;
    let account = make_account(&app, "Fixed Account", "").await;
    let saved: SavedMapping = app.call("mapping.show", json!({ "object": "contact" })).await;
    let mut rows = serde_json::to_value(&saved.rows).unwrap();
    let rows = rows.as_array_mut().unwrap();
    let mut row = rows.last().unwrap().clone();
    row["source"] = json!({ "kind": "fixed", "value": account });
    row["target"] = json!("AccountId");
    rows.push(row);
    let params = json!({ "object": "contact", "rows": rows, "note": "", "based_on_version": null });
    let answer: SaveAnswer = app.call("mapping.save", params).await;
    assert!(answer.saved.is_some(), "{answer:?}");
    let list_id = import(&app, &[at_northbridge("Accone")]).await;
    let planned = app.plan("contact", list_id).await;
    assert_eq!((planned.plan.ask_companies, planned.plan.create_records), (0, 1));
    app.send(planned.summary.run).await;
    assert_eq!(accounts_of(&app, "Accone").await, [account]);
}

#[tokio::test]
async fn an_account_is_not_made_for_nobody() {
    let app = TestApp::connected().await;
    app.change_export_rules(json!({ "no_account": "create" })).await;
    let fields = json!({ "LastName": "Accone", "FirstName": "Ada", "Company": "Northbridge Testing", "Email": "accone@people-of-landbridge.com" });
    app.records().create("Lead", fields).await;
    // The person is a lead, which this run cannot update: it is asked.
    let list_id = import(&app, &[at_northbridge("Accone")]).await;
    let planned = app.plan("contact", list_id).await;
    let run = planned.summary.run;
    assert_eq!(
        (planned.plan.ask_records, planned.plan.create_account_records),
        (1, 0)
    );
    let create = json!({ "run": run, "line": 1, "alike": false, "answer": { "kind": "create" } });
    let created: RunView = app.call("runs.answer", create).await;
    assert_eq!(
        (created.plan.create_records, created.plan.create_account_records),
        (1, 1)
    );
    let skip = json!({ "run": run, "line": 1, "alike": false, "answer": { "kind": "skip" } });
    let skipped: RunView = app.call("runs.answer", skip).await;
    assert_eq!(
        (skipped.plan.create_records, skipped.plan.create_account_records),
        (0, 0)
    );
}
