//! `audit`.

use support::command_line::CommandLine;

#[tokio::test]
async fn entries_are_told_newest_first_one_line_each() {
    let command_line = CommandLine::unconnected();
    let empty = command_line.json(&["audit"]).await;
    assert_eq!((empty.code, empty.lines.len()), (Some(0), 0));
    assert!(empty.said.contains("is empty"), "{}", empty.said);
    for name in ["Ada", "Bo"] {
        let email = format!("{name}@acme.example");
        command_line.json(&["people", "add", name, &email]).await;
    }
    let told = command_line.json(&["audit"]).await;
    assert_eq!(told.code, Some(0), "{told:?}");
    let sentences: Vec<&str> = told
        .lines
        .iter()
        .map(|line| line["sentence"].as_str().unwrap())
        .collect();
    assert_eq!(sentences, ["Added Bo.", "Added Ada."]);
    for member in [
        "entry", "at", "person", "standing", "area", "action", "before", "after", "run", "org_name",
    ] {
        assert!(
            told.lines[0].get(member).is_some(),
            "no {member}: {}",
            told.lines[0]
        );
    }
    let at = told.lines[0]["at"].as_str().unwrap();
    let since = command_line.json(&["audit", "--since", at]).await;
    assert!(!since.lines.is_empty() && since.lines.iter().all(|line| line["at"].as_str() >= Some(at)));
    let day = command_line
        .json(&["audit", "--since", &at[..10], "--search", "ada", "--limit", "1"])
        .await;
    assert_eq!(day.lines.len(), 1);
    let later = command_line.json(&["audit", "--since", "2999-01-01"]).await;
    assert_eq!(later.lines.len(), 0);
    let refused = command_line.json(&["audit", "--since", "yesterday"]).await;
    assert_eq!(refused.code, Some(2));
    let text = command_line.raw(&["audit"]).await;
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(
        text.contains("Added Ada.") && text.contains("+ e-mail: Ada@acme.example"),
        "{text}"
    );
}
