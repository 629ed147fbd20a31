//! What is kept of a test: its result, and its records.

use model::TargetObject;
use salesforce::Record;
use serde::{Deserialize, Serialize};
use store::{MappingTestRow, MappingTestState, NewMappingTest, Read, TestRecordRow, TestRecordState, Write};

use super::account_of;
use crate::Engine;
use crate::audit::{self, Entry};
use crate::contract::audit::AuditArea;
use crate::contract::event::{Event, TestStep};
use crate::contract::mapping::test::{MappingTest, TestRecord, TestState};
use crate::fault::{Code, Fault};

/// The document of a test.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The result; its records are in the journal and left out here.
    pub test: MappingTest,
    /// For a test that did not come to an end: why.
    pub cause: Cause,
    /// Whether a later start settled records of it.
    pub settled_later: bool,
}

/// Why a test did not come to an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Cause {
    /// It is at its end, or the app ended before it was.
    AppEnded,
    /// Something stood in the way.
    Fault {
        /// What.
        sentence: String,
    },
}

/// A test with its records.
#[derive(Debug, Clone)]
pub(super) struct Journaled {
    pub row: MappingTestRow,
    pub kept: Kept,
    pub records: Vec<TestRecordRow>,
}

impl Journaled {
    fn load(read: &Read<'_>, row: MappingTestRow) -> Result<Self, Fault> {
        let kept = serde_json::from_value(row.document.clone()).map_err(|error| {
            Fault::new(
                Code::Workspace,
                "The result of a test could not be read. Test the mapping again.",
            )
            .with_detail(error.to_string())
        })?;
        let records = read.mapping_test_records(row.test_id)?;
        Ok(Self { row, kept, records })
    }

    /// The test as clients see it.
    pub fn shown(&self) -> MappingTest {
        let mut test = self.kept.test.clone();
        test.test = self.row.test_id;
        test.state = contract_state(self.row.state);
        test.records = self.records.iter().flat_map(shown_records).collect();
        test.deleted = !self.records.iter().any(is_left);
        test.sentence = account_of::whole(&test, &self.kept, &self.records);
        test
    }
}

/// Whether a record is, or may be, in the org.
pub(super) fn is_left(record: &TestRecordRow) -> bool {
    !matches!(
        record.state,
        TestRecordState::Deleted | TestRecordState::NeverMade
    )
}

/// A record as clients see it; one that was never made is not one of the test's records.
fn shown_records(record: &TestRecordRow) -> Vec<TestRecord> {
    let shown = |id: Option<&String>, deleted: bool| TestRecord {
        object: record.object.clone(),
        salesforce_id: id.cloned(),
        deleted,
        sentence: account_of::why_left(record),
    };
    match record.state {
        TestRecordState::NeverMade => Vec::new(),
        TestRecordState::Deleted => vec![TestRecord {
            sentence: String::new(),
            ..shown(record.salesforce_id.as_ref(), true)
        }],
        TestRecordState::Intended | TestRecordState::Made => {
            vec![shown(record.salesforce_id.as_ref(), false)]
        }
        TestRecordState::Unclear => record
            .candidates
            .iter()
            .map(|id| shown(Some(id), false))
            .collect(),
    }
}

fn contract_state(state: MappingTestState) -> TestState {
    match state {
        MappingTestState::Running => TestState::Running,
        MappingTestState::Passed => TestState::Passed,
        MappingTestState::Differs => TestState::Differs,
        MappingTestState::Refused => TestState::Refused,
        MappingTestState::Interrupted => TestState::Interrupted,
    }
}

fn stored_state(state: TestState) -> MappingTestState {
    match state {
        TestState::Running => MappingTestState::Running,
        TestState::Passed => MappingTestState::Passed,
        TestState::Differs => MappingTestState::Differs,
        TestState::Refused => MappingTestState::Refused,
        TestState::Interrupted => MappingTestState::Interrupted,
    }
}

/// The newest test of an object in an org, whatever its rows were.
pub(crate) fn last_test(
    read: &Read<'_>,
    org_id: &str,
    object: TargetObject,
) -> Result<Option<MappingTest>, Fault> {
    read.newest_mapping_test(org_id, object)?
        .map(|row| Ok(Journaled::load(read, row)?.shown()))
        .transpose()
}

/// A test that must be there.
pub(super) async fn require(engine: &Engine, test: i64) -> Result<Journaled, Fault> {
    engine
        .read(move |read| {
            let row = read
                .mapping_test(test)?
                .ok_or_else(|| Fault::new(Code::NotFound, format!("There is no test {test}.")))?;
            Journaled::load(read, row)
        })
        .await
}

/// Tests that are running, or left a record whose end is open.
pub(super) async fn open_tests(engine: &Engine) -> Result<Vec<Journaled>, Fault> {
    engine
        .read(|read| {
            read.open_mapping_tests()?
                .into_iter()
                .map(|row| Journaled::load(read, row))
                .collect()
        })
        .await
}

/// Adds a test that runs.
pub(super) async fn begin(
    engine: &Engine,
    mut new: NewMappingTest,
    test: MappingTest,
) -> Result<(i64, Kept), Fault> {
    let kept = Kept {
        test,
        cause: Cause::AppEnded,
        settled_later: false,
    };
    new.document = document(&kept)?;
    let object = kept.test.object;
    let id = engine
        .write(move |write| {
            let id = write.add_mapping_test(&new)?;
            let sentence = format!("Began test {id} of the {} mapping.", TargetObject::from(object));
            audit::note(
                write,
                Entry::new(AuditArea::Mapping, "mapping_test_begun", sentence),
            )?;
            Ok(id)
        })
        .await?;
    Ok((id, kept))
}

/// Writes how far a test is.
pub(super) async fn keep(engine: &Engine, test: i64, kept: &Kept) -> Result<(), Fault> {
    let document = document(kept)?;
    let state = stored_state(kept.test.state);
    let sentence = format!(
        "Test {test} of the {} mapping ended.",
        TargetObject::from(kept.test.object)
    );
    engine
        .write(move |write| {
            let before = write.mapping_test(test)?.map(|row| row.state);
            write.set_mapping_test(test, state, &document)?;
            if before == Some(MappingTestState::Running) && state != MappingTestState::Running {
                let entry = Entry::new(AuditArea::Mapping, "mapping_test_ended", sentence);
                audit::note(write, entry.after(ending(state)))?;
            }
            Ok(())
        })
        .await
}

/// How a test ended, for the audit log.
fn ending(state: MappingTestState) -> &'static str {
    match state {
        MappingTestState::Running => "running",
        MappingTestState::Passed => "every field as it was sent",
        MappingTestState::Differs => "a field differs",
        MappingTestState::Refused => "refused",
        MappingTestState::Interrupted => "interrupted",
    }
}

fn document(kept: &Kept) -> Result<serde_json::Value, Fault> {
    serde_json::to_value(kept).map_err(|error| Fault::internal(&error))
}

/// Journals a record that is about to be made.
pub(super) async fn intend(
    engine: &Engine,
    test: i64,
    object: &str,
    cells: &Record,
    intended_at: String,
) -> Result<TestRecordRow, Fault> {
    let (object, cells) = (object.to_owned(), cells.clone());
    engine
        .write(move |write| Ok(write.intend_test_record(test, &object, &cells, &intended_at)?))
        .await
}

/// Journals what became of a record.
pub(super) async fn settle(engine: &Engine, record: &TestRecordRow) -> Result<(), Fault> {
    let record = record.clone();
    engine
        .write(move |write: &Write<'_>| Ok(write.set_test_record(&record)?))
        .await
}

/// Tells what a test does now.
pub(super) fn tell(engine: &Engine, test: i64, step: TestStep) {
    engine.emit(Event::MappingTest { test, step });
}
