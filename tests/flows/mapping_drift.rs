//! Drift: what changed in the org since a mapping was saved is told at connection and on demand, and stops exports.

use engine::Code;
use engine::contract::app::AppState;
use engine::contract::export::Preflight;
use engine::contract::mapping::row::{MappingRow, MappingSource};
use engine::contract::mapping::versions::{Drift, DriftKind, SaveAnswer, SavedMapping};
use serde_json::{Value, json};
use support::{TestApp, lists};

async fn show(app: &TestApp) -> SavedMapping {
    app.call("mapping.show", json!({ "object": "lead" })).await
}

async fn refresh(app: &TestApp) -> SavedMapping {
    app.call("mapping.refresh", json!({ "object": "lead" })).await
}

async fn save(app: &TestApp, rows: &[MappingRow]) -> SavedMapping {
    let params = json!({ "object": "lead", "rows": rows, "note": "", "based_on_version": null });
    let answer: SaveAnswer = app.call("mapping.save", params).await;
    answer.saved.unwrap()
}

async fn change(app: &TestApp, field: &str, change: Value) {
    let mut request = json!({ "object": "Lead", "field": field });
    request
        .as_object_mut()
        .unwrap()
        .extend(change.as_object().unwrap().clone());
    app.control().change_field(request).await.unwrap();
}

fn kinds(drift: &[Drift]) -> Vec<(DriftKind, &str, bool)> {
    drift
        .iter()
        .map(|drift| (drift.kind, drift.target.as_str(), drift.stops_exports))
        .collect()
}

fn row_of(rows: &[MappingRow], target: &str) -> Option<u32> {
    let place = rows.iter().position(|row| row.target == target)?;
    u32::try_from(place + 1).ok()
}

#[tokio::test]
async fn every_kind_of_drift_is_told_at_its_row() {
    let app = TestApp::connected().await;
    let mut rows = show(&app).await.rows;
    let mut function = rows[0].clone();
    function.source = MappingSource::Fixed {
        value: "Sales".to_owned(),
    };
    function.target = "Function__c".to_owned();
    rows.push(function);
    assert!(save(&app, &rows).await.drift.is_empty());
    change(&app, "Title", json!({ "right": "hidden" })).await;
    change(&app, "Fax", json!({ "label": "Telecopier" })).await;
    change(&app, "Website", json!({ "right": "read" })).await;
    change(&app, "Street", json!({ "length": 12 })).await;
    change(&app, "MobilePhone", json!({ "required": true })).await;
    change(&app, "Rating", json!({ "required": true })).await;
    change(&app, "Function__c", json!({ "removed_values": ["Sales"] })).await;
    assert!(show(&app).await.drift.is_empty(), "nobody has asked the org yet");
    let drift = refresh(&app).await.drift;
    let told = kinds(&drift);
    for kind in [
        (DriftKind::FieldGone, "Title", true),
        (DriftKind::Relabelled, "Fax", false),
        (DriftKind::PermissionLost, "Website", true),
        (DriftKind::TypeChanged, "Street", false),
        (DriftKind::BecameRequired, "MobilePhone", false),
        (DriftKind::BecameRequired, "Rating", true),
        (DriftKind::ValueGone, "Function__c", true),
    ] {
        assert!(told.contains(&kind), "{kind:?} is not among {told:?}");
    }
    assert_eq!(told.len(), 7, "{told:?}");
    for drift in &drift {
        assert_eq!(drift.row, row_of(&rows, &drift.target), "{drift:?}");
        assert!(drift.sentence.contains(&drift.target), "{drift:?}");
    }
}

#[tokio::test]
async fn drift_is_found_when_the_org_is_connected_or_checked_again() {
    let app = TestApp::connected().await;
    change(&app, "Fax", json!({ "label": "Telecopier" })).await;
    let _: AppState = app.call("connection.check", json!({})).await;
    assert_eq!(
        kinds(&show(&app).await.drift),
        [(DriftKind::Relabelled, "Fax", false)]
    );
    change(&app, "Title", json!({ "right": "hidden" })).await;
    app.connect().await;
    assert_eq!(
        kinds(&show(&app).await.drift),
        [
            (DriftKind::FieldGone, "Title", true),
            (DriftKind::Relabelled, "Fax", false)
        ]
    );
}

#[tokio::test]
async fn a_renamed_field_is_recognized() {
    let app = TestApp::start().await;
    change(&app, "ZoomInfo_Id__c", json!({ "right": "hidden" })).await;
    app.connect().await;
    let rows = show(&app).await.rows;
    assert!(rows.iter().any(|row| row.target == "Title"));
    change(&app, "Title", json!({ "right": "hidden" })).await;
    change(&app, "ZoomInfo_Id__c", json!({ "label": "Title" })).await;
    let drift = refresh(&app).await.drift;
    assert_eq!(
        drift[0].renamed_to.as_deref(),
        Some("ZoomInfo_Id__c"),
        "{drift:?}"
    );
}

#[tokio::test]
async fn saving_again_settles_what_is_only_different_and_keeps_what_stops_exports() {
    let app = TestApp::connected().await;
    let mut rows = show(&app).await.rows;
    change(&app, "Fax", json!({ "label": "Telecopier" })).await;
    change(&app, "Title", json!({ "right": "hidden" })).await;
    change(&app, "Rating", json!({ "required": true })).await;
    refresh(&app).await;
    // The same rows are no new version, but whoever saves them has seen what is different.
    let seen = save(&app, &rows).await;
    assert_eq!(
        kinds(&seen.drift),
        [
            (DriftKind::FieldGone, "Title", true),
            (DriftKind::BecameRequired, "Rating", true)
        ]
    );
    assert_eq!(seen.version, 1);
    rows.retain(|row| row.target != "Title");
    let mended = save(&app, &rows).await;
    assert_eq!(
        kinds(&mended.drift),
        [(DriftKind::BecameRequired, "Rating", true)]
    );
    rows[0].target = "Rating".to_owned();
    rows[0].source = MappingSource::Fixed {
        value: "Hot".to_owned(),
    };
    assert_eq!(save(&app, &rows).await.drift, []);
    assert_eq!(refresh(&app).await.drift, []);
}

#[tokio::test]
async fn an_export_of_a_drifted_mapping_is_refused_with_what_happened() {
    let app = TestApp::connected().await;
    let list = app.import(&app.file("l.csv", lists::contacts(3)), "L").await.list;
    let choice = json!({ "object": "lead", "list_id": list.list_id, "selection": { "kind": "all" }, "limit_records": null });
    change(&app, "Title", json!({ "right": "hidden" })).await;
    // The plan reads the fields itself, so it needs no refresh.
    let refused = app.fault("export.plan", choice.clone()).await;
    assert_eq!(refused.code, Code::Refused);
    assert!(refused.sentence.contains("was deleted or renamed"), "{refused}");
    assert_eq!(
        kinds(&show(&app).await.drift),
        [(DriftKind::FieldGone, "Title", true)]
    );
    let preflight: Preflight = app.call("export.preflight", choice.clone()).await;
    assert_eq!(preflight.refusals[0].code, "mapping_problem");
    assert!(
        preflight.refusals[0].sentence.contains("was deleted or renamed"),
        "{:?}",
        preflight.refusals
    );
    let before = app.org.record_count("Lead").unwrap();
    // A label alone stops nothing.
    change(&app, "Title", json!({ "label": "Job" })).await;
    let run = app.plan("lead", list.list_id).await.summary.run;
    app.send(run).await;
    assert_eq!(app.org.record_count("Lead").unwrap(), before + 3);
}

#[tokio::test]
async fn an_org_without_a_mapped_field_is_told_at_its_row() {
    let app = TestApp::start().await;
    let rows = json!([
        { "source": { "kind": "field", "field": "last_name" }, "target": "LastName" },
        { "source": { "kind": "field", "field": "job_title" }, "target": "Mood__c" },
    ]);
    let document = json!({ "format": "landbridge-mapping", "version": 1, "object": "lead", "rows": rows });
    let file = app.file("m.json", document.to_string());
    app.host.answer_open(Some(file));
    let read: Value = app.call("mapping.open_file", json!({ "object": "lead" })).await;
    let rows: Vec<MappingRow> = serde_json::from_value(read["rows"].clone()).unwrap();
    // Before the first connection nothing is known of the org.
    assert_eq!(save(&app, &rows).await.version, 1);
    app.connect().await;
    let _: AppState = app.call("settings.exports_on", json!({ "on": true })).await;
    assert_eq!(show(&app).await.version, 1);
    let list = app.import(&app.file("l.csv", lists::contacts(3)), "L").await.list;
    let choice = json!({ "object": "lead", "list_id": list.list_id, "selection": { "kind": "all" }, "limit_records": null });
    let refused = app.fault("export.plan", choice).await;
    assert!(
        refused.sentence.starts_with("Row 2") && refused.sentence.contains("Mood__c"),
        "{refused}"
    );
}

#[tokio::test]
async fn an_object_that_may_no_longer_be_seen_loses_all_its_fields_and_nothing_else() {
    let app = TestApp::connected().await;
    app.control()
        .add_trouble(
            r#"{ "calls": [{ "which": { "path": "*/sobjects/Lead/describe" },
                 "what": { "refusal": { "status": 404, "code": "NOT_FOUND", "message": "The requested resource does not exist" } } }] }"#,
        )
        .await
        .unwrap();
    // The connection itself is sound, and so are the other objects.
    let _: AppState = app.call("connection.check", json!({})).await;
    let leads = show(&app).await;
    assert_eq!(leads.drift.len(), leads.rows.len());
    assert!(
        leads
            .drift
            .iter()
            .all(|drift| drift.kind == DriftKind::FieldGone && drift.stops_exports)
    );
    let contacts: SavedMapping = app.call("mapping.show", json!({ "object": "contact" })).await;
    assert_eq!(contacts.drift, []);
}

#[tokio::test]
async fn the_fields_are_read_anew_only_with_a_connection() {
    let app = TestApp::start().await;
    let fault = app.fault("mapping.refresh", json!({ "object": "lead" })).await;
    assert_eq!(fault.code, Code::NotConnected);
    assert_eq!(show(&app).await.version, 0);
}
