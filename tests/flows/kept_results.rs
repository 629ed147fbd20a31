//! A run that is killed while the results of its job are settled goes on after what is settled: the results are on this machine.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use demo_org::{DemoOrg, Options};
use engine::Engine;
use engine::contract::runs::{LedgerPage, RunState, RunView};
use serde_json::{Value, json};
use store::{Read, Store};
use support::killed_app::{open, runtime};
use support::lists;
use tokio::runtime::Runtime;

use crate::interrupted::{plan, settle};

/// Results are settled by the 5,000.
const RECORDS: u32 = 11_000;
const HALF_SETTLED: u32 = 5_000;

/// An export of leads that was killed when a part of its results was settled.
struct Killed {
    outside: Runtime,
    org: DemoOrg,
    workspace: tempfile::TempDir,
    run: i64,
    leads_before: u32,
}

impl Killed {
    fn half_way() -> Self {
        support::use_ring();
        let outside = runtime();
        let org = outside.block_on(DemoOrg::start(Options::default())).unwrap();
        let workspace = tempfile::tempdir().unwrap();
        let list = workspace.path().join("list.csv");
        lists::write_contacts(&list, RECORDS).unwrap();
        let leads_before = org.record_count("Lead").unwrap();
        let first = runtime();
        let run = first.block_on(async {
            let engine = open(workspace.path(), &org).await;
            let run = plan(&engine, &list).await;
            let watching = Store::open(workspace.path()).unwrap();
            engine.call("export.send", json!({ "run": run })).await.unwrap();
            while created(&watching, run) < HALF_SETTLED {
                assert!(engine.is_sending(run), "the run ended before it was killed");
                tokio::task::yield_now().await;
            }
            run
        });
        // What it has under way in the database lands before anybody goes on.
        first.shutdown_timeout(Duration::from_secs(60));
        org.forget_calls();
        Self {
            outside,
            org,
            workspace,
            run,
            leads_before,
        }
    }

    fn jobs(&self) -> PathBuf {
        self.workspace.path().join("jobs")
    }

    /// The files of the job that was under way.
    fn results(&self) -> PathBuf {
        self.jobs().join(format!("{}-1", self.run))
    }

    /// Somebody deletes the finished job in Salesforce.
    fn forgotten_by_the_org(self) -> Self {
        self.outside.block_on(delete_jobs(&self.org));
        self.org.forget_calls();
        self
    }

    /// Goes on in a new app, after which every record is there once; says how many result files were downloaded.
    fn resumed(self) -> usize {
        let second = runtime();
        let (state, tally, records) = second.block_on(async {
            let engine = open(self.workspace.path(), &self.org).await;
            minutes_are_known(&engine, self.run).await;
            let (state, tally, _) = settle(&engine, self.run).await;
            (state, tally, records_of_ledger(&engine, self.run).await)
        });
        second.shutdown_background();
        assert_eq!(state, RunState::Done, "{tally}");
        assert_eq!(tally["created_records"], RECORDS, "{tally}");
        let leads = self.org.record_count("Lead").unwrap() - self.leads_before;
        assert_eq!(leads, RECORDS);
        assert_eq!(
            records.len(),
            RECORDS as usize,
            "each line has a record of its own"
        );
        assert_eq!(
            names(&self.jobs()),
            Vec::<String>::new(),
            "a job that is at its end"
        );
        let calls = self.org.calls();
        self.outside.block_on(self.org.shutdown());
        let of_results = |path: &str| path.ends_with("Results") || path.ends_with("unprocessedrecords");
        calls.iter().filter(|call| of_results(&call.path)).count()
    }
}

fn created(store: &Store, run: i64) -> u32 {
    let run = store.read(|read: &Read<'_>| read.run(run)).unwrap();
    run.unwrap().tally.created_records
}

/// Deletes every job, as a user of the org can.
pub(crate) async fn delete_jobs(org: &DemoOrg) {
    let client = reqwest::Client::new();
    let jobs = format!(
        "{}/services/data/v62.0/jobs/ingest",
        org.instance_url().trim_end_matches('/')
    );
    let list = client
        .get(&jobs)
        .bearer_auth(org.access_token())
        .send()
        .await
        .unwrap();
    let list: Value = list.error_for_status().unwrap().json().await.unwrap();
    for job in list["records"].as_array().unwrap() {
        let address = format!("{jobs}/{}", job["id"].as_str().unwrap());
        let deleted = client
            .delete(address)
            .bearer_auth(org.access_token())
            .send()
            .await
            .unwrap();
        deleted.error_for_status().unwrap();
    }
}

/// Whoever opens the run sees what was settled in each minute before the kill.
async fn minutes_are_known(engine: &Engine, run: i64) {
    let view: RunView =
        serde_json::from_value(engine.call("runs.show", json!({ "run": run })).await.unwrap()).unwrap();
    let settled: u32 = view.minutes.iter().map(|minute| minute.records).sum();
    assert!(settled >= HALF_SETTLED, "{:?}", view.minutes);
    assert_eq!(settled, view.summary.tally.created_records);
}

/// The records that the ledger names.
async fn records_of_ledger(engine: &Engine, run: i64) -> HashSet<String> {
    const PAGE: u32 = 500;
    let mut records = HashSet::new();
    for offset in (0..RECORDS).step_by(PAGE as usize) {
        let query =
            json!({ "run": run, "outcome": "created", "search": "", "offset": offset, "limit": PAGE });
        let page: LedgerPage =
            serde_json::from_value(engine.call("runs.ledger", query).await.unwrap()).unwrap();
        records.extend(page.lines.into_iter().filter_map(|line| line.salesforce_id));
    }
    records
}

fn names(folder: &Path) -> Vec<String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn kept_results_are_not_downloaded_again() {
    let killed = Killed::half_way();
    let kept = names(&killed.results());
    for file in ["successful.csv", "failed.csv", "unprocessed.csv"] {
        assert!(kept.iter().any(|name| name == file), "{file} in {kept:?}");
    }
    assert_eq!(killed.resumed(), 0);
}

#[test]
fn results_that_somebody_removed_are_downloaded_again() {
    let killed = Killed::half_way();
    std::fs::remove_dir_all(killed.results()).unwrap();
    assert_eq!(killed.resumed(), 3);
}

#[test]
fn results_that_are_damaged_are_downloaded_again() {
    let killed = Killed::half_way();
    let successful = killed.results().join("successful.csv");
    let file = std::fs::File::options().write(true).open(&successful).unwrap();
    // Within the last row.
    file.set_len(file.metadata().unwrap().len() - 20).unwrap();
    assert_eq!(killed.resumed(), 3);
}

#[test]
fn kept_results_count_when_salesforce_has_forgotten_the_job() {
    assert_eq!(Killed::half_way().forgotten_by_the_org().resumed(), 0);
}
