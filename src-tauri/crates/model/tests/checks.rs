//! A mapping is checked against an org.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use model::{CompiledMapping, Mapping, MappingRow, ProblemCode, Source, TargetDescribe, TargetObject};
use support::{in_block, lead_mapping, leads, row, text};

fn problems(rows: Vec<MappingRow>) -> Vec<(Option<u32>, ProblemCode)> {
    let problems = CompiledMapping::compile(&lead_mapping(rows), &leads()).unwrap_err();
    problems
        .into_iter()
        .map(|problem| (problem.row, problem.code))
        .collect()
}

#[test]
fn a_mapping_is_checked_against_the_org_row_by_row() {
    let fixed = |value: &str, target: &str| MappingRow::new(Source::fixed(value), target);
    let template = |text: &str| {
        MappingRow::new(
            Source::Template {
                text: text.to_owned(),
            },
            "Title",
        )
    };
    let cases = [
        (row("job_title", " "), ProblemCode::TargetBlank),
        (row("job_title", "Mood__c"), ProblemCode::UnknownTarget),
        (row("job_title", "Name"), ProblemCode::NotCreateable),
        (row("company_street", "Address"), ProblemCode::UnsupportedTarget),
        (row("", "Title"), ProblemCode::SourceBlank),
        (fixed(" ", "Title"), ProblemCode::SourceBlank),
        (row("mood", "Title"), ProblemCode::UnknownSource),
        (template("{Mood}"), ProblemCode::TemplateFault),
        (fixed("Web", "LeadSource"), ProblemCode::FixedValueFault),
        (fixed("soon", "NumberOfEmployees"), ProblemCode::FixedValueFault),
    ];
    for (row, code) in cases {
        assert_eq!(problems(vec![row]), [(Some(3), code)]);
    }
    let mixed = vec![in_block("a", "company_city", "City"), row("person_city", "City")];
    assert_eq!(problems(mixed), [(Some(4), ProblemCode::BlockMixed)]);
    let repeated = vec![
        in_block("a", "company_city", "City"),
        in_block("a", "person_city", "City"),
    ];
    assert_eq!(problems(repeated), [(Some(4), ProblemCode::BlockRepeats)]);
}

#[test]
fn required_fields_must_be_mapped_and_defaulted_ones_need_not() {
    let mapping = Mapping {
        object: TargetObject::Lead,
        rows: vec![row("last_name", "lastname")],
    };
    let problems = CompiledMapping::compile(&mapping, &leads()).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, ProblemCode::MissingRequired);
    assert!(problems[0].sentence.contains("Company"));
}

#[test]
fn a_person_field_is_no_source_for_accounts() {
    let describe = TargetDescribe {
        object: TargetObject::Account,
        fields: vec![text("Name", 255)],
    };
    let mapping = Mapping {
        object: TargetObject::Account,
        rows: vec![row("last_name", "Name")],
    };
    let problems = CompiledMapping::compile(&mapping, &describe).unwrap_err();
    assert_eq!(problems[0].code, ProblemCode::WrongSourceKind);
    let problems = CompiledMapping::compile(&lead_mapping(vec![]), &describe).unwrap_err();
    assert_eq!(problems[0].code, ProblemCode::WrongObject);
}
