//! The Export tab and the master toggle are kept, and enforced in the core.

use engine::Code;
use engine::contract::app::AppState;
use engine::contract::export::Preflight;
use engine::contract::settings::ExportSettings;
use serde_json::json;
use support::{TestApp, lists};

#[tokio::test]
async fn limits_outside_1_to_100_000_are_refused_at_their_field() {
    let app = TestApp::start().await;
    for limit in [0, 100_001] {
        let params = json!({ "objects": [{ "object": "contact", "allowed": true, "limit_records": limit }] });
        let fault = app.fault("settings.save_export", params).await;
        assert_eq!(
            (fault.code, fault.field.as_deref()),
            (Code::Invalid, Some("contact.limit_records"))
        );
    }
}

#[tokio::test]
async fn what_was_saved_is_there_again_with_its_warnings() {
    let app = TestApp::start().await;
    let objects = json!([
        { "object": "account", "allowed": false, "limit_records": 10 },
        { "object": "contact", "allowed": true, "limit_records": 20 },
        { "object": "lead", "allowed": true, "limit_records": 30 },
    ]);
    let saved: ExportSettings = app
        .call("settings.save_export", json!({ "objects": objects }))
        .await;
    assert_eq!(saved.warnings.len(), 1);
    let again = app.reopen().await;
    let read: ExportSettings =
        serde_json::from_value(again.call("settings.export", json!({})).await.unwrap()).unwrap();
    assert_eq!(read, saved);
    assert_eq!(serde_json::to_value(&read.objects).unwrap(), objects);
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
    let objects = json!([{ "object": "lead", "allowed": false, "limit_records": 29 }]);
    let _: ExportSettings = app
        .call("settings.save_export", json!({ "objects": objects }))
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
