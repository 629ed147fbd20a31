//! Reads records without losing digits: a number that a 64-bit float would change comes as text of its digits.
//! (Currency fields hold up to 18 digits; a float about 16.)

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

/// Records nest by relationships and sub-queries, a handful deep.
const DEEPEST: usize = 64;

pub(crate) fn object(raw: &RawValue) -> Result<Map<String, Value>, serde_json::Error> {
    match value(raw, 0)? {
        Value::Object(map) => Ok(map),
        _ => Err(serde_json::Error::custom("a record is not an object")),
    }
}

fn value(raw: &RawValue, depth: usize) -> Result<Value, serde_json::Error> {
    if depth > DEEPEST {
        return Err(serde_json::Error::custom("a record is nested too deeply"));
    }
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'{') => {
            let parts: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
            let pairs = parts
                .into_iter()
                .map(|(key, part)| Ok((key, value(part, depth + 1)?)));
            pairs.collect::<Result<Map<_, _>, _>>().map(Value::Object)
        }
        Some(b'[') => {
            let parts: Vec<&RawValue> = serde_json::from_str(text)?;
            parts
                .into_iter()
                .map(|part| value(part, depth + 1))
                .collect::<Result<_, _>>()
                .map(Value::Array)
        }
        Some(b'-' | b'0'..=b'9') => Ok(number(text)),
        _ => serde_json::from_str(text),
    }
}

fn number(text: &str) -> Value {
    if let Ok(whole) = text.parse::<i64>() {
        return whole.into();
    }
    if let Ok(whole) = text.parse::<u64>() {
        return whole.into();
    }
    let float = text
        .parse::<f64>()
        .ok()
        .filter(|float| digits(text) == digits(&float.to_string()));
    float
        .and_then(Number::from_f64)
        .map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

/// Sign, significant digits and exponent of a decimal, so that `12.50`, `12.5` and `125e-1` are equal.
fn digits(text: &str) -> (bool, String, i64) {
    let negative = text.starts_with('-');
    let unsigned = text.trim_start_matches('-');
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0');
    let trimmed = significant.trim_end_matches('0');
    if trimmed.is_empty() {
        return (negative, String::new(), 0);
    }
    let dropped = length(significant) - length(trimmed);
    let exponent = exponent.parse::<i64>().unwrap_or(i64::MAX / 2);
    (
        negative,
        trimmed.to_owned(),
        exponent.saturating_sub(length(fraction)).saturating_add(dropped),
    )
}

fn length(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(i64::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Map<String, Value> {
        object(&serde_json::from_str::<Box<RawValue>>(text).unwrap()).unwrap()
    }

    #[test]
    fn keeps_every_digit() {
        let record = read(
            r#"{"A":1234567890123456.78,"B":12.50,"C":9007199254740993,"D":-0.1,"E":1e3,"F":{"G":[null]}}"#,
        );
        assert_eq!(record["A"], "1234567890123456.78");
        assert_eq!(record["B"], 12.5);
        assert_eq!(record["C"], 9_007_199_254_740_993_i64);
        assert_eq!(record["D"], -0.1);
        assert_eq!(record["E"], 1000.0);
        assert_eq!(record["F"]["G"][0], Value::Null);
    }

    #[test]
    fn refuses_bottomless_nesting() {
        let text = format!("{{\"A\":{}{}}}", "[".repeat(100), "]".repeat(100));
        let raw: Box<RawValue> = serde_json::from_str(&text).unwrap();
        assert!(object(&raw).is_err());
    }
}
