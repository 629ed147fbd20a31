//! Runs and their tallies.

use model::{Api, LineOutcome, RunState, TargetObject};
use rusqlite::{OptionalExtension, Row, params};

use crate::word::{from_json, from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// One run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// Id.
    pub run_id: i64,
    /// The target.
    pub object: TargetObject,
    /// List it was made from.
    pub list_id: i64,
    /// That list's name at the time.
    pub list_name: String,
    /// Where it is.
    pub state: RunState,
    /// The state in one sentence.
    pub state_sentence: String,
    /// REST or Bulk.
    pub api: Api,
    /// Org it writes to.
    pub org_id: String,
    /// That org's name.
    pub org_name: String,
    /// That org's kind.
    pub org_kind: String,
    /// Version of the mapping.
    pub mapping_version: u32,
    /// Target fields, in the order of upload.
    pub columns: Vec<String>,
    /// Who made it.
    pub started_by: String,
    /// When it was planned.
    pub planned_at: String,
    /// When sending began.
    pub started_at: Option<String>,
    /// When it ended.
    pub finished_at: Option<String>,
    /// Records in the run.
    pub total_records: u32,
    /// Created in Salesforce.
    pub created_records: u32,
    /// Updated in Salesforce.
    pub updated_records: u32,
    /// Left out on purpose.
    pub skipped_records: u32,
    /// Refused by our rules.
    pub refused_records: u32,
    /// Refused by Salesforce.
    pub failed_records: u32,
    /// Sent, with the answer lost.
    pub uncertain_records: u32,
    /// Still to be sent or answered.
    pub waiting_records: u32,
    /// Records that the plan sends.
    pub planned_records: u32,
    /// Records that go on without some field or with a shortened value.
    pub noted_records: u32,
    /// Records that the plan refuses.
    pub refused_in_plan_records: u32,
    /// API calls used so far.
    pub api_calls: u32,
    /// API calls that the plan expected.
    pub estimated_api_calls: u32,
}

/// A run that is being planned.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// The target.
    pub object: TargetObject,
    /// List it is made from.
    pub list_id: i64,
    /// That list's name.
    pub list_name: String,
    /// Org it writes to.
    pub org_id: String,
    /// That org's name.
    pub org_name: String,
    /// That org's kind.
    pub org_kind: String,
    /// Version of the mapping.
    pub mapping_version: u32,
    /// Target fields, in the order of upload.
    pub columns: Vec<String>,
    /// Who makes it.
    pub started_by: String,
    /// When.
    pub planned_at: String,
}

const COLUMNS: &str = "run_id, object, list_id, list_name, state, state_sentence, api, org_id, org_name, org_kind, \
     mapping_version, columns, started_by, planned_at, started_at, finished_at, total_records, created_records, \
     updated_records, skipped_records, refused_records, failed_records, uncertain_records, waiting_records, \
     planned_records, noted_records, refused_in_plan_records, api_calls, estimated_api_calls";

fn read_row(row: &Row<'_>) -> Result<RunRow, StoreError> {
    Ok(RunRow {
        run_id: row.get(0)?,
        object: from_word("run.object", row.get(1)?)?,
        list_id: row.get(2)?,
        list_name: row.get(3)?,
        state: from_word("run.state", row.get(4)?)?,
        state_sentence: row.get(5)?,
        api: from_word("run.api", row.get(6)?)?,
        org_id: row.get(7)?,
        org_name: row.get(8)?,
        org_kind: row.get(9)?,
        mapping_version: row.get(10)?,
        columns: from_json("run.columns", &row.get::<_, String>(11)?)?,
        started_by: row.get(12)?,
        planned_at: row.get(13)?,
        started_at: row.get(14)?,
        finished_at: row.get(15)?,
        total_records: row.get(16)?,
        created_records: row.get(17)?,
        updated_records: row.get(18)?,
        skipped_records: row.get(19)?,
        refused_records: row.get(20)?,
        failed_records: row.get(21)?,
        uncertain_records: row.get(22)?,
        waiting_records: row.get(23)?,
        planned_records: row.get(24)?,
        noted_records: row.get(25)?,
        refused_in_plan_records: row.get(26)?,
        api_calls: row.get(27)?,
        estimated_api_calls: row.get(28)?,
    })
}

/// The column of `run` that counts an outcome.
fn tally_column(outcome: LineOutcome) -> &'static str {
    match outcome {
        LineOutcome::Planned | LineOutcome::Sent => "waiting_records",
        LineOutcome::Created => "created_records",
        LineOutcome::Updated => "updated_records",
        LineOutcome::Skipped => "skipped_records",
        LineOutcome::Refused => "refused_records",
        LineOutcome::Failed => "failed_records",
        LineOutcome::Uncertain => "uncertain_records",
    }
}

impl Read<'_> {
    /// One run.
    pub fn run(&self, run_id: i64) -> Result<Option<RunRow>, StoreError> {
        self.connection
            .query_row(
                &format!("SELECT {COLUMNS} FROM run WHERE run_id = ?1"),
                [run_id],
                |row| Ok(read_row(row)),
            )
            .optional()?
            .transpose()
    }

    /// A window of the runs, newest first, by part of a list's name.
    pub fn runs(&self, search: &str, offset: u32, limit: u32) -> Result<Vec<RunRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM run WHERE instr(lower(list_name), lower(?1)) > 0 ORDER BY run_id DESC LIMIT ?2 OFFSET ?3"
        ))?;
        let mut rows = statement.query(params![search.trim(), limit, offset])?;
        let mut runs = Vec::new();
        while let Some(row) = rows.next()? {
            runs.push(read_row(row)?);
        }
        Ok(runs)
    }

    /// How many runs a search shows, and how many there are.
    pub fn count_runs(&self, search: &str) -> Result<(u32, u32), StoreError> {
        Ok(self.connection.query_row(
            "SELECT count(*) FILTER (WHERE instr(lower(list_name), lower(?1)) > 0), count(*) FROM run",
            [search.trim()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?)
    }

    /// Runs in one of these states, oldest first.
    pub fn runs_in(&self, states: &[RunState]) -> Result<Vec<RunRow>, StoreError> {
        let states = to_json("run.state", &states)?;
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM run WHERE state IN (SELECT value FROM json_each(?1)) ORDER BY run_id"
        ))?;
        let mut rows = statement.query([states])?;
        let mut runs = Vec::new();
        while let Some(row) = rows.next()? {
            runs.push(read_row(row)?);
        }
        Ok(runs)
    }
}

impl Write<'_> {
    /// Adds a run in the state `planning`, without lines.
    pub fn add_run(&self, run: &NewRun) -> Result<i64, StoreError> {
        Ok(self.connection.query_row(
            "INSERT INTO run (kind, object, list_id, list_name, state, state_sentence, api, org_id, org_name, org_kind,
                 mapping_version, columns, started_by, planned_at, total_records)
             VALUES ('export', ?1, ?2, ?3, ?4, '', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0) RETURNING run_id",
            params![
                to_word("run.object", &run.object)?,
                run.list_id,
                run.list_name,
                to_word("run.state", &RunState::Planning)?,
                to_word("run.api", &Api::Rest)?,
                run.org_id,
                run.org_name,
                run.org_kind,
                run.mapping_version,
                to_json("run.columns", &run.columns)?,
                run.started_by,
                run.planned_at,
            ],
            |row| row.get(0),
        )?)
    }

    /// Ends planning: the counts are taken from the lines, the API from how many are sent.
    pub fn finish_plan(
        &self,
        run_id: i64,
        api: Api,
        estimated_api_calls: u32,
        noted_records: u32,
    ) -> Result<(), StoreError> {
        self.recount(run_id)?;
        self.connection.execute(
            "UPDATE run SET state = ?2, api = ?3, estimated_api_calls = ?4, noted_records = ?5,
                 planned_records = waiting_records, refused_in_plan_records = refused_records WHERE run_id = ?1",
            params![
                run_id,
                to_word("run.state", &RunState::Planned)?,
                to_word("run.api", &api)?,
                estimated_api_calls,
                noted_records
            ],
        )?;
        Ok(())
    }

    /// Counts the lines of a run again by outcome.
    pub fn recount(&self, run_id: i64) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run SET (total_records, created_records, updated_records, skipped_records, refused_records,
                 failed_records, uncertain_records, waiting_records) =
             (SELECT count(*), count(*) FILTER (WHERE outcome = 'created'), count(*) FILTER (WHERE outcome = 'updated'),
                 count(*) FILTER (WHERE outcome = 'skipped'), count(*) FILTER (WHERE outcome = 'refused'),
                 count(*) FILTER (WHERE outcome = 'failed'), count(*) FILTER (WHERE outcome = 'uncertain'),
                 count(*) FILTER (WHERE outcome IN ('planned', 'sent')) FROM run_line WHERE run_id = ?1)
             WHERE run_id = ?1",
            [run_id],
        )?;
        Ok(())
    }

    /// Moves one line of a run's tally from one outcome to another.
    pub(crate) fn shift_tally(
        &self,
        run_id: i64,
        from: LineOutcome,
        to: LineOutcome,
    ) -> Result<(), StoreError> {
        let (from, to) = (tally_column(from), tally_column(to));
        if from != to {
            let sql = format!("UPDATE run SET {from} = {from} - 1, {to} = {to} + 1 WHERE run_id = ?1");
            self.connection.prepare_cached(&sql)?.execute([run_id])?;
        }
        Ok(())
    }

    /// Moves a run to a state.
    pub fn set_run_state(&self, run_id: i64, state: RunState, sentence: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run SET state = ?2, state_sentence = ?3 WHERE run_id = ?1",
            params![run_id, to_word("run.state", &state)?, sentence],
        )?;
        Ok(())
    }

    /// Notes when sending began, the first time.
    pub fn set_run_started(&self, run_id: i64, started_at: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run SET started_at = coalesce(started_at, ?2) WHERE run_id = ?1",
            params![run_id, started_at],
        )?;
        Ok(())
    }

    /// Notes when a run ended.
    pub fn set_run_finished(&self, run_id: i64, finished_at: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run SET finished_at = ?2 WHERE run_id = ?1",
            params![run_id, finished_at],
        )?;
        Ok(())
    }

    /// Adds API calls that a run used.
    pub fn add_api_calls(&self, run_id: i64, api_calls: u32) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run SET api_calls = api_calls + ?2 WHERE run_id = ?1",
            params![run_id, api_calls],
        )?;
        Ok(())
    }

    /// Removes a run whose plan was not finished.
    pub fn remove_run(&self, run_id: i64) -> Result<(), StoreError> {
        self.connection
            .execute("DELETE FROM run WHERE run_id = ?1", [run_id])?;
        Ok(())
    }
}
