//! Exports that do not begin: exit code 2 for what the caller can mend, 3 for Salesforce that is not there.

use demo_org::{DemoOrg, Options};
use support::command_line::{CommandLine, Finished};
use support::lists;

const EXPORT: [&str; 5] = ["export", "--object", "lead", "--list", "People"];

/// A program that has a list and this connection.
async fn with_list(instance_url: &str, access_token: &str) -> CommandLine {
    let command_line = CommandLine::connected_to(instance_url, access_token);
    let file = command_line.file("people.csv", lists::contacts(4));
    command_line.import(&file, "People").await;
    command_line
}

fn assert_refused(refused: &Finished, code: i32, fault_code: &str, words: &str) {
    assert_eq!(refused.code, Some(code), "{refused:?}");
    let fault = &refused.result()["fault"];
    assert_eq!(fault["code"], fault_code, "{refused:?}");
    assert!(refused.said.contains(words), "{}", refused.said);
}

#[tokio::test]
async fn what_the_caller_can_mend_is_refused_before_anything_is_written() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = with_list(&org.instance_url(), &org.access_token()).await;
    let unknown = command_line
        .json(&["export", "--object", "lead", "--list", "Nobody"])
        .await;
    assert_refused(&unknown, 2, "not_found", "People");
    let wrong_kind = command_line
        .json(&["export", "--object", "account", "--list", "People"])
        .await;
    assert_refused(&wrong_kind, 2, "refused", "companies");
    let bad_file = command_line.file("bad.csv", "colour\nred\n");
    let bad = command_line
        .json(&["export", "--object", "lead", "--file", bad_file.to_str().unwrap()])
        .await;
    assert_refused(&bad, 2, "bad_file", "ZoomInfo");
    for usage in [
        &["export", "--object", "lead"][..],
        &["export", "--object", "case", "--list", "People"],
        &["export", "--object", "lead", "--list", "People", "--limit", "0"],
        &[
            "export", "--object", "lead", "--list", "People", "--file", "x.csv",
        ],
        &["fly"],
    ] {
        let refused = command_line.json(usage).await;
        assert_eq!(refused.code, Some(2), "{usage:?}");
        assert_eq!(refused.lines.len(), 0, "{usage:?}");
        assert!(refused.said.contains("--help"), "{usage:?}: {}", refused.said);
    }
    assert!(
        org.calls().iter().all(|call| call.method == "GET"),
        "{:?}",
        org.calls()
    );
}

#[tokio::test]
async fn more_than_a_hundred_thousand_are_refused() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let path = command_line.path("large.csv");
    lists::write_contacts(&path, 100_001).unwrap();
    command_line.import(&path, "People").await;
    assert_refused(&command_line.json(&EXPORT).await, 2, "refused", "100,000");
    assert!(
        org.calls().iter().all(|call| call.method == "GET"),
        "{:?}",
        org.calls()
    );
}

#[tokio::test]
async fn a_plan_of_which_every_record_is_refused_sends_nothing() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    // Salesforce's word for "no value" is no last name.
    let text = lists::contacts(3)
        .replace("Marsh0", "#N/A")
        .replace("Marsh1", "#N/A")
        .replace("Marsh2", "#N/A");
    let file = command_line.file("people.csv", text);
    command_line.import(&file, "People").await;
    let refused = command_line.json(&EXPORT).await;
    assert_eq!(refused.code, Some(2), "{refused:?}");
    let result = refused.result();
    assert_eq!(
        (
            result["created_records"].as_u64(),
            result["refused_records"].as_u64()
        ),
        (Some(0), Some(3))
    );
    assert!(
        org.calls().iter().all(|call| call.method == "GET"),
        "{:?}",
        org.calls()
    );
    let ledger = command_line.ledger(&result["run"]).await;
    assert!(
        ledger
            .iter()
            .all(|line| line["action"] == "refused" && !line["error"].is_null())
    );
}

#[tokio::test]
async fn salesforce_that_is_not_there_is_exit_code_three() {
    let nobody = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let command_line = with_list(&address, "00D!token").await;
    assert_refused(&command_line.json(&EXPORT).await, 3, "unreachable", "");
}

#[tokio::test]
async fn a_token_that_is_no_good_is_exit_code_three() {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = with_list(&org.instance_url(), "00Dwf0000000001!nobody").await;
    assert_refused(&command_line.json(&EXPORT).await, 3, "signed_out", "");
}

#[tokio::test]
async fn no_connection_at_all_is_exit_code_three() {
    let command_line = CommandLine::unconnected();
    let file = command_line.file("people.csv", lists::contacts(4));
    command_line.import(&file, "People").await;
    assert_refused(&command_line.json(&EXPORT).await, 3, "not_connected", "connect");
}

#[tokio::test]
async fn plain_http_is_for_loopback_only() {
    let command_line = with_list("http://acme.my.salesforce.example", "00D!token").await;
    assert_refused(&command_line.json(&EXPORT).await, 2, "invalid", "https");
}
