//! Saving a mapping, its history, comparing and restoring versions.

use engine::Code;
use engine::contract::mapping::row::{MappingRow, MappingSource, OnUpdate};
use engine::contract::mapping::versions::{
    ChangeKind, EditableRows, MappingDifference, MappingHistory, SaveAnswer, SavedMapping,
};
use serde_json::{Value, json};
use support::TestApp;

const LEAD: &str = "lead";

async fn saved(app: &TestApp) -> SavedMapping {
    app.call("mapping.show", json!({ "object": LEAD })).await
}

async fn save(app: &TestApp, rows: &[MappingRow], note: &str) -> SaveAnswer {
    app.call("mapping.save", of(rows, note, None)).await
}

fn of(rows: &[MappingRow], note: &str, based_on: Option<u32>) -> Value {
    json!({ "object": LEAD, "rows": rows, "note": note, "based_on_version": based_on })
}

async fn history(app: &TestApp) -> MappingHistory {
    app.call("mapping.history", json!({ "object": LEAD })).await
}

fn row_to<'a>(rows: &'a mut [MappingRow], target: &str) -> &'a mut MappingRow {
    rows.iter_mut().find(|row| row.target == target).unwrap()
}

#[tokio::test]
async fn a_save_is_a_version_with_author_time_note_and_changes() {
    let app = TestApp::connected().await;
    let first = saved(&app).await;
    assert_eq!(
        (first.version, first.note.as_str(), first.may_edit),
        (1, "Default mapping", true)
    );
    let mut rows = first.rows.clone();
    row_to(&mut rows, "Title").on_update = OnUpdate::Overwrite;
    let answer = save(&app, &rows, "  Titles change often ").await;
    let second = answer.saved.unwrap();
    assert_eq!(
        (second.version, second.note.as_str(), second.saved_by.as_str()),
        (2, "Titles change often", "Test Operator")
    );
    assert!(answer.problems.is_empty() && answer.sentence.is_empty());
    assert!(answer.warning.contains("not tested"), "{}", answer.warning);
    assert!(second.saved_at > first.saved_at);
    rows.retain(|row| row.target != "Fax");
    save(&app, &rows, "").await.saved.unwrap();
    let versions = history(&app).await.versions;
    let shown: Vec<(u32, &str, &str)> = versions
        .iter()
        .map(|version| (version.version, version.note.as_str(), version.saved_by.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            (3, "", "Test Operator"),
            (2, "Titles change often", "Test Operator"),
            (1, "Default mapping", "Test Operator"),
        ]
    );
    assert_eq!(versions[0].changes, ["1 row removed"]);
    assert_eq!(versions[1].changes, ["Title on update"]);
    assert!(versions[2].changes.is_empty());
    assert_eq!(versions[1].rows, versions[0].rows + 1);
    // What was saved outlives the app.
    let again = app.reopen().await;
    let read = again
        .call("mapping.show", json!({ "object": LEAD }))
        .await
        .unwrap();
    let read: SavedMapping = serde_json::from_value(read).unwrap();
    assert_eq!((read.version, read.rows), (3, rows));
}

#[tokio::test]
async fn blank_rows_and_faulty_templates_refuse_the_save_row_by_row() {
    let app = TestApp::connected().await;
    let mut rows = saved(&app).await.rows;
    rows[1].target = String::new();
    rows[3].source = MappingSource::Field {
        field: "  ".to_owned(),
    };
    rows[4].source = MappingSource::Template {
        text: "{Job Title".to_owned(),
    };
    let answer = save(&app, &rows, "").await;
    assert!(answer.saved.is_none());
    let marked: Vec<(Option<u32>, &str)> = answer
        .problems
        .iter()
        .map(|problem| (problem.row, problem.code.as_str()))
        .collect();
    assert_eq!(
        marked,
        [
            (Some(2), "target_blank"),
            (Some(4), "source_blank"),
            (Some(5), "template_fault")
        ]
    );
    assert!(answer.problems.iter().all(|problem| problem.stops_saving));
    assert!(answer.sentence.contains("2, 4 and 5"), "{}", answer.sentence);
    assert_eq!(saved(&app).await.version, 1);
    let many: Vec<MappingRow> = (0..2_001).map(|_| rows[0].clone()).collect();
    let answer = save(&app, &many, "").await;
    assert!(answer.sentence.contains("2,001"), "{}", answer.sentence);
    let long = app
        .fault("mapping.save", of(&rows[..1], &"n".repeat(501), None))
        .await;
    assert_eq!((long.code, long.field.as_deref()), (Code::Invalid, Some("note")));
    let other = json!({ "object": "case", "rows": [], "note": "", "based_on_version": null });
    assert_eq!(app.fault("mapping.save", other).await.code, Code::BadParameters);
}

#[tokio::test]
async fn what_stops_exports_is_saved_with_a_warning() {
    let app = TestApp::connected().await;
    let mut rows = saved(&app).await.rows;
    rows.retain(|row| row.target != "LastName");
    row_to(&mut rows, "Title").target = "Mood__c".to_owned();
    let answer = save(&app, &rows, "").await;
    assert_eq!(answer.saved.unwrap().version, 2);
    assert!(
        answer.warning.contains("2 problems stop exports") && answer.warning.contains("Mood__c"),
        "{}",
        answer.warning
    );
}

#[tokio::test]
async fn a_save_that_changes_nothing_makes_no_version() {
    let app = TestApp::connected().await;
    let rows = saved(&app).await.rows;
    let answer = save(&app, &rows, "again").await;
    assert_eq!(answer.saved.unwrap().version, 1);
    assert!(answer.warning.contains("version 1"), "{}", answer.warning);
    assert_eq!(history(&app).await.versions.len(), 1);
}

#[tokio::test]
async fn a_newer_version_of_somebody_else_refuses_the_save() {
    let app = TestApp::connected().await;
    let rows = saved(&app).await.rows;
    let other_window = app.reopen().await;
    let mut theirs = rows.clone();
    theirs.retain(|row| row.target != "Fax");
    other_window
        .call("mapping.save", of(&theirs, "", Some(1)))
        .await
        .unwrap();
    let mut ours = rows.clone();
    row_to(&mut ours, "Title").on_update = OnUpdate::Never;
    let answer: SaveAnswer = app.call("mapping.save", of(&ours, "", Some(1))).await;
    assert!(answer.saved.is_none());
    assert_eq!(answer.problems[0].code, "newer_version");
    for word in ["Test Operator", "version 2", "version 1", "UTC"] {
        assert!(answer.sentence.contains(word), "{}", answer.sentence);
    }
    assert_eq!(saved(&app).await.rows, theirs);
    // On top of the newer one it is saved.
    let answer: SaveAnswer = app.call("mapping.save", of(&ours, "", Some(2))).await;
    assert_eq!(answer.saved.unwrap().version, 3);
}

#[tokio::test]
async fn any_two_versions_and_unsaved_rows_are_compared() {
    let app = TestApp::connected().await;
    let first = saved(&app).await.rows;
    let mut rows = first.clone();
    let phones: Vec<usize> = (0..rows.len())
        .filter(|row| rows[*row].target == "Phone")
        .collect();
    rows.swap(phones[0], phones[1]);
    save(&app, &rows, "").await.saved.unwrap();
    rows.retain(|row| row.target != "Fax");
    save(&app, &rows, "").await.saved.unwrap();
    let compare = async |from: u32, to: Option<u32>, rows: &[MappingRow]| -> MappingDifference {
        let params = json!({ "object": LEAD, "from": from, "to": to, "rows": rows });
        app.call("mapping.compare", params).await
    };
    let kinds = |difference: &MappingDifference| -> Vec<(ChangeKind, String)> {
        let changes = difference.changes.iter();
        changes
            .map(|change| (change.kind, change.target.clone()))
            .collect()
    };
    let one_step = compare(2, Some(3), &[]).await;
    assert_eq!(kinds(&one_step), [(ChangeKind::Removed, "Fax".to_owned())]);
    assert_eq!(one_step.same_rows as usize, rows.len());
    let both = kinds(&compare(1, Some(3), &[]).await);
    assert!(
        both.contains(&(ChangeKind::Moved, "Phone".to_owned())),
        "{both:?}"
    );
    assert!(
        both.contains(&(ChangeKind::Removed, "Fax".to_owned())),
        "{both:?}"
    );
    let back = kinds(&compare(3, Some(2), &[]).await);
    assert_eq!(back, [(ChangeKind::Added, "Fax".to_owned())]);
    row_to(&mut rows, "Title").on_update = OnUpdate::Never;
    let unsaved = compare(3, None, &rows).await;
    assert_eq!(kinds(&unsaved), [(ChangeKind::Changed, "Title".to_owned())]);
    assert_eq!(unsaved.changes[0].details[0].what, "On update");
    let params = json!({ "object": LEAD, "from": 9, "to": 1, "rows": [] });
    let missing = app.fault("mapping.compare", params).await;
    assert_eq!(missing.code, Code::NotFound);
    assert!(missing.sentence.contains("version 3"), "{missing}");
}

#[tokio::test]
async fn an_earlier_version_is_restored_as_a_new_one() {
    let app = TestApp::connected().await;
    let first = saved(&app).await.rows;
    let mut rows = first.clone();
    rows.truncate(5);
    save(&app, &rows, "").await.saved.unwrap();
    let restore = json!({ "object": LEAD, "version": 1 });
    let restored: SavedMapping = app.call("mapping.restore", restore.clone()).await;
    assert_eq!(
        (restored.version, restored.note.as_str(), &restored.rows),
        (3, "Restored version 1", &first)
    );
    // Once more changes nothing.
    let again: SavedMapping = app.call("mapping.restore", restore).await;
    assert_eq!(again.version, 3);
    let missing = app
        .fault("mapping.restore", json!({ "object": LEAD, "version": 12 }))
        .await;
    assert_eq!(missing.code, Code::NotFound);
}

#[tokio::test]
async fn the_defaults_come_into_the_editor_and_nothing_is_saved() {
    let app = TestApp::connected().await;
    let first = saved(&app).await.rows;
    save(&app, &first[..3], "").await.saved.unwrap();
    let defaults: EditableRows = app.call("mapping.defaults", json!({ "object": LEAD })).await;
    assert_eq!(defaults.rows, first);
    assert_eq!(saved(&app).await.version, 2);
}

#[tokio::test]
async fn only_admins_save_and_restore() {
    let app = TestApp::connected().await;
    let rows = saved(&app).await.rows;
    app.hand_admin_role_to("Grace Hopper");
    let shown = saved(&app).await;
    assert!(!shown.may_edit);
    assert!(
        shown.may_edit_sentence.contains("Grace Hopper"),
        "{}",
        shown.may_edit_sentence
    );
    for (call, params) in [
        ("mapping.save", of(&rows[..3], "", None)),
        ("mapping.restore", json!({ "object": LEAD, "version": 1 })),
    ] {
        let fault = app.fault(call, params).await;
        assert_eq!(fault.code, Code::NotAllowed, "{call}");
        assert!(
            fault.sentence.contains("Only admins may") && fault.sentence.contains("Grace Hopper"),
            "{fault}"
        );
    }
    assert_eq!(saved(&app).await.version, 1);
}
