//! Accounts that come, change or go between the plan and its sending.

use engine::contract::runs::{MatchingAccounts, RunState, RunView};
use serde_json::json;
use support::TestApp;

use super::{accounts_named, accounts_of, answer, at_northbridge, import, make_account, questions};

#[tokio::test]
async fn an_account_that_came_since_the_plan_is_not_created_a_second_time() {
    for people in [1, 30] {
        let app = TestApp::connected().await;
        app.change_export_rules(json!({ "no_account": "create" })).await;
        let names: Vec<String> = (0..people).map(|number| format!("Acccame{number}")).collect();
        let people: Vec<_> = names.iter().map(|name| at_northbridge(name)).collect();
        let list_id = import(&app, &people).await;
        let planned = app.plan("contact", list_id).await;
        let run = planned.summary.run;
        assert_eq!(planned.plan.create_account_records, 1);
        let account = make_account(&app, "Northbridge Testing", "").await;
        let stopped: RunView = app.call("export.send", json!({ "run": run })).await;
        assert_eq!(
            (
                stopped.summary.state,
                stopped.plan.ask_companies,
                stopped.plan.create_account_records
            ),
            (RunState::Planned, 1, 0)
        );
        assert_eq!(
            stopped.plan.replanned_sentence,
            "The accounts of 1 company changed in Salesforce since."
        );
        answer(
            &app,
            run,
            1,
            json!({ "kind": "associate", "account_id": account }),
        )
        .await;
        let done = app.send(run).await;
        assert_eq!(done.summary.tally.failed_records, 0, "{:?}", done.reasons);
        assert_eq!(
            accounts_named(&app, "Northbridge Testing").await,
            std::slice::from_ref(&account)
        );
        assert_eq!(accounts_of(&app, "Acccame0").await, [account]);
    }
}

#[tokio::test]
async fn an_account_that_is_deleted_since_the_plan_is_asked_for_again() {
    let app = TestApp::connected().await;
    let account = make_account(&app, "Northbridge Testing", "").await;
    let list_id = import(&app, &[at_northbridge("Accone")]).await;
    let run = app.plan("contact", list_id).await.summary.run;
    answer(
        &app,
        run,
        1,
        json!({ "kind": "associate", "account_id": account }),
    )
    .await;
    app.records().delete("Account", &account).await;
    let stopped: RunView = app.call("export.send", json!({ "run": run })).await;
    assert_eq!(
        (stopped.summary.state, stopped.plan.ask_companies),
        (RunState::Planned, 1)
    );
    let company = questions(&app, run).await.companies.remove(0);
    assert_eq!(
        (company.accounts, company.candidates.len()),
        (MatchingAccounts::None, 0)
    );
    answer(&app, run, 1, json!({ "kind": "create" })).await;
    let done = app.send(run).await;
    assert_eq!(done.summary.tally.created_records, 1, "{:?}", done.reasons);
    let made = accounts_named(&app, "Northbridge Testing").await;
    assert_eq!(accounts_of(&app, "Accone").await, made);
}

#[tokio::test]
async fn an_answer_stays_while_its_account_stands_whatever_it_is_called() {
    let app = TestApp::connected().await;
    let account = make_account(&app, "Northbridge Testing", "").await;
    let list_id = import(&app, &[at_northbridge("Accone")]).await;
    let run = app.plan("contact", list_id).await.summary.run;
    answer(
        &app,
        run,
        1,
        json!({ "kind": "associate", "account_id": account }),
    )
    .await;
    let renamed = json!({ "Name": "Renamed Meanwhile", "Website": "renamed-meanwhile.com" });
    app.records().update("Account", &account, renamed).await;
    let done = app.send(run).await;
    assert_eq!(
        (done.summary.state, done.summary.tally.created_records),
        (RunState::Done, 1),
        "{:?}",
        done.reasons
    );
    assert_eq!(accounts_of(&app, "Accone").await, [account]);
}
