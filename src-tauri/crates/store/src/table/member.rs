//! Memberships of a campaign that a run adds.

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::word::{from_word, to_word};
use crate::{Read, StoreError, Write};

/// How far a membership is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    /// To be added once the record is there.
    Planned,
    /// On its way; the answer is pending.
    Sent,
    /// Added by this run.
    Added,
    /// The record was a member before, which is no error.
    WasMember,
    /// Refused.
    Failed,
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
