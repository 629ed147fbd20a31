//! Records that a test left behind: after a kill, a lost answer, a session's end, or a refusal to delete.

use std::time::Duration;

use salesforce::Client;
use store::{OrgRow, TestRecordRow, TestRecordState};

use super::journal::{self, Cause, Journaled};
use super::making::{Maker, unclear};
use super::search::{self, Found};
use super::{account_of, lock};
use crate::Engine;
use crate::connect::{self, client, require_org};
use crate::contract::event::TestStep;
use crate::contract::mapping::test::TestState;
use crate::fault::{Code, Fault};

/// After so long no transaction of before goes on, so a record that is not there then was not made.
const LATE: Duration = Duration::from_secs(600);

/// Settles what tests left, where the org is connected; gives a sentence for each test that was left.
///
/// # Errors
/// When the workspace or Salesforce failed.
pub async fn recover(engine: &Engine) -> Result<Vec<String>, Fault> {
    let left: Vec<i64> = journal::open_tests(engine)
        .await?
        .iter()
        .map(|test| test.row.test_id)
        .collect();
    if left.is_empty() {
        return Ok(Vec::new());
    }
    let _lock = match lock(engine).await {
        Ok(lock) => lock,
        // The test is another process's, and still runs.
        Err(fault) if fault.code == Code::WorkspaceBusy => return Ok(Vec::new()),
        Err(fault) => return Err(fault),
    };
    end_running(engine).await?;
    let client = match client(engine).await {
        Ok(client) => client,
        Err(fault)
            if matches!(
                fault.code,
                Code::NotConnected | Code::SignedOut | Code::TokensClosed
            ) =>
        {
            return Ok(Vec::new());
        }
        Err(fault) => return Err(fault),
    };
    let org = require_org(engine).await?;
    if let Err(fault) = settle_open(engine, &client, &org).await {
        return Err(connect::note_fault(engine, fault).await);
    }
    connect::note_usage(engine, &client).await?;
    engine.emit_state().await;
    let mut sentences = Vec::new();
    for test in left {
        let test = journal::require(engine, test).await?;
        if test.row.org_id == org.org_id {
            sentences.push(test.shown().sentence);
        }
    }
    Ok(sentences)
}

/// Recovers in the background; what may still come is looked for once more when it can no longer come.
pub(crate) async fn resume(engine: Engine) {
    for _ in 0..2 {
        if let Err(fault) = recover(&engine).await {
            tracing::warn!(%fault, "what a test left could not be settled");
        }
        match journal::open_tests(&engine).await {
            Ok(open) if open.iter().flat_map(|test| &test.records).any(may_still_come) => {}
            Ok(_) => return,
            Err(fault) => {
                tracing::warn!(%fault, "the tests could not be read");
                return;
            }
        }
        tokio::select! {
            () = engine.closed().cancelled() => return,
            () = tokio::time::sleep(LATE) => {}
        }
    }
}

fn may_still_come(record: &TestRecordRow) -> bool {
    record.state == TestRecordState::Intended
}

/// Settles every open test of the connected org. The caller holds the right to test.
pub(super) async fn settle_open(engine: &Engine, client: &Client, org: &OrgRow) -> Result<(), Fault> {
    end_running(engine).await?;
    for test in journal::open_tests(engine).await? {
        if test.row.org_id == org.org_id {
            settle_test(engine, client, test, false).await?;
        }
    }
    Ok(())
}

/// Whoever holds the right to test knows that no other test runs: what is written as running was killed.
async fn end_running(engine: &Engine) -> Result<(), Fault> {
    for mut test in journal::open_tests(engine).await? {
        if test.kept.test.state == TestState::Running {
            test.kept.test.state = TestState::Interrupted;
            test.kept.cause = Cause::AppEnded;
            journal::keep(engine, test.row.test_id, &test.kept).await?;
            journal::tell(engine, test.row.test_id, TestStep::Ended);
        }
    }
    Ok(())
}

/// Settles the records of one test; asked for, it also looks again at those of which one of several may be the test's.
pub(super) async fn settle_test(
    engine: &Engine,
    client: &Client,
    mut test: Journaled,
    with_unclear: bool,
) -> Result<(), Fault> {
    let number = test.row.test_id;
    let calls_before = client.calls();
    if client.org_time().is_none() {
        // Free of quota; its answer tells the org's time.
        client.versions().await?;
    }
    let maker = Maker {
        engine,
        client,
        user_id: &test.row.user_id,
        test: number,
    };
    journal::tell(engine, number, TestStep::Delete);
    let settled = settle_records(&maker, std::mem::take(&mut test.records), with_unclear).await;
    let used = u32::try_from(client.calls() - calls_before).unwrap_or(u32::MAX);
    test.kept.test.api_calls = test.kept.test.api_calls.saturating_add(used);
    test.kept.settled_later = true;
    journal::keep(engine, number, &test.kept).await?;
    journal::tell(engine, number, TestStep::Ended);
    settled
}

async fn settle_records(
    maker: &Maker<'_>,
    mut records: Vec<TestRecordRow>,
    with_unclear: bool,
) -> Result<(), Fault> {
    for record in &mut records {
        let is_open = match record.state {
            TestRecordState::Intended => true,
            TestRecordState::Unclear => with_unclear,
            _ => false,
        };
        if is_open {
            look(maker, record).await?;
        }
    }
    records.reverse();
    delete_all(maker, records).await
}

/// Looks for a record whose id is not known. One that was unclear stays so as long as anything is found: what is left
/// when somebody has deleted the others may be the wrong one.
async fn look(maker: &Maker<'_>, record: &mut TestRecordRow) -> Result<(), Fault> {
    let was_unclear = record.state == TestRecordState::Unclear;
    match search::find(maker.engine, maker.client, maker.user_id, record).await? {
        Found::One(id) if was_unclear => unclear(record, vec![id]),
        Found::One(id) => {
            record.state = TestRecordState::Made;
            record.salesforce_id = Some(id);
            record.sentence.clear();
        }
        Found::Several(ids) => unclear(record, ids),
        Found::None { may_come: true } if !was_unclear => account_of::not_found_yet(record),
        Found::None { .. } => {
            record.state = TestRecordState::NeverMade;
            record.candidates.clear();
            record.sentence.clear();
        }
    }
    journal::settle(maker.engine, record).await
}

/// Deletes records in this order: the contact before its account, which stays as long as a contact that could not be
/// deleted.
pub(super) async fn delete_all(maker: &Maker<'_>, records: Vec<TestRecordRow>) -> Result<(), Fault> {
    let mut contact_is_left = false;
    for mut record in records {
        if record.state == TestRecordState::Made {
            if contact_is_left {
                account_of::kept_for_contact(&mut record);
                journal::settle(maker.engine, &record).await?;
            } else {
                maker.delete(&mut record).await?;
            }
        }
        contact_is_left |= record.state == TestRecordState::Made;
    }
    Ok(())
}
