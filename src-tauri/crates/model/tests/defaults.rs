//! The mappings that an org starts with.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use model::{CompiledMapping, OnUpdate, Source, TargetObject, default_mapping, zoominfo_field};
use support::{leads, profile, written};

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
