//! Large lists.

use engine::contract::runs::LineDetail;
use serde_json::json;
use support::TestApp;
use support::lists::Person;

use super::{accounts_named, answer, at_northbridge, import, questions};

/// Contacts of one company; `bench-one-company` makes as many as a list may have.
const CONTACTS: u32 = 3_000;

#[tokio::test]
async fn many_contacts_of_one_company_are_one_question_and_go_into_one_account() {
    let contacts = CONTACTS;
    let app = TestApp::connected().await;
    let names: Vec<String> = (0..contacts).map(|number| format!("Many{number}")).collect();
    let people: Vec<Person<'_>> = names.iter().map(|name| at_northbridge(name)).collect();
    let list_id = import(&app, &people).await;
    let planned = app.plan("contact", list_id).await;
    let run = planned.summary.run;
    assert_eq!(
        (planned.plan.ask_companies, planned.plan.ask_records),
        (1, contacts)
    );
    assert_eq!(questions(&app, run).await.companies[0].contacts, contacts);
    let answered = answer(&app, run, 1, json!({ "kind": "create" })).await;
    assert_eq!(
        (answered.plan.create_account_records, answered.plan.create_records),
        (1, contacts)
    );
    let done = app.send(run).await;
    assert_eq!(
        (
            done.summary.tally.created_records,
            done.summary.created_account_records
        ),
        (contacts, 1),
        "{:?}",
        done.reasons
    );
    let account = accounts_named(&app, "Northbridge Testing").await.remove(0);
    let counted =
        format!("SELECT Id FROM Contact WHERE AccountId = '{account}' AND LastName LIKE 'Many%' LIMIT 2000");
    assert_eq!(
        app.records().query(&counted).await.len(),
        contacts.min(2_000) as usize
    );
}

#[tokio::test]
async fn contacts_of_one_account_are_sent_after_each_other() {
    let app = TestApp::connected().await;
    app.change_export_rules(json!({ "no_account": "create" })).await;
    let names: Vec<String> = (0..36).map(|number| format!("Many{number}")).collect();
    let companies = [
        ("Tarn Testing", "91000001"),
        ("Mill Testing", "91000002"),
        ("Quay Testing", "91000003"),
    ];
    let people: Vec<Person<'_>> = (names.iter().zip(companies.iter().cycle()))
        .map(|(name, (company, company_id))| Person {
            company,
            company_id,
            website: "",
            ..at_northbridge(name)
        })
        .collect();
    let list_id = import(&app, &people).await;
    let planned = app.plan("contact", list_id).await;
    app.send(planned.summary.run).await;
    // Ids rise in the order in which records came.
    let sent = app
        .records()
        .query("SELECT AccountId FROM Contact WHERE LastName LIKE 'Many%' ORDER BY Id")
        .await;
    assert_eq!(sent.len(), names.len());
    let changes = sent
        .windows(2)
        .filter(|pair| pair[0]["AccountId"] != pair[1]["AccountId"])
        .count();
    assert_eq!(changes, companies.len() - 1);
}

#[tokio::test]
async fn many_companies_are_looked_for_by_reading_all_accounts_once() {
    let app = TestApp::connected().await;
    app.change_export_rules(json!({ "no_account": "create", "one_account": "associate" }))
        .await;
    let names: Vec<String> = (0..1_500).map(|number| format!("Many{number}")).collect();
    let companies: Vec<String> = (0..1_500)
        .map(|number| format!("Company number {number} of many"))
        .collect();
    let websites: Vec<String> = (0..1_500)
        .map(|number| format!("company-{number}-of-the-many-that-are-tested.com"))
        .collect();
    let people: Vec<Person<'_>> = (0..1_500)
        .map(|place| Person {
            last_name: &names[place],
            company: &companies[place],
            website: &websites[place],
            ..Person::default()
        })
        .collect();
    let known = app
        .records()
        .create("Account", json!({ "Name": "Company Number 7 of Many Ltd." }))
        .await;
    let list_id = import(&app, &people).await;
    let planned = app.plan("contact", list_id).await;
    let check = planned.plan.checks.last().unwrap();
    assert!(
        check
            .method
            .starts_with("Accounts of 1,500 companies: one Bulk query of"),
        "{}",
        check.method
    );
    assert_eq!(
        (planned.plan.create_account_records, planned.plan.ask_companies),
        (1_499, 0)
    );
    let shown: LineDetail = app
        .call("runs.line", json!({ "run": planned.summary.run, "line": 8 }))
        .await;
    let account = shown
        .differences
        .iter()
        .find(|difference| difference.target == "AccountId")
        .unwrap();
    assert_eq!(
        account.after.as_deref(),
        Some("Company Number 7 of Many Ltd."),
        "{known}"
    );
}
