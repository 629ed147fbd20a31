//! What a run of a report is asked ("Report Metadata" in the Reports and Dashboards REST API Developer Guide).

use serde_json::{Map, Value, json};

use super::filter_json;

/// A condition added to a report's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFilter {
    /// Column of the report type, e.g. `ACCOUNT_NAME`.
    pub column: String,
    /// `equals`, `greaterThan`, `contains`, …
    pub operator: String,
    /// The value as text.
    pub value: String,
}

/// A report's settings, to run it by. What this client does not know of them goes back to the org as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportRun(Map<String, Value>);

impl ReportRun {
    pub(super) fn from_description(answer: &Value) -> Option<Self> {
        answer.get("reportMetadata")?.as_object().cloned().map(Self)
    }

    /// The detail columns in their order.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        let columns = self.0.get("detailColumns").and_then(Value::as_array);
        columns
            .map(|columns| columns.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    }

    /// `TABULAR`, `SUMMARY`, `MATRIX`, …
    #[must_use]
    pub fn format(&self) -> &str {
        self.0
            .get("reportFormat")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// The same with one condition more, which every row must fulfil.
    #[must_use]
    pub fn with_filter(&self, filter: &ReportFilter) -> Self {
        let mut metadata = self.0.clone();
        let mut filters = match metadata.remove("reportFilters") {
            Some(Value::Array(filters)) => filters,
            _ => Vec::new(),
        };
        filters.push(filter_json(filter));
        // A report may combine its filters by number ("1 OR 2"); the new one is for all of them.
        let combined = metadata
            .get("reportBooleanFilter")
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
            .map(|text| format!("({text}) AND {}", filters.len()));
        if let Some(combined) = combined {
            metadata.insert("reportBooleanFilter".to_owned(), combined.into());
        }
        metadata.insert("reportFilters".to_owned(), Value::Array(filters));
        Self(metadata)
    }

    /// The same sorted by a column, from a value on (that value left out).
    pub(super) fn sorted_after(&self, column: &str, last: Option<&str>) -> Self {
        let mut run = match last {
            None => self.clone(),
            Some(value) => self.with_filter(&ReportFilter {
                column: column.to_owned(),
                operator: "greaterThan".to_owned(),
                value: value.to_owned(),
            }),
        };
        let sort = json!([{ "sortColumn": column, "sortOrder": "Asc" }]);
        run.0.insert("sortBy".to_owned(), sort);
        run
    }

    pub(super) fn body(&self) -> Value {
        json!({ "reportMetadata": self.0 })
    }
}
