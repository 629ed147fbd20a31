//! What of a run is left to undo, and what an undo is going to delete.

use std::collections::HashSet;

use rusqlite::params;

use super::line::{LineRow, columns, read_row};
use super::member::MemberRow;
use crate::word::to_json;
use crate::{Read, StoreError};

impl Read<'_> {
    /// Lines of a run after a line that wrote something which no undo took back yet, in order, each with its membership.
    pub fn undoable_lines(
        &self,
        run_id: i64,
        after_line: u32,
        limit: u32,
    ) -> Result<Vec<(LineRow, Option<MemberRow>)>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {} FROM run_line
             WHERE run_id = ?1 AND line > ?2
                 AND (outcome IN ('created', 'updated', 'uncertain') OR EXISTS (
                     SELECT 1 FROM run_member AS member
                     WHERE member.run_id = ?1 AND member.line = run_line.line AND member.state = 'added'))
                 AND NOT EXISTS (
                     SELECT 1 FROM run AS undo JOIN run_line AS undone ON undone.run_id = undo.run_id
                     WHERE undo.source_run_id = ?1 AND undo.kind = 'undo' AND undone.line = run_line.line
                         AND undone.outcome IN ('deleted', 'restored'))
             ORDER BY line LIMIT ?3",
            columns()
        ))?;
        let mut rows = statement.query(params![run_id, after_line, limit])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let line = read_row(row)?;
            let member = self.member(run_id, line.line)?;
            lines.push((line, member));
        }
        Ok(lines)
    }

    /// Which of these records an undo is still going to delete.
    pub fn planned_deletions(
        &self,
        run_id: i64,
        record_ids: &[String],
    ) -> Result<HashSet<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT salesforce_id FROM run_line INDEXED BY run_line_record
             WHERE salesforce_id IN (SELECT value FROM json_each(?2)) AND run_id = ?1 AND action = 'delete'
                 AND outcome = 'planned'",
        )?;
        let ids = to_json("run_line.salesforce_id", &record_ids)?;
        let rows = statement.query_map(params![run_id, ids], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
