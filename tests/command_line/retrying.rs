//! `runs retry`: all that failed, picked lines, other values, and what was left without an answer.

use serde_json::{Value, json};
use support::command_line::{CommandLine, Finished};
use support::{TestApp, lists};

/// A run of three leads, two of which lack what a rule of the org wants; returns its id.
async fn run_with_failures(app: &TestApp, command_line: &CommandLine) -> String {
    let rule = json!({ "name": "Lead_Can_Be_Reached", "active": true });
    app.control().switch("validation-rules", &rule).await.unwrap();
    let people = "ZoomInfo Contact ID,Last Name,First Name,Email Address,Company Name\n\
                  910000001,Retryone,Ada,,Retry Works\n\
                  910000002,Retrytwo,Ada,,Retry Works\n\
                  910000003,Retrythree,Ada,retrythree@people-of-landbridge.com,Retry Works\n";
    command_line
        .import(&command_line.file("people.csv", people), "People")
        .await;
    let sent = command_line
        .json(&["export", "--object", "lead", "--list", "People"])
        .await;
    assert_eq!(sent.code, Some(1), "{sent:?}");
    sent.result()["run"].to_string()
}

async fn retry(command_line: &CommandLine, run: &str, options: &[&str]) -> Finished {
    command_line
        .json(&[&["runs", "retry", run], options].concat())
        .await
}

fn told(retried: &Finished) -> (Option<i32>, Value, Value, Value) {
    let result = retried.result();
    let count = |name: &str| result[name].clone();
    (
        retried.code,
        count("created_records"),
        count("skipped_records"),
        count("failed_records"),
    )
}

fn counts(code: i32, created: u32, skipped: u32, failed: u32) -> (Option<i32>, Value, Value, Value) {
    (Some(code), json!(created), json!(skipped), json!(failed))
}

#[tokio::test]
async fn failed_lines_are_retried_with_other_values() {
    let app = TestApp::connected().await;
    let command_line = CommandLine::beside(&app);
    let run = run_with_failures(&app, &command_line).await;
    let as_they_are = retry(&command_line, &run, &[]).await;
    assert_eq!(told(&as_they_are), counts(1, 0, 0, 2));
    let dry = retry(&command_line, &run, &["--dry-run", "--lines", "1,2"]).await;
    assert_eq!(told(&dry), counts(0, 2, 0, 0));

    let typed = "1:Email=retryone@people-of-landbridge.com";
    let one = retry(&command_line, &run, &["--lines", "1", "--set", typed]).await;
    assert_eq!(told(&one), counts(0, 1, 0, 0));
    let typed = ["--set", "2:Phone=555 0100", "--set", "2:Title=Head of Tests"];
    let rest = retry(&command_line, &run, &typed).await;
    assert_eq!(told(&rest), counts(0, 1, 0, 0));
    let soql =
        "SELECT Email, Phone, Title FROM Lead WHERE LastName IN ('Retryone', 'Retrytwo') ORDER BY LastName";
    let leads = app.records().query(soql).await;
    assert_eq!(leads[0]["Email"], "retryone@people-of-landbridge.com");
    assert_eq!(
        (&leads[1]["Phone"], &leads[1]["Title"]),
        (&json!("555 0100"), &json!("Head of Tests"))
    );
    let nothing_left = retry(&command_line, &run, &[]).await;
    assert_eq!(nothing_left.code, Some(2));
    assert!(
        nothing_left.said.contains("exported since"),
        "{}",
        nothing_left.said
    );
}

#[tokio::test]
async fn what_cannot_be_retried_is_refused_with_its_reason() {
    let app = TestApp::connected().await;
    let command_line = CommandLine::beside(&app);
    let run = run_with_failures(&app, &command_line).await;
    for (options, words) in [
        (&["--lines", "3"][..], "Line 3 is created"),
        (&["--lines", "9"], "no line 9"),
        (&["--set", "1:Email=no address"], "Email"),
        (&["--set", "Email=x"], "LINE:FIELD=VALUE"),
        (&["--unanswered"], "Nothing of this run is left"),
        (&["--unanswered", "--lines", "1"], "cannot be used with"),
    ] {
        let refused = retry(&command_line, &run, options).await;
        assert_eq!(refused.code, Some(2), "{options:?}: {refused:?}");
        assert!(refused.said.contains(words), "{options:?}: {}", refused.said);
    }
}

#[tokio::test]
async fn likely_duplicates_without_an_answer_wait_for_somebodys_word() {
    let app = TestApp::connected().await;
    let command_line = CommandLine::beside(&app);
    let likely = json!({ "FirstName": "Ada", "LastName": "Marsh0", "Company": "Works 0" });
    app.records().create("Lead", likely).await;
    let file = command_line.file("people.csv", lists::contacts(2));
    command_line.import(&file, "People").await;
    let export = [
        "export", "--object", "lead", "--list", "People", "--on-ask", "default",
    ];
    let sent = command_line.json(&export).await;
    assert_eq!(told(&sent), counts(0, 1, 1, 0));
    let run = sent.result()["run"].to_string();
    let ledger = command_line.ledger(&sent.result()["run"]).await;
    assert_eq!(ledger[0]["error_code"], "not_answered");

    let waits = retry(&command_line, &run, &["--unanswered"]).await;
    assert_eq!(waits.code, Some(2), "{waits:?}");
    assert!(
        waits
            .said
            .contains("likely and possible hits follow the default only"),
        "{}",
        waits.said
    );
    let created = retry(&command_line, &run, &["--unanswered", "--on-duplicate", "create"]).await;
    assert_eq!(told(&created), counts(0, 1, 0, 0));
}
