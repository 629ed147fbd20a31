use super::super::dates::span;
use crate::clock;

/// What a literal means on 2026-11-23: its first day and the day behind its last.
fn days(name: &str, number: Option<i32>) -> Option<(String, String)> {
    let (from, until) = span(name, number, clock::day_of(super::NOW))?;
    Some((clock::day_of(from).to_string(), clock::day_of(until).to_string()))
}

#[test]
fn every_literal_has_the_span_of_the_guide() {
    for (name, number, from, until) in [
        ("YESTERDAY", None, "2026-11-22", "2026-11-23"),
        ("TODAY", None, "2026-11-23", "2026-11-24"),
        ("TOMORROW", None, "2026-11-24", "2026-11-25"),
        ("LAST_WEEK", None, "2026-11-15", "2026-11-22"),
        ("THIS_WEEK", None, "2026-11-22", "2026-11-29"),
        ("NEXT_WEEK", None, "2026-11-29", "2026-12-06"),
        ("LAST_MONTH", None, "2026-10-01", "2026-11-01"),
        ("THIS_MONTH", None, "2026-11-01", "2026-12-01"),
        ("NEXT_MONTH", None, "2026-12-01", "2027-01-01"),
        ("LAST_90_DAYS", None, "2026-08-25", "2026-11-24"),
        ("NEXT_90_DAYS", None, "2026-11-24", "2027-02-22"),
        ("LAST_N_DAYS", Some(2), "2026-11-21", "2026-11-24"),
        ("NEXT_N_DAYS", Some(2), "2026-11-24", "2026-11-26"),
        ("N_DAYS_AGO", Some(2), "2026-11-21", "2026-11-22"),
        ("LAST_N_WEEKS", Some(2), "2026-11-08", "2026-11-22"),
        ("NEXT_N_WEEKS", Some(1), "2026-11-29", "2026-12-06"),
        ("N_WEEKS_AGO", Some(1), "2026-11-15", "2026-11-22"),
        ("LAST_N_MONTHS", Some(2), "2026-09-01", "2026-11-01"),
        ("NEXT_N_MONTHS", Some(2), "2026-12-01", "2027-02-01"),
        ("N_MONTHS_AGO", Some(2), "2026-09-01", "2026-10-01"),
        ("THIS_QUARTER", None, "2026-10-01", "2027-01-01"),
        ("LAST_QUARTER", None, "2026-07-01", "2026-10-01"),
        ("NEXT_QUARTER", None, "2027-01-01", "2027-04-01"),
        ("LAST_N_QUARTERS", Some(2), "2026-04-01", "2026-10-01"),
        ("NEXT_N_QUARTERS", Some(1), "2027-01-01", "2027-04-01"),
        ("N_QUARTERS_AGO", Some(1), "2026-07-01", "2026-10-01"),
        ("THIS_YEAR", None, "2026-01-01", "2027-01-01"),
        ("LAST_YEAR", None, "2025-01-01", "2026-01-01"),
        ("NEXT_YEAR", None, "2027-01-01", "2028-01-01"),
        ("LAST_N_YEARS", Some(2), "2024-01-01", "2026-01-01"),
        ("NEXT_N_YEARS", Some(2), "2027-01-01", "2029-01-01"),
        ("N_YEARS_AGO", Some(2), "2024-01-01", "2025-01-01"),
        ("THIS_FISCAL_QUARTER", None, "2026-10-01", "2027-01-01"),
        ("LAST_FISCAL_QUARTER", None, "2026-07-01", "2026-10-01"),
        ("NEXT_FISCAL_QUARTER", None, "2027-01-01", "2027-04-01"),
        ("LAST_N_FISCAL_QUARTERS", Some(1), "2026-07-01", "2026-10-01"),
        ("NEXT_N_FISCAL_QUARTERS", Some(1), "2027-01-01", "2027-04-01"),
        ("N_FISCAL_QUARTERS_AGO", Some(2), "2026-04-01", "2026-07-01"),
        ("THIS_FISCAL_YEAR", None, "2026-01-01", "2027-01-01"),
        ("LAST_FISCAL_YEAR", None, "2025-01-01", "2026-01-01"),
        ("NEXT_FISCAL_YEAR", None, "2027-01-01", "2028-01-01"),
        ("LAST_N_FISCAL_YEARS", Some(1), "2025-01-01", "2026-01-01"),
        ("NEXT_N_FISCAL_YEARS", Some(1), "2027-01-01", "2028-01-01"),
        ("N_FISCAL_YEARS_AGO", Some(1), "2025-01-01", "2026-01-01"),
    ] {
        let wanted = Some((from.to_owned(), until.to_owned()));
        assert_eq!(days(name, number), wanted, "{name}");
    }
}

#[test]
fn a_literal_takes_a_number_or_not() {
    assert_eq!(days("LAST_N_DAYS", None), None);
    assert_eq!(days("TODAY", Some(3)), None);
    assert_eq!(days("LAST_N_DAYS", Some(-1)), None);
    assert_eq!(days("LAST_N_MOONS", Some(1)), None);
}
