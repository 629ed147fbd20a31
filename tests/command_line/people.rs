//! `people …`.

use serde_json::json;
use support::command_line::CommandLine;

#[tokio::test]
async fn people_are_added_listed_changed_and_removed() {
    let command_line = CommandLine::unconnected();
    let added = command_line
        .json(&[
            "people",
            "add",
            "Ada Marsh",
            "ada@acme.example",
            "--role",
            "admin",
        ])
        .await;
    assert_eq!(added.code, Some(0), "{added:?}");
    assert_eq!(
        (&added.result()["email"], &added.result()["role"]),
        (&json!("ada@acme.example"), &json!("admin"))
    );
    let changed = command_line
        .json(&["people", "role", "ADA@acme.example", "user"])
        .await;
    assert_eq!(changed.result()["role"], "user");
    let listed = command_line.json(&["people", "list"]).await;
    assert_eq!(listed.lines.len(), 2);
    assert_eq!(
        listed
            .lines
            .iter()
            .filter(|line| line["is_operator"] == true)
            .count(),
        1
    );
    assert!(listed.said.contains("guard against mistakes"), "{}", listed.said);
    let removed = command_line.json(&["people", "remove", "Ada Marsh"]).await;
    assert_eq!(
        (removed.code, &removed.result()["removed"]["name"]),
        (Some(0), &json!("Ada Marsh"))
    );
    let again = command_line.json(&["people", "remove", "Ada Marsh"]).await;
    assert_eq!(again.code, Some(2));
    assert!(again.said.contains("Ada Marsh"), "{}", again.said);
}

#[tokio::test]
async fn a_file_of_people_is_checked_and_taken() {
    let command_line = CommandLine::unconnected();
    let file = command_line.file(
        "people.csv",
        "Email;Name;Role\nada@acme.example;Ada;admin\nbo@acme.example;Bo;boss\n",
    );
    let file = file.to_str().unwrap();
    let dry = command_line.json(&["people", "import", file, "--dry-run"]).await;
    assert_eq!(
        (
            dry.code,
            &dry.result()["new_people"],
            &dry.result()["refusals"][0]["line"]
        ),
        (Some(0), &json!(1), &json!(3))
    );
    assert_eq!(command_line.json(&["people", "list"]).await.lines.len(), 1);
    let taken = command_line.json(&["people", "import", file]).await;
    assert_eq!(
        (taken.code, &taken.result()["refused_rows"]),
        (Some(0), &json!(1))
    );
    assert!(taken.said.contains("line 3"), "{}", taken.said);
    assert_eq!(command_line.json(&["people", "list"]).await.lines.len(), 2);
    let no_header = command_line.file("bare.csv", "Ada,ada@acme.example,admin\n");
    let refused = command_line
        .json(&["people", "import", no_header.to_str().unwrap()])
        .await;
    assert_eq!(refused.code, Some(2));
    assert!(refused.said.contains("no header"), "{}", refused.said);
}

#[tokio::test]
async fn a_user_is_refused_with_who_may() {
    let command_line = CommandLine::unconnected();
    command_line
        .json(&["people", "add", "Bo", "bo@acme.example"])
        .await;
    let switched = command_line.json(&["people", "switch", "bo@acme.example"]).await;
    assert_eq!(
        (switched.code, &switched.result()["operator"]["name"]),
        (Some(0), &json!("Bo"))
    );
    for command in [
        ["people", "remove", "bo@acme.example"].as_slice(),
        &["people", "import", "people.csv"],
        &["audit"],
        &["exports", "off"],
        &["support-bundle", "bundle.zip"],
        &["doctor", "--permission-set", "set.xml"],
    ] {
        let refused = command_line.json(command).await;
        assert_eq!(refused.code, Some(2), "{command:?}: {refused:?}");
        assert!(
            refused.said.contains("Only admins may"),
            "{command:?}: {}",
            refused.said
        );
    }
}
