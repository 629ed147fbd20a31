//! Records as REST prints them. Written as text, in the order asked for, without building a tree.

use std::fmt::Write;

use super::{Records, Row};
use crate::{
    clock,
    schema::{Kind, Role},
    value::{Key, Value},
};

/// Appends a text as a JSON string.
pub fn push_json_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => push_display(out, format_args!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
}

/// Appends anything printable. Writing to a `String` cannot fail.
fn push_display(out: &mut String, shown: std::fmt::Arguments<'_>) {
    let written = out.write_fmt(shown);
    debug_assert!(written.is_ok());
}

/// Appends a value; `kind` decides how numbers are printed.
pub fn push_value(out: &mut String, records: &Records, kind: Kind, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Text(text) => push_json_text(out, text),
        Value::Number(number) if kind == Kind::Int => push_display(out, format_args!("{number:.0}")),
        Value::Number(number) => push_display(out, format_args!("{number:?}")),
        Value::Boolean(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Date(day) => push_display(out, format_args!("\"{day}\"")),
        Value::Moment(seconds) => push_json_text(out, &clock::rest_text(*seconds)),
        Value::Reference(key) => push_json_text(out, &records.ids.id(*key)),
    }
}

/// Appends the `attributes` member's value of a record.
pub fn push_attributes(out: &mut String, records: &Records, key: Key, version: &str) {
    let object = records.schema.object(usize::from(key.object)).name;
    let id = records.ids.id(key);
    push_display(
        out,
        format_args!(
            "{{\"type\":\"{object}\",\"url\":\"/services/data/v{version}/sobjects/{object}/{id}\"}}"
        ),
    );
}

/// Appends a field's value, compound fields included.
pub fn push_field(out: &mut String, records: &Records, key: Key, row: &Row, field: u16) {
    let definition = records.field(key.object, field);
    match definition.role {
        Role::Address(prefix) => push_compound(out, records, key, row, prefix, &ADDRESS_PARTS),
        Role::Location(prefix) => push_compound(out, records, key, row, prefix, &LOCATION_PARTS),
        _ => push_value(out, records, definition.kind, &records.value(key, row, field)),
    }
}

/// Appends a record with its attributes and the given fields.
pub fn push_record(out: &mut String, records: &Records, key: Key, row: &Row, fields: &[u16], version: &str) {
    out.push_str("{\"attributes\":");
    push_attributes(out, records, key, version);
    for field in fields {
        out.push(',');
        push_json_text(out, records.field(key.object, *field).name);
        out.push(':');
        push_field(out, records, key, row, *field);
    }
    out.push('}');
}

/// Members of an address and how the fields that they come from end.
const ADDRESS_PARTS: [(&str, &str); 8] = [
    ("city", "City"),
    ("country", "Country"),
    ("geocodeAccuracy", "GeocodeAccuracy"),
    ("latitude", "Latitude"),
    ("longitude", "Longitude"),
    ("postalCode", "PostalCode"),
    ("state", "State"),
    ("street", "Street"),
];
/// Members of a geolocation and how the fields that they come from end.
const LOCATION_PARTS: [(&str, &str); 2] = [("latitude", "__Latitude__s"), ("longitude", "__Longitude__s")];

fn push_compound(
    out: &mut String,
    records: &Records,
    key: Key,
    row: &Row,
    prefix: &str,
    parts: &[(&str, &str)],
) {
    let values: Vec<_> = parts
        .iter()
        .map(|(member, part)| (*member, records.named(key, row, &format!("{prefix}{part}"))))
        .collect();
    if values.iter().all(|(_, value)| value.is_null()) {
        out.push_str("null");
        return;
    }
    for (position, (member, value)) in values.iter().enumerate() {
        out.push(if position == 0 { '{' } else { ',' });
        push_json_text(out, member);
        out.push(':');
        push_value(out, records, Kind::Double, value);
    }
    out.push('}');
}
