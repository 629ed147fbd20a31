//! Where companies and their contacts are looked for.

use engine::contract::runs::{CheckPlace, MatchingAccounts, QuestionPage, RunView};
use model::TargetObject;
use serde_json::json;
use support::TestApp;

use super::{accounts_of, answer, at_northbridge, import, questions};
use crate::mirror::fill;

#[tokio::test]
async fn a_small_run_finds_another_spelling_of_a_company_in_the_mirror() {
    let app = TestApp::connected().await;
    let fields = json!({ "Name": "NORTH-BRIDGE TESTING" });
    let account = app.records().create("Account", fields).await;
    let list_id = import(&app, &[at_northbridge("Accone")]).await;
    let planned = app.plan("contact", list_id).await;
    let without = questions(&app, planned.summary.run).await.companies.remove(0);
    assert_eq!(without.accounts, MatchingAccounts::None);
    fill(&app, TargetObject::Account).await;
    let planned = app.plan("contact", list_id).await;
    let with = questions(&app, planned.summary.run).await.companies.remove(0);
    assert_eq!(with.accounts, MatchingAccounts::One, "{:?}", planned.plan.checks);
    assert_eq!(with.candidates[0].account_id, account);
    let check = planned.plan.checks.last().unwrap();
    assert_eq!(
        (check.place, check.hit_records),
        (CheckPlace::Mirror, 1),
        "{check:?}"
    );
    assert!(
        check.method.starts_with("Accounts of 1 company: the mirror of"),
        "{check:?}"
    );
}

/// A list of one person with the phone number of the company.
fn with_company_phone(phone: &str) -> String {
    format!(
        "ZoomInfo Contact ID,Last Name,First Name,Email Address,Company Name,Website,Company HQ Phone\n\
         700000001,Accone,Ada,accone@people-of-landbridge.com,Northbridge Testing,northbridge-testing.com,{phone}\n"
    )
}

#[tokio::test]
async fn a_namesake_in_the_companys_account_is_asked_for_whatever_the_account_is_called() {
    let app = TestApp::connected().await;
    // The same company by its phone number and nearly by its name.
    let fields = json!({ "Name": "Northbridge Testing Holdings", "Phone": "+1 555 010 7788" });
    let account = app.records().create("Account", fields).await;
    let namesake = json!({ "LastName": "Accone", "FirstName": "Ada", "AccountId": account });
    let contact = app.records().create("Contact", namesake).await;
    let file = app.file("people.csv", with_company_phone("+1 555 010 7788"));
    let list_id = app.import(&file, "People").await.list.list_id;
    let planned = app.plan("contact", list_id).await;
    let run = planned.summary.run;
    let params = json!({ "run": run, "waiting_only": true, "offset": 0, "limit": 10 });
    let asked: QuestionPage = app.call("runs.questions", params).await;
    assert_eq!(asked.questions.len(), 1, "{:?}", planned.plan.checks);
    let candidate = &asked.questions[0].candidates[0];
    assert_eq!(
        (candidate.salesforce_id.as_str(), candidate.criterion.as_str()),
        (contact.as_str(), "First and last name in the same account")
    );
    let check = planned.plan.checks.last().unwrap();
    assert!(
        check
            .method
            .starts_with("1 contact in the accounts of their companies"),
        "{check:?}"
    );
    let update =
        json!({ "run": run, "line": 1, "alike": false, "answer": { "kind": "update", "candidate": 1 } });
    let answered: RunView = app.call("runs.answer", update).await;
    assert_eq!(
        (answered.plan.update_records, answered.plan.create_records),
        (1, 0)
    );
    app.send(run).await;
    assert_eq!(accounts_of(&app, "Accone").await, [account]);
}

#[tokio::test]
async fn a_namesake_in_the_companys_account_stays_the_answer_when_its_record_is_touched() {
    let app = TestApp::connected().await;
    let fields = json!({ "Name": "Northbridge Testing Holdings", "Phone": "+1 555 010 7788" });
    let account = app.records().create("Account", fields).await;
    let namesake = json!({ "LastName": "Accone", "FirstName": "Ada", "AccountId": account });
    let contact = app.records().create("Contact", namesake).await;
    let file = app.file("people.csv", with_company_phone("+1 555 010 7788"));
    let list_id = app.import(&file, "People").await.list.list_id;
    let run = app.plan("contact", list_id).await.summary.run;
    let update =
        json!({ "run": run, "line": 1, "alike": false, "answer": { "kind": "update", "candidate": 1 } });
    let _: RunView = app.call("runs.answer", update).await;
    let touched = json!({ "Description": "Touched" });
    app.records().update("Contact", &contact, touched).await;
    let refreshed: RunView = app.call("runs.refresh", json!({ "run": run })).await;
    assert_eq!(
        (refreshed.plan.update_records, refreshed.plan.create_records),
        (1, 0),
        "{}",
        refreshed.plan.replanned_sentence
    );
    app.send(run).await;
    assert_eq!(accounts_of(&app, "Accone").await, [account]);
}

#[tokio::test]
async fn a_namesake_who_comes_into_the_companys_account_after_the_plan_is_asked_for() {
    let app = TestApp::connected().await;
    let fields = json!({ "Name": "Northbridge Testing Holdings", "Phone": "+1 555 010 7788" });
    let account = app.records().create("Account", fields).await;
    let file = app.file("people.csv", with_company_phone("+1 555 010 7788"));
    let list_id = app.import(&file, "People").await.list.list_id;
    let run = app.plan("contact", list_id).await.summary.run;
    answer(
        &app,
        run,
        1,
        json!({ "kind": "associate", "account_id": account }),
    )
    .await;
    let namesake = json!({ "LastName": "Accone", "FirstName": "Ada", "AccountId": account });
    app.records().create("Contact", namesake).await;
    let stopped: RunView = app.call("export.send", json!({ "run": run })).await;
    assert_eq!(
        (stopped.plan.ask_records, stopped.plan.create_records),
        (1, 0),
        "{}",
        stopped.plan.replanned_sentence
    );
}

#[tokio::test]
async fn answers_about_companies_stay_when_the_plan_is_made_anew() {
    let app = TestApp::connected().await;
    let other = support::lists::Person {
        last_name: "Accother",
        company: "Other Testing",
        ..support::lists::Person::default()
    };
    let account = super::make_account(&app, "Northbridge Testing", "").await;
    let list_id = import(&app, &[at_northbridge("Accone"), other]).await;
    let run = app.plan("contact", list_id).await.summary.run;
    answer(
        &app,
        run,
        1,
        json!({ "kind": "associate", "account_id": account }),
    )
    .await;
    answer(&app, run, 2, json!({ "kind": "create" })).await;
    // A new version of the mapping makes the whole plan anew.
    let saved: serde_json::Value = app.call("mapping.show", json!({ "object": "contact" })).await;
    let mut rows = saved["rows"].as_array().unwrap().clone();
    rows.retain(|row| row["target"] != "Title");
    let params =
        json!({ "object": "contact", "rows": rows, "based_on_version": saved["version"], "note": "" });
    let _: serde_json::Value = app.call("mapping.save", params).await;
    let refreshed: RunView = app.call("runs.refresh", json!({ "run": run })).await;
    assert!(
        refreshed.plan.replanned_sentence.contains("version 2"),
        "{}",
        refreshed.plan.replanned_sentence
    );
    assert_eq!(
        (
            refreshed.plan.ask_companies,
            refreshed.plan.create_records,
            refreshed.plan.create_account_records
        ),
        (0, 2, 1)
    );
    // An account that is gone is no answer any more.
    app.records().delete("Account", &account).await;
    rows.retain(|row| row["target"] != "MobilePhone");
    let params = json!({ "object": "contact", "rows": rows, "based_on_version": null, "note": "" });
    let _: serde_json::Value = app.call("mapping.save", params).await;
    let refreshed: RunView = app.call("runs.refresh", json!({ "run": run })).await;
    assert_eq!(
        (
            refreshed.plan.ask_companies,
            refreshed.plan.create_account_records
        ),
        (1, 1)
    );
    answer(&app, run, 1, json!({ "kind": "without_account" })).await;
    let done = app.send(run).await;
    assert_eq!(done.summary.tally.created_records, 2, "{:?}", done.reasons);
    assert_eq!(accounts_of(&app, "Accone").await, [String::new()]);
}
