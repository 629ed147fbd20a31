//! Mappings through the public door: hierarchies, blocks, refusals, documents, defaults, the tab's rows.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

use std::collections::BTreeMap;

use model::{
    CompiledMapping, DocumentError, FaultRule, FieldKind, Mapping, MappingDocument, MappingRow, MarkRule,
    OnUpdate, Overflow, PicklistValue, ProblemCode, Profile, Source, TargetDescribe, TargetField,
    TargetObject, Unit, Verdict, apply, default_mapping, mapping_view, row_digest, zoominfo_field,
};
use proptest::prelude::*;

fn text(name: &str, length: u32) -> TargetField {
    TargetField {
        name: name.to_owned(),
        label: format!("{name} label"),
        length,
        ..TargetField::default()
    }
}

fn typed(name: &str, kind: FieldKind) -> TargetField {
    TargetField {
        kind,
        ..text(name, 80)
    }
}

fn picklist(name: &str, values: &[&str], restricted: bool) -> TargetField {
    let entry = |value: &&str| PicklistValue {
        value: (*value).into(),
        label: (*value).into(),
        active: true,
    };
    TargetField {
        picklist: values.iter().map(entry).collect(),
        restricted_picklist: restricted,
        ..typed(name, FieldKind::Picklist)
    }
}

/// Leads of an org: what the default mapping writes, and a few fields of other types.
fn leads() -> TargetDescribe {
    let required = |field: TargetField| TargetField {
        nillable: false,
        ..field
    };
    let revenue = TargetField {
        precision: 18,
        scale: 0,
        ..typed("AnnualRevenue", FieldKind::Currency)
    };
    TargetDescribe {
        object: TargetObject::Lead,
        fields: vec![
            required(text("LastName", 80)),
            text("FirstName", 40),
            picklist("Salutation", &["Mr.", "Ms."], false),
            required(text("Company", 255)),
            text("Title", 20),
            TargetField {
                createable: false,
                ..text("Name", 121)
            },
            typed("Email", FieldKind::Email),
            typed("Phone", FieldKind::Phone),
            TargetField {
                length: 255,
                ..typed("Street", FieldKind::Textarea)
            },
            text("City", 40),
            picklist("State", &["Ohio", "Utah"], true),
            text("PostalCode", 20),
            text("Country", 80),
            picklist("Industry", &["Technology", "Energy"], false),
            revenue,
            TargetField {
                digits: 8,
                ..typed("NumberOfEmployees", FieldKind::Int)
            },
            picklist("LeadSource", &["ZoomInfo"], true),
            TargetField {
                nillable: false,
                defaulted_on_create: true,
                ..picklist("Status", &["Open"], false)
            },
            typed("Address", FieldKind::Address),
        ],
    }
}

fn profile(values: &[(&str, &str)]) -> Profile {
    let mut profile = Profile::new(model::ProfileKind::Contact);
    let base = [("last_name", "Okafor"), ("company_name", "Tarn & Co")];
    profile.values = base
        .iter()
        .chain(values)
        .map(|(field, value)| ((*field).into(), (*value).into()))
        .collect();
    profile
}

fn row(field: &str, target: &str) -> MappingRow {
    MappingRow::new(Source::field(field), target)
}

fn in_block(block: &str, field: &str, target: &str) -> MappingRow {
    MappingRow {
        block: Some(block.to_owned()),
        ..row(field, target)
    }
}

fn lead_mapping(rows: Vec<MappingRow>) -> Mapping {
    let mut all = vec![row("last_name", "LastName"), row("company_name", "Company")];
    all.extend(rows);
    Mapping {
        object: TargetObject::Lead,
        rows: all,
    }
}

fn compiled(rows: Vec<MappingRow>) -> CompiledMapping {
    CompiledMapping::compile(&lead_mapping(rows), &leads()).unwrap()
}

fn written(mapping: &CompiledMapping, profile: &Profile) -> BTreeMap<String, String> {
    apply(mapping, profile)
        .cells
        .into_iter()
        .map(|cell| (cell.target, cell.value.to_csv_text()))
        .collect()
}

fn problems(rows: Vec<MappingRow>) -> Vec<(Option<u32>, ProblemCode)> {
    let problems = CompiledMapping::compile(&lead_mapping(rows), &leads()).unwrap_err();
    problems
        .into_iter()
        .map(|problem| (problem.row, problem.code))
        .collect()
}

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

#[test]
fn the_default_mapping_of_leads_fits_an_org_and_leaves_out_what_it_lacks() {
    let describe = leads();
    let mapping = default_mapping(TargetObject::Lead, Some(&describe));
    let compiled = CompiledMapping::compile(&mapping, &describe).unwrap();
    assert!(compiled.warnings().is_empty());
    assert!(
        !compiled
            .columns()
            .iter()
            .any(|column| column == "Fax" || column == "Website" || column == "Status")
    );
    let written = written(
        &compiled,
        &profile(&[("primary_industry", "Software"), ("company_hq_phone", "555")]),
    );
    assert_eq!(
        (written["Industry"].as_str(), written["LeadSource"].as_str()),
        ("Technology", "ZoomInfo")
    );
    assert_eq!(written["Phone"], "555");
}

#[test]
fn default_mappings_name_known_fields_only() {
    for object in TargetObject::ALL {
        let mapping = default_mapping(object, None);
        assert!(mapping.rows.len() > 10);
        for row in &mapping.rows {
            if let Source::Field { field } = &row.source {
                assert!(
                    zoominfo_field::find(field).unwrap().fits(object.source_kind()),
                    "{object} {field}"
                );
            }
        }
    }
    let names = default_mapping(TargetObject::Account, None);
    assert_eq!(names.rows[0].on_update, OnUpdate::Never);
}

#[test]
fn a_document_is_read_only_when_nothing_in_it_is_unknown() {
    let mapping = default_mapping(TargetObject::Contact, None);
    let good = MappingDocument::of(&mapping).to_text().unwrap();
    assert_eq!(MappingDocument::read(&good).unwrap(), mapping);
    let refused = |from: &str, to: &str| MappingDocument::read(&good.replacen(from, to, 1)).unwrap_err();
    assert_eq!(
        refused("\"version\": 1", "\"version\": 7, \"mood\": 1"),
        DocumentError::Newer { version: 7 }
    );
    assert_eq!(refused("landbridge-mapping", "other"), DocumentError::OtherFormat);
    assert!(matches!(
        refused("\"version\": 1", "\"version\": 0"),
        DocumentError::Malformed { .. }
    ));
    assert!(matches!(
        refused("\"target\"", "\"mood\": 1, \"target\""),
        DocumentError::Malformed { .. }
    ));
    assert!(matches!(
        refused("\"kind\"", "\"mood\": 1, \"kind\""),
        DocumentError::Malformed { .. }
    ));
    assert!(matches!(
        refused("\"contact\"", "\"opportunity\""),
        DocumentError::Malformed { .. }
    ));
    assert!(matches!(
        MappingDocument::read("{"),
        Err(DocumentError::NotJson { .. })
    ));
    assert!(matches!(
        MappingDocument::read("[]"),
        Err(DocumentError::OtherFormat)
    ));
    assert!(matches!(
        MappingDocument::read_for(&good, TargetObject::Lead),
        Err(DocumentError::OtherObject {
            found: TargetObject::Contact,
            ..
        })
    ));
    let many = Mapping {
        object: TargetObject::Lead,
        rows: vec![row("email", "Email"); 2_001],
    };
    let many = MappingDocument::of(&many).to_text().unwrap();
    assert_eq!(
        MappingDocument::read(&many),
        Err(DocumentError::TooManyRows { rows: 2_001 })
    );
}

#[test]
fn the_tab_shows_which_row_won_and_what_is_wrong() {
    let mapping = lead_mapping(vec![
        row("direct_phone", "Phone"),
        row("company_hq_phone", "Phone"),
        row("management_level", ""),
        row("primary_industry", "Industry"),
        row("revenue_thousands", "AnnualRevenue"),
        row("email", "Email"),
    ]);
    let sample = profile(&[
        ("company_hq_phone", "(555) 010-0002"),
        ("management_level", "Director"),
        ("primary_industry", "Retail"),
        ("revenue_thousands", "25464"),
        ("email", "nobody"),
    ]);
    let rows = mapping_view(&mapping, Some(&leads()), Some(&sample));
    let shown: Vec<_> = rows
        .iter()
        .map(|row| {
            let place = row
                .hierarchy
                .map(|place| (place.position, place.of, place.in_use));
            (
                row.source.as_str(),
                row.result.as_str(),
                row.result_note.as_str(),
                place,
                row.verdict,
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("Last Name", "Okafor", "", None, Verdict::Ready),
            ("Company Name", "Tarn & Co", "", None, Verdict::Ready),
            (
                "Direct Phone Number",
                "",
                "Blank, 2 is used",
                Some((1, 2, false)),
                Verdict::Ready
            ),
            (
                "Company HQ Phone",
                "(555) 010-0002",
                "",
                Some((2, 2, true)),
                Verdict::Ready
            ),
            ("Management Level", "", "Not written", None, Verdict::Error),
            ("Primary Industry", "Retail", "", None, Verdict::Warning),
            (
                "Revenue (in 000s USD)",
                "25464000",
                "From thousands of USD",
                None,
                Verdict::Ready
            ),
            ("Email Address", "", "Left out", None, Verdict::Warning),
        ]
    );
    assert!(
        rows[0].required && rows[0].target_type == "Text(80)" && rows[0].target_label == "LastName label"
    );
    assert_eq!(
        (rows[3].source_kind.as_str(), rows[3].source_group.as_str()),
        ("Company field", "Company")
    );
    assert!(rows[4].verdict_sentence.contains("no target field"));
}

#[test]
fn without_an_org_the_tab_shows_rows_unchecked() {
    let mapping = lead_mapping(vec![MappingRow::new(Source::fixed("ZoomInfo"), "LeadSource")]);
    let rows = mapping_view(&mapping, None, Some(&profile(&[])));
    assert!(
        rows.iter()
            .all(|row| row.verdict == Verdict::Unknown && row.target_kind.is_none())
    );
    assert_eq!(
        (rows[2].source.as_str(), rows[2].sample_value.as_str()),
        ("“ZoomInfo”", "ZoomInfo")
    );
}

#[test]
fn a_sample_that_is_refused_says_so_at_its_row() {
    let rows = mapping_view(
        &lead_mapping(vec![]),
        Some(&leads()),
        Some(&profile(&[("company_name", "")])),
    );
    assert_eq!(
        (rows[1].result_note.as_str(), rows[1].verdict),
        ("Blank, this record is refused", Verdict::Warning)
    );
}

const FIELDS: [&str; 5] = [
    "direct_phone",
    "mobile_phone",
    "company_hq_phone",
    "company_fax",
    "job_title",
];
const PARTS: [&str; 4] = ["street", "city", "state", "country"];
const TARGETS: [&str; 4] = ["Street", "City", "PostalCode", "Country"];

fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just("\u{a0}".to_owned()), "[a-z]{1,6}"]
}

fn any_row() -> impl Strategy<Value = MappingRow> {
    let source = prop_oneof![
        "\\PC{0,12}".prop_map(|field| Source::Field { field }),
        "\\PC{0,12}".prop_map(|column| Source::Extra { column }),
        "\\PC{0,12}".prop_map(|value| Source::Fixed { value }),
        "[{}\\PC]{0,12}".prop_map(|text| Source::Template { text }),
        prop::sample::select(zoominfo_field::FIELDS.to_vec()).prop_map(|field| Source::field(field.id)),
    ];
    let target = prop_oneof![
        prop::sample::select(leads().fields).prop_map(|field| field.name),
        "\\PC{0,8}",
    ];
    let on_update = prop::sample::select(vec![OnUpdate::FillIfBlank, OnUpdate::Overwrite, OnUpdate::Never]);
    let overflow = prop::sample::select(vec![Overflow::Truncate, Overflow::Refuse]);
    let unit = prop::option::of(prop::sample::select(vec![Unit::ThousandsOfUsd, Unit::Usd]));
    let value_map = prop::collection::btree_map("\\PC{0,4}", "\\PC{0,4}", 0..3);
    (
        source,
        target,
        on_update,
        prop::option::of("[a-c]{0,2}"),
        overflow,
        value_map,
        unit,
    )
        .prop_map(
            |(source, target, on_update, block, overflow, value_map, source_unit)| MappingRow {
                source,
                target,
                on_update,
                block,
                overflow,
                value_map,
                source_unit,
            },
        )
}

proptest! {
    #[test]
    fn a_hierarchy_is_the_first_non_blank(values in prop::collection::vec(any_value(), 5), order in Just(FIELDS.to_vec()).prop_shuffle()) {
        let pairs: Vec<(&str, &str)> = FIELDS.iter().copied().zip(values.iter().map(String::as_str)).collect();
        let profile = profile(&pairs);
        let rows = order.iter().map(|field| row(field, "City")).collect();
        let expected = order.iter().find_map(|field| profile.value(field)).map(str::to_owned);
        prop_assert_eq!(written(&compiled(rows), &profile).remove("City"), expected);
    }

    #[test]
    fn the_order_of_unrelated_rows_never_matters(
        values in prop::collection::vec(any_value(), 5),
        order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let pairs: Vec<(&str, &str)> = FIELDS.iter().copied().zip(values.iter().map(String::as_str)).collect();
        let rows: Vec<MappingRow> = FIELDS.iter().zip(TARGETS).map(|(field, target)| row(field, target)).collect();
        let shuffled = order.iter().map(|place| rows[*place].clone()).collect();
        let profile = profile(&pairs);
        prop_assert_eq!(written(&compiled(rows.clone()), &profile), written(&compiled(shuffled), &profile));
    }

    #[test]
    fn a_block_never_mixes_its_sources(person in prop::collection::vec(any_value(), 4), company in prop::collection::vec(any_value(), 4)) {
        let mut profile = profile(&[]);
        let mut rows = Vec::new();
        for (source, values) in [("person", &person), ("company", &company)] {
            for ((part, target), value) in PARTS.iter().zip(TARGETS).zip(values) {
                let field = format!("{source}_{part}");
                let marked = if value.trim().is_empty() { value.clone() } else { format!("{source} {value}") };
                profile.values.insert(field.clone(), marked);
                rows.push(in_block(source, &field, target));
            }
        }
        let mut written = written(&compiled(rows), &profile);
        written.retain(|target, _| TARGETS.contains(&target.as_str()));
        let is_blank = |values: &[String]| values.iter().all(|value| value.trim().is_empty());
        let (winner, values) = if is_blank(&person) { ("company", &company) } else { ("person", &person) };
        prop_assert!(written.values().all(|value| value.starts_with(winner)));
        prop_assert_eq!(written.len(), values.iter().filter(|value| !value.trim().is_empty()).count());
    }

    #[test]
    fn a_mapping_document_round_trips(rows in prop::collection::vec(any_row(), 0..12)) {
        let mapping = Mapping { object: TargetObject::Lead, rows };
        let text = MappingDocument::of(&mapping).to_text().unwrap();
        prop_assert_eq!(MappingDocument::read_for(&text, TargetObject::Lead).unwrap(), mapping.clone());
        let kept = serde_json::to_string(&mapping).unwrap();
        prop_assert_eq!(serde_json::from_str::<Mapping>(&kept).unwrap(), mapping);
    }

    #[test]
    fn no_mapping_and_no_profile_makes_it_panic(
        rows in prop::collection::vec(any_row(), 0..12),
        values in prop::collection::btree_map(prop::sample::select(zoominfo_field::FIELDS.to_vec()).prop_map(|field| field.id.to_owned()), any::<String>(), 0..30),
    ) {
        let mut profile = Profile::new(model::ProfileKind::Contact);
        profile.values = values;
        let defaults = default_mapping(TargetObject::Lead, Some(&leads()));
        let good = CompiledMapping::compile(&defaults, &leads()).unwrap();
        let mapped = apply(&good, &profile);
        prop_assert_eq!(mapped.refusal().is_none(), mapped.cell("LastName").is_some() && mapped.cell("Company").is_some());
        let mapping = Mapping { object: TargetObject::Lead, rows };
        let shown = mapping_view(&mapping, Some(&leads()), Some(&profile));
        prop_assert_eq!(shown.len(), mapping.rows.len());
        if let Ok(compiled) = CompiledMapping::compile(&mapping, &leads()) {
            let mapped = apply(&compiled, &profile);
            prop_assert!(shown.iter().all(|row| row.verdict != Verdict::Error));
            let document = serde_json::to_string(&mapped).unwrap();
            prop_assert_eq!(serde_json::from_str::<model::Mapped>(&document).unwrap(), mapped);
        }
    }

    #[test]
    fn reading_a_document_never_panics(text in "\\PC{0,80}") {
        drop(MappingDocument::read(&text));
    }
}
