//! What of a run is left to undo, and what an undo is going to delete.

use std::collections::{HashMap, HashSet};

use model::{LineAction, TargetObject};
use rusqlite::{Params, Rows, params};

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
/// Lines that an undo is going to send. Parameters: the undo, object, action, reasons as JSON or null, the line before them.
const PLANNED_UNDO: &str = "run_line.run_id = ?1 AND outcome = 'planned' AND object = ?2 AND action = ?3
    AND CASE WHEN ?4 IS NULL THEN error_code IS NULL
        ELSE error_code IN (SELECT value FROM json_each(?4)) END
    AND run_line.line > ?5";
/// Lines that an undo which is being planned has not decided yet. Parameter: the undo.
const UNDECIDED: &str = "NOT EXISTS (SELECT 1 FROM run_line AS decided WHERE decided.run_id = ?2 AND decided.line = run_line.line)";

/// What was done to a record after a run wrote it, as far as the workspace knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LaterWrite {
    /// The last run that wrote it, or may have, and that no undo took back.
    pub run_id: Option<i64>,
    /// When an undo took another run back last.
    pub restored_at: Option<String>,
    /// Of an account that a run of contacts created: when the last of its contacts was settled.
    pub contacts_at: Option<String>,
}

/// A line that an undo is going to send.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoneLine {
    /// The line that it undoes.
    pub source: LineRow,
    /// When its record was last changed before the plan, as Salesforce tells it.
    pub modified_at: Option<String>,
}

/// Which lines of an undo are looked at before they are sent.
#[derive(Debug, Clone, Copy)]
pub struct UndoneLines<'a> {
    /// The undo.
    pub undo_run_id: i64,
    /// The run that it undoes.
    pub source_run_id: i64,
    /// Of this object.
    pub object: TargetObject,
    /// Of this action.
    pub action: LineAction,
    /// Those that were put off for one of these reasons; `None` are those that were not put off.
    pub put_off: Option<&'a [String]>,
}

impl UndoneLines<'_> {
    fn put_off_json(&self) -> Result<Option<String>, StoreError> {
        self.put_off
            .map(|codes| to_json("run_line.error_code", &codes))
            .transpose()
    }
}

impl Read<'_> {
    /// What other runs, and the run itself, did to records after a run wrote them.
    pub fn later_writes(
        &self,
        run_id: i64,
        record_ids: &[String],
    ) -> Result<HashMap<String, LaterWrite>, StoreError> {
        let ids = to_json("run_line.salesforce_id", &record_ids)?;
        let mut later: HashMap<String, LaterWrite> = HashMap::new();
        let mut standing = self.connection.prepare_cached(
            "SELECT other.salesforce_id, max(other.run_id)
             FROM run_line AS other INDEXED BY run_line_record
             CROSS JOIN run ON run.run_id = other.run_id AND run.kind = 'export'
             CROSS JOIN run_line AS own INDEXED BY run_line_record
                 ON own.salesforce_id = other.salesforce_id AND own.run_id = ?1
             WHERE other.salesforce_id IN (SELECT value FROM json_each(?2)) AND other.run_id <> ?1
                 AND other.outcome IN ('created', 'updated', 'uncertain') AND other.settled_at > own.settled_at
                 AND NOT EXISTS (
                     SELECT 1 FROM run AS undo JOIN run_line AS undone ON undone.run_id = undo.run_id
                     WHERE undo.source_run_id = other.run_id AND undo.kind = 'undo' AND undone.line = other.line
                         AND undone.outcome IN ('deleted', 'restored'))
             GROUP BY other.salesforce_id",
        )?;
        let mut rows = standing.query(params![run_id, ids])?;
        while let Some(row) = rows.next()? {
            later.entry(row.get(0)?).or_default().run_id = row.get(1)?;
        }
        let mut restored = self.connection.prepare_cached(
            "SELECT salesforce_id, max(settled_at) FROM run_line INDEXED BY run_line_record
             WHERE salesforce_id IN (SELECT value FROM json_each(?2)) AND outcome = 'restored'
                 AND run_id IN (SELECT run_id FROM run WHERE kind = 'undo' AND source_run_id <> ?1)
             GROUP BY salesforce_id",
        )?;
        let mut rows = restored.query(params![run_id, ids])?;
        while let Some(row) = rows.next()? {
            later.entry(row.get(0)?).or_default().restored_at = row.get(1)?;
        }
        let mut contacts = self.connection.prepare_cached(
            "SELECT own.salesforce_id, max(contact.settled_at)
             FROM run_line AS own INDEXED BY run_line_record
             CROSS JOIN run_company AS company INDEXED BY run_company_account_line
                 ON company.run_id = own.run_id AND company.account_line = own.line
             CROSS JOIN run_line AS contact INDEXED BY run_line_company
                 ON contact.run_id = own.run_id AND contact.company_number = company.company_number
             WHERE own.salesforce_id IN (SELECT value FROM json_each(?2)) AND own.run_id = ?1 AND own.object = 'account'
             GROUP BY own.salesforce_id",
        )?;
        let mut rows = contacts.query(params![run_id, ids])?;
        while let Some(row) = rows.next()? {
            later.entry(row.get(0)?).or_default().contacts_at = row.get(1)?;
        }
        Ok(later)
    }

    /// How many lines an undo is going to send.
    pub fn count_planned_undo_lines(&self, lines: &UndoneLines<'_>) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached(&format!("SELECT count(*) FROM run_line WHERE {PLANNED_UNDO}"))?
            .query_row(
                params![
                    lines.undo_run_id,
                    to_word("run_line.object", &lines.object)?,
                    to_word("run_line.action", &lines.action)?,
                    lines.put_off_json()?,
                    0
                ],
                |row| row.get(0),
            )?)
    }

    /// Lines that an undo is going to send, after a line, in order.
    pub fn planned_undo_lines(
        &self,
        lines: &UndoneLines<'_>,
        after_line: u32,
        limit: u32,
    ) -> Result<Vec<UndoneLine>, StoreError> {
        let mut planned = self.connection.prepare_cached(&format!(
            "SELECT line, modified_at FROM {LINES} WHERE {PLANNED_UNDO} ORDER BY line LIMIT ?6"
        ))?;
        let mut rows = planned.query(params![
            lines.undo_run_id,
            to_word("run_line.object", &lines.object)?,
            to_word("run_line.action", &lines.action)?,
            lines.put_off_json()?,
            after_line,
            limit
        ])?;
        self.undone(lines, &mut rows)
    }

    /// The same of these records.
    pub fn planned_undo_lines_of(
        &self,
        lines: &UndoneLines<'_>,
        record_ids: &[String],
    ) -> Result<Vec<UndoneLine>, StoreError> {
        let mut planned = self.connection.prepare_cached(&format!(
            "SELECT line, modified_at FROM run_line INDEXED BY run_line_record CROSS JOIN {RECORD}
             WHERE salesforce_id IN (SELECT value FROM json_each(?6)) AND {PLANNED_UNDO} ORDER BY line"
        ))?;
        let mut rows = planned.query(params![
            lines.undo_run_id,
            to_word("run_line.object", &lines.object)?,
            to_word("run_line.action", &lines.action)?,
            lines.put_off_json()?,
            0,
            to_json("run_line.salesforce_id", &record_ids)?
        ])?;
        self.undone(lines, &mut rows)
    }

    fn undone(&self, lines: &UndoneLines<'_>, rows: &mut Rows<'_>) -> Result<Vec<UndoneLine>, StoreError> {
        let mut undone = Vec::new();
        while let Some(row) = rows.next()? {
            if let Some(source) = self.line(lines.source_run_id, row.get(0)?)? {
                undone.push(UndoneLine {
                    source,
                    modified_at: row.get(1)?,
                });
            }
        }
        Ok(undone)
    }

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
                 AND (action = 'delete' OR action = 'restore'
                     AND (json_type(cells, '$.AccountId') IS NOT NULL OR json_type(cells, '$.ParentId') IS NOT NULL))"
        ))?;
        let ids = to_json("run_line.salesforce_id", &record_ids)?;
        let rows = statement.query_map(params![run_id, ids], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
