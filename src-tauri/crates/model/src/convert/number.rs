//! Numbers, money and percentages.
//!
//! Salesforce stores 12 for 12 %. A percent field takes `12%` as 12 whatever the row's unit, for the sign says what is
//! meant; a plain number is percent (12 gives 12), or with the unit [`Unit::Fraction`] parts of one (0.12 gives 12, and 12
//! gives 1200). Both units mean nothing to other numbers. A `%` where the field is no percent field is a fault.

use super::{Decimal, FaultRule, MarkRule, Problem, TypedValue};
use crate::target::{FieldKind, TargetField};
use crate::zoominfo_field::Unit;

/// Digits that a field takes.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    whole_digits: Option<u32>,
    scale: u32,
}

impl Limits {
    /// The limits of a field. Source: Salesforce's REST API Developer Guide, "sObject Describe": digits before the point
    /// are `precision - scale`; whole numbers have `digits`.
    pub fn of(field: &TargetField) -> Self {
        let whole_digits = match field.kind {
            FieldKind::Int | FieldKind::Long => (field.digits > 0).then_some(field.digits),
            _ => (field.precision > 0).then(|| field.precision.saturating_sub(field.scale)),
        };
        Self {
            whole_digits,
            scale: field.scale,
        }
    }
}

/// A number in the field's unit: amounts in thousands are multiplied, exactly. More decimals than the field has are
/// rounded, with a mark; more digits before the point are a fault.
pub fn number(
    text: &str,
    kind: FieldKind,
    unit: Option<Unit>,
    limits: &Limits,
    label: &str,
    marks: &mut Vec<(MarkRule, String)>,
) -> Result<TypedValue, Problem> {
    let too_many = |most: u32| {
        Problem::new(
            FaultRule::TooManyDigits,
            format!("has more than the {most} digits before the point that fit"),
        )
    };
    let not_a_number = || Problem::new(FaultRule::NotANumber, "is not a number");
    let digits = match (kind, text.strip_suffix('%')) {
        (FieldKind::Percent, Some(digits)) => Some(digits.trim_end()),
        _ => None,
    };
    let read = read(digits.unwrap_or(text), kind).ok_or_else(not_a_number)?;
    let value = match unit {
        Some(Unit::ThousandsOfUsd) if digits.is_none() => read.thousandfold(),
        Some(Unit::Fraction) if kind == FieldKind::Percent && digits.is_none() => read.hundredfold(),
        _ => Some(read),
    };
    let value = value.ok_or_else(|| too_many(limits.whole_digits.unwrap_or(18)))?;
    if matches!(kind, FieldKind::Int | FieldKind::Long) {
        if !value.is_whole() {
            return Err(Problem::new(FaultRule::NotWhole, "is not a whole number"));
        }
        let fits = match kind {
            FieldKind::Int => value.to_i64().is_some_and(|value| i32::try_from(value).is_ok()),
            _ => value.to_i64().is_some(),
        };
        if !fits {
            return Err(Problem::new(
                FaultRule::TooManyDigits,
                "is too large for the field",
            ));
        }
    }
    let rounded = if limits.whole_digits.is_some() {
        value.rounded(limits.scale)
    } else {
        value
    };
    if let Some(most) = limits.whole_digits
        && rounded.whole_digits() > most
    {
        return Err(too_many(most));
    }
    if rounded != value {
        marks.push((
            MarkRule::Rounded,
            format!("{label} was rounded from {value} to {rounded}"),
        ));
    }
    Ok(TypedValue::Number(rounded))
}

/// Reads plain digits, a currency's `$` or `USD`, and commas between groups of three digits.
fn read(text: &str, kind: FieldKind) -> Option<Decimal> {
    let text = text.trim();
    if kind == FieldKind::Currency {
        let (sign, amount) = text.strip_prefix('-').map_or(("", text), |amount| ("-", amount));
        let amount = amount
            .strip_prefix("USD")
            .or_else(|| amount.strip_prefix('$'))
            .unwrap_or(amount)
            .trim_start();
        let amount = amount.strip_suffix("USD").unwrap_or(amount).trim_end();
        return grouped(&format!("{sign}{amount}"));
    }
    grouped(text)
}

fn grouped(text: &str) -> Option<Decimal> {
    if !text.contains(',') {
        return text.parse().ok();
    }
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let well_grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    if !well_grouped || fraction.is_some_and(|fraction| fraction.contains(',')) {
        return None;
    }
    let point = if fraction.is_some() { "." } else { "" };
    format!(
        "{sign}{}{point}{}",
        whole.replace(',', ""),
        fraction.unwrap_or_default()
    )
    .parse()
    .ok()
}
