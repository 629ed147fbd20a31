//! Undo of contacts and the accounts that were made for them, after somebody merged these or put something into them.

use engine::Event;
use engine::contract::runs::{LedgerLine, LedgerPage, RunKind, RunState, RunView};
use serde_json::json;
use support::lists::Person;
use support::other_client::OtherClient;
use support::{TestApp, lists};

const COMPANY: &str = "Merged Works";

/// Two contacts with an account that is made for them; returns the run and the account's id.
async fn exported(app: &TestApp) -> (i64, String) {
    app.change_export_rules(json!({ "no_account": "create" })).await;
    let person = |last_name| Person {
        last_name,
        company: COMPANY,
        website: "merged-works-of-landbridge.com",
        company_id: "",
    };
    let file = app.file(
        "people.csv",
        lists::people(&[person("Mergedone"), person("Mergedtwo")]),
    );
    let list_id = app.import(&file, "People").await.list.list_id;
    let run = app.plan("contact", list_id).await.summary.run;
    let done = app.send(run).await;
    assert_eq!(
        (
            done.summary.tally.created_records,
            done.summary.created_account_records
        ),
        (2, 1),
        "{:?}",
        done.reasons
    );
    let account = format!("SELECT Id FROM Account WHERE Name = '{COMPANY}'");
    (run, app.records().texts(&account, "Id").await.remove(0))
}

async fn ids_of_contacts(app: &TestApp) -> Vec<String> {
    let soql = "SELECT Id FROM Contact WHERE LastName LIKE 'Merged%' ORDER BY LastName";
    app.records().texts(soql, "Id").await
}

async fn plan_undo(app: &TestApp, run: i64) -> RunView {
    app.call("runs.plan_undo", json!({ "run": run })).await
}

async fn lines(app: &TestApp, run: i64) -> Vec<LedgerLine> {
    let query = json!({ "run": run, "outcome": null, "search": "", "offset": 0, "limit": 100 });
    let page: LedgerPage = app.call("runs.ledger", query).await;
    page.lines
}

#[tokio::test]
async fn whoever_watches_an_undo_is_told_its_plan() {
    let app = TestApp::connected().await;
    let (run, _) = exported(&app).await;
    let mut events = app.engine().watch();
    let undo = plan_undo(&app, run).await;
    let mut told = None;
    while let Ok(event) = events.try_recv() {
        if let Event::Run { run } = event {
            told = Some(run);
        }
    }
    let told = told.expect("the plan is told");
    assert_eq!(
        (told.summary.run, told.summary.kind, told.summary.state),
        (undo.summary.run, RunKind::Undo, RunState::Planned)
    );
    assert_eq!(told.plan, undo.plan);
}

/// A merge puts the children of an account into the one that stays, and deletes it.
async fn merge(app: &TestApp, from: &str, contacts: &[String], into: &str) {
    let somebody = OtherClient::of_somebody_else(&app.org).await.unwrap();
    for contact in contacts {
        somebody
            .update("Contact", contact, &json!({ "AccountId": into }))
            .await
            .unwrap();
    }
    somebody.delete("Account", from).await.unwrap();
}

#[tokio::test]
async fn contacts_whose_account_was_merged_into_another_are_left_alone() {
    let app = TestApp::connected().await;
    let (run, made) = exported(&app).await;
    let kept = json!({ "Name": "Kept Works" });
    let kept = app.records().create("Account", kept).await;
    let contacts = ids_of_contacts(&app).await;
    merge(&app, &made, &contacts, &kept).await;
    let undo = plan_undo(&app, run).await;
    assert_eq!((undo.plan.delete_records, undo.plan.skip_records), (0, 2));
    let codes: Vec<_> = lines(&app, undo.summary.run)
        .await
        .into_iter()
        .map(|line| line.error_code.unwrap_or_default())
        .collect();
    assert_eq!(codes, ["changed_since", "changed_since", "already_deleted"]);
    let soql = "SELECT AccountId FROM Contact WHERE LastName LIKE 'Merged%'";
    assert_eq!(app.records().texts(soql, "AccountId").await, [kept.clone(), kept]);
}

#[tokio::test]
async fn an_account_into_which_another_was_merged_stays_with_what_came_with_it() {
    let app = TestApp::connected().await;
    let (run, made) = exported(&app).await;
    let records = app.records();
    let other = records.create("Account", json!({ "Name": "Other Works" })).await;
    let contact = json!({ "LastName": "Newcomer", "AccountId": other });
    let newcomer = records.create("Contact", contact).await;
    merge(&app, &other, std::slice::from_ref(&newcomer), &made).await;
    let undo = plan_undo(&app, run).await;
    assert_eq!(undo.plan.delete_records, 2);
    let undone = app.send(undo.summary.run).await;
    assert_eq!(undone.summary.tally.deleted_records, 2, "{:?}", undone.reasons);
    assert!(ids_of_contacts(&app).await.is_empty());
    let account = lines(&app, undo.summary.run).await.pop().unwrap();
    assert_eq!(
        (account.salesforce_id.as_deref(), account.error_code.as_deref()),
        (Some(made.as_str()), Some("has_children")),
        "{account:?}"
    );
    assert_eq!(records.get("Contact", &newcomer).await["AccountId"], made);
}

/// Deleting an account deletes its contacts, and with these their memberships.
#[tokio::test]
async fn what_would_be_deleted_with_an_account_keeps_it() {
    let app = TestApp::connected().await;
    let (run, made) = exported(&app).await;
    let undo = plan_undo(&app, run).await;
    assert_eq!(undo.plan.delete_records, 2);
    // After the plan, somebody's contact comes into the account and becomes a member of a campaign.
    let records = app.records();
    let contact = json!({ "LastName": "Newcomer", "AccountId": made });
    let newcomer = records.create("Contact", contact).await;
    let soql = "SELECT Id FROM Campaign WHERE Name = 'Spring Webinar'";
    let campaign = records.texts(soql, "Id").await.remove(0);
    let member = json!({ "CampaignId": campaign, "ContactId": newcomer });
    let member = records.create("CampaignMember", member).await;
    let undone = app.send(undo.summary.run).await;
    assert_eq!(undone.summary.tally.deleted_records, 2, "{:?}", undone.reasons);
    assert_eq!(
        records.get("CampaignMember", &member).await["ContactId"],
        newcomer
    );
    assert_eq!(records.get("Account", &made).await["Name"], COMPANY);
}
