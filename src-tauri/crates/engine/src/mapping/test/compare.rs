//! What a field was sent, beside what Salesforce holds: the same by the field's type, cut, or changed.

use std::collections::BTreeSet;

use jiff::Timestamp;
use model::{Decimal, FieldKind};
use serde_json::Value;

/// What a field became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Became {
    /// What was sent.
    Same,
    /// The beginning of it.
    Cut,
    /// Something else.
    Other,
    /// Nothing.
    Empty,
}

/// Compares by type: numbers by value, moments by second, several choices in any order, ids with or without their check
/// characters, text without blanks at its end.
pub(super) fn compare(kind: FieldKind, sent: &Value, now: &Value) -> Became {
    let (sent_text, now_text) = (text(sent), text(now));
    let (before, after) = (plain(&sent_text), plain(&now_text));
    if before == after || same(kind, &before, &after) {
        Became::Same
    } else if after.is_empty() {
        Became::Empty
    } else if is_text(kind) && before.starts_with(&after) {
        Became::Cut
    } else {
        Became::Other
    }
}

/// A value as text; blank for none.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        // A lookup is sent as the other record's external id.
        Value::Object(members) => members.values().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Line breaks of one kind, and no blanks at the ends: Salesforce trims both, and stores its own line breaks.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

fn is_text(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::String
            | FieldKind::Textarea
            | FieldKind::Encryptedstring
            | FieldKind::Combobox
            | FieldKind::Phone
            | FieldKind::Email
            | FieldKind::Url
    )
}

fn same(kind: FieldKind, before: &str, after: &str) -> bool {
    match kind {
        kind if kind.is_number() => match (before.parse::<Decimal>(), after.parse::<Decimal>()) {
            (Ok(before), Ok(after)) => before == after,
            _ => before.parse::<f64>().is_ok_and(|before| {
                after
                    .parse::<f64>()
                    .is_ok_and(|after| before.to_bits() == after.to_bits())
            }),
        },
        // A checkbox is never without a value.
        FieldKind::Boolean => {
            let is_true = |text: &str| text.eq_ignore_ascii_case("true");
            is_true(before) == is_true(after)
        }
        FieldKind::Datetime => match (before.parse::<Timestamp>(), after.parse::<Timestamp>()) {
            (Ok(before), Ok(after)) => before.as_second() == after.as_second(),
            _ => false,
        },
        FieldKind::Multipicklist => choices(before) == choices(after),
        FieldKind::Email => before.eq_ignore_ascii_case(after),
        FieldKind::Reference => match (before.get(..15), after.get(..15)) {
            (Some(short), Some(other)) => short == other && (before.len(), after.len()) <= (18, 18),
            _ => false,
        },
        _ => false,
    }
}

fn choices(text: &str) -> BTreeSet<&str> {
    text.split(';')
        .map(str::trim)
        .filter(|choice| !choice.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_same_value_may_be_written_otherwise() {
        let same = [
            (FieldKind::Double, json!(12.5), json!(12.50)),
            (
                FieldKind::Currency,
                json!("12345678901234567.89"),
                json!("12345678901234567.890"),
            ),
            (FieldKind::Currency, json!(40), json!(40.0)),
            (FieldKind::Boolean, json!(false), Value::Null),
            (
                FieldKind::Datetime,
                json!("2026-03-01T08:00:00.000Z"),
                json!("2026-03-01T08:00:00.000+0000"),
            ),
            (FieldKind::Multipicklist, json!("b;a"), json!("a;b")),
            (FieldKind::String, json!("Okafor  "), json!("Okafor")),
            (FieldKind::Textarea, json!("one\ntwo"), json!("one\r\ntwo")),
            (
                FieldKind::Email,
                json!("Ada@Tarn.example"),
                json!("ada@tarn.example"),
            ),
            (
                FieldKind::Reference,
                json!("001000000000001"),
                json!("001000000000001AAA"),
            ),
        ];
        for (kind, sent, now) in same {
            assert_eq!(compare(kind, &sent, &now), Became::Same, "{kind:?} {sent} {now}");
        }
    }

    #[test]
    fn what_is_different_is_told_apart() {
        let different = [
            (
                FieldKind::Phone,
                json!("219.606.2399"),
                json!("(219) 606-2399"),
                Became::Other,
            ),
            (
                FieldKind::String,
                json!("A long name"),
                json!("A long"),
                Became::Cut,
            ),
            (FieldKind::String, json!("A"), Value::Null, Became::Empty),
            (FieldKind::Double, json!(12.5), json!(12.4), Became::Other),
            (FieldKind::Picklist, json!("Hot"), json!("hot"), Became::Other),
            (FieldKind::Boolean, json!(true), json!(false), Became::Other),
            (
                FieldKind::Reference,
                json!("001000000000001AAA"),
                json!("001000000000002AAA"),
                Became::Other,
            ),
        ];
        for (kind, sent, now, became) in different {
            assert_eq!(compare(kind, &sent, &now), became, "{kind:?} {sent} {now}");
        }
    }

    proptest! {
        #[test]
        fn a_text_is_itself_and_no_other(sent in "[a-c ]{0,6}", now in "[a-c ]{0,6}") {
            let became = compare(FieldKind::String, &json!(sent), &json!(now));
            prop_assert_eq!(became == Became::Same, sent.trim() == now.trim());
        }
    }
}
