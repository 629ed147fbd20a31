//! What is written and how: only what changes, parents first, locked rows again alone, rules as they were announced.

use std::path::Path;

use demo_org::{DuplicateAction, Options};
use engine::contract::app::AppState;
use engine::contract::runs::{LedgerLine, LedgerPage, Outcome, RunState, RunView};
use model::{CompanyAnswer, LineAction, LineOutcome, MatchingAccounts, PlanCounts, RunOptions, TargetObject};
use serde_json::{Value, json};
use store::{CompanyRow, LineRow, MemberRow, MemberState, NewLine, Store, Write};
use support::other_client::OtherClient;
use support::{TestApp, lists};

async fn connected_with(options: Options) -> TestApp {
    let app = TestApp::start_with(options).await;
    app.connect().await;
    let _: AppState = app.call("settings.exports_on", json!({ "on": true })).await;
    app
}

async fn planned(app: &TestApp, object: &str, records: u32) -> RunView {
    let file = app.file("people.csv", lists::contacts(records));
    let list = app.import(&file, &format!("People {records}")).await.list;
    app.plan(object, list.list_id).await
}

async fn ledger(app: &TestApp, run: i64) -> Vec<LedgerLine> {
    let page: LedgerPage = app
        .call(
            "runs.ledger",
            json!({ "run": run, "outcome": null, "search": "", "offset": 0, "limit": 500 }),
        )
        .await;
    page.lines
}

/// Sends a run whose first call that writes has to wait; what is done meanwhile comes after the last look at the org.
async fn send_while(app: &TestApp, run: i64, meanwhile: impl AsyncFnOnce()) -> RunView {
    let limit = |family: &str| json!({ "which": { "family": family }, "when": { "first": 1 }, "what": "daily_limit" });
    let trouble = json!({ "calls": [limit("collections"), limit("ingest")] });
    app.control().add_trouble(&trouble.to_string()).await.unwrap();
    let waiting = app.send(run).await;
    assert_eq!(waiting.summary.state, RunState::Waiting);
    app.control().clear("trouble").await.unwrap();
    meanwhile().await;
    let mut events = app.engine().watch();
    let _: RunView = app.call("runs.resume", json!({ "run": run })).await;
    app.settled(run, &mut events).await
}

/// Changes a plan in the workspace, as the planning of accounts and campaigns does, and counts it again.
fn replan(workspace: &Path, run: i64, change: impl FnOnce(&Write<'_>)) {
    let store = Store::open(workspace).unwrap();
    store
        .write(|write| {
            change(write);
            let row = write.run(run)?.unwrap();
            let counts = write.plan_counts(run, row.object, PlanCounts::default())?;
            write.finish_plan(run, &counts, &row.findings, row.estimated_api_calls)?;
            write.tally_plan(run, &counts)
        })
        .unwrap();
}

/// A run's options as they are stored.
fn set_options(workspace: &Path, run: i64, change: impl FnOnce(&mut RunOptions)) {
    let database = rusqlite::Connection::open(workspace.join("landbridge.sqlite")).unwrap();
    let text: String = database
        .query_row("SELECT options FROM run WHERE run_id = ?1", [run], |row| {
            row.get(0)
        })
        .unwrap();
    let mut options: RunOptions = serde_json::from_str(&text).unwrap();
    change(&mut options);
    database
        .execute(
            "UPDATE run SET options = ?2 WHERE run_id = ?1",
            rusqlite::params![run, serde_json::to_string(&options).unwrap()],
        )
        .unwrap();
}

/// Values as the database keeps them.
fn kept_cells(cells: &serde_json::Map<String, Value>) -> String {
    serde_json::to_string(cells).unwrap()
}

fn same_line(row: &LineRow) -> NewLine {
    NewLine {
        line: row.line,
        object: row.object,
        profile_id: row.profile_id,
        zoominfo_id: row.zoominfo_id.clone(),
        name: row.name.clone(),
        company: row.company.clone(),
        action: row.action,
        outcome: row.action.first_outcome(),
        rule: row.rule.clone(),
        criterion: row.criterion.clone(),
        grade: row.grade,
        notes: row.notes.clone(),
        cells: kept_cells(&row.cells),
        changes: row.changes.clone(),
        modified_at: row.modified_at.clone(),
        edits: row.edits.clone(),
        answer: row.answer,
        company_number: row.company_number,
        parent_id: row.parent_id.clone(),
        digest: None,
        salesforce_id: row.salesforce_id.clone(),
        error_code: None,
        error: None,
        settled_at: None,
    }
}

#[tokio::test]
async fn updates_write_only_the_fields_that_change() {
    for records in [10, 60] {
        let app = TestApp::connected().await;
        let org = OtherClient::of(&app.org);
        let mut ids = Vec::new();
        for number in 0..records / 2 {
            let record = json!({
                "LastName": format!("Marsh{number}"), "Company": "Kept Company", "Title": "Kept title",
                "Email": format!("ada.marsh{number}@works{}.example", number / 3),
            });
            ids.push(org.create("Lead", &record).await.unwrap());
        }
        let before = app.org.record_count("Lead").unwrap();
        let plan = planned(&app, "lead", records).await;
        assert_eq!(
            (plan.plan.create_records, plan.plan.update_records),
            (records - records / 2, records / 2)
        );
        // Somebody deletes one of them after the last look at the org.
        let done = send_while(&app, plan.summary.run, async || {
            org.delete("Lead", &ids[0]).await.unwrap();
        })
        .await;
        let tally = done.summary.tally;
        assert_eq!(
            (tally.created_records, tally.updated_records, tally.failed_records),
            (records - records / 2, records / 2 - 1, 1),
            "{:?}",
            done.reasons
        );
        assert_eq!(
            app.org.record_count("Lead").unwrap(),
            before + records - records / 2 - 1
        );
        let updated = org
            .query("SELECT Title, Company, FirstName FROM Lead WHERE Company = 'Kept Company'")
            .await
            .unwrap();
        assert_eq!(u32::try_from(updated.len()).unwrap(), records / 2 - 1);
        for lead in updated {
            assert_eq!(
                (&lead["Title"], &lead["FirstName"]),
                (&json!("Kept title"), &json!("Ada"))
            );
        }
        let failed = ledger(&app, plan.summary.run)
            .await
            .into_iter()
            .find(|line| line.outcome == Outcome::Failed)
            .unwrap();
        assert_eq!(failed.error_code.as_deref(), Some("ENTITY_IS_DELETED"));
        assert!(failed.error.unwrap().contains("recycle bin"));
    }
}

#[tokio::test]
async fn locked_rows_are_sent_again_alone_and_fail_with_a_sentence_at_last() {
    for (records, tries, fails) in [(20, 2, false), (60, 3, false), (20, 50, true), (60, 50, true)] {
        let app = TestApp::connected().await;
        let plan = planned(&app, "lead", records).await;
        let before = app.org.record_count("Lead").unwrap();
        app.control()
            .add_trouble(&format!(
                r#"{{ "row_locks": [ {{ "object": "Lead", "fraction": 0.3, "tries": {tries}, "seed": 7 }} ] }}"#
            ))
            .await
            .unwrap();
        let done = app.send(plan.summary.run).await;
        let tally = done.summary.tally;
        assert_eq!(done.summary.state, RunState::Done);
        assert_eq!(tally.created_records + tally.failed_records, records);
        assert_eq!(tally.failed_records > 0, fails, "{:?}", done.reasons);
        assert_eq!(
            app.org.record_count("Lead").unwrap(),
            before + tally.created_records
        );
        for line in ledger(&app, plan.summary.run).await {
            if line.outcome == Outcome::Failed {
                assert_eq!(line.error_code.as_deref(), Some("UNABLE_TO_LOCK_ROW"));
                assert_eq!(line.attempts, 6);
                assert!(line.error.unwrap().contains("Retry it later"));
            }
        }
    }
}

#[tokio::test]
async fn records_that_an_alerting_rule_stops_are_saved_where_that_was_agreed() {
    for (records, action, agreed) in [
        (8, DuplicateAction::Alert, true),
        (40, DuplicateAction::Alert, true),
        (40, DuplicateAction::Alert, false),
        (40, DuplicateAction::Block, true),
    ] {
        let app = connected_with(Options {
            duplicate_rules: Some(action),
            ..Options::default()
        })
        .await;
        let plan = planned(&app, "lead", records).await;
        let run = plan.summary.run;
        let org = OtherClient::of(&app.org);
        set_options(app.workspace(), run, |options| options.save_past_alerts = agreed);
        // Made after the last look at the org, so that only its rule can find them.
        let done = send_while(&app, run, async || {
            for number in 0..3 {
                let record = json!({
                    "LastName": format!("Marsh{number}"), "Company": format!("Works {}", number / 3),
                    "Email": format!("ada.marsh{number}@works{}.example", number / 3),
                });
                org.create("Lead", &record).await.unwrap();
            }
        })
        .await;
        let saved = agreed && action == DuplicateAction::Alert;
        let stopped = if saved { 0 } else { 3 };
        assert_eq!(
            (
                done.summary.tally.created_records,
                done.summary.tally.failed_records
            ),
            (records - stopped, stopped),
            "{:?}",
            done.reasons
        );
        for line in ledger(&app, run).await {
            if line.outcome == Outcome::Failed {
                let error = line.error.unwrap();
                assert_eq!(line.error_code.as_deref(), Some("DUPLICATES_DETECTED"));
                let names_rule = error.contains("Standard_Lead_Duplicate_Rule") && error.contains("Lead 00Q");
                assert_eq!(names_rule, action == DuplicateAction::Block, "{error}");
            }
        }
    }
}

/// Gives each three contacts of a run a company whose account is to be created.
fn add_companies(write: &Write<'_>, run: i64, records: u32) {
    let lines = write.lines(run, &store::LineFilter::default(), 0, 500).unwrap();
    for (company, contacts) in lines.chunks(3).enumerate() {
        let number = u32::try_from(company).unwrap() + 1;
        let account_line = records + number;
        for contact in contacts {
            let line = NewLine {
                company_number: Some(number),
                ..same_line(contact)
            };
            write.set_line(run, &line).unwrap();
        }
        // The second company's account is one that Salesforce refuses.
        let name = if number == 2 {
            "x".repeat(300)
        } else {
            format!("Works {company}")
        };
        let account = NewLine {
            line: account_line,
            object: TargetObject::Account,
            name: format!("Works {company}"),
            action: LineAction::Create,
            outcome: LineOutcome::Planned,
            cells: json!({ "Name": name }).to_string(),
            ..same_line(&contacts[0])
        };
        write.set_line(run, &account).unwrap();
        write
            .set_company(
                run,
                &CompanyRow {
                    company_number: number,
                    company_key: number.to_string(),
                    name: format!("Works {company}"),
                    website: String::new(),
                    profile_id: contacts[0].profile_id,
                    contacts: 3,
                    accounts: MatchingAccounts::None,
                    candidates: Vec::new(),
                    answer: Some(CompanyAnswer::Create),
                    is_automatic: true,
                    account_key: None,
                    account_line: Some(account_line),
                    account_id: None,
                },
            )
            .unwrap();
    }
}

#[tokio::test]
async fn contacts_get_the_accounts_that_are_made_for_them() {
    for records in [9, 60] {
        let app = TestApp::connected().await;
        let plan = planned(&app, "contact", records).await;
        let run = plan.summary.run;
        replan(app.workspace(), run, |write| add_companies(write, run, records));
        let done = app.send(run).await;
        assert_eq!(done.summary.state, RunState::Done, "{done:?}");
        assert_eq!(
            (
                done.summary.tally.created_records,
                done.summary.tally.failed_records
            ),
            (records - 3, 3),
            "{:?}",
            done.reasons
        );
        let org = OtherClient::of(&app.org);
        let contacts = org
            .query("SELECT LastName, Account.Name FROM Contact WHERE LastName LIKE 'Marsh%'")
            .await
            .unwrap();
        assert_eq!(u32::try_from(contacts.len()).unwrap(), records - 3);
        for contact in &contacts {
            let number: u32 = contact["LastName"].as_str().unwrap()[5..].parse().unwrap();
            assert_eq!(contact["Account"]["Name"], format!("Works {}", number / 3));
        }
        let accounts = org
            .query("SELECT Id FROM Account WHERE Name LIKE 'Works %'")
            .await
            .unwrap();
        assert_eq!(
            u32::try_from(accounts.len()).unwrap(),
            records / 3 - 1,
            "one account a company"
        );
        let failed = ledger(&app, run)
            .await
            .into_iter()
            .find(|line| {
                line.outcome == Outcome::Failed && line.error_code.as_deref() == Some("account_not_created")
            })
            .unwrap();
        assert!(failed.error.unwrap().contains("Works 1"));

        // The undo takes accounts after their contacts, and keeps one that has another child by now.
        let kept = accounts[0]["Id"].as_str().unwrap();
        org.create(
            "Contact",
            &json!({ "LastName": "Of somebody else", "AccountId": kept }),
        )
        .await
        .unwrap();
        let undo: RunView = app.call("runs.plan_undo", json!({ "run": run })).await;
        assert_eq!(undo.plan.delete_records, records - 3);
        let undone = app.send(undo.summary.run).await;
        assert_eq!(undone.summary.state, RunState::Done, "{undone:?}");
        let left = org
            .query("SELECT Id FROM Account WHERE Name LIKE 'Works %'")
            .await
            .unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0]["Id"], kept);
        let left = org
            .query(
                "SELECT LastName FROM Contact WHERE LastName LIKE 'Marsh%' OR LastName = 'Of somebody else'",
            )
            .await
            .unwrap();
        assert_eq!(left.len(), 1, "{left:?}");
    }
}

#[tokio::test]
async fn exported_people_become_members_of_a_campaign_and_an_undo_takes_them_out() {
    for records in [10, 40] {
        let app = TestApp::connected().await;
        let org = OtherClient::of(&app.org);
        let campaign = org
            .create("Campaign", &json!({ "Name": "Spring", "IsActive": true }))
            .await
            .unwrap();
        let mut known = Vec::new();
        for number in 0..2 {
            let record = json!({
                "LastName": format!("Marsh{number}"), "Company": format!("Works {}", number / 3),
                "Email": format!("ada.marsh{number}@works{}.example", number / 3),
            });
            known.push(org.create("Lead", &record).await.unwrap());
        }
        // The first is a member already, with a status of its own.
        org.create(
            "CampaignMember",
            &json!({ "CampaignId": campaign, "LeadId": known[0], "Status": "Responded" }),
        )
        .await
        .unwrap();
        let plan = planned(&app, "lead", records).await;
        let run = plan.summary.run;
        set_options(app.workspace(), run, |options| {
            options.campaign = Some(model::CampaignChoice {
                campaign_id: campaign.clone(),
                name: "Spring".to_owned(),
                status: "Sent".to_owned(),
            });
        });
        replan(app.workspace(), run, |write| {
            for line in 1..=records {
                let member = MemberRow {
                    line,
                    state: MemberState::Planned,
                    member_id: None,
                    error_code: None,
                    error: None,
                };
                write.set_member(run, &member).unwrap();
            }
        });
        let done = app.send(run).await;
        let members = done.members.unwrap();
        assert_eq!(
            (
                members.added_members,
                members.known_members,
                members.failed_members
            ),
            (records - 1, 1, 0),
            "{:?}",
            done.reasons
        );
        let query = format!("SELECT LeadId, Status FROM CampaignMember WHERE CampaignId = '{campaign}'");
        let in_org = org.query(&query).await.unwrap();
        assert_eq!(u32::try_from(in_org.len()).unwrap(), records);
        let status = |id: &str, members: &[Value]| {
            members
                .iter()
                .find(|member| member["LeadId"] == id)
                .map(|member| member["Status"].as_str().unwrap().to_owned())
        };
        assert_eq!(status(&known[0], &in_org).as_deref(), Some("Responded"));
        assert_eq!(status(&known[1], &in_org).as_deref(), Some("Sent"));

        let undo: RunView = app.call("runs.plan_undo", json!({ "run": run })).await;
        let undone = app.send(undo.summary.run).await;
        assert_eq!(undone.summary.state, RunState::Done, "{undone:?}");
        let in_org = org.query(&query).await.unwrap();
        assert_eq!(in_org.len(), 1, "{in_org:?}");
        assert_eq!(status(&known[0], &in_org).as_deref(), Some("Responded"));
    }
}

#[tokio::test]
async fn a_text_that_bulk_would_read_as_null_goes_by_rest() {
    let app = TestApp::connected().await;
    let plan = planned(&app, "lead", 40).await;
    let run = plan.summary.run;
    replan(app.workspace(), run, |write| {
        let row = write.line(run, 7).unwrap().unwrap();
        let mut cells = row.cells.clone();
        cells.insert("Title".to_owned(), json!("#N/A"));
        let line = NewLine {
            cells: kept_cells(&cells),
            ..same_line(&row)
        };
        write.set_line(run, &line).unwrap();
    });
    let done = app.send(run).await;
    assert_eq!(done.summary.tally.created_records, 40, "{:?}", done.reasons);
    let org = OtherClient::of(&app.org);
    let found = org
        .query("SELECT LastName FROM Lead WHERE Title = '#N/A'")
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
}

#[tokio::test]
async fn what_nobody_answered_is_left_out_and_says_so() {
    let app = TestApp::connected().await;
    let plan = planned(&app, "lead", 12).await;
    let run = plan.summary.run;
    replan(app.workspace(), run, |write| {
        for number in [2, 5] {
            let row = write.line(run, number).unwrap().unwrap();
            let line = NewLine {
                action: LineAction::Ask,
                outcome: LineOutcome::Asked,
                ..same_line(&row)
            };
            write.set_line(run, &line).unwrap();
        }
    });
    let done = app.send(run).await;
    let tally = done.summary.tally;
    assert_eq!(
        (tally.created_records, tally.skipped_records, tally.asked_records),
        (10, 2, 0)
    );
    let skipped: Vec<LedgerLine> = ledger(&app, run)
        .await
        .into_iter()
        .filter(|line| line.outcome == Outcome::Skipped)
        .collect();
    assert!(
        skipped
            .iter()
            .all(|line| line.error_code.as_deref() == Some("not_answered")),
        "{skipped:?}"
    );
}
