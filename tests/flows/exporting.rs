//! Plan, send, ledger: which way the records go, what is in the org afterwards, and that every line is accounted
//! for.

use engine::Code;
use engine::contract::lists::{Lists, SavedFile};
use engine::contract::runs::{Api, LedgerPage, Outcome, RunPage, RunState, RunView};
use serde_json::{Value, json};
use support::{TestApp, lists};

async fn sample_contacts(app: &TestApp) -> i64 {
    let lists: Lists = app.call("lists.import_samples", json!({})).await;
    lists
        .lists
        .iter()
        .find(|list| list.name == "Sample contacts")
        .unwrap()
        .list_id
}

async fn ledger(app: &TestApp, run: i64) -> LedgerPage {
    app.call(
        "runs.ledger",
        json!({ "run": run, "outcome": null, "search": "", "offset": 0, "limit": 500 }),
    )
    .await
}

fn writes(app: &TestApp) -> Vec<String> {
    let calls = app
        .org
        .calls()
        .into_iter()
        .filter(|call| call.method != "GET" && !call.kind.contains("oauth2"));
    calls
        .map(|call| format!("{} {}", call.method, call.kind))
        .collect()
}

#[tokio::test]
async fn forty_leads_go_by_one_bulk_job() {
    let app = TestApp::connected().await;
    let list_id = sample_contacts(&app).await;
    let before = app.org.record_count("Lead").unwrap();
    app.org.forget_calls();

    let planned = app.plan("lead", list_id).await;
    assert_eq!(
        (planned.summary.state, planned.summary.api),
        (RunState::Planned, Api::Bulk)
    );
    assert_eq!(
        (planned.plan.create_records, planned.plan.refuse_records),
        (40, 0)
    );
    assert_eq!(writes(&app), Vec::<String>::new(), "a plan writes nothing");

    let done = app.send(planned.summary.run).await;
    assert_eq!(
        (done.summary.state, done.summary.tally.created_records),
        (RunState::Done, 40)
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before + 40);
    let writes = writes(&app);
    assert_eq!(writes.len(), 3, "{writes:?}");
    assert!(
        writes[0].starts_with("POST") && writes[0].ends_with("/jobs/ingest"),
        "{writes:?}"
    );
    assert!(
        writes[1].starts_with("PUT") && writes[1].ends_with("/batches"),
        "{writes:?}"
    );
    assert!(writes[2].starts_with("PATCH"), "{writes:?}");
    assert_eq!(done.job_ids.len(), 1);
    assert!(done.summary.api_calls >= 7);
}

#[tokio::test]
async fn twenty_five_leads_go_by_one_rest_call() {
    let app = TestApp::connected().await;
    let list_id = sample_contacts(&app).await;
    let before = app.org.record_count("Lead").unwrap();
    let choice =
        json!({ "object": "lead", "list_id": list_id, "selection": { "kind": "all" }, "limit_records": 25 });
    let planned: RunView = app.call("export.plan", choice).await;
    assert_eq!(
        (planned.summary.api, planned.plan.create_records),
        (Api::Rest, 25)
    );
    app.org.forget_calls();
    let done = app.send(planned.summary.run).await;
    assert_eq!(
        (done.summary.state, done.summary.tally.created_records),
        (RunState::Done, 25)
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before + 25);
    let writes = writes(&app);
    assert_eq!(writes.len(), 1, "{writes:?}");
    assert!(
        writes[0].starts_with("POST") && writes[0].contains("composite/sobjects"),
        "{writes:?}"
    );
    // The look at contacts and leads just before, and the call.
    assert_eq!(done.summary.api_calls, 5);
}

#[tokio::test]
async fn contacts_and_accounts_are_exported_too() {
    let app = TestApp::connected().await;
    let contacts = sample_contacts(&app).await;
    let lists: Lists = app.call("lists.list", json!({ "search": "companies" })).await;
    for (object, name, list_id) in [
        ("account", "Account", lists.lists[0].list_id),
        ("contact", "Contact", contacts),
    ] {
        let before = app.org.record_count(name).unwrap();
        let planned = app.plan(object, list_id).await;
        // Which accounts the contacts get is asked.
        let answers = json!({ "run": planned.summary.run, "on_ask": "default" });
        let planned: RunView = app.call("runs.answer_all", answers).await;
        assert!(planned.plan.create_records >= 40, "{planned:?}");
        let done = app.send(planned.summary.run).await;
        assert_eq!(
            done.summary.tally.created_records, planned.plan.create_records,
            "{:?}",
            done.reasons
        );
        assert_eq!(
            app.org.record_count(name).unwrap(),
            before + planned.plan.create_records
        );
    }
}

#[tokio::test]
async fn the_ledger_links_every_line_to_its_own_record() {
    let app = TestApp::connected().await;
    let list_id = sample_contacts(&app).await;
    let done = app.send(app.plan("lead", list_id).await.summary.run).await;
    let page = ledger(&app, done.summary.run).await;
    assert_eq!((page.total_lines, page.lines.len()), (40, 40));
    let ready = app.open_ready().await;
    drop(ready);
    let client = reqwest::Client::new();
    for line in &page.lines {
        let id = line.salesforce_id.as_deref().unwrap();
        let url = format!(
            "{}/services/data/v60.0/sobjects/Lead/{id}",
            app.org.instance_url()
        );
        let record: Value = client
            .get(url)
            .bearer_auth(app.org.access_token())
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let name = format!(
            "{} {}",
            record["FirstName"].as_str().unwrap_or_default(),
            record["LastName"].as_str().unwrap()
        );
        assert_eq!(line.name, name.trim());
    }
    let _: Value = app
        .call("runs.open_record", json!({ "run": done.summary.run, "line": 7 }))
        .await;
    let opened = app.host.opened_pages().pop().unwrap();
    assert!(opened.ends_with(&format!(
        "/lightning/r/Lead/{}/view",
        page.lines[6].salesforce_id.as_deref().unwrap()
    )));
}

#[tokio::test]
async fn the_ledger_is_filtered_searched_and_saved_with_all_source_columns() {
    let app = TestApp::connected().await;
    let list_id = sample_contacts(&app).await;
    let done = app.send(app.plan("lead", list_id).await.summary.run).await;
    let run = done.summary.run;
    let all = ledger(&app, run).await;
    let who = &all.lines[3];
    let query = json!({ "run": run, "outcome": "created", "search": who.name.to_uppercase(), "offset": 0, "limit": 10 });
    let found: LedgerPage = app.call("runs.ledger", query).await;
    assert!(found.lines.iter().any(|line| line.line == who.line));
    let query = json!({ "run": run, "outcome": "failed", "search": "", "offset": 0, "limit": 10 });
    let none: LedgerPage = app.call("runs.ledger", query).await;
    assert_eq!((none.matching_lines, none.total_lines), (0, 40));

    let to = app.workspace().join("ledger.csv");
    app.host.answer_save(Some(to.clone()));
    let saved: Option<SavedFile> = app
        .call("runs.save_ledger", json!({ "run": run, "format": "csv" }))
        .await;
    assert_eq!(saved.unwrap().rows, 40);
    let mut reader = csv::Reader::from_path(to).unwrap();
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|cell| cell == name)
            .unwrap_or_else(|| panic!("no column {name}"))
    };
    let (id, last_name, contact_id) = (
        column("Salesforce Id"),
        column("Last Name"),
        column("ZoomInfo Contact ID"),
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 40);
    for (row, line) in rows.iter().zip(&all.lines) {
        assert_eq!(Some(&row[id]), line.salesforce_id.as_deref());
        assert!(line.name.ends_with(&row[last_name]));
        assert_eq!(&row[contact_id], line.zoominfo_id.as_deref().unwrap_or_default());
    }
}

#[tokio::test]
async fn a_saved_ledger_says_of_failed_records_whether_they_were_new() {
    let app = TestApp::connected().await;
    let known = json!({ "FirstName": "Ada", "LastName": "Marsh0", "Company": "Works 0", "Email": "ada.marsh0@works0.example" });
    app.records().create("Lead", known).await;
    let file = app.file("people.csv", lists::contacts(2));
    let list_id = app.import(&file, "People").await.list.list_id;
    let planned = app.plan("lead", list_id).await;
    assert_eq!((planned.plan.update_records, planned.plan.create_records), (1, 1));
    // The first call creates, the second one updates.
    let trouble = r#"{ "calls": [ { "which": { "family": "collections" }, "when": { "first": 2 },
        "what": { "refusal": { "status": 400, "code": "JSON_PARSER_ERROR", "message": "Not understood." } } } ] }"#;
    app.control().add_trouble(trouble).await.unwrap();
    let run = app.send(planned.summary.run).await.summary.run;
    let to = app.workspace().join("ledger.csv");
    app.host.answer_save(Some(to.clone()));
    let _: Option<SavedFile> = app
        .call("runs.save_ledger", json!({ "run": run, "format": "csv" }))
        .await;
    let mut reader = csv::Reader::from_path(to).unwrap();
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|cell| cell == name);
    let (action, outcome) = (column("Action").unwrap(), column("Outcome").unwrap());
    let told: Vec<(String, String)> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[action].to_owned(), row[outcome].to_owned()))
        .collect();
    assert_eq!(
        told,
        [("Update", "Failed"), ("Create", "Failed")].map(|(one, two)| (one.to_owned(), two.to_owned()))
    );
    assert_eq!(column("Campaign Member"), None, "no campaign was chosen");
}

#[tokio::test]
async fn the_messy_list_is_accounted_for_line_by_line() {
    let app = TestApp::connected().await;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/contacts_2000_messy.csv");
    let list = app.import(&path, "Messy").await.list;
    let before = app.org.record_count("Lead").unwrap();
    let planned = app.plan("lead", list.list_id).await;
    let plan = &planned.plan;
    assert_eq!(
        plan.create_records
            + plan.update_records
            + plan.ask_records
            + plan.skip_records
            + plan.refuse_records,
        list.profiles
    );
    assert!(
        plan.skip_records + plan.ask_records > 0,
        "the list has people twice"
    );
    let done = app.send(planned.summary.run).await;
    let tally = done.summary.tally;
    assert_eq!(done.summary.state, RunState::Done);
    assert_eq!((tally.waiting_records, tally.uncertain_records), (0, 0));
    assert_eq!(
        tally.created_records
            + tally.updated_records
            + tally.failed_records
            + tally.refused_records
            + tally.skipped_records,
        list.profiles
    );
    assert_eq!(
        app.org.record_count("Lead").unwrap(),
        before + tally.created_records
    );
    for line in ledger(&app, done.summary.run).await.lines {
        match line.outcome {
            Outcome::Created => assert!(line.salesforce_id.is_some() && line.error.is_none()),
            _ => assert!(line.error_code.is_some() && line.error.is_some_and(|error| !error.is_empty())),
        }
    }
}

#[tokio::test]
async fn two_profiles_with_the_same_values_become_one_record() {
    let app = TestApp::connected().await;
    let mut text = lists::contacts(3);
    let same = "\n,Twin,Ada,,,,,,,,,,Same Works,,,,,,,,,,".repeat(2);
    text = format!("{}{same}\n", text.trim_end());
    let list = app.import(&app.file("twins.csv", text), "Twins").await.list;
    assert_eq!(list.profiles, 5);
    let planned = app.plan("lead", list.list_id).await;
    assert_eq!((planned.plan.create_records, planned.plan.refuse_records), (4, 1));
    let lines = ledger(&app, planned.summary.run).await.lines;
    assert_eq!(lines[4].error_code.as_deref(), Some("identical_record"));
    assert!(lines[4].error.as_deref().unwrap().contains("line 4"));
    let _: RunView = app
        .call("runs.cancel", json!({ "run": planned.summary.run }))
        .await;
}

#[tokio::test]
async fn salesforces_own_refusals_are_in_the_ledger_and_stop_nobody_else() {
    let app = TestApp::connected().await;
    // The demo org refuses a person without a company as a Lead; our mapping refuses it first, and says so.
    let mut text = lists::contacts(30);
    text.push_str("77,Lonely,Ada,,,,,,,,,,,,,,,,,,,,\n");
    let list = app.import(&app.file("x.csv", text), "X").await.list;
    let done = app.send(app.plan("lead", list.list_id).await.summary.run).await;
    assert_eq!(
        (
            done.summary.tally.created_records,
            done.summary.tally.refused_records
        ),
        (30, 1)
    );
    assert!(
        done.reasons
            .iter()
            .any(|reason| reason.records == 1 && reason.sentence.contains("Company")),
        "{:?}",
        done.reasons
    );
}

#[tokio::test]
async fn a_plan_is_kept_until_somebody_sends_or_cancels_it() {
    let app = TestApp::connected().await;
    let list_id = sample_contacts(&app).await;
    let first = app.plan("lead", list_id).await.summary.run;
    let second = app.plan("lead", list_id).await.summary.run;
    let again = app.reopen().await;
    let view: RunView =
        serde_json::from_value(again.call("runs.show", json!({ "run": first })).await.unwrap()).unwrap();
    assert!(view.may.send && view.may.cancel);
    let cancelled: RunView = app.call("runs.cancel", json!({ "run": first })).await;
    assert_eq!(
        (cancelled.summary.state, cancelled.summary.tally.skipped_records),
        (RunState::Cancelled, 40)
    );
    assert_eq!(
        app.fault("export.send", json!({ "run": first })).await.code,
        Code::WrongState
    );
    assert_eq!(
        app.fault("runs.cancel", json!({ "run": first })).await.code,
        Code::WrongState
    );
    assert_eq!(
        app.fault("runs.show", json!({ "run": 999 })).await.code,
        Code::NotFound
    );
    let done = app.send(second).await;
    assert_eq!(done.summary.state, RunState::Done);
    assert_eq!(
        app.fault("export.send", json!({ "run": second })).await.code,
        Code::WrongState
    );
    let runs: RunPage = app
        .call(
            "runs.list",
            json!({ "search": "SAMPLE", "offset": 0, "limit": 10 }),
        )
        .await;
    assert_eq!((runs.matching_runs, runs.runs[0].run), (2, second));
    let none: RunPage = app
        .call(
            "runs.list",
            json!({ "search": "zebra", "offset": 0, "limit": 10 }),
        )
        .await;
    assert_eq!((none.matching_runs, none.total_runs), (0, 2));
}

#[tokio::test]
async fn exports_that_were_turned_off_meanwhile_are_not_sent() {
    let app = TestApp::connected().await;
    let list_id = sample_contacts(&app).await;
    let run = app.plan("lead", list_id).await.summary.run;
    let _: Value = app.call("settings.exports_on", json!({ "on": false })).await;
    assert_eq!(
        app.fault("export.send", json!({ "run": run })).await.code,
        Code::Refused
    );
}

#[tokio::test]
async fn a_search_and_a_hand_picked_selection_are_exported_as_chosen() {
    let app = TestApp::connected().await;
    let list = app
        .import(&app.file("s.csv", lists::contacts(60)), "S")
        .await
        .list;
    let page: engine::contract::lists::ProfilePage = app
        .call(
            "lists.profiles",
            json!({ "list_id": list.list_id, "search": "marsh1", "offset": 0, "limit": 100 }),
        )
        .await;
    let plan = async |selection: Value| -> RunView {
        let choice = json!({ "object": "lead", "list_id": list.list_id, "selection": selection, "limit_records": null });
        app.call("export.plan", choice).await
    };
    let except = page.profiles[0].profile_id;
    let searched =
        plan(json!({ "kind": "matching", "search": "Marsh1", "except_profile_ids": [except] })).await;
    assert_eq!(searched.plan.create_records, page.matching_profiles - 1);
    let picked = plan(json!({ "kind": "picked", "profile_ids": [page.profiles[1].profile_id, page.profiles[2].profile_id] })).await;
    assert_eq!(picked.plan.create_records, 2);
    let elsewhere = app.import(&app.file("t.csv", lists::contacts(2)), "T").await.list;
    let choice = json!({ "object": "lead", "list_id": elsewhere.list_id, "selection": { "kind": "picked", "profile_ids": [except] }, "limit_records": null });
    assert_eq!(app.fault("export.plan", choice).await.code, Code::Refused);
}

#[tokio::test]
async fn a_connection_from_the_environment_needs_no_stored_one() {
    let app = TestApp::start().await;
    let engine = app.open_ready().await;
    let lists: Lists =
        serde_json::from_value(engine.call("lists.import_samples", json!({})).await.unwrap()).unwrap();
    let list_id = lists
        .lists
        .iter()
        .find(|list| list.name == "Sample contacts")
        .unwrap()
        .list_id;
    let choice =
        json!({ "object": "lead", "list_id": list_id, "selection": { "kind": "all" }, "limit_records": 5 });
    let planned: RunView = serde_json::from_value(engine.call("export.plan", choice).await.unwrap()).unwrap();
    let before = app.org.record_count("Lead").unwrap();
    let mut events = engine.watch();
    engine
        .call("export.send", json!({ "run": planned.summary.run }))
        .await
        .unwrap();
    while engine.is_sending(planned.summary.run) {
        let _told = events.recv().await;
    }
    assert_eq!(app.org.record_count("Lead").unwrap(), before + 5);
    let state: Value = app.call("app.state", json!({})).await;
    assert_eq!(state["org"], Value::Null, "the workspace does not remember it");
}
