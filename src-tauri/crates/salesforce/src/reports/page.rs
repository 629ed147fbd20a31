//! The rows that a run of a report gave ("Fact Map").

use std::collections::HashSet;

use serde_json::Value;

/// At most 2,000 rows of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportPage {
    /// The detail columns in the order of the cells.
    pub columns: Vec<String>,
    /// The rows in the report's order; those of a grouped report, group after group.
    pub rows: Vec<ReportRow>,
    /// False: the report has more rows than were given.
    pub all_data: bool,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportRow {
    /// As people see each cell.
    pub labels: Vec<String>,
    /// As records hold it: an id, a number, an amount with its currency.
    pub values: Vec<Value>,
}

impl ReportRow {
    pub(super) fn key(&self, place: usize) -> Option<String> {
        let value = match self.values.get(place)? {
            Value::String(text) => text.clone(),
            Value::Null => return None,
            other => other.to_string(),
        };
        (!value.is_empty()).then_some(value)
    }
}

impl ReportPage {
    pub(super) fn read(answer: &Value) -> Option<Self> {
        let columns = answer.pointer("/reportMetadata/detailColumns")?.as_array()?;
        let facts = answer.get("factMap")?.as_object()?;
        let mut rows = Vec::new();
        // Totals repeat no rows: each row stands in its innermost group alone.
        for fact in facts.values() {
            let details = fact.get("rows").and_then(Value::as_array);
            rows.extend(details.into_iter().flatten().filter_map(row));
        }
        Some(Self {
            columns: columns
                .iter()
                .filter_map(Value::as_str)
                .map(ToOwned::to_owned)
                .collect(),
            rows,
            all_data: answer.get("allData").and_then(Value::as_bool).unwrap_or(false),
        })
    }

    pub(super) fn has_distinct_keys(&self, place: usize) -> bool {
        let mut keys = HashSet::new();
        self.rows
            .iter()
            .all(|row| row.key(place).is_some_and(|key| keys.insert(key)))
    }
}

fn row(value: &Value) -> Option<ReportRow> {
    let cells = value.get("dataCells")?.as_array()?;
    let label = |cell: &Value| {
        cell.get("label")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    Some(ReportRow {
        labels: cells.iter().map(label).collect(),
        values: cells
            .iter()
            .map(|cell| cell.get("value").cloned().unwrap_or_default())
            .collect(),
    })
}
