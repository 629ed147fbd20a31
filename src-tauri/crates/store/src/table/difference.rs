//! What the updates of a plan, or the restored values of an undo, change field by field.

use model::mapping::UpdateOutcome;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};

use super::line::LINES;
use super::planned_line::ChangeCounts;
use crate::word::from_word;
use crate::{Read, StoreError, Write};

/// What an update does to a value, as far as a table of differences tells it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceKind {
    /// Written into a blank field.
    Filled,
    /// Written over another value.
    Overwritten,
    /// Made blank.
    Cleared,
    /// Left.
    Unchanged,
}

impl DifferenceKind {
    fn column(self) -> &'static str {
        match self {
            Self::Filled => "filled_values",
            Self::Overwritten => "overwritten_values",
            Self::Cleared => "cleared_values",
            Self::Unchanged => "unchanged_values",
        }
    }

    fn outcomes(self) -> &'static str {
        match self {
            Self::Filled => "('filled')",
            Self::Overwritten => "('overwritten')",
            Self::Cleared => "('cleared')",
            Self::Unchanged => "('unchanged', 'kept', 'never', 'not_updateable')",
        }
    }
}

/// Which differences to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DifferenceFilter {
    /// Only this kind.
    pub kind: Option<DifferenceKind>,
    /// Only this field.
    pub target: Option<String>,
}

/// One field of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferenceRow {
    /// The line.
    pub line: u32,
    /// Person's or company's name.
    pub name: String,
    /// Company of a contact, website of a company.
    pub company: String,
    /// 18-character id of the record.
    pub salesforce_id: Option<String>,
    /// API name of the field.
    pub target: String,
    /// What happens to it.
    pub outcome: UpdateOutcome,
    /// What the record has.
    pub before: Option<String>,
    /// What it gets; of a field that is left, what the mapping gave.
    pub after: Option<String>,
}

impl Read<'_> {
    /// Values of each field by what happens to them, by name of the field.
    pub fn field_counts(&self, run_id: i64) -> Result<Vec<(String, ChangeCounts)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT target, filled_values, overwritten_values, cleared_values, unchanged_values FROM run_field
             WHERE run_id = ?1 ORDER BY target",
        )?;
        let rows = statement.query_map([run_id], |row| {
            Ok((
                row.get(0)?,
                ChangeCounts {
                    filled_values: row.get(1)?,
                    overwritten_values: row.get(2)?,
                    cleared_values: row.get(3)?,
                    unchanged_values: row.get(4)?,
                },
            ))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A window of a run's differences, by line and in the order of upload.
    pub fn differences(
        &self,
        run_id: i64,
        filter: &DifferenceFilter,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<DifferenceRow>, StoreError> {
        // Lines carry their number of values of each kind, so that a window far down is found without reading what is
        // before it. Of a single field only the JSON tells.
        let (from_line, offset) = match filter.target {
            None => self.line_of_difference(run_id, filter.kind, offset)?,
            Some(_) => (0, offset),
        };
        let mut condition = "run_id = ?1 AND line >= ?2 AND action IN ('update', 'restore')".to_owned();
        let mut values = vec![Value::Integer(run_id), Value::Integer(from_line.into())];
        if let Some(target) = &filter.target {
            values.push(Value::Text(target.clone()));
            condition += " AND change.value ->> 'target' = ?3";
        }
        let outcomes = filter.kind.map_or(
            "('filled', 'overwritten', 'cleared', 'unchanged', 'kept', 'never', 'not_updateable')",
            DifferenceKind::outcomes,
        );
        if let Some(kind) = filter.kind {
            condition += &format!(" AND {} > 0", kind.column());
        }
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT line, name, company, salesforce_id, change.value ->> 'target', change.value ->> 'outcome',
                 change.value ->> 'before', change.value ->> 'after'
             FROM {LINES}, json_each(run_record.changes) AS change
             WHERE {condition} AND change.value ->> 'outcome' IN {outcomes}
             ORDER BY line, change.id LIMIT {limit} OFFSET {offset}"
        ))?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut differences = Vec::new();
        while let Some(row) = rows.next()? {
            differences.push(DifferenceRow {
                line: row.get(0)?,
                name: row.get(1)?,
                company: row.get(2)?,
                salesforce_id: row.get(3)?,
                target: row.get(4)?,
                outcome: from_word("run_record.changes", row.get(5)?)?,
                before: row.get(6)?,
                after: row.get(7)?,
            });
        }
        Ok(differences)
    }

    /// The line that holds the difference at a place, and how many differences of that line come before it.
    fn line_of_difference(
        &self,
        run_id: i64,
        kind: Option<DifferenceKind>,
        offset: u32,
    ) -> Result<(u32, u32), StoreError> {
        let values = kind.map_or(
            "filled_values + overwritten_values + cleared_values + unchanged_values",
            DifferenceKind::column,
        );
        let found: Option<(u32, u32)> = self
            .connection
            .prepare_cached(&format!(
                "SELECT line, ?2 - before FROM (
                     SELECT line, {values} AS own, sum({values}) OVER (ORDER BY line) - ({values}) AS before FROM run_line
                     WHERE run_id = ?1 AND action IN ('update', 'restore'))
                 WHERE before <= ?2 AND own > ?2 - before LIMIT 1"
            ))?
            .query_row(params![run_id, offset], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(found.unwrap_or((u32::MAX, 0)))
    }
}

impl Write<'_> {
    /// Counts what an undo restores, by line and by field. Its lines are planned whole, and so are their counts.
    pub fn count_restored_values(&self, run_id: i64) -> Result<(), StoreError> {
        let all = [
            DifferenceKind::Filled,
            DifferenceKind::Overwritten,
            DifferenceKind::Cleared,
            DifferenceKind::Unchanged,
        ];
        let of_line = all.map(|kind| {
            format!(
                "{} = (SELECT count(*) FROM run_record, json_each(run_record.changes) AS change
                     WHERE run_record.place = (?1 << 32 | run_line.line) AND change.value ->> 'outcome' IN {})",
                kind.column(),
                kind.outcomes()
            )
        });
        self.connection.execute(
            &format!(
                "UPDATE run_line SET {} WHERE run_id = ?1 AND action = 'restore'",
                of_line.join(", ")
            ),
            [run_id],
        )?;
        let of_field = all.map(|kind| {
            format!(
                "count(*) FILTER (WHERE change.value ->> 'outcome' IN {})",
                kind.outcomes()
            )
        });
        self.connection.execute(
            &format!(
                "INSERT OR REPLACE INTO run_field
                     (run_id, target, filled_values, overwritten_values, cleared_values, unchanged_values)
                 SELECT run_id, change.value ->> 'target', {}
                 FROM {LINES}, json_each(run_record.changes) AS change
                 WHERE run_id = ?1 AND action = 'restore' GROUP BY 1, 2",
                of_field.join(", ")
            ),
            [run_id],
        )?;
        Ok(())
    }
}
