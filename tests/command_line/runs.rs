//! `runs list|show|ledger|cancel` and `mapping show`.

use calamine::{Reader as _, Xlsx, open_workbook};
use demo_org::{DemoOrg, Options};
use serde_json::{Value, json};
use support::command_line::CommandLine;
use support::lists;

#[tokio::test]
async fn runs_are_listed_shown_and_accounted_for() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    assert_eq!(command_line.json(&["runs", "list"]).await.lines.len(), 0);
    let file = command_line.file("people.csv", lists::contacts(30));
    command_line.import(&file, "People").await;
    for object in ["lead", "contact"] {
        let sent = command_line
            .json(&[
                "export",
                "--object",
                object,
                "--list",
                "People",
                "--on-duplicate",
                "create",
                "--on-ask",
                "default",
            ])
            .await;
        assert_eq!(sent.code, Some(0), "{sent:?}");
    }

    let list = command_line.json(&["runs", "list"]).await.lines;
    let objects: Vec<&Value> = list.iter().map(|line| &line["object"]).collect();
    assert_eq!(objects, [&json!("contact"), &json!("lead")], "newest first");
    for line in &list {
        assert_eq!(
            (&line["kind"], &line["state"]),
            (&json!("export"), &json!("done"))
        );
        assert_eq!(line["created_records"], 30);
        assert!(line["started_at"].as_str().unwrap().ends_with('Z'), "{line}");
    }

    let run = &list[0]["run"];
    let shown = command_line.json(&["runs", "show", &run.to_string()]).await;
    assert_eq!((shown.code, shown.lines.len()), (Some(0), 1));
    assert_eq!(shown.result()["summary"]["tally"]["created_records"], 30);

    let (ledger, accounts): (Vec<Value>, Vec<Value>) = command_line
        .ledger(run)
        .await
        .into_iter()
        .partition(|line| line["object"] == "contact");
    assert_eq!(
        (ledger.len(), accounts.len()),
        (30, 10),
        "a company has three people"
    );
    for (line, number) in ledger.iter().zip(1..) {
        assert_eq!(line["line"], number);
        assert_eq!(
            (&line["action"], &line["attempts"]),
            (&json!("created"), &json!(1))
        );
        assert!(
            line["profile_id"].is_string() && line["rule"].is_string(),
            "{line}"
        );
        assert!(
            line["salesforce_id"].as_str().unwrap().starts_with("003"),
            "{line}"
        );
        assert!(line["error_code"].is_null() && line["error"].is_null(), "{line}");
    }

    let csv = command_line.path("ledger.csv");
    let saved = command_line
        .json(&["runs", "ledger", &run.to_string(), "--csv", csv.to_str().unwrap()])
        .await;
    assert_eq!((saved.code, &saved.result()["rows"]), (Some(0), &json!(40)));
    let mut reader = csv::Reader::from_path(&csv).unwrap();
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 40);
    for (row, line) in rows.iter().zip(&ledger) {
        assert_eq!(
            &row[column("Salesforce Id")],
            line["salesforce_id"].as_str().unwrap()
        );
        assert_eq!(
            &row[column("First Name")],
            "Ada",
            "the list's own columns are there"
        );
    }
}

#[tokio::test]
async fn a_planned_run_is_cancelled_and_then_neither_resumed_nor_cancelled() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let file = command_line.file("people.csv", lists::contacts(3));
    command_line.import(&file, "People").await;
    let planned = command_line
        .json(&["export", "--object", "lead", "--list", "People", "--dry-run"])
        .await
        .result();
    let run = planned["run"].to_string();
    let cancelled = command_line.json(&["runs", "cancel", &run]).await;
    assert_eq!(
        (cancelled.code, &cancelled.result()["state"]),
        (Some(0), &json!("cancelled"))
    );
    for verb in ["cancel", "resume"] {
        let refused = command_line.json(&["runs", verb, &run]).await;
        assert_eq!(refused.code, Some(2), "{verb}: {refused:?}");
        assert_eq!(refused.result()["fault"]["code"], "wrong_state");
    }
    for verb in ["show", "ledger", "resume", "cancel"] {
        let unknown = command_line.json(&["runs", verb, "77"]).await;
        assert_eq!(unknown.code, Some(2), "{verb}");
        assert!(unknown.said.contains("no run 77"), "{verb}: {}", unknown.said);
    }
}

#[tokio::test]
async fn a_mapping_is_shown_as_one_document() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    for (object, target) in [("account", "Name"), ("contact", "LastName"), ("lead", "Company")] {
        let shown = command_line.json(&["mapping", "show", "--object", object]).await;
        assert_eq!((shown.code, shown.lines.len()), (Some(0), 1), "{shown:?}");
        let document = shown.result();
        assert!(
            document.to_string().contains(&format!("\"{target}\"")),
            "{document}"
        );
        let typed = command_line.raw(&["mapping", "show", "--object", object]).await;
        let for_people: Value = serde_json::from_slice(&typed.stdout).unwrap();
        assert_eq!(for_people, document);
    }
    // Before the first connection it is the default mapping as it is for a plain org.
    let unconnected = CommandLine::unconnected()
        .json(&["mapping", "show", "--object", "lead"])
        .await;
    assert_eq!(unconnected.code, Some(0), "{unconnected:?}");
}

#[tokio::test]
async fn an_export_is_undone_and_leaves_nothing() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let file = command_line.file("people.csv", lists::contacts(30));
    command_line.import(&file, "People").await;
    let before = org.record_count("Lead").unwrap();
    let sent = command_line
        .json(&["export", "--object", "lead", "--list", "People"])
        .await
        .result();
    let run = sent["run"].to_string();
    let planned = command_line.json(&["runs", "undo", &run, "--dry-run"]).await;
    assert_eq!(
        (planned.code, &planned.result()["deleted_records"]),
        (Some(0), &json!(30))
    );
    assert_eq!(
        org.record_count("Lead").unwrap(),
        before + 30,
        "a dry run deletes nothing"
    );
    let undone = command_line.json(&["runs", "undo", &run]).await;
    assert_eq!(undone.code, Some(0), "{undone:?}");
    assert_eq!(undone.result()["deleted_records"], 30);
    assert_eq!(org.record_count("Lead").unwrap(), before);
    let newest = command_line.json(&["runs", "list"]).await.lines[0].clone();
    assert_eq!(
        (&newest["kind"], &newest["source_run"]),
        (&json!("undo"), &sent["run"])
    );
}

#[tokio::test]
async fn a_workbook_holds_the_ledger_and_no_formula() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let text = lists::contacts(2).replacen(",Ada,", ",=1+1,", 1);
    let file = command_line.file("people.csv", text);
    command_line.import(&file, "People").await;
    let sent = command_line
        .json(&["export", "--object", "lead", "--list", "People"])
        .await
        .result();
    let path = command_line.path("ledger.xlsx");
    let run = sent["run"].to_string();
    let saved = command_line
        .json(&["runs", "ledger", &run, "--xlsx", path.to_str().unwrap()])
        .await;
    assert_eq!((saved.code, &saved.result()["rows"]), (Some(0), &json!(2)));
    let mut workbook: Xlsx<_> = open_workbook(&path).unwrap();
    let sheet = workbook.worksheet_range("Ledger").unwrap();
    let rows: Vec<Vec<String>> = sheet
        .rows()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect();
    let column = |name: &str| rows[0].iter().position(|header| header == name).unwrap();
    assert_eq!(rows.len(), 3);
    assert!(rows[1][column("Salesforce Id")].starts_with("00Q"), "{rows:?}");
    assert_eq!(rows[1][column("First Name")], "=1+1");
    assert_eq!(
        workbook.worksheet_formula("Ledger").unwrap().used_cells().count(),
        0
    );
}

#[tokio::test]
async fn people_are_mapped_to_users() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let shown = command_line.json(&["users", "map"]).await;
    assert_eq!(shown.code, Some(0), "{shown:?}");
    let person = &shown.result()["people"][0];
    for member in ["email", "salesforce_user", "by", "candidates"] {
        assert!(person.get(member).is_some(), "no {member}: {person}");
    }
    let file = command_line.file("map.csv", "email,salesforce_user\nnobody@example.com,\n");
    let refused = command_line
        .json(&["users", "map", "--file", file.to_str().unwrap()])
        .await;
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(
        refused
            .said
            .contains("Line 2: nobody here has the e-mail address nobody@example.com"),
        "{}",
        refused.said
    );
    for name in ["Ada", "Bo"] {
        let email = format!("{name}@acme.example");
        command_line.json(&["people", "add", name, &email]).await;
    }
    let map = async |rows: &str| {
        let file = command_line.file("map.csv", format!("email,salesforce_user\n{rows}"));
        command_line
            .json(&["users", "map", "--file", file.to_str().unwrap()])
            .await
    };
    let priya = "priya.raman@landbridge-demo.example";
    let twice = map(&format!("ada@acme.example,{priya}\nADA@acme.example,\n")).await;
    assert_eq!(twice.code, Some(2), "{twice:?}");
    assert!(
        twice.said.contains("Line 3: ") && twice.said.contains("line 2 already"),
        "{}",
        twice.said
    );
    let inactive = map("ada@acme.example,\nbo@acme.example,tom.weller@landbridge-demo.example\n").await;
    assert_eq!(inactive.code, Some(2), "{inactive:?}");
    assert!(inactive.said.contains("Line 3: Bo: "), "{}", inactive.said);
    let shared = map(&format!("ada@acme.example,{priya}\nbo@acme.example,{priya}\n")).await;
    assert_eq!(shared.code, Some(0), "{shared:?}");
    assert!(
        shared
            .said
            .contains("Ada and Bo are mapped to the same Salesforce user"),
        "{}",
        shared.said
    );
    assert_eq!(shared.result()["warnings"].as_array().unwrap().len(), 1);
}
