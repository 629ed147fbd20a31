//! Every call of the contract that changes something has an entry of the audit log, with the call's own action.

use std::collections::BTreeSet;

use engine::contract::ACTS;
use engine::contract::audit::{AuditEntry, AuditPage};
use engine::contract::mapping::versions::SavedMapping;
use engine::contract::people::{People, PeopleFileCheck};
use serde_json::{Value, json};
use support::{TestApp, lists};

const PRIYA: &str = "priya.raman@landbridge-demo.example";

/// Calls that read, look at the org, or write a file where the operator says; and the steps of a run or login, which are told as
/// a whole by the calls that begin and end it.
const CHANGE_NO_SETTING: &[&str] = &[
    "app.state",
    "audit.list",
    "audit.save_file",
    "connection.begin",
    "connection.cancel",
    "connection.check",
    "connection.guide",
    "connection.open_org",
    "doctor.last",
    "doctor.open_setup",
    "doctor.run",
    "doctor.save_permission_set",
    "export.campaigns",
    "export.options",
    "export.preflight",
    "lists.cancel_file",
    "lists.check_file",
    "lists.choose_file",
    "lists.drop_file",
    "lists.list",
    "lists.profiles",
    "lists.save_refusals",
    "mapping.check_list",
    "mapping.compare",
    "mapping.defaults",
    "mapping.fields",
    "mapping.find_record",
    "mapping.history",
    "mapping.lookup_fields",
    "mapping.match",
    "mapping.open_file",
    "mapping.open_record",
    "mapping.preview",
    "mapping.refresh",
    "mapping.save_file",
    "mapping.show",
    "people.choose_file",
    "people.list",
    "people.mapping",
    "people.save_refusals",
    "people.users",
    "runs.answer",
    "runs.answer_all",
    "runs.answer_companies",
    "runs.companies",
    "runs.differences",
    "runs.ledger",
    "runs.line",
    "runs.list",
    "runs.open_record",
    "runs.questions",
    "runs.refresh",
    "runs.save_ledger",
    "runs.show",
    "settings.assignment_rules",
    "settings.export",
    "stored_data.show",
    "support.preview",
    "tokens.unlock",
    "workspaces.list",
    // The open workspace is another one afterwards, which has a log of its own.
    "workspaces.open",
    "workspaces.open_folder",
];

/// Calls that change something and are told, which other flows show: `audit`, `changing_users`, `integration_user`, `retrying`.
const SHOWN_ELSEWHERE: &[&str] = &[
    "connection.accept_other_org",
    "connection.connect_server",
    "mapping.clean_test",
    "runs.resume",
    "runs.retry",
];

struct Log<'a> {
    app: &'a TestApp,
    told: BTreeSet<&'static str>,
}

impl Log<'_> {
    async fn entries(&self) -> Vec<AuditEntry> {
        let query = json!({ "search": "", "area": null, "since": null, "offset": 0, "limit": 200 });
        let page: AuditPage = self.app.call("audit.list", query).await;
        page.entries
    }

    /// Makes a call, and expects an entry that tells of it.
    async fn tells(&mut self, call: &'static str, params: Value, action: &str) -> Value {
        let before = self.entries().await.first().map_or(0, |entry| entry.entry);
        let answer = self.app.call(call, params).await;
        self.has_new(call, before, action).await;
        answer
    }

    async fn has_new(&mut self, call: &'static str, before: i64, action: &str) {
        let new: Vec<AuditEntry> = self.entries().await;
        let new: Vec<_> = new.iter().filter(|entry| entry.entry > before).collect();
        let of_call = new.iter().find(|entry| entry.action == action);
        let entry = of_call.unwrap_or_else(|| panic!("{call} is not told as {action}: {new:#?}"));
        assert!(
            entry.before.is_some()
                || entry.after.is_some()
                || entry.run.is_some()
                || !entry.sentence.is_empty(),
            "{entry:?}"
        );
        self.told.insert(call);
    }

    async fn last(&self) -> i64 {
        self.entries().await[0].entry
    }
}

#[tokio::test]
async fn whatever_changes_something_has_an_entry() {
    let app = TestApp::start().await;
    let mut log = Log {
        app: &app,
        told: BTreeSet::new(),
    };
    let on = json!({ "limit_records": 77 });
    app.change_export_settings("lead", on).await;
    log.told.insert("settings.save_export");
    let before = log.last().await;
    app.connect().await;
    log.has_new("connection.finish", before, "connected").await;
    log.has_new("connection.finish", before, "mapping_saved").await;
    log.tells("settings.exports_on", json!({ "on": true }), "exports_turned_on")
        .await;
    people(&app, &mut log).await;
    lists_and_mappings(&app, &mut log).await;
    runs(&app, &mut log).await;
    machine(&app, &mut log).await;
    connection(&app, &mut log).await;

    let known: BTreeSet<&str> = CHANGE_NO_SETTING
        .iter()
        .chain(SHOWN_ELSEWHERE)
        .copied()
        .chain(log.told)
        .collect();
    let calls: BTreeSet<&str> = ACTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        calls.difference(&known).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "neither told nor known to change nothing"
    );
}

async fn people(app: &TestApp, log: &mut Log<'_>) {
    let added = json!({ "name": "Ada", "email": "ada@acme.example", "role": "admin" });
    let added: People = serde_json::from_value(log.tells("people.add", added, "person_added").await).unwrap();
    let of = |name: &str| {
        let found = added.people.iter().find(|person| person.name == name);
        found.unwrap().person
    };
    let (ada, own) = (of("Ada"), of("Test Operator"));
    let changed = json!({ "person": ada, "name": "Ada M.", "email": "ada@acme.example", "role": "admin" });
    log.tells("people.change", changed, "person_changed").await;
    log.tells("people.remove", json!({ "people": [ada] }), "person_removed")
        .await;
    log.tells("people.restore", json!({ "people": [ada] }), "person_restored")
        .await;
    log.tells(
        "people.switch_operator",
        json!({ "person": ada }),
        "operator_switched",
    )
    .await;
    log.tells(
        "people.switch_operator",
        json!({ "person": own }),
        "operator_switched",
    )
    .await;
    let map = json!({ "email": "ada@acme.example", "user": PRIYA });
    log.tells("people.map", map, "user_mapped").await;
    let automatic = json!({ "changes": [{ "person": ada, "to": { "choice": "automatic" } }] });
    log.tells("people.save_mapping", automatic, "user_mapped").await;
    let rows: Vec<String> = (0..450)
        .map(|row| format!("Person {row},person{row}@acme.example\n"))
        .collect();
    let rows = rows.concat();
    let file = app.file("people.csv", format!("name,email\n{rows}"));
    app.host.answer_open(Some(file));
    let check: Option<PeopleFileCheck> = app.call("people.choose_file", json!({})).await;
    let file = json!({ "file_id": check.unwrap().file_id });
    log.tells("people.import_file", file, "people_imported").await;
    // Everybody who is new is named, however many they are.
    let told: Vec<String> = log
        .entries()
        .await
        .into_iter()
        .filter(|entry| entry.action == "person_added")
        .filter_map(|entry| entry.after)
        .collect();
    for row in [0, 199, 200, 449] {
        let email = format!("<person{row}@acme.example>");
        assert!(told.iter().any(|text| text.contains(&email)), "{email}");
    }
}

async fn lists_and_mappings(app: &TestApp, log: &mut Log<'_>) {
    log.tells("lists.import_samples", json!({}), "list_imported")
        .await;
    let before = log.last().await;
    let list = app
        .import(&app.file("l.csv", lists::contacts(3)), "Targets")
        .await
        .list;
    log.has_new("lists.import_file", before, "list_imported").await;
    let id = list.list_id;
    let renamed = json!({ "list_id": id, "name": "Other targets" });
    log.tells("lists.rename", renamed, "list_renamed").await;
    log.tells("lists.delete", json!({ "list_id": id }), "list_deleted")
        .await;
    log.tells("lists.restore", json!({ "list_id": id }), "list_restored")
        .await;

    let saved: SavedMapping = app.call("mapping.show", json!({ "object": "lead" })).await;
    let mut rows = serde_json::to_value(&saved.rows).unwrap();
    rows.as_array_mut().unwrap().pop();
    let save = json!({ "object": "lead", "rows": rows, "note": "Fewer", "based_on_version": saved.version });
    log.tells("mapping.save", save, "mapping_saved").await;
    log.tells(
        "mapping.restore",
        json!({ "object": "lead", "version": 1 }),
        "mapping_restored",
    )
    .await;
    let test = json!({ "object": "lead", "rows": saved.rows, "sample": { "list_id": null, "index": 0 } });
    log.tells("mapping.test", test, "mapping_test_ended").await;
}

async fn runs(app: &TestApp, log: &mut Log<'_>) {
    let list = app
        .import(&app.file("r.csv", lists::contacts(3)), "For runs")
        .await
        .list
        .list_id;
    let choice =
        json!({ "object": "lead", "list_id": list, "selection": { "kind": "all" }, "limit_records": null });
    let planned = log.tells("export.plan", choice, "run_planned").await;
    let run = planned["summary"]["run"].as_i64().unwrap();
    let again = log
        .tells("runs.repeat", json!({ "run": run }), "run_retry_planned")
        .await;
    let again = json!({ "run": again["summary"]["run"] });
    log.tells("runs.cancel", again, "run_cancelled").await;
    let before = log.last().await;
    app.send(run).await;
    log.has_new("export.send", before, "run_sent").await;
    let undo = log
        .tells("runs.plan_undo", json!({ "run": run }), "run_undo_planned")
        .await;
    let _: Value = app
        .call("runs.cancel", json!({ "run": undo["summary"]["run"] }))
        .await;
}

async fn machine(app: &TestApp, log: &mut Log<'_>) {
    log.tells(
        "stored_data.delete",
        json!({ "kind": "mirror" }),
        "stored_data_deleted",
    )
    .await;
    app.host.answer_save(Some(app.workspace().join("bundle.zip")));
    log.tells("support.save", json!({}), "support_bundle_saved").await;
    log.tells(
        "workspaces.rename",
        json!({ "name": "Named" }),
        "workspace_renamed",
    )
    .await;
    log.tells("workspaces.create", json!({ "name": "Second" }), "workspace_made")
        .await;
    let folder = app.host.opened_workspaces().remove(0);
    log.tells(
        "workspaces.forget",
        json!({ "folder": folder }),
        "workspace_forgotten",
    )
    .await;
    log.tells(
        "workspaces.restore",
        json!({ "folder": folder, "name": "Second" }),
        "workspace_restored",
    )
    .await;
}

async fn connection(app: &TestApp, log: &mut Log<'_>) {
    let home = json!({ "home": "keychain", "passphrase": null });
    log.tells("tokens.choose_home", home, "token_home_chosen").await;
    log.tells(
        "connection.choose_accounts",
        json!({ "accounts": "user" }),
        "user_accounts_chosen",
    )
    .await;
    app.log_in("own_user", PRIYA).await.unwrap();
    log.tells("connection.disconnect_own", json!({}), "own_user_disconnected")
        .await;
    app.log_in("own_user", PRIYA).await.unwrap();
    log.tells(
        "connection.disconnect",
        json!({ "wipe_mirror": true }),
        "disconnected",
    )
    .await;
    let entries = log.entries().await;
    let told = |action: &str| entries.iter().find(|entry| entry.action == action).unwrap();
    let ended = told("disconnected");
    assert!(ended.before.as_ref().unwrap().contains(PRIYA), "{ended:?}");
    assert_eq!(ended.after.as_deref(), Some("not connected"));
    assert!(told("mirror_emptied").sentence.contains("Landbridge demo org"));
    let own = told("own_user_connected");
    assert_eq!(
        (own.before.as_deref(), own.after.as_deref()),
        (Some("not connected"), Some(PRIYA))
    );
}
