//! The app is killed at every call of a test: the next start leaves nothing in the org.

use demo_org::{DemoOrg, Options};
use engine::contract::mapping::test::{MappingTest, TestState};
use engine::{Code, Engine};
use serde_json::{Value, json};
use support::killed_app::{open, runtime};
use support::mapping_rows::fixed;

use super::{asked, counts, lead_rows};

/// Kills the app after every number of calls that a test makes, and opens the workspace anew.
fn kill_everywhere(object: &'static str, rows: &[Value], most_calls: usize) {
    for kill_after_calls in 0..=most_calls {
        let outside = runtime();
        support::use_ring();
        let org = outside.block_on(DemoOrg::start(Options::default())).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let before = counts(&org);

        let first = runtime();
        first.block_on(async {
            let engine = open(folder.path(), &org).await;
            engine.call("connection.check", json!({})).await.unwrap();
            org.forget_calls();
            let asked = asked(object, rows);
            let testing = tokio::spawn(async move { engine.call("mapping.test", asked).await });
            while !testing.is_finished() && org.calls().len() < kill_after_calls {
                tokio::task::yield_now().await;
            }
        });
        first.shutdown_background();

        let second = runtime();
        second.block_on(async {
            let engine = open(folder.path(), &org).await;
            nothing_left(&engine, &org, &before, kill_after_calls).await;
            let again = loop {
                match engine.call("mapping.test", asked(object, rows)).await {
                    Ok(again) => break again,
                    // The killed app may still hold the right to test for a moment.
                    Err(fault) if fault.code == Code::WorkspaceBusy => tokio::task::yield_now().await,
                    Err(fault) => panic!("{fault}"),
                }
            };
            let again: MappingTest = serde_json::from_value(again).unwrap();
            assert_eq!(
                (again.state, again.deleted),
                (TestState::Passed, true),
                "{again:#?}"
            );
            nothing_left(&engine, &org, &before, kill_after_calls).await;
        });
        second.shutdown_background();
        outside.block_on(org.shutdown());
    }
}

/// Starts again until nothing is left: the org may still be working on the last call of the killed app.
async fn nothing_left(engine: &Engine, org: &DemoOrg, before: &[u32], killed_after_calls: usize) {
    let cleaned = async {
        loop {
            engine::recover_mapping_tests(engine).await.unwrap();
            if counts(org) == before {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    let hangs = std::time::Duration::from_secs(60);
    assert!(
        tokio::time::timeout(hangs, cleaned).await.is_ok(),
        "killed after {killed_after_calls} calls: {:?} instead of {before:?}",
        counts(org)
    );
}

#[test]
fn a_lead_test_that_is_killed_at_any_call_leaves_nothing() {
    kill_everywhere("lead", &lead_rows(), 4);
}

#[test]
fn a_contact_test_that_is_killed_at_any_call_leaves_nothing() {
    kill_everywhere(
        "contact",
        &[fixed("Ada", "FirstName"), fixed("Okafor", "LastName")],
        6,
    );
}
