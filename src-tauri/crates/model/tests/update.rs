//! What an update does to a record, and what the native app's fields add.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use std::collections::BTreeMap;

use model::mapping::{UpdateOutcome, has_native_app, locked_rows, update, view_of_update};
use model::{
    CompiledMapping, MappingRow, OnUpdate, ProblemCode, Source, TargetDescribe, TargetField, TargetObject,
    Verdict, apply, mapping_view,
};
use proptest::prelude::*;
use support::{compiled, in_block, lead_mapping, leads, profile, row, text};

fn record(values: &[(&str, &str)]) -> BTreeMap<String, String> {
    values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn with(on_update: OnUpdate, row: MappingRow) -> MappingRow {
    MappingRow { on_update, ..row }
}

fn clearing(row: MappingRow) -> MappingRow {
    MappingRow {
        on_update: OnUpdate::Overwrite,
        clear_when_blank: true,
        ..row
    }
}

/// Outcomes by target of an update of leads.
fn outcomes(
    rows: Vec<MappingRow>,
    values: &[(&str, &str)],
    existing: &[(&str, &str)],
) -> BTreeMap<String, UpdateOutcome> {
    let mapping = compiled(rows);
    let mapped = apply(&mapping, &profile(values));
    update(&mapping, &mapped, &record(existing))
        .fields
        .into_iter()
        .map(|field| (field.target, field.outcome))
        .collect()
}

#[test]
fn each_policy_does_what_it_says() {
    use UpdateOutcome::{Cleared, Filled, Kept, Never, Nothing, Overwritten, Unchanged};
    let policies = [OnUpdate::FillIfBlank, OnUpdate::Overwrite, OnUpdate::Never];
    let cases = [
        ("Buyer", "", [Filled, Filled, Never]),
        ("Buyer", "Clerk", [Kept, Overwritten, Never]),
        ("Buyer", "Buyer ", [Unchanged, Unchanged, Never]),
        ("", "Clerk", [Nothing, Nothing, Nothing]),
        ("", " ", [Nothing, Nothing, Nothing]),
    ];
    for (value, before, expected) in cases {
        for (policy, expected) in policies.into_iter().zip(expected) {
            let rows = vec![with(policy, row("job_title", "Title"))];
            let found = outcomes(rows, &[("job_title", value)], &[("Title", before)]);
            assert_eq!(found["Title"], expected, "{policy:?} {value:?} over {before:?}");
        }
    }
    let found = outcomes(
        vec![clearing(row("job_title", "Title"))],
        &[],
        &[("Title", "Clerk")],
    );
    assert_eq!(found["Title"], Cleared);
    let careful = MappingRow {
        on_update: OnUpdate::FillIfBlank,
        ..clearing(row("job_title", "Title"))
    };
    assert_eq!(
        outcomes(vec![careful], &[], &[("Title", "Clerk")])["Title"],
        Nothing
    );
}

#[test]
fn values_are_compared_by_what_they_mean() {
    let rows = || {
        vec![
            with(OnUpdate::Overwrite, row("revenue_thousands", "AnnualRevenue")),
            with(OnUpdate::Overwrite, row("employees", "NumberOfEmployees")),
        ]
    };
    let values = [("revenue_thousands", "25464"), ("employees", "12")];
    let found = outcomes(
        rows(),
        &values,
        &[("AnnualRevenue", "25464000.0"), ("NumberOfEmployees", "12.0")],
    );
    assert_eq!(
        (found["AnnualRevenue"], found["NumberOfEmployees"]),
        (UpdateOutcome::Unchanged, UpdateOutcome::Unchanged)
    );
}

#[test]
fn the_first_row_of_a_target_has_the_policy() {
    let rows = vec![
        with(OnUpdate::Never, row("direct_phone", "Phone")),
        with(OnUpdate::Overwrite, row("company_hq_phone", "Phone")),
    ];
    let found = outcomes(rows, &[("company_hq_phone", "(555) 010-0002")], &[]);
    assert_eq!(found["Phone"], UpdateOutcome::Never);
}

#[test]
fn a_value_that_cannot_be_converted_clears_nothing() {
    let rows = vec![clearing(row("email", "Email"))];
    let found = outcomes(rows, &[("email", "nobody")], &[("Email", "ada@tarn.example")]);
    assert_eq!(found["Email"], UpdateOutcome::Nothing);
}

fn address(policy: OnUpdate) -> Vec<MappingRow> {
    [("street", "Street"), ("city", "City"), ("country", "Country")]
        .map(|(part, target)| with(policy, in_block("company", &format!("company_{part}"), target)))
        .to_vec()
}

#[test]
fn a_block_is_filled_only_when_the_record_has_none_of_it_and_is_replaced_whole() {
    use UpdateOutcome::{Cleared, Filled, Kept, Nothing, Overwritten};
    let values = [("company_street", "1 Quay"), ("company_city", "Oslo")];
    let of = |policy, existing: &[(&str, &str)]| {
        let found = outcomes(address(policy), &values, existing);
        [found["Street"], found["City"], found["Country"]]
    };
    assert_eq!(of(OnUpdate::FillIfBlank, &[]), [Filled, Filled, Nothing]);
    let elsewhere = [("Country", "Ghana")];
    assert_eq!(of(OnUpdate::FillIfBlank, &elsewhere), [Kept, Kept, Nothing]);
    assert_eq!(of(OnUpdate::Overwrite, &elsewhere), [Filled, Filled, Cleared]);
    let other = [("Street", "2 Hill"), ("City", "Accra")];
    assert_eq!(
        of(OnUpdate::Overwrite, &other),
        [Overwritten, Overwritten, Nothing]
    );
    let mut mixed = address(OnUpdate::Overwrite);
    mixed[1].on_update = OnUpdate::FillIfBlank;
    let found = outcomes(mixed, &values, &elsewhere);
    assert_eq!(
        found["Street"], Kept,
        "the most careful policy holds for all of it"
    );
    let blank = outcomes(address(OnUpdate::Overwrite), &[], &other);
    assert_eq!(blank["Street"], Nothing);
    let clears = address(OnUpdate::Overwrite).into_iter().map(clearing).collect();
    assert_eq!(outcomes(clears, &[], &other)["City"], Cleared);
}

fn leads_with(change: impl Fn(&mut TargetField)) -> TargetDescribe {
    let mut describe = leads();
    describe.fields.iter_mut().for_each(change);
    describe
}

#[test]
fn a_field_that_only_new_records_take_is_left_and_said() {
    let describe = leads_with(|field| field.updateable = field.name != "Title");
    let mapping = lead_mapping(vec![row("job_title", "Title")]);
    let compiled = CompiledMapping::compile(&mapping, &describe).unwrap();
    let profile = profile(&[("job_title", "Buyer")]);
    let mapped = apply(&compiled, &profile);
    let found = update(&compiled, &mapped, &record(&[]));
    assert_eq!(
        found.field("Title").unwrap().outcome,
        UpdateOutcome::NotUpdateable
    );
    let view = mapping_view(&mapping, Some(&describe), Some(&profile));
    assert_eq!(view.rows[2].verdict, Verdict::Warning);
    assert!(view.rows[2].verdict_sentence.contains("new records only"));
}

#[test]
fn the_tab_shows_what_becomes_of_the_record() {
    let mapping = lead_mapping(vec![
        MappingRow::new(Source::fixed("ZoomInfo"), "LeadSource"),
        with(OnUpdate::Overwrite, row("job_title", "Title")),
        row("direct_phone", "Phone"),
        row("company_hq_phone", "Phone"),
        clearing(row("department", "City")),
        with(OnUpdate::Never, row("company_country", "Country")),
    ]);
    let sample = profile(&[
        ("job_title", "Partner"),
        ("company_hq_phone", "(219) 606-2399"),
        ("company_country", "Norway"),
    ]);
    let existing = record(&[
        ("LastName", "Okafor"),
        ("LeadSource", "Partner Referral"),
        ("Title", "Generalist"),
        ("City", "Oslo"),
    ]);
    let view = view_of_update(&mapping, Some(&leads()), Some(&sample), Some(&existing));
    let shown: Vec<(&str, &str)> = view
        .rows
        .iter()
        .map(|row| (row.result.as_str(), row.result_note.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("Okafor", "No change"),
            ("Tarn & Co", "Fills a blank field"),
            ("Kept: Partner Referral", "Already has a value"),
            ("Partner", "Replaces “Generalist”"),
            ("", "Blank, 2 is used"),
            ("(219) 606-2399", "Fills a blank field"),
            ("", "Clears “Oslo”"),
            ("Left blank", "Not written on update"),
        ]
    );
    let json = {
        let compiled = CompiledMapping::compile(&mapping, &leads()).unwrap();
        let mapped = apply(&compiled, &sample);
        update(&compiled, &mapped, &existing).to_json()
    };
    assert_eq!(
        serde_json::Value::Object(json),
        serde_json::json!({"Company": "Tarn & Co", "Title": "Partner", "Phone": "(219) 606-2399", "City": null})
    );
}

fn leads_with_native_app() -> TargetDescribe {
    let mut describe = leads();
    describe.fields.extend([
        text("DOZISF__ZoomInfo_Id__c", 255),
        text("DOZISF__ZoomInfo_Company_ID__c", 255),
        text("DOZISF__ZoomInfo_Last_Updated__c", 255),
    ]);
    describe
}

#[test]
fn the_native_apps_ids_are_written_by_locked_rows() {
    assert!(!has_native_app(&leads()) && locked_rows(TargetObject::Lead, &leads()).is_empty());
    let describe = leads_with_native_app();
    assert!(has_native_app(&describe));
    let mapping = lead_mapping(vec![]);
    let sample = profile(&[
        ("zoominfo_contact_id", "2000000014"),
        ("zoominfo_company_id", "346572700"),
    ]);
    let compiled = CompiledMapping::compile(&mapping, &describe).unwrap();
    assert_eq!(
        compiled.columns(),
        [
            "LastName",
            "Company",
            "DOZISF__ZoomInfo_Id__c",
            "DOZISF__ZoomInfo_Company_ID__c"
        ]
    );
    let mapped = apply(&compiled, &sample);
    assert_eq!(
        mapped.cell("DOZISF__ZoomInfo_Id__c").unwrap().to_csv_text(),
        "2000000014"
    );
    let view = mapping_view(&mapping, Some(&describe), Some(&sample));
    let locked: Vec<_> = view
        .locked_rows
        .iter()
        .map(|row| (row.row, row.source.as_str(), row.result.as_str(), row.verdict))
        .collect();
    assert_eq!(
        locked,
        [
            (3, "ZoomInfo Contact ID", "2000000014", Verdict::Locked),
            (4, "ZoomInfo Company ID", "346572700", Verdict::Locked)
        ]
    );
    let readable = leads_with_native_app_read_only();
    assert!(
        CompiledMapping::compile(&mapping, &readable)
            .unwrap()
            .columns()
            .len()
            == 2
    );
}

fn leads_with_native_app_read_only() -> TargetDescribe {
    let mut describe = leads_with_native_app();
    for field in &mut describe.fields {
        field.createable &= !field.name.starts_with("DOZISF__");
    }
    describe
}

#[test]
fn a_row_on_a_field_of_the_native_app_is_a_problem() {
    for target in ["DOZISF__ZoomInfo_Id__c", "dozisf__zoominfo_last_updated__c"] {
        let mapping = lead_mapping(vec![row("job_title", target)]);
        let problems = CompiledMapping::compile(&mapping, &leads_with_native_app()).unwrap_err();
        assert_eq!(problems.len(), 1);
        assert_eq!(
            (problems[0].row, problems[0].code),
            (Some(3), ProblemCode::TargetLocked)
        );
        assert!(!problems[0].code.stops_saving());
    }
}

#[test]
fn rows_that_have_no_effect_say_so() {
    let fixed = |value: &str| MappingRow::new(Source::fixed(value), "City");
    let mapping = lead_mapping(vec![
        row("person_city", "City"),
        row("job_title", "Title"),
        row("person_city", "city"),
        fixed("Oslo"),
        row("company_city", "City"),
    ]);
    let view = mapping_view(&mapping, Some(&leads()), Some(&profile(&[])));
    let sentences: Vec<(u32, &str)> = view
        .rows
        .iter()
        .filter(|row| row.verdict == Verdict::Warning)
        .map(|row| (row.row, row.verdict_sentence.as_str()))
        .collect();
    assert_eq!(sentences.len(), 2, "{sentences:?}");
    assert!(sentences[0].0 == 5 && sentences[0].1.contains("row 3 does the same earlier"));
    assert!(sentences[1].0 == 7 && sentences[1].1.contains("fixed value in row 6"));
    let place = view.rows[6].hierarchy.unwrap();
    assert_eq!(
        (place.position, place.of),
        (4, 4),
        "rows of one target count wherever they stand"
    );
}

fn block_mapping(order: &[(&str, &str)]) -> Vec<MappingRow> {
    order
        .iter()
        .map(|(block, part)| {
            let target = if *part == "street" { "Street" } else { "City" };
            in_block(block, &format!("{block}_{part}"), target)
        })
        .collect()
}

#[test]
fn blocks_stand_in_the_order_of_their_common_fields() {
    let person_first = [("company", "city"), ("person", "street"), ("company", "street")];
    let mapping = compiled(block_mapping(&person_first));
    let both = profile(&[
        ("person_street", "2 Hill"),
        ("company_street", "1 Quay"),
        ("company_city", "Oslo"),
    ]);
    let mapped = apply(&mapping, &both);
    assert_eq!(mapped.cell("Street").unwrap().to_csv_text(), "2 Hill");
    assert!(mapped.cell("City").is_none());
    let crossed = [
        ("person", "street"),
        ("company", "street"),
        ("company", "city"),
        ("person", "city"),
    ];
    let problems = CompiledMapping::compile(&lead_mapping(block_mapping(&crossed)), &leads()).unwrap_err();
    assert_eq!(
        (problems[0].row, problems[0].code),
        (Some(3), ProblemCode::BlockOrder)
    );
}

fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just("\u{a0}".to_owned()), "[a-c]{1,2}"]
}

proptest! {
    #[test]
    fn an_update_never_does_more_than_its_policy_allows(
        policies in prop::collection::vec(prop::sample::select(vec![OnUpdate::FillIfBlank, OnUpdate::Overwrite, OnUpdate::Never]), 3),
        clears in prop::collection::vec(any::<bool>(), 3),
        in_a_block in any::<bool>(),
        values in prop::collection::vec(any_value(), 3),
        existing in prop::collection::vec(any_value(), 3),
    ) {
        let pairs = [("company_street", "Street"), ("company_city", "City"), ("company_country", "Country")];
        let rows: Vec<MappingRow> = pairs.iter().enumerate().map(|(place, (source, target))| MappingRow {
            on_update: policies[place],
            clear_when_blank: clears[place],
            block: in_a_block.then(|| "company".to_owned()),
            ..row(source, target)
        }).collect();
        let profile = profile(&pairs.iter().zip(&values).map(|((source, _), value)| (*source, value.as_str())).collect::<Vec<_>>());
        let before = record(&pairs.iter().zip(&existing).map(|((_, target), value)| (*target, value.as_str())).collect::<Vec<_>>());
        let mapping = compiled(rows);
        let mapped = apply(&mapping, &profile);
        let found = update(&mapping, &mapped, &before);
        let sent = found.to_json();
        for (place, (_, target)) in pairs.iter().enumerate() {
            let had = !existing[place].trim().is_empty();
            let has = !values[place].trim().is_empty();
            if policies[place] == OnUpdate::Never {
                prop_assert!(!sent.contains_key(*target));
            }
            if policies[place] == OnUpdate::FillIfBlank && had {
                prop_assert!(!sent.contains_key(*target));
            }
            if !in_a_block && !has {
                let may_clear = clears[place] && policies[place] == OnUpdate::Overwrite && had;
                prop_assert_eq!(sent.get(*target), may_clear.then_some(&serde_json::Value::Null));
            }
            if !in_a_block && has && policies[place] == OnUpdate::Overwrite {
                let same = existing[place].trim() == values[place];
                prop_assert_eq!(sent.contains_key(*target), !same);
            }
        }
        if in_a_block && pairs.iter().any(|(_, target)| sent.contains_key(*target)) {
            // Whole: what the record holds afterwards is the profile's block and nothing else.
            for (place, (_, target)) in pairs.iter().enumerate() {
                let after = sent.get(*target).map_or(existing[place].trim(), |value| value.as_str().unwrap_or_default());
                prop_assert_eq!(after, values[place].trim());
            }
        }
    }

    #[test]
    fn a_second_update_changes_nothing(values in prop::collection::vec(any_value(), 2), existing in any_value()) {
        let mapping = compiled(vec![
            with(OnUpdate::Overwrite, row("job_title", "Title")),
            with(OnUpdate::Overwrite, row("direct_phone", "Phone")),
        ]);
        let profile = profile(&[("job_title", &values[0]), ("direct_phone", &values[1])]);
        let mapped = apply(&mapping, &profile);
        let mut record = record(&[("Title", &existing)]);
        for (name, value) in update(&mapping, &mapped, &record).to_json() {
            record.insert(name, value.as_str().unwrap_or_default().to_owned());
        }
        prop_assert!(update(&mapping, &mapped, &record).to_json().is_empty());
    }
}
