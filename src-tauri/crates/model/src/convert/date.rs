//! Days, moments and times.
//!
//! Shapes that are read: `2024-10-05`, `2024-10` (its first day, with a mark), `10/5/2024` (month first, as ZoomInfo
//! writes it; a first number above 12 is a fault, not a guess), and ISO 8601 moments. A year alone is a fault.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{RoundMode, Timestamp, TimestampRound, Unit};

use super::{FaultRule, MarkRule, Problem, TypedValue};

/// Years that Salesforce stores. Source: Object Reference, "Primitive Data Types".
const YEARS: std::ops::RangeInclusive<i16> = 1700..=4000;

/// A day.
pub fn date(text: &str, label: &str, marks: &mut Vec<(MarkRule, String)>) -> Result<TypedValue, Problem> {
    let problem = || Problem::new(FaultRule::NotADate, "is not a date such as 2024-10-05");
    if let Some(date) = day(text, label, marks) {
        return Ok(TypedValue::Date(in_range(date).ok_or_else(problem)?));
    }
    let date = match moment(text) {
        Some(Moment::Exact(timestamp)) => {
            local_day(text).unwrap_or_else(|| TimeZone::UTC.to_datetime(timestamp).date())
        }
        Some(Moment::WithoutZone(moment)) => moment.date(),
        None => return Err(problem()),
    };
    marks.push((
        MarkRule::TimeDropped,
        format!("{label} takes a day, so the time was left out"),
    ));
    Ok(TypedValue::Date(in_range(date).ok_or_else(problem)?))
}

/// A moment.
pub fn datetime(text: &str, label: &str, marks: &mut Vec<(MarkRule, String)>) -> Result<TypedValue, Problem> {
    let problem = || {
        Problem::new(
            FaultRule::NotADateTime,
            "is not a date and time such as 2024-10-05T14:30:00Z",
        )
    };
    let in_utc = |moment: DateTime| TimeZone::UTC.to_timestamp(moment).ok();
    let timestamp = if let Some(date) = day(text, label, marks) {
        marks.push((
            MarkRule::TimeAssumed,
            format!("{label} takes a time, so midnight UTC was written"),
        ));
        in_utc(date.to_datetime(Time::midnight()))
    } else {
        match moment(text) {
            Some(Moment::Exact(timestamp)) => Some(timestamp),
            Some(Moment::WithoutZone(moment)) => {
                marks.push((
                    MarkRule::ZoneAssumed,
                    format!("{label} has no time zone in the list, so UTC was taken"),
                ));
                in_utc(moment)
            }
            None => None,
        }
    };
    let timestamp = timestamp.ok_or_else(problem)?;
    in_range(TimeZone::UTC.to_datetime(timestamp).date()).ok_or_else(problem)?;
    // Salesforce keeps whole seconds; milliseconds are as fine as its formats write.
    let to_milliseconds = TimestampRound::new()
        .smallest(Unit::Millisecond)
        .mode(RoundMode::Trunc);
    let timestamp = timestamp.round(to_milliseconds).map_err(|_| problem())?;
    Ok(TypedValue::DateTime(timestamp))
}

/// A time of day, `14:30` or `14:30:00`.
pub fn time(text: &str) -> Result<TypedValue, Problem> {
    let well_formed =
        matches!(text.len(), 4..=8) && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let padded = if text.find(':') == Some(1) {
        format!("0{text}")
    } else {
        text.to_owned()
    };
    let time = padded
        .parse::<Time>()
        .ok()
        .filter(|_| well_formed && padded.contains(':'));
    time.map(TypedValue::Time)
        .ok_or_else(|| Problem::new(FaultRule::NotATime, "is not a time such as 14:30"))
}

fn day(text: &str, label: &str, marks: &mut Vec<(MarkRule, String)>) -> Option<Date> {
    let numbers = |separator: char| -> Option<Vec<(i16, usize)>> {
        text.split(separator)
            .map(|part| {
                let digits = (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
                if digits {
                    part.parse().ok().map(|number| (number, part.len()))
                } else {
                    None
                }
            })
            .collect()
    };
    let small = |number: i16| i8::try_from(number).ok();
    if let Some(parts) = numbers('-') {
        return match parts.as_slice() {
            [(year, 4), (month, 1 | 2), (day, 1 | 2)] => Date::new(*year, small(*month)?, small(*day)?).ok(),
            [(year, 4), (month, 1 | 2)] => {
                let date = Date::new(*year, small(*month)?, 1).ok()?;
                marks.push((
                    MarkRule::DayAssumed,
                    format!("{label} names a month, so its first day was written"),
                ));
                Some(date)
            }
            _ => None,
        };
    }
    match numbers('/')?.as_slice() {
        [(month, 1 | 2), (day, 1 | 2), (year, 4)] => Date::new(*year, small(*month)?, small(*day)?).ok(),
        _ => None,
    }
}

enum Moment {
    Exact(Timestamp),
    WithoutZone(DateTime),
}

fn moment(text: &str) -> Option<Moment> {
    // A day alone is no moment, although a lenient reader takes it for one.
    if !text.contains(':') {
        return None;
    }
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(Moment::Exact(timestamp));
    }
    text.parse::<DateTime>().ok().map(Moment::WithoutZone)
}

/// The day that stands in the text itself, before its offset moves it.
fn local_day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

fn in_range(date: Date) -> Option<Date> {
    YEARS.contains(&date.year()).then_some(date)
}
