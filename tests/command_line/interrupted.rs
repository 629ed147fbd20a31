//! Exports that are stopped or killed while Salesforce works on their job, and go on without a record sent twice.

use demo_org::{DemoOrg, Options};
use serde_json::Value;
use support::command_line::{CommandLine, Running, until};
use support::demo_control::DemoControl;
use support::lists;

const RECORDS: u32 = 40;
const EXPORT: [&str; 5] = ["export", "--object", "lead", "--list", "People"];

struct Held {
    org: DemoOrg,
    control: DemoControl,
    command_line: CommandLine,
    leads_before: u32,
    run: Value,
}

/// An export whose job was closed and is held by Salesforce.
async fn held_export() -> (Held, Running) {
    support::use_ring();
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let control = DemoControl::new(&org.instance_url());
    let command_line = CommandLine::of(&org);
    let file = command_line.file("people.csv", lists::contacts(RECORDS));
    command_line.import(&file, "People").await;
    control.hold_jobs().await.unwrap();
    let leads_before = org.record_count("Lead").unwrap();
    let mut export = command_line.start(&EXPORT);
    let run = export.line_with("progress").await["progress"]["run"].clone();
    until("the job is closed", || {
        org.calls().iter().any(|call| call.method == "PATCH")
    })
    .await;
    let held = Held {
        org,
        control,
        command_line,
        leads_before,
        run,
    };
    (held, export)
}

/// Goes on with the run, and finds every record in Salesforce once.
async fn resumes(held: &Held) {
    held.control.release_jobs().await.unwrap();
    let resumed = held
        .command_line
        .json(&["runs", "resume", &held.run.to_string()])
        .await;
    assert_eq!(resumed.code, Some(0), "{resumed:?}");
    let result = resumed.result();
    assert_eq!((&result["run"], &result["state"]), (&held.run, &"done".into()));
    assert_eq!(result["created_records"], RECORDS);
    assert_eq!(
        held.org.record_count("Lead").unwrap(),
        held.leads_before + RECORDS
    );
    let mut ids: Vec<String> = held
        .command_line
        .ledger(&held.run)
        .await
        .iter()
        .map(|line| line["salesforce_id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), RECORDS as usize);
    let again = held
        .command_line
        .json(&["runs", "resume", &held.run.to_string()])
        .await;
    assert_eq!(
        again.code,
        Some(2),
        "a run that is done is not resumed: {again:?}"
    );
}

#[tokio::test]
async fn a_stopped_export_is_resumed() {
    for signal in ["INT", "TERM"] {
        let (held, export) = held_export().await;
        export.signal(signal).await;
        let stopped = export.end().await;
        assert_eq!(stopped.code, Some(4), "{signal}: {stopped:?}");
        let result = stopped.result();
        assert_eq!((&result["run"], &result["state"]), (&held.run, &"sending".into()));
        assert!(stopped.said.contains("runs resume"), "{}", stopped.said);
        assert_eq!(held.org.record_count("Lead").unwrap(), held.leads_before);
        resumes(&held).await;
    }
}

#[tokio::test]
async fn a_killed_export_is_resumed() {
    let (held, export) = held_export().await;
    export.signal("KILL").await;
    assert_eq!(export.end().await.code, None);
    resumes(&held).await;
}

#[tokio::test]
async fn another_terminal_cancels_an_export() {
    let (held, export) = held_export().await;
    let cancelled = held
        .command_line
        .json(&["runs", "cancel", &held.run.to_string()])
        .await;
    assert_eq!(cancelled.code, Some(0), "{cancelled:?}");
    assert_eq!(cancelled.result()["state"], "cancelled");
    let ended = export.end().await;
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert_eq!(ended.result()["state"], "cancelled");
    assert_eq!(held.org.record_count("Lead").unwrap(), held.leads_before);
    let ledger = held.command_line.ledger(&held.run).await;
    assert_eq!(ledger.len(), RECORDS as usize);
    assert!(
        ledger.iter().all(|line| line["action"] == "skipped"),
        "{ledger:?}"
    );
}

#[tokio::test]
async fn a_run_is_sent_by_one_program_at_a_time() {
    let (held, export) = held_export().await;
    let second = held
        .command_line
        .json(&["runs", "resume", &held.run.to_string()])
        .await;
    assert_eq!(second.code, Some(2), "{second:?}");
    assert_eq!(second.result()["fault"]["code"], "workspace_busy");
    // Another export may be planned meanwhile, but waits for its turn.
    let third = held
        .command_line
        .json(&[&EXPORT[..], &["--on-duplicate", "create"]].concat())
        .await;
    assert_eq!(third.code, Some(2), "{third:?}");
    assert_eq!(third.result()["fault"]["code"], "workspace_busy");
    assert!(
        third
            .said
            .contains("Another window or terminal is sending a run of this workspace"),
        "{}",
        third.said
    );
    assert_eq!(held.org.record_count("Lead").unwrap(), held.leads_before);
    held.control.release_jobs().await.unwrap();
    let done = export.end().await;
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(
        held.org.record_count("Lead").unwrap(),
        held.leads_before + RECORDS
    );
}

#[tokio::test]
async fn an_org_that_goes_away_leaves_a_run_to_resume() {
    let (held, export) = held_export().await;
    held.org.shutdown().await;
    let ended = export.end().await;
    assert_eq!(ended.code, Some(3), "{ended:?}");
    let result = ended.result();
    assert_eq!((&result["run"], &result["state"]), (&held.run, &"waiting".into()));
}
