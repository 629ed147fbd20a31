//! Days, moments and times.
//!
//! Days that are read: `2024-10-05` and `2024/10/05`; `2024-10` (its first day, with a mark); `10/5/2024` in the row's
//! [`DateOrder`], where a number that is no month in its place is a fault and not a guess; with the day first also
//! `5.10.2024` and `5-10-2024`; and the month by its English name, `5 Oct 2024` or `October 5, 2024`. A year alone is a
//! fault, and so is one of two digits.
//!
//! Moments are such a day with a time (`14:30`, `2:30 PM`), or ISO 8601. One that names no zone is taken in the row's
//! zone; without that in UTC, with a mark. A field that takes a day gets the day that stands in the text, whatever the zone.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{RoundMode, Timestamp, TimestampRound, Unit, ZonedDateTime};

use super::zone::Zone;
use super::{FaultRule, MarkRule, Problem, TypedValue};
use crate::mapping::DateOrder;

/// Years that Salesforce stores. Source: Object Reference, "Primitive Data Types".
const YEARS: std::ops::RangeInclusive<i16> = 1700..=4000;

/// English names of the months.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day.
pub fn date(
    text: &str,
    order: DateOrder,
    label: &str,
    marks: &mut Vec<(MarkRule, String)>,
) -> Result<TypedValue, Problem> {
    let problem = || Problem::new(FaultRule::NotADate, why_no_day(text, order));
    if let Some(day) = day(text, order) {
        let date = day.noted(label, marks);
        return Ok(TypedValue::Date(in_range(date).ok_or_else(problem)?));
    }
    let date = moment(text, order)
        .map(|moment| moment.day_in(text))
        .ok_or_else(problem)?;
    marks.push((
        MarkRule::TimeDropped,
        format!("{label} takes a day, so the time was left out"),
    ));
    Ok(TypedValue::Date(in_range(date).ok_or_else(problem)?))
}

/// A moment.
pub fn datetime(
    text: &str,
    order: DateOrder,
    zone: Option<&Zone>,
    label: &str,
    marks: &mut Vec<(MarkRule, String)>,
) -> Result<TypedValue, Problem> {
    let problem = || {
        Problem::new(
            FaultRule::NotADateTime,
            "is not a date and time such as 2024-10-05T14:30:00Z",
        )
    };
    let in_utc = |moment: DateTime| TimeZone::UTC.to_timestamp(moment).ok();
    let timestamp = if let Some(day) = day(text, order) {
        let midnight = day.noted(label, marks).to_datetime(Time::midnight());
        let place = zone.map_or("UTC", Zone::name);
        marks.push((
            MarkRule::TimeAssumed,
            format!("{label} takes a time, so midnight {place} was written"),
        ));
        zone.map_or_else(|| in_utc(midnight), |zone| zone.first_from(midnight))
    } else {
        match (moment(text, order), zone) {
            (Some(Moment::Exact(timestamp)), _) => Some(timestamp),
            (Some(Moment::WithoutZone(moment)), Some(zone)) => zone.timestamp(moment, label, marks)?,
            (Some(Moment::WithoutZone(moment)), None) => {
                marks.push((
                    MarkRule::ZoneAssumed,
                    format!("{label} has no time zone in the list, so UTC was taken"),
                ));
                in_utc(moment)
            }
            (None, _) => None,
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

/// A time of day, `14:30`, `14:30:00` or `2:30 PM`.
pub fn time(text: &str) -> Result<TypedValue, Problem> {
    clock(text)
        .map(TypedValue::Time)
        .ok_or_else(|| Problem::new(FaultRule::NotATime, "is not a time such as 14:30"))
}

/// A day as a text tells it.
pub(crate) struct Day {
    /// The day; the first of the month when the text names none.
    pub date: Date,
    /// Whether the text names a day, and not only a month.
    pub is_told: bool,
}

impl Day {
    fn told(date: Result<Date, jiff::Error>) -> Option<Self> {
        date.ok().map(|date| Self { date, is_told: true })
    }

    fn noted(self, label: &str, marks: &mut Vec<(MarkRule, String)>) -> Date {
        if !self.is_told {
            marks.push((
                MarkRule::DayAssumed,
                format!("{label} names a month, so its first day was written"),
            ));
        }
        self.date
    }
}

/// The day that a text tells, with or without a time.
pub(crate) fn written_day(text: &str, order: DateOrder) -> Option<Day> {
    day(text, order).or_else(|| {
        let date = moment(text, order)?.day_in(text);
        Some(Day { date, is_told: true })
    })
}

/// Why a text is no day, in words that follow it.
pub(crate) fn why_no_day(text: &str, order: DateOrder) -> String {
    let (named, other) = match order {
        DateOrder::MonthFirst => ("month", DateOrder::DayFirst),
        DateOrder::DayFirst => ("day", DateOrder::MonthFirst),
    };
    if written_day(text, other).is_some() {
        format!("is not a date with the {named} first, as the row reads dates")
    } else {
        "is not a date such as 2024-10-05".to_owned()
    }
}

fn day(text: &str, order: DateOrder) -> Option<Day> {
    let small = |number: i16| i8::try_from(number).ok();
    for separator in ['-', '/', '.'] {
        let Some(parts) = numbers(text, separator) else {
            continue;
        };
        return match (parts.as_slice(), separator, order) {
            ([(year, 4), (month, 1 | 2)], '-', _) => {
                let date = Date::new(*year, small(*month)?, 1).ok()?;
                Some(Day { date, is_told: false })
            }
            ([(year, 4), (month, 1 | 2), (day, 1 | 2)], '-' | '/', _)
            | ([(month, 1 | 2), (day, 1 | 2), (year, 4)], '/', DateOrder::MonthFirst)
            | ([(day, 1 | 2), (month, 1 | 2), (year, 4)], _, DateOrder::DayFirst) => {
                Day::told(Date::new(*year, small(*month)?, small(*day)?))
            }
            _ => None,
        };
    }
    named_month(text)
}

/// Numbers of one to four digits with a separator between them, each with the count of its digits.
fn numbers(text: &str, separator: char) -> Option<Vec<(i16, usize)>> {
    if text.len() > "2024-10-05".len() || !text.contains(separator) {
        return None;
    }
    text.split(separator).map(number).collect()
}

fn number(text: &str) -> Option<(i16, usize)> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits
        .then(|| text.parse().ok())?
        .map(|number| (number, text.len()))
}

/// `5 Oct 2024`, `5-Oct-2024`, `October 5, 2024`.
fn named_month(text: &str) -> Option<Day> {
    if text.len() > "30 September, 2024 ".len() {
        return None;
    }
    let words: Vec<&str> = text
        .split([' ', ',', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let month = |word: &str| {
        let word = word.trim_end_matches('.');
        let place = MONTHS.iter().position(|name| {
            name.eq_ignore_ascii_case(word) || (word.len() == 3 && name[..3].eq_ignore_ascii_case(word))
        })?;
        i8::try_from(place + 1).ok()
    };
    let [first, second, year] = words.as_slice() else {
        return None;
    };
    let (year, 4) = number(year)? else { return None };
    let (month, day) = match (month(first), month(second)) {
        (Some(month), None) => (month, second),
        (None, Some(month)) => (month, first),
        _ => return None,
    };
    let (day, 1 | 2) = number(day)? else { return None };
    Day::told(Date::new(year, month, i8::try_from(day).ok()?))
}

enum Moment {
    Exact(Timestamp),
    WithoutZone(DateTime),
}

impl Moment {
    /// The day that stands in the text itself, before its offset moves it.
    fn day_in(&self, text: &str) -> Date {
        match self {
            Self::Exact(timestamp) => {
                let written = text.get(..10).and_then(|day| day.parse().ok());
                written.unwrap_or_else(|| TimeZone::UTC.to_datetime(*timestamp).date())
            }
            Self::WithoutZone(moment) => moment.date(),
        }
    }
}

fn moment(text: &str, order: DateOrder) -> Option<Moment> {
    // A day alone is no moment, although a lenient reader takes it for one.
    let colon = text.find(':')?;
    if text.contains('[') {
        return text
            .parse::<ZonedDateTime>()
            .ok()
            .map(|moment| Moment::Exact(moment.timestamp()));
    }
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(Moment::Exact(timestamp));
    }
    if let Ok(moment) = text.parse::<DateTime>() {
        return Some(Moment::WithoutZone(moment));
    }
    let gap = text[..colon].rfind(' ')?;
    let day = day(text[..gap].trim_end_matches([' ', ',']), order).filter(|day| day.is_told)?;
    let time = clock(&text[gap + 1..])?;
    Some(Moment::WithoutZone(day.date.to_datetime(time)))
}

fn clock(text: &str) -> Option<Time> {
    if text.len() > "12:30:00 PM".len() {
        return None;
    }
    let upper = text.to_ascii_uppercase();
    let (digits, half) = match (upper.strip_suffix("AM"), upper.strip_suffix("PM")) {
        (Some(rest), _) => (rest.trim_end(), Some(0)),
        (_, Some(rest)) => (rest.trim_end(), Some(12)),
        _ => (upper.as_str(), None),
    };
    let numbers: Option<Vec<(i16, usize)>> = digits.split(':').map(number).collect();
    let (hour, minute, second) = match numbers?.as_slice() {
        [(hour, 1 | 2), (minute, 2)] => (*hour, *minute, 0),
        [(hour, 1 | 2), (minute, 2), (second, 2)] => (*hour, *minute, *second),
        _ => return None,
    };
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    let small = |number: i16| i8::try_from(number).ok();
    Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()
}

fn in_range(date: Date) -> Option<Date> {
    YEARS.contains(&date.year()).then_some(date)
}
