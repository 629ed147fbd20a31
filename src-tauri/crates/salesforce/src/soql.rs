//! SOQL literals. Every value that goes into a query passes through here; there is no other escaping (SOQL and
//! SOSL Reference, "Quoted String Escape Sequences", "Date Formats").

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::Date;

/// A value in a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// Text, an id, a picklist value.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Digits with an optional sign and point, e.g. `-12.50`; anything else becomes quoted text.
    Decimal(String),
    /// True or false.
    Boolean(bool),
    /// A date without time.
    Date(Date),
    /// A point in time, to the second.
    DateTime(Timestamp),
    /// No value.
    Null,
}

impl Literal {
    /// The literal as it stands in a query.
    #[must_use]
    pub fn to_soql(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Integer(number) => number.to_string(),
            Self::Decimal(digits) if is_decimal(digits) => digits.clone(),
            Self::Decimal(other) => quoted(other),
            Self::Boolean(yes) => yes.to_string(),
            Self::Date(date) => date.strftime("%Y-%m-%d").to_string(),
            Self::DateTime(time) => time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            Self::Null => "null".to_owned(),
        }
    }
}

/// A text as a quoted literal: `O'Neil` gives `'O\'Neil'`.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("'{}'", escape(text))
}

/// A pattern for `LIKE` that matches texts beginning with this one; its own `%` and `_` are no wildcards.
#[must_use]
pub fn beginning_with(text: &str) -> String {
    format!("'{}%'", escape(text).replace('%', "\\%").replace('_', "\\_"))
}

/// A pattern for `LIKE` that matches texts with this one in them; its own `%` and `_` are no wildcards.
#[must_use]
pub fn containing(text: &str) -> String {
    format!("'%{}%'", escape(text).replace('%', "\\%").replace('_', "\\_"))
}

/// A list for `IN`: `('a','b')`. An empty list is not valid SOQL, so it gives `(null)`.
#[must_use]
pub fn in_list<T: AsRef<str>>(values: &[T]) -> String {
    if values.is_empty() {
        return "(null)".to_owned();
    }
    let quoted_values: Vec<String> = values.iter().map(|value| quoted(value.as_ref())).collect();
    format!("({})", quoted_values.join(","))
}

/// Cuts values into runs whose `IN` list, encoded for an address, stays within a number of bytes. A value longer
/// than that stands alone.
pub fn in_list_runs<T: AsRef<str>>(values: &[T], longest_bytes: usize) -> Vec<&[T]> {
    let mut runs = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, value) in values.iter().enumerate() {
        let size: usize = url::form_urlencoded::byte_serialize(quoted(value.as_ref()).as_bytes())
            .map(str::len)
            .sum();
        let with_comma = size + 3;
        if index > start && bytes + with_comma > longest_bytes {
            runs.push(&values[start..index]);
            (start, bytes) = (index, 0);
        }
        bytes += with_comma;
    }
    if start < values.len() {
        runs.push(&values[start..]);
    }
    runs
}

/// Whether a text is an API name or a path of them (`Account.Owner.Name`), so that it may stand unquoted.
#[must_use]
pub fn is_api_name(name: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_alphabetic())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    !name.is_empty() && name.split('.').all(part)
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\\\"),
            '\'' => escaped.push_str("\\'"),
            '"' => escaped.push_str("\\\""),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '\u{8}' => escaped.push_str("\\b"),
            '\u{c}' => escaped.push_str("\\f"),
            control if control.is_control() => {
                // Writing to a String cannot fail.
                let written = write!(escaped, "\\u{:04X}", u32::from(control));
                debug_assert!(written.is_ok());
            }
            other => escaped.push(other),
        }
    }
    escaped
}

fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}
