//! Reports as JSON: their metadata, their types, and what a run found.

use serde_json::{Map, Value, json};

use super::Session;
use crate::{
    fault::ApiFault,
    org::Org,
    records::Records,
    reporting::{self, Column, Metadata, Report, ReportType},
    schema::{Field, Kind},
    value::Key,
};

/// Most rows that a run hands out (Reports and Dashboards REST API guide, Requirements and Limitations).
const GREATEST_ROWS: usize = 2000;

/// Where a report is found.
pub fn url(session: &Session, id: &str) -> String {
    format!("/services/data/v{}/analytics/reports/{id}", session.version)
}

/// What every answer about a report begins with.
pub fn attributes(org: &Org, session: &Session, key: Key, report: &Report) -> Value {
    let id = org.ids.id(key);
    let base = url(session, &id);
    json!({
        "describeUrl": format!("{base}/describe"),
        "instancesUrl": format!("{base}/instances"),
        "reportId": id,
        "reportName": report.name,
        "type": "Report",
    })
}

/// The `reportMetadata` member.
pub fn metadata(org: &Org, records: &Records, key: Key, metadata: &Metadata) -> Value {
    let row = records.row(key);
    let folder = row.and_then(|row| records.named(key, &row, "OwnerId").as_reference());
    let folder = folder.map(|folder| org.ids.id(folder)).unwrap_or_default();
    metadata.json(&org.ids.id(key), &folder)
}

fn field<'records>(
    records: &'records Records,
    report_type: &ReportType,
    column: &Column,
) -> Option<&'records Field> {
    reporting::field_at(records, report_type.object, column.path)
}

fn label_of(column: &Column, field: Option<&Field>) -> String {
    match column.path {
        "Owner.Name" => "Owner".to_owned(),
        "Account.Name" => "Account Name".to_owned(),
        path => field.map_or(path, |field| field.label).to_owned(),
    }
}

/// The `reportExtendedMetadata` member.
pub fn extended(records: &Records, metadata: &Metadata) -> Value {
    let report_type = &metadata.report.reads;
    let details: Map<String, Value> = metadata
        .columns
        .iter()
        .map(|column| {
            let field = field(records, report_type, column);
            let kind = field.map_or(Kind::Text, |field| field.kind);
            let info = json!({
                "dataType": kind.name(),
                "entityColumnName": column.path,
                "fullyQualifiedName": column.name,
                "inactiveFilterValues": [],
                "isCustom": field.is_some_and(Field::is_custom),
                "label": label_of(column, field),
                "uniqueCountable": false,
            });
            (column.name.to_owned(), info)
        })
        .collect();
    let rows = json!({
        "acrossGroupingContext": null,
        "dataType": "int",
        "downGroupingContext": null,
        "label": "Record Count",
    });
    json!({
        "aggregateColumnInfo": { "RowCount": rows },
        "detailColumnInfo": details,
        "groupingColumnInfo": {},
    })
}

/// Operators by data type, as `dataTypeFilterOperatorMap` lists them.
fn operators(data_type: &str) -> Vec<Value> {
    let equality = [("equals", "equals"), ("notEqual", "not equal to")];
    let order = [
        ("lessThan", "less than"),
        ("greaterThan", "greater than"),
        ("lessOrEqual", "less or equal"),
        ("greaterOrEqual", "greater or equal"),
    ];
    let text = [
        ("contains", "contains"),
        ("notContain", "does not contain"),
        ("startsWith", "starts with"),
    ];
    let named = |list: &[(&str, &str)]| -> Vec<Value> {
        list.iter()
            .map(|(name, label)| json!({ "name": name, "label": label }))
            .collect()
    };
    let mut all = named(&equality);
    if data_type != "boolean" {
        all.extend(named(&order));
    }
    if matches!(
        data_type,
        "string" | "textarea" | "picklist" | "phone" | "email" | "url" | "id"
    ) {
        all.extend(named(&text));
    }
    all
}

/// The `reportTypeMetadata` member.
pub fn type_metadata(records: &Records, report_type: &ReportType) -> Value {
    let mut data_types: Vec<&str> = Vec::new();
    let mut columns = Map::new();
    for column in report_type.columns {
        let field = field(records, report_type, column);
        let kind = field.map_or(Kind::Text, |field| field.kind);
        if !data_types.contains(&kind.name()) {
            data_types.push(kind.name());
        }
        let values = field.map_or_else(Vec::new, |field| {
            let values = field.picklist.iter();
            values
                .map(|entry| json!({ "name": entry.value, "label": entry.value }))
                .collect()
        });
        columns.insert(
            column.name.to_owned(),
            json!({
                "allowedInCustomDetailFormula": false,
                "bucketable": false,
                "dataType": kind.name(),
                "entityColumnName": column.path,
                "fieldToFieldFilterable": false,
                "filterValues": values,
                "filterable": true,
                "isCustom": field.is_some_and(Field::is_custom),
                "isLookup": column.record.is_some(),
                "label": label_of(column, field),
                "maxLength": field.map(|field| field.length).filter(|length| *length > 0),
                "uniqueCountable": false,
            }),
        );
    }
    let map: Map<String, Value> = data_types
        .into_iter()
        .map(|name| (name.to_owned(), json!(operators(name))))
        .collect();
    let scope = |value: &str, label: &str| json!({ "allowsDivision": false, "label": label, "value": value });
    json!({
        "categories": [{ "label": report_type.label, "columns": columns }],
        "dataTypeFilterOperatorMap": map,
        "dateGranularityInfos": [],
        "divisionInfo": null,
        "scopeInfo": {
            "defaultValue": "organization",
            "values": [
                scope("user", &format!("My {}", report_type.label)),
                scope("organization", &format!("All {}", report_type.label)),
            ],
        },
        "standardDateFilterDurationGroups": [],
        "standardFilterInfos": {},
        "supportsJoinedFormat": false,
    })
}

/// Runs a report: everything but its attributes. Details stop at 2,000 rows; the total does not.
pub fn run(
    org: &Org,
    records: &Records,
    key: Key,
    wanted: &Metadata,
    user: u32,
    has_details: bool,
) -> Result<Value, ApiFault> {
    let paths = wanted.paths();
    let (plan, keys) = reporting::select(records, &wanted.query(records)?, user)?;
    let route = |path: &str| {
        let place = paths.iter().position(|known| *known == path)?;
        plan.routes.get(place)
    };
    let mut total = json!({ "aggregates": [reporting::aggregate(keys.len())] });
    if has_details {
        let rows = keys.iter().take(GREATEST_ROWS).filter_map(|record| {
            let row = records.live(*record)?;
            let cells = wanted.columns.iter().filter_map(|column| {
                let shown = route(column.path)?;
                let value = shown.value(records, *record, &row);
                let named = column
                    .record
                    .and_then(route)
                    .map(|route| route.value(records, *record, &row));
                Some(reporting::cell(
                    shown.kind(records),
                    &value,
                    named.as_deref(),
                    &org.ids,
                ))
            });
            Some(json!({ "dataCells": cells.collect::<Vec<_>>() }))
        });
        total["rows"] = Value::Array(rows.collect());
    }
    Ok(json!({
        "allData": keys.len() <= GREATEST_ROWS,
        "factMap": { "T!T": total },
        "groupingsAcross": { "groupings": [] },
        "groupingsDown": { "groupings": [] },
        "hasDetailRows": has_details,
        "reportExtendedMetadata": extended(records, wanted),
        "reportMetadata": metadata(org, records, key, wanted),
    }))
}
