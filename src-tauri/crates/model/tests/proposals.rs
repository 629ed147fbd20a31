//! Rows that names suggest.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use model::mapping::{Confidence, Proposal, propose};
use model::{
    FieldKind, Mapping, Source, TargetDescribe, TargetField, TargetObject, default_mapping, zoominfo_field,
};
use proptest::prelude::*;
use support::{leads, picklist, row, text, typed};

fn labelled(label: &str, field: TargetField) -> TargetField {
    TargetField {
        label: label.to_owned(),
        ..field
    }
}

fn org(fields: Vec<TargetField>) -> TargetDescribe {
    TargetDescribe {
        object: TargetObject::Lead,
        fields,
    }
}

fn none() -> Mapping {
    Mapping {
        object: TargetObject::Lead,
        rows: Vec::new(),
    }
}

fn told(proposals: &[Proposal]) -> Vec<(String, &str, Confidence, &str)> {
    proposals
        .iter()
        .map(|proposal| {
            (
                proposal.source.label(),
                proposal.target.as_str(),
                proposal.confidence,
                proposal.reason.as_str(),
            )
        })
        .collect()
}

#[test]
fn names_are_matched_by_label_api_name_meaning_and_likeness() {
    let describe = org(vec![
        labelled("SIC Code 2 (secondary)", text("Sic2__c", 20)),
        labelled("Employees", typed("NumberOfEmployees", FieldKind::Int)),
        labelled("Rank", text("Acme__Management_Level__c", 80)),
        labelled("Headcount", typed("HC__c", FieldKind::Double)),
        labelled("Main phone", typed("Main_Phone__c", FieldKind::Phone)),
        labelled("ZI JOB-FUNCTION", picklist("Zi_Function__c", &["Sales"], true)),
        labelled("Mood", text("Mood__c", 20)),
    ]);
    let found = propose(&none(), &describe, &[]);
    assert_eq!(
        told(&found),
        [
            (
                "Employees".to_owned(),
                "NumberOfEmployees",
                Confidence::Sure,
                "same label"
            ),
            (
                "Management Level".to_owned(),
                "Acme__Management_Level__c",
                Confidence::Sure,
                "same API name"
            ),
            (
                "Job Function".to_owned(),
                "Zi_Function__c",
                Confidence::Sure,
                "same label"
            ),
            (
                "Employees".to_owned(),
                "HC__c",
                Confidence::Likely,
                "Employees means the same"
            ),
            (
                "Company HQ Phone".to_owned(),
                "Main_Phone__c",
                Confidence::Likely,
                "Company HQ Phone means the same"
            ),
            (
                "SIC Code 2".to_owned(),
                "Sic2__c",
                Confidence::Possible,
                "similar name"
            ),
        ]
    );
}

#[test]
fn extra_columns_are_proposed_by_name_and_are_never_sure_of_a_type() {
    let describe = org(vec![
        labelled("Renewal Date", typed("Renewal__c", FieldKind::Date)),
        labelled("Query Name", text("Query__c", 80)),
    ]);
    let columns = ["Query Name".to_owned(), "renewal-date".to_owned(), "—".to_owned()];
    let found = propose(&none(), &describe, &columns);
    let shown: Vec<_> = found
        .iter()
        .map(|proposal| (proposal.source.clone(), proposal.confidence))
        .collect();
    let extra = |column: &str| Source::Extra {
        column: column.to_owned(),
    };
    assert_eq!(
        shown,
        [
            (extra("Query Name"), Confidence::Sure),
            (extra("renewal-date"), Confidence::Likely)
        ]
    );
}

#[test]
fn text_is_never_proposed_for_a_date_or_a_number() {
    for kind in [
        FieldKind::Date,
        FieldKind::Double,
        FieldKind::Boolean,
        FieldKind::Reference,
    ] {
        let describe = org(vec![labelled("Job Title", typed("Job_Title__c", kind))]);
        assert_eq!(propose(&none(), &describe, &[]), [], "{kind:?}");
    }
}

#[test]
fn an_org_that_is_mapped_by_default_gets_the_standard_fields_back() {
    let describe = org(leads()
        .fields
        .into_iter()
        .map(|field| labelled(&field.name.clone(), field))
        .collect());
    let found = propose(&none(), &describe, &[]);
    let defaults = default_mapping(TargetObject::Lead, Some(&describe));
    for proposal in found {
        let agrees = defaults
            .rows
            .iter()
            .any(|row| row.target == proposal.target && row.source == proposal.source);
        assert!(agrees, "{} from {:?}", proposal.target, proposal.source);
    }
}

fn any_field() -> impl Strategy<Value = TargetField> {
    let labels: Vec<String> = zoominfo_field::FIELDS
        .iter()
        .map(|field| field.label.to_owned())
        .collect();
    let label = prop_oneof![prop::sample::select(labels), "\\PC{0,12}"];
    let kinds = vec![
        FieldKind::String,
        FieldKind::Date,
        FieldKind::Phone,
        FieldKind::Double,
        FieldKind::Address,
        FieldKind::Picklist,
        FieldKind::Reference,
    ];
    let name = prop_oneof!["[A-Z][a-z]{1,6}__c", Just("DOZISF__ZoomInfo_Id__c".to_owned())];
    (label, name, prop::sample::select(kinds), any::<bool>()).prop_map(|(label, name, kind, createable)| {
        TargetField {
            label,
            createable,
            ..typed(&name, kind)
        }
    })
}

proptest! {
    #[test]
    fn closed_and_mapped_fields_are_never_proposed(
        fields in prop::collection::vec(any_field(), 0..12),
        mapped in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        columns in prop::collection::vec("\\PC{0,10}", 0..4),
    ) {
        let describe = org(fields);
        let mut mapping = none();
        if !describe.fields.is_empty() {
            mapping.rows = mapped.iter().map(|place| row("email", &place.get(&describe.fields).name.to_uppercase())).collect();
        }
        let found = propose(&mapping, &describe, &columns);
        for proposal in &found {
            prop_assert!(!mapping.maps(&proposal.target));
            let open = describe.fields.iter().any(|field| field.name == proposal.target && field.createable && field.kind.can_be_mapped());
            prop_assert!(open && !proposal.target.starts_with("DOZISF__"));
        }
        prop_assert!(found.is_sorted_by_key(|proposal| proposal.confidence));
        prop_assert_eq!(&found, &propose(&mapping, &describe, &columns));
        let mut adopted = mapping.clone();
        adopted.rows.extend(found.iter().map(|proposal| model::MappingRow::new(proposal.source.clone(), &proposal.target)));
        prop_assert_eq!(propose(&adopted, &describe, &columns), vec![]);
    }

    #[test]
    fn one_target_is_proposed_once(fields in prop::collection::btree_map("[A-Z][a-z]{1,6}__c", any_field(), 0..12)) {
        let fields = fields.into_iter().map(|(name, field)| TargetField { name, ..field }).collect();
        let found = propose(&none(), &org(fields), &[]);
        let mut targets: Vec<&str> = found.iter().map(|proposal| proposal.target.as_str()).collect();
        targets.sort_unstable();
        targets.dedup();
        prop_assert_eq!(targets.len(), found.len());
    }
}
