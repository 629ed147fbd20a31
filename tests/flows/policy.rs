//! Who may do what: every call of the contract, by everybody, and the table of it in the documents.

use std::fmt::Write as _;
use std::path::Path;

use engine::Code;
use engine::contract::ACTS;
use engine::contract::app::AppState;
use engine::contract::event::{Event, PlanningStep};
use engine::contract::people::People;
use engine::contract::runs::{RunPage, RunView};
use model::{Act, Standing};
use serde_json::json;
use support::{TestApp, lists};

/// A connected app, its primary admin, another admin and a user.
async fn with_everybody() -> (TestApp, [(Standing, i64); 3]) {
    let app = TestApp::connected().await;
    for (name, role) in [("Second Admin", "admin"), ("Plain User", "user")] {
        let email = format!("{}@acme.example", name.replace(' ', "."));
        let _: People = app
            .call(
                "people.add",
                json!({ "name": name, "email": email, "role": role }),
            )
            .await;
    }
    let people: People = app.call("people.list", json!({})).await;
    let of = |standing: Standing| {
        let person = people.people.iter().find(|person| person.standing == standing);
        (standing, person.unwrap().person)
    };
    let everybody = Standing::ALL.map(of);
    (app, everybody)
}

async fn switch_to(app: &TestApp, person: i64) -> AppState {
    app.call("people.switch_operator", json!({ "person": person }))
        .await
}

#[tokio::test]
async fn every_call_is_refused_to_whom_the_policy_does_not_allow_it_and_to_nobody_else() {
    let (app, everybody) = with_everybody().await;
    let mut refused_calls = 0;
    for (standing, person) in everybody {
        switch_to(&app, person).await;
        for (name, act) in ACTS {
            // Parameters that no call has: whoever may do it is told so, and nothing is done.
            let fault = app.fault(name, json!({ "no_such_parameter": true })).await;
            if act.allowed().includes(standing) {
                assert_eq!(fault.code, Code::BadParameters, "{name} as {standing:?}: {fault}");
            } else {
                refused_calls += 1;
                assert_eq!(fault.code, Code::NotAllowed, "{name} as {standing:?}: {fault}");
                assert!(fault.sentence.contains(act.words()), "{name}: {}", fault.sentence);
                assert!(
                    fault.sentence.contains("Test Operator"),
                    "who may is named: {}",
                    fault.sentence
                );
            }
        }
    }
    assert!(
        refused_calls > 30,
        "only {refused_calls} calls are refused to somebody"
    );
}

#[tokio::test]
async fn what_a_terminal_writes_beside_the_contract_asks_for_the_same_right() {
    let (app, [_, _, (_, user)]) = with_everybody().await;
    switch_to(&app, user).await;
    let path = |name: &str| app.workspace().join(name);
    let faults = [
        engine::save_support_bundle_to(app.engine(), path("bundle.zip"))
            .await
            .unwrap_err(),
        engine::save_permission_set_to(app.engine(), path("set.xml"))
            .await
            .unwrap_err(),
    ];
    for fault in faults {
        assert_eq!(fault.code, Code::NotAllowed, "{fault}");
        assert!(fault.sentence.contains("Test Operator"), "{}", fault.sentence);
    }
    assert!(!path("bundle.zip").exists() && !path("set.xml").exists());
}

#[tokio::test]
async fn the_window_is_told_the_same_as_the_core_refuses() {
    let (app, everybody) = with_everybody().await;
    for (standing, person) in everybody {
        let state = switch_to(&app, person).await;
        assert_eq!(state.operator.standing, standing);
        assert_eq!(state.rights.len(), Act::ALL.len());
        for right in &state.rights {
            assert_eq!(
                right.refusal.is_none(),
                right.act.allowed().includes(standing),
                "{right:?} as {standing:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_user_sees_own_runs_and_nothing_of_others() {
    let (app, [(_, primary), _, (_, user)]) = with_everybody().await;
    let file = app.file("people.csv", lists::contacts(3));
    let list = app.import(&file, "People").await.list;
    let others = app.plan("lead", list.list_id).await.summary.run;
    switch_to(&app, user).await;
    let own = app.plan("lead", list.list_id).await.summary.run;
    for (name, _) in ACTS {
        if !name.starts_with("runs.") && *name != "export.send" || *name == "runs.list" {
            continue;
        }
        let fault = app.fault(name, json!({ "run": others })).await;
        assert_eq!(fault.code, Code::NotAllowed, "{name}: {fault}");
        assert!(
            fault.sentence.contains("another person’s"),
            "{name}: {}",
            fault.sentence
        );
    }
    let query =
        json!({ "search": "", "kind": null, "object": null, "state": null, "offset": 0, "limit": 10 });
    let page: RunPage = app.call("runs.list", query.clone()).await;
    let runs: Vec<i64> = page.runs.iter().map(|run| run.run).collect();
    assert_eq!((runs, page.matching_runs, page.total_runs), (vec![own], 1, 1));
    let saved = engine::save_ledger_to(
        app.engine(),
        others,
        engine::contract::runs::LedgerFormat::Csv,
        app.workspace().join("ledger.csv"),
    );
    assert_eq!(saved.await.unwrap_err().code, Code::NotAllowed);
    let done = app.send(own).await;
    assert_eq!(done.summary.started_by, "Plain User");

    switch_to(&app, primary).await;
    let page: RunPage = app.call("runs.list", query).await;
    assert_eq!(page.total_runs, 2);
    let shown: RunView = app.call("runs.show", json!({ "run": own })).await;
    assert_eq!(shown.summary.run, own);
    let _: RunView = app.call("runs.cancel", json!({ "run": others })).await;
}

#[tokio::test]
async fn how_far_a_plan_is_is_told_to_whoever_may_see_its_run() {
    let (app, [_, (_, second), (_, user)]) = with_everybody().await;
    let file = app.file("people.csv", lists::contacts(30));
    let list = app.import(&file, "People").await.list.list_id;
    let choice =
        json!({ "object": "lead", "list_id": list, "selection": { "kind": "all" }, "limit_records": null });
    // Duplicates are looked for by queries, whose answers come late: everybody has time to take the window over.
    let trouble = r#"{ "calls": [
        { "which": { "family": "query" }, "what": { "slow_start": { "milliseconds": 800 } } }
    ] }"#;
    app.control().add_trouble(trouble).await.unwrap();
    for (person, sees_the_end) in [(second, true), (user, false)] {
        let mut events = app.engine().watch();
        let planning = app.engine().call("export.plan", choice.clone());
        let taking_over = async {
            while !matches!(events.recv().await.unwrap(), Event::Planning { .. }) {}
            switch_to(&app, person).await;
        };
        let (planned, ()) = tokio::join!(planning, taking_over);
        planned.unwrap();
        let mut steps = Vec::new();
        while let Ok(event) = events.try_recv() {
            if let Event::Planning { progress } = event {
                steps.push((progress.step, progress.checked_records));
            }
        }
        let end = (PlanningStep::FindDuplicates, 30);
        assert_eq!(steps.contains(&end), sees_the_end, "{steps:?}");
    }
}

#[tokio::test]
async fn waiting_runs_of_others_are_not_counted_for_a_user() {
    let (mut app, [(_, primary), _, (_, user)]) = with_everybody().await;
    app.leave_open_runs();
    let file = app.file("people.csv", lists::contacts(3));
    let list = app.import(&file, "People").await.list;
    let run = app.plan("lead", list.list_id).await.summary.run;
    let database = rusqlite::Connection::open(app.workspace().join("landbridge.sqlite")).unwrap();
    database
        .execute("UPDATE run SET state = 'waiting' WHERE run_id = ?1", [run])
        .unwrap();
    assert_eq!(switch_to(&app, user).await.open_runs, 0);
    assert_eq!(switch_to(&app, primary).await.open_runs, 1);
}

/// The policy as a table.
fn table() -> String {
    let mut table = "| act |".to_owned();
    for standing in Standing::ALL {
        write!(table, " {} |", standing.label()).unwrap();
    }
    table += "\n| --- | --- | --- | --- |\n";
    for act in Act::ALL {
        write!(table, "| {} |", act.words()).unwrap();
        for standing in Standing::ALL {
            let word = if act.allowed().includes(standing) {
                "yes"
            } else {
                "no"
            };
            write!(table, " {word} |").unwrap();
        }
        table += "\n";
    }
    table
}

#[test]
fn the_table_in_the_documents_is_the_policy() {
    let table = table();
    println!("{table}");
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/roles.md");
    let written = std::fs::read_to_string(document).unwrap();
    assert!(
        written.contains(&table),
        "docs/roles.md has another table than the policy:\n{table}"
    );
}
