//! What to ask Salesforce for where no index of keys is at hand.
//!
//! A term is one condition of a query: a field, an operator and a plain value, not escaped. Terms with the same field and
//! operator are meant to be asked for together, many profiles at a time: `Email IN (…)`, `Name IN (…)`. What comes back are
//! candidates, to be judged by the `compare_…` functions; a query may find more than matches.
//!
//! Salesforce compares texts without case, and neither folds nor parses them. So of the criteria
//! - **exactly found** by terms are ZoomInfo's ids and e-mail addresses, whose fields are indexed for people (`Email` of
//!   Contact and Lead) or should be made so (an external id);
//! - **found as written** are names: the profile's spelling, and a company's without its legal form. `Name` is indexed. Other
//!   accents, short forms and misspellings are missed;
//! - **found slowly** are domains: `Website` has no index, and a pattern that begins with `%` could use none, so that in an
//!   org of millions such a query reads every account and may time out (Salesforce Developers, "Make SOQL queries
//!   selective"); ask in small numbers, or scan;
//! - **found by chance** are phone numbers: only the usual ways of writing them are asked for.
//!
//! A scan of the object by one Bulk query, or the mirror, finds all of them.

use serde::{Deserialize, Serialize};

use super::company_name::CompanyName;
use super::{Criterion, domain, email::Email, phone};
use crate::{ProfileValues, TargetObject};

/// A field to ask by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchField {
    /// The org's field with ZoomInfo's id of the record.
    ZoominfoId,
    /// `Email`.
    Email,
    /// `Name`: of people the first and the last name, as Salesforce composes it.
    Name,
    /// `Website`.
    Website,
    /// `Phone`.
    Phone,
    /// `MobilePhone`.
    MobilePhone,
}

impl SearchField {
    /// The API name; `None` of the field that only the org knows.
    #[must_use]
    pub fn api_name(self) -> Option<&'static str> {
        match self {
            Self::ZoominfoId => None,
            Self::Email => Some("Email"),
            Self::Name => Some("Name"),
            Self::Website => Some("Website"),
            Self::Phone => Some("Phone"),
            Self::MobilePhone => Some("MobilePhone"),
        }
    }
}

/// How to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchOperator {
    /// `=`, or `IN` for many.
    Equals,
    /// `LIKE 'value%'`.
    BeginsWith,
    /// `LIKE '%value%'`.
    Contains,
}

/// One condition that finds candidates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SearchTerm {
    /// The field.
    pub field: SearchField,
    /// The operator.
    pub operator: SearchOperator,
    /// The value, not escaped.
    pub value: String,
    /// The first criterion that it serves.
    pub criterion: Criterion,
}

/// What to ask for to find the records that a profile may be, each term once.
#[must_use]
pub fn search_terms(object: TargetObject, profile: &impl ProfileValues) -> Vec<SearchTerm> {
    let mut terms = Terms(Vec::new());
    match object {
        TargetObject::Account => terms.of_company(profile),
        TargetObject::Contact => terms.of_person(profile, Criterion::NameInAccount),
        TargetObject::Lead => terms.of_person(profile, Criterion::NameAndCompany),
    }
    terms.0
}

struct Terms(Vec<SearchTerm>);

impl Terms {
    fn of_company(&mut self, profile: &impl ProfileValues) {
        let value = |field| profile.value(field);
        if let Some(id) = value("zoominfo_company_id") {
            self.equals(SearchField::ZoominfoId, id, Criterion::ZoominfoCompanyId);
        }
        if let Some(domain) = value("website").and_then(domain::company_domain) {
            self.add(
                SearchField::Website,
                SearchOperator::Contains,
                &domain,
                Criterion::Domain,
            );
        }
        if let Some(name) = value("company_name") {
            self.equals(SearchField::Name, name, Criterion::NameAndPlace);
            if let Some(core) = without_legal_form(name) {
                self.equals(SearchField::Name, core, Criterion::NameAndPlace);
                self.add(
                    SearchField::Name,
                    SearchOperator::BeginsWith,
                    core,
                    Criterion::NameAndPlace,
                );
            }
        }
        if let Some(phone) = value("company_hq_phone") {
            let country = value("company_country");
            for written in written(phone, phone::of_company(phone, country)) {
                self.equals(SearchField::Phone, &written, Criterion::CompanyNameAndPhone);
            }
        }
    }

    fn of_person(&mut self, profile: &impl ProfileValues, by_name: Criterion) {
        let value = |field| profile.value(field);
        if let Some(id) = value("zoominfo_contact_id") {
            self.equals(SearchField::ZoominfoId, id, Criterion::ZoominfoContactId);
        }
        for field in ["email", "supplemental_email"] {
            if let Some(email) = value(field).and_then(Email::read) {
                self.equals(SearchField::Email, &email.address, Criterion::Email);
            }
        }
        if let (Some(first), Some(last)) = (value("first_name"), value("last_name")) {
            self.equals(SearchField::Name, &format!("{first} {last}"), by_name);
        }
        let country = value("person_country").or_else(|| value("company_country"));
        for field in ["direct_phone", "mobile_phone"] {
            let Some(phone) = value(field) else { continue };
            for written in written(phone, phone::of_person(phone, country)) {
                self.equals(SearchField::Phone, &written, Criterion::NameAndPhone);
                self.equals(SearchField::MobilePhone, &written, Criterion::NameAndPhone);
            }
        }
    }

    fn equals(&mut self, field: SearchField, value: &str, criterion: Criterion) {
        self.add(field, SearchOperator::Equals, value, criterion);
    }

    fn add(&mut self, field: SearchField, operator: SearchOperator, value: &str, criterion: Criterion) {
        let term = SearchTerm {
            field,
            operator,
            value: value.to_owned(),
            criterion,
        };
        let is_new =
            |own: &SearchTerm| (own.field, own.operator, &own.value) != (field, operator, &term.value);
        if self.0.iter().all(is_new) {
            self.0.push(term);
        }
    }
}

/// The words of a name before its legal form, as they are written; `None` when there is no such form.
fn without_legal_form(name: &str) -> Option<&str> {
    let whole = CompanyName::read(name);
    let mut core = name;
    while let Some((before, _)) = core.rsplit_once(char::is_whitespace) {
        let before = before.trim_end_matches(|character: char| !character.is_alphanumeric());
        if before.is_empty() || CompanyName::read(before) != whole {
            break;
        }
        core = before;
    }
    (core.len() < name.len()).then_some(core)
}

/// The usual ways of writing a number: the profile's, with its country and digits alone, and North American ones as
/// Salesforce's pages write them.
fn written(as_is: &str, digits: Option<String>) -> Vec<String> {
    let mut written = vec![as_is.to_owned()];
    if let Some(digits) = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())) {
        if let Some(national) = digits.strip_prefix('1').filter(|national| national.len() == 10) {
            let (area, exchange, line) = (&national[..3], &national[3..6], &national[6..]);
            written.push(format!("({area}) {exchange}-{line}"));
            written.push(format!("{area}-{exchange}-{line}"));
            written.push(format!("+1 {area}-{exchange}-{line}"));
            written.push(national.to_owned());
        }
        written.push(format!("+{digits}"));
    }
    written
}
