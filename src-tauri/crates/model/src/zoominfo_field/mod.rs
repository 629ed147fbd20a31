//! ZoomInfo's fields: stable ids, labels as in the current CSV headers, groups and units.
//!
//! Ids are written into mappings and profiles, so one is never renamed; to add a field, add a line to `catalogue`.

mod catalogue;

use serde::{Deserialize, Serialize};

use crate::ProfileKind;
pub use catalogue::FIELDS;

/// One field of ZoomInfo's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ZoomInfoField {
    /// Stable id, e.g. `job_title`.
    pub id: &'static str,
    /// Label as in the current CSV headers, e.g. `Job Title`.
    pub label: &'static str,
    /// Group in a list of sources.
    pub group: FieldGroup,
    /// Whether it says something of the person or of the company.
    pub subject: ProfileKind,
    /// Unit of its numbers; `None` when they have none.
    pub unit: Option<Unit>,
}

impl ZoomInfoField {
    /// What the field belongs to, in words: `Contact field` or `Company field`.
    #[must_use]
    pub fn kind_label(&self) -> &'static str {
        match self.subject {
            ProfileKind::Contact => "Contact field",
            ProfileKind::Company => "Company field",
        }
    }

    /// Whether profiles of this kind can have it. Contacts carry their company's fields, companies no person's.
    #[must_use]
    pub fn fits(&self, kind: ProfileKind) -> bool {
        kind == ProfileKind::Contact || self.subject == ProfileKind::Company
    }
}

/// Groups of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldGroup {
    /// Name, job, phone and e-mail of a person.
    Person,
    /// Where a person works.
    PersonAddress,
    /// What a company is.
    Company,
    /// Where a company is.
    CompanyAddress,
    /// Industry and its codes.
    Industry,
    /// Revenue, funding and budgets.
    Money,
    /// Ids and profile pages.
    Identity,
    /// What a match or a check found.
    Matching,
}

impl FieldGroup {
    /// The group in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::PersonAddress => "Person address",
            Self::Company => "Company",
            Self::CompanyAddress => "Company address",
            Self::Industry => "Industry",
            Self::Money => "Revenue and funding",
            Self::Identity => "Ids and links",
            Self::Matching => "Matching",
        }
    }
}

/// Unit of a source's numbers. Targets take whole units, so thousands are multiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Thousands of US dollars, as in ZoomInfo's columns "(in 000s USD)".
    ThousandsOfUsd,
    /// US dollars.
    Usd,
    /// Percent: 12.5 means 12.5 %.
    Percent,
    /// Parts of one: 0.125 means 12.5 %.
    Fraction,
}

impl Unit {
    /// The unit in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ThousandsOfUsd => "thousands of USD",
            Self::Usd => "USD",
            Self::Percent => "percent",
            Self::Fraction => "parts of one",
        }
    }
}

/// The field with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static ZoomInfoField> {
    FIELDS.iter().find(|field| field.id == id)
}

/// The field with this id or label, in any case: what a template's `{…}` may name.
#[must_use]
pub fn find_by_name(name: &str) -> Option<&'static ZoomInfoField> {
    let name = name.trim();
    FIELDS
        .iter()
        .find(|field| field.id.eq_ignore_ascii_case(name) || field.label.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_and_labels_are_unique() {
        let ids: BTreeSet<_> = FIELDS.iter().map(|field| field.id).collect();
        let labels: BTreeSet<_> = FIELDS.iter().map(|field| field.label.to_lowercase()).collect();
        assert_eq!((ids.len(), labels.len()), (FIELDS.len(), FIELDS.len()));
    }

    #[test]
    fn fields_in_thousands_say_so_in_id_and_unit() {
        for field in FIELDS {
            assert_eq!(
                field.id.ends_with("_thousands"),
                field.unit == Some(Unit::ThousandsOfUsd),
                "{}",
                field.id
            );
        }
    }

    #[test]
    fn a_field_is_found_by_label_in_any_case() {
        assert_eq!(
            find_by_name(" job title ").map(|field| field.id),
            Some("job_title")
        );
        assert_eq!(find("nothing"), None);
    }
}
