//! Records of the org that a line may be.

use model::{Grade, TargetObject};
use rusqlite::{Row, params};
use serde_json::Map;

use crate::word::{from_json, from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// A record that a line may be.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateRow {
    /// The line.
    pub line: u32,
    /// Place among the line's candidates, from 1; the best comes first.
    pub number: u32,
    /// Object of the record.
    pub object: TargetObject,
    /// 18-character id.
    pub salesforce_id: String,
    /// How sure it is.
    pub grade: Grade,
    /// Code of the criterion.
    pub criterion: String,
    /// Values by API name, as Salesforce gives them.
    pub values: Map<String, serde_json::Value>,
}

fn read_row(row: &Row<'_>) -> Result<CandidateRow, StoreError> {
    Ok(CandidateRow {
        line: row.get(0)?,
        number: row.get(1)?,
        object: from_word("run_candidate.object", row.get(2)?)?,
        salesforce_id: row.get(3)?,
        grade: from_word("run_candidate.grade", row.get(4)?)?,
        criterion: row.get(5)?,
        values: from_json("run_candidate.document", &row.get::<_, String>(6)?)?,
    })
}

impl Read<'_> {
    /// The candidates of a line, best first.
    pub fn candidates(&self, run_id: i64, line: u32) -> Result<Vec<CandidateRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT line, number, object, salesforce_id, grade, criterion, document FROM run_candidate
             WHERE run_id = ?1 AND line = ?2 ORDER BY number",
        )?;
        let mut rows = statement.query(params![run_id, line])?;
        let mut candidates = Vec::new();
        while let Some(row) = rows.next()? {
            candidates.push(read_row(row)?);
        }
        Ok(candidates)
    }
}

impl Write<'_> {
    /// Adds a candidate, or writes it anew.
    pub fn set_candidate(&self, run_id: i64, candidate: &CandidateRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO run_candidate (run_id, line, number, object, salesforce_id, grade, criterion, document)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                run_id,
                candidate.line,
                candidate.number,
                to_word("run_candidate.object", &candidate.object)?,
                candidate.salesforce_id,
                to_word("run_candidate.grade", &candidate.grade)?,
                candidate.criterion,
                to_json("run_candidate.document", &candidate.values)?
            ])?;
        Ok(())
    }

    /// Removes the candidates of a line.
    pub fn remove_candidates(&self, run_id: i64, line: u32) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM run_candidate WHERE run_id = ?1 AND line = ?2")?
            .execute(params![run_id, line])?;
        Ok(())
    }
}
