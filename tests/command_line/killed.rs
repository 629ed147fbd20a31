//! The program is killed at many moments, and the export goes on without a record sent twice.
//!
//! Kills of the engine by the hundred are in `crashes`; here a real process dies.

use std::collections::HashSet;

use demo_org::{DemoOrg, Options};
use serde_json::Value;
use support::command_line::{CommandLine, Running};
use support::lists;
use support::other_client::OtherClient;

const EXPORT: [&str; 5] = ["export", "--object", "lead", "--list", "People"];

/// A number below `most` that looks random and is not.
fn chosen(seed: u64, most: u64) -> u64 {
    (seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407)
        >> 33)
        % most
}

/// Kills an export after so many calls and a moment, unless it ended before.
async fn kill(org: &DemoOrg, export: Running, after_calls: usize, seed: u64) -> bool {
    let mut export = export;
    while org.calls().len() < after_calls && export.is_running() {
        tokio::task::yield_now().await;
    }
    for _ in 0..chosen(seed, 10_000) {
        tokio::task::yield_now().await;
    }
    let is_alive = export.is_running();
    if is_alive {
        export.signal("KILL").await;
    }
    export.end().await;
    is_alive
}

/// Exports to the end, whatever the kill left.
async fn go_on(command_line: &CommandLine) -> Value {
    let runs = command_line.json(&["runs", "list"]).await;
    assert_eq!(runs.code, Some(0), "{runs:?}");
    let open = runs.lines.iter().find(|run| run["state"] == "sending");
    let ended = match open {
        Some(run) => {
            command_line
                .json(&["runs", "resume", &run["run"].to_string()])
                .await
        }
        None if runs.lines.iter().any(|run| run["state"] == "done") => return runs.lines[0].clone(),
        None => command_line.json(&EXPORT).await,
    };
    assert!(matches!(ended.code, Some(0 | 1)), "{ended:?}");
    ended.result()
}

/// Calls of an export that nobody kills.
async fn calls_of_an_export(records: u32) -> u64 {
    let org = DemoOrg::start(Options::default()).await.unwrap();
    let command_line = CommandLine::of(&org);
    let file = command_line.file("people.csv", lists::contacts(records));
    command_line.import(&file, "People").await;
    org.forget_calls();
    let ended = command_line.json(&EXPORT).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    u64::try_from(org.calls().len()).unwrap()
}

async fn killed_again_and_again(records: u32, kills: u64) {
    let calls = calls_of_an_export(records).await;
    let mut alive = 0;
    for seed in 0..kills {
        let org = DemoOrg::start(Options::default()).await.unwrap();
        let command_line = CommandLine::of(&org);
        let file = command_line.file("people.csv", lists::contacts(records));
        command_line.import(&file, "People").await;
        let before = org.record_count("Lead").unwrap();
        org.forget_calls();
        let after_calls = usize::try_from(chosen(seed + 1_000, calls)).unwrap();
        let at = format!("{records} records, killed after {after_calls} calls, seed {seed}");
        let export = command_line.start(&EXPORT);
        alive += u32::from(kill(&org, export, after_calls, seed).await);

        let ended = go_on(&command_line).await;
        let count = |name: &str| u32::try_from(ended[name].as_u64().unwrap()).unwrap();
        let (created, uncertain) = (count("created_records"), count("uncertain_records"));
        assert_eq!(created + uncertain, records, "{at}: {ended}");
        // What became of a job can always be asked.
        assert!(uncertain == 0 || records <= 25, "{at}: {ended}");
        assert_eq!(
            org.record_count("Lead").unwrap() - before,
            created,
            "{at}: {ended}"
        );
        let ledger = command_line.ledger(&ended["run"]).await;
        let of_ledger: HashSet<String> = ledger
            .iter()
            .filter(|line| line["action"] == "created")
            .map(|line| line["salesforce_id"].as_str().unwrap().to_owned())
            .collect();
        let of_org: HashSet<String> = OtherClient::of(&org)
            .query("SELECT Id FROM Lead WHERE LastName LIKE 'Marsh%'")
            .await
            .unwrap()
            .iter()
            .map(|lead| lead["Id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(of_ledger, of_org, "{at}");
    }
    assert!(
        u64::from(alive) * 2 > kills,
        "only {alive} of {kills} were killed alive"
    );
}

#[tokio::test]
async fn an_export_by_rest_survives_the_death_of_its_process() {
    killed_again_and_again(15, 10).await;
}

#[tokio::test]
async fn an_export_by_bulk_survives_the_death_of_its_process() {
    killed_again_and_again(40, 10).await;
}
