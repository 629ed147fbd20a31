//! What the three settings answer, and what accounts may not be created.

use engine::Code;
use engine::contract::runs::{MatchingAccounts, RunView};
use serde_json::json;
use support::TestApp;
use support::lists::Person;

use super::{accounts_named, accounts_of, answer, at_northbridge, import, make_account, questions};

#[tokio::test]
async fn no_account_by_each_setting() {
    for (setting, expected) in [
        ("create", (1, 1, 0)),
        ("without_account", (0, 1, 0)),
        ("skip", (0, 0, 1)),
    ] {
        let app = TestApp::connected().await;
        app.change_export_rules(json!({ "no_account": setting })).await;
        let list_id = import(&app, &[at_northbridge("Accone")]).await;
        let planned = app.plan("contact", list_id).await;
        let plan = &planned.plan;
        assert_eq!(
            (
                plan.create_account_records,
                plan.create_records,
                plan.skip_records
            ),
            expected,
            "{setting}"
        );
        assert_eq!(
            (
                plan.ask_companies,
                questions(&app, planned.summary.run).await.total_companies
            ),
            (0, 0)
        );
        if plan.create_records > 0 {
            app.send(planned.summary.run).await;
            let accounts = accounts_named(&app, "Northbridge Testing").await;
            let expected = if accounts.is_empty() {
                vec![String::new()]
            } else {
                accounts
            };
            assert_eq!(accounts_of(&app, "Accone").await, expected, "{setting}");
        }
    }
}

#[tokio::test]
async fn one_account_by_each_setting() {
    for (setting, expected) in [
        ("manual", (1, 0, 0)),
        ("associate", (0, 1, 0)),
        ("skip", (0, 0, 1)),
    ] {
        let app = TestApp::connected().await;
        app.change_export_rules(json!({ "one_account": setting })).await;
        let account = make_account(&app, "Northbridge Testing Inc.", "").await;
        let list_id = import(&app, &[at_northbridge("Accone")]).await;
        let planned = app.plan("contact", list_id).await;
        let run = planned.summary.run;
        let plan = &planned.plan;
        assert_eq!(
            (plan.ask_companies, plan.create_records, plan.skip_records),
            expected,
            "{setting}"
        );
        if setting == "manual" {
            let company = questions(&app, run).await.companies.remove(0);
            assert_eq!(
                (company.accounts, company.candidates.len()),
                (MatchingAccounts::One, 1)
            );
            let candidate = &company.candidates[0];
            assert_eq!(
                (
                    candidate.account_id.as_str(),
                    candidate.name.as_str(),
                    candidate.criterion.as_str()
                ),
                (
                    account.as_str(),
                    "Northbridge Testing Inc.",
                    "Website domain and name"
                )
            );
            assert_eq!(candidate.owner, "Demo Admin");
            answer(
                &app,
                run,
                1,
                json!({ "kind": "associate", "account_id": account }),
            )
            .await;
        }
        if setting != "skip" {
            app.send(run).await;
            assert_eq!(accounts_of(&app, "Accone").await, [account], "{setting}");
        }
    }
}

#[tokio::test]
async fn several_accounts_by_each_setting() {
    for (setting, expected) in [
        ("manual", (1, 0, 0)),
        ("best_match", (0, 1, 0)),
        ("skip", (0, 0, 1)),
    ] {
        let app = TestApp::connected().await;
        app.change_export_rules(json!({ "several_accounts": setting }))
            .await;
        let first = make_account(&app, "Northbridge Testing", "1").await;
        let second = make_account(&app, "Northbridge Testing", "2").await;
        // Of accounts of one grade the last changed is the best.
        tokio::time::timeout(std::time::Duration::from_secs(30), later(&app, &second, &first))
            .await
            .unwrap();
        let list_id = import(&app, &[at_northbridge("Accone")]).await;
        let planned = app.plan("contact", list_id).await;
        let run = planned.summary.run;
        let plan = &planned.plan;
        assert_eq!(
            (plan.ask_companies, plan.create_records, plan.skip_records),
            expected,
            "{setting}"
        );
        if setting == "manual" {
            let company = questions(&app, run).await.companies.remove(0);
            assert_eq!(company.accounts, MatchingAccounts::Several);
            let ids: Vec<&str> = company
                .candidates
                .iter()
                .map(|one| one.account_id.as_str())
                .collect();
            assert_eq!(ids, [first.as_str(), second.as_str()]);
            answer(&app, run, 1, json!({ "kind": "associate", "account_id": second })).await;
        }
        if setting != "skip" {
            app.send(run).await;
            let expected = if setting == "manual" { &second } else { &first };
            assert_eq!(
                accounts_of(&app, "Accone").await.first(),
                Some(expected),
                "{setting}"
            );
        }
    }
}

/// Changes an account until it was changed later than another, by the org's own clock.
async fn later(app: &TestApp, other: &str, account: &str) {
    let modified = async |id: &str| {
        let soql = format!("SELECT LastModifiedDate FROM Account WHERE Id = '{id}'");
        app.records().texts(&soql, "LastModifiedDate").await.remove(0)
    };
    while modified(account).await <= modified(other).await {
        app.records()
            .update("Account", account, json!({ "Fax": "1" }))
            .await;
    }
}

#[tokio::test]
async fn accounts_that_may_not_be_exported_cannot_be_created() {
    let app = TestApp::connected().await;
    app.change_export_settings("account", json!({ "allowed": false }))
        .await;
    app.change_export_rules(json!({ "no_account": "create" })).await;
    let list_id = import(&app, &[at_northbridge("Accone")]).await;
    let planned = app.plan("contact", list_id).await;
    let run = planned.summary.run;
    assert_eq!(
        (planned.plan.ask_companies, planned.plan.create_account_records),
        (1, 0)
    );
    let company = questions(&app, run).await.companies.remove(0);
    assert!(
        company
            .cannot_create
            .unwrap()
            .contains("Accounts may not be exported")
    );
    let params = json!({ "run": run, "companies": [1], "answer": { "kind": "create" } });
    let fault = app.fault("runs.answer_companies", params).await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::Refused, Some("answer"))
    );
    let answered: RunView = app
        .call("runs.answer_all", json!({ "run": run, "on_ask": "default" }))
        .await;
    assert_eq!(
        (answered.plan.ask_companies, answered.plan.create_records),
        (0, 1)
    );
}

#[tokio::test]
async fn no_more_accounts_are_created_than_one_export_may() {
    let app = TestApp::connected().await;
    app.change_export_settings("account", json!({ "limit_records": 2 }))
        .await;
    app.change_export_rules(json!({ "no_account": "create" })).await;
    let names = ["Limitone", "Limittwo", "Limitthree"];
    let people = names.map(|last_name| Person {
        last_name,
        company: last_name,
        ..Person::default()
    });
    let list_id = import(&app, &people).await;
    let planned = app.plan("contact", list_id).await;
    let run = planned.summary.run;
    assert_eq!(
        (planned.plan.create_account_records, planned.plan.ask_companies),
        (2, 1)
    );
    let page = questions(&app, run).await;
    let company = &page.companies[0];
    assert_eq!(company.name, "Limitthree");
    assert!(
        company
            .cannot_create
            .as_ref()
            .unwrap()
            .contains("creates 2 accounts already")
    );
    // One less makes room for it.
    answer(&app, run, 1, json!({ "kind": "without_account" })).await;
    let answered = answer(&app, run, company.company, json!({ "kind": "create" })).await;
    assert_eq!(
        (answered.plan.create_account_records, answered.plan.ask_companies),
        (2, 0)
    );
    app.send(run).await;
    assert_eq!(accounts_named(&app, "Limitone").await, Vec::<String>::new());
    for name in ["Limittwo", "Limitthree"] {
        assert_eq!(accounts_of(&app, name).await, accounts_named(&app, name).await);
    }
}
