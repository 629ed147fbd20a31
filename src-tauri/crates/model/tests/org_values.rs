//! Values that only the org can judge: lookups, record types, states and countries, dependent picklists.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use std::collections::BTreeMap;

use model::mapping::{Lookup, apply_to};
use model::{
    CompiledMapping, FaultRule, FieldKind, LookupKey, LookupKeys, MappingRow, MarkRule, PicklistValue,
    ProblemCode, RecordTypeChoice, Source, TargetDescribe, TargetField, Verdict, apply, cell_of_column,
    mapping_view,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{lead_mapping, leads, picklist, profile, row, text, typed};

/// Codes with their labels; of states with the places of their countries.
fn codes(name: &str, controller: Option<&str>, entries: &[(&str, &str, &[u16])]) -> TargetField {
    let values = entries.iter().map(|(value, label, valid_for)| PicklistValue {
        value: (*value).into(),
        label: (*label).into(),
        active: true,
        valid_for: valid_for.to_vec(),
    });
    TargetField {
        picklist: values.collect(),
        controller: controller.map(str::to_owned),
        ..picklist(name, &[], true)
    }
}

const STATES: &[(&str, &str, &[u16])] = &[
    ("CA", "California", &[0]),
    ("ON", "Ontario", &[1]),
    ("WA", "Washington", &[0]),
    ("WA", "Western Australia", &[2]),
];

fn org() -> TargetDescribe {
    let mut org = leads();
    org.fields.retain(|field| field.name != "State");
    let reference = |name: &str, to: &[&str], relationship: &str| TargetField {
        refers_to: to.iter().map(|object| (*object).into()).collect(),
        relationship: Some(relationship.into()),
        ..typed(name, FieldKind::Reference)
    };
    let keys = |object: &str, field: &str| LookupKeys {
        object: object.into(),
        fields: vec![LookupKey {
            name: field.into(),
            label: field.into(),
        }],
    };
    let record_type = |number: u32, name: &str, developer_name: &str| RecordTypeChoice {
        id: format!("01200000000000{number}AAA"),
        name: name.into(),
        developer_name: developer_name.into(),
    };
    org.fields.extend([
        codes(
            "CountryCode",
            None,
            &[
                ("US", "United States", &[]),
                ("CA", "Canada", &[]),
                ("AU", "Australia", &[]),
            ],
        ),
        codes("StateCode", Some("CountryCode"), STATES),
        text("State", 80),
        TargetField {
            lookup_keys: vec![keys("Region__c", "Code__c")],
            ..reference("Sales_Region__c", &["Region__c"], "Territory__r")
        },
        TargetField {
            lookup_keys: vec![keys("User", "Email")],
            ..reference("OwnerId", &["Group", "User"], "Owner")
        },
        TargetField {
            record_types: vec![
                record_type(1, "Inbound Lead", "Inbound"),
                record_type(2, "Outbound Lead", "Outbound"),
            ],
            ..reference("RecordTypeId", &["RecordType"], "RecordType")
        },
        codes(
            "Sector__c",
            Some("Industry"),
            &[("Chips", "Chips", &[0]), ("Wind", "Wind", &[1])],
        ),
    ]);
    org
}

fn looked_up(source: &str, target: &str, object: &str, field: &str) -> MappingRow {
    MappingRow {
        lookup: Some(Lookup {
            object: object.into(),
            field: field.into(),
        }),
        ..row(source, target)
    }
}

fn compiled(rows: Vec<MappingRow>) -> CompiledMapping {
    CompiledMapping::compile(&lead_mapping(rows), &org()).unwrap()
}

/// What a field gets from a fixed value, beside other fixed values.
fn outcome(target: &str, rows: &[(&str, &str)]) -> Result<String, FaultRule> {
    let fields = ["department", "job_title", "email", "suffix"];
    let mapped_rows = fields
        .iter()
        .zip(rows)
        .map(|(source, (target, _))| row(source, target));
    let values: Vec<(&str, &str)> = fields
        .iter()
        .zip(rows)
        .map(|(source, (_, value))| (*source, *value))
        .collect();
    let mapped = apply(&compiled(mapped_rows.collect()), &profile(&values));
    match mapped.cell(target) {
        Some(value) => Ok(value.to_csv_text()),
        None => Err(mapped
            .faults
            .iter()
            .find(|fault| fault.target == target)
            .unwrap()
            .rule),
    }
}

fn problem(row: MappingRow) -> ProblemCode {
    let problems = CompiledMapping::compile(&lead_mapping(vec![row]), &org()).unwrap_err();
    assert_eq!((problems.len(), problems[0].row), (1, Some(3)), "{problems:?}");
    problems[0].code
}

#[test]
fn a_lookup_is_one_value_in_two_renderings() {
    let mapping = compiled(vec![
        looked_up("department", "Sales_Region__c", "Region__c", "code__c"),
        looked_up("email", "OwnerId", "User", "Email"),
    ]);
    assert_eq!(
        mapping.columns(),
        ["LastName", "Company", "Territory__r.Code__c", "User:Owner.Email"]
    );
    let mapped = apply(
        &mapping,
        &profile(&[("department", "EMEA-7"), ("email", "ada@tarn.example")]),
    );
    let record = mapped.to_json();
    assert_eq!(record["Territory__r"], json!({ "Code__c": "EMEA-7" }));
    assert_eq!(
        record["Owner"],
        json!({ "attributes": { "type": "User" }, "Email": "ada@tarn.example" })
    );
    assert!(!record.contains_key("Sales_Region__c") && !record.contains_key("OwnerId"));
    assert_eq!(
        mapped.csv_row(&mapping.columns()),
        ["Okafor", "Tarn & Co", "EMEA-7", "ada@tarn.example"]
    );
    assert_eq!(
        cell_of_column(&record, "User:Owner.Email"),
        Some(&json!("ada@tarn.example"))
    );
    assert_eq!(cell_of_column(&record, "Group:Owner.Email"), None);
    assert_eq!(cell_of_column(&record, "Territory__r.Name"), None);
}

#[test]
fn rows_of_one_target_may_look_up_and_give_ids() {
    let mapping = compiled(vec![
        looked_up("department", "Sales_Region__c", "Region__c", "Code__c"),
        row("job_title", "Sales_Region__c"),
    ]);
    let columns = mapping.columns();
    assert_eq!(columns[2..], ["Territory__r.Code__c", "Sales_Region__c"]);
    let by_id = apply(&mapping, &profile(&[("job_title", "a0B000000000001")]));
    assert_eq!(by_id.csv_row(&columns)[2..], ["", "a0B000000000001"]);
    let by_code = apply(
        &mapping,
        &profile(&[("department", "7"), ("job_title", "a0B000000000001")]),
    );
    assert_eq!(by_code.csv_row(&columns)[2..], ["7", ""]);
}

#[test]
fn without_a_lookup_only_ids_are_written() {
    assert_eq!(
        outcome("OwnerId", &[("OwnerId", "ada@tarn.example")]),
        Err(FaultRule::NotAnId)
    );
    assert_eq!(
        outcome("OwnerId", &[("OwnerId", "003000000000001")]),
        Err(FaultRule::NotAnId)
    );
    assert_eq!(
        outcome("OwnerId", &[("OwnerId", "005000000000001AAB")]),
        Err(FaultRule::NotAnId)
    );
    assert_eq!(
        outcome("OwnerId", &[("OwnerId", "005000000000001AAA")]),
        Ok("005000000000001AAA".to_owned())
    );
}

#[test]
fn lookups_that_cannot_work_are_problems() {
    let on =
        |target: &str, object: &str, field: &str| problem(looked_up("department", target, object, field));
    assert_eq!(on("Title", "Account", "Code__c"), ProblemCode::LookupNotReference);
    assert_eq!(
        on("RecordTypeId", "RecordType", "Name"),
        ProblemCode::LookupNotReference
    );
    assert_eq!(on("OwnerId", "Account", "Email"), ProblemCode::LookupWrongObject);
    assert_eq!(on("OwnerId", "User", "Name"), ProblemCode::LookupNotByField);
    assert_eq!(
        on("Sales_Region__c", "Region__c", " "),
        ProblemCode::LookupNotByField
    );
    // What the other object has is not known here, so Salesforce says it.
    let unknown = looked_up("department", "OwnerId", "Group", "Name");
    assert!(CompiledMapping::compile(&lead_mapping(vec![unknown]), &org()).is_ok());
}

#[test]
fn record_types_go_by_any_of_their_names() {
    for name in [
        "Inbound Lead",
        "inbound",
        " INBOUND LEAD ",
        "012000000000001",
        "012000000000001AAA",
    ] {
        assert_eq!(
            outcome("RecordTypeId", &[("RecordTypeId", name)]),
            Ok("012000000000001AAA".to_owned()),
            "{name}"
        );
    }
    let mapping = compiled(vec![row("department", "RecordTypeId")]);
    let fault = apply(&mapping, &profile(&[("department", "Partner")]))
        .faults
        .remove(0);
    assert_eq!(fault.rule, FaultRule::UnknownRecordType);
    assert!(
        fault.sentence.contains("there are Inbound Lead, Outbound Lead"),
        "{}",
        fault.sentence
    );
}

#[test]
fn a_record_type_is_shown_by_its_name() {
    let rows = vec![MappingRow::new(Source::fixed("outbound"), "RecordTypeId")];
    let view = mapping_view(&lead_mapping(rows), Some(&org()), Some(&profile(&[])));
    assert_eq!(
        (view.rows[2].result.as_str(), view.rows[2].result_note.as_str()),
        ("Outbound Lead", "Record type 012000000000002AAA")
    );
    assert_eq!(view.rows[2].target_type, "Record type");
}

#[test]
fn states_and_countries_go_by_code_or_label() {
    let cases = [
        (
            "StateCode",
            "California",
            "CountryCode",
            "United States",
            Ok("CA"),
        ),
        ("StateCode", "ca", "Country", "US", Ok("CA")),
        ("State", "CA", "CountryCode", "us", Ok("California")),
        ("State", "WA", "Country", "Australia", Ok("Western Australia")),
        ("State", "WA", "CountryCode", "US", Ok("Washington")),
        (
            "StateCode",
            "Ontario",
            "CountryCode",
            "US",
            Err(FaultRule::NotInCountry),
        ),
        (
            "State",
            "Ontario",
            "CountryCode",
            "Atlantis",
            Err(FaultRule::StateWithoutCountry),
        ),
        (
            "State",
            "California",
            "CountryCode",
            " ",
            Err(FaultRule::StateWithoutCountry),
        ),
    ];
    for (state_field, state, country_field, country, expected) in cases {
        let found = outcome(state_field, &[(state_field, state), (country_field, country)]);
        assert_eq!(
            found,
            expected.map(str::to_owned),
            "{state_field} {state}, {country_field} {country}"
        );
    }
    assert_eq!(outcome("Country", &[("Country", "ca")]), Ok("Canada".to_owned()));
    assert_eq!(
        outcome("CountryCode", &[("CountryCode", "Canada")]),
        Ok("CA".to_owned())
    );
    assert_eq!(
        outcome("Country", &[("Country", "Atlantis")]),
        Err(FaultRule::NotInPicklist)
    );
}

#[test]
fn a_fixed_state_is_judged_in_every_record() {
    let mapping = compiled(vec![
        MappingRow::new(Source::fixed("Ontario"), "StateCode"),
        row("department", "CountryCode"),
    ]);
    let mapped = |country| apply(&mapping, &profile(&[("department", country)]));
    assert_eq!(mapped("Canada").cell("StateCode").unwrap().to_csv_text(), "ON");
    assert_eq!(mapped("US").faults[0].rule, FaultRule::NotInCountry);
}

#[test]
fn an_update_takes_the_country_that_the_record_has() {
    let mapping = compiled(vec![row("department", "StateCode")]);
    let sample = profile(&[("department", "Ontario")]);
    assert_eq!(
        apply(&mapping, &sample).faults[0].rule,
        FaultRule::StateWithoutCountry
    );
    let existing = BTreeMap::from([("CountryCode".to_owned(), "CA".to_owned())]);
    let mapped = apply_to(&mapping, &sample, Some(&existing));
    assert_eq!(mapped.cell("StateCode").unwrap().to_csv_text(), "ON");
}

#[test]
fn a_state_without_a_row_for_its_country_is_told_at_the_row() {
    let view = mapping_view(
        &lead_mapping(vec![row("department", "State")]),
        Some(&org()),
        None,
    );
    assert_eq!(view.rows[2].verdict, Verdict::Warning);
    assert!(
        view.rows[2].verdict_sentence.contains("CountryCode"),
        "{:?}",
        view.rows[2]
    );
}

#[test]
fn a_dependent_value_that_does_not_fit_is_marked_and_written() {
    let mapping = compiled(vec![row("department", "Sector__c"), row("job_title", "Industry")]);
    let marks = |industry: &str| {
        let mapped = apply(
            &mapping,
            &profile(&[("department", "chips"), ("job_title", industry)]),
        );
        assert_eq!(mapped.cell("Sector__c").unwrap().to_csv_text(), "Chips");
        let of_sector = mapped.marks.iter().filter(|mark| mark.target == "Sector__c");
        of_sector.map(|mark| mark.rule).collect::<Vec<_>>()
    };
    assert_eq!(marks("Technology"), []);
    assert_eq!(marks("Energy"), [MarkRule::NotForControllingValue]);
    assert_eq!(marks(""), [MarkRule::NotForControllingValue]);
}

proptest! {
    #[test]
    fn both_renderings_of_a_lookup_carry_the_same_text(value in "[^\u{0}-\u{1f}\u{7f}-\u{9f}]{1,300}") {
        let mapping = compiled(vec![looked_up("department", "Sales_Region__c", "Region__c", "Code__c")]);
        let mapped = apply(&mapping, &profile(&[("department", &value)]));
        let record = mapped.to_json();
        let sent = cell_of_column(&record, "Territory__r.Code__c").and_then(Value::as_str);
        let cells = mapped.csv_row(&mapping.columns());
        prop_assert_eq!(sent.unwrap_or_default(), cells[2].as_str());
        // Sent as it is, or a fault, or blank.
        prop_assert!(sent.is_none_or(|sent| value.contains(sent)));
        prop_assert!(sent.is_some() || !mapped.faults.is_empty() || model::text::is_blank(&value));
    }

    #[test]
    fn a_written_state_is_always_one_of_its_country(
        state in prop::sample::select(vec!["CA", "Ontario", "wa", "Washington", "Western Australia", "ON", "Bavaria", ""]),
        country in prop::sample::select(vec!["US", "Canada", "AU", "Germany", ""]),
    ) {
        let rows = [("StateCode", state), ("CountryCode", country)];
        let mapping = compiled(vec![row("department", "StateCode"), row("job_title", "CountryCode")]);
        let mapped = apply(&mapping, &profile(&[("department", rows[0].1), ("job_title", rows[1].1)]));
        let country = mapped.cell("CountryCode").map(model::TypedValue::to_csv_text);
        match mapped.cell("StateCode") {
            Some(written) => {
                let place = ["US", "CA", "AU"].iter().position(|code| country.as_deref() == Some(code)).unwrap();
                let place = u16::try_from(place).unwrap();
                let written = written.to_csv_text();
                prop_assert!(STATES.iter().any(|(code, _, places)| *code == written && places.contains(&place)));
            }
            None => prop_assert!(state.is_empty() || mapped.faults.iter().any(|fault| fault.target == "StateCode")),
        }
    }
}
