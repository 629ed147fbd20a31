//! The audit log: who did what, when, and what was before and after.

use engine::Code;
use engine::contract::app::AppState;
use engine::contract::audit::{AuditArea, AuditEntry, AuditPage};
use engine::contract::lists::SavedFile;
use engine::contract::mapping::versions::{SaveAnswer, SavedMapping};
use engine::contract::people::People;
use engine::contract::runs::RunView;
use rusqlite::Connection;
use serde_json::{Value, json};
use support::{TestApp, lists};

async fn page(app: &TestApp, changes: Value) -> AuditPage {
    let mut query = json!({ "search": "", "area": null, "since": null, "offset": 0, "limit": 100 });
    for (name, value) in changes.as_object().unwrap() {
        query[name] = value.clone();
    }
    app.call("audit.list", query).await
}

async fn newest(app: &TestApp) -> AuditEntry {
    page(app, json!({ "limit": 1 })).await.entries.remove(0)
}

fn database(app: &TestApp) -> Connection {
    Connection::open(app.workspace().join("landbridge.sqlite")).unwrap()
}

#[tokio::test]
async fn settings_are_told_with_what_was_before_and_after() {
    let app = TestApp::start().await;
    app.change_export_settings("lead", json!({ "limit_records": 77 }))
        .await;
    let entry = newest(&app).await;
    assert_eq!(
        (entry.person.as_str(), entry.standing.as_str(), entry.area),
        ("Test Operator", "Admin", AuditArea::Settings)
    );
    assert_eq!(entry.action, "export_settings_changed");
    assert_eq!(entry.after.as_deref(), Some("objects.lead.limit_records: 77"));
    assert!(entry.before.unwrap().starts_with("objects.lead.limit_records: "));
    app.change_export_settings("lead", json!({ "limit_records": 77 }))
        .await;
    assert_eq!(
        page(&app, json!({})).await.total_entries,
        1,
        "what is the same is no change"
    );
}

#[tokio::test]
async fn the_master_toggle_says_who_and_when() {
    let app = TestApp::connected().await;
    let state: AppState = app
        .call(
            "settings.exports_on",
            json!({ "on": false, "sending_runs": "finish" }),
        )
        .await;
    let changed = state.exports_changed.unwrap();
    assert_eq!((state.exports_on, changed.by.as_str()), (false, "Test Operator"));
    let entry = newest(&app).await;
    assert_eq!(entry.action, "exports_turned_off");
    assert_eq!(entry.standing, "Primary admin");
    assert_eq!(
        (entry.before.as_deref(), entry.after.as_deref()),
        (Some("exports: on"), Some("exports: off"))
    );
    assert!(entry.at >= changed.at);
    assert!(entry.org_name.is_some());
}

#[tokio::test]
async fn people_roles_operators_mappings_and_lists_are_told() {
    let app = TestApp::connected().await;
    let added = json!({ "name": "Ada Marsh", "email": "ada@acme.example", "role": "admin" });
    let people: People = app.call("people.add", added).await;
    assert_eq!(newest(&app).await.action, "person_added");
    let ada = people
        .people
        .iter()
        .find(|person| person.name == "Ada Marsh")
        .unwrap()
        .person;
    let demoted = json!({ "person": ada, "name": "Ada Marsh", "email": "ada@acme.example", "role": "user" });
    let _: People = app.call("people.change", demoted).await;
    let entry = newest(&app).await;
    assert_eq!(
        (entry.action.as_str(), entry.area),
        ("role_changed", AuditArea::People)
    );
    assert!(entry.before.unwrap().contains("role: admin"));
    assert!(entry.after.unwrap().contains("role: user"));
    let _: AppState = app.call("people.switch_operator", json!({ "person": ada })).await;
    let fault = app
        .fault(
            "audit.list",
            json!({ "search": "", "area": null, "since": null, "offset": 0, "limit": 1 }),
        )
        .await;
    assert_eq!(fault.code, Code::NotAllowed, "a user does not read the log");
    let operator = people
        .people
        .iter()
        .find(|person| person.is_operator)
        .unwrap()
        .person;
    let _: AppState = app
        .call("people.switch_operator", json!({ "person": operator }))
        .await;
    let entry = newest(&app).await;
    assert_eq!(
        (entry.action.as_str(), entry.person.as_str()),
        ("operator_switched", "Ada Marsh")
    );

    let saved: SavedMapping = app.call("mapping.show", json!({ "object": "lead" })).await;
    let mut rows = serde_json::to_value(&saved.rows).unwrap();
    rows.as_array_mut().unwrap().pop();
    let save = json!({ "object": "lead", "rows": rows, "note": "Fewer", "based_on_version": saved.version });
    let answer: SaveAnswer = app.call("mapping.save", save).await;
    assert!(answer.saved.is_some(), "{}", answer.sentence);
    let entry = newest(&app).await;
    assert_eq!(
        (entry.action.as_str(), entry.area),
        ("mapping_saved", AuditArea::Mapping)
    );
    assert!(entry.before.unwrap().starts_with("removed "));
    let _: SavedMapping = app
        .call("mapping.restore", json!({ "object": "lead", "version": 1 }))
        .await;
    assert_eq!(newest(&app).await.action, "mapping_restored");

    let list = app
        .import(&app.file("l.csv", lists::contacts(2)), "Targets")
        .await
        .list;
    assert!(newest(&app).await.sentence.contains("Targets"));
    let _: Value = app.call("lists.delete", json!({ "list_id": list.list_id })).await;
    assert_eq!(newest(&app).await.action, "list_deleted");
}

#[tokio::test]
async fn a_run_is_told_from_its_plan_to_its_end_and_its_undo() {
    let app = TestApp::connected().await;
    let list = app
        .import(&app.file("l.csv", lists::contacts(3)), "Targets")
        .await
        .list;
    let run = app.plan("lead", list.list_id).await.summary.run;
    app.send(run).await;
    let undo: RunView = app.call("runs.plan_undo", json!({ "run": run })).await;
    let _: RunView = app.call("runs.cancel", json!({ "run": undo.summary.run })).await;
    let told = page(&app, json!({ "area": "runs" })).await;
    let actions: Vec<(&str, Option<i64>)> = told
        .entries
        .iter()
        .map(|entry| (entry.action.as_str(), entry.run))
        .collect();
    let of_undo = Some(undo.summary.run);
    assert_eq!(
        actions,
        [
            ("run_cancelled", of_undo),
            ("run_undo_planned", of_undo),
            ("run_ended", Some(run)),
            ("run_sent", Some(run)),
            ("run_planned", Some(run)),
        ]
    );
    assert_eq!(told.entries[2].after.as_deref(), Some("3 created"));
    assert_eq!(told.matching_entries, 5);
    assert!(told.total_entries > 5);
}

#[tokio::test]
async fn the_log_is_searched_and_begins_where_one_says() {
    let app = TestApp::connected().await;
    for name in ["Ada Marsh", "Bo Çelik"] {
        let email = format!("{}@acme.example", name.split(' ').next().unwrap());
        let _: People = app
            .call(
                "people.add",
                json!({ "name": name, "email": email, "role": "user" }),
            )
            .await;
    }
    let found = page(&app, json!({ "search": "ÇELIK added" })).await;
    assert_eq!(found.matching_entries, 1);
    assert!(found.entries[0].sentence.contains("Bo Çelik"));
    let none = page(&app, json!({ "search": "nothing like it" })).await;
    assert_eq!((none.matching_entries, none.entries.len()), (0, 0));
    let last = newest(&app).await;
    let since = page(&app, json!({ "since": last.at })).await;
    assert!(since.matching_entries >= 1 && since.matching_entries <= since.total_entries);
    assert!(since.entries.iter().all(|entry| entry.at >= last.at));
    assert_eq!(
        page(&app, json!({ "since": "2999-01-01" }))
            .await
            .matching_entries,
        0
    );
    let early = page(&app, json!({ "since": "2001-01-01" })).await;
    assert_eq!(early.matching_entries, early.total_entries);
    let query = json!({ "search": "", "area": null, "since": "yesterday", "offset": 0, "limit": 1 });
    let fault = app.fault("audit.list", query).await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::Invalid, Some("since"))
    );
}

#[tokio::test]
async fn words_of_any_length_are_found_wherever_they_stand() {
    let app = TestApp::start().await;
    let added =
        json!({ "name": "Zoë “Zed” O\"Neill abcd bcde", "email": "zoe@acme.example", "role": "user" });
    let _: People = app.call("people.add", added).await;
    let long = format!("zoe@acme.example {}", "“zed” ".repeat(200));
    for (search, matching) in [
        ("ë", 1),
        ("ZO", 1),
        ("zoë", 1),
        ("o\"n", 1),
        ("O\"NEILL “zed”", 1),
        ("acme.example zed", 1),
        (long.as_str(), 1),
        ("zed\0", 0),
        ("q", 0),
        ("zoë q", 0),
        // Every three letters of it are there, but not together.
        ("abcde", 0),
        ("zed OR qqq", 0),
        ("zo*", 0),
    ] {
        let found = page(&app, json!({ "search": search })).await;
        assert_eq!(
            (found.matching_entries, found.entries.len()),
            (matching, matching as usize),
            "{search}"
        );
    }
    let before = json!({ "search": "zed", "since": "2999-01-01" });
    assert_eq!(page(&app, before).await.matching_entries, 0);
    let elsewhere = json!({ "search": "zed", "area": "runs" });
    assert_eq!(page(&app, elsewhere).await.matching_entries, 0);
}

#[tokio::test]
async fn the_saved_log_is_a_csv_file_without_formulas() {
    let app = TestApp::start().await;
    let _: People = app
        .call(
            "people.add",
            json!({ "name": "Ada", "email": "ada@acme.example", "role": "user" }),
        )
        .await;
    // The name of a person who brings a formula as one.
    let formula = json!({ "name": "=HYPERLINK(\"http://x\")", "email": "f@acme.example", "role": "admin" });
    let people: People = app.call("people.add", formula).await;
    let person = people
        .people
        .iter()
        .find(|person| person.name.starts_with('='))
        .unwrap()
        .person;
    let _: AppState = app
        .call("people.switch_operator", json!({ "person": person }))
        .await;
    app.change_export_settings("lead", json!({ "limit_records": 7 }))
        .await;
    let path = app.workspace().join("audit.csv");
    app.host.answer_save(Some(path.clone()));
    let params = json!({ "search": "", "area": null, "since": null });
    let saved: Option<SavedFile> = app.call("audit.save_file", params).await;
    assert_eq!(saved.unwrap().rows, 4);
    let mut csv = csv::Reader::from_path(&path).unwrap();
    let rows: Vec<csv::StringRecord> = csv.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), 4);
    assert!(
        rows[0].iter().any(|cell| cell.starts_with("'=HYPERLINK")),
        "{:?}",
        rows[0]
    );
    for row in &rows {
        assert!(
            row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])),
            "{row:?}"
        );
    }
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete_an_entry() {
    let app = TestApp::start().await;
    app.change_export_settings("lead", json!({ "limit_records": 7 }))
        .await;
    let database = database(&app);
    for sql in [
        "UPDATE audit_entry SET sentence = 'Nothing happened.'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE entry_id = 1",
    ] {
        let error = database.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("only grows"), "{sql}: {error}");
    }
    assert_eq!(page(&app, json!({})).await.total_entries, 1);
}

#[tokio::test]
async fn a_hundred_thousand_entries_are_read_window_by_window() {
    let app = TestApp::start().await;
    database(&app)
        .execute_batch(
            "INSERT INTO audit_entry (at, person, standing, area, action, sentence, searchable)
             WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 100000)
             SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 1700000000 + n, 'unixepoch'), 'Ada', 'Admin',
                 CASE WHEN n % 10 = 0 THEN 'runs' ELSE 'settings' END, 'did', 'Did ' || n || '.', 'ada did ' || n || '.'
             FROM number;",
        )
        .unwrap();
    let deep = page(&app, json!({ "offset": 99_990, "limit": 20 })).await;
    assert_eq!((deep.entries.len(), deep.total_entries), (10, 100_000));
    assert_eq!((deep.entries[0].entry, deep.entries[9].entry), (10, 1));
    let runs = page(&app, json!({ "area": "runs", "offset": 5, "limit": 2 })).await;
    assert_eq!(runs.matching_entries, 10_000);
    assert_eq!(
        runs.entries.iter().map(|entry| entry.entry).collect::<Vec<_>>(),
        [99_950, 99_940]
    );
    let since = page(
        &app,
        json!({ "since": "2023-11-15T22:13:20Z", "offset": 13_598, "limit": 5 }),
    )
    .await;
    // 86,400 seconds after the first moment.
    assert_eq!(since.matching_entries, 13_601);
    assert_eq!(since.entries.last().unwrap().at, "2023-11-15T22:13:20.000Z");
    // Words are found within longer ones: 4711, 14711, …, 94711.
    let found = page(&app, json!({ "search": "did 4711." })).await;
    assert_eq!((found.matching_entries, found.entries[0].entry), (10, 94_711));
}
