//! One filter of a report, turned into a condition of SOQL.

use serde::{Deserialize, Serialize};

use super::{columns::ReportType, quoted};
use crate::{
    clock,
    fault::ApiFault,
    records::Records,
    schema::{Field, Kind},
};

/// A filter as report metadata writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportFilter {
    /// Name of the column.
    pub column: String,
    /// The operator, such as `equals`.
    pub operator: String,
    /// The value; several are separated by commas.
    #[serde(default)]
    pub value: Option<String>,
    /// `fieldValue`; the only kind that this org knows.
    #[serde(default = "field_value")]
    pub filter_type: String,
    /// Whether a person may change it when running the report.
    #[serde(default = "yes")]
    pub is_run_page_editable: bool,
}

fn field_value() -> String {
    "fieldValue".to_owned()
}

fn yes() -> bool {
    true
}

/// The refusal of metadata that makes no sense (Reports and Dashboards REST API guide, error codes).
pub fn bad_metadata(message: impl Into<String>) -> ApiFault {
    ApiFault::bad_request("BAD_REQUEST", message)
}

/// The field at the end of a path of one or two names.
pub fn field_at<'records>(records: &'records Records, object: &str, path: &str) -> Option<&'records Field> {
    let index = records.object_index(object)?;
    let definition = records.schema.object(usize::from(index));
    let Some((relationship, rest)) = path.split_once('.') else {
        return Some(definition.field(definition.find(path)?));
    };
    let reference = definition
        .fields
        .iter()
        .find(|field| field.relationship_name == Some(relationship))?;
    reference
        .reference_to
        .iter()
        .find_map(|parent| field_at(records, parent, rest))
}

impl ReportFilter {
    /// The condition in SOQL.
    pub fn condition(&self, records: &Records, report_type: &ReportType) -> Result<String, ApiFault> {
        let column = report_type.find(&self.column).ok_or_else(|| {
            bad_metadata(format!(
                "The filter column {} is not a column of the report type.",
                self.column
            ))
        })?;
        let field = field_at(records, report_type.object, column.path)
            .ok_or_else(|| bad_metadata(format!("The filter column {} cannot be filtered.", self.column)))?;
        let value = self.value.as_deref().unwrap_or_default();
        let path = column.path;
        let each = |join: &str, one: &dyn Fn(&str) -> Result<String, ApiFault>| {
            let parts: Result<Vec<String>, _> = values(value).iter().map(|value| one(value)).collect();
            Ok(format!("({})", parts?.join(join)))
        };
        let pattern = |value: &str, before: &str| {
            let escaped = value
                .replace('\\', "\\\\")
                .replace('\'', "\\'")
                .replace('%', "\\%")
                .replace('_', "\\_");
            format!("{path} LIKE '{before}{escaped}%'")
        };
        match self.operator.as_str() {
            "equals" => each(" OR ", &|value| self.equals(field, path, value)),
            "notEqual" => each(" AND ", &|value| {
                Ok(format!("(NOT {})", self.equals(field, path, value)?))
            }),
            "contains" => each(" OR ", &|value| Ok(pattern(value, "%"))),
            "notContain" => each(" AND ", &|value| Ok(format!("(NOT {})", pattern(value, "%")))),
            "startsWith" => each(" OR ", &|value| Ok(pattern(value, ""))),
            "lessThan" => Ok(format!("{path} < {}", self.literal(field, value)?)),
            "lessOrEqual" => Ok(format!("{path} <= {}", self.literal(field, value)?)),
            "greaterThan" => Ok(format!("{path} > {}", self.literal(field, value)?)),
            "greaterOrEqual" => Ok(format!("{path} >= {}", self.literal(field, value)?)),
            other => Err(bad_metadata(format!(
                "The filter operator {other} is not valid for {}.",
                self.column
            ))),
        }
    }

    fn equals(&self, field: &Field, path: &str, value: &str) -> Result<String, ApiFault> {
        if value.is_empty() {
            return Ok(format!("{path} = null"));
        }
        // A day means all of its moments.
        if let (Kind::Moment, Some(day)) = (field.kind, clock::parse_day(value)) {
            let next = clock::report_text(clock::start_of(day) + 86_400);
            return Ok(format!("({path} >= {day}T00:00:00Z AND {path} < {next})"));
        }
        Ok(format!("{path} = {}", self.literal(field, value)?))
    }

    fn literal(&self, field: &Field, value: &str) -> Result<String, ApiFault> {
        let refused = || {
            bad_metadata(format!(
                "The filter value for the field {} is invalid: {value}",
                self.column
            ))
        };
        let is_named_span = || {
            value.starts_with(|c: char| c.is_ascii_alphabetic())
                && value
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == ':')
        };
        match field.kind {
            Kind::Boolean => match value.to_ascii_lowercase().as_str() {
                "true" | "1" => Ok("true".to_owned()),
                "false" | "0" => Ok("false".to_owned()),
                _ => Err(refused()),
            },
            kind if kind.is_number() => value
                .trim()
                .parse::<f64>()
                .map(|number| number.to_string())
                .map_err(|_| refused()),
            Kind::Date | Kind::Moment if is_named_span() => Ok(value.to_ascii_uppercase()),
            Kind::Date => clock::parse_day(value)
                .map(|day| day.to_string())
                .ok_or_else(refused),
            Kind::Moment => {
                let day = clock::parse_day(value).map(clock::start_of);
                day.or_else(|| clock::parse_moment(value))
                    .map(clock::report_text)
                    .ok_or_else(refused)
            }
            _ => Ok(quoted(value)),
        }
    }
}

/// The values of a list. Quotes keep a comma together with its value.
fn values(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => values.push(String::new()),
            other => {
                if let Some(last) = values.last_mut() {
                    last.push(other);
                }
            }
        }
    }
    values.iter().map(|value| value.trim().to_owned()).collect()
}
