//! The documentation of mapping files and what the app reads are the same.

use std::collections::BTreeMap;

use model::mapping::{DateOrder, Lookup, PhoneFormat};
use model::{
    DocumentError, Mapping, MappingDocument, MappingRow, OnUpdate, Overflow, Source, TargetObject, Unit,
};
use serde_json::{Value, json};

const DOCUMENTATION: &str = include_str!("../MAPPING_FILE.md");

fn example() -> &'static str {
    let example = DOCUMENTATION.split("```json\n").nth(1).unwrap_or_default();
    example.split("```").next().unwrap_or_default()
}

/// A row of which every member has another value than the usual one.
fn full_row(source: Source) -> MappingRow {
    MappingRow {
        on_update: OnUpdate::Never,
        block: Some("address".to_owned()),
        overflow: Overflow::Refuse,
        value_map: BTreeMap::from([("a".to_owned(), "b".to_owned())]),
        source_unit: Some(Unit::Fraction),
        clear_when_blank: true,
        phone_format: PhoneFormat::NorthAmerican,
        date_order: DateOrder::DayFirst,
        time_zone: Some("Europe/Berlin".to_owned()),
        lookup: Some(Lookup {
            object: "Account".to_owned(),
            field: "Number__c".to_owned(),
        }),
        ..MappingRow::new(source, "Title")
    }
}

fn full_mapping() -> Mapping {
    let sources = [
        Source::field("job_title"),
        Source::Extra {
            column: "Region".to_owned(),
        },
        Source::fixed("ZoomInfo"),
        Source::Template {
            text: "{Job Title}".to_owned(),
        },
    ];
    Mapping {
        object: TargetObject::Lead,
        rows: sources.map(full_row).to_vec(),
    }
}

fn names(value: &Value, names_found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                names_found.push(name.clone());
                if name != "value_map" {
                    names(member, names_found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, names_found)),
        _ => {}
    }
}

#[test]
fn the_documented_example_is_read_as_it_is_written() {
    let mapping = MappingDocument::read(example()).unwrap();
    let written = serde_json::to_value(MappingDocument::of(&mapping)).unwrap();
    let documented: Value = serde_json::from_str(example()).unwrap();
    let mut members = Vec::new();
    names(&documented, &mut members);
    // What the example leaves out, it leaves out because it is usual.
    for (written, documented) in written["rows"]
        .as_array()
        .unwrap()
        .iter()
        .zip(documented["rows"].as_array().unwrap())
    {
        for (name, value) in documented.as_object().unwrap() {
            assert_eq!(&written[name], value, "{name} of {documented}");
        }
    }
    let known = model::zoominfo_field::find;
    for row in &mapping.rows {
        if let Source::Field { field } = &row.source {
            assert!(known(field).is_some(), "{field}");
        }
    }
}

#[test]
fn every_member_is_documented_and_in_the_example() {
    let document = serde_json::to_value(MappingDocument::of(&full_mapping())).unwrap();
    let mut members = Vec::new();
    names(&document, &mut members);
    assert!(members.len() > 20, "{members:?}");
    for member in members {
        assert!(
            DOCUMENTATION.contains(&format!("`{member}`")),
            "{member} is not documented"
        );
        assert!(
            example().contains(&format!("\"{member}\":")),
            "{member} is not in the example"
        );
    }
    for value in [
        "fill_if_blank",
        "overwrite",
        "never",
        "truncate",
        "refuse",
        "thousands_of_usd",
        "usd",
        "percent",
        "fraction",
        "as_is",
        "international",
        "north_american",
        "month_first",
        "day_first",
    ] {
        assert!(DOCUMENTATION.contains(&format!("`{value}`")), "{value}");
    }
}

#[test]
fn every_member_comes_back_from_a_file() {
    let mapping = full_mapping();
    let text = MappingDocument::of(&mapping).to_text().unwrap();
    assert_eq!(
        MappingDocument::read_for(&text, TargetObject::Lead).unwrap(),
        mapping
    );
}

#[test]
fn a_member_that_is_not_documented_is_refused_by_its_name() {
    for place in ["/rows/0", "/rows/0/source", "/rows/0/lookup", ""] {
        let mut document = serde_json::to_value(MappingDocument::of(&full_mapping())).unwrap();
        document.pointer_mut(place).unwrap()["colour"] = json!("red");
        let error = MappingDocument::read(&document.to_string()).unwrap_err();
        assert!(
            matches!(&error, DocumentError::Malformed { detail } if detail.contains("colour")),
            "{place}: {error}"
        );
    }
}
