//! A converted value and its two renderings.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Decimal, LookupPath};

/// A value in the type of its target field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum TypedValue {
    /// Text of any kind, ids and picklist values too.
    Text(String),
    /// A number.
    Number(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A moment.
    DateTime(Timestamp),
    /// A time of day.
    Time(Time),
    /// Values of a multi-select picklist.
    Choices(Vec<String>),
    /// Another record, named by the value of a field of its.
    Lookup {
        /// The way to it.
        path: LookupPath,
        /// The value.
        text: String,
    },
}

impl TypedValue {
    /// The value for REST; that of a [`Lookup`](Self::Lookup) belongs to the relationship. Source: Salesforce's REST API Developer Guide, "Valid Date and DateTime Formats". A number
    /// that a 64-bit float would change goes as text of its digits, which Salesforce reads as the number.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Boolean(value) => Value::Bool(*value),
            Self::Number(number) => number_to_json(*number),
            Self::Lookup { path, text } => path.to_json(text),
            _ => Value::String(self.to_csv_text()),
        }
    }

    /// Name of the member that the value has in a REST record, for a target field.
    #[must_use]
    pub fn member<'a>(&'a self, target: &'a str) -> &'a str {
        match self {
            Self::Lookup { path, .. } => &path.relationship,
            _ => target,
        }
    }

    /// Name of the column that the value has in a Bulk upload, for a target field.
    #[must_use]
    pub fn column(&self, target: &str) -> String {
        match self {
            Self::Lookup { path, .. } => path.column(),
            _ => target.to_owned(),
        }
    }

    /// Whether this is the column that the value has in a Bulk upload.
    #[must_use]
    pub fn is_of_column(&self, target: &str, column: &str) -> bool {
        match self {
            Self::Lookup { path, .. } => path.column() == column,
            _ => target == column,
        }
    }

    /// The value for Bulk API 2.0. Source: Bulk API 2.0 Developer Guide, "Prepare CSV Files".
    #[must_use]
    pub fn to_csv_text(&self) -> String {
        self.csv_text().into_owned()
    }

    /// The same without a copy where there is one to lend.
    #[must_use]
    pub fn csv_text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) | Self::Lookup { text, .. } => text.into(),
            Self::Number(number) => number.to_string().into(),
            Self::Boolean(value) => value.to_string().into(),
            Self::Date(date) => date.to_string().into(),
            Self::DateTime(timestamp) => timestamp.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string().into(),
            Self::Time(time) => time.strftime("%H:%M:%S.000Z").to_string().into(),
            Self::Choices(values) => values.join(";").into(),
        }
    }
}

fn number_to_json(number: Decimal) -> Value {
    if let Some(whole) = number.to_i64() {
        return Value::from(whole);
    }
    let digits = number.to_string();
    let float: Option<f64> = digits.parse().ok();
    match float.and_then(serde_json::Number::from_f64) {
        Some(short) if short.to_string().parse() == Ok(number) => Value::Number(short),
        _ => Value::String(digits),
    }
}

/// CSV text of a value that was kept as JSON; the same as [`TypedValue::to_csv_text`] gave, a blank one for `null`.
#[must_use]
pub fn csv_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            let text = number.to_string();
            text.parse::<Decimal>().map_or(text, |number| number.to_string())
        }
        other => other.to_string(),
    }
}
