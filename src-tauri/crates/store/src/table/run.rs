//! Runs and their tallies.

use model::{Api, Findings, LineOutcome, PlanCounts, RunKind, RunOptions, RunState, Tally, TargetObject};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};

use crate::word::{from_json, from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// One run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// Id.
    pub run_id: i64,
    /// What it does.
    pub kind: RunKind,
    /// The target.
    pub object: TargetObject,
    /// List it was made from.
    pub list_id: i64,
    /// That list's name at the time.
    pub list_name: String,
    /// The run that this one retries, repeats or undoes.
    pub source_run_id: Option<i64>,
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
    /// What was chosen, and the settings that it keeps to.
    pub options: RunOptions,
    /// What the plan found out.
    pub findings: Findings,
    /// What the plan counts.
    pub plan: PlanCounts,
    /// Whose run it is; `None` for runs of earlier versions.
    pub person_id: Option<i64>,
    /// Name of who made it.
    pub started_by: String,
    /// When it was planned.
    pub planned_at: String,
    /// When sending began.
    pub started_at: Option<String>,
    /// When it ended.
    pub finished_at: Option<String>,
    /// Records in the run.
    pub total_records: u32,
    /// What became of them.
    pub tally: Tally,
    /// API calls used so far.
    pub api_calls: u32,
    /// API calls that the plan expected.
    pub estimated_api_calls: u32,
}

/// A run that is being planned.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// What it does.
    pub kind: RunKind,
    /// The run that it retries, repeats or undoes.
    pub source_run_id: Option<i64>,
    /// What was chosen, and the settings that it keeps to.
    pub options: RunOptions,
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
    /// Whose run it is.
    pub person_id: Option<i64>,
    /// Name of who makes it.
    pub started_by: String,
    /// When.
    pub planned_at: String,
}

/// Which runs to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    /// Part of a list's name.
    pub search: String,
    /// Only this kind.
    pub kind: Option<RunKind>,
    /// Only this object.
    pub object: Option<TargetObject>,
    /// Only this state.
    pub state: Option<RunState>,
    /// Only of this person; the others do not count at all.
    pub person_id: Option<i64>,
}

impl RunFilter {
    /// Which runs there are at all for whoever looks.
    fn person_condition(&self) -> String {
        match self.person_id {
            Some(person_id) => format!("run_id > 0 AND person_id = {person_id}"),
            None => "run_id > 0".to_owned(),
        }
    }

    fn condition(&self) -> Result<(String, Vec<Value>), StoreError> {
        let mut condition = "run_id > 0 AND instr(lowercase(list_name), ?1) > 0".to_owned();
        let mut values = vec![Value::Text(self.search.trim().to_lowercase())];
        let kind = self.kind.map(|kind| to_word("run.kind", &kind)).transpose()?;
        let object = self
            .object
            .map(|object| to_word("run.object", &object))
            .transpose()?;
        let state = self.state.map(|state| to_word("run.state", &state)).transpose()?;
        for (column, word) in [("kind", kind), ("object", object), ("state", state)] {
            if let Some(word) = word {
                values.push(Value::Text(word.to_owned()));
                condition += &format!(" AND {column} = ?{}", values.len());
            }
        }
        if let Some(person_id) = self.person_id {
            values.push(Value::Integer(person_id));
            condition += &format!(" AND person_id = ?{}", values.len());
        }
        Ok((condition, values))
    }
}

const COLUMNS: &str = "run_id, kind, object, list_id, list_name, source_run_id, state, state_sentence, api, org_id, org_name, \
     org_kind, mapping_version, columns, options, findings, plan, started_by, planned_at, started_at, finished_at, \
     total_records, created_records, updated_records, deleted_records, restored_records, skipped_records, refused_records, \
     failed_records, uncertain_records, waiting_records, asked_records, api_calls, estimated_api_calls, person_id";

fn read_row(row: &Row<'_>) -> Result<RunRow, StoreError> {
    Ok(RunRow {
        run_id: row.get(0)?,
        kind: from_word("run.kind", row.get(1)?)?,
        object: from_word("run.object", row.get(2)?)?,
        list_id: row.get(3)?,
        list_name: row.get(4)?,
        source_run_id: row.get(5)?,
        state: from_word("run.state", row.get(6)?)?,
        state_sentence: row.get(7)?,
        api: from_word("run.api", row.get(8)?)?,
        org_id: row.get(9)?,
        org_name: row.get(10)?,
        org_kind: row.get(11)?,
        mapping_version: row.get(12)?,
        columns: from_json("run.columns", &row.get::<_, String>(13)?)?,
        options: from_json("run.options", &row.get::<_, String>(14)?)?,
        findings: from_json("run.findings", &row.get::<_, String>(15)?)?,
        plan: from_json("run.plan", &row.get::<_, String>(16)?)?,
        started_by: row.get(17)?,
        planned_at: row.get(18)?,
        started_at: row.get(19)?,
        finished_at: row.get(20)?,
        total_records: row.get(21)?,
        tally: Tally {
            created_records: row.get(22)?,
            updated_records: row.get(23)?,
            deleted_records: row.get(24)?,
            restored_records: row.get(25)?,
            skipped_records: row.get(26)?,
            refused_records: row.get(27)?,
            failed_records: row.get(28)?,
            uncertain_records: row.get(29)?,
            waiting_records: row.get(30)?,
            asked_records: row.get(31)?,
        },
        api_calls: row.get(32)?,
        estimated_api_calls: row.get(33)?,
        person_id: row.get(34)?,
    })
}

/// The column of `run` that counts an outcome.
fn tally_column(outcome: LineOutcome) -> &'static str {
    match outcome {
        LineOutcome::Planned | LineOutcome::Sent => "waiting_records",
        LineOutcome::Created => "created_records",
        LineOutcome::Asked => "asked_records",
        LineOutcome::Updated => "updated_records",
        LineOutcome::Deleted => "deleted_records",
        LineOutcome::Restored => "restored_records",
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

    /// Whose run it is, as far as that is known; `None` when there is no such run.
    pub fn person_of_run(&self, run_id: i64) -> Result<Option<Option<i64>>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT person_id FROM run WHERE run_id = ?1")?;
        Ok(statement.query_row([run_id], |row| row.get(0)).optional()?)
    }

    /// A window of the runs, newest first. Drafts are none.
    pub fn runs(&self, filter: &RunFilter, offset: u32, limit: u32) -> Result<Vec<RunRow>, StoreError> {
        let (condition, mut values) = filter.condition()?;
        values.push(Value::Integer(limit.into()));
        values.push(Value::Integer(offset.into()));
        let (limit, offset) = (values.len() - 1, values.len());
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM run WHERE {condition} ORDER BY run_id DESC LIMIT ?{limit} OFFSET ?{offset}"
        ))?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut runs = Vec::new();
        while let Some(row) = rows.next()? {
            runs.push(read_row(row)?);
        }
        Ok(runs)
    }

    /// How many runs a filter shows, and how many there are of its person, or of everybody.
    pub fn count_runs(&self, filter: &RunFilter) -> Result<(u32, u32), StoreError> {
        let (condition, values) = filter.condition()?;
        let of_person = filter.person_condition();
        let sql = format!("SELECT count(*) FILTER (WHERE {condition}), count(*) FROM run WHERE {of_person}");
        Ok(self.connection.query_row(&sql, params_from_iter(values), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?)
    }

    /// Runs that undo, retry or repeat a run, newest first.
    pub fn followers(&self, run_id: i64) -> Result<Vec<(i64, RunKind, RunState)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT run_id, kind, state FROM run WHERE source_run_id = ?1 ORDER BY run_id DESC",
        )?;
        let mut rows = statement.query([run_id])?;
        let mut followers = Vec::new();
        while let Some(row) = rows.next()? {
            followers.push((
                row.get(0)?,
                from_word("run.kind", row.get(1)?)?,
                from_word("run.state", row.get(2)?)?,
            ));
        }
        Ok(followers)
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
    /// Notes that a Salesforce user writes for a run.
    pub fn add_run_writer(&self, run_id: i64, user_id: &str) -> Result<(), StoreError> {
        let Some(mut run) = self.run(run_id)? else {
            return Ok(());
        };
        if run.options.writers.iter().any(|writer| writer == user_id) {
            return Ok(());
        }
        run.options.writers.push(user_id.to_owned());
        self.connection.execute(
            "UPDATE run SET options = ?2 WHERE run_id = ?1",
            params![run_id, to_json("run.options", &run.options)?],
        )?;
        Ok(())
    }

    /// Adds a run in the state `planning`, without lines.
    pub fn add_run(&self, run: &NewRun) -> Result<i64, StoreError> {
        Ok(self.connection.query_row(
            "INSERT INTO run (kind, object, list_id, list_name, source_run_id, state, state_sentence, api, org_id, org_name,
                 org_kind, mapping_version, columns, options, started_by, planned_at, person_id, total_records)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 0) RETURNING run_id",
            params![
                to_word("run.kind", &run.kind)?,
                to_word("run.object", &run.object)?,
                run.list_id,
                run.list_name,
                run.source_run_id,
                to_word("run.state", &RunState::Planning)?,
                to_word("run.api", &Api::Rest)?,
                run.org_id,
                run.org_name,
                run.org_kind,
                run.mapping_version,
                to_json("run.columns", &run.columns)?,
                to_json("run.options", &run.options)?,
                run.started_by,
                run.planned_at,
                run.person_id,
            ],
            |row| row.get(0),
        )?)
    }

    /// Ends planning, or planning anew: the API is taken from how many are sent. The tally follows by [`Write::tally_plan`] or
    /// [`Write::recount`].
    pub fn finish_plan(
        &self,
        run_id: i64,
        plan: &PlanCounts,
        findings: &Findings,
        estimated_api_calls: u32,
    ) -> Result<(), StoreError> {
        let api = Api::for_records(u64::from(plan.sent_records()));
        self.connection.execute(
            "UPDATE run SET state = ?2, api = ?3, estimated_api_calls = ?4, plan = ?5, findings = ?6 WHERE run_id = ?1",
            params![
                run_id,
                to_word("run.state", &RunState::Planned)?,
                to_word("run.api", &api)?,
                estimated_api_calls,
                to_json("run.plan", plan)?,
                to_json("run.findings", findings)?
            ],
        )?;
        Ok(())
    }

    /// Takes the tally of an export of which nothing was sent yet from its plan's counts, which saves counting its lines.
    pub fn tally_plan(&self, run_id: i64, plan: &PlanCounts) -> Result<(), StoreError> {
        let waiting = plan.create_records + plan.update_records;
        let settled = plan.skip_records + plan.refuse_records;
        self.connection.execute(
            "UPDATE run SET total_records = ?2, created_records = 0, updated_records = 0, deleted_records = 0,
                 restored_records = 0, skipped_records = ?3, refused_records = ?4, failed_records = 0, uncertain_records = 0,
                 asked_records = ?5, waiting_records = ?6
             WHERE run_id = ?1",
            params![
                run_id,
                waiting + plan.ask_records + settled,
                plan.skip_records,
                plan.refuse_records,
                plan.ask_records,
                waiting
            ],
        )?;
        Ok(())
    }

    /// Counts the lines of a run's object again by outcome.
    pub fn recount(&self, run_id: i64) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run SET (total_records, created_records, updated_records, deleted_records, restored_records,
                 skipped_records, refused_records, failed_records, uncertain_records, asked_records, waiting_records) =
             (SELECT count(*), count(*) FILTER (WHERE outcome = 'created'), count(*) FILTER (WHERE outcome = 'updated'),
                 count(*) FILTER (WHERE outcome = 'deleted'), count(*) FILTER (WHERE outcome = 'restored'),
                 count(*) FILTER (WHERE outcome = 'skipped'), count(*) FILTER (WHERE outcome = 'refused'),
                 count(*) FILTER (WHERE outcome = 'failed'), count(*) FILTER (WHERE outcome = 'uncertain'),
                 count(*) FILTER (WHERE outcome = 'asked'), count(*) FILTER (WHERE outcome IN ('planned', 'sent'))
              FROM run_line WHERE run_line.run_id = run.run_id AND run_line.object = run.object)
             WHERE run_id = ?1",
            [run_id],
        )?;
        Ok(())
    }

    /// Moves lines of a run's tally from one outcome to another. Lines of another object than the run's are not in it.
    pub(crate) fn shift_tally(
        &self,
        run_id: i64,
        object: &str,
        from: LineOutcome,
        to: LineOutcome,
        lines: u32,
    ) -> Result<(), StoreError> {
        let (from, to) = (tally_column(from), tally_column(to));
        if from != to {
            let sql = format!(
                "UPDATE run SET {from} = {from} - ?3, {to} = {to} + ?3 WHERE run_id = ?1 AND object = ?2"
            );
            self.connection
                .prepare_cached(&sql)?
                .execute(params![run_id, object, lines])?;
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
