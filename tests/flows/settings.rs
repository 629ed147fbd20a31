//! The Export tab and the master toggle are kept, and enforced in the core.

use engine::Code;
use engine::contract::app::AppState;
use engine::contract::export::Preflight;
use engine::contract::settings::{DuplicateAction, ExportSettings};
use serde_json::{Value, json};
use support::{TestApp, lists};

/// What the Export tab would save with one setting of contacts, or of all objects together, changed.
async fn changed(app: &TestApp, place: &str, name: &str, value: Value) -> Value {
    let shown: Value = app.call("settings.export", json!({})).await;
    let mut saved = json!({ "objects": shown["objects"], "rules": shown["rules"] });
    match place {
        "rules" => saved["rules"][name] = value,
        "duplicates" => saved["objects"][1]["duplicates"][name] = value,
        _ => saved["objects"][1][name] = value,
    }
    saved
}

#[tokio::test]
async fn what_cannot_be_saved_is_refused_at_its_field() {
    let app = TestApp::start().await;
    for (place, name, value, field) in [
        ("contact", "limit_records", json!(0), "contact.limit_records"),
        (
            "contact",
            "limit_records",
            json!(100_001),
            "contact.limit_records",
        ),
        (
            "duplicates",
            "offers_update",
            json!(false),
            "contact.default_action",
        ),
        (
            "rules",
            "daily_budget_calls",
            json!(0),
            "rules.daily_budget_calls",
        ),
    ] {
        let params = changed(&app, place, name, value).await;
        let fault = app.fault("settings.save_export", params).await;
        assert_eq!((fault.code, fault.field.as_deref()), (Code::Invalid, Some(field)));
    }
    let mut nothing = changed(&app, "duplicates", "offers_update", json!(false)).await;
    for name in ["offers_create", "offers_skip"] {
        nothing["objects"][1]["duplicates"][name] = json!(false);
    }
    let fault = app.fault("settings.save_export", nothing).await;
    assert_eq!(fault.field.as_deref(), Some("contact.offered_actions"));
}

#[tokio::test]
async fn what_was_saved_is_there_again_with_its_warnings() {
    let app = TestApp::start().await;
    app.change_export_settings("account", json!({ "allowed": false, "limit_records": 10 }))
        .await;
    app.change_export_settings(
        "lead",
        json!({ "limit_records": 30, "duplicates": {
            "checking": "org_rules",
            "offers_update": false,
            "offers_create": true,
            "offers_skip": true,
            "default_action": "skip",
            "unsure_follow_default": true,
        } }),
    )
    .await;
    let saved = app
        .change_export_rules(json!({
            "no_account": "without_account",
            "one_account": "associate",
            "several_accounts": "best_match",
            "daily_budget_calls": 500,
            "bulk_assignment_rule": { "rule_id": "01Q000000000001AAA", "name": "By region" },
        }))
        .await;
    assert_eq!(saved.warnings.len(), 1);
    assert_eq!(
        (saved.objects[0].allowed, saved.objects[0].limit_records),
        (false, 10)
    );
    assert_eq!(saved.objects[2].duplicates.default_action, DuplicateAction::Skip);
    assert_eq!(saved.rules.daily_budget_calls, Some(500));
    let again = app.reopen().await;
    let read: ExportSettings =
        serde_json::from_value(again.call("settings.export", json!({})).await.unwrap()).unwrap();
    assert_eq!(read, saved);
}

#[tokio::test]
async fn every_rule_refuses_with_what_to_do() {
    let app = TestApp::start().await;
    let list = app
        .import(&app.file("l.csv", lists::contacts(30)), "L")
        .await
        .list;
    let choice = |object: &str| json!({ "object": object, "list_id": list.list_id, "selection": { "kind": "all" }, "limit_records": null });
    let codes = async |object: &str| -> Vec<String> {
        let preflight: Preflight = app.call("export.preflight", choice(object)).await;
        assert_eq!(preflight.chosen_records, 30);
        preflight
            .refusals
            .into_iter()
            .map(|refusal| refusal.code)
            .collect()
    };
    assert_eq!(codes("lead").await, ["not_connected", "exports_off"]);
    app.connect().await;
    assert_eq!(codes("lead").await, ["exports_off"]);
    assert_eq!(app.fault("export.plan", choice("lead")).await.code, Code::Refused);
    let state: AppState = app.call("settings.exports_on", json!({ "on": true })).await;
    assert!(state.exports_on);
    assert_eq!(codes("lead").await, Vec::<String>::new());
    assert_eq!(codes("account").await, ["wrong_profile_kind"]);
    app.change_export_settings("lead", json!({ "allowed": false, "limit_records": 29 }))
        .await;
    assert_eq!(codes("lead").await, ["object_not_allowed", "over_limit"]);
}

#[tokio::test]
async fn exports_cannot_be_turned_on_without_an_org() {
    let app = TestApp::start().await;
    assert_eq!(
        app.fault("settings.exports_on", json!({ "on": true })).await.code,
        Code::NotConnected
    );
}
