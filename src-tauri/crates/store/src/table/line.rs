//! The lines of a run: what is to be written, and what became of it.

use std::collections::BTreeMap;

use model::{FieldChange, Grade, LineAction, LineAnswer, LineOutcome, RowDigest, TargetObject};
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use serde::de::DeserializeOwned;
use serde_json::Map;

use super::line_filter::LineFilter;
use super::place::place;
use crate::word::{from_json, from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// A line that is being planned, or planned anew.
#[derive(Debug, Clone)]
pub struct NewLine {
    /// Number within the run, from 1.
    pub line: u32,
    /// Object of the record: the run's, or Account for one that a run of contacts creates.
    pub object: TargetObject,
    /// The profile.
    pub profile_id: i64,
    /// Its ZoomInfo id.
    pub zoominfo_id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its company.
    pub company: String,
    /// What the plan does with it.
    pub action: LineAction,
    /// What became of it so far.
    pub outcome: LineOutcome,
    /// What decided, in words.
    pub rule: String,
    /// Code of the criterion of the match that decided.
    pub criterion: Option<String>,
    /// Grade of that match.
    pub grade: Option<Grade>,
    /// What was shortened or left out.
    pub notes: Vec<String>,
    /// Values to write, by target field, as JSON; of an update only those that change.
    pub cells: String,
    /// What an update does to each field; empty for other actions.
    pub changes: Vec<FieldChange>,
    /// When the record was last changed before the plan, as Salesforce tells it.
    pub modified_at: Option<String>,
    /// Texts that somebody typed in place of the mapped values, by target field.
    pub edits: BTreeMap<String, String>,
    /// What somebody answered.
    pub answer: Option<LineAnswer>,
    /// The company of a contact, whose account it gets.
    pub company_number: Option<u32>,
    /// Id of the account that the record belongs to.
    pub parent_id: Option<String>,
    /// Digest of the values as CSV text; `None` for a line that is not created.
    pub digest: Option<RowDigest>,
    /// 18-character id of the record that is updated.
    pub salesforce_id: Option<String>,
    /// Code of a refusal.
    pub error_code: Option<String>,
    /// A refusal in words.
    pub error: Option<String>,
    /// When it was settled, for a refusal.
    pub settled_at: Option<String>,
}

/// A line as the ledger shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct LineRow {
    /// Number within the run, from 1.
    pub line: u32,
    /// Object of the record.
    pub object: TargetObject,
    /// The profile.
    pub profile_id: i64,
    /// Its ZoomInfo id.
    pub zoominfo_id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its company.
    pub company: String,
    /// What the plan does with it.
    pub action: LineAction,
    /// What became of it.
    pub outcome: LineOutcome,
    /// What decided, in words.
    pub rule: String,
    /// Code of the criterion of the match that decided.
    pub criterion: Option<String>,
    /// Grade of that match.
    pub grade: Option<Grade>,
    /// What was shortened or left out.
    pub notes: Vec<String>,
    /// Values to write, by target field; of an update only those that change.
    pub cells: Map<String, serde_json::Value>,
    /// What an update does to each field; empty for other actions.
    pub changes: Vec<FieldChange>,
    /// When the record was last changed before the plan, as Salesforce tells it.
    pub modified_at: Option<String>,
    /// Texts that somebody typed in place of the mapped values, by target field.
    pub edits: BTreeMap<String, String>,
    /// What somebody answered.
    pub answer: Option<LineAnswer>,
    /// The company of a contact, whose account it gets.
    pub company_number: Option<u32>,
    /// Id of the account that the record belongs to.
    pub parent_id: Option<String>,
    /// The job that sent it last.
    pub job_number: Option<u32>,
    /// 18-character id of the record.
    pub salesforce_id: Option<String>,
    /// Code of the error.
    pub error_code: Option<String>,
    /// The error in words.
    pub error: Option<String>,
    /// How often it was sent.
    pub attempts: u32,
    /// When it was settled.
    pub settled_at: Option<String>,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineOutcomeUpdate {
    /// The outcome.
    pub outcome: LineOutcome,
    /// 18-character id of the record; `None` leaves what the line has.
    pub salesforce_id: Option<String>,
    /// Code of the error.
    pub error_code: Option<String>,
    /// The error in words.
    pub error: Option<String>,
    /// When.
    pub settled_at: String,
}

/// Whether the job that a planned line belongs to is on its way: a Bulk job from just before it is closed, a Collections
/// call from when it is intended. A line that was put off waits for another job.
pub(super) const IS_SENT: &str = "outcome = 'planned' AND error_code IS NULL AND EXISTS (
    SELECT 1 FROM run_job AS job WHERE job.run_id = run_line.run_id
        AND (job.state IN ('uploaded', 'closed') OR job.api = 'rest' AND job.state = 'intended')
        AND CASE job.takes WHEN 'picked' THEN job.job_number = run_line.job_number
            ELSE job.action = run_line.action AND lower(job.object) = run_line.object END)";

/// The record of a line, as what follows a join.
macro_rules! record {
    () => {
        "run_record ON run_record.place = (run_line.run_id << 32 | run_line.line)"
    };
}

/// See [`LINES`].
pub(super) const RECORD: &str = record!();

/// Lines with their records. A cross join is taken in its order: the short rows decide which of the long ones are read.
pub(super) const LINES: &str = concat!("run_line CROSS JOIN ", record!());

/// The columns of a [`LineRow`], out of [`LINES`].
pub(super) fn columns() -> String {
    format!(
        "line, object, profile_id, zoominfo_id, name, company, action,
         CASE WHEN {IS_SENT} THEN 'sent' ELSE outcome END, rule, criterion, grade, notes, cells, changes, modified_at, edits,
         answer, company_number, parent_id, job_number, salesforce_id, error_code, error, attempts, settled_at"
    )
}

pub(super) fn read_row(row: &Row<'_>) -> Result<LineRow, StoreError> {
    let grade: Option<String> = row.get(10)?;
    let (changes, edits, answer): (Option<String>, Option<String>, Option<String>) =
        (row.get(13)?, row.get(15)?, row.get(16)?);
    Ok(LineRow {
        line: row.get(0)?,
        object: from_word("run_line.object", row.get(1)?)?,
        profile_id: row.get(2)?,
        zoominfo_id: row.get(3)?,
        name: row.get(4)?,
        company: row.get(5)?,
        action: from_word("run_line.action", row.get(6)?)?,
        outcome: from_word("run_line.outcome", row.get(7)?)?,
        rule: row.get(8)?,
        criterion: row.get(9)?,
        grade: grade.map(|word| from_word("run_line.grade", word)).transpose()?,
        notes: from_json("run_record.notes", &row.get::<_, String>(11)?)?,
        cells: from_json("run_record.cells", &row.get::<_, String>(12)?)?,
        changes: from_optional_json("run_record.changes", changes)?,
        modified_at: row.get(14)?,
        edits: from_optional_json("run_record.edits", edits)?,
        answer: answer
            .map(|text| from_json("run_line.answer", &text))
            .transpose()?,
        company_number: row.get(17)?,
        parent_id: row.get(18)?,
        job_number: row.get(19)?,
        salesforce_id: row.get(20)?,
        error_code: row.get(21)?,
        error: row.get(22)?,
        attempts: row.get(23)?,
        settled_at: row.get(24)?,
    })
}

/// A value that is left out of the database while it is empty.
fn from_optional_json<T: DeserializeOwned + Default>(
    place: &'static str,
    text: Option<String>,
) -> Result<T, StoreError> {
    text.map_or_else(|| Ok(T::default()), |text| from_json(place, &text))
}

impl Read<'_> {
    /// How many lines a filter shows.
    pub fn count_lines(&self, run_id: i64, filter: &LineFilter) -> Result<u32, StoreError> {
        let (condition, values) = filter.condition(run_id)?;
        // What is searched through is in the records; everything else is told by the lines alone.
        let source = if filter.search.trim().is_empty() {
            "run_line"
        } else {
            LINES
        };
        let sql = format!("SELECT count(*) FROM {source} WHERE {condition}");
        Ok(self
            .connection
            .query_row(&sql, params_from_iter(values), |row| row.get(0))?)
    }

    /// A window of a run's lines.
    pub fn lines(
        &self,
        run_id: i64,
        filter: &LineFilter,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<LineRow>, StoreError> {
        let (condition, values) = filter.condition(run_id)?;
        // Without a filter the line numbers themselves are the index.
        let window = if *filter == LineFilter::default() {
            format!("AND line > {offset} ORDER BY line LIMIT {limit}")
        } else {
            format!("ORDER BY line LIMIT {limit} OFFSET {offset}")
        };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {} FROM {LINES} WHERE {condition} {window}",
            columns()
        ))?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            lines.push(read_row(row)?);
        }
        Ok(lines)
    }

    /// One line.
    pub fn line(&self, run_id: i64, line: u32) -> Result<Option<LineRow>, StoreError> {
        self.connection
            .query_row(
                &format!(
                    "SELECT {} FROM {LINES} WHERE run_id = ?1 AND line = ?2",
                    columns()
                ),
                params![run_id, line],
                |row| Ok(read_row(row)),
            )
            .optional()?
            .transpose()
    }

    /// Texts that somebody typed for lines of a run, by profile.
    pub fn edits(&self, run_id: i64) -> Result<BTreeMap<i64, BTreeMap<String, String>>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT profile_id, edits FROM run_record INDEXED BY run_record_edited
                 JOIN run_line ON run_line.run_id = ?1 AND run_line.line = run_record.place & 0xFFFFFFFF
             WHERE place >= ?1 << 32 AND place < (?1 + 1) << 32 AND edits IS NOT NULL",
        )?;
        let mut rows = statement.query([run_id])?;
        let mut edits = BTreeMap::new();
        while let Some(row) = rows.next()? {
            edits.insert(
                row.get(0)?,
                from_json("run_record.edits", &row.get::<_, String>(1)?)?,
            );
        }
        Ok(edits)
    }

    /// Whether some line of some run has this record.
    pub fn record_is_known(&self, salesforce_id: &str) -> Result<bool, StoreError> {
        Ok(self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM run_line WHERE salesforce_id = ?1)",
            [salesforce_id],
            |row| row.get(0),
        )?)
    }
}

impl Write<'_> {
    /// Plans a line anew, or adds it. The run's tally is counted by [`Write::tally_plan`] or [`Write::recount`].
    pub fn set_line(&self, run_id: i64, line: &NewLine) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM run_line WHERE run_id = ?1 AND line = ?2")?
            .execute(params![run_id, line.line])?;
        self.connection
            .prepare_cached("DELETE FROM run_record WHERE place = ?1")?
            .execute([place(run_id, line.line)])?;
        self.add_line(run_id, line)
    }

    /// Adds a planned line that is not there. The run's tally is counted as by [`Write::set_line`].
    pub fn add_line(&self, run_id: i64, line: &NewLine) -> Result<(), StoreError> {
        let changes = (!line.changes.is_empty())
            .then(|| to_json("run_record.changes", &line.changes))
            .transpose()?;
        let edits = (!line.edits.is_empty())
            .then(|| to_json("run_record.edits", &line.edits))
            .transpose()?;
        let answer = line
            .answer
            .map(|answer| to_json("run_line.answer", &answer))
            .transpose()?;
        let grade = line
            .grade
            .map(|grade| to_word("run_line.grade", &grade))
            .transpose()?;
        self.connection
            .prepare_cached(
                "INSERT INTO run_line (run_id, line, object, profile_id, action, outcome, criterion, grade, answer,
                     is_noted, company_number, parent_id, salesforce_id, error_code, error, settled_at, digest)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            )?
            .execute(params![
                run_id,
                line.line,
                to_word("run_line.object", &line.object)?,
                line.profile_id,
                to_word("run_line.action", &line.action)?,
                to_word("run_line.outcome", &line.outcome)?,
                line.criterion,
                grade,
                answer,
                !line.notes.is_empty(),
                line.company_number,
                line.parent_id,
                line.salesforce_id,
                line.error_code,
                line.error,
                line.settled_at,
                line.digest.as_ref().map(RowDigest::as_slice),
            ])?;
        self.connection
            .prepare_cached(
                "INSERT INTO run_record (place, zoominfo_id, name, company, rule, notes, cells, changes, modified_at, edits)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                place(run_id, line.line),
                line.zoominfo_id,
                line.name,
                line.company,
                line.rule,
                to_json("run_record.notes", &line.notes)?,
                line.cells,
                changes,
                line.modified_at,
                edits,
            ])?;
        Ok(())
    }

    /// Settles a line that was not settled, in step with the run's tally; says whether it was open.
    pub fn settle_line(
        &self,
        run_id: i64,
        line: u32,
        update: &LineOutcomeUpdate,
    ) -> Result<bool, StoreError> {
        let before: Option<(String, String)> = self
            .connection
            .prepare_cached("SELECT outcome, object FROM run_line WHERE run_id = ?1 AND line = ?2")?
            .query_row(params![run_id, line], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((before, object)) = before else {
            return Ok(false);
        };
        let before: LineOutcome = from_word("run_line.outcome", before)?;
        if !before.is_open() {
            return Ok(false);
        }
        self.connection
            .prepare_cached(
                "UPDATE run_line SET outcome = ?3, salesforce_id = coalesce(?4, salesforce_id), error_code = ?5, error = ?6, settled_at = ?7
                 WHERE run_id = ?1 AND line = ?2",
            )?
            .execute(params![
                run_id,
                line,
                to_word("run_line.outcome", &update.outcome)?,
                update.salesforce_id,
                update.error_code,
                update.error,
                update.settled_at
            ])?;
        self.shift_tally(run_id, &object, before, update.outcome, 1)?;
        Ok(true)
    }

    /// Settles every line with one outcome as another, with one reason, and counts the run again.
    pub fn settle_all(
        &self,
        run_id: i64,
        from: LineOutcome,
        update: &LineOutcomeUpdate,
    ) -> Result<u32, StoreError> {
        let lines = self.connection.execute(
            "UPDATE run_line SET outcome = ?3, error_code = ?4, error = ?5, settled_at = ?6
             WHERE run_id = ?1 AND outcome = ?2",
            params![
                run_id,
                to_word("run_line.outcome", &from)?,
                to_word("run_line.outcome", &update.outcome)?,
                update.error_code,
                update.error,
                update.settled_at
            ],
        )?;
        if lines > 0 {
            self.recount(run_id)?;
        }
        Ok(u32::try_from(lines).unwrap_or(u32::MAX))
    }
}
