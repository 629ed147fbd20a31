//! Rows of a mapping as the contract takes them.

use serde_json::{Value, json};

/// A row with these members in place of the usual settings.
///
/// # Panics
/// When the settings are no JSON object.
#[must_use]
pub fn row(source: &Value, target: &str, settings: &Value) -> Value {
    let mut row = json!({
        "source": source, "target": target, "on_update": "fill_if_blank", "clear_when_blank": false, "block": null,
        "overflow": "truncate", "value_map": {}, "source_unit": null, "phone_format": "as_is",
        "date_order": "month_first", "time_zone": null, "lookup": null,
    });
    for (name, value) in settings.as_object().unwrap() {
        row[name] = value.clone();
    }
    row
}

/// A ZoomInfo field.
#[must_use]
pub fn field(field: &str, target: &str) -> Value {
    row(&json!({ "kind": "field", "field": field }), target, &json!({}))
}

/// A fixed value.
#[must_use]
pub fn fixed(value: &str, target: &str) -> Value {
    row(&json!({ "kind": "fixed", "value": value }), target, &json!({}))
}

/// A text with fields in it.
#[must_use]
pub fn template(text: &str, target: &str) -> Value {
    row(&json!({ "kind": "template", "text": text }), target, &json!({}))
}
