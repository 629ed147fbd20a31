//! An org's leads, profiles and rows that the tests of this folder share.

#![allow(dead_code, reason = "every test file takes what it needs")]
#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

use std::collections::BTreeMap;

use model::{
    CompiledMapping, FieldKind, Mapping, MappingRow, PicklistValue, Profile, ProfileKind, Source,
    TargetDescribe, TargetField, TargetObject, apply,
};

pub fn text(name: &str, length: u32) -> TargetField {
    TargetField {
        name: name.to_owned(),
        label: format!("{name} label"),
        length,
        ..TargetField::default()
    }
}

pub fn typed(name: &str, kind: FieldKind) -> TargetField {
    TargetField {
        kind,
        ..text(name, 80)
    }
}

pub fn picklist(name: &str, values: &[&str], restricted: bool) -> TargetField {
    let entry = |value: &&str| PicklistValue {
        value: (*value).into(),
        label: (*value).into(),
        active: true,
        valid_for: Vec::new(),
    };
    TargetField {
        picklist: values.iter().map(entry).collect(),
        restricted_picklist: restricted,
        ..typed(name, FieldKind::Picklist)
    }
}

/// Leads of an org: what the default mapping writes, and a few fields of other types.
pub fn leads() -> TargetDescribe {
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

pub fn profile(values: &[(&str, &str)]) -> Profile {
    let mut profile = Profile::new(ProfileKind::Contact);
    let base = [("last_name", "Okafor"), ("company_name", "Tarn & Co")];
    profile.values = base
        .iter()
        .chain(values)
        .map(|(field, value)| ((*field).into(), (*value).into()))
        .collect();
    profile
}

pub fn row(field: &str, target: &str) -> MappingRow {
    MappingRow::new(Source::field(field), target)
}

pub fn in_block(block: &str, field: &str, target: &str) -> MappingRow {
    MappingRow {
        block: Some(block.to_owned()),
        ..row(field, target)
    }
}

pub fn lead_mapping(rows: Vec<MappingRow>) -> Mapping {
    let mut all = vec![row("last_name", "LastName"), row("company_name", "Company")];
    all.extend(rows);
    Mapping {
        object: TargetObject::Lead,
        rows: all,
    }
}

pub fn compiled(rows: Vec<MappingRow>) -> CompiledMapping {
    CompiledMapping::compile(&lead_mapping(rows), &leads()).unwrap()
}

pub fn written(mapping: &CompiledMapping, profile: &Profile) -> BTreeMap<String, String> {
    apply(mapping, profile)
        .cells
        .into_iter()
        .map(|cell| (cell.target.to_string(), cell.value.to_csv_text()))
        .collect()
}
