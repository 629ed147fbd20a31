//! What of a run is left to undo, and what an undo is going to delete.

use std::collections::HashSet;

use model::TargetObject;
use rusqlite::{Params, params};

use super::line::{LINES, LineRow, RECORD, columns, read_row};
use super::member::MemberRow;
use crate::word::{to_json, to_word};
use crate::{Read, StoreError};

/// Lines that wrote something which no undo took back yet. Parameter: the run.
const UNDOABLE: &str = "run_line.run_id = ?1
    AND (outcome IN ('created', 'updated', 'uncertain') OR EXISTS (
        SELECT 1 FROM run_member AS member
        WHERE member.run_id = ?1 AND member.line = run_line.line AND member.state = 'added'))
    AND NOT EXISTS (
        SELECT 1 FROM run AS undo JOIN run_line AS undone ON undone.run_id = undo.run_id
        WHERE undo.source_run_id = ?1 AND undo.kind = 'undo' AND undone.line = run_line.line
            AND undone.outcome IN ('deleted', 'restored'))";
/// Lines that an undo which is being planned has not decided yet. Parameter: the undo.
const UNDECIDED: &str = "NOT EXISTS (SELECT 1 FROM run_line AS decided WHERE decided.run_id = ?2 AND decided.line = run_line.line)";

impl Read<'_> {
    /// Lines of an object after a line that wrote something which no undo took back yet, and that the undo which is being
    /// planned has not decided, in order, each with its membership.
    pub fn undoable_lines(
        &self,
        run_id: i64,
        undo_run_id: i64,
        object: TargetObject,
        after_line: u32,
        limit: u32,
    ) -> Result<Vec<(LineRow, Option<MemberRow>)>, StoreError> {
        self.with_members(
            run_id,
            &format!(
                "SELECT {} FROM {LINES} WHERE {UNDOABLE} AND {UNDECIDED} AND object = ?3 AND line > ?4
                 ORDER BY line LIMIT ?5",
                columns()
            ),
            params![
                run_id,
                undo_run_id,
                to_word("run_line.object", &object)?,
                after_line,
                limit
            ],
        )
    }

    /// The same lines of these records.
    pub fn undoable_lines_of(
        &self,
        run_id: i64,
        undo_run_id: i64,
        record_ids: &[String],
    ) -> Result<Vec<(LineRow, Option<MemberRow>)>, StoreError> {
        self.with_members(
            run_id,
            &format!(
                "SELECT {} FROM run_line INDEXED BY run_line_record CROSS JOIN {RECORD}
                 WHERE salesforce_id IN (SELECT value FROM json_each(?3)) AND {UNDOABLE} AND {UNDECIDED} ORDER BY line",
                columns()
            ),
            params![
                run_id,
                undo_run_id,
                to_json("run_line.salesforce_id", &record_ids)?
            ],
        )
    }

    /// How many lines of an object are left to undo.
    pub fn count_undoable_lines(&self, run_id: i64, object: TargetObject) -> Result<u32, StoreError> {
        Ok(self.connection.query_row(
            &format!("SELECT count(*) FROM run_line WHERE {UNDOABLE} AND object = ?2"),
            params![run_id, to_word("run_line.object", &object)?],
            |row| row.get(0),
        )?)
    }

    fn with_members(
        &self,
        run_id: i64,
        sql: &str,
        parameters: impl Params,
    ) -> Result<Vec<(LineRow, Option<MemberRow>)>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let line = read_row(row)?;
            let member = self.member(run_id, line.line)?;
            lines.push((line, member));
        }
        Ok(lines)
    }

    /// Which of these records an undo is still going to delete, or to take out of the account that it put them into.
    pub fn planned_departures(
        &self,
        run_id: i64,
        record_ids: &[String],
    ) -> Result<HashSet<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT salesforce_id FROM run_line INDEXED BY run_line_record CROSS JOIN {RECORD}
             WHERE salesforce_id IN (SELECT value FROM json_each(?2)) AND run_id = ?1 AND outcome = 'planned'
                 AND (action = 'delete' OR action = 'restore' AND json_type(cells, '$.AccountId') IS NOT NULL)"
        ))?;
        let ids = to_json("run_line.salesforce_id", &record_ids)?;
        let rows = statement.query_map(params![run_id, ids], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
