//! What a client wrote, turned into a value of the field's type. Limits are checked later, by `check`.

use serde_json::Value as Json;

use crate::{
    clock,
    fault::RowFault,
    id,
    schema::{Field, Kind},
    value::{IdBook, Value},
};

/// The value of a JSON member; a wrong type is a `JSON_PARSER_ERROR`, as the parser finds it before the record.
pub fn from_json(field: &Field, json: &Json, ids: &IdBook) -> Result<Value, RowFault> {
    let wrong = || cannot_deserialize(field, json);
    match (field.kind, json) {
        (_, Json::Null) => Ok(Value::Null),
        (Kind::Boolean, Json::Bool(truth)) => Ok(Value::Boolean(*truth)),
        (Kind::Boolean, Json::String(text)) => truth_of(text).map(Value::Boolean).ok_or_else(wrong),
        (kind, Json::Number(number)) if kind.is_number() => {
            let number = number.as_f64().ok_or_else(wrong)?;
            if kind == Kind::Int && number.fract() != 0.0 {
                return Err(wrong());
            }
            Ok(Value::Number(number))
        }
        (kind, Json::String(text)) if kind.is_number() => number_of(kind, text).ok_or_else(wrong),
        (Kind::Date, Json::String(text)) => day_of(text).ok_or_else(wrong),
        (Kind::Moment, Json::String(text)) => moment_of(text).ok_or_else(wrong),
        (Kind::Time, Json::String(text)) => time_of(text).ok_or_else(wrong),
        (Kind::Reference | Kind::Id, Json::String(text)) => reference(field, text, ids),
        (kind, Json::String(text)) if kind.is_text() => Ok(text_value(text)),
        _ => Err(wrong()),
    }
}

/// The value of a CSV cell that is neither empty nor `#N/A`.
pub fn from_cell(field: &Field, cell: &str, ids: &IdBook) -> Result<Value, RowFault> {
    let value = match field.kind {
        Kind::Boolean => truth_of(cell).map(Value::Boolean),
        kind if kind.is_number() => number_of(kind, cell),
        Kind::Date => day_of(cell),
        Kind::Moment => moment_of(cell),
        Kind::Time => time_of(cell),
        Kind::Reference | Kind::Id => return reference(field, cell, ids),
        _ => Some(text_value(cell)),
    };
    value.ok_or_else(|| {
        let message = format!("{}: value not of required type: {cell}", field.label);
        RowFault::new("INVALID_TYPE_ON_FIELD_IN_RECORD", message).at(field.name)
    })
}

fn text_value(text: &str) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        Value::text(text)
    }
}

fn truth_of(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn number_of(kind: Kind, text: &str) -> Option<Value> {
    let number: f64 = text.trim().parse().ok()?;
    (number.is_finite() && (kind != Kind::Int || number.fract() == 0.0)).then_some(Value::Number(number))
}

fn day_of(text: &str) -> Option<Value> {
    clock::parse_day(text).map(Value::Date)
}

fn moment_of(text: &str) -> Option<Value> {
    let day = || clock::parse_day(text).map(clock::start_of);
    clock::parse_moment(text).or_else(day).map(Value::Moment)
}

/// A time of day in UTC, as `HH:MM:SS.sssZ`; seconds and their fraction may be left out.
fn time_of(text: &str) -> Option<Value> {
    clock::parse_time(text).map(Value::text)
}

fn reference(field: &Field, text: &str, ids: &IdBook) -> Result<Value, RowFault> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    let malformed = || {
        RowFault::new(
            "MALFORMED_ID",
            format!("{}: id value of incorrect type: {text}", label(field)),
        )
        .at(field.name)
    };
    if !id::is_well_formed(text) {
        return Err(malformed());
    }
    match ids.key(text) {
        Some(key) => Ok(Value::Reference(key)),
        None if ids.object_of(text).is_some() => {
            Err(RowFault::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id").at(field.name))
        }
        None => Err(malformed()),
    }
}

fn label(field: &Field) -> &'static str {
    field.label
}

fn cannot_deserialize(field: &Field, json: &Json) -> RowFault {
    let (token, shown) = match json {
        Json::Null => ("VALUE_NULL", "null".to_owned()),
        Json::Bool(true) => ("VALUE_TRUE", "true".to_owned()),
        Json::Bool(false) => ("VALUE_FALSE", "false".to_owned()),
        Json::Number(number) if number.is_f64() => ("VALUE_NUMBER_FLOAT", number.to_string()),
        Json::Number(number) => ("VALUE_NUMBER_INT", number.to_string()),
        Json::String(text) => ("VALUE_STRING", text.clone()),
        Json::Array(_) => ("START_ARRAY", "[".to_owned()),
        Json::Object(_) => ("START_OBJECT", "{".to_owned()),
    };
    let kind = field.kind.name();
    let message = format!(
        "Cannot deserialize instance of {kind} from {token} value {shown} or request may be missing a required field"
    );
    RowFault::new("JSON_PARSER_ERROR", message)
}
