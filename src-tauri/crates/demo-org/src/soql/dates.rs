//! Date literals (SOQL guide, date formats and date literals), in UTC, weeks from Sunday, fiscal years as
//! calendar years.

use jiff::{Span, ToSpan, civil::Date};

use crate::clock;

/// The span of a literal as seconds since 1970, from and up to (not with); `None` when there is no such literal.
pub fn span(name: &str, number: Option<i32>, today: Date) -> Option<(i64, i64)> {
    let (from, until) = days(name, number, today)?;
    Some((clock::start_of(from), clock::start_of(until)))
}

fn days(name: &str, number: Option<i32>, today: Date) -> Option<(Date, Date)> {
    let Some(count) = number else {
        return fixed(name, today);
    };
    if !(0..=10_000).contains(&count) {
        return None;
    }
    let tomorrow = plus(today, 1.day())?;
    match name {
        "LAST_N_DAYS" => return Some((plus(today, (-count).days())?, tomorrow)),
        "NEXT_N_DAYS" => return Some((tomorrow, plus(tomorrow, count.days())?)),
        "N_DAYS_AGO" => {
            let day = plus(today, (-count).days())?;
            return Some((day, plus(day, 1.day())?));
        }
        _ => {}
    }
    let (unit, direction) = [
        ("WEEKS", Unit::Week),
        ("MONTHS", Unit::Month),
        ("QUARTERS", Unit::Quarter),
        ("YEARS", Unit::Year),
        ("FISCAL_QUARTERS", Unit::Quarter),
        ("FISCAL_YEARS", Unit::Year),
    ]
    .into_iter()
    .find_map(|(plural, unit)| {
        let directions = [
            (format!("LAST_N_{plural}"), -1),
            (format!("NEXT_N_{plural}"), 1),
            (format!("N_{plural}_AGO"), 0),
        ];
        directions
            .into_iter()
            .find(|(known, _)| known == name)
            .map(|(_, direction)| (unit, direction))
    })?;
    let this = unit.start(today)?;
    match direction {
        -1 => Some((unit.shift(this, -count)?, this)),
        1 => {
            let next = unit.shift(this, 1)?;
            Some((next, unit.shift(next, count)?))
        }
        _ => Some((unit.shift(this, -count)?, unit.shift(this, 1 - count)?)),
    }
}

fn fixed(name: &str, today: Date) -> Option<(Date, Date)> {
    let tomorrow = plus(today, 1.day())?;
    match name {
        "TODAY" => return Some((today, tomorrow)),
        "YESTERDAY" => return Some((plus(today, (-1).day())?, today)),
        "TOMORROW" => return Some((tomorrow, plus(tomorrow, 1.day())?)),
        "LAST_90_DAYS" => return Some((plus(today, (-90).days())?, tomorrow)),
        "NEXT_90_DAYS" => return Some((tomorrow, plus(tomorrow, 90.days())?)),
        _ => {}
    }
    let (place, unit) = name.split_once('_')?;
    let unit = match unit {
        "WEEK" => Unit::Week,
        "MONTH" => Unit::Month,
        "QUARTER" | "FISCAL_QUARTER" => Unit::Quarter,
        "YEAR" | "FISCAL_YEAR" => Unit::Year,
        _ => return None,
    };
    let shift = match place {
        "LAST" => -1,
        "THIS" => 0,
        "NEXT" => 1,
        _ => return None,
    };
    let from = unit.shift(unit.start(today)?, shift)?;
    Some((from, unit.shift(from, 1)?))
}

#[derive(Clone, Copy)]
enum Unit {
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    fn start(self, day: Date) -> Option<Date> {
        match self {
            Self::Week => plus(day, (-i32::from(day.weekday().to_sunday_zero_offset())).days()),
            Self::Month => Date::new(day.year(), day.month(), 1).ok(),
            Self::Quarter => Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).ok(),
            Self::Year => Date::new(day.year(), 1, 1).ok(),
        }
    }

    fn shift(self, day: Date, count: i32) -> Option<Date> {
        match self {
            Self::Week => plus(day, count.weeks()),
            Self::Month => plus(day, count.months()),
            Self::Quarter => plus(day, (count * 3).months()),
            Self::Year => plus(day, count.years()),
        }
    }
}

fn plus(day: Date, span: Span) -> Option<Date> {
    day.checked_add(span).ok()
}
