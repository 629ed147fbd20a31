//! Lines while they are planned: windows over their profiles, what was decided of each, and the counts of the plan.

use std::collections::BTreeMap;

use model::mapping::UpdateOutcome;
use model::{FieldChange, Grade, LineAction, LineAnswer, PlanCounts, RowDigest, TargetObject};
use rusqlite::{OptionalExtension, params};
use serde_json::{Map, Value};

use super::line::LINES;
use super::place::place;
use crate::word::{from_json, from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// What was decided of a line.
#[derive(Debug, Clone)]
pub struct LineDecision {
    /// The line.
    pub line: u32,
    /// What the plan does with it.
    pub action: LineAction,
    /// What decided, in words.
    pub rule: String,
    /// Code of the criterion of the match that decided.
    pub criterion: Option<String>,
    /// Grade of that match.
    pub grade: Option<Grade>,
    /// What was shortened or left out; `None` leaves what the line has.
    pub notes: Option<Vec<String>>,
    /// Values to write; `None` leaves what the line has.
    pub cells: Option<Map<String, Value>>,
    /// What an update does to each field.
    pub changes: Vec<FieldChange>,
    /// When the record was last changed, as Salesforce tells it.
    pub modified_at: Option<String>,
    /// 18-character id of the record.
    pub salesforce_id: Option<String>,
    /// Id of the account that an updated record belongs to.
    pub parent_id: Option<String>,
    /// What somebody answered.
    pub answer: Option<LineAnswer>,
    /// Digest of the values as CSV text, of a line that is created.
    pub digest: Option<RowDigest>,
    /// Code and words of what settled a line that is not sent.
    pub error: Option<(String, String)>,
}

/// A line and its profile.
#[derive(Debug, Clone, Copy)]
pub struct LineProfile<'a> {
    /// The line.
    pub line: u32,
    /// The profile's stored JSON.
    pub document: &'a str,
}

/// Values of an update by what happens to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChangeCounts {
    /// Written into blank fields.
    pub filled_values: u32,
    /// Written over others.
    pub overwritten_values: u32,
    /// Made blank.
    pub cleared_values: u32,
    /// Left.
    pub unchanged_values: u32,
}

/// An answer, by what stays when a plan is made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineAnswerRow {
    /// The profile.
    pub profile_id: i64,
    /// The answer.
    pub answer: LineAnswer,
    /// The record that it updates.
    pub salesforce_id: Option<String>,
}

/// Lines that are exported, or left out because of a record of the org.
pub(super) const PLANNED: &str =
    "action IN ('create', 'update', 'ask') OR action = 'skip' AND salesforce_id IS NOT NULL";

impl Read<'_> {
    /// Hands the profiles of a run's lines after a line to `each`, in order: lines of the run's object that are created as
    /// things stand.
    pub fn for_each_created_line<E: From<StoreError>>(
        &self,
        run_id: i64,
        object: TargetObject,
        after_line: u32,
        limit: u32,
        each: impl FnMut(LineProfile<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let condition = "action = 'create' AND answer IS NULL";
        self.for_each_line_where(condition, run_id, object, after_line, limit, each)
    }

    /// The same of some lines, which are given.
    pub fn for_each_created_line_of<E: From<StoreError>>(
        &self,
        run_id: i64,
        object: TargetObject,
        lines: &[u32],
        mut each: impl FnMut(LineProfile<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error: rusqlite::Error| E::from(StoreError::from(error));
        let object = to_word("run_line.object", &object)?;
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT profile.document FROM run_line JOIN profile USING (profile_id)
                 WHERE run_id = ?1 AND run_line.line = ?2 AND run_line.object = ?3 AND action = 'create' AND answer IS NULL",
            )
            .map_err(failed)?;
        for line in lines {
            let mut rows = statement.query(params![run_id, line, object]).map_err(failed)?;
            if let Some(row) = rows.next().map_err(failed)? {
                let document = super::profile::text(row.get_ref(0).map_err(failed)?)?;
                each(LineProfile {
                    line: *line,
                    document,
                })?;
            }
        }
        Ok(())
    }

    /// The values of such lines, as JSON by target field.
    pub fn for_each_created_record<E: From<StoreError>>(
        &self,
        run_id: i64,
        object: TargetObject,
        mut each: impl FnMut(u32, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error: rusqlite::Error| E::from(StoreError::from(error));
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "SELECT line, cells FROM {LINES} WHERE run_id = ?1 AND object = ?2 AND action = 'create' AND answer IS NULL
                 ORDER BY line"
            ))
            .map_err(failed)?;
        let mut rows = statement
            .query(params![run_id, to_word("run_line.object", &object)?])
            .map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let cells = super::profile::text(row.get_ref(1).map_err(failed)?)?;
            each(row.get(0).map_err(failed)?, cells)?;
        }
        Ok(())
    }

    /// The same of lines that are exported, or left out because of a record of the org.
    pub fn for_each_planned_line<E: From<StoreError>>(
        &self,
        run_id: i64,
        object: TargetObject,
        after_line: u32,
        limit: u32,
        each: impl FnMut(LineProfile<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.for_each_line_where(PLANNED, run_id, object, after_line, limit, each)
    }

    fn for_each_line_where<E: From<StoreError>>(
        &self,
        condition: &str,
        run_id: i64,
        object: TargetObject,
        after_line: u32,
        limit: u32,
        mut each: impl FnMut(LineProfile<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let object = to_word("run_line.object", &object)?;
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "SELECT run_line.line, profile.document FROM run_line JOIN profile USING (profile_id)
                 WHERE run_id = ?1 AND run_line.line > ?2 AND run_line.object = ?3 AND ({condition})
                 ORDER BY run_line.line LIMIT ?4"
            ))
            .map_err(StoreError::from)?;
        let mut rows = statement
            .query(params![run_id, after_line, object, limit])
            .map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let document = row.get_ref(1).map_err(StoreError::from)?;
            each(LineProfile {
                line: row.get(0).map_err(StoreError::from)?,
                document: super::profile::text(document)?,
            })?;
        }
        Ok(())
    }

    /// The stored JSON of the profile of a line that is exported, or left out because of a record of the org.
    pub fn line_profile(&self, run_id: i64, line: u32) -> Result<Option<String>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(&format!(
                "SELECT document FROM run_line JOIN profile USING (profile_id)
                 WHERE run_id = ?1 AND run_line.line = ?2 AND ({PLANNED})"
            ))?
            .query_row(params![run_id, line], |row| row.get(0))
            .optional()?)
    }

    /// Digest of a line's values.
    pub fn line_digest(&self, run_id: i64, line: u32) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT digest FROM run_line WHERE run_id = ?1 AND line = ?2")?
            .query_row(params![run_id, line], |row| row.get(0))
            .optional()?
            .flatten())
    }

    /// Another line of the run that updates a record.
    pub fn line_that_updates(
        &self,
        run_id: i64,
        salesforce_id: &str,
        but_line: u32,
    ) -> Result<Option<u32>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT min(line) FROM run_line INDEXED BY run_line_record
                 WHERE salesforce_id = ?2 AND run_id = ?1 AND line <> ?3 AND action = 'update'",
            )?
            .query_row(params![run_id, salesforce_id, but_line], |row| row.get(0))?)
    }

    /// Lines of a run that update a record, or leave it as it is already.
    pub fn lines_of_record(&self, run_id: i64, salesforce_id: &str) -> Result<Vec<u32>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT line FROM run_line INDEXED BY run_line_record WHERE salesforce_id = ?2 AND run_id = ?1 ORDER BY line",
        )?;
        let rows = statement.query_map(params![run_id, salesforce_id], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The answers of a run.
    pub fn line_answers(&self, run_id: i64) -> Result<Vec<LineAnswerRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT profile_id, answer, salesforce_id FROM run_line WHERE run_id = ?1 AND answer IS NOT NULL ORDER BY line",
        )?;
        let mut rows = statement.query([run_id])?;
        let mut answers = Vec::new();
        while let Some(row) = rows.next()? {
            answers.push(LineAnswerRow {
                profile_id: row.get(0)?,
                answer: from_json("run_line.answer", &row.get::<_, String>(1)?)?,
                salesforce_id: row.get(2)?,
            });
        }
        Ok(answers)
    }

    /// The line of a profile that waits for an answer about duplicates.
    pub fn waiting_line_of_profile(&self, run_id: i64, profile_id: i64) -> Result<Option<u32>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT line FROM run_line WHERE run_id = ?1 AND action = 'ask' AND profile_id = ?2 LIMIT 1",
            )?
            .query_row(params![run_id, profile_id], |row| row.get(0))
            .optional()?)
    }

    /// What a plan counts, from its lines; what concerns accounts of contacts is left as `counts` has it.
    pub fn plan_counts(
        &self,
        run_id: i64,
        object: TargetObject,
        counts: PlanCounts,
    ) -> Result<PlanCounts, StoreError> {
        Ok(self.connection.query_row(
            "SELECT count(*) FILTER (WHERE action = 'create' AND outcome <> 'asked'),
                 count(*) FILTER (WHERE action = 'update' AND outcome <> 'asked'),
                 count(*) FILTER (WHERE outcome = 'asked'), count(*) FILTER (WHERE action = 'skip'),
                 count(*) FILTER (WHERE action = 'refuse'),
                 count(*) FILTER (WHERE action IN ('create', 'update', 'ask') AND is_noted),
                 coalesce(sum(filled_values), 0), coalesce(sum(overwritten_values), 0), coalesce(sum(cleared_values), 0),
                 coalesce(sum(unchanged_values), 0)
             FROM run_line WHERE run_id = ?1 AND object = ?2",
            params![run_id, to_word("run_line.object", &object)?],
            |row| {
                Ok(PlanCounts {
                    create_records: row.get(0)?,
                    update_records: row.get(1)?,
                    ask_records: row.get(2)?,
                    skip_records: row.get(3)?,
                    refuse_records: row.get(4)?,
                    noted_records: row.get(5)?,
                    filled_values: row.get(6)?,
                    overwritten_values: row.get(7)?,
                    cleared_values: row.get(8)?,
                    unchanged_values: row.get(9)?,
                    ..counts
                })
            },
        )?)
    }
}

impl Write<'_> {
    /// Writes what was decided of lines, and keeps the run's counts of values in step.
    pub fn decide_lines(&self, run_id: i64, decisions: &[LineDecision]) -> Result<(), StoreError> {
        let mut fields = FieldCounts::default();
        for decision in decisions {
            self.uncount_changes(run_id, decision.line, &mut fields)?;
            // Of a record that has everything already nothing is written, so it is no difference either.
            let counts = if decision.action == LineAction::Update {
                fields.count(&decision.changes)
            } else {
                ChangeCounts::default()
            };
            self.decide_line(run_id, decision, counts)?;
        }
        self.add_field_counts(run_id, &fields)
    }

    fn decide_line(
        &self,
        run_id: i64,
        decision: &LineDecision,
        counts: ChangeCounts,
    ) -> Result<(), StoreError> {
        let changes = (!decision.changes.is_empty())
            .then(|| to_json("run_record.changes", &decision.changes))
            .transpose()?;
        let notes = decision
            .notes
            .as_ref()
            .map(|notes| to_json("run_record.notes", notes))
            .transpose()?;
        let cells = decision
            .cells
            .as_ref()
            .map(|cells| to_json("run_record.cells", cells))
            .transpose()?;
        let answer = decision
            .answer
            .map(|answer| to_json("run_line.answer", &answer))
            .transpose()?;
        let grade = decision
            .grade
            .map(|grade| to_word("run_line.grade", &grade))
            .transpose()?;
        let outcome = decision.action.first_outcome();
        let settled_at = (!outcome.is_open()).then(crate::now);
        let (error_code, error) = decision
            .error
            .as_ref()
            .map(|(code, error)| (code.as_str(), error.as_str()))
            .unzip();
        self.connection
            .prepare_cached(
                "UPDATE run_line SET action = ?3, outcome = ?4, criterion = ?5, grade = ?6, is_noted = coalesce(?7, is_noted),
                     salesforce_id = ?8, answer = ?9, error_code = ?10, error = ?11, settled_at = ?12, filled_values = ?13,
                     overwritten_values = ?14, cleared_values = ?15, unchanged_values = ?16, parent_id = ?17,
                     digest = ?18
                 WHERE run_id = ?1 AND line = ?2",
            )?
            .execute(params![
                run_id,
                decision.line,
                to_word("run_line.action", &decision.action)?,
                to_word("run_line.outcome", &outcome)?,
                decision.criterion,
                grade,
                decision.notes.as_ref().map(|notes| !notes.is_empty()),
                decision.salesforce_id,
                answer,
                error_code,
                error,
                settled_at,
                counts.filled_values,
                counts.overwritten_values,
                counts.cleared_values,
                counts.unchanged_values,
                decision.parent_id,
                decision.digest.as_ref().map(RowDigest::as_slice),
            ])?;
        self.connection
            .prepare_cached(
                "UPDATE run_record SET rule = ?2, notes = coalesce(?3, notes), cells = coalesce(?4, cells), changes = ?5,
                     modified_at = ?6
                 WHERE place = ?1",
            )?
            .execute(params![
                place(run_id, decision.line),
                decision.rule,
                notes,
                cells,
                changes,
                decision.modified_at,
            ])?;
        Ok(())
    }

    fn uncount_changes(&self, run_id: i64, line: u32, fields: &mut FieldCounts) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT change.value ->> 'target', change.value ->> 'outcome' FROM {LINES}, json_each(changes) AS change
             WHERE run_id = ?1 AND line = ?2 AND action = 'update'"
        ))?;
        let mut rows = statement.query(params![run_id, line])?;
        while let Some(row) = rows.next()? {
            fields.add(
                &row.get::<_, String>(0)?,
                from_word("run_record.changes", row.get(1)?)?,
                -1,
            );
        }
        Ok(())
    }

    fn add_field_counts(&self, run_id: i64, fields: &FieldCounts) -> Result<(), StoreError> {
        let mut add = self.connection.prepare_cached(
            "INSERT INTO run_field (run_id, target, filled_values, overwritten_values, cleared_values, unchanged_values)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (run_id, target) DO UPDATE SET filled_values = filled_values + excluded.filled_values,
                 overwritten_values = overwritten_values + excluded.overwritten_values,
                 cleared_values = cleared_values + excluded.cleared_values,
                 unchanged_values = unchanged_values + excluded.unchanged_values",
        )?;
        for (target, [filled, overwritten, cleared, unchanged]) in &fields.0 {
            add.execute(params![run_id, target, filled, overwritten, cleared, unchanged])?;
        }
        Ok(())
    }
}

/// How many values of each field are filled, overwritten, cleared and left: more, or less where a line is decided anew.
#[derive(Default)]
struct FieldCounts(BTreeMap<String, [i64; 4]>);

impl FieldCounts {
    fn add(&mut self, target: &str, outcome: UpdateOutcome, values: i64) {
        let Some(place) = place_of(outcome) else { return };
        if let Some(counts) = self.0.get_mut(target) {
            counts[place] += values;
        } else {
            let mut counts = [0; 4];
            counts[place] = values;
            self.0.insert(target.to_owned(), counts);
        }
    }

    /// Counts the fields of a line, and gives the line's own counts.
    fn count(&mut self, changes: &[FieldChange]) -> ChangeCounts {
        let mut line = [0; 4];
        for change in changes {
            self.add(&change.target, change.outcome, 1);
            if let Some(place) = place_of(change.outcome) {
                line[place] += 1;
            }
        }
        let [
            filled_values,
            overwritten_values,
            cleared_values,
            unchanged_values,
        ] = line;
        ChangeCounts {
            filled_values,
            overwritten_values,
            cleared_values,
            unchanged_values,
        }
    }
}

/// The place of an outcome among filled, overwritten, cleared and left; `None` where there is nothing to write.
fn place_of(outcome: UpdateOutcome) -> Option<usize> {
    match outcome {
        UpdateOutcome::Filled => Some(0),
        UpdateOutcome::Overwritten => Some(1),
        UpdateOutcome::Cleared => Some(2),
        UpdateOutcome::Unchanged
        | UpdateOutcome::Kept
        | UpdateOutcome::Never
        | UpdateOutcome::NotUpdateable => Some(3),
        UpdateOutcome::Nothing => None,
    }
}
