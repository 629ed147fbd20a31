//! `import`.

use serde_json::json;
use support::command_line::CommandLine;
use support::lists::{self, CONTACT_HEADER};

#[tokio::test]
async fn good_rows_become_a_list_and_bad_ones_are_told_by_line() {
    let command_line = CommandLine::unconnected();
    // Each good row has an address of two lines, so the row without a last name is line 8 of the file.
    let text = format!("{}9,,Ada,,,,,,,,,,Co,,,,,,,,,,\n", lists::contacts(3));
    let file = command_line.file("people.csv", text);
    let imported = command_line
        .json(&["import", file.to_str().unwrap(), "--list", "People"])
        .await;
    assert_eq!(imported.code, Some(0), "{imported:?}");
    let result = imported.result();
    assert_eq!(result["list"], "People");
    assert_eq!(result["kind"], "contacts");
    assert_eq!(
        (
            &result["read_rows"],
            &result["imported_rows"],
            &result["refused_rows"]
        ),
        (&json!(4), &json!(3), &json!(1))
    );
    let refusals = result["refusals"].as_array().unwrap();
    assert_eq!(refusals.len(), 1);
    assert_eq!(refusals[0]["line"], 8);
    let why = refusals[0]["why"].as_str().unwrap();
    assert!(why.to_lowercase().contains("last name"), "{why}");
    assert!(imported.said.contains("line 8"), "{}", imported.said);
}

#[tokio::test]
async fn several_files_become_several_lists_named_after_them() {
    let command_line = CommandLine::unconnected();
    let first = command_line.file("first.csv", lists::contacts(2));
    let second = command_line.file("second.csv", lists::contacts(3));
    let (first, second) = (first.to_str().unwrap(), second.to_str().unwrap());
    let one_name = command_line
        .json(&["import", first, second, "--list", "Both"])
        .await;
    assert_eq!(one_name.code, Some(2));
    let imported = command_line.json(&["import", first, second]).await;
    assert_eq!(imported.code, Some(0), "{imported:?}");
    let results: Vec<_> = imported
        .lines
        .iter()
        .filter(|line| line.get("progress").is_none())
        .map(|line| (line["list"].clone(), line["imported_rows"].clone()))
        .collect();
    assert_eq!(results, [(json!("first"), json!(2)), (json!("second"), json!(3))]);
    let again = command_line.json(&["import", first, "--list", "second"]).await;
    assert_eq!(again.code, Some(2), "a name is given once");
}

#[tokio::test]
async fn files_that_are_no_lists_are_refused_and_leave_nothing() {
    let command_line = CommandLine::unconnected();
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 64]].concat();
    let cases: [(&str, Option<&[u8]>, &str); 5] = [
        ("empty.csv", Some(b""), "empty"),
        ("image.csv", Some(&png), "image"),
        ("header_only.csv", Some(CONTACT_HEADER.as_bytes()), "no rows"),
        ("other.csv", Some(b"colour,size\nred,9\n"), "ZoomInfo"),
        ("missing.csv", None, "missing.csv"),
    ];
    for (name, content, word) in cases {
        let path = command_line.path(name);
        if let Some(content) = content {
            command_line.file(name, content);
        }
        let refused = command_line
            .json(&["import", path.to_str().unwrap(), "--list", "L"])
            .await;
        assert_eq!(refused.code, Some(2), "{name}: {refused:?}");
        assert!(refused.said.contains(word), "{name}: {}", refused.said);
        let fault = &refused.result()["fault"];
        assert!(
            refused.said.contains(fault["sentence"].as_str().unwrap()),
            "{name}"
        );
    }
    // The name is still free, so no half list was left.
    let good = command_line.file("good.csv", lists::contacts(1));
    command_line.import(&good, "L").await;
}
