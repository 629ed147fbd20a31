//! The accounts of contacts: one question a company, three settings, and accounts that are made once.

use engine::Code;
use engine::contract::mapping::versions::{SaveAnswer, SavedMapping};
use engine::contract::runs::{
    CompanyAnswer, CompanyPage, LedgerPage, LineDetail, MatchingAccounts, Outcome, RunState, RunView,
};
use serde_json::{Value, json};
use support::lists::Person;
use support::{TestApp, lists};

const NORTHBRIDGE: Person<'_> = Person {
    last_name: "",
    company: "Northbridge Testing",
    website: "https://www.northbridge-testing.com",
    company_id: "801",
};

fn at_northbridge(last_name: &str) -> Person<'_> {
    Person {
        last_name,
        ..NORTHBRIDGE
    }
}

async fn import(app: &TestApp, people: &[Person<'_>]) -> i64 {
    let file = app.file("people.csv", lists::people(people));
    app.import(&file, "People").await.list.list_id
}

async fn questions(app: &TestApp, run: i64) -> CompanyPage {
    let query = json!({ "run": run, "waiting_only": false, "accounts": null, "offset": 0, "limit": 100 });
    app.call("runs.companies", query).await
}

async fn answer(app: &TestApp, run: i64, company: u32, answer: Value) -> RunView {
    let params = json!({ "run": run, "companies": [company], "answer": answer });
    app.call("runs.answer_companies", params).await
}

async fn outcomes(app: &TestApp, run: i64) -> Vec<(Outcome, Option<String>)> {
    let query = json!({ "run": run, "outcome": null, "search": "", "offset": 0, "limit": 500 });
    let page: LedgerPage = app.call("runs.ledger", query).await;
    page.lines
        .into_iter()
        .map(|line| (line.outcome, line.error_code))
        .collect()
}

/// An account that an admin made, with a website that tells it.
async fn make_account(app: &TestApp, name: &str, phone: &str) -> String {
    let fields = json!({ "Name": name, "Website": "northbridge-testing.com", "Phone": phone });
    app.records().create("Account", fields).await
}

async fn accounts_of(app: &TestApp, last_name: &str) -> Vec<String> {
    let soql = format!("SELECT AccountId FROM Contact WHERE LastName = '{last_name}'");
    app.records().texts(&soql, "AccountId").await
}

async fn accounts_named(app: &TestApp, name: &str) -> Vec<String> {
    let soql = format!("SELECT Id FROM Account WHERE Name = '{name}'");
    app.records().texts(&soql, "Id").await
}

#[tokio::test]
async fn contacts_of_one_company_are_one_question_and_get_one_new_account() {
    let app = TestApp::connected().await;
    let list_id = import(&app, &["Accone", "Acctwo", "Accthree"].map(at_northbridge)).await;
    let planned = app.plan("contact", list_id).await;
    let run = planned.summary.run;
    assert_eq!(
        (
            planned.plan.ask_companies,
            planned.plan.ask_records,
            planned.plan.create_records
        ),
        (1, 3, 0)
    );
    let page = questions(&app, run).await;
    assert_eq!((page.total_companies, page.waiting_companies), (1, 1));
    let company = &page.companies[0];
    assert_eq!(
        (company.name.as_str(), company.contacts, company.accounts),
        ("Northbridge Testing", 3, MatchingAccounts::None)
    );
    assert_eq!((company.cannot_create.as_deref(), &company.answer), (None, &None));
    let answered = answer(&app, run, company.company, json!({ "kind": "create" })).await;
    assert_eq!(
        (
            answered.plan.ask_companies,
            answered.plan.ask_records,
            answered.plan.create_records
        ),
        (0, 0, 3)
    );
    assert_eq!(answered.plan.create_account_records, 1);
    let shown: LineDetail = app.call("runs.line", json!({ "run": run, "line": 1 })).await;
    let account = shown
        .differences
        .iter()
        .find(|difference| difference.target == "AccountId")
        .unwrap();
    assert_eq!(
        account.after.as_deref(),
        Some("Northbridge Testing, a new account")
    );
    let done = app.send(run).await;
    assert_eq!(done.summary.tally.created_records, 3, "{:?}", done.reasons);
    assert_eq!(done.summary.created_account_records, 1);
    let account = accounts_named(&app, "Northbridge Testing").await;
    assert_eq!(account.len(), 1);
    for last_name in ["Accone", "Acctwo", "Accthree"] {
        assert_eq!(accounts_of(&app, last_name).await, account);
    }
}

#[tokio::test]
async fn an_answer_can_be_changed_and_taken_back() {
    let app = TestApp::connected().await;
    let other = Person {
        last_name: "Accother",
        company: "Other Testing",
        website: "other-testing.com",
        company_id: "802",
    };
    let list_id = import(&app, &[at_northbridge("Accone"), other]).await;
    let run = app.plan("contact", list_id).await.summary.run;
    for company in [1, 2] {
        answer(&app, run, company, json!({ "kind": "create" })).await;
    }
    let skipped = answer(&app, run, 1, json!({ "kind": "skip" })).await;
    assert_eq!(
        (
            skipped.plan.create_account_records,
            skipped.plan.create_records,
            skipped.plan.skip_records
        ),
        (1, 1, 1)
    );
    assert_eq!(
        outcomes(&app, run).await,
        [
            (Outcome::Skipped, Some("company_skipped".to_owned())),
            (Outcome::Planned, None),
            (Outcome::Planned, None)
        ]
    );
    let without = answer(&app, run, 1, json!({ "kind": "without_account" })).await;
    assert_eq!((without.plan.create_records, without.plan.skip_records), (2, 0));
    let taken_back = answer(&app, run, 1, Value::Null).await;
    assert_eq!(
        (
            taken_back.plan.ask_companies,
            taken_back.plan.ask_records,
            taken_back.plan.create_records
        ),
        (1, 1, 1)
    );
    let page = questions(&app, run).await;
    assert_eq!(page.companies[0].answer, None);
    assert_eq!(page.companies[1].answer, Some(CompanyAnswer::Create {}));
    let done = app.send(run).await;
    assert_eq!(
        outcomes(&app, run).await,
        [
            (Outcome::Skipped, Some("not_answered".to_owned())),
            (Outcome::Created, None),
            (Outcome::Created, None)
        ]
    );
    assert_eq!(
        accounts_named(&app, "Northbridge Testing").await,
        Vec::<String>::new()
    );
    assert_eq!(
        accounts_of(&app, "Accother").await,
        accounts_named(&app, "Other Testing").await
    );
    assert_eq!((done.summary.state, done.may.retry), (RunState::Done, true));
    // What was left without an answer is tried again, and answered this time.
    let retried: RunView = app
        .call(
            "runs.retry",
            json!({ "run": run, "lines": { "kind": "unanswered" } }),
        )
        .await;
    assert_eq!(
        (retried.plan.ask_companies, retried.summary.source_run),
        (1, Some(run))
    );
    answer(&app, retried.summary.run, 1, json!({ "kind": "create" })).await;
    app.send(retried.summary.run).await;
    assert_eq!(
        accounts_of(&app, "Accone").await,
        accounts_named(&app, "Northbridge Testing").await
    );
}

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
async fn an_update_gets_an_account_only_where_it_has_none() {
    let app = TestApp::connected().await;
    let own = make_account(&app, "Own Account of Acctwo", "").await;
    app.records()
        .update("Account", &own, json!({ "Website": "elsewhere-testing.com" }))
        .await;
    for (last_name, account) in [("Accone", Value::Null), ("Acctwo", json!(own))] {
        let email = format!("{}@people-of-landbridge.com", last_name.to_lowercase());
        let fields =
            json!({ "LastName": last_name, "FirstName": "Ada", "Email": email, "AccountId": account });
        app.records().create("Contact", fields).await;
    }
    let list_id = import(&app, &["Accone", "Acctwo"].map(at_northbridge)).await;
    let planned = app.plan("contact", list_id).await;
    let run = planned.summary.run;
    assert_eq!(
        (planned.plan.ask_companies, planned.plan.ask_records),
        (1, 1),
        "{:?}",
        planned.plan
    );
    assert_eq!(questions(&app, run).await.companies[0].contacts, 1);
    let answered = answer(&app, run, 1, json!({ "kind": "create" })).await;
    assert_eq!(
        (answered.plan.update_records, answered.plan.create_account_records),
        (2, 1)
    );
    let done = app.send(run).await;
    assert_eq!(done.summary.tally.updated_records, 2, "{:?}", done.reasons);
    assert_eq!(
        accounts_of(&app, "Accone").await,
        accounts_named(&app, "Northbridge Testing").await
    );
    assert_eq!(accounts_of(&app, "Acctwo").await, [own]);
}

#[tokio::test]
async fn a_contact_with_two_questions_waits_for_both_answers() {
    let app = TestApp::connected().await;
    // The same name at the same company, with another address: likely the same, so it is asked.
    let account = make_account(&app, "Northbridge Testing", "").await;
    let fields = json!({ "LastName": "Accone", "FirstName": "Ada", "Email": "ada@elsewhere-testing.com", "AccountId": account });
    app.records().create("Contact", fields).await;
    let list_id = import(&app, &[at_northbridge("Accone")]).await;
    let planned = app.plan("contact", list_id).await;
    let run = planned.summary.run;
    assert_eq!((planned.plan.ask_companies, planned.plan.ask_records), (1, 1));
    let create = json!({ "run": run, "line": 1, "alike": false, "answer": { "kind": "create" } });
    let half: RunView = app.call("runs.answer", create.clone()).await;
    assert_eq!(
        (half.plan.ask_records, half.plan.create_records),
        (1, 0),
        "the company is still asked"
    );
    let both = answer(
        &app,
        run,
        1,
        json!({ "kind": "associate", "account_id": account }),
    )
    .await;
    assert_eq!((both.plan.ask_records, both.plan.create_records), (0, 1));
    let back: RunView = app
        .call(
            "runs.answer",
            json!({ "run": run, "line": 1, "alike": false, "answer": null }),
        )
        .await;
    assert_eq!((back.plan.ask_records, back.plan.create_records), (1, 0));
    let again: RunView = app.call("runs.answer", create).await;
    assert_eq!((again.plan.ask_records, again.plan.create_records), (0, 1));
    app.send(run).await;
    assert_eq!(accounts_of(&app, "Accone").await, [account.clone(), account]);
}

#[tokio::test]
async fn everything_that_waits_is_answered_at_once() {
    for (on_ask, expected) in [("skip", (0, 0, 2)), ("default", (1, 2, 0))] {
        let app = TestApp::connected().await;
        let account = make_account(&app, "Northbridge Testing", "").await;
        let other = Person {
            last_name: "Accother",
            company: "Other Testing",
            ..Person::default()
        };
        let list_id = import(&app, &[at_northbridge("Accone"), other]).await;
        let run = app.plan("contact", list_id).await.summary.run;
        let answered: RunView = app
            .call("runs.answer_all", json!({ "run": run, "on_ask": on_ask }))
            .await;
        let plan = &answered.plan;
        assert_eq!(
            (
                plan.create_account_records,
                plan.create_records,
                plan.skip_records
            ),
            expected,
            "{on_ask}"
        );
        if on_ask == "default" {
            app.send(run).await;
            assert_eq!(accounts_of(&app, "Accone").await, [account]);
        }
    }
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

#[tokio::test]
async fn many_contacts_of_one_company_are_one_question() {
    let app = TestApp::connected().await;
    let names: Vec<String> = (0..3_000).map(|number| format!("Many{number}")).collect();
    let people: Vec<Person<'_>> = names.iter().map(|name| at_northbridge(name)).collect();
    let list_id = import(&app, &people).await;
    let planned = app.plan("contact", list_id).await;
    let run = planned.summary.run;
    assert_eq!((planned.plan.ask_companies, planned.plan.ask_records), (1, 3_000));
    assert_eq!(questions(&app, run).await.companies[0].contacts, 3_000);
    let answered = answer(&app, run, 1, json!({ "kind": "create" })).await;
    assert_eq!(
        (answered.plan.create_account_records, answered.plan.create_records),
        (1, 3_000)
    );
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
