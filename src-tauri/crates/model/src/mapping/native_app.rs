//! Fields of ZoomInfo's native app (package with the namespace `DOZISF`): rows that nobody edits.
//!
//! Where the package is installed and the connected user may write its id fields, every export writes them, so that the
//! app recognises the record. No mapping row may have a field of the package for its target. The names are those seen in
//! orgs that have it; the moments and states that the package keeps are its own business.

use super::row::{MappingRow, OnUpdate, Overflow, Source};
use crate::TargetObject;
use crate::target::TargetDescribe;

/// Prefix of the package's fields.
const PREFIX: &str = "DOZISF__";
/// The id of the person or company that a record is.
const OWN_ID: &str = "DOZISF__ZoomInfo_Id__c";
/// The id of the company that a person works for.
const COMPANY_ID: &str = "DOZISF__ZoomInfo_Company_ID__c";

/// Whether a field is the package's, by its API name.
#[must_use]
pub fn is_native_app_field(name: &str) -> bool {
    name.get(..PREFIX.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(PREFIX))
}

/// Whether the package is installed, as far as an object's fields tell.
#[must_use]
pub fn has_native_app(describe: &TargetDescribe) -> bool {
    describe
        .fields
        .iter()
        .any(|field| is_native_app_field(&field.name))
}

/// API name of the field that holds a profile's own ZoomInfo id, where the org has it.
#[must_use]
pub fn native_app_id_field(describe: &TargetDescribe) -> Option<&str> {
    describe.field(OWN_ID).map(|field| field.name.as_str())
}

/// The rows that every export of this object also writes; none without the package.
#[must_use]
pub fn locked_rows(object: TargetObject, describe: &TargetDescribe) -> Vec<MappingRow> {
    let pairs: &[(&str, &str)] = match object {
        TargetObject::Account => &[("zoominfo_company_id", OWN_ID)],
        TargetObject::Contact | TargetObject::Lead => &[
            ("zoominfo_contact_id", OWN_ID),
            ("zoominfo_company_id", COMPANY_ID),
        ],
    };
    let rows = pairs.iter().filter_map(|(source, target)| {
        let field = describe
            .field(target)
            .filter(|field| field.createable && field.kind.can_be_mapped())?;
        Some(MappingRow {
            on_update: OnUpdate::Overwrite,
            // Half an id is another record's.
            overflow: Overflow::Refuse,
            ..MappingRow::new(Source::field(source), &field.name)
        })
    });
    rows.collect()
}
