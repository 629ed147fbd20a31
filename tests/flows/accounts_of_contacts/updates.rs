//! Contacts that are there already.

use engine::contract::runs::{DifferenceKind, LineDetail, RunState, RunView};
use serde_json::{Value, json};
use support::TestApp;
use support::lists::Person;

use super::{accounts_named, accounts_of, answer, at_northbridge, import, make_account, questions};

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
async fn a_contact_that_joins_a_new_account_leaves_it_with_the_undo() {
    for contacts in [1, 40] {
        let app = TestApp::connected().await;
        let names: Vec<String> = (0..contacts).map(|number| format!("Joining{number}")).collect();
        for name in &names {
            let email = format!("{}@people-of-landbridge.com", name.to_lowercase());
            let fields = json!({ "LastName": name, "FirstName": "Ada", "Email": email });
            app.records().create("Contact", fields).await;
        }
        let people: Vec<Person<'_>> = names.iter().map(|name| at_northbridge(name)).collect();
        let list_id = import(&app, &people).await;
        let run = app.plan("contact", list_id).await.summary.run;
        answer(&app, run, 1, json!({ "kind": "create" })).await;
        let account_of_line = async |run: i64| {
            let shown: LineDetail = app.call("runs.line", json!({ "run": run, "line": 1 })).await;
            let found = shown
                .differences
                .into_iter()
                .find(|one| one.target == "AccountId");
            found.map(|one| (one.kind, one.before, one.after)).unwrap()
        };
        assert_eq!(
            account_of_line(run).await,
            (
                DifferenceKind::FillsBlank,
                None,
                Some("Northbridge Testing, a new account".to_owned())
            )
        );
        let done = app.send(run).await;
        assert_eq!(done.summary.tally.updated_records, contacts, "{:?}", done.reasons);
        let account = accounts_named(&app, "Northbridge Testing").await.remove(0);
        assert_eq!(accounts_of(&app, &names[0]).await, std::slice::from_ref(&account));
        assert_eq!(
            account_of_line(run).await,
            (DifferenceKind::FillsBlank, None, Some(account.clone()))
        );

        let planned: RunView = app.call("runs.plan_undo", json!({ "run": run })).await;
        assert_eq!(planned.plan.restore_records, contacts);
        assert_eq!(
            account_of_line(planned.summary.run).await,
            (DifferenceKind::Clears, Some(account), None)
        );
        let undone = app.send(planned.summary.run).await;
        assert_eq!(
            (undone.summary.state, undone.summary.tally.restored_records),
            (RunState::Done, contacts),
            "{:?}",
            undone.reasons
        );
        for name in &names {
            assert_eq!(accounts_of(&app, name).await, [String::new()], "{name}");
        }
        assert_eq!(
            accounts_named(&app, "Northbridge Testing").await,
            Vec::<String>::new()
        );
    }
}

#[tokio::test]
async fn a_contact_is_updated_all_the_same_when_its_account_cannot_be_made() {
    let app = TestApp::connected().await;
    let fields =
        json!({ "LastName": "Accone", "FirstName": "Ada", "Email": "accone@people-of-landbridge.com" });
    app.records().create("Contact", fields).await;
    let list_id = import(&app, &[at_northbridge("Accone")]).await;
    let run = app.plan("contact", list_id).await.summary.run;
    answer(&app, run, 1, json!({ "kind": "create" })).await;
    app.control()
        .change_field(json!({ "object": "Account", "field": "Website", "right": "read" }))
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    let done = app.send(run).await;
    assert_eq!(
        (
            done.summary.tally.updated_records,
            done.summary.created_account_records
        ),
        (1, 0),
        "{:?}",
        done.reasons
    );
    let shown: LineDetail = app.call("runs.line", json!({ "run": run, "line": 1 })).await;
    assert!(shown.differences.iter().all(|one| one.target != "AccountId"));
    assert_eq!(
        shown.line.notes,
        ["Northbridge Testing has no account, so the contact is left without one."]
    );
    assert_eq!(accounts_of(&app, "Accone").await, [String::new()]);
}
