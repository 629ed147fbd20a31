//! What holds for every conversion: it never panics, whatever the text, the field and the row's settings, and it never
//! changes a value in silence.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use std::collections::BTreeSet;

use model::mapping::{DateOrder, PhoneFormat};
use model::text::trimmed;
use model::{
    CompiledMapping, Decimal, FaultRule, FieldKind, Mapped, Mapping, MappingRow, Overflow, ProblemCode,
    Profile, Source, TargetDescribe, TargetField, TargetObject, TypedValue, Unit, apply, csv_text,
};
use proptest::prelude::*;
use support::{picklist, profile, text, typed};

const TARGET: &str = "Value__c";
const COLUMN: &str = "Column";

fn row() -> MappingRow {
    let source = Source::Extra {
        column: COLUMN.to_owned(),
    };
    MappingRow::new(source, TARGET)
}

fn field(kind: FieldKind) -> TargetField {
    let base = match kind {
        FieldKind::Picklist | FieldKind::Multipicklist => picklist(TARGET, &["Technology", "Energy"], false),
        _ => text(TARGET, 0),
    };
    TargetField {
        kind,
        precision: 18,
        scale: 2,
        ..base
    }
}

fn compiled(field: TargetField, row: MappingRow) -> Result<CompiledMapping, ProblemCode> {
    let describe = TargetDescribe {
        object: TargetObject::Lead,
        fields: vec![field],
    };
    let mapping = Mapping {
        object: TargetObject::Lead,
        rows: vec![row],
    };
    CompiledMapping::compile(&mapping, &describe).map_err(|problems| problems[0].code)
}

fn with_column(value: &str) -> Profile {
    let mut profile = profile(&[]);
    profile.extras.insert(COLUMN.to_owned(), value.to_owned());
    profile
}

fn mapped(field: TargetField, row: MappingRow, value: &str) -> Mapped {
    apply(&compiled(field, row).unwrap(), &with_column(value))
}

/// What is written; the broken rule when nothing is, as far as one is.
fn written(kind: FieldKind, row: MappingRow, value: &str) -> Result<String, FaultRule> {
    let mapped = mapped(field(kind), row, value);
    match (mapped.faults.first(), mapped.cell(TARGET)) {
        (Some(fault), _) => Err(fault.rule),
        (None, cell) => Ok(cell.map(TypedValue::to_csv_text).unwrap_or_default()),
    }
}

fn any_kind() -> impl Strategy<Value = FieldKind> {
    prop::sample::select(vec![
        FieldKind::String,
        FieldKind::Textarea,
        FieldKind::Phone,
        FieldKind::Email,
        FieldKind::Url,
        FieldKind::Reference,
        FieldKind::Boolean,
        FieldKind::Int,
        FieldKind::Long,
        FieldKind::Double,
        FieldKind::Currency,
        FieldKind::Percent,
        FieldKind::Date,
        FieldKind::Datetime,
        FieldKind::Time,
        FieldKind::Picklist,
        FieldKind::Multipicklist,
        FieldKind::Combobox,
    ])
}

fn any_settings() -> impl Strategy<Value = MappingRow> {
    (
        prop::sample::select(vec![Overflow::Truncate, Overflow::Refuse]),
        prop::collection::btree_map("[a-zA-Z]{0,3}", "\\PC{0,4}", 0..3),
        prop::option::of(prop::sample::select(vec![
            Unit::ThousandsOfUsd,
            Unit::Usd,
            Unit::Percent,
            Unit::Fraction,
        ])),
        prop::sample::select(vec![
            PhoneFormat::AsIs,
            PhoneFormat::International,
            PhoneFormat::NorthAmerican,
        ]),
        prop::sample::select(vec![DateOrder::MonthFirst, DateOrder::DayFirst]),
        prop::option::of(prop::sample::select(vec![
            "America/New_York",
            "Asia/Kathmandu",
            "UTC",
            "America/Santiago",
        ])),
    )
        .prop_map(
            |(overflow, value_map, source_unit, phone_format, date_order, zone)| MappingRow {
                overflow,
                value_map,
                source_unit,
                phone_format,
                date_order,
                time_zone: zone.map(str::to_owned),
                ..row()
            },
        )
}

/// Text near the borders of what the types read, and text that is not.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[=+@-]?\\PC{0,40}",
        "[0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}([-/., ]{1,2}[0-9]{1,4})?([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(Z|[+-]0[0-9]:00| [AaPp]M)?)?",
        "[-+]?\\$?[0-9,]{1,24}(\\.[0-9]{0,20})?(e-?[0-9]{1,3})?( ?%| USD)?",
        "[+]?[0-9 ().-]{5,20}( ?(x|ext\\.?|#) ?[0-9]{1,5})?",
        "[a-z.@-]{1,20}",
        "(yes|No|TRUE|f|0|1|technology|Energy;energy, x)",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn converting_never_panics_and_both_renderings_agree(text in any_text(), kind in any_kind(), row in any_settings(), length in 0_u32..30, scale in 0_u32..18) {
        let field = TargetField { length, scale, ..field(kind) };
        let mapped = mapped(field, row, &text);
        prop_assert!(mapped.faults.iter().all(|fault| fault.sentence.chars().count() < 600));
        if let Some(value) = mapped.cell(TARGET) {
            prop_assert_eq!(csv_text(&value.to_json()), value.to_csv_text());
        }
    }

    #[test]
    fn text_that_is_written_is_the_text_of_the_list_or_carries_a_mark(text in any_text(), length in 0_u32..30) {
        for kind in [FieldKind::String, FieldKind::Textarea, FieldKind::Phone, FieldKind::Email, FieldKind::Url, FieldKind::Reference, FieldKind::Combobox] {
            let mapped = mapped(TargetField { length, ..field(kind) }, row(), &text);
            if let Some(value) = mapped.cell(TARGET) {
                let lines = trimmed(&text).replace("\r\n", "\n").replace('\r', "\n");
                prop_assert!(value.to_csv_text() == lines || !mapped.marks.is_empty(), "{:?}", kind);
            } else {
                prop_assert!(trimmed(&text).is_empty() || !mapped.faults.is_empty(), "{:?}", kind);
            }
        }
    }

    #[test]
    fn no_visible_value_is_dropped_without_a_fault(text in any_text(), kind in any_kind(), row in any_settings()) {
        let mapped = mapped(field(kind), row, &text);
        let mapped_to_nothing = mapped.cell(TARGET).is_some_and(|value| value.to_csv_text().is_empty());
        prop_assert!(trimmed(&text).is_empty() || mapped.cell(TARGET).is_some() || !mapped.faults.is_empty() || mapped_to_nothing);
    }

    #[test]
    fn a_number_keeps_its_digits_or_is_marked_as_rounded(units in any::<i64>(), scale in 0_usize..6, row in any_settings()) {
        let digits = format!("{:0width$}", units.unsigned_abs() % 1_000_000_000_000, width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let sign = if units < 0 { "-" } else { "" };
        let text = format!("{sign}{whole}.{fraction}");
        let number: Decimal = text.parse().unwrap();
        for kind in [FieldKind::Double, FieldKind::Currency, FieldKind::Percent] {
            let mapped = mapped(field(kind), row.clone(), &text);
            let expected = match row.source_unit {
                Some(Unit::ThousandsOfUsd) => number.thousandfold(),
                Some(Unit::Fraction) if kind == FieldKind::Percent => number.hundredfold(),
                _ => Some(number),
            }.unwrap();
            let value = mapped.cell(TARGET).map(TypedValue::to_csv_text);
            prop_assert!(value == Some(expected.to_string()) || mapped.marks.len() == 1 || mapped.faults.len() == 1);
            prop_assert_eq!(mapped.marks.is_empty() && mapped.faults.is_empty(), value == Some(expected.to_string()));
        }
    }

    #[test]
    fn a_whole_number_is_written_digit_for_digit_or_refused(number in any::<i64>(), row in any_settings()) {
        let expected = match row.source_unit {
            Some(Unit::ThousandsOfUsd) => number.checked_mul(1_000),
            _ => Some(number),
        };
        for kind in [FieldKind::Int, FieldKind::Long] {
            let fits = expected.is_some_and(|expected| kind == FieldKind::Long || i32::try_from(expected).is_ok());
            match written(kind, row.clone(), &number.to_string()) {
                Ok(value) => prop_assert_eq!(Some(value), expected.map(|expected| expected.to_string())),
                Err(rule) => prop_assert!(!fits && rule == FaultRule::TooManyDigits, "{:?}", rule),
            }
        }
    }

    #[test]
    fn a_choice_is_named_by_the_list_or_the_row_and_told_where_the_org_lacks_it(
        parts in prop::collection::vec("(technology|ENERGY|Retail|[a-c]{1,2})", 1..4),
        separator in prop::sample::select(vec![";", " ; ", ", "]),
        value_map in prop::collection::btree_map("[a-c]{1,2}", "(Energy|technology|Other)", 0..3),
        restricted in any::<bool>(),
    ) {
        let named = |part: &String| value_map.get(part).unwrap_or(part).to_lowercase();
        let lacks = |names: &BTreeSet<String>| names.iter().any(|name| !["technology", "energy"].contains(&name.as_str()));
        let choose = |kind, text: &str| {
            let field = TargetField { restricted_picklist: restricted, ..field(kind) };
            mapped(field, MappingRow { value_map: value_map.clone(), ..row() }, text)
        };
        let all: BTreeSet<String> = parts.iter().map(named).collect();
        let first: BTreeSet<String> = parts.iter().take(1).map(named).collect();
        for (names, chosen) in [
            (all, choose(FieldKind::Multipicklist, &parts.join(separator))),
            (first, choose(FieldKind::Picklist, &parts[0])),
        ] {
            prop_assert_eq!(chosen.cell(TARGET).is_none(), restricted && lacks(&names));
            prop_assert_eq!(chosen.faults.is_empty(), chosen.cell(TARGET).is_some());
            if let Some(value) = chosen.cell(TARGET) {
                let written: BTreeSet<String> = value.to_csv_text().split(';').map(str::to_lowercase).collect();
                prop_assert_eq!(chosen.marks.is_empty(), !lacks(&names));
                prop_assert_eq!(written, names);
            }
        }
    }

    #[test]
    fn a_percentage_with_its_sign_is_the_same_in_every_unit(tenths in -9_999_i64..9_999, row in any_settings()) {
        let number: Decimal = format!("{tenths}e-1").parse().unwrap();
        prop_assume!(row.source_unit != Some(Unit::ThousandsOfUsd));
        prop_assert_eq!(written(FieldKind::Percent, row, &format!("{number}%")), Ok(number.to_string()));
    }

    #[test]
    fn a_day_is_the_same_in_every_shape_that_is_not_ambiguous(days in 0_i32..800_000, row in any_settings()) {
        let date = jiff::civil::date(1700, 1, 1).checked_add(jiff::ToSpan::days(i64::from(days))).unwrap();
        let ordered = match row.date_order {
            DateOrder::MonthFirst => date.strftime("%-m/%-d/%Y"),
            DateOrder::DayFirst => date.strftime("%-d.%-m.%Y"),
        };
        for text in [date.to_string(), date.strftime("%Y/%m/%d").to_string(), date.strftime("%-d %b %Y").to_string(), date.strftime("%B %-d, %Y").to_string(), ordered.to_string()] {
            prop_assert_eq!(written(FieldKind::Date, row.clone(), &text), Ok(date.to_string()), "{}", text);
        }
    }

    #[test]
    fn the_order_of_a_date_is_never_guessed(day in 1_u8..=31, month in 1_u8..=31, order in prop::sample::select(vec![DateOrder::MonthFirst, DateOrder::DayFirst])) {
        let (text, month, day) = match order {
            DateOrder::MonthFirst => (format!("{month}/{day}/2024"), month, day),
            DateOrder::DayFirst => (format!("{day}/{month}/2024"), month, day),
        };
        let row = MappingRow { date_order: order, ..row() };
        let expected = format!("2024-{month:02}-{day:02}");
        let expected = expected.parse::<jiff::civil::Date>().map(|date| date.to_string()).map_err(|_| FaultRule::NotADate);
        prop_assert_eq!(written(FieldKind::Date, row, &text), expected);
    }

    #[test]
    fn a_moment_that_names_its_zone_is_the_same_in_every_zone(seconds in -8_000_000_000_i64..60_000_000_000, row in any_settings()) {
        let moment = jiff::Timestamp::from_second(seconds).unwrap();
        let expected = moment.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
        prop_assert_eq!(written(FieldKind::Datetime, row.clone(), &moment.to_string()), Ok(expected.clone()));
        prop_assert_eq!(written(FieldKind::Datetime, row, &expected), Ok(expected));
    }

    #[test]
    fn a_moment_without_a_zone_is_read_in_the_rows(seconds in 0_i64..4_000_000_000, name in prop::sample::select(vec!["America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"])) {
        let zone = jiff::tz::TimeZone::get(name).unwrap();
        let moment = jiff::Timestamp::from_second(seconds).unwrap();
        let local = zone.to_datetime(moment);
        let mapped = mapped(field(FieldKind::Datetime), MappingRow { time_zone: Some(name.to_owned()), ..row() }, &local.to_string());
        let value = mapped.cell(TARGET).unwrap().to_csv_text();
        prop_assert!(value == moment.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string() || mapped.marks.len() == 1);
    }

    #[test]
    fn an_unmarked_phone_keeps_its_digits(text in "[+]?[0-9 ().-]{0,20}( ?(x|ext\\.?|#) ?[0-9]{1,5})?", row in any_settings()) {
        let digits = |text: &str| {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits.trim_start_matches('1').to_owned()
        };
        if let Ok(value) = written(FieldKind::Phone, row, &text) {
            prop_assert_eq!(digits(&value), digits(&text));
        }
    }
}

#[test]
fn clocks_that_are_put_forward_or_back_are_told() {
    let row = || MappingRow {
        time_zone: Some("America/New_York".to_owned()),
        ..row()
    };
    let moment = |text: &str| written(FieldKind::Datetime, row(), text);
    for (text, expected) in [
        ("2024-07-04 14:30", "2024-07-04T18:30:00.000Z"),
        ("7/4/2024 2:30 PM", "2024-07-04T18:30:00.000Z"),
        ("July 4, 2024, 14:30", "2024-07-04T18:30:00.000Z"),
        ("2024-07-04T14:30:00+02:00", "2024-07-04T12:30:00.000Z"),
        ("2024-07-04T14:30[Europe/Oslo]", "2024-07-04T12:30:00.000Z"),
        ("2024-01-04", "2024-01-04T05:00:00.000Z"),
    ] {
        assert_eq!(moment(text), Ok(expected.to_owned()), "{text}");
    }
    assert_eq!(moment("2024-03-10 02:30"), Err(FaultRule::NotADateTime));
    let twice = mapped(field(FieldKind::Datetime), row(), "2024-11-03 01:30");
    assert_eq!(
        twice.cell(TARGET).unwrap().to_csv_text(),
        "2024-11-03T05:30:00.000Z"
    );
    assert_eq!(twice.marks[0].rule.code(), "earlier_time_taken");
    let told = mapped(field(FieldKind::Datetime), row(), "2024-07-04 14:30");
    assert!(told.marks.is_empty(), "the row says which zone: {:?}", told.marks);
}

#[test]
fn a_time_zone_that_does_not_exist_is_a_problem_of_its_row() {
    for name in [
        "Mars/Olympus",
        "../etc/passwd",
        "EST5PDT7",
        "x".repeat(100_000).as_str(),
    ] {
        let row = MappingRow {
            time_zone: Some(name.to_owned()),
            ..row()
        };
        assert_eq!(
            compiled(field(FieldKind::Datetime), row).unwrap_err(),
            ProblemCode::UnknownTimeZone
        );
    }
    for name in ["america/new_york", "UTC", " "] {
        let row = MappingRow {
            time_zone: Some(name.to_owned()),
            ..row()
        };
        assert!(compiled(field(FieldKind::Datetime), row).is_ok(), "{name}");
    }
}

#[test]
fn dates_against_the_rows_order_say_so() {
    let sentence = |order, text| {
        let mapped = mapped(
            field(FieldKind::Date),
            MappingRow {
                date_order: order,
                ..row()
            },
            text,
        );
        mapped.faults[0].sentence.clone()
    };
    assert!(
        sentence(DateOrder::MonthFirst, "23/7/2024").contains("with the month first, as the row reads dates")
    );
    assert!(
        sentence(DateOrder::DayFirst, "7/23/2024").contains("with the day first, as the row reads dates")
    );
    for text in ["4.7.2024", "4-7-2024", "7/4/24", "2024"] {
        assert_eq!(
            written(FieldKind::Date, row(), text),
            Err(FaultRule::NotADate),
            "{text}"
        );
    }
}

#[test]
fn a_hundred_thousand_characters_go_through_every_type() {
    let long = "=HYPERLINK(\"http://quay.example\";\"O'Neil, 12%\")\r\n".repeat(2_100);
    for kind in [FieldKind::String, FieldKind::Textarea] {
        let mapped = mapped(field(kind), row(), &long);
        assert!(mapped.faults.is_empty() && mapped.cell(TARGET).unwrap().to_csv_text().len() > 100_000);
    }
    for kind in [
        FieldKind::Phone,
        FieldKind::Url,
        FieldKind::Currency,
        FieldKind::Percent,
        FieldKind::Datetime,
        FieldKind::Boolean,
    ] {
        for long in [
            &long,
            &"9".repeat(100_000),
            &"1,".repeat(50_000),
            &"- :".repeat(33_000),
        ] {
            let settings = MappingRow {
                source_unit: Some(Unit::Fraction),
                phone_format: PhoneFormat::NorthAmerican,
                date_order: DateOrder::DayFirst,
                ..row()
            };
            let mapped = mapped(typed(TARGET, kind), settings, long);
            assert_eq!(mapped.faults.len(), 1, "{kind:?}");
            assert!(mapped.faults[0].sentence.chars().count() < 600);
        }
    }
}
