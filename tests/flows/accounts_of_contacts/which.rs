//! Which contacts get an account, and which share one.

use engine::contract::mapping::versions::{SaveAnswer, SavedMapping};
use engine::contract::runs::{QuestionPage, RunView};
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

/// The mapping puts every contact into this account.
async fn map_account(app: &TestApp, account: &str) {
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
}

#[tokio::test]
async fn a_mapping_that_gives_the_account_is_not_asked_again() {
    let app = TestApp::connected().await;
    let account = make_account(&app, "Fixed Account", "").await;
    map_account(&app, &account).await;
    let list_id = import(&app, &[at_northbridge("Accone")]).await;
    let planned = app.plan("contact", list_id).await;
    assert_eq!((planned.plan.ask_companies, planned.plan.create_records), (0, 1));
    app.send(planned.summary.run).await;
    assert_eq!(accounts_of(&app, "Accone").await, [account]);
}

/// A contact in an account that has nothing in common with the company of the list.
async fn make_namesake(app: &TestApp, account: &str) -> String {
    let namesake = json!({ "LastName": "Accone", "FirstName": "Ada", "AccountId": account });
    app.records().create("Contact", namesake).await
}

async fn make_fixed_account(app: &TestApp) -> String {
    let account = json!({ "Name": "Fixed Account" });
    app.records().create("Account", account).await
}

#[tokio::test]
async fn a_namesake_in_the_account_that_the_mapping_gives_is_asked_for_and_stays_the_answer() {
    let app = TestApp::connected().await;
    let account = make_fixed_account(&app).await;
    let contact = make_namesake(&app, &account).await;
    map_account(&app, &account).await;
    let list_id = import(&app, &[at_northbridge("Accone"), at_northbridge("Acctwo")]).await;
    let planned = app.plan("contact", list_id).await;
    let run = planned.summary.run;
    assert_eq!(
        (planned.plan.ask_records, planned.plan.create_records),
        (1, 1),
        "{:?}",
        planned.plan.checks
    );
    let params = json!({ "run": run, "waiting_only": true, "offset": 0, "limit": 10 });
    let asked: QuestionPage = app.call("runs.questions", params).await;
    let candidate = &asked.questions[0].candidates[0];
    assert_eq!(
        (candidate.salesforce_id.as_str(), candidate.criterion.as_str()),
        (contact.as_str(), "First and last name in the same account")
    );
    let check = planned.plan.checks.last().unwrap();
    assert!(
        check
            .method
            .starts_with("2 contacts in the accounts that the mapping gives"),
        "{check:?}"
    );
    let update =
        json!({ "run": run, "line": 1, "alike": false, "answer": { "kind": "update", "candidate": 1 } });
    let _: RunView = app.call("runs.answer", update).await;
    app.records()
        .update("Contact", &contact, json!({ "Description": "Touched" }))
        .await;
    let refreshed: RunView = app.call("runs.refresh", json!({ "run": run })).await;
    assert_eq!(
        (refreshed.plan.update_records, refreshed.plan.create_records),
        (1, 1),
        "{}",
        refreshed.plan.replanned_sentence
    );
    app.send(run).await;
    assert_eq!(accounts_of(&app, "Accone").await, [account]);
}

#[tokio::test]
async fn a_namesake_who_comes_into_the_account_that_the_mapping_gives_is_asked_for() {
    let app = TestApp::connected().await;
    let account = make_fixed_account(&app).await;
    map_account(&app, &account).await;
    let list_id = import(&app, &[at_northbridge("Accone")]).await;
    let planned = app.plan("contact", list_id).await;
    assert_eq!(planned.plan.create_records, 1);
    make_namesake(&app, &account).await;
    let stopped: RunView = app
        .call("export.send", json!({ "run": planned.summary.run }))
        .await;
    assert_eq!(
        (stopped.plan.ask_records, stopped.plan.create_records),
        (1, 0),
        "{}",
        stopped.plan.replanned_sentence
    );
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
