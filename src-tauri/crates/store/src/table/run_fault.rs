//! Faults of single fields that a plan met, counted.

use model::LineOutcome;
use rusqlite::params;

use crate::word::{from_word, to_word};
use crate::{Read, StoreError, Write};

/// A fault and how many records it met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunFaultRow {
    /// Outcome that it leads to: `refused` when it stops the record, `planned` when the record goes on.
    pub outcome: LineOutcome,
    /// Code of the rule.
    pub code: String,
    /// In words, without the value.
    pub sentence: String,
    /// How many records.
    pub records: u32,
}

impl Read<'_> {
    /// The faults of a run's plan, most frequent first.
    pub fn run_faults(&self, run_id: i64) -> Result<Vec<RunFaultRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT outcome, code, sentence, records FROM run_fault WHERE run_id = ?1 ORDER BY records DESC, sentence LIMIT 50",
        )?;
        let mut rows = statement.query([run_id])?;
        let mut faults = Vec::new();
        while let Some(row) = rows.next()? {
            faults.push(RunFaultRow {
                outcome: from_word("run_fault.outcome", row.get(0)?)?,
                code: row.get(1)?,
                sentence: row.get(2)?,
                records: row.get(3)?,
            });
        }
        Ok(faults)
    }
}

impl Write<'_> {
    /// Counts a fault.
    pub fn count_run_fault(&self, run_id: i64, fault: &RunFaultRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO run_fault (run_id, outcome, code, sentence, records) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (run_id, outcome, code, sentence) DO UPDATE SET records = records + excluded.records",
            )?
            .execute(params![
                run_id,
                to_word("run_fault.outcome", &fault.outcome)?,
                fault.code,
                fault.sentence,
                fault.records
            ])?;
        Ok(())
    }
}
