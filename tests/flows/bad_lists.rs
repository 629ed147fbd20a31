//! Files that are no lists: each gets a clear sentence, and the workspace stays as it was.

use std::io::Write;

use engine::contract::lists::{Imported, Lists};
use engine::{Code, Fault};
use serde_json::json;
use support::TestApp;
use support::lists::{CONTACT_HEADER, contacts, write_contacts};

/// Imports what must be refused, and looks that nothing was left behind.
async fn refused(app: &TestApp, name: &str, content: &[u8]) -> Fault {
    let file = app.open_file(&app.file(name, content)).await;
    let check = app
        .fault("lists.check_file", json!({ "file_id": file.file_id }))
        .await;
    let fault = app
        .fault(
            "lists.import_file",
            json!({ "file_id": file.file_id, "name": name }),
        )
        .await;
    assert_eq!(check.code, fault.code, "{name}");
    let lists: Lists = app.call("lists.list", json!({ "search": "" })).await;
    assert_eq!(lists.total_lists, 0, "{name}");
    fault
}

#[tokio::test]
async fn wrong_files_are_named_for_what_they_are() {
    let app = TestApp::start().await;
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 64]].concat();
    let xlsx = [b"PK\x03\x04".as_slice(), &[0; 26], b"xl/workbook.xml", &[0; 64]].concat();
    let cases: [(&str, &[u8], &str); 8] = [
        ("empty.csv", b"", "empty"),
        ("blank.csv", b"\r\n\r\n", "empty"),
        ("image.csv", &png, "image"),
        ("book.csv", &xlsx, "spreadsheet"),
        ("paper.csv", b"%PDF-1.7\n", "PDF"),
        (
            "no_header.csv",
            b"2000000001,Marsh,ada@works.example\n2000000002,Reed,bo@works.example\n",
            "header",
        ),
        ("other.csv", b"colour,size\nred,9\n", "ZoomInfo"),
        ("header_only.csv", CONTACT_HEADER.as_bytes(), "row"),
    ];
    for (name, content, word) in cases {
        let fault = refused(&app, name, content).await;
        assert_eq!(fault.code, Code::BadFile, "{name}");
        assert!(
            fault.sentence.to_lowercase().contains(&word.to_lowercase()),
            "{name}: {}",
            fault.sentence
        );
    }
}

#[tokio::test]
async fn a_list_of_which_every_row_is_refused_is_not_imported() {
    let app = TestApp::start().await;
    let path = app.file(
        "nobody.csv",
        format!("{CONTACT_HEADER}\n1,,Ada,,,,,,,,,,,,,,,,,,,,\n"),
    );
    let file = app.open_file(&path).await;
    let fault = app
        .fault(
            "lists.import_file",
            json!({ "file_id": file.file_id, "name": "N" }),
        )
        .await;
    assert_eq!(fault.code, Code::BadFile);
    assert!(fault.detail.unwrap().contains("Line 2"));
}

#[tokio::test]
async fn bad_rows_are_refused_and_good_ones_kept() {
    let app = TestApp::start().await;
    let mut bytes = contacts(3).into_bytes();
    bytes.extend_from_slice(b"7,\xff\xfe\x80,Ada,,,,,,,,,,,Co,,,,,,,,,\n");
    bytes.extend_from_slice(b"8,Good,Ada,,,,,,,,,,Co,,,,,,,,,,\n");
    let imported = app.import(&app.file("rows.csv", bytes), "Rows").await;
    assert_eq!(imported.read_rows, imported.imported_rows + imported.refused_rows);
    assert!(imported.imported_rows >= 4, "{imported:?}");
}

#[tokio::test]
async fn an_endless_line_is_refused_by_its_number_and_the_rest_is_read() {
    let app = TestApp::start().await;
    let path = app.workspace().join("endless.csv");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    write!(file, "{}", contacts(2)).unwrap();
    write!(file, "9,").unwrap();
    let block = vec![b'x'; 1 << 20];
    for _ in 0..64 {
        file.write_all(&block).unwrap();
    }
    write!(file, "\n10,Good,Ada,,,,,,,,,,Co,,,,,,,,,,\n").unwrap();
    file.flush().unwrap();
    drop(file);
    let imported: Imported = app.import(&path, "Endless").await;
    assert_eq!((imported.imported_rows, imported.refused_rows), (3, 1));
    assert!(imported.refusals[0].line >= 4);
}

#[tokio::test]
async fn a_list_of_100_001_is_imported_and_its_export_refused() {
    let app = TestApp::connected().await;
    let path = app.workspace().join("large.csv");
    write_contacts(&path, 100_001).unwrap();
    let list = app.import(&path, "Large").await.list;
    assert_eq!(list.profiles, 100_001);
    let choice = json!({ "object": "lead", "list_id": list.list_id, "selection": { "kind": "all" }, "limit_records": null });
    let fault = app.fault("export.plan", choice).await;
    assert_eq!(fault.code, Code::Refused);
    assert!(fault.sentence.contains("100,000"), "{}", fault.sentence);
}

#[tokio::test]
async fn files_that_are_not_there_are_told_by_name() {
    let app = TestApp::start().await;
    app.host.answer_open(Some(app.workspace().join("gone.csv")));
    let fault = app.fault("lists.choose_file", json!({})).await;
    assert_eq!(fault.code, Code::FileSystem);
    assert!(fault.sentence.contains("gone.csv"));
    app.host.answer_open(Some(app.workspace().to_path_buf()));
    assert_eq!(
        app.fault("lists.choose_file", json!({})).await.code,
        Code::BadFile
    );
    app.host.answer_open(None);
    let none: Option<engine::contract::lists::ChosenFile> = app.call("lists.choose_file", json!({})).await;
    assert_eq!(none, None);
}
