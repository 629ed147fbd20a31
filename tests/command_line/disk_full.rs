//! A disk that is full while an export is planned or sent: it is said, nothing is lost, and nothing is sent twice.

use std::collections::HashSet;

use demo_org::{DemoOrg, Options};
use support::command_line::{CommandLine, Finished};
use support::lists;

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

/// Whether every moment is met depends on how much each step writes, so the room grows a little each time.
async fn met(records: u32, kilobytes: impl Iterator<Item = u32>) -> Vec<Met> {
    let mut met = Vec::new();
    for kilobytes in kilobytes {
        met.push(export(records, kilobytes).await);
    }
    met
}

#[tokio::test]
async fn an_export_by_bulk_goes_on_when_there_is_room() {
    let met = met(60, (500..1_500).step_by(100)).await;
    for moment in [Met::InPlan, Met::WhileSending] {
        assert!(met.contains(&moment), "{moment:?}: {met:?}");
    }
}

#[tokio::test]
async fn an_export_by_rest_goes_on_when_there_is_room() {
    let met = met(20, (300..1_000).step_by(70)).await;
    for moment in [Met::InPlan, Met::WhileSending] {
        assert!(met.contains(&moment), "{moment:?}: {met:?}");
    }
}
