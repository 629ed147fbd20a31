//! Memberships of a campaign that a run adds, or that an undo takes away.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::word::{from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// How far a membership is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    /// To be added once the record is there, or to be taken away.
    Planned,
    /// On its way; the answer is pending.
    Sent,
    /// Added by this run.
    Added,
    /// The record was a member before, which is no error.
    WasMember,
    /// Taken away: an undo.
    Removed,
    /// Refused.
    Failed,
}

impl MemberState {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Planned,
        Self::Sent,
        Self::Added,
        Self::WasMember,
        Self::Removed,
        Self::Failed,
    ];
}

/// A membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// The line whose record becomes a member.
    pub line: u32,
    /// How far it is.
    pub state: MemberState,
    /// `00v…`
    pub member_id: Option<String>,
    /// Code of the error.
    pub error_code: Option<String>,
    /// The error in words.
    pub error: Option<String>,
}

/// Planned memberships whose record is there. Parameters: run, whether it is an undo.
const READY: &str = "run_member CROSS JOIN run_line USING (run_id, line)
    WHERE run_id = ?1 AND run_member.state = 'planned' AND run_line.salesforce_id IS NOT NULL
        AND (?2 OR outcome IN ('created', 'updated') OR outcome = 'skipped' AND action = 'skip')";

fn read_row(row: &Row<'_>) -> Result<MemberRow, StoreError> {
    Ok(MemberRow {
        line: row.get(0)?,
        state: from_word("run_member.state", row.get(1)?)?,
        member_id: row.get(2)?,
        error_code: row.get(3)?,
        error: row.get(4)?,
    })
}

impl Read<'_> {
    /// Memberships in one state after a line, in order.
    pub fn members(
        &self,
        run_id: i64,
        state: MemberState,
        after_line: u32,
        limit: u32,
    ) -> Result<Vec<MemberRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT line, state, member_id, error_code, error FROM run_member
             WHERE run_id = ?1 AND state = ?2 AND line > ?3 ORDER BY line LIMIT ?4",
        )?;
        let mut rows = statement.query(params![
            run_id,
            to_word("run_member.state", &state)?,
            after_line,
            limit
        ])?;
        let mut members = Vec::new();
        while let Some(row) = rows.next()? {
            members.push(read_row(row)?);
        }
        Ok(members)
    }

    /// How many planned memberships can be written, because their record is there; those of an undo need none.
    pub fn count_ready_members(&self, run_id: i64, of_undo: bool) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached(&format!("SELECT count(*) FROM {READY}"))?
            .query_row(params![run_id, of_undo], |row| row.get(0))?)
    }

    /// Memberships on their way after a line, with the id of each one's record, in order.
    pub fn sent_members(
        &self,
        run_id: i64,
        after_line: u32,
        limit: u32,
    ) -> Result<Vec<(MemberRow, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT run_member.line, run_member.state, member_id, run_member.error_code, run_member.error, salesforce_id
             FROM run_member JOIN run_line USING (run_id, line)
             WHERE run_id = ?1 AND run_member.state = 'sent' AND run_member.line > ?2 AND salesforce_id IS NOT NULL
             ORDER BY run_member.line LIMIT ?3",
        )?;
        let mut rows = statement.query(params![run_id, after_line, limit])?;
        let mut members = Vec::new();
        while let Some(row) = rows.next()? {
            members.push((read_row(row)?, row.get(5)?));
        }
        Ok(members)
    }

    /// The membership on its way of a person, by the person's id.
    pub fn sent_member_of(&self, run_id: i64, person_id: &str) -> Result<Option<u32>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT run_line.line FROM run_line INDEXED BY run_line_record JOIN run_member USING (run_id, line)
                 WHERE salesforce_id = ?2 AND run_id = ?1 AND run_member.state = 'sent' ORDER BY run_line.line LIMIT 1",
            )?
            .query_row(params![run_id, person_id], |row| row.get(0))
            .optional()?)
    }

    /// The membership on its way with an id of its own.
    pub fn sent_member(&self, run_id: i64, member_id: &str) -> Result<Option<u32>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT line FROM run_member INDEXED BY run_member_record
                 WHERE run_id = ?1 AND member_id = ?2 AND state = 'sent'",
            )?
            .query_row(params![run_id, member_id], |row| row.get(0))
            .optional()?)
    }

    /// The membership of a line.
    pub fn member(&self, run_id: i64, line: u32) -> Result<Option<MemberRow>, StoreError> {
        self.connection
            .prepare_cached(
                "SELECT line, state, member_id, error_code, error FROM run_member WHERE run_id = ?1 AND line = ?2",
            )?
            .query_row(params![run_id, line], |row| Ok(read_row(row)))
            .optional()?
            .transpose()
    }

    /// The memberships of these lines, by line.
    pub fn members_of(&self, run_id: i64, lines: &[u32]) -> Result<HashMap<u32, MemberRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT line, state, member_id, error_code, error FROM run_member
             WHERE run_id = ?1 AND line IN (SELECT value FROM json_each(?2))",
        )?;
        let mut rows = statement.query(params![run_id, to_json("run_member.line", &lines)?])?;
        let mut members = HashMap::new();
        while let Some(row) = rows.next()? {
            let member = read_row(row)?;
            members.insert(member.line, member);
        }
        Ok(members)
    }

    /// How many memberships are in each state.
    pub fn count_members(&self, run_id: i64) -> Result<Vec<(MemberState, u32)>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT state, count(*) FROM run_member WHERE run_id = ?1 GROUP BY state")?;
        let mut rows = statement.query([run_id])?;
        let mut counts = Vec::new();
        while let Some(row) = rows.next()? {
            counts.push((from_word("run_member.state", row.get(0)?)?, row.get(1)?));
        }
        Ok(counts)
    }
}

impl Write<'_> {
    /// Plans a membership for every line of the run's object that is created or updated, or that was left out because its
    /// record has all values already, and takes it from the others.
    pub fn plan_members(&self, run_id: i64) -> Result<(), StoreError> {
        const EXPORTED: &str = "SELECT line FROM run_line JOIN run USING (run_id)
             WHERE run_line.run_id = ?1 AND run_line.object = run.object
                 AND (run_line.outcome = 'planned' AND action IN ('create', 'update')
                     OR action = 'skip' AND run_line.salesforce_id IS NOT NULL AND error_code = 'unchanged')";
        self.connection
            .prepare_cached(&format!(
                "DELETE FROM run_member WHERE run_id = ?1 AND state = 'planned' AND line NOT IN ({EXPORTED})"
            ))?
            .execute([run_id])?;
        self.connection
            .prepare_cached(&format!(
                "INSERT OR IGNORE INTO run_member (run_id, line, state) SELECT ?1, line, 'planned' FROM ({EXPORTED})"
            ))?
            .execute([run_id])?;
        Ok(())
    }

    /// Takes memberships whose record is written as on their way, so many at the most; those of an undo need no record.
    /// Returns how many.
    pub fn send_members(&self, run_id: i64, of_undo: bool, limit: u32) -> Result<u32, StoreError> {
        let members = self.connection.execute(
            &format!(
                "UPDATE run_member SET state = 'sent' WHERE run_id = ?1 AND line IN (
                     SELECT run_member.line FROM {READY} ORDER BY run_member.line LIMIT ?3)"
            ),
            params![run_id, of_undo, limit],
        )?;
        Ok(u32::try_from(members).unwrap_or(u32::MAX))
    }

    /// Memberships on their way are planned again: nothing of them was written.
    pub fn unsend_members(&self, run_id: i64) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run_member SET state = 'planned' WHERE run_id = ?1 AND state = 'sent'",
            [run_id],
        )?;
        Ok(())
    }

    /// Ends every membership that is still planned, with one reason; returns how many there were.
    pub fn end_planned_members(&self, run_id: i64, code: &str, error: &str) -> Result<u32, StoreError> {
        let members = self.connection.execute(
            "UPDATE run_member SET state = 'failed', error_code = ?2, error = ?3 WHERE run_id = ?1 AND state = 'planned'",
            params![run_id, code, error],
        )?;
        Ok(u32::try_from(members).unwrap_or(u32::MAX))
    }

    /// Adds a membership, or writes it anew.
    pub fn set_member(&self, run_id: i64, member: &MemberRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO run_member (run_id, line, state, member_id, error_code, error)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                run_id,
                member.line,
                to_word("run_member.state", &member.state)?,
                member.member_id,
                member.error_code,
                member.error
            ])?;
        Ok(())
    }
}
