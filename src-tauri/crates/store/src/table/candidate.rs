//! What a line may be: records of the org, and earlier lines of its run.

use std::collections::BTreeMap;

use model::{Grade, TargetObject};
use rusqlite::{Row, params};

use crate::word::{from_json, from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// Candidates of one line that are kept; of a common name alone there may be hundreds.
const MOST_CANDIDATES: u32 = 20;

/// Something that a line may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidateRow {
    /// The line.
    pub line: u32,
    /// Place among the line's candidates, from 1; the best comes first once the line was decided.
    pub number: u32,
    /// What it is.
    pub candidate: Candidate,
}

/// What a line may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Object of the record.
    pub object: TargetObject,
    /// 18-character id; `None` of an earlier line.
    pub salesforce_id: Option<String>,
    /// The earlier line of the run; `None` of a record.
    pub other_line: Option<u32>,
    /// How sure it is.
    pub grade: Grade,
    /// Code of the criterion; `None` where the org's own rules found it.
    pub criterion: Option<String>,
    /// What agrees, in words.
    pub reason: String,
    /// Texts by API name; blank ones are left out.
    pub values: BTreeMap<String, String>,
}

const COLUMNS: &str = "line, number, object, salesforce_id, other_line, grade, criterion, reason, document";

fn read_row(row: &Row<'_>) -> Result<CandidateRow, StoreError> {
    Ok(CandidateRow {
        line: row.get(0)?,
        number: row.get(1)?,
        candidate: Candidate {
            object: from_word("run_candidate.object", row.get(2)?)?,
            salesforce_id: row.get(3)?,
            other_line: row.get(4)?,
            grade: from_word("run_candidate.grade", row.get(5)?)?,
            criterion: row.get(6)?,
            reason: row.get(7)?,
            values: from_json("run_candidate.document", &row.get::<_, String>(8)?)?,
        },
    })
}

impl Read<'_> {
    /// The candidates of a line, best first.
    pub fn candidates(&self, run_id: i64, line: u32) -> Result<Vec<CandidateRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM run_candidate WHERE run_id = ?1 AND line = ?2 ORDER BY number"
        ))?;
        let mut rows = statement.query(params![run_id, line])?;
        let mut candidates = Vec::new();
        while let Some(row) = rows.next()? {
            candidates.push(read_row(row)?);
        }
        Ok(candidates)
    }

    /// Lines after a line that have candidates, in order.
    pub fn lines_with_candidates(
        &self,
        run_id: i64,
        after_line: u32,
        limit: u32,
    ) -> Result<Vec<u32>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT line FROM run_candidate WHERE run_id = ?1 AND line > ?2 ORDER BY line LIMIT ?3",
        )?;
        let rows = statement.query_map(params![run_id, after_line, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many lines have a record of the org for a candidate.
    pub fn count_lines_with_records(&self, run_id: i64) -> Result<u32, StoreError> {
        Ok(self.connection.query_row(
            "SELECT count(DISTINCT line) FROM run_candidate WHERE run_id = ?1 AND salesforce_id IS NOT NULL",
            [run_id],
            |row| row.get(0),
        )?)
    }

    /// Lines that have a record for a candidate.
    pub fn lines_with_candidate(&self, run_id: i64, salesforce_id: &str) -> Result<Vec<u32>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT line FROM run_candidate WHERE run_id = ?1 AND salesforce_id = ?2",
        )?;
        let rows = statement.query_map(params![run_id, salesforce_id], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Adds a candidate to a line, unless the line has it already or has enough of them.
    pub fn add_candidate(&self, run_id: i64, line: u32, candidate: &Candidate) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO run_candidate (run_id, line, number, object, salesforce_id, other_line, grade, criterion, reason,
                     document)
                 SELECT ?1, ?2, coalesce(max(number), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM run_candidate
                 WHERE run_id = ?1 AND line = ?2
                 HAVING count(*) < ?10 AND count(*) FILTER (WHERE salesforce_id = ?4 OR other_line = ?5) = 0",
            )?
            .execute(params![
                run_id,
                line,
                to_word("run_candidate.object", &candidate.object)?,
                candidate.salesforce_id,
                candidate.other_line,
                to_word("run_candidate.grade", &candidate.grade)?,
                candidate.criterion,
                candidate.reason,
                to_json("run_candidate.document", &candidate.values)?,
                MOST_CANDIDATES
            ])?;
        Ok(())
    }

    /// Keeps these candidates of a line, in their order, in place of those that it had.
    pub fn set_candidates(&self, run_id: i64, line: u32, candidates: &[Candidate]) -> Result<(), StoreError> {
        self.remove_candidates(run_id, line)?;
        for candidate in candidates {
            self.add_candidate(run_id, line, candidate)?;
        }
        Ok(())
    }

    /// Removes the candidates of a line.
    pub fn remove_candidates(&self, run_id: i64, line: u32) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM run_candidate WHERE run_id = ?1 AND line = ?2")?
            .execute(params![run_id, line])?;
        Ok(())
    }

    /// Removes a record from the candidates of every line.
    pub fn remove_candidate(&self, run_id: i64, salesforce_id: &str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM run_candidate WHERE run_id = ?1 AND salesforce_id = ?2")?
            .execute(params![run_id, salesforce_id])?;
        Ok(())
    }
}
