//! Parts of dates and moments (SOQL guide, date functions), in UTC, weeks from Sunday, fiscal years as calendar years.

use jiff::civil::Date;

use crate::{clock, schema::Kind, value::Value};

/// A date function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// 1 to 12.
    Month,
    /// 1 to 4.
    Quarter,
    /// The year.
    Year,
    /// 1 to 31.
    DayInMonth,
    /// 1 for Sunday to 7.
    DayInWeek,
    /// 1 to 366.
    DayInYear,
    /// The day of a moment.
    Day,
    /// 0 to 23, of a moment.
    Hour,
    /// 1 for the first seven days of a month.
    WeekInMonth,
    /// 1 for the first seven days of a year.
    WeekInYear,
}

impl Part {
    /// The function of a name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "CALENDAR_MONTH" | "FISCAL_MONTH" => Self::Month,
            "CALENDAR_QUARTER" | "FISCAL_QUARTER" => Self::Quarter,
            "CALENDAR_YEAR" | "FISCAL_YEAR" => Self::Year,
            "DAY_IN_MONTH" => Self::DayInMonth,
            "DAY_IN_WEEK" => Self::DayInWeek,
            "DAY_IN_YEAR" => Self::DayInYear,
            "DAY_ONLY" => Self::Day,
            "HOUR_IN_DAY" => Self::Hour,
            "WEEK_IN_MONTH" => Self::WeekInMonth,
            "WEEK_IN_YEAR" => Self::WeekInYear,
            _ => return None,
        })
    }

    /// Whether values of this type have the part.
    pub fn suits(self, kind: Kind) -> bool {
        kind == Kind::Moment || (kind == Kind::Date && !matches!(self, Self::Day | Self::Hour))
    }

    /// The type of the part.
    pub fn kind(self) -> Kind {
        match self {
            Self::Day => Kind::Date,
            _ => Kind::Int,
        }
    }

    /// The part of a value; nothing of nothing.
    pub fn of(self, value: &Value) -> Value {
        match value {
            Value::Date(day) => self.of_day(*day, 0),
            Value::Moment(moment) => {
                let day = clock::day_of(*moment);
                self.of_day(day, (moment - clock::start_of(day)) / 3600)
            }
            _ => Value::Null,
        }
    }

    fn of_day(self, day: Date, hour: i64) -> Value {
        let number = match self {
            Self::Day => return Value::Date(day),
            Self::Month => i64::from(day.month()),
            Self::Quarter => i64::from((day.month() - 1) / 3 + 1),
            Self::Year => i64::from(day.year()),
            Self::DayInMonth => i64::from(day.day()),
            Self::DayInWeek => i64::from(day.weekday().to_sunday_one_offset()),
            Self::DayInYear => i64::from(day.day_of_year()),
            Self::Hour => hour,
            Self::WeekInMonth => i64::from((day.day() - 1) / 7 + 1),
            Self::WeekInYear => i64::from((day.day_of_year() - 1) / 7 + 1),
        };
        Value::Number(number as f64)
    }
}
