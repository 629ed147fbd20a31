//! What a run of a report shows: the saved report, and over it what a request asks for.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    boolean_filter,
    columns::Column,
    report_filter::{ReportFilter, bad_metadata},
    reports::Report,
};
use crate::{fault::ApiFault, records::Records};

/// Most filters, and columns, of one run (Reports and Dashboards REST API guide, Requirements and Limitations).
const GREATEST_FILTERS: usize = 20;
const GREATEST_COLUMNS: usize = 100;

/// One entry of `sortBy`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SortBy {
    /// Name of the column.
    pub sort_column: String,
    /// `Asc` or `Desc`.
    pub sort_order: String,
}

/// The members of `reportMetadata` that a run obeys.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    detail_columns: Option<Vec<String>>,
    report_filters: Option<Vec<ReportFilter>>,
    report_boolean_filter: Option<String>,
    sort_by: Option<Vec<SortBy>>,
    scope: Option<String>,
    report_format: Option<String>,
    groupings_down: Option<Vec<Value>>,
    standard_date_filter: Option<DateFilter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DateFilter {
    column: Option<String>,
    duration_value: Option<String>,
    start_date: Option<String>,
    end_date: Option<String>,
}

/// The metadata of one run.
#[derive(Debug, Clone)]
pub struct Metadata {
    /// The saved report.
    pub report: &'static Report,
    /// Names of the columns.
    pub columns: Vec<&'static Column>,
    filters: Vec<ReportFilter>,
    boolean_filter: Option<String>,
    sort_by: Vec<SortBy>,
    mine: bool,
    dates: Option<DateFilter>,
}

impl Metadata {
    /// The report as it was saved.
    pub fn saved(report: &'static Report) -> Self {
        let filter = |(column, operator, value): &(&str, &str, &str)| ReportFilter {
            column: (*column).to_owned(),
            operator: (*operator).to_owned(),
            value: Some((*value).to_owned()),
            filter_type: "fieldValue".to_owned(),
            is_run_page_editable: true,
        };
        let columns = report.columns.iter();
        Self {
            report,
            columns: columns.filter_map(|name| report.reads.find(name)).collect(),
            filters: report.filters.iter().map(filter).collect(),
            boolean_filter: None,
            sort_by: Vec::new(),
            mine: report.mine,
            dates: None,
        }
    }

    /// The report with what a request's `reportMetadata` says in the place of what was saved.
    pub fn asked(report: &'static Report, wanted: &Value) -> Result<Self, ApiFault> {
        let asked: Asked = serde_json::from_value(wanted.clone())
            .map_err(|error| ApiFault::json(format!("The report metadata cannot be read: {error}")))?;
        let mut metadata = Self::saved(report);
        if asked
            .report_format
            .is_some_and(|format| !format.eq_ignore_ascii_case("TABULAR"))
            || asked
                .groupings_down
                .is_some_and(|groupings| !groupings.is_empty())
        {
            return Err(bad_metadata(
                "Only reports in the tabular format can be run in this org.",
            ));
        }
        if let Some(names) = asked.detail_columns {
            if names.len() > GREATEST_COLUMNS {
                return Err(bad_metadata(format!(
                    "A report can't have more than {GREATEST_COLUMNS} columns."
                )));
            }
            let find = |name: &String| {
                let unknown =
                    || bad_metadata(format!("The column {name} is not a column of the report type."));
                report.reads.find(name).ok_or_else(unknown)
            };
            metadata.columns = names.iter().map(find).collect::<Result<_, _>>()?;
        }
        if let Some(filters) = asked.report_filters {
            if filters.len() > GREATEST_FILTERS {
                return Err(bad_metadata(format!(
                    "A report can't have more than {GREATEST_FILTERS} filters."
                )));
            }
            metadata.filters = filters;
            metadata.boolean_filter = None;
        }
        metadata.boolean_filter = asked.report_boolean_filter.or(metadata.boolean_filter);
        metadata.sort_by = asked.sort_by.unwrap_or(metadata.sort_by);
        metadata.dates = asked.standard_date_filter;
        match asked.scope.as_deref() {
            None => {}
            Some("user") => metadata.mine = true,
            Some("organization") => metadata.mine = false,
            Some(other) => {
                return Err(bad_metadata(format!(
                    "The scope {other} is not valid for the report type."
                )));
            }
        }
        Ok(metadata)
    }

    /// The paths that a run reads, without repetition; never none.
    pub fn paths(&self) -> Vec<&'static str> {
        let mut paths = vec!["Id"];
        for column in &self.columns {
            for path in [Some(column.path), column.record].into_iter().flatten() {
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
        }
        paths
    }

    /// The run as a query.
    pub fn query(&self, records: &Records) -> Result<String, ApiFault> {
        let report_type = &self.report.reads;
        let conditions: Result<Vec<String>, ApiFault> = self
            .filters
            .iter()
            .map(|filter| filter.condition(records, report_type))
            .collect();
        let conditions = conditions?;
        let mut all = match &self.boolean_filter {
            Some(filter) if !filter.trim().is_empty() => {
                vec![boolean_filter::combine(filter, &conditions).map_err(bad_metadata)?]
            }
            _ => conditions,
        };
        all.extend(self.date_conditions(records)?);
        let mut orders = Vec::new();
        for sort in &self.sort_by {
            let column = report_type.find(&sort.sort_column).ok_or_else(|| {
                bad_metadata(format!(
                    "The sort column {} is not a column of the report type.",
                    sort.sort_column
                ))
            })?;
            let direction = match sort.sort_order.to_ascii_lowercase().as_str() {
                "asc" => "ASC NULLS FIRST",
                "desc" => "DESC NULLS LAST",
                other => {
                    return Err(bad_metadata(format!(
                        "The sort order {other} is neither Asc nor Desc."
                    )));
                }
            };
            orders.push(format!("{} {direction}", column.path));
        }
        let clause = |word: &str, parts: &[String], join: &str| {
            if parts.is_empty() {
                String::new()
            } else {
                format!(" {word} {}", parts.join(join))
            }
        };
        Ok(format!(
            "SELECT {} FROM {}{}{}{}",
            self.paths().join(", "),
            report_type.object,
            if self.mine { " USING SCOPE mine" } else { "" },
            clause("WHERE", &all, " AND "),
            clause("ORDER BY", &orders, ", "),
        ))
    }

    fn date_conditions(&self, records: &Records) -> Result<Vec<String>, ApiFault> {
        let Some(dates) = &self.dates else {
            return Ok(Vec::new());
        };
        let column = dates.column.as_deref().unwrap_or(self.report.reads.date_column);
        let limit = |operator: &str, value: &Option<String>| {
            let value = value.clone().filter(|value| !value.is_empty())?;
            let filter = ReportFilter {
                column: column.to_owned(),
                operator: operator.to_owned(),
                value: Some(value),
                filter_type: "fieldValue".to_owned(),
                is_run_page_editable: true,
            };
            Some(filter.condition(records, &self.report.reads))
        };
        let named = dates.duration_value.clone().filter(|value| value != "CUSTOM");
        if named.is_some() {
            return limit("equals", &named).into_iter().collect();
        }
        let first = limit("greaterOrEqual", &dates.start_date);
        first
            .into_iter()
            .chain(limit("lessOrEqual", &dates.end_date))
            .collect()
    }

    /// As report metadata writes it.
    pub fn json(&self, report_id: &str, folder_id: &str) -> Value {
        let report = self.report;
        let columns: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        let dates = self.dates.clone().unwrap_or(DateFilter {
            column: Some(report.reads.date_column.to_owned()),
            duration_value: Some("CUSTOM".to_owned()),
            start_date: None,
            end_date: None,
        });
        json!({
            "aggregates": ["RowCount"],
            "buckets": [],
            "chart": null,
            "crossFilters": [],
            "currency": null,
            "customSummaryFormula": {},
            "description": report.description,
            "detailColumns": columns,
            "developerName": report.developer_name,
            "division": null,
            "folderId": folder_id,
            "groupingsAcross": [],
            "groupingsDown": [],
            "hasDetailRows": true,
            "hasRecordCount": true,
            "historicalSnapshotDates": [],
            "id": report_id,
            "name": report.name,
            "presentationOptions": { "hasStackedSummaries": true },
            "reportBooleanFilter": self.boolean_filter,
            "reportFilters": self.filters,
            "reportFormat": "TABULAR",
            "reportType": { "label": report.reads.label, "type": report.reads.name },
            "scope": if self.mine { "user" } else { "organization" },
            "showGrandTotal": true,
            "showSubtotals": true,
            "sortBy": self.sort_by,
            "standardDateFilter": dates,
            "standardFilters": null,
            "supportsRoleHierarchy": false,
            "userOrHierarchyFilterId": null,
        })
    }
}
