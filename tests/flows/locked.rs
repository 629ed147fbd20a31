//! Another program locks the workspace's database for longer than anybody waits: it is said, and nothing is lost.

use engine::Code;
use engine::contract::runs::{LedgerPage, RunState, RunView};
use rusqlite::Connection;
use serde_json::json;
use support::{TestApp, lists};

/// Locks the database as a foreign program does, until it is dropped.
fn lock(app: &TestApp) -> Connection {
    let database = Connection::open(app.workspace().join("landbridge.sqlite")).unwrap();
    database.busy_timeout(std::time::Duration::from_secs(60)).unwrap();
    database.execute_batch("BEGIN IMMEDIATE").unwrap();
    database
}

async fn planned(app: &TestApp, records: u32) -> i64 {
    let file = app.file("people.csv", lists::contacts(records));
    let list = app.import(&file, "People").await.list;
    app.plan("lead", list.list_id).await.summary.run
}

async fn before_sending() {
    let app = TestApp::connected().await;
    let run = planned(&app, 10).await;
    let before = app.org.record_count("Lead").unwrap();
    let foreign = lock(&app);
    let fault = app.fault("export.send", json!({ "run": run })).await;
    assert_eq!(fault.code, Code::Workspace);
    assert!(
        fault
            .sentence
            .contains("Another program has locked the workspace database")
            && fault.sentence.contains("nothing is lost"),
        "{fault}"
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before);
    drop(foreign);
    let done = app.send(run).await;
    assert_eq!(
        (done.summary.state, done.summary.tally.created_records),
        (RunState::Done, 10)
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before + 10);
}

async fn while_a_job_runs() {
    let app = TestApp::connected().await;
    let run = planned(&app, 40).await;
    let before = app.org.record_count("Lead").unwrap();
    app.control().hold_jobs().await.unwrap();
    let mut events = app.engine().watch();
    let _: RunView = app.call("export.send", json!({ "run": run })).await;
    while !app.org.calls().iter().any(|call| call.method == "PATCH") {
        tokio::task::yield_now().await;
    }
    let foreign = lock(&app);
    app.control().release_jobs().await.unwrap();
    let waiting = app.settled(run, &mut events).await;
    assert_eq!(waiting.summary.state, RunState::Waiting);
    assert!(
        waiting
            .summary
            .state_sentence
            .contains("Another program has locked the workspace database"),
        "{}",
        waiting.summary.state_sentence
    );
    assert!(waiting.may.resume);
    drop(foreign);
    let _: RunView = app.call("runs.resume", json!({ "run": run })).await;
    let done = app.settled(run, &mut events).await;
    assert_eq!(
        (done.summary.state, done.summary.tally.created_records),
        (RunState::Done, 40),
        "{:?}",
        done.summary
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before + 40);
    let query = json!({ "run": run, "outcome": "created", "search": "", "offset": 0, "limit": 100 });
    let page: LedgerPage = app.call("runs.ledger", query).await;
    assert_eq!(page.matching_lines, 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_a_foreign_program_locks_loses_nothing() {
    // Both wait as long as the app has patience, so they wait together.
    tokio::join!(before_sending(), while_a_job_runs());
}
