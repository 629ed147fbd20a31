//! What became of a run's lines, counted: by minutes and by reasons.

use std::collections::BTreeMap;

use model::LineOutcome;
use rusqlite::params;

use crate::word::from_word;
use crate::{Read, StoreError};

/// Why lines were not written that share a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonRow {
    /// What became of them.
    pub outcome: LineOutcome,
    /// The code; empty where there is none.
    pub code: String,
    /// The error of one of them, in words.
    pub error: String,
    /// Whether others have other words, e.g. the name of another record.
    pub differs: bool,
    /// How many lines.
    pub records: u32,
}

impl Read<'_> {
    /// How many records of a run's object were settled in each minute since a time, by minutes since 1970, in order.
    pub fn settled_by_minute(&self, run_id: i64, since: &str) -> Result<Vec<(i64, u32)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT settled_at FROM run_line WHERE run_id = ?1 AND settled_at >=
                 (SELECT max(?2, coalesce(started_at, '')) FROM run WHERE run_id = ?1)
                 AND object = (SELECT object FROM run WHERE run_id = ?1)",
        )?;
        let mut rows = statement.query(params![run_id, since])?;
        // Most lines were settled together, so that a time is read once for many of them.
        let (mut records, mut last) = (BTreeMap::new(), (String::new(), 0));
        while let Some(row) = rows.next()? {
            let settled_at = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            if settled_at != last.0 {
                last = (settled_at.to_owned(), minute(settled_at)?);
            }
            *records.entry(last.1).or_default() += 1;
        }
        Ok(records.into_iter().collect())
    }

    /// Reasons of refused and failed lines with their number, most frequent first, 50 at the most.
    pub fn reasons(&self, run_id: i64) -> Result<Vec<ReasonRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT outcome, error_code, coalesce(min(error), ''), coalesce(min(error) <> max(error), 0),
                 count(*) AS records FROM run_line
             WHERE run_id = ?1 AND outcome IN ('refused', 'failed', 'uncertain', 'skipped') AND error_code IS NOT NULL
             GROUP BY outcome, error_code ORDER BY records DESC LIMIT 50",
        )?;
        let mut rows = statement.query([run_id])?;
        let mut reasons = Vec::new();
        while let Some(row) = rows.next()? {
            reasons.push(ReasonRow {
                outcome: from_word("run_line.outcome", row.get(0)?)?,
                code: row.get(1)?,
                error: row.get(2)?,
                differs: row.get(3)?,
                records: row.get(4)?,
            });
        }
        Ok(reasons)
    }
}

/// The minute of a time of the database, since 1970.
fn minute(time: &str) -> Result<i64, StoreError> {
    let time: jiff::Timestamp = time.parse().map_err(|_| StoreError::Unreadable {
        place: "run_line.settled_at",
        value: time.to_owned(),
    })?;
    Ok(time.as_second().div_euclid(60))
}
