//! One profile becomes one record: hierarchies, blocks, refusals, units.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use model::{
    CompiledMapping, FaultRule, Mapping, MappingRow, MarkRule, Overflow, Source, TargetObject, apply,
    row_digest,
};
use support::{compiled, in_block, leads, profile, row, written};

#[test]
fn the_first_row_that_is_not_blank_wins() {
    let mapping = compiled(vec![
        row("direct_phone", "Phone"),
        row("company_hq_phone", "Phone"),
    ]);
    let both = profile(&[
        ("direct_phone", "(555) 010-0001"),
        ("company_hq_phone", "(555) 010-0002"),
    ]);
    let company = profile(&[("direct_phone", "\u{a0}"), ("company_hq_phone", "(555) 010-0002")]);
    assert_eq!(written(&mapping, &both)["Phone"], "(555) 010-0001");
    assert_eq!(written(&mapping, &company)["Phone"], "(555) 010-0002");
    assert!(!written(&mapping, &profile(&[])).contains_key("Phone"));
}

#[test]
fn a_fault_is_told_and_never_replaced_by_a_lower_row() {
    let mapping = compiled(vec![row("email", "Email"), row("supplemental_email", "Email")]);
    let mapped = apply(
        &mapping,
        &profile(&[
            ("email", "ada(at)tarn"),
            ("supplemental_email", "ada@tarn.example"),
        ]),
    );
    assert_eq!(mapped.cell("Email"), None);
    assert_eq!(mapped.faults[0].rule, FaultRule::NotAnEmail);
    assert_eq!(mapped.refusal(), None);
    assert_eq!(mapped.notes(), [mapped.faults[0].sentence.clone()]);
}

#[test]
fn a_record_without_a_required_value_is_refused() {
    let mapping = compiled(vec![]);
    let nameless = profile(&[("last_name", " ")]);
    let refusal = apply(&mapping, &nameless).refusal().cloned().unwrap();
    assert_eq!(
        (refusal.target.as_str(), refusal.rule),
        ("LastName", FaultRule::MissingRequired)
    );
    let rows = vec![
        MappingRow {
            overflow: Overflow::Refuse,
            ..row("last_name", "LastName")
        },
        row("company_name", "Company"),
    ];
    let strict = CompiledMapping::compile(
        &Mapping {
            object: TargetObject::Lead,
            rows,
        },
        &leads(),
    )
    .unwrap();
    let mapped = apply(&strict, &profile(&[("last_name", &"x".repeat(81))]));
    assert_eq!(mapped.refusal().map(|fault| fault.rule), Some(FaultRule::TooLong));
}

#[test]
fn a_block_comes_from_one_source_whole() {
    let mapping = compiled(vec![
        in_block("person", "person_street", "Street"),
        in_block("person", "person_city", "City"),
        in_block("company", "company_street", "Street"),
        in_block("company", "company_city", "City"),
        in_block("company", "company_country", "Country"),
    ]);
    let company = [
        ("company_street", "1 Quay"),
        ("company_city", "Oslo"),
        ("company_country", "Norway"),
    ];
    let whole = written(&mapping, &profile(&company));
    assert_eq!(
        (whole["Street"].as_str(), whole["Country"].as_str()),
        ("1 Quay", "Norway")
    );
    let mixed = profile(&[&company[..], &[("person_city", "Accra")]].concat());
    let written = written(&mapping, &mixed);
    assert_eq!(written["City"], "Accra");
    assert!(!written.contains_key("Street") && !written.contains_key("Country"));
}

#[test]
fn a_block_with_a_fault_is_left_out_whole() {
    let mapping = compiled(vec![
        in_block("company", "company_city", "City"),
        in_block("company", "company_state", "State"),
    ]);
    let mapped = apply(
        &mapping,
        &profile(&[("company_city", "Oslo"), ("company_state", "Viken")]),
    );
    assert_eq!((mapped.cell("City"), mapped.cell("State")), (None, None));
    assert!(
        mapped.faults[0]
            .sentence
            .contains("The whole block “company” is left out")
    );
    assert_eq!(mapped.refusal(), None);
}

#[test]
fn revenue_is_written_in_dollars() {
    let rows = || {
        vec![
            row("revenue_thousands", "AnnualRevenue"),
            row("revenue_usd", "AnnualRevenue"),
        ]
    };
    let thousands = profile(&[("revenue_thousands", "25464")]);
    let dollars = profile(&[("revenue_usd", "25464000")]);
    for profile in [thousands, dollars] {
        assert_eq!(written(&compiled(rows()), &profile)["AnnualRevenue"], "25464000");
    }
}

#[test]
fn templates_and_extra_columns_are_sources() {
    let mapping = compiled(vec![
        MappingRow::new(
            Source::Template {
                text: "{Company Name} / {Job Title}".to_owned(),
            },
            "Title",
        ),
        MappingRow::new(
            Source::Extra {
                column: "Query Name".to_owned(),
            },
            "City",
        ),
    ]);
    let mut profile = profile(&[("job_title", "Head of Procurement")]);
    profile
        .extras
        .insert("Query Name".to_owned(), "Spring".to_owned());
    let mapped = apply(&mapping, &profile);
    assert_eq!(mapped.cell("Title").unwrap().to_csv_text(), "Tarn & Co / Head of");
    assert_eq!(mapped.marks[0].rule, MarkRule::Truncated);
    assert_eq!(mapped.cell("City").unwrap().to_csv_text(), "Spring");
}

#[test]
fn columns_are_each_target_once_and_give_the_row_for_bulk() {
    let mapping = compiled(vec![
        row("direct_phone", "phone"),
        row("company_hq_phone", "Phone"),
        row("job_title", "Title"),
    ]);
    assert_eq!(mapping.columns(), ["LastName", "Company", "Phone", "Title"]);
    let mapped = apply(&mapping, &profile(&[("job_title", "Buyer")]));
    assert_eq!(
        mapped.csv_row(&mapping.columns()),
        ["Okafor", "Tarn & Co", "", "Buyer"]
    );
    assert_eq!(
        row_digest(&mapped.csv_row(&mapping.columns())),
        row_digest(&["Okafor", "Tarn & Co", "", "Buyer"])
    );
    let json = serde_json::Value::Object(mapped.to_json());
    assert_eq!(
        json,
        serde_json::json!({"LastName": "Okafor", "Company": "Tarn & Co", "Title": "Buyer"})
    );
}
