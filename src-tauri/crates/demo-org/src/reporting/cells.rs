//! One cell of a report: its label for people and its value for programs.

use serde_json::{Value as Json, json};

use crate::{
    clock,
    schema::Kind,
    value::{self, IdBook, Value},
};

/// The cell of a value; `record` is the record that it names, if it names one.
pub fn cell(kind: Kind, value: &Value, record: Option<&Value>, ids: &IdBook) -> Json {
    if value.is_null() {
        return json!({ "label": "-", "value": null });
    }
    let (label, plain) = match value {
        Value::Null => ("-".to_owned(), Json::Null),
        Value::Text(text) => (text.to_string(), json!(text)),
        Value::Number(number) if kind == Kind::Currency => {
            let amount = json!({ "amount": number, "currency": null });
            (format!("${}", grouped(*number)), amount)
        }
        Value::Number(number) => (grouped(*number), json!(number)),
        Value::Boolean(truth) => (truth.to_string(), json!(truth)),
        Value::Date(day) => (
            format!("{}/{}/{}", day.month(), day.day(), day.year()),
            json!(day.to_string()),
        ),
        Value::Moment(seconds) => {
            let day = clock::day_of(*seconds);
            let minutes = (seconds - clock::start_of(day)) / 60;
            let (hour, minute) = (minutes / 60, minutes % 60);
            let half = if hour < 12 { "AM" } else { "PM" };
            let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
            let label = format!(
                "{}/{}/{}, {hour}:{minute:02} {half}",
                day.month(),
                day.day(),
                day.year()
            );
            (label, json!(clock::report_text(*seconds)))
        }
        Value::Reference(key) => (ids.id(*key), json!(ids.id(*key))),
    };
    let named = record.and_then(Value::as_reference).map(|key| json!(ids.id(key)));
    json!({ "label": label, "value": named.unwrap_or(plain) })
}

/// A value as list views write it: a text, or nothing.
pub fn text(kind: Kind, value: &Value, ids: &IdBook) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Text(text) => Some(text.to_string()),
        Value::Number(number) => Some(value::number_text(*number, kind == Kind::Int)),
        Value::Boolean(truth) => Some(truth.to_string()),
        Value::Date(day) => Some(day.to_string()),
        Value::Moment(seconds) => Some(clock::rest_text(*seconds)),
        Value::Reference(key) => Some(ids.id(*key)),
    }
}

/// The grand total of rows.
pub fn aggregate(rows: usize) -> Json {
    json!({ "label": rows.to_string(), "value": rows })
}

/// A number with commas between thousands.
fn grouped(number: f64) -> String {
    let text = number.abs().to_string();
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut label = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            label.push(',');
        }
        label.push(digit);
    }
    let sign = if number < 0.0 { "-" } else { "" };
    format!("{sign}{label}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        for (number, label) in [
            (0.0, "0"),
            (999.0, "999"),
            (1_234_567.5, "1,234,567.5"),
            (-1000.0, "-1,000"),
        ] {
            assert_eq!(grouped(number), label);
        }
    }
}
