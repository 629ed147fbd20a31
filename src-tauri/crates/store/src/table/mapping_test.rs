//! Tests of mappings: their results, and the journal of the records that they make.

use model::TargetObject;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::word::{from_json, from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// How a test ended, or that it did not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MappingTestState {
    /// It is being done, or was when its process ended.
    Running,
    /// Every field is as it was sent.
    Passed,
    /// Some fields are different.
    Differs,
    /// No record could be made.
    Refused,
    /// It did not come to an end.
    Interrupted,
}

/// What is known of a record that a test makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestRecordState {
    /// It is about to be made; whether it was is not known.
    Intended,
    /// It is in the org.
    Made,
    /// It is gone.
    Deleted,
    /// It was not made.
    NeverMade,
    /// Several records may be it, so none of them may be deleted.
    Unclear,
}

/// A test.
#[derive(Debug, Clone, PartialEq)]
pub struct MappingTestRow {
    /// Number.
    pub test_id: i64,
    /// The object.
    pub object: TargetObject,
    /// Org that it writes to.
    pub org_id: String,
    /// That org's name.
    pub org_name: String,
    /// The connected user's id.
    pub user_id: String,
    /// How far it is.
    pub state: MappingTestState,
    /// The result, as whoever wrote it shaped it.
    pub document: Value,
}

/// A test that begins.
#[derive(Debug, Clone)]
pub struct NewMappingTest {
    /// The object.
    pub object: TargetObject,
    /// Org that it writes to.
    pub org_id: String,
    /// That org's name.
    pub org_name: String,
    /// The connected user's id.
    pub user_id: String,
    /// Digest of the org and the rows.
    pub digest: [u8; 32],
    /// When it began.
    pub started_at: String,
    /// The result so far.
    pub document: Value,
}

/// A record of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct TestRecordRow {
    /// The test.
    pub test_id: i64,
    /// Number within the test, from 1, in the order of creation.
    pub number: u32,
    /// API name of its object.
    pub object: String,
    /// What is known of it.
    pub state: TestRecordState,
    /// When it was to be made, by Salesforce's clock.
    pub intended_at: String,
    /// Exactly the values that were sent.
    pub cells: Map<String, Value>,
    /// Its id, once it is known.
    pub salesforce_id: Option<String>,
    /// Ids of records of which one may be it.
    pub candidates: Vec<String>,
    /// Why it is still there; empty when it is not.
    pub sentence: String,
}

const TEST_COLUMNS: &str = "test_id, object, org_id, org_name, user_id, state, document";
const RECORD_COLUMNS: &str =
    "test_id, number, object, state, intended_at, cells, salesforce_id, candidates, sentence";

fn read_test(row: &Row<'_>) -> Result<MappingTestRow, StoreError> {
    Ok(MappingTestRow {
        test_id: row.get(0)?,
        object: from_word("mapping_test.object", row.get(1)?)?,
        org_id: row.get(2)?,
        org_name: row.get(3)?,
        user_id: row.get(4)?,
        state: from_word("mapping_test.state", row.get(5)?)?,
        document: from_json("mapping_test.document", &row.get::<_, String>(6)?)?,
    })
}

fn read_record(row: &Row<'_>) -> Result<TestRecordRow, StoreError> {
    Ok(TestRecordRow {
        test_id: row.get(0)?,
        number: row.get(1)?,
        object: row.get(2)?,
        state: from_word("mapping_test_record.state", row.get(3)?)?,
        intended_at: row.get(4)?,
        cells: from_json("mapping_test_record.cells", &row.get::<_, String>(5)?)?,
        salesforce_id: row.get(6)?,
        candidates: from_json("mapping_test_record.candidates", &row.get::<_, String>(7)?)?,
        sentence: row.get(8)?,
    })
}

impl Read<'_> {
    /// One test.
    pub fn mapping_test(&self, test_id: i64) -> Result<Option<MappingTestRow>, StoreError> {
        self.connection
            .query_row(
                &format!("SELECT {TEST_COLUMNS} FROM mapping_test WHERE test_id = ?1"),
                [test_id],
                |row| Ok(read_test(row)),
            )
            .optional()?
            .transpose()
    }

    /// The newest test of an object in an org.
    pub fn newest_mapping_test(
        &self,
        org_id: &str,
        object: TargetObject,
    ) -> Result<Option<MappingTestRow>, StoreError> {
        self.connection
            .query_row(
                &format!(
                    "SELECT {TEST_COLUMNS} FROM mapping_test WHERE org_id = ?1 AND object = ?2 ORDER BY test_id DESC LIMIT 1"
                ),
                params![org_id, to_word("mapping_test.object", &object)?],
                |row| Ok(read_test(row)),
            )
            .optional()?
            .transpose()
    }

    /// Tests that are running, or that left a record whose end is open, oldest first.
    pub fn open_mapping_tests(&self) -> Result<Vec<MappingTestRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {TEST_COLUMNS} FROM mapping_test WHERE state = 'running' OR test_id IN
                 (SELECT test_id FROM mapping_test_record WHERE state IN ('intended', 'made')) ORDER BY test_id"
        ))?;
        let mut rows = statement.query([])?;
        let mut tests = Vec::new();
        while let Some(row) = rows.next()? {
            tests.push(read_test(row)?);
        }
        Ok(tests)
    }

    /// The records of a test, in the order of creation.
    pub fn mapping_test_records(&self, test_id: i64) -> Result<Vec<TestRecordRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {RECORD_COLUMNS} FROM mapping_test_record WHERE test_id = ?1 ORDER BY number"
        ))?;
        let mut rows = statement.query([test_id])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(read_record(row)?);
        }
        Ok(records)
    }

    /// How the newest test with this digest ended that came to an end; `None` when there was none.
    pub fn mapping_test_by_digest(&self, digest: &[u8; 32]) -> Result<Option<MappingTestState>, StoreError> {
        self.connection
            .query_row(
                "SELECT state FROM mapping_test WHERE digest = ?1 AND state IN ('passed', 'differs', 'refused')
                 ORDER BY test_id DESC LIMIT 1",
                [digest.as_slice()],
                |row| row.get(0),
            )
            .optional()?
            .map(|word| from_word("mapping_test.state", word))
            .transpose()
    }

    /// Whether some test's record has this id.
    pub fn test_record_is_known(&self, salesforce_id: &str) -> Result<bool, StoreError> {
        Ok(self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM mapping_test_record WHERE salesforce_id = ?1)",
            [salesforce_id],
            |row| row.get(0),
        )?)
    }
}

impl Write<'_> {
    /// Adds a test that runs, and returns its number.
    pub fn add_mapping_test(&self, test: &NewMappingTest) -> Result<i64, StoreError> {
        Ok(self.connection.query_row(
            "INSERT INTO mapping_test (object, org_id, org_name, user_id, digest, state, started_at, document)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING test_id",
            params![
                to_word("mapping_test.object", &test.object)?,
                test.org_id,
                test.org_name,
                test.user_id,
                test.digest.as_slice(),
                to_word("mapping_test.state", &MappingTestState::Running)?,
                test.started_at,
                to_json("mapping_test.document", &test.document)?,
            ],
            |row| row.get(0),
        )?)
    }

    /// Writes how far a test is.
    pub fn set_mapping_test(
        &self,
        test_id: i64,
        state: MappingTestState,
        document: &Value,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE mapping_test SET state = ?2, document = ?3 WHERE test_id = ?1",
            params![
                test_id,
                to_word("mapping_test.state", &state)?,
                to_json("mapping_test.document", document)?
            ],
        )?;
        Ok(())
    }

    /// Journals a record before it is made, and returns it.
    pub fn intend_test_record(
        &self,
        test_id: i64,
        object: &str,
        cells: &Map<String, Value>,
        intended_at: &str,
    ) -> Result<TestRecordRow, StoreError> {
        let number: u32 = self.connection.query_row(
            "SELECT coalesce(max(number), 0) + 1 FROM mapping_test_record WHERE test_id = ?1",
            [test_id],
            |row| row.get(0),
        )?;
        let record = TestRecordRow {
            test_id,
            number,
            object: object.to_owned(),
            state: TestRecordState::Intended,
            intended_at: intended_at.to_owned(),
            cells: cells.clone(),
            salesforce_id: None,
            candidates: Vec::new(),
            sentence: String::new(),
        };
        self.connection.execute(
            "INSERT INTO mapping_test_record (test_id, number, object, state, intended_at, cells)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                test_id,
                number,
                object,
                to_word("mapping_test_record.state", &record.state)?,
                intended_at,
                to_json("mapping_test_record.cells", cells)?
            ],
        )?;
        Ok(record)
    }

    /// Journals what became of a record.
    pub fn set_test_record(&self, record: &TestRecordRow) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE mapping_test_record SET state = ?3, salesforce_id = ?4, candidates = ?5, sentence = ?6
             WHERE test_id = ?1 AND number = ?2",
            params![
                record.test_id,
                record.number,
                to_word("mapping_test_record.state", &record.state)?,
                record.salesforce_id,
                to_json("mapping_test_record.candidates", &record.candidates)?,
                record.sentence,
            ],
        )?;
        Ok(())
    }
}
