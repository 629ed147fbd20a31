//! Test Mapping: one record is created with the rows as they stand, read back, compared and deleted.
//!
//! Each record is journaled before the call that makes it, with exactly the values that are sent, and settled only when
//! it is known to be gone: [`recovery`] finds at the next start what a killed app left. Nothing is deleted that may be
//! somebody else's record. One test runs at a time in a workspace.
//!
//! [`run`] is one test, [`making`] its calls, [`search`] finds a record whose answer was lost, [`tested_rows`] its rows,
//! [`verdicts`] what each field became, [`compare`] judges a field by its type, [`refusal`] puts Salesforce's refusal at the rows, [`journal`] keeps it all and [`account_of`] words it.

mod account_of;
mod compare;
mod digest;
mod journal;
mod making;
pub(crate) mod recovery;
mod refusal;
mod run;
mod search;
mod tested_rows;
mod verdicts;

use std::sync::Arc;

use crate::Engine;
use crate::connect::{self, client, require_org};
use crate::contract::app::Nothing;
use crate::contract::mapping::test::{MappingTest, TestHandle, TestMapping, TestRecordHandle};
use crate::fault::{Code, Fault};

pub(crate) use digest::tested;
pub(crate) use journal::last_test;

/// `mapping.test`
pub(crate) async fn run(engine: &Engine, params: TestMapping) -> Result<MappingTest, Fault> {
    let lock = lock(engine).await?;
    let task = engine.clone();
    // In a task of its own: a caller that goes away does not leave a record behind.
    let done = tokio::spawn(async move {
        let done = run::run(&task, params).await;
        drop(lock);
        done
    });
    match done.await {
        Ok(Ok(test)) => Ok(test),
        Ok(Err(fault)) => Err(connect::note_fault(engine, fault).await),
        Err(error) => Err(Fault::internal(&error)),
    }
}

/// `mapping.clean_test`
pub(crate) async fn clean(engine: &Engine, params: TestHandle) -> Result<MappingTest, Fault> {
    let _lock = lock(engine).await?;
    let test = journal::require(engine, params.test).await?;
    let client = client(engine).await?;
    let org = require_org(engine).await?;
    if org.org_id != test.row.org_id {
        return Err(other_org(&test.row.org_name, &org.name));
    }
    recovery::settle_test(engine, &client, test, true).await?;
    connect::note_usage(engine, &client).await?;
    Ok(journal::require(engine, params.test).await?.shown())
}

/// `mapping.open_record`
pub(crate) async fn open_record(engine: &Engine, params: TestRecordHandle) -> Result<Nothing, Fault> {
    let test = journal::require(engine, params.test).await?;
    let org = require_org(engine).await?;
    if org.org_id != test.row.org_id {
        return Err(other_org(&test.row.org_name, &org.name));
    }
    let id = &params.salesforce_id;
    let record = test
        .records
        .iter()
        .find(|record| record.salesforce_id.as_ref() == Some(id) || record.candidates.contains(id))
        .ok_or_else(|| Fault::new(Code::NotFound, "This test left no such record in Salesforce."))?;
    let address = crate::runs::record_url(&org.instance_url, &record.object, id);
    engine.host().open_in_browser(&address)?;
    Ok(Nothing {})
}

/// The right to test, against this process and others.
async fn lock(engine: &Engine) -> Result<store::TestLock, Fault> {
    let store = Arc::clone(engine.store());
    engine.blocking(move || Ok(store.lock_tests()?)).await
}

fn other_org(of_test: &str, connected: &str) -> Fault {
    Fault::new(
        Code::WrongState,
        format!("This test wrote to {of_test}, but {connected} is connected. Connect {of_test} again."),
    )
}
