//! An app that dies when its job is closed: whatever becomes of the job meanwhile, each record is accounted for.

use demo_org::{DemoOrg, Options};
use engine::contract::runs::RunState;
use serde_json::{Value, json};
use support::demo_control::DemoControl;
use support::killed_app::{open, runtime};
use support::lists;
use tokio::runtime::Runtime;

use crate::interrupted::{plan, settle};
use crate::kept_results::delete_jobs;

const RECORDS: u32 = 40;

struct Closed {
    outside: Runtime,
    org: DemoOrg,
    control: DemoControl,
    workspace: tempfile::TempDir,
    run: i64,
    leads_before: u32,
}

impl Closed {
    /// The job waits in Salesforce, and the app is gone.
    fn killed() -> Self {
        support::use_ring();
        let outside = runtime();
        let org = outside.block_on(DemoOrg::start(Options::default())).unwrap();
        let control = DemoControl::new(&org.instance_url());
        outside.block_on(control.hold_jobs()).unwrap();
        let workspace = tempfile::tempdir().unwrap();
        let list = workspace.path().join("list.csv");
        lists::write_contacts(&list, RECORDS).unwrap();
        let leads_before = org.record_count("Lead").unwrap();
        let first = runtime();
        let run = first.block_on(async {
            let engine = open(workspace.path(), &org).await;
            let run = plan(&engine, &list).await;
            engine.call("export.send", json!({ "run": run })).await.unwrap();
            while !org.calls().iter().any(|call| call.method == "PATCH") {
                tokio::task::yield_now().await;
            }
            run
        });
        first.shutdown_background();
        Self {
            outside,
            org,
            control,
            workspace,
            run,
            leads_before,
        }
    }

    fn created_in_org(&self) -> u32 {
        self.org.record_count("Lead").unwrap() - self.leads_before
    }

    /// Salesforce finishes the job.
    fn finished(&self) {
        self.outside.block_on(async {
            self.control.release_jobs().await.unwrap();
            while self.created_in_org() < RECORDS {
                tokio::task::yield_now().await;
            }
        });
    }

    /// A new app does this with the run, and sees it to its end.
    fn then(&self, method: &'static str) -> (RunState, Value) {
        let second = runtime();
        let ended = second.block_on(async {
            let engine = open(self.workspace.path(), &self.org).await;
            while engine.call(method, json!({ "run": self.run })).await.is_err() {
                // The killed app's last write may still be landing.
                tokio::task::yield_now().await;
            }
            let (state, tally, _) = settle(&engine, self.run).await;
            (state, tally)
        });
        second.shutdown_background();
        ended
    }
}

#[test]
fn records_of_a_job_that_salesforce_has_forgotten_are_looked_up() {
    let closed = Closed::killed();
    closed.finished();
    closed.outside.block_on(delete_jobs(&closed.org));
    let (state, tally) = closed.then("runs.resume");
    assert_eq!(
        (state, &tally["created_records"]),
        (RunState::Done, &json!(RECORDS))
    );
    assert_eq!(closed.created_in_org(), RECORDS);
}

#[test]
fn a_run_whose_app_was_killed_is_cancelled_at_the_next_start() {
    let closed = Closed::killed();
    let (state, tally) = closed.then("runs.cancel");
    assert_eq!(state, RunState::Cancelled);
    assert_eq!(
        (&tally["created_records"], &tally["skipped_records"]),
        (&json!(0), &json!(RECORDS)),
        "{tally}"
    );
    assert_eq!(closed.created_in_org(), 0);
    let jobs = std::fs::read_dir(closed.workspace.path().join("jobs")).unwrap();
    assert_eq!(jobs.count(), 0, "files of a job that is at its end");
}
