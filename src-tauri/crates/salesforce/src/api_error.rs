//! The error envelopes of the data APIs: an array of `{errorCode, message, fields}`, with `statusCode` instead of
//! `errorCode` inside sObject Collections (REST API Developer Guide, "Status Codes and Error Responses").

use std::fmt;

use serde_json::Value;

/// One error as the org gave it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ApiError {
    /// `REQUIRED_FIELD_MISSING`, …; text, because Salesforce adds codes with every release.
    pub code: String,
    /// The org's words.
    pub message: String,
    /// API names of the fields that it is about; often empty.
    pub fields: Vec<String>,
    /// With `DUPLICATES_DETECTED`: what was found, if the org tells.
    pub duplicates: Option<DuplicateResult>,
}

/// What a duplicate rule found (`duplicateResut`, as older versions spell it, or `duplicateResult`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DuplicateResult {
    /// Whether the record may be saved all the same, with the duplicate rule header.
    pub allow_save: bool,
    /// Developer name of the duplicate rule.
    pub rule: String,
    /// The records found.
    pub matches: Vec<DuplicateMatch>,
}

/// One record that a matching rule found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DuplicateMatch {
    /// Object of the record, e.g. `Contact`.
    pub object: String,
    /// Its id.
    pub id: String,
}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code, self.message.trim())?;
        if self.fields.is_empty() {
            Ok(())
        } else {
            write!(formatter, " [{}]", self.fields.join(", "))
        }
    }
}

impl ApiError {
    pub(crate) fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            ..Self::default()
        }
    }

    /// Reads one error object of any of the envelopes; `None` if it is no error.
    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let code = text("errorCode")
            .or_else(|| text("statusCode"))
            .or_else(|| text("error"));
        let message = text("message").or_else(|| text("error_description"));
        if code.is_none() && message.is_none() {
            return None;
        }
        let duplicates = value
            .get("duplicateResut")
            .or_else(|| value.get("duplicateResult"));
        Some(Self {
            code: code.unwrap_or("UNKNOWN").to_owned(),
            message: message.unwrap_or_default().to_owned(),
            fields: strings(value.get("fields")),
            duplicates: duplicates.map(duplicate_result),
        })
    }

    /// Reads the body of a refused request; empty if it is no error envelope.
    pub(crate) fn list_from_body(status: u16, body: &Value) -> Vec<Self> {
        match body {
            Value::Array(items) if status == 300 => vec![Self::new(
                "DUPLICATE_EXTERNAL_ID",
                format!(
                    "more than one record matches: {}",
                    strings(Some(&Value::Array(items.clone()))).join(", ")
                ),
            )],
            Value::Array(items) => items.iter().filter_map(Self::from_value).collect(),
            Value::Object(_) => Self::from_value(body).into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let items = value
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    items
        .iter()
        .filter_map(Value::as_str)
        .map(ToOwned::to_owned)
        .collect()
}

fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn duplicate_result(value: &Value) -> DuplicateResult {
    let matches = array(value, "matchResults")
        .iter()
        .flat_map(|result| array(result, "matchRecords"))
        .filter_map(|found| {
            let record = found.get("record")?;
            Some(DuplicateMatch {
                object: record
                    .pointer("/attributes/type")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                id: record.get("Id").and_then(Value::as_str)?.to_owned(),
            })
        })
        .collect();
    DuplicateResult {
        allow_save: value.get("allowSave").and_then(Value::as_bool).unwrap_or(false),
        rule: value
            .get("duplicateRule")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        matches,
    }
}
