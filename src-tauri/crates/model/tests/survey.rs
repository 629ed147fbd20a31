//! A survey of a list says of every row what mapping the profiles one by one does.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use std::collections::BTreeMap;

use model::mapping::{FindingRule, Survey, Surveyed};
use model::{CompiledMapping, MappingRow, Overflow, Profile, ProfileDocument, ProfileValues, Source, apply};
use proptest::prelude::*;
use support::{compiled, in_block, profile, row};

fn rows() -> Vec<MappingRow> {
    vec![
        row("direct_phone", "Phone"),
        row("company_hq_phone", "Phone"),
        row("job_title", "Title"),
        MappingRow {
            overflow: Overflow::Refuse,
            ..in_block("company address", "company_city", "City")
        },
        in_block("company address", "company_state", "State"),
        row("primary_industry", "Industry"),
        row("revenue_thousands", "AnnualRevenue"),
        row("employees", "NumberOfEmployees"),
        MappingRow::new(Source::fixed("ZoomInfo"), "LeadSource"),
        MappingRow::new(
            Source::Template {
                text: "{Job Title} at {Company Name}".to_owned(),
            },
            "FirstName",
        ),
    ]
}

const FIELDS: [&str; 9] = [
    "last_name",
    "direct_phone",
    "company_hq_phone",
    "job_title",
    "company_city",
    "company_state",
    "primary_industry",
    "revenue_thousands",
    "employees",
];

fn any_profile() -> impl Strategy<Value = Profile> {
    let value = prop_oneof![
        Just(String::new()),
        Just("Ohio".to_owned()),
        Just("Energy".to_owned()),
        Just("12".to_owned()),
        "[a-z\u{0}\"\\\\ é]{1,30}",
    ];
    prop::collection::vec(value, FIELDS.len()).prop_map(|values| {
        let pairs: Vec<(&str, &str)> = FIELDS
            .into_iter()
            .zip(values.iter().map(String::as_str))
            .collect();
        profile(&pairs)
    })
}

/// Per row: profiles that it writes, and the count of every rule that it meets.
type Counts = BTreeMap<u32, (u32, BTreeMap<&'static str, u32>)>;

fn one_by_one(mapping: &CompiledMapping, profiles: &[Profile]) -> (u32, Counts) {
    let mut counts = Counts::new();
    let mut refused = 0;
    for profile in profiles {
        let mapped = apply(mapping, profile);
        refused += u32::from(mapped.refusal().is_some());
        for used in &mapped.used {
            let (written, rules) = counts.entry(used.row).or_default();
            *written += u32::from(mapped.cell(&used.target).is_some());
            let faults = mapped.faults.iter().filter(|fault| *fault.target == *used.target);
            let marks = mapped.marks.iter().filter(|mark| *mark.target == *used.target);
            let codes = faults
                .map(|fault| fault.rule.code())
                .chain(marks.map(|mark| mark.rule.code()));
            for code in codes {
                *rules.entry(code).or_default() += 1;
            }
        }
    }
    counts.retain(|_, (written, rules)| *written > 0 || !rules.is_empty());
    (refused, counts)
}

fn told(surveyed: &Surveyed) -> (u32, Counts) {
    let mut counts = Counts::new();
    for (row, found) in (1..).zip(&surveyed.rows) {
        let rules = found
            .findings
            .iter()
            .map(|finding| (finding.rule.code(), finding.profiles));
        counts.insert(row, (found.written_profiles, rules.collect()));
    }
    counts.retain(|_, (written, rules)| *written > 0 || !rules.is_empty());
    (surveyed.refused_profiles, counts)
}

fn surveyed<P: ProfileValues>(mapping: &CompiledMapping, profiles: &[P]) -> Surveyed {
    let mut survey = Survey::new(mapping, rows().len() + 2);
    for (position, profile) in (0..).zip(profiles) {
        survey.add(position, profile);
    }
    survey.finish()
}

proptest! {
    #[test]
    fn a_survey_counts_what_mapping_does(profiles in prop::collection::vec(any_profile(), 0..20)) {
        let mapping = compiled(rows());
        prop_assert_eq!(told(&surveyed(&mapping, &profiles)), one_by_one(&mapping, &profiles));
    }

    #[test]
    fn stored_profiles_are_read_as_what_they_were(profiles in prop::collection::vec(any_profile(), 0..12)) {
        let mapping = compiled(rows());
        let stored: Vec<String> = profiles.iter().map(|profile| serde_json::to_string(profile).unwrap()).collect();
        let read: Vec<ProfileDocument<'_>> = stored.iter().map(|text| ProfileDocument::read(text).unwrap()).collect();
        prop_assert_eq!(surveyed(&mapping, &read), surveyed(&mapping, &profiles));
        for (document, profile) in read.iter().zip(&profiles) {
            prop_assert_eq!(apply(&mapping, document), apply(&mapping, profile));
        }
    }

    #[test]
    fn parts_of_a_list_add_up_to_the_whole(profiles in prop::collection::vec(any_profile(), 1..20), cut in 0_usize..20) {
        let mapping = compiled(rows());
        let cut = cut.min(profiles.len());
        let mut parts = [Survey::new(&mapping, rows().len() + 2), Survey::new(&mapping, rows().len() + 2)];
        for (position, profile) in (0_u32..).zip(&profiles) {
            parts[usize::from(position as usize >= cut)].add(position, profile);
        }
        let [first, mut second] = parts;
        second.merge(first);
        prop_assert_eq!(second.finish(), surveyed(&mapping, &profiles));
    }
}

#[test]
fn values_that_the_org_lacks_come_first_with_their_counts() {
    let mapping = compiled(rows());
    let values = ["Energy", "Retail", "Energy", "Farming", "Retail", "Retail", ""];
    let profiles: Vec<Profile> = values
        .iter()
        .map(|value| profile(&[("primary_industry", value)]))
        .collect();
    let surveyed = surveyed(&mapping, &profiles);
    let industry = &surveyed.rows[7];
    let told: Vec<(&str, u32, bool)> = industry
        .values
        .iter()
        .map(|value| (value.value.as_str(), value.profiles, value.known))
        .collect();
    assert_eq!(
        told,
        [("Retail", 3, false), ("Farming", 1, false), ("Energy", 2, true)]
    );
    assert_eq!(industry.blank_profiles, 1);
    let finding = &industry.findings[0];
    assert!(matches!(finding.rule, FindingRule::Mark(_)));
    assert_eq!(
        (
            finding.profiles,
            finding.example_value.as_str(),
            finding.example_position
        ),
        (4, "Retail", 1)
    );
}
