//! Moments as Salesforce writes and reads them. Everything is UTC and counts whole seconds.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

/// The present moment in seconds since 1970.
pub fn now() -> i64 {
    Timestamp::now().as_second()
}

/// The present moment in milliseconds since 1970.
pub fn now_milliseconds() -> i64 {
    Timestamp::now().as_millisecond()
}

/// How REST prints a moment: `2026-11-23T12:34:56.000+0000`.
pub fn rest_text(seconds: i64) -> String {
    stamp(seconds, "+0000")
}

/// Appends a moment as Bulk API 2.0 query results print it: `2026-11-23T12:34:56.000Z`.
pub fn push_bulk(out: &mut Vec<u8>, seconds: i64) {
    let moment = civil(seconds);
    let (day, time) = (moment.date(), moment.time());
    push_digits(out, i32::from(day.year()), 4);
    for (sign, part) in [
        (b'-', day.month()),
        (b'-', day.day()),
        (b'T', time.hour()),
        (b':', time.minute()),
        (b':', time.second()),
    ] {
        out.push(sign);
        push_digits(out, i32::from(part), 2);
    }
    out.extend_from_slice(b".000Z");
}

/// How the reports API prints a moment: `2026-11-23T12:34:56Z`.
pub fn report_text(seconds: i64) -> String {
    stamp(seconds, "Z").replace(".000", "")
}

/// Appends the last `width` digits of a number that is not negative.
fn push_digits(out: &mut Vec<u8>, number: i32, width: u32) {
    for place in (0..width).rev() {
        let digit = number / 10_i32.pow(place) % 10;
        out.push(b'0' + u8::try_from(digit).unwrap_or(0));
    }
}

fn stamp(seconds: i64, zone: &str) -> String {
    let moment = civil(seconds);
    let (day, time) = (moment.date(), moment.time());
    format!(
        "{day}T{:02}:{:02}:{:02}.000{zone}",
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// The UTC day of a moment.
pub fn day_of(seconds: i64) -> Date {
    civil(seconds).date()
}

fn civil(seconds: i64) -> DateTime {
    TimeZone::UTC.to_datetime(Timestamp::from_second(seconds).unwrap_or_default())
}

/// The first second of a UTC day.
pub fn start_of(day: Date) -> i64 {
    let midnight = DateTime::from_parts(day, Time::midnight());
    TimeZone::UTC
        .to_timestamp(midnight)
        .map_or(0, Timestamp::as_second)
}

/// Reads a dateTime (`yyyy-MM-ddTHH:mm:ss[.SSS]` with `Z`, `+HH:mm` or `+HHmm`).
pub fn parse_moment(text: &str) -> Option<i64> {
    if text.len() < 17 || text.as_bytes().get(10) != Some(&b'T') {
        return None;
    }
    let text = text.trim().replace(' ', "+");
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// Reads a time of day (`HH:mm:ss[.SSS]` with or without `Z`) and writes it in full, `HH:mm:ss.SSSZ`.
pub fn parse_time(text: &str) -> Option<String> {
    let time: Time = text.trim().trim_end_matches('Z').parse().ok()?;
    Some(time.strftime("%H:%M:%S%.3fZ").to_string())
}

/// Reads a date (`yyyy-MM-dd`).
pub fn parse_day(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    if shaped { text.parse().ok() } else { None }
}

/// Reads the moment of an `If-Modified-Since` header.
pub fn parse_http_date(text: &str) -> Option<i64> {
    jiff::fmt::rfc2822::parse(text)
        .ok()
        .map(|moment| moment.timestamp().as_second())
}

/// Writes a moment for a `Last-Modified` header.
pub fn http_date(seconds: i64) -> String {
    civil(seconds).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_every_zone_spelling_and_printed_in_two() {
        for text in [
            "2026-11-23T12:34:56Z",
            "2026-11-23T13:34:56.000+01:00",
            "2026-11-23T12:34:56.000+0000",
        ] {
            let seconds = parse_moment(text).expect(text);
            assert_eq!(rest_text(seconds), "2026-11-23T12:34:56.000+0000");
            let mut bulk = Vec::new();
            push_bulk(&mut bulk, seconds);
            assert_eq!(bulk, b"2026-11-23T12:34:56.000Z");
        }
        assert_eq!(parse_moment("2026-11-23"), None);
        assert_eq!(parse_day("2026-11-31"), None);
    }

    #[test]
    fn http_dates_read_back() {
        assert_eq!(parse_http_date(&http_date(1_763_900_000)), Some(1_763_900_000));
    }
}
