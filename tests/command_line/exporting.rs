//! `export`: plan, REST, Bulk, and records that Salesforce refuses.

use demo_org::{DemoOrg, Options};
use serde_json::{Value, json};
use support::command_line::CommandLine;
use support::lists;

async fn org_and_list(contacts: u32) -> (DemoOrg, CommandLine) {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let file = command_line.file("people.csv", lists::contacts(contacts));
    command_line.import(&file, "People").await;
    (org, command_line)
}

fn counts(result: &Value) -> [u64; 6] {
    [
        "created_records",
        "updated_records",
        "skipped_records",
        "refused_records",
        "failed_records",
        "uncertain_records",
    ]
    .map(|member| {
        result[member]
            .as_u64()
            .unwrap_or_else(|| panic!("no {member}: {result}"))
    })
}

#[tokio::test]
async fn a_dry_run_counts_and_writes_nothing() {
    let (org, command_line) = org_and_list(40).await;
    let before = org.record_count("Lead");
    let planned = command_line
        .json(&["export", "--object", "lead", "--list", "People", "--dry-run"])
        .await;
    assert_eq!(planned.code, Some(0), "{planned:?}");
    let result = planned.result();
    assert_eq!(counts(&result), [40, 0, 0, 0, 0, 0]);
    assert_eq!(
        (&result["api"], &result["object"]),
        (&json!("bulk"), &json!("lead"))
    );
    assert_eq!(result["state"], "planned");
    assert_eq!(org.record_count("Lead"), before);
    assert!(
        org.calls().iter().all(|call| call.method == "GET"),
        "{:?}",
        org.calls()
    );

    let sent = command_line
        .json(&["export", "--object", "lead", "--list", "People"])
        .await;
    assert_eq!(
        counts(&sent.result()),
        counts(&result),
        "the plan is what happens"
    );
}

#[tokio::test]
async fn twenty_five_go_by_rest_and_more_by_bulk() {
    let (org, command_line) = org_and_list(66).await;
    for (limit, api) in [("25", "rest"), ("26", "bulk"), ("40", "bulk")] {
        let before = org.record_count("Lead").unwrap();
        org.forget_calls();
        let sent = command_line
            .json(&[
                "export",
                "--object",
                "lead",
                "--list",
                "People",
                "--limit",
                limit,
                "--on-duplicate",
                "create",
            ])
            .await;
        assert_eq!(sent.code, Some(0), "{sent:?}");
        let result = sent.result();
        let records: u32 = limit.parse().unwrap();
        assert_eq!(counts(&result), [u64::from(records), 0, 0, 0, 0, 0]);
        assert_eq!((&result["api"], &result["state"]), (&json!(api), &json!("done")));
        assert_eq!(org.record_count("Lead").unwrap(), before + records);
        assert!(result["seconds"].as_f64().unwrap() > 0.0);
        assert!(result["run"].is_i64());
        let writes: Vec<_> = org
            .calls()
            .into_iter()
            .filter(|call| call.method != "GET")
            .map(|call| call.kind)
            .collect();
        if api == "rest" {
            assert_eq!(writes.len(), 1, "{writes:?}");
            assert!(writes[0].ends_with("/composite/sobjects"), "{writes:?}");
        } else {
            assert!(
                writes.iter().all(|kind| kind.contains("/jobs/ingest")),
                "{writes:?}"
            );
        }
        assert_eq!(command_line.ledger(&result["run"]).await.len(), records as usize);
    }
}

#[tokio::test]
async fn every_line_is_json_told_once_and_the_last_is_the_result() {
    let (_org, command_line) = org_and_list(60).await;
    let export = ["export", "--object", "lead", "--list", "People"];
    let sent = command_line.json(&export).await;
    let (result, progress) = sent.lines.split_last().unwrap();
    assert!(result.get("progress").is_none() && result.get("run").is_some());
    assert!(!progress.is_empty());
    assert!(
        progress.iter().all(|line| line.get("progress").is_some()),
        "{progress:?}"
    );
    assert!(
        progress.windows(2).all(|pair| pair[0] != pair[1]),
        "said twice: {progress:?}"
    );
    assert!(sent.said.contains("Plan of run"), "{}", sent.said);

    let quiet = command_line.json(&[&["--quiet"], &export[..]].concat()).await;
    assert_eq!((quiet.lines.len(), quiet.said.as_str()), (1, ""));

    let typed = command_line.raw(&export).await;
    let text = String::from_utf8(typed.stdout).unwrap();
    assert!(
        text.starts_with("Run 3 is done: 0 created, 0 updated, 60 left out"),
        "everybody is in Salesforce as they are: {text}"
    );
    assert_eq!(text.lines().count(), 1);
}

#[tokio::test]
async fn a_file_is_imported_and_exported_in_one_go() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let file = command_line.file("direct.csv", lists::contacts(3));
    let before = org.record_count("Contact").unwrap();
    let sent = command_line
        .json(&[
            "export",
            "--object",
            "contact",
            "--file",
            file.to_str().unwrap(),
            "--on-ask",
            "default",
        ])
        .await;
    assert_eq!(sent.code, Some(0), "{sent:?}");
    assert_eq!(counts(&sent.result()), [3, 0, 0, 0, 0, 0]);
    assert_eq!(
        sent.result()["created_account_records"],
        1,
        "three people of one company"
    );
    assert_eq!(org.record_count("Contact").unwrap(), before + 3);
}

#[tokio::test]
async fn what_waits_for_an_answer_is_not_sent_unasked() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let file = command_line.file("people.csv", lists::contacts(3));
    command_line.import(&file, "People").await;
    let export = ["export", "--object", "contact", "--list", "People"];
    let before = org.record_count("Contact").unwrap();
    let waiting = command_line.json(&export).await;
    assert_eq!(waiting.code, Some(2), "{waiting:?}");
    assert_eq!(waiting.result()["asked_records"], 3);
    assert!(waiting.said.contains("--on-ask"), "{}", waiting.said);
    let skipped = command_line
        .json(&[&export[..], &["--on-ask", "skip"]].concat())
        .await;
    assert_eq!(skipped.code, Some(0), "{skipped:?}");
    assert_eq!(counts(&skipped.result()), [0, 0, 3, 0, 0, 0]);
    assert_eq!(org.record_count("Contact").unwrap(), before);
}

/// A revenue of eighteen digits fits the field by our rules, and is too large for Salesforce once it rounds it.
const TOO_LARGE_ONCE_ROUNDED: &str = "999999999999999.999";

#[tokio::test]
async fn records_that_salesforce_refuses_are_told_by_exit_code_and_ledger() {
    for contacts in [20_u32, 30] {
        let org = DemoOrg::start(Options::default()).await.unwrap();
        let command_line = CommandLine::of(&org);
        // One company of three people, told by the only row that has each of these revenues.
        let text = lists::contacts(contacts)
            .replace(".example,1001,", &format!(".example,{TOO_LARGE_ONCE_ROUNDED},"));
        let file = command_line.file("people.csv", text);
        command_line.import(&file, "People").await;
        let before = org.record_count("Lead").unwrap();
        let sent = command_line
            .json(&["export", "--object", "lead", "--list", "People"])
            .await;
        assert_eq!(sent.code, Some(1), "{sent:?}");
        let result = sent.result();
        assert_eq!(counts(&result), [u64::from(contacts) - 3, 0, 0, 0, 3, 0]);
        assert_eq!(result["state"], "done");
        assert_eq!(org.record_count("Lead").unwrap(), before + contacts - 3);
        let ledger = command_line.ledger(&result["run"]).await;
        let failed: Vec<_> = ledger.iter().filter(|line| line["action"] == "failed").collect();
        assert_eq!(failed.len(), 3);
        for line in failed {
            assert_eq!(line["error_code"], "NUMBER_OUTSIDE_VALID_RANGE");
            assert!(!line["error"].as_str().unwrap().is_empty());
            assert!(line["salesforce_id"].is_null());
        }
    }
}
