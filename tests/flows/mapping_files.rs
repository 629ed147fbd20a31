//! Mappings as files: out of the editor, and back into it.

use std::path::Path;

use engine::contract::lists::SavedFile;
use engine::contract::mapping::row::MappingSource;
use engine::contract::mapping::versions::{EditableRows, SavedMapping};
use engine::{Code, Fault};
use serde_json::{Value, json};
use support::TestApp;

async fn saved(app: &TestApp, object: &str) -> SavedMapping {
    app.call("mapping.show", json!({ "object": object })).await
}

/// What choosing this file in the dialog says.
async fn refused(app: &TestApp, path: &Path) -> Fault {
    app.host.answer_open(Some(path.to_path_buf()));
    app.fault("mapping.open_file", json!({ "object": "lead" })).await
}

async fn refused_text(app: &TestApp, text: impl AsRef<[u8]>) -> Fault {
    refused(app, &app.file("mapping.json", text)).await
}

#[tokio::test]
async fn rows_go_out_to_a_file_and_come_back_the_same() {
    let app = TestApp::connected().await;
    let mut rows = saved(&app, "lead").await.rows;
    rows[0].source = MappingSource::Fixed {
        value: format!("=cmd|\"quoted\", ‘é’\n{}", "x".repeat(100_000)),
    };
    rows[1].target = String::new();
    let path = app.file("out.json", "");
    app.host.answer_save(Some(path.clone()));
    let params = json!({ "object": "lead", "rows": rows });
    let file: Option<SavedFile> = app.call("mapping.save_file", params.clone()).await;
    let file = file.unwrap();
    assert_eq!(
        (file.file_name.as_str(), file.rows as usize),
        ("out.json", rows.len())
    );
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.ends_with("}\n") && text.lines().count() > rows.len());
    app.host.answer_open(Some(path));
    let read: Option<EditableRows> = app.call("mapping.open_file", json!({ "object": "lead" })).await;
    let read = read.unwrap();
    assert_eq!((read.origin.as_str(), &read.rows), ("out.json", &rows));
    // Nothing is saved by it.
    assert_eq!(saved(&app, "lead").await.version, 1);
    app.host.answer_open(None);
    app.host.answer_save(None);
    let closed: Option<EditableRows> = app.call("mapping.open_file", json!({ "object": "lead" })).await;
    assert!(closed.is_none());
    let closed: Option<SavedFile> = app.call("mapping.save_file", params).await;
    assert!(closed.is_none());
}

#[tokio::test]
async fn files_that_are_no_mapping_are_refused_kindly() {
    let app = TestApp::start().await;
    let row = json!({ "source": { "kind": "field", "field": "job_title" }, "target": "Title" });
    let document = |version: Value, object: &str, rows: Vec<Value>| {
        json!({ "format": "landbridge-mapping", "version": version, "object": object, "rows": rows })
            .to_string()
    };
    let with_unknown = {
        let mut row = row.clone();
        row["colour"] = json!("red");
        document(json!(1), "lead", vec![row])
    };
    let cases: [(Vec<u8>, &str); 10] = [
        (b"Last Name,Company\nMarsh,Acme\n".to_vec(), "not JSON"),
        (Vec::new(), "not JSON"),
        (vec![0xff, 0xfe, 0x00, 0x7b], "UTF-8"),
        (
            b"{ \"format\": \"something-else\" }".to_vec(),
            "landbridge-mapping",
        ),
        (b"[]".to_vec(), "landbridge-mapping"),
        (
            document(json!(2), "lead", vec![json!({ "anything": 1 })]).into_bytes(),
            "Update Landbridge",
        ),
        (with_unknown.into_bytes(), "colour"),
        (document(json!(1), "account", Vec::new()).into_bytes(), "Account"),
        (
            document(json!(1), "lead", vec![row; 2_001]).into_bytes(),
            "2,001 rows",
        ),
        (document(json!(0), "lead", Vec::new()).into_bytes(), "version 0"),
    ];
    for (content, word) in cases {
        let fault = refused_text(&app, &content).await;
        assert_eq!(fault.code, Code::BadFile, "{fault}");

        assert!(fault.sentence.contains(word), "{word}: {fault}");
    }
    let huge = app.file("huge.json", "");
    std::fs::File::options()
        .write(true)
        .open(&huge)
        .unwrap()
        .set_len(17 * 1024 * 1024)
        .unwrap();
    let fault = refused(&app, &huge).await;
    assert!(fault.sentence.contains("16 MB"), "{fault}");
    let fault = refused(&app, app.workspace()).await;
    assert_eq!(fault.code, Code::BadFile);
    let fault = refused(&app, &app.workspace().join("nowhere.json")).await;
    assert_eq!(fault.code, Code::FileSystem);
}
