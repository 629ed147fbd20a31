//! What is asked of a company, and what its answers do.

use engine::contract::runs::{CompanyAnswer, LineDetail, MatchingAccounts, Outcome, RunState, RunView};
use serde_json::{Value, json};
use support::TestApp;
use support::lists::Person;

use super::{accounts_named, accounts_of, answer, at_northbridge, import, make_account, outcomes, questions};

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
