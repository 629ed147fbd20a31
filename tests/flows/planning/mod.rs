//! Plans: duplicates, updates, questions, forecasts, and plans that are kept while the org moves on.

mod anew;
mod answers;
mod differences;
mod duplicates;
mod kept;
mod many;
mod mirrors;
mod org_rules;
mod selection;
mod settings;
mod zoominfo_ids;

use engine::contract::runs::{LedgerLine, LedgerPage, QuestionPage, RunView};
use serde_json::{Value, json};
use support::{TestApp, lists};

/// Imports a list of contacts with these values.
async fn list_of(app: &TestApp, rows: &[&[(&str, &str)]]) -> i64 {
    let path = app.file("list.csv", lists::contacts_with(rows));
    app.import(&path, &format!("List of {}", rows.len()))
        .await
        .list
        .list_id
}

/// Imports so many made-up contacts.
async fn list_of_many(app: &TestApp, contacts: u32) -> i64 {
    let path = app.file("many.csv", lists::contacts(contacts));
    app.import(&path, &format!("{contacts} contacts"))
        .await
        .list
        .list_id
}

async fn plan_with(app: &TestApp, object: &str, list_id: i64, choice: Value) -> RunView {
    let mut params = json!({ "object": object, "list_id": list_id, "selection": { "kind": "all" }, "limit_records": null });
    for (name, value) in choice.as_object().unwrap() {
        params[name] = value.clone();
    }
    app.call("export.plan", params).await
}

async fn lines(app: &TestApp, run: i64) -> Vec<LedgerLine> {
    let params = json!({ "run": run, "outcome": null, "search": "", "offset": 0, "limit": 500 });
    let page: LedgerPage = app.call("runs.ledger", params).await;
    page.lines
}

async fn questions(app: &TestApp, run: i64) -> QuestionPage {
    let params = json!({ "run": run, "waiting_only": true, "offset": 0, "limit": 100 });
    app.call("runs.questions", params).await
}

/// Changes the Export tab's settings of an object, or of all of them together.
async fn change_settings(app: &TestApp, change: impl FnOnce(&mut Value)) {
    let mut settings: Value = app.call("settings.export", json!({})).await;
    change(&mut settings);
    let saved = json!({ "objects": settings["objects"], "rules": settings["rules"] });
    let _: Value = app.call("settings.save_export", saved).await;
}

/// The settings of one object within the Export tab's.
fn of_object<'a>(settings: &'a mut Value, object: &str) -> &'a mut Value {
    settings["objects"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .find(|one| one["object"] == object)
        .unwrap()
}
