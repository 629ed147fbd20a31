//! Values as `FORMAT()` shows them: in the way of the org's locale, en_US (SOQL guide, FORMAT()).

use crate::{clock, schema::Field, schema::Kind, value::Value};

/// A value in the locale's way; `None` for nothing and for what is printed as it is.
pub fn localized(field: &Field, value: &Value) -> Option<String> {
    match (value, field.kind) {
        (Value::Number(number), Kind::Currency) => {
            let sign = if *number < 0.0 { "-" } else { "" };
            Some(format!("{sign}${}", grouped(number.abs(), field.scale)))
        }
        (Value::Number(number), Kind::Percent) => Some(format!("{}%", grouped(*number, field.scale))),
        (Value::Number(number), _) => Some(grouped(*number, field.scale)),
        (Value::Date(day), _) => Some(format!("{}/{}/{}", day.month(), day.day(), day.year())),
        (Value::Moment(moment), _) => {
            let day = clock::day_of(*moment);
            let minutes = (moment - clock::start_of(day)) / 60;
            let (hour, minute) = (minutes / 60, minutes % 60);
            let half = if hour < 12 { "AM" } else { "PM" };
            let hour = (hour + 11) % 12 + 1;
            Some(format!(
                "{}/{}/{}, {hour}:{minute:02} {half}",
                day.month(),
                day.day(),
                day.year()
            ))
        }
        _ => None,
    }
}

/// A number with commas between its thousands.
fn grouped(number: f64, scale: u32) -> String {
    let text = format!("{number:.*}", usize::try_from(scale).unwrap_or(0));
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = sign.to_owned();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}
