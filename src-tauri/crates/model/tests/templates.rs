//! What holds for every template: reading never panics, what is shown reads as the same again, and filling is no more
//! than what its functions say.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use model::mapping::{DateOrder, Survey, Template, template_functions};
use model::{
    CompiledMapping, FaultRule, Mapping, MappingRow, ProblemCode, Source, TargetDescribe, TargetObject,
    mapping_view, zoominfo_field,
};
use proptest::prelude::*;
use support::{compiled, lead_mapping, leads, profile};

fn template_row(text: &str, target: &str) -> MappingRow {
    let text = text.to_owned();
    MappingRow::new(Source::Template { text }, target)
}

/// A value as a template may name it.
fn any_value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(zoominfo_field::FIELDS.to_vec()).prop_map(|field| field.label.to_owned()),
        prop::sample::select(zoominfo_field::FIELDS.to_vec()).prop_map(|field| format!(" {} ", field.id)),
        "[ -~é]{1,8}".prop_map(|header| format!("column:\"x{}\"", header.replace('"', "\"\""))),
        "[\\PC\n]{0,8}".prop_map(|text| format!("\"{}\"", text.replace('"', "\"\""))),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            (
                prop::sample::select(vec!["upper", "LOWER", "title", "first_word"]),
                inner.clone()
            )
                .prop_map(|(name, value)| format!("{name}({value})")),
            (1_u32..200_000, inner.clone()).prop_map(|(number, value)| format!("left( {value} , {number} )")),
            (
                prop::sample::select(vec!["D.M.YY", "MMM YYYY", "yyyy-mm-dd"]),
                inner.clone()
            )
                .prop_map(|(format, value)| format!("date({value},\"{format}\")")),
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|values| format!("first({})", values.join(","))),
            prop::collection::vec(inner, 1..4)
                .prop_map(|values| format!("join(\"; \"\"\", {})", values.join(", "))),
        ]
    })
}

fn any_template() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[^{}]{0,8}",
        Just("{{".to_owned()),
        Just("}}".to_owned()),
        any_value().prop_map(|value| format!("{{{value}}}")),
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| format!("{}{{Job Title}}", parts.concat()))
}

proptest! {
    #[test]
    fn reading_never_panics_and_says_where(text in "[{}()\",:a-c0-9é ]{0,24}|\\PC{0,60}|\\{(upper|left|join|first|date|column)[(:][{}()\", 0-9a-zA-Z]{0,24}") {
        if let Err(fault) = Template::read(&text) {
            prop_assert!(fault.position >= 1 && fault.position as usize <= text.chars().count() + 1);
        }
    }

    #[test]
    fn what_is_shown_reads_as_the_same_again(text in any_template()) {
        let template = Template::read(&text).unwrap();
        let shown = template.to_string();
        prop_assert_eq!(&Template::read(&shown).unwrap(), &template, "{}", shown);
        prop_assert_eq!(Template::read(&shown).unwrap().to_string(), shown);
    }

    #[test]
    fn filling_never_panics_whatever_the_profile_holds(text in any_template(), value in any::<String>(), order in prop::sample::select(vec![DateOrder::MonthFirst, DateOrder::DayFirst])) {
        let template = Template::read(&text).unwrap().with_date_order(order);
        let mut profile = profile(&[]);
        for field in zoominfo_field::FIELDS {
            profile.values.insert(field.id.to_owned(), value.clone());
        }
        let filled = template.fill(&profile);
        if filled.is_none() {
            prop_assert!(template.refusal(&profile).is_none());
        }
    }

    #[test]
    fn text_around_a_value_stands_as_it_is(before in "[^{}]{0,12}", after in "[^{}]{0,12}", value in "[a-zA-Z'\"=]{1,12}") {
        let template = Template::read(&format!("{before}{{Job Title}}{after}")).unwrap();
        let filled = template.fill(&profile(&[("job_title", &value)]));
        prop_assert_eq!(filled, Some(format!("{before}{value}{after}")));
    }
}

#[test]
fn functions_take_a_hundred_thousand_characters() {
    let long = "ß'=\"Ünit 12 ".repeat(9_000);
    let profile = profile(&[("job_title", &long), ("job_start_date", &long)]);
    for function in template_functions() {
        let call = match function.name {
            "left" => "left(Job Title, 99999)".to_owned(),
            "join" => format!("join(\", \", {})", ["Job Title"; 20].join(", ")),
            "date" => "date(Job Start Date, \"YYYY\")".to_owned(),
            name => format!("{name}({name}({name}(Job Title)))"),
        };
        let template = Template::read(&format!("{{{call}}}")).unwrap();
        let filled = template.fill(&profile).unwrap();
        let most = 20 * 2 * (long.len() + 2);
        assert!(
            !filled.is_empty() && filled.len() < most,
            "{call}: {}",
            filled.len()
        );
    }
}

#[test]
fn templates_cannot_go_in_circles() {
    for (target, text) in [
        ("Title", "{Title}"),
        ("Title", "{Lead.City}"),
        ("City", "{template:Title}"),
        ("City", "{City}{Row 3}"),
    ] {
        let mapping = lead_mapping(vec![template_row(text, target)]);
        let shown = mapping_view(&mapping, Some(&leads()), Some(&profile(&[])));
        assert_eq!(shown.problems[0].code, ProblemCode::TemplateFault, "{text}");
        assert!(
            shown.problems[0]
                .sentence
                .contains("which ZoomInfo does not have"),
            "{}",
            shown.problems[0].sentence
        );
    }
}

#[test]
fn a_person_field_within_a_function_is_no_source_for_accounts() {
    let describe = TargetDescribe {
        object: TargetObject::Account,
        fields: vec![support::text("Name", 255)],
    };
    let mapping = Mapping {
        object: TargetObject::Account,
        rows: vec![template_row("{first(Company Name, upper(Last Name))}", "Name")],
    };
    let problems = CompiledMapping::compile(&mapping, &describe).unwrap_err();
    assert_eq!(problems[0].code, ProblemCode::WrongSourceKind);
}

#[test]
fn previews_and_surveys_work_with_functions_and_a_date_that_is_none_is_a_fault() {
    let rows = vec![template_row(
        "since {date(Job Start Date, \"MMM YYYY\")}",
        "Title",
    )];
    let good = profile(&[("job_start_date", "7/4/2024")]);
    let bad = profile(&[("job_start_date", "soon")]);
    let shown = mapping_view(&lead_mapping(rows.clone()), Some(&leads()), Some(&good)).rows;
    assert_eq!(
        (shown[2].sample_value.as_str(), shown[2].result.as_str()),
        ("since Jul 2024", "since Jul 2024")
    );
    let refused = mapping_view(&lead_mapping(rows.clone()), Some(&leads()), Some(&bad)).rows;
    assert_eq!(
        (refused[2].sample_value.as_str(), refused[2].result.as_str()),
        ("since soon", "")
    );
    assert!(
        refused[2].verdict_sentence.contains("“soon” is not a date"),
        "{}",
        refused[2].verdict_sentence
    );
    let mapping = compiled(rows);
    let mut survey = Survey::new(&mapping, 3);
    for (position, profile) in [&good, &bad, &profile(&[])].into_iter().enumerate() {
        survey.add(u32::try_from(position).unwrap(), profile);
    }
    let found = survey.finish();
    let row = &found.rows[2];
    assert_eq!(
        (row.written_profiles, row.blank_profiles, row.findings.len()),
        (1, 1, 1)
    );
    assert_eq!(row.findings[0].rule.code(), FaultRule::NotADate.code());
    assert_eq!(
        (row.findings[0].profiles, row.findings[0].example_position),
        (1, 1)
    );
}
