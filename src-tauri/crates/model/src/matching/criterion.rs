//! What two records may agree in, how far that may be trusted, and what speaks against it.

use serde::{Deserialize, Serialize};

use crate::TargetObject;

/// How far a hit may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// The same record: may be updated without a question.
    Exact,
    /// Most likely the same.
    Likely,
    /// Worth a look.
    Possible,
}

impl Grade {
    /// All grades, the surest first.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Likely, Self::Possible];

    /// The grade in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Exact => "Exact",
            Self::Likely => "Likely",
            Self::Possible => "Possible",
        }
    }

    fn lowered(self) -> Option<Self> {
        match self {
            Self::Exact => Some(Self::Likely),
            Self::Likely => Some(Self::Possible),
            Self::Possible => None,
        }
    }
}

/// What two records agree in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// Accounts: ZoomInfo's company id.
    ZoominfoCompanyId,
    /// Accounts: the website's domain, and the name.
    DomainAndName,
    /// Accounts: the website's domain.
    Domain,
    /// Accounts: the name, the phone number, and the postal code or city and state.
    NamePlaceAndPhone,
    /// Accounts: the name, and the postal code or city and state.
    NameAndPlace,
    /// Accounts: the name, nearly, and the phone number.
    CompanyNameAndPhone,
    /// Accounts: the name alone.
    CompanyName,
    /// People: ZoomInfo's contact id.
    ZoominfoContactId,
    /// People: an e-mail address.
    Email,
    /// Contacts: first and last name within one account.
    NameInAccount,
    /// People: the name, nearly, and a direct or mobile phone number.
    NameAndPhone,
    /// People: the name, and the company by its name or its domain.
    NameAndCompany,
}

use Criterion::{
    CompanyName, CompanyNameAndPhone, Domain, DomainAndName, Email, NameAndCompany, NameAndPhone,
    NameAndPlace, NameInAccount, NamePlaceAndPhone, ZoominfoCompanyId, ZoominfoContactId,
};

impl Criterion {
    /// The criteria of a target, in the order in which they are tried.
    #[must_use]
    pub fn of(object: TargetObject) -> &'static [Self] {
        match object {
            TargetObject::Account => &[
                ZoominfoCompanyId,
                DomainAndName,
                Domain,
                NamePlaceAndPhone,
                NameAndPlace,
                CompanyNameAndPhone,
                CompanyName,
            ],
            TargetObject::Contact => &[
                ZoominfoContactId,
                Email,
                NameInAccount,
                NameAndPhone,
                NameAndCompany,
            ],
            TargetObject::Lead => &[ZoominfoContactId, Email, NameAndCompany, NameAndPhone],
        }
    }

    /// The grade of a hit that nothing speaks against.
    #[must_use]
    pub fn grade(self) -> Grade {
        match self {
            // An id is given to one record by ZoomInfo; a mailbox is one person's, else a doubt says so; a company that
            // has the same site under the same name, or the same name, place and phone, is the same.
            ZoominfoCompanyId | ZoominfoContactId | Email | DomainAndName | NamePlaceAndPhone => Grade::Exact,
            // Parents, subsidiaries and brands share a site; branches share a name within a town or a central phone;
            // namesakes work side by side in large companies.
            Domain | NameAndPlace | CompanyNameAndPhone | NameInAccount | NameAndPhone | NameAndCompany => {
                Grade::Likely
            }
            CompanyName => Grade::Possible,
        }
    }

    /// The code in ledgers and JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ZoominfoCompanyId => "zoominfo_company_id",
            DomainAndName => "domain_and_name",
            Domain => "domain",
            NamePlaceAndPhone => "name_place_and_phone",
            NameAndPlace => "name_and_place",
            CompanyNameAndPhone => "company_name_and_phone",
            CompanyName => "company_name",
            ZoominfoContactId => "zoominfo_contact_id",
            Email => "email",
            NameInAccount => "name_in_account",
            NameAndPhone => "name_and_phone",
            NameAndCompany => "name_and_company",
        }
    }

    /// The criterion in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            ZoominfoCompanyId => "ZoomInfo company id",
            DomainAndName => "Website domain and name",
            Domain => "Website domain",
            NamePlaceAndPhone => "Name, phone, and postal code or city and state",
            NameAndPlace => "Name, and postal code or city and state",
            CompanyNameAndPhone | NameAndPhone => "Name and phone",
            CompanyName => "Name",
            ZoominfoContactId => "ZoomInfo contact id",
            Email => "Email",
            NameInAccount => "First and last name in the same account",
            NameAndCompany => "Name and company",
        }
    }

    /// The hit, unless a doubt leaves nothing of it.
    pub(super) fn hit(self, doubt: Option<Doubt>) -> Option<Match> {
        let grade = match doubt {
            Some(_) => self.grade().lowered()?,
            None => self.grade(),
        };
        Some(Match {
            criterion: self,
            grade,
            doubt,
        })
    }
}

/// What speaks against a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// ZoomInfo knows them by different ids.
    OtherZoominfoId,
    /// The same mailbox, but clearly another name.
    OtherName,
    /// A mailbox of a role (`info@`), without a name on both sides.
    RoleMailbox,
    /// Websites, or e-mail addresses at work, of different domains.
    OtherDomain,
}

impl Doubt {
    /// The doubt in words, after the criterion: `Email, but another name`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::OtherZoominfoId => "but another ZoomInfo id",
            Self::OtherName => "but another name",
            Self::RoleMailbox => "but a mailbox of a role, and no name to compare",
            Self::OtherDomain => "but another domain",
        }
    }
}

/// A candidate that was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    /// The first criterion that hit.
    pub criterion: Criterion,
    /// Its grade, lowered by a doubt.
    pub grade: Grade,
    /// What speaks against it.
    pub doubt: Option<Doubt>,
}

impl Match {
    /// Rank among the candidates of one profile, the best first: by grade, then in the order of the criteria.
    #[must_use]
    pub fn rank(&self) -> (Grade, usize) {
        let order = TargetObject::ALL
            .iter()
            .filter_map(|object| {
                Criterion::of(*object)
                    .iter()
                    .position(|own| *own == self.criterion)
            })
            .min();
        (self.grade, order.unwrap_or(usize::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_what_serde_writes_and_tell_criteria_apart() {
        let mut codes = Vec::new();
        for object in TargetObject::ALL {
            for criterion in Criterion::of(object) {
                assert_eq!(serde_json::to_value(criterion).unwrap(), criterion.code());
                codes.push(criterion.code());
            }
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 12);
    }
}
