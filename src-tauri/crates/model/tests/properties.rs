//! What holds for every mapping and every profile.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use model::{
    CompiledMapping, Mapped, Mapping, MappingDocument, MappingRow, OnUpdate, Overflow, Profile, ProfileKind,
    Source, TargetObject, Unit, Verdict, apply, default_mapping, mapping_view, zoominfo_field,
};
use proptest::prelude::*;
use support::{compiled, in_block, leads, profile, row, written};

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
    let unit = prop::option::of(prop::sample::select(vec![
        Unit::ThousandsOfUsd,
        Unit::Usd,
        Unit::Percent,
        Unit::Fraction,
    ]));
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
                on_update,
                block,
                overflow,
                value_map,
                source_unit,
                ..MappingRow::new(source, target)
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
    fn only_the_order_within_a_target_matters_with_blocks_too(
        values in prop::collection::vec(any_value(), 8),
        keys in prop::collection::vec(any::<u16>(), 13),
    ) {
        let mut profile = profile(&[("job_title", "Buyer")]);
        let mut rows = Vec::new();
        let mut values = values.into_iter();
        for source in ["person", "company"] {
            for (part, target) in PARTS.iter().zip(TARGETS) {
                let field = format!("{source}_{part}");
                profile.values.insert(field.clone(), values.next().unwrap_or_default());
                rows.push(in_block(source, &field, target));
            }
        }
        rows.extend([row("direct_phone", "Phone"), row("company_hq_phone", "Phone"), row("job_title", "Title")]);
        // Each row gets a random place, and the rows of one target share out theirs in their own order.
        let mut places: Vec<(u16, usize)> = keys.into_iter().take(rows.len()).zip(0..).collect();
        for target in TARGETS.into_iter().chain(["Phone", "Title"]) {
            let own: Vec<usize> = (0..rows.len()).filter(|index| rows[*index].target == target).collect();
            let mut given: Vec<u16> = own.iter().map(|index| places[*index].0).collect();
            given.sort_unstable();
            for (index, key) in own.iter().zip(given) {
                places[*index].0 = key;
            }
        }
        places.sort_unstable();
        let shuffled: Vec<MappingRow> = places.iter().map(|(_, index)| rows[*index].clone()).collect();
        prop_assert_eq!(written(&compiled(rows), &profile), written(&compiled(shuffled), &profile));
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
        let mut profile = Profile::new(ProfileKind::Contact);
        profile.values = values;
        let defaults = default_mapping(TargetObject::Lead, Some(&leads()));
        let good = CompiledMapping::compile(&defaults, &leads()).unwrap();
        let mapped = apply(&good, &profile);
        prop_assert_eq!(mapped.refusal().is_none(), mapped.cell("LastName").is_some() && mapped.cell("Company").is_some());
        let mapping = Mapping { object: TargetObject::Lead, rows };
        let shown = mapping_view(&mapping, Some(&leads()), Some(&profile)).rows;
        prop_assert_eq!(shown.len(), mapping.rows.len());
        if let Ok(compiled) = CompiledMapping::compile(&mapping, &leads()) {
            let mapped = apply(&compiled, &profile);
            prop_assert!(shown.iter().all(|row| row.verdict != Verdict::Error));
            let document = serde_json::to_string(&mapped).unwrap();
            prop_assert_eq!(serde_json::from_str::<Mapped>(&document).unwrap(), mapped);
        }
    }

    #[test]
    fn reading_a_document_never_panics(text in "\\PC{0,80}") {
        drop(MappingDocument::read(&text));
    }
}
