//! Companies against Accounts.

use super::company_name::CompanyName;
use super::criterion::{Criterion, Doubt, Match};
use super::facts::{self, RecordFields, visible};
use super::key::MatchKey;
use super::place::Place;
use super::{domain, phone};
use crate::ProfileValues;

/// What tells a company, in the forms that are compared. Without any, it matches nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompanyFacts {
    zoominfo_id: Option<String>,
    domain: Option<String>,
    name: CompanyName,
    place: Place,
    phone: Option<String>,
}

impl CompanyFacts {
    /// Of a profile: of a company, or of the company of a contact.
    #[must_use]
    pub fn of_profile(profile: &impl ProfileValues) -> Self {
        let value = |field| profile.value(field);
        Self {
            zoominfo_id: value("zoominfo_company_id").and_then(facts::zoominfo_id),
            domain: value("website").and_then(domain::company_domain),
            name: value("company_name").map(CompanyName::read).unwrap_or_default(),
            place: Place::read(
                value("company_zip"),
                value("company_city"),
                value("company_state"),
            ),
            phone: value("company_hq_phone")
                .and_then(|phone| phone::of_company(phone, value("company_country"))),
        }
    }

    /// Of an Account. `zoominfo_id_field` is the API name of the field with ZoomInfo's company id, where the org has one:
    /// the target that the mapping gives `zoominfo_company_id`, or the native app's.
    #[must_use]
    pub fn of_account(account: &impl RecordFields, zoominfo_id_field: Option<&str>) -> Self {
        let value = |field| visible(account, field);
        Self {
            zoominfo_id: zoominfo_id_field.and_then(value).and_then(facts::zoominfo_id),
            domain: value("Website").and_then(domain::company_domain),
            name: value("Name").map(CompanyName::read).unwrap_or_default(),
            place: Place::read(
                value("BillingPostalCode"),
                value("BillingCity"),
                value("BillingState"),
            ),
            phone: value("Phone").and_then(|phone| phone::of_company(phone, value("BillingCountry"))),
        }
    }

    /// What another must share one of to be the same company, in the order of the criteria, at most seven.
    #[must_use]
    pub fn keys(&self) -> Vec<MatchKey> {
        let name = self.name.whole.as_str();
        let domain = self.domain.as_deref().unwrap_or_default();
        let phone = self.phone.as_deref().unwrap_or_default();
        [
            MatchKey::of(
                Criterion::ZoominfoCompanyId,
                &[self.zoominfo_id.as_deref().unwrap_or_default()],
            ),
            MatchKey::of(Criterion::DomainAndName, &[domain, name]),
            MatchKey::of(Criterion::Domain, &[domain]),
            MatchKey::of(Criterion::NameAndPlace, &[name, &self.place.postal_code, "code"]),
            MatchKey::of(Criterion::NameAndPlace, &[name, &self.place.city, "city"]),
            // The name need only be nearly the same, so it is no part of the key.
            MatchKey::of(Criterion::CompanyNameAndPhone, &[phone]).filter(|_| !name.is_empty()),
            MatchKey::of(Criterion::CompanyName, &[name]),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Whether two are the same company, and by which criterion; symmetric.
#[must_use]
pub fn compare_accounts(own: &CompanyFacts, theirs: &CompanyFacts) -> Option<Match> {
    let same_id = agreement(own.zoominfo_id.as_deref(), theirs.zoominfo_id.as_deref());
    if same_id == Some(true) {
        return Criterion::ZoominfoCompanyId.hit(None);
    }
    let other_id = same_id.map(|_| Doubt::OtherZoominfoId);
    let same_name = own.name.is(&theirs.name);
    let same_domain = agreement(own.domain.as_deref(), theirs.domain.as_deref());
    if same_domain == Some(true) {
        let criterion = if same_name {
            Criterion::DomainAndName
        } else {
            Criterion::Domain
        };
        return criterion.hit(other_id);
    }
    let doubt = other_id.or(same_domain.map(|_| Doubt::OtherDomain));
    let same_phone = agreement(own.phone.as_deref(), theirs.phone.as_deref()) == Some(true);
    if same_name && own.place.agrees(&theirs.place) {
        let criterion = if same_phone {
            Criterion::NamePlaceAndPhone
        } else {
            Criterion::NameAndPlace
        };
        return criterion.hit(doubt);
    }
    if same_phone && own.name.is_nearly(&theirs.name) {
        return Criterion::CompanyNameAndPhone.hit(doubt);
    }
    if same_name {
        return Criterion::CompanyName.hit(doubt);
    }
    None
}

/// Whether two values are the same; `None` unless both are known.
pub(super) fn agreement(own: Option<&str>, theirs: Option<&str>) -> Option<bool> {
    Some(own? == theirs?)
}
