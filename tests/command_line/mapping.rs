//! `mapping show`, `set`, `history` and `restore`, as scripts use them.

use demo_org::{DemoOrg, Options};
use serde_json::{Value, json};
use support::command_line::{CommandLine, Finished};

async fn show(command_line: &CommandLine) -> Value {
    let shown = command_line.json(&["mapping", "show", "--object", "lead"]).await;
    assert_eq!(shown.code, Some(0), "{shown:?}");
    shown.result()
}

async fn set(command_line: &CommandLine, document: &Value, more: &[&str]) -> Finished {
    let file = command_line.file("mapping.json", document.to_string());
    let arguments = [
        "mapping",
        "set",
        "--object",
        "lead",
        "--file",
        file.to_str().unwrap(),
    ];
    command_line.json(&[&arguments[..], more].concat()).await
}

fn assert_saved(saved: &Finished, state: &str, version: u32) {
    assert_eq!(saved.code, Some(0), "{saved:?}");
    let result = saved.result();
    assert_eq!(
        (&result["state"], &result["version"]),
        (&json!(state), &json!(version)),
        "{result}"
    );
}

#[tokio::test]
async fn what_show_prints_is_what_set_accepts() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let mut document = show(&command_line).await;
    assert_eq!(
        (&document["format"], &document["object"]),
        (&json!("landbridge-mapping"), &json!("lead"))
    );
    assert_saved(&set(&command_line, &document, &[]).await, "unchanged", 1);
    document["rows"][0]["on_update"] = json!("overwrite");
    let saved = set(&command_line, &document, &["--note", "Greetings change"]).await;
    assert_saved(&saved, "saved", 2);
    assert!(
        saved.result()["warning"].as_str().unwrap().contains("not tested"),
        "{saved:?}"
    );
    assert_eq!(show(&command_line).await, document);
    let history = command_line
        .json(&["mapping", "history", "--object", "lead"])
        .await;
    assert_eq!(history.code, Some(0), "{history:?}");
    let lines: Vec<(&Value, &Value)> = history
        .lines
        .iter()
        .map(|line| (&line["version"], &line["note"]))
        .collect();
    assert_eq!(
        lines,
        [
            (&json!(2), &json!("Greetings change")),
            (&json!(1), &json!("Default mapping"))
        ]
    );
    assert_eq!(history.lines[0]["changes"], json!(["Salutation on update"]));
    let restored = command_line
        .json(&["mapping", "restore", "--object", "lead", "--version", "1"])
        .await;
    assert_saved(&restored, "saved", 3);
    assert_eq!(restored.result()["note"], "Restored version 1");
    let second = command_line
        .json(&["mapping", "show", "--object", "lead", "--version", "2"])
        .await;
    assert_eq!(second.result(), document);
}

#[tokio::test]
async fn a_document_comes_by_standard_input_too() {
    let command_line = CommandLine::unconnected();
    let document = show(&command_line).await.to_string();
    let saved = command_line
        .json_with_input(&["mapping", "set", "--object", "lead"], &document)
        .await;
    assert_saved(&saved, "saved", 1);
    let empty = command_line
        .json_with_input(&["mapping", "set", "--object", "lead"], "")
        .await;
    assert_eq!(empty.code, Some(2), "{empty:?}");
    assert!(empty.said.contains("not JSON"), "{}", empty.said);
}

#[tokio::test]
async fn blank_rows_are_refused_with_every_problem() {
    let command_line = CommandLine::unconnected();
    let mut document = show(&command_line).await;
    document["rows"][1]["target"] = json!("");
    document["rows"][2]["source"] = json!({ "kind": "template", "text": "{Mood}" });
    let refused = set(&command_line, &document, &[]).await;
    assert_eq!(refused.code, Some(2), "{refused:?}");
    let result = refused.result();
    assert_eq!(result["state"], "refused");
    let rows: Vec<&Value> = result["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| &problem["row"])
        .collect();
    assert_eq!(rows, [2, 3]);
    assert!(
        refused.said.contains("Row 2: ") && refused.said.contains("Row 3: "),
        "{}",
        refused.said
    );
    let history = command_line
        .json(&["mapping", "history", "--object", "lead"])
        .await;
    assert!(history.lines.is_empty(), "{history:?}");
}

#[tokio::test]
async fn what_stops_exports_is_told_though_it_is_saved() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let mut document = show(&command_line).await;
    document["rows"][0]["target"] = json!("Mood__c");
    let saved = set(&command_line, &document, &[]).await;
    assert_saved(&saved, "saved", 2);
    assert_eq!(saved.result()["problems"][0]["code"], "unknown_target");
    assert!(saved.said.contains("Mood__c"), "{}", saved.said);
}

#[tokio::test]
async fn files_and_versions_that_do_not_fit_are_exit_code_two() {
    let command_line = CommandLine::unconnected();
    let document = show(&command_line).await;
    assert_saved(&set(&command_line, &document, &[]).await, "saved", 1);
    let mut changed = document.clone();
    changed["rows"][0]["on_update"] = json!("never");
    assert_saved(
        &set(&command_line, &changed, &["--based-on", "1"]).await,
        "saved",
        2,
    );
    let overtaken = set(&command_line, &document, &["--based-on", "1"]).await;
    assert_eq!(overtaken.code, Some(2), "{overtaken:?}");
    assert_eq!(overtaken.result()["problems"][0]["code"], "newer_version");
    let mut newer = document.clone();
    newer["version"] = json!(9);
    let newer = set(&command_line, &newer, &[]).await;
    assert_eq!(newer.code, Some(2), "{newer:?}");
    assert_eq!(newer.result()["fault"]["code"], "bad_file");
    assert!(newer.said.contains("Update Landbridge"), "{}", newer.said);
    let file = command_line.file("lead.json", document.to_string());
    for arguments in [
        &[
            "mapping",
            "set",
            "--object",
            "account",
            "--file",
            file.to_str().unwrap(),
        ][..],
        &["mapping", "set", "--object", "lead", "--file", "nowhere.json"],
        &["mapping", "show", "--object", "lead", "--version", "12"],
        &["mapping", "restore", "--object", "lead", "--version", "12"],
    ] {
        let refused = command_line.json(arguments).await;
        assert_eq!(refused.code, Some(2), "{arguments:?}: {refused:?}");
        assert!(!refused.said.is_empty(), "{arguments:?}");
    }
    for usage in [
        &["mapping", "restore", "--object", "lead"][..],
        &["mapping", "set"],
        &["mapping", "history", "--object", "case"],
    ] {
        let refused = command_line.json(usage).await;
        assert_eq!(refused.code, Some(2), "{usage:?}");
        assert!(refused.said.contains("--help"), "{usage:?}: {}", refused.said);
    }
}
