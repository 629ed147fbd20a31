//! Lines that were asked, or still are: those with candidates.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};

use super::line::LineRow;
use crate::{Read, StoreError};

/// How many questions a run has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuestionCounts {
    /// All of them.
    pub all_questions: u32,
    /// Those that wait for an answer.
    pub waiting_questions: u32,
}

const ASKED: &str = "run_line.run_id = ?1
     AND EXISTS (SELECT 1 FROM run_candidate WHERE run_candidate.run_id = ?1 AND run_candidate.line = run_line.line)";

const KINDS: &str = "SELECT run_line.line,
         concat_ws(' ', coalesce(run_line.criterion, '-'), run_line.grade, candidates, first_object, last_object, is_line) AS kind
     FROM run_line JOIN (
         SELECT line, count(*) AS candidates, min(object) AS first_object, max(object) AS last_object,
             max(other_line IS NOT NULL) AS is_line
         FROM run_candidate WHERE run_id = ?1 GROUP BY line) AS counted ON counted.line = run_line.line";

impl Read<'_> {
    /// How many lines were asked.
    pub fn count_questions(&self, run_id: i64) -> Result<QuestionCounts, StoreError> {
        Ok(self.connection.query_row(
            &format!("SELECT count(*), count(*) FILTER (WHERE action = 'ask') FROM run_line WHERE {ASKED}"),
            [run_id],
            |row| {
                Ok(QuestionCounts {
                    all_questions: row.get(0)?,
                    waiting_questions: row.get(1)?,
                })
            },
        )?)
    }

    /// A window of the lines that were asked, in order.
    pub fn questions(
        &self,
        run_id: i64,
        waiting_only: bool,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<LineRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT line FROM run_line WHERE {ASKED} AND (NOT ?2 OR action = 'ask') ORDER BY line LIMIT ?3 OFFSET ?4"
        ))?;
        let lines: Vec<u32> = statement
            .query_map(params![run_id, waiting_only, limit, offset], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut questions = Vec::with_capacity(lines.len());
        for line in lines {
            questions.extend(self.line(run_id, line)?);
        }
        Ok(questions)
    }

    /// Lines after a line that wait for an answer, in order.
    pub fn waiting_lines(&self, run_id: i64, after_line: u32, limit: u32) -> Result<Vec<u32>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT line FROM run_line WHERE run_id = ?1 AND action = 'ask' AND line > ?2 ORDER BY line LIMIT ?3",
        )?;
        let rows = statement.query_map(params![run_id, after_line, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many lines wait of each kind of question, by what makes questions alike.
    pub fn waiting_kinds(&self, run_id: i64) -> Result<HashMap<String, u32>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT kind, count(*) FROM ({KINDS} WHERE run_line.run_id = ?1 AND action = 'ask') GROUP BY kind"
        ))?;
        let rows = statement.query_map([run_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What makes a line's question like others: the criterion and grade of the best candidate, and how many there are of
    /// which objects.
    pub fn question_kind(&self, run_id: i64, line: u32) -> Result<Option<String>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(&format!(
                "{KINDS} WHERE run_line.run_id = ?1 AND run_line.line = ?2"
            ))?
            .query_row(params![run_id, line], |row| row.get(1))
            .optional()?)
    }

    /// Lines that wait with a kind of question, in order.
    pub fn waiting_lines_of_kind(&self, run_id: i64, kind: &str) -> Result<Vec<u32>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT line FROM ({KINDS} WHERE run_line.run_id = ?1 AND action = 'ask') WHERE kind = ?2 ORDER BY line"
        ))?;
        let rows = statement.query_map(params![run_id, kind], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
