//! What differs between two mappings, and what drifted in an org since one was saved.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use model::mapping::{ChangeKind, DriftKind, difference, drift};
use model::{
    FieldKind, Mapping, MappingRow, OnUpdate, PicklistValue, Source, TargetDescribe, TargetField,
    TargetObject, default_mapping,
};
use proptest::prelude::*;
use support::{lead_mapping, leads, row, text};

fn kinds(before: &Mapping, after: &Mapping) -> Vec<(ChangeKind, Option<u32>, Option<u32>)> {
    difference(before, after, None)
        .changes
        .into_iter()
        .map(|change| (change.kind, change.row_before, change.row_after))
        .collect()
}

#[test]
fn the_save_bar_says_what_changed_in_a_few_words() {
    let before = lead_mapping(vec![
        row("job_title", "Title"),
        row("direct_phone", "Phone"),
        row("company_hq_phone", "Phone"),
    ]);
    let mut after = before.clone();
    after.rows[2].on_update = OnUpdate::Overwrite;
    after.rows.swap(3, 4);
    after.rows.push(row("management_level", ""));
    let found = difference(&before, &after, Some(&leads()));
    assert_eq!(
        found.in_words(),
        ["Title label on update", "order of Phone label", "1 row added"]
    );
    assert_eq!((found.changed_rows(), found.same_rows), (vec![3, 4, 5, 6], 2));
    let title = &found.changes[0];
    assert_eq!(
        (
            title.details[0].what.as_str(),
            title.details[0].before.as_str(),
            title.details[0].after.as_str()
        ),
        ("On update", "Fill if blank", "Overwrite")
    );
    let back = difference(&after, &before, None);
    assert_eq!(back.in_words().last().unwrap(), "1 row removed");
}

#[test]
fn rows_are_recognised_by_what_they_keep() {
    let before = lead_mapping(vec![row("job_title", "Title"), row("department", "City")]);
    let mut source = before.clone();
    source.rows[2].source = Source::field("department");
    assert_eq!(kinds(&before, &source), [(ChangeKind::Changed, Some(3), Some(3))]);
    let mut target = before.clone();
    target.rows[3].target = "Country".to_owned();
    assert_eq!(difference(&before, &target, None).in_words(), ["Country target"]);
    let mut case = before.clone();
    case.rows[2].target = " title ".to_owned();
    assert_eq!(kinds(&before, &case), []);
    let mut removed = before.clone();
    removed.rows.remove(2);
    assert_eq!(kinds(&before, &removed), [(ChangeKind::Removed, Some(3), None)]);
}

fn some_rows() -> impl Strategy<Value = Vec<MappingRow>> {
    let source = prop::sample::select(vec!["job_title", "department", "email", "website", ""]);
    let target = prop::sample::select(vec!["Title", "Phone", "City", "Country", ""]);
    let policy = prop::sample::select(vec![OnUpdate::FillIfBlank, OnUpdate::Overwrite]);
    let any = (source, target, policy).prop_map(|(source, target, on_update)| MappingRow {
        on_update,
        ..row(source, target)
    });
    prop::collection::vec(any, 0..10)
}

fn leads_of(rows: Vec<MappingRow>) -> Mapping {
    Mapping {
        object: TargetObject::Lead,
        rows,
    }
}

proptest! {
    #[test]
    fn equal_mappings_differ_in_nothing(rows in some_rows()) {
        let mapping = leads_of(rows);
        let found = difference(&mapping, &mapping, None);
        prop_assert_eq!((found.changes.len(), found.same_rows as usize), (0, mapping.rows.len()));
        prop_assert!(found.in_words().is_empty());
    }

    #[test]
    fn the_order_of_unrelated_rows_is_no_difference(rows in some_rows(), keys in prop::collection::vec(any::<u8>(), 10)) {
        let before = leads_of(rows);
        let mut shuffled: Vec<(u8, &MappingRow)> = before
            .rows
            .iter()
            .map(|row| {
                // Rows of one target get one key, so that their own order stays.
                let place = ["Title", "Phone", "City", "Country", ""].iter().position(|target| *target == row.target);
                (keys[place.unwrap()], row)
            })
            .collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let after = leads_of(shuffled.into_iter().map(|(_, row)| row.clone()).collect());
        prop_assert_eq!(difference(&before, &after, None).changes, vec![]);
    }

    #[test]
    fn every_row_is_told_once(before in some_rows(), after in some_rows()) {
        let (before, after) = (leads_of(before), leads_of(after));
        let found = difference(&before, &after, None);
        let count = |kind: ChangeKind| found.changes.iter().filter(|change| change.kind == kind).count();
        let both = count(ChangeKind::Changed) + count(ChangeKind::Moved) + found.same_rows as usize;
        prop_assert_eq!(both + count(ChangeKind::Added), after.rows.len());
        prop_assert_eq!(both + count(ChangeKind::Removed), before.rows.len());
        prop_assert_eq!(found.changes.is_empty(), found.in_words().is_empty());
    }
}

/// The leads of an org in which something was done to one field.
fn changed(name: &str, change: impl FnOnce(&mut TargetField)) -> TargetDescribe {
    let mut describe = leads();
    change(
        describe
            .fields
            .iter_mut()
            .find(|field| field.name == name)
            .unwrap(),
    );
    describe
}

fn without(name: &str) -> TargetDescribe {
    let mut describe = leads();
    describe.fields.retain(|field| field.name != name);
    describe
}

fn drifts(now: &TargetDescribe) -> Vec<(Option<u32>, DriftKind, bool)> {
    let mapping = lead_mapping(vec![
        row("job_title", "Title"),
        MappingRow::new(Source::fixed("ZoomInfo"), "LeadSource"),
        MappingRow {
            value_map: [("Software".to_owned(), "Technology".to_owned())].into(),
            ..row("primary_industry", "Industry")
        },
    ]);
    drift(&mapping, Some(&leads()), now)
        .into_iter()
        .map(|drift| (drift.row, drift.kind, drift.stops_exports))
        .collect()
}

#[test]
fn drift_is_told_at_its_row_and_says_whether_it_stops_exports() {
    let gone = |value: &'static str| {
        move |field: &mut TargetField| {
            for entry in &mut field.picklist {
                entry.active = entry.value != value;
            }
        }
    };
    let cases = [
        (without("Title"), (Some(3), DriftKind::FieldGone, true)),
        (
            changed("Title", |field| field.label = "Role".to_owned()),
            (Some(3), DriftKind::Relabelled, false),
        ),
        (
            changed("Title", |field| field.createable = false),
            (Some(3), DriftKind::PermissionLost, true),
        ),
        (
            changed("Title", |field| field.updateable = false),
            (Some(3), DriftKind::PermissionLost, false),
        ),
        (
            changed("Title", |field| field.length = 10),
            (Some(3), DriftKind::TypeChanged, false),
        ),
        (
            changed("Title", |field| field.kind = FieldKind::Base64),
            (Some(3), DriftKind::TypeChanged, true),
        ),
        (
            changed("Title", |field| field.nillable = false),
            (Some(3), DriftKind::BecameRequired, false),
        ),
        (
            changed("City", |field| field.nillable = false),
            (None, DriftKind::BecameRequired, true),
        ),
        (
            changed("LeadSource", gone("ZoomInfo")),
            (Some(4), DriftKind::ValueGone, true),
        ),
        (
            changed("Industry", gone("Technology")),
            (Some(5), DriftKind::ValueGone, false),
        ),
    ];
    for (now, expected) in cases {
        assert_eq!(drifts(&now), [expected]);
    }
    assert_eq!(drifts(&leads()), []);
}

#[test]
fn a_renamed_field_is_found_by_its_label_and_type() {
    let mut now = without("Title");
    now.fields.push(TargetField {
        label: "Title label".to_owned(),
        ..text("Role__c", 20)
    });
    let mapping = lead_mapping(vec![row("job_title", "title")]);
    let found = drift(&mapping, Some(&leads()), &now);
    assert_eq!(found[0].renamed_to.as_deref(), Some("Role__c"));
    assert!(found[0].sentence.contains("Title label (Title)") && found[0].sentence.contains("Role__c"));
    now.fields.push(TargetField {
        label: "Title label".to_owned(),
        ..text("Role_2__c", 20)
    });
    assert_eq!(
        drift(&mapping, Some(&leads()), &now)[0].renamed_to,
        None,
        "two may be it"
    );
}

#[test]
fn without_an_earlier_describe_only_what_is_wrong_now_is_told() {
    let defaults = default_mapping(TargetObject::Lead, Some(&leads()));
    assert_eq!(drift(&defaults, None, &leads()), []);
    let mapping = lead_mapping(vec![row("job_title", "Mood__c"), row("job_title", "Name")]);
    let found: Vec<_> = drift(&mapping, None, &leads())
        .into_iter()
        .map(|drift| (drift.row, drift.kind))
        .collect();
    assert_eq!(
        found,
        [
            (Some(3), DriftKind::FieldGone),
            (Some(4), DriftKind::PermissionLost)
        ]
    );
    let was_never_there = drift(&mapping, Some(&leads()), &leads());
    assert_eq!(
        was_never_there,
        [],
        "it has not drifted; the row's own problem tells it"
    );
}

#[test]
fn a_value_that_the_org_never_had_has_not_drifted() {
    let mapping = lead_mapping(vec![MappingRow::new(Source::fixed("Web"), "LeadSource")]);
    assert_eq!(drift(&mapping, Some(&leads()), &leads()), []);
    let now = changed("LeadSource", |field| {
        field.picklist.push(PicklistValue {
            value: "web".into(),
            label: "Web".into(),
            active: true,
            valid_for: Vec::new(),
        });
    });
    assert_eq!(drift(&mapping, None, &now), []);
}
