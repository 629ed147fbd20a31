//! One ZoomInfo record, as every source hands it over.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text;

/// Whether a profile is a person's business card or a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileKind {
    /// A person at a company.
    Contact,
    /// A company.
    Company,
}

impl ProfileKind {
    /// The kind in words, for many: `contacts` or `companies`.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Contact => "contacts",
            Self::Company => "companies",
        }
    }
}

/// One ZoomInfo record: a company or a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// ZoomInfo contact or company id, by kind; `None` when the source gave none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zoominfo_id: Option<String>,
    /// Contact or company.
    pub kind: ProfileKind,
    /// Values by field id of [`crate::zoominfo_field`]; blank ones are left out.
    pub values: BTreeMap<String, String>,
    /// Values of columns that are not ZoomInfo's, by column header; blank ones are left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extras: BTreeMap<String, String>,
}

/// What a mapping reads of a profile, wherever it is kept.
pub trait ProfileValues {
    /// The value of a field, trimmed; `None` when it is blank.
    fn value(&self, field: &str) -> Option<&str>;

    /// The value of an extra column, trimmed; `None` when it is blank.
    fn extra(&self, column: &str) -> Option<&str>;
}

impl ProfileValues for Profile {
    fn value(&self, field: &str) -> Option<&str> {
        Self::value(self, field)
    }

    fn extra(&self, column: &str) -> Option<&str> {
        Self::extra(self, column)
    }
}

impl Profile {
    /// A profile without values.
    #[must_use]
    pub fn new(kind: ProfileKind) -> Self {
        Self {
            zoominfo_id: None,
            kind,
            values: BTreeMap::new(),
            extras: BTreeMap::new(),
        }
    }

    /// The value of a field, trimmed; `None` when it is blank.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&str> {
        visible(self.values.get(field))
    }

    /// The value of an extra column, trimmed; `None` when it is blank.
    #[must_use]
    pub fn extra(&self, column: &str) -> Option<&str> {
        visible(self.extras.get(column))
    }

    /// Name to show: the person's first and last name, or the company's name; empty when there is none.
    #[must_use]
    pub fn display_name(&self) -> String {
        match self.kind {
            ProfileKind::Contact => self.joined(&["first_name", "last_name"], " "),
            ProfileKind::Company => self.company_name(),
        }
    }

    /// The company's name, of contacts too; empty when there is none.
    #[must_use]
    pub fn company_name(&self) -> String {
        self.value("company_name").unwrap_or_default().to_owned()
    }

    /// What tells this profile from others of the same name: the contact's company, the company's website.
    #[must_use]
    pub fn subtitle(&self) -> String {
        match self.kind {
            ProfileKind::Contact => self.company_name(),
            ProfileKind::Company => self.value("website").unwrap_or_default().to_owned(),
        }
    }

    /// What the profile does: the contact's job title, the company's primary industry.
    #[must_use]
    pub fn occupation(&self) -> String {
        let field = match self.kind {
            ProfileKind::Contact => "job_title",
            ProfileKind::Company => "primary_industry",
        };
        self.value(field).unwrap_or_default().to_owned()
    }

    /// The most direct phone number: direct, mobile, then the company's.
    #[must_use]
    pub fn best_phone(&self) -> String {
        ["direct_phone", "mobile_phone", "company_hq_phone"]
            .into_iter()
            .find_map(|field| self.value(field))
            .unwrap_or_default()
            .to_owned()
    }

    /// City, state and country: the person's where one of them is known, else the company's.
    #[must_use]
    pub fn place(&self) -> String {
        let person = self.joined(&["person_city", "person_state", "person_country"], ", ");
        if person.is_empty() {
            self.joined(&["company_city", "company_state", "company_country"], ", ")
        } else {
            person
        }
    }

    fn joined(&self, fields: &[&str], separator: &str) -> String {
        fields
            .iter()
            .filter_map(|field| self.value(field))
            .collect::<Vec<_>>()
            .join(separator)
    }
}

fn visible(value: Option<&String>) -> Option<&str> {
    value.and_then(|value| text::visible(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(values: &[(&str, &str)]) -> Profile {
        let mut profile = Profile::new(ProfileKind::Contact);
        profile.values = values
            .iter()
            .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
            .collect();
        profile
    }

    #[test]
    fn names_leave_no_gaps() {
        assert_eq!(contact(&[("last_name", "Okafor")]).display_name(), "Okafor");
        assert_eq!(
            contact(&[("first_name", "Ada\u{a0}"), ("last_name", "Okafor")]).display_name(),
            "Ada Okafor"
        );
        assert_eq!(contact(&[]).display_name(), "");
    }

    #[test]
    fn a_company_is_named_by_its_company() {
        let mut profile = contact(&[("company_name", "Tarn & Co"), ("website", "tarn.example")]);
        assert_eq!(profile.subtitle(), "Tarn & Co");
        profile.kind = ProfileKind::Company;
        assert_eq!(
            (profile.display_name(), profile.subtitle()),
            ("Tarn & Co".into(), "tarn.example".into())
        );
    }

    #[test]
    fn a_place_is_of_the_person_or_of_the_company_never_of_both() {
        let profile = contact(&[
            ("person_country", "Kenya"),
            ("company_city", "Oslo"),
            ("company_country", "Norway"),
        ]);
        assert_eq!(profile.place(), "Kenya");
    }

    #[test]
    fn the_document_round_trips() {
        let mut profile = contact(&[("last_name", "Okafor")]);
        profile.zoominfo_id = Some("17".to_owned());
        profile
            .extras
            .insert("Query Name".to_owned(), "Spring".to_owned());
        let text = serde_json::to_string(&profile).unwrap();
        assert_eq!(serde_json::from_str::<Profile>(&text).unwrap(), profile);
    }
}
