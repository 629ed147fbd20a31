//! A disk that is full while an export is planned or sent: it is said, nothing is lost, and nothing is sent twice.

use std::collections::HashSet;

use demo_org::{DemoOrg, Options};
use support::command_line::{CommandLine, Finished};
use support::lists;

/// The database grows by pages.
const PAGE_KILOBYTES: u32 = 4;

/// What happened to one export that had little room.
#[derive(Debug, PartialEq, Eq)]
enum Met {
    /// The plan could not be made.
    InPlan,
    /// The run waits.
    WhileSending,
    /// There was room enough.
    Nothing,
}

fn assert_told(finished: &Finished, at: &str) {
    assert!(
        finished.said.contains("Free some space") || finished.said.contains("Make room on the disk"),
        "{at}: {finished:?}"
    );
    assert!(finished.said.contains("disk"), "{at}: {}", finished.said);
}

/// Exports with little room, then goes on with all of it.
async fn export(records: u32, kilobytes: u32) -> Met {
    let at = format!("{records} records in {kilobytes} kB");
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let file = command_line.file("people.csv", lists::contacts(records));
    command_line.import(&file, "People").await;
    let before = org.record_count("Lead").unwrap();
    let arguments = ["export", "--object", "lead", "--list", "People"];
    let tried = command_line.json_with_little_room(kilobytes, &arguments).await;
    let runs = command_line.json(&["runs", "list"]).await;
    assert_eq!(runs.code, Some(0), "{at}: {runs:?}");
    let (met, ended) = match tried.code {
        Some(0) => (Met::Nothing, tried),
        Some(2) => {
            assert_told(&tried, &at);
            assert_eq!(org.record_count("Lead").unwrap(), before, "{at}: {tried:?}");
            if let Some(planned) = runs.lines.first() {
                // It was planned, and could not be begun.
                assert_eq!(planned["state"], "planned", "{at}: {planned}");
            }
            let again = command_line.json(&arguments).await;
            (Met::InPlan, again)
        }
        Some(4) => {
            assert_told(&tried, &at);
            assert_eq!(tried.result()["state"], "waiting", "{at}: {tried:?}");
            let run = tried.result()["run"].to_string();
            (
                Met::WhileSending,
                command_line.json(&["runs", "resume", &run]).await,
            )
        }
        _ => panic!("{at}: {tried:?}"),
    };
    let result = ended.result();
    let (created, uncertain) = (
        result["created_records"].as_u64().unwrap(),
        result["uncertain_records"].as_u64().unwrap(),
    );
    assert_eq!(created + uncertain, u64::from(records), "{at}: {ended:?}");
    assert_eq!(
        u64::from(org.record_count("Lead").unwrap() - before),
        created,
        "{at}: {ended:?}"
    );
    // Only a call whose answer was never there to be kept can be uncertain, and a job can always be asked.
    assert!(uncertain == 0 || records <= 25, "{at}: {ended:?}");
    assert_eq!(ended.code, Some(i32::from(uncertain > 0)), "{at}: {ended:?}");
    let ledger = command_line.ledger(&result["run"]).await;
    let ids: HashSet<&str> = ledger
        .iter()
        .filter(|line| line["action"] == "created")
        .map(|line| line["salesforce_id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len() as u64, created, "{at}: {ledger:?}");
    met
}

/// Exports with ever less room between too little for the plan and enough for all, until a run has to wait. How much each
/// step writes is not known here, so the border is looked for by halves.
async fn a_run_waits(records: u32) {
    let (mut too_little, mut enough) = (200, 2_000);
    assert_eq!(export(records, too_little).await, Met::InPlan);
    assert_eq!(export(records, enough).await, Met::Nothing);
    while enough - too_little > PAGE_KILOBYTES {
        let between = u32::midpoint(too_little, enough);
        match export(records, between).await {
            Met::InPlan => too_little = between,
            Met::Nothing => enough = between,
            Met::WhileSending => return,
        }
    }
    panic!("no run waited: {too_little} kB are too little for a plan, and {enough} kB are enough for all");
}

#[tokio::test]
async fn an_export_by_bulk_goes_on_when_there_is_room() {
    a_run_waits(60).await;
}

#[tokio::test]
async fn an_export_by_rest_goes_on_when_there_is_room() {
    a_run_waits(20).await;
}
