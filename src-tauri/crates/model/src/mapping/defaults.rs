//! The mappings that a newly connected org starts with.

use super::row::{Mapping, MappingRow, OnUpdate, Overflow, Source};
use crate::TargetObject;
use crate::target::{FieldKind, TargetDescribe};

/// The default mapping of an object: ZoomInfo's standard fields into Salesforce's. With a describe, rows are left out
/// whose target the org does not have or the user may not write, and value maps keep only values that the org has.
#[must_use]
pub fn default_mapping(object: TargetObject, describe: Option<&TargetDescribe>) -> Mapping {
    let rows = match object {
        TargetObject::Account => account(),
        TargetObject::Contact => contact(),
        TargetObject::Lead => lead(),
    };
    let rows = match describe {
        None => rows,
        Some(describe) => rows.into_iter().filter_map(|row| fitted(row, describe)).collect(),
    };
    Mapping { object, rows }
}

fn account() -> Vec<MappingRow> {
    let mut rows = vec![
        MappingRow {
            on_update: OnUpdate::Never,
            ..uncut("company_name", "Name")
        },
        row("website", "Website"),
        row("company_hq_phone", "Phone"),
        row("company_fax", "Fax"),
    ];
    rows.extend(address("company", "billing address", "Billing"));
    rows.extend(revenue());
    rows.extend([
        row("employees", "NumberOfEmployees"),
        industry(),
        row("company_description", "Description"),
        row("ticker", "TickerSymbol"),
        row("sic_code_1", "Sic"),
        row("naics_code_1", "NaicsCode"),
        with_values("ownership_type", "Ownership", OWNERSHIPS),
        row("founded_year", "YearStarted"),
        fixed("ZoomInfo", "AccountSource"),
    ]);
    rows
}

fn contact() -> Vec<MappingRow> {
    let mut rows = vec![
        row("salutation", "Salutation"),
        uncut("first_name", "FirstName"),
        uncut("middle_name", "MiddleName"),
        uncut("last_name", "LastName"),
        row("suffix", "Suffix"),
        row("job_title", "Title"),
        row("department", "Department"),
        row("email", "Email"),
        row("direct_phone", "Phone"),
        row("company_hq_phone", "Phone"),
        row("mobile_phone", "MobilePhone"),
        row("company_fax", "Fax"),
    ];
    rows.extend(address("person", "person address", "Mailing"));
    rows.extend(address("company", "company address", "Mailing"));
    rows.push(fixed("ZoomInfo", "LeadSource"));
    rows
}

fn lead() -> Vec<MappingRow> {
    let mut rows = vec![
        row("salutation", "Salutation"),
        uncut("first_name", "FirstName"),
        uncut("last_name", "LastName"),
        row("job_title", "Title"),
        uncut("company_name", "Company"),
        row("email", "Email"),
        row("direct_phone", "Phone"),
        row("company_hq_phone", "Phone"),
        row("mobile_phone", "MobilePhone"),
        row("company_fax", "Fax"),
        row("website", "Website"),
    ];
    rows.extend(address("company", "company address", ""));
    rows.push(industry());
    rows.extend(revenue());
    rows.extend([
        row("employees", "NumberOfEmployees"),
        row("company_description", "Description"),
        fixed("ZoomInfo", "LeadSource"),
    ]);
    rows
}

/// ZoomInfo's primary industries beside Salesforce's standard ones, where they mean the same by another name.
const INDUSTRIES: &[(&str, &str)] = &[
    ("Energy, Utilities & Waste", "Energy"),
    ("Energy, Utilities & Waste Treatment", "Energy"),
    ("Healthcare Services", "Healthcare"),
    ("Hospitals & Physicians Clinics", "Healthcare"),
    ("Media & Internet", "Media"),
    ("Organizations", "Not For Profit"),
    ("Software", "Technology"),
];

const OWNERSHIPS: &[(&str, &str)] = &[
    ("Education", "Other"),
    ("Government", "Other"),
    ("Non-Profit", "Other"),
    ("Partnership", "Private"),
];

fn row(field: &str, target: &str) -> MappingRow {
    MappingRow::new(Source::field(field), target)
}

/// Names are not cut: half a name is somebody else's.
fn uncut(field: &str, target: &str) -> MappingRow {
    MappingRow {
        overflow: Overflow::Refuse,
        ..row(field, target)
    }
}

fn fixed(value: &str, target: &str) -> MappingRow {
    MappingRow::new(Source::fixed(value), target)
}

fn with_values(field: &str, target: &str, values: &[(&str, &str)]) -> MappingRow {
    let value_map = values
        .iter()
        .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
        .collect();
    MappingRow {
        value_map,
        ..row(field, target)
    }
}

fn industry() -> MappingRow {
    with_values("primary_industry", "Industry", INDUSTRIES)
}

/// In thousands as ZoomInfo writes it, else in dollars as other programs re-export it.
fn revenue() -> [MappingRow; 2] {
    [
        row("revenue_thousands", "AnnualRevenue"),
        row("revenue_usd", "AnnualRevenue"),
    ]
}

fn address(source: &str, block: &str, prefix: &str) -> [MappingRow; 5] {
    [
        ("street", "Street"),
        ("city", "City"),
        ("state", "State"),
        ("zip", "PostalCode"),
        ("country", "Country"),
    ]
    .map(|(part, target)| MappingRow {
        block: Some(block.to_owned()),
        ..row(&format!("{source}_{part}"), &format!("{prefix}{target}"))
    })
}

/// The row as far as the org can take it.
fn fitted(mut row: MappingRow, describe: &TargetDescribe) -> Option<MappingRow> {
    let field = describe
        .field(&row.target)
        .filter(|field| field.createable && field.kind.can_be_mapped())?;
    if let Source::Fixed { value } = &row.source
        && field.restricted_picklist
        && !field.offers(value)
    {
        return None;
    }
    if field.kind == FieldKind::Picklist {
        row.value_map
            .retain(|from, to| field.offers(to) && !field.offers(from));
    } else {
        row.value_map.clear();
    }
    row.target.clone_from(&field.name);
    Some(row)
}
