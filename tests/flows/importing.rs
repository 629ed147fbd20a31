//! Lists: importing, looking, searching, renaming, deleting and taking back.

use engine::Code;
use engine::contract::lists::{
    ChosenFile, ImportCheck, Imported, ListKind, ListSummary, Lists, ProfilePage, SavedFile,
};
use serde_json::json;
use support::{TestApp, lists};

#[tokio::test]
async fn a_check_promises_what_the_import_does_and_writes_nothing() {
    let app = TestApp::start().await;
    let mut text = lists::contacts(60);
    let repeated = lists::contacts(2);
    text += repeated.split_once('\n').unwrap().1;
    text.push_str("99,,Nobody,,,,,,,,,,,,,,,,,,,,\n");
    let file = app.open_file(&app.file("targets.csv", text)).await;

    let check: ImportCheck = app
        .call("lists.check_file", json!({ "file_id": file.file_id }))
        .await;
    assert_eq!(
        (
            check.read_rows,
            check.importable_rows,
            check.refused_rows,
            check.repeated_rows
        ),
        (63, 60, 3, 2)
    );
    assert_eq!(
        (check.kind, check.suggested_name.as_str()),
        (ListKind::Contacts, "targets")
    );
    assert_eq!(check.extra_columns, ["Query Name"]);
    let none: Lists = app.call("lists.list", json!({ "search": "" })).await;
    assert_eq!(none.total_lists, 0);

    let params = json!({ "file_id": file.file_id, "name": check.suggested_name });
    let imported: Imported = app.call("lists.import_file", params).await;
    assert_eq!(
        (imported.read_rows, imported.imported_rows, imported.refused_rows),
        (63, 60, 3)
    );
    assert_eq!(imported.refusals, check.refusals);
    assert!(
        imported
            .refusals
            .iter()
            .all(|row| row.line > 1 && !row.why.is_empty() && !row.fix.is_empty())
    );
}

#[tokio::test]
async fn a_dropped_file_is_imported_from_its_chunks() {
    let app = TestApp::start().await;
    let text = lists::contacts(300);
    let announced = json!({ "file_name": "dropped.csv", "size_bytes": text.len() });
    let file: ChosenFile = app.call("lists.drop_file", announced).await;
    let mut offset = 0;
    for part in text.as_bytes().chunks(7_001) {
        engine::drop_chunk(app.engine(), &file.file_id, offset, part.to_vec())
            .await
            .unwrap();
        offset += part.len() as u64;
    }
    let again = engine::drop_chunk(app.engine(), &file.file_id, 0, b"x".to_vec())
        .await
        .unwrap_err();
    assert_eq!(again.code, Code::BadParameters);
    let imported: Imported = app
        .call(
            "lists.import_file",
            json!({ "file_id": file.file_id, "name": "Dropped" }),
        )
        .await;
    assert_eq!(imported.imported_rows, 300);
    let leftovers = std::fs::read_dir(app.workspace()).unwrap().filter_map(Result::ok);
    let copies = leftovers
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("dropped-"))
        .count();
    assert_eq!(copies, 0, "the copy goes with the import");
}

#[tokio::test]
async fn profiles_are_paged_and_searched_without_regard_to_case() {
    let app = TestApp::start().await;
    let imported = app.import(&app.file("p.csv", lists::contacts(1_200)), "P").await;
    let list_id = imported.list.list_id;
    let page = |search: &str, offset: u32, limit: u32| json!({ "list_id": list_id, "search": search, "offset": offset, "limit": limit });
    let middle: ProfilePage = app.call("lists.profiles", page("", 700, 50)).await;
    assert_eq!((middle.matching_profiles, middle.profiles.len()), (1_200, 50));
    assert_eq!(middle.profiles[0].name, "Ada Marsh700");
    let found: ProfilePage = app.call("lists.profiles", page("ADA.MARSH11@", 0, 50)).await;
    assert_eq!((found.matching_profiles, found.profiles.len()), (1, 1));
    let none: ProfilePage = app.call("lists.profiles", page("zebra", 0, 50)).await;
    assert_eq!((none.matching_profiles, none.list.profiles), (0, 1_200));
    let capped: ProfilePage = app.call("lists.profiles", page("", 0, 100_000)).await;
    assert_eq!(capped.profiles.len(), 500);
}

#[tokio::test]
async fn names_are_unique_and_deleting_can_be_taken_back() {
    let app = TestApp::start().await;
    let first = app
        .import(&app.file("a.csv", lists::contacts(3)), "Spring")
        .await
        .list;
    let second = app
        .import(&app.file("b.csv", lists::contacts(3)), "Summer")
        .await
        .list;
    let rename = |name: &str| json!({ "list_id": second.list_id, "name": name });
    let fault = app.fault("lists.rename", rename("Spring")).await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::NameTaken, Some("name"))
    );
    assert_eq!(app.fault("lists.rename", rename("  ")).await.code, Code::Invalid);
    let renamed: ListSummary = app.call("lists.rename", rename("Autumn")).await;
    assert_eq!(renamed.name, "Autumn");

    let handle = json!({ "list_id": first.list_id });
    let _: serde_json::Value = app.call("lists.delete", handle.clone()).await;
    assert_eq!(
        app.fault("lists.delete", handle.clone()).await.code,
        Code::NotFound
    );
    let lists: Lists = app.call("lists.list", json!({ "search": "" })).await;
    assert_eq!(
        lists
            .lists
            .iter()
            .map(|list| list.name.as_str())
            .collect::<Vec<_>>(),
        ["Autumn"]
    );
    let back: ListSummary = app.call("lists.restore", handle).await;
    assert_eq!((back.name.as_str(), back.profiles), ("Spring", 3));
    let found: Lists = app.call("lists.list", json!({ "search": "spr" })).await;
    assert_eq!((found.lists.len(), found.total_lists), (1, 2));
}

#[tokio::test]
async fn the_sample_lists_are_imported_once() {
    let app = TestApp::start().await;
    for _ in 0..2 {
        let lists: Lists = app.call("lists.import_samples", json!({})).await;
        assert_eq!(lists.total_lists, 2);
    }
}

#[tokio::test]
async fn every_refused_row_can_be_saved() {
    let app = TestApp::start().await;
    let mut text = lists::contacts(5);
    for number in 0..1_500 {
        text += &format!("{number},,Nobody,=HYPERLINK,,,,,,,,,,,,,,,,,,,\n");
    }
    let file = app.open_file(&app.file("r.csv", text)).await;
    let to = app.workspace().join("refused.csv");
    app.host.answer_save(Some(to.clone()));
    let saved: Option<SavedFile> = app
        .call("lists.save_refusals", json!({ "file_id": file.file_id }))
        .await;
    assert_eq!(saved.unwrap().rows, 1_500);
    let mut reader = csv::Reader::from_path(to).unwrap();
    assert_eq!(reader.records().map(Result::unwrap).count(), 1_500);
    app.host.answer_save(None);
    let none: Option<SavedFile> = app
        .call("lists.save_refusals", json!({ "file_id": file.file_id }))
        .await;
    assert_eq!(none, None);
}

#[tokio::test]
async fn the_messy_list_is_accounted_for_row_by_row() {
    let app = TestApp::start().await;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/contacts_2000_messy.csv");
    let imported = app.import(&path, "Messy").await;
    assert!(
        imported.read_rows >= 2_000 && imported.refused_rows > 40,
        "{imported:?}"
    );
    assert_eq!(imported.read_rows, imported.imported_rows + imported.refused_rows);
    assert_eq!(
        u32::try_from(imported.refusals.len()).unwrap(),
        imported.refused_rows
    );
    assert!(
        imported
            .refusals
            .iter()
            .all(|row| !row.why.is_empty() && !row.fix.is_empty())
    );
}
