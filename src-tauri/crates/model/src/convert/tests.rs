use proptest::prelude::*;

use super::*;
use crate::mapping::Source;
use crate::target::PicklistValue;

fn field(kind: FieldKind) -> TargetField {
    TargetField {
        name: "Field__c".to_owned(),
        label: "Field".to_owned(),
        kind,
        ..TargetField::default()
    }
}

fn plain() -> MappingRow {
    MappingRow::new(
        Source::Extra {
            column: "Column".to_owned(),
        },
        "Field__c",
    )
}

fn csv(field: &TargetField, row: &MappingRow, text: &str) -> Result<String, FaultRule> {
    let converted = Converter::new(field, row)
        .convert(text)
        .map_err(|(rule, _)| rule)?;
    Ok(converted
        .map(|converted| converted.value.to_csv_text())
        .unwrap_or_default())
}

fn marks(field: &TargetField, row: &MappingRow, text: &str) -> Vec<MarkRule> {
    let converted = Converter::new(field, row).convert(text).unwrap().unwrap();
    converted.marks.into_iter().map(|(rule, _)| rule).collect()
}

fn check(kind: FieldKind, cases: &[(&str, Result<&str, FaultRule>)]) {
    for (text, expected) in cases {
        assert_eq!(
            csv(&field(kind), &plain(), text),
            expected.map(str::to_owned),
            "{kind:?} {text:?}"
        );
    }
}

fn revenue() -> (TargetField, MappingRow) {
    let field = TargetField {
        precision: 18,
        scale: 0,
        ..field(FieldKind::Currency)
    };
    (
        field,
        MappingRow::new(Source::field("revenue_thousands"), "AnnualRevenue"),
    )
}

fn picklist(kind: FieldKind, restricted: bool) -> TargetField {
    let entry = |value: &str, label: &str, active| PicklistValue {
        value: value.into(),
        label: label.into(),
        active,
        valid_for: Vec::new(),
    };
    TargetField {
        restricted_picklist: restricted,
        picklist: vec![
            entry("TECH", "Technology", true),
            entry("Energy", "Energy", true),
            entry("Apparel", "Apparel", false),
        ],
        ..field(kind)
    }
}

#[test]
fn blank_is_no_value_for_any_type() {
    for kind in [
        FieldKind::String,
        FieldKind::Email,
        FieldKind::Currency,
        FieldKind::Date,
        FieldKind::Picklist,
    ] {
        check(
            kind,
            &[("", Ok("")), ("\u{a0}\u{200b} ", Ok("")), ("\r\n", Ok(""))],
        );
    }
}

#[test]
fn text_is_trimmed_and_kept_inside() {
    check(
        FieldKind::String,
        &[
            ("\u{a0}Zoë\u{a0}Müller ", Ok("Zoë\u{a0}Müller")),
            ("=1+1", Ok("=1+1")),
        ],
    );
    check(
        FieldKind::Textarea,
        &[("One\r\nTwo\rThree\tx", Ok("One\nTwo\nThree\tx"))],
    );
    check(
        FieldKind::String,
        &[
            ("One\r\nTwo", Ok("One Two")),
            ("a\u{7}b", Ok("ab")),
            ("#n/a", Err(FaultRule::ReservedText)),
        ],
    );
    assert_eq!(
        marks(&field(FieldKind::String), &plain(), "One\nTwo\u{0}!"),
        [MarkRule::LinesJoined, MarkRule::ControlCharactersRemoved]
    );
}

#[test]
fn long_text_is_cut_with_a_mark_or_refused_as_the_row_says() {
    let short = TargetField {
        length: 4,
        ..field(FieldKind::String)
    };
    assert_eq!(csv(&short, &plain(), "Düsseldorf"), Ok("Düss".to_owned()));
    assert_eq!(marks(&short, &plain(), "Düsseldorf"), [MarkRule::Truncated]);
    assert_eq!(marks(&short, &plain(), "Köln"), []);
    let refusing = MappingRow {
        overflow: Overflow::Refuse,
        ..plain()
    };
    assert_eq!(csv(&short, &refusing, "Düsseldorf"), Err(FaultRule::TooLong));
}

#[test]
fn addresses_and_phones_are_never_cut() {
    let short = |kind| TargetField {
        length: 9,
        ..field(kind)
    };
    assert_eq!(
        csv(&short(FieldKind::Email), &plain(), "ada@tarn.example"),
        Err(FaultRule::TooLong)
    );
    assert_eq!(
        csv(&short(FieldKind::Url), &plain(), "www.tarn.example"),
        Err(FaultRule::TooLong)
    );
    assert_eq!(
        csv(&short(FieldKind::Phone), &plain(), "(219) 606-2399"),
        Err(FaultRule::TooLong)
    );
}

#[test]
fn e_mail_addresses_are_checked() {
    let fault = Err(FaultRule::NotAnEmail);
    check(
        FieldKind::Email,
        &[
            (
                "ada.o'neil+list@mail.tarn.example",
                Ok("ada.o'neil+list@mail.tarn.example"),
            ),
            ("ada@tarn", fault),
            ("ada@@tarn.example", fault),
            ("ada tarn@tarn.example", fault),
            (".ada@tarn.example", fault),
            ("ada@-tarn.example", fault),
            ("@tarn.example", fault),
            ("zoë@tarn.example", fault),
        ],
    );
}

#[test]
fn web_addresses_are_checked() {
    let fault = Err(FaultRule::NotAUrl);
    check(
        FieldKind::Url,
        &[
            ("www.tarn.example", Ok("www.tarn.example")),
            (
                "https://tarn.example:8443/a?b#c",
                Ok("https://tarn.example:8443/a?b#c"),
            ),
            ("müller.example/über", Ok("müller.example/über")),
            ("javascript:alert(1)", fault),
            ("javascript://tarn.example/%0aalert(1)", fault),
            ("tarn example", fault),
            ("tarn", fault),
            ("http://", fault),
        ],
    );
}

#[test]
fn revenue_in_thousands_becomes_dollars_exactly() {
    let (field, row) = revenue();
    assert_eq!(csv(&field, &row, "3284646"), Ok("3284646000".to_owned()));
    assert_eq!(csv(&field, &row, "1,234.5"), Ok("1234500".to_owned()));
    assert_eq!(
        csv(&field, &row, "999999999999999"),
        Ok("999999999999999000".to_owned())
    );
    assert_eq!(
        csv(&field, &row, "1000000000000000"),
        Err(FaultRule::TooManyDigits)
    );
    let dollars = MappingRow {
        source_unit: Some(Unit::Usd),
        ..row.clone()
    };
    assert_eq!(csv(&field, &dollars, "3284646"), Ok("3284646".to_owned()));
    let text = TargetField {
        kind: FieldKind::String,
        ..field
    };
    assert_eq!(csv(&text, &row, "3284646"), Ok("3284646".to_owned()));
}

#[test]
fn numbers_are_read_strictly_and_rounded_with_a_mark() {
    let money = TargetField {
        precision: 18,
        scale: 2,
        ..field(FieldKind::Currency)
    };
    assert_eq!(csv(&money, &plain(), "$1,234.567"), Ok("1234.57".to_owned()));
    assert_eq!(marks(&money, &plain(), "$1,234.567"), [MarkRule::Rounded]);
    assert_eq!(csv(&money, &plain(), "-12 USD"), Ok("-12".to_owned()));
    for text in [
        "12,34",
        "1.234,56",
        "about 5",
        "400 Million",
        "1 - 5",
        "$",
        "$25 mil. - $50 mil.",
    ] {
        assert_eq!(csv(&money, &plain(), text), Err(FaultRule::NotANumber), "{text}");
    }
    check(FieldKind::Percent, &[("12.5%", Ok("12.5")), ("12.5", Ok("12.5"))]);
    check(
        FieldKind::Int,
        &[
            ("1,204", Ok("1204")),
            ("12.0", Ok("12")),
            ("12.5", Err(FaultRule::NotWhole)),
            ("2147483648", Err(FaultRule::TooManyDigits)),
        ],
    );
    let eight = TargetField {
        digits: 8,
        ..field(FieldKind::Int)
    };
    assert_eq!(csv(&eight, &plain(), "123456789"), Err(FaultRule::TooManyDigits));
}

#[test]
fn days_are_read_in_the_shapes_of_zoominfo() {
    let fault = Err(FaultRule::NotADate);
    check(
        FieldKind::Date,
        &[
            ("2026-07-23", Ok("2026-07-23")),
            ("2021-10", Ok("2021-10-01")),
            ("7/4/2024", Ok("2024-07-04")),
            ("23/7/2024", fault),
            ("2024", fault),
            ("2024-02-30", fault),
            ("0024-02-03", fault),
            ("2024-05-06T23:30:00-05:00", Ok("2024-05-06")),
            ("soon", fault),
        ],
    );
    assert_eq!(
        marks(&field(FieldKind::Date), &plain(), "2021-10"),
        [MarkRule::DayAssumed]
    );
    assert_eq!(
        marks(&field(FieldKind::Date), &plain(), "2024-05-06T23:30:00Z"),
        [MarkRule::TimeDropped]
    );
}

#[test]
fn moments_are_written_in_utc() {
    check(
        FieldKind::Datetime,
        &[
            ("2024-05-06T23:30:00-05:00", Ok("2024-05-07T04:30:00.000Z")),
            ("2024-05-06 23:30", Ok("2024-05-06T23:30:00.000Z")),
            ("2024-05-06", Ok("2024-05-06T00:00:00.000Z")),
            ("2024-13-06", Err(FaultRule::NotADateTime)),
        ],
    );
    assert_eq!(
        marks(&field(FieldKind::Datetime), &plain(), "2024-05-06 23:30"),
        [MarkRule::ZoneAssumed]
    );
    assert_eq!(
        marks(&field(FieldKind::Datetime), &plain(), "2024-05-06"),
        [MarkRule::TimeAssumed]
    );
    check(
        FieldKind::Time,
        &[
            ("9:05", Ok("09:05:00.000Z")),
            ("14:30:10", Ok("14:30:10.000Z")),
            ("25:00", Err(FaultRule::NotATime)),
        ],
    );
}

#[test]
fn yes_and_no_are_known_in_their_usual_words() {
    check(
        FieldKind::Boolean,
        &[
            ("Yes", Ok("true")),
            ("0", Ok("false")),
            ("maybe", Err(FaultRule::NotTrueOrFalse)),
        ],
    );
}

#[test]
fn ids_have_15_or_18_letters_and_digits() {
    check(
        FieldKind::Reference,
        &[
            ("001000000000001AAA", Ok("001000000000001AAA")),
            ("001", Err(FaultRule::NotAnId)),
            ("001000000000001AA;", Err(FaultRule::NotAnId)),
        ],
    );
}

#[test]
fn picklists_take_their_values_by_value_label_or_value_map() {
    let row = MappingRow {
        value_map: [("Software".to_owned(), "Technology".to_owned())].into(),
        ..plain()
    };
    for restricted in [true, false] {
        let field = picklist(FieldKind::Picklist, restricted);
        for (text, expected) in [
            ("technology", "TECH"),
            ("tech", "TECH"),
            ("SOFTWARE ", "TECH"),
            ("energy", "Energy"),
        ] {
            assert_eq!(csv(&field, &row, text), Ok(expected.to_owned()));
            assert_eq!(marks(&field, &row, text), []);
        }
    }
}

#[test]
fn unknown_picklist_values_are_refused_when_restricted_and_marked_when_not() {
    for text in ["Retail", "Apparel"] {
        assert_eq!(
            csv(&picklist(FieldKind::Picklist, true), &plain(), text),
            Err(FaultRule::NotInPicklist)
        );
        assert_eq!(
            csv(&picklist(FieldKind::Picklist, false), &plain(), text),
            Ok(text.to_owned())
        );
        assert_eq!(
            marks(&picklist(FieldKind::Picklist, false), &plain(), text),
            [MarkRule::NotInPicklist]
        );
    }
}

#[test]
fn several_values_are_chosen_each_once() {
    let restricted = picklist(FieldKind::Multipicklist, true);
    assert_eq!(
        csv(&restricted, &plain(), "Energy, tech, Technology"),
        Ok("Energy;TECH".to_owned())
    );
    assert_eq!(
        csv(&restricted, &plain(), "Energy;Retail"),
        Err(FaultRule::NotInPicklist)
    );
    assert_eq!(csv(&restricted, &plain(), ";,"), Err(FaultRule::NotInPicklist));
}

#[test]
fn a_fault_names_field_value_and_mend() {
    let (_, sentence) = Converter::new(&field(FieldKind::Email), &plain())
        .convert("ada(at)tarn")
        .unwrap_err();
    assert_eq!(
        sentence,
        "Field: “ada(at)tarn” is not an e-mail address. Correct it in the list, or change the row on the Mapping tab."
    );
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
        FieldKind::Address,
    ])
}

/// Text that is near the borders of what the types read, and text that is not.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        any::<String>(),
        "[0-9]{1,4}[-/:.][0-9]{1,2}([-/:.][0-9]{1,4})?(T[0-9]{2}:[0-9]{2}Z?)?",
        "-?\\$?[0-9,]{1,40}(\\.[0-9]{0,20})?(e-?[0-9]{1,3})?",
        "[a-z.@-]{1,20}",
    ]
}

proptest! {
    #[test]
    fn cut_text_fits_and_is_a_beginning_of_the_source(text in "\\PC{0,40}", length in 1_u32..20) {
        let field = TargetField { length, ..field(FieldKind::String) };
        if let Some(converted) = Converter::new(&field, &plain()).convert(&text).ok().flatten() {
            let written = converted.value.to_csv_text();
            let whole = crate::text::trimmed(&text);
            prop_assert!(written.chars().count() <= length as usize);
            prop_assert!(whole.starts_with(&written));
            prop_assert_eq!(converted.marks.is_empty(), whole == written);
        }
    }

    #[test]
    fn thousands_become_dollars_for_every_whole_revenue(thousands in 0_i64..1_000_000_000_000) {
        let (field, row) = revenue();
        let json = Converter::new(&field, &row).convert(&thousands.to_string()).unwrap().unwrap().value.to_json();
        prop_assert_eq!(json, serde_json::Value::from(thousands * 1_000));
    }

    #[test]
    fn converting_never_panics_and_both_renderings_agree(text in any_text(), kind in any_kind(), scale in 0_u32..18) {
        let field = TargetField { precision: 18, scale, ..picklist(kind, false) };
        for row in [plain(), MappingRow { source_unit: Some(Unit::ThousandsOfUsd), ..plain() }] {
            if let Some(converted) = Converter::new(&field, &row).convert(&text).ok().flatten() {
                let json = converted.value.to_json();
                prop_assert_eq!(csv_text(&json), converted.value.to_csv_text());
                let kept = serde_json::from_str::<serde_json::Value>(&json.to_string()).unwrap();
                prop_assert_eq!(csv_text(&kept), converted.value.to_csv_text());
                let document = serde_json::to_string(&converted.value).unwrap();
                prop_assert_eq!(serde_json::from_str::<TypedValue>(&document).unwrap(), converted.value);
            }
        }
    }

    #[test]
    fn what_was_written_once_is_written_alike_again(text in any_text(), kind in any_kind()) {
        let field = TargetField { precision: 18, scale: 2, ..picklist(kind, false) };
        let converter = Converter::new(&field, &plain());
        if let Some(first) = converter.convert(&text).ok().flatten() {
            let written = first.value.to_csv_text();
            // Times carry Salesforce's zone mark, which lists do not have.
            if kind != FieldKind::Time {
                let second = converter.convert(&written).unwrap().unwrap();
                prop_assert_eq!(second.value, first.value);
            }
        }
    }
}
