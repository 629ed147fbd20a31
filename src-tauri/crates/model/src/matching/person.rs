//! People against Contacts and Leads.

use super::company::agreement;
use super::company_name::CompanyName;
use super::criterion::{Criterion, Doubt, Match};
use super::email::Email;
use super::facts::{self, RecordFields, visible};
use super::key::MatchKey;
use super::person_name::{Likeness, PersonName};
use super::{domain, phone};
use crate::ProfileValues;

/// What tells a person, in the forms that are compared. Without any, it matches nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonFacts {
    zoominfo_id: Option<String>,
    emails: Vec<Email>,
    name: PersonName,
    /// Direct and mobile ones.
    phones: Vec<String>,
    /// Of a Contact its account; of a profile those that its company may be.
    account_ids: Vec<String>,
    company: CompanyName,
    /// Domains of the website and of the e-mail addresses at work.
    company_domains: Vec<String>,
}

impl PersonFacts {
    /// Of a contact's profile. Its company's phone number is nobody's, so it is left out.
    #[must_use]
    pub fn of_profile(profile: &impl ProfileValues) -> Self {
        let value = |field| profile.value(field);
        let country = value("person_country").or_else(|| value("company_country"));
        Self {
            zoominfo_id: value("zoominfo_contact_id").and_then(facts::zoominfo_id),
            name: PersonName::read(value("first_name"), value("last_name"), value("suffix")),
            company: value("company_name").map(CompanyName::read).unwrap_or_default(),
            ..Self::default()
        }
        .with_emails([value("email"), value("supplemental_email")])
        .with_phones([value("direct_phone"), value("mobile_phone")], country)
        .with_website(value("website"))
    }

    /// Of a Contact. `zoominfo_id_field` is the API name of the field with ZoomInfo's contact id, where the org has one: the
    /// target that the mapping gives `zoominfo_contact_id`, or the native app's.
    #[must_use]
    pub fn of_contact(contact: &impl RecordFields, zoominfo_id_field: Option<&str>) -> Self {
        let value = |field| visible(contact, field);
        Self {
            zoominfo_id: zoominfo_id_field.and_then(value).and_then(facts::zoominfo_id),
            name: PersonName::read(value("FirstName"), value("LastName"), value("Suffix")),
            company: value("Account.Name").map(CompanyName::read).unwrap_or_default(),
            account_ids: value("AccountId")
                .and_then(facts::salesforce_id)
                .into_iter()
                .collect(),
            ..Self::default()
        }
        .with_emails([value("Email")])
        .with_phones([value("Phone"), value("MobilePhone")], value("MailingCountry"))
        .with_website(value("Account.Website"))
    }

    /// Of a Lead; a converted one has no facts, because it is not offered any more.
    #[must_use]
    pub fn of_lead(lead: &impl RecordFields, zoominfo_id_field: Option<&str>) -> Self {
        let value = |field| visible(lead, field);
        if value("IsConverted").is_some_and(|converted| converted.eq_ignore_ascii_case("true")) {
            return Self::default();
        }
        Self {
            zoominfo_id: zoominfo_id_field.and_then(value).and_then(facts::zoominfo_id),
            name: PersonName::read(value("FirstName"), value("LastName"), value("Suffix")),
            company: value("Company").map(CompanyName::read).unwrap_or_default(),
            ..Self::default()
        }
        .with_emails([value("Email")])
        .with_phones([value("Phone"), value("MobilePhone")], value("Country"))
        .with_website(value("Website"))
    }

    /// The same person within an account: of a profile, an Account that its company was found to be; several may be.
    #[must_use]
    pub fn in_account(mut self, account_id: &str) -> Self {
        if let Some(id) = facts::salesforce_id(account_id) {
            add(&mut self.account_ids, id);
        }
        self
    }

    /// Whether the company is that of an Account by its name or its domain alone, so that its Contacts are found by
    /// [`Criterion::NameAndCompany`] whether or not the account is known.
    #[must_use]
    pub fn is_plainly_of(&self, account_name: &str, account_website: &str) -> bool {
        let domain = domain::company_domain(account_website);
        self.company.is(&CompanyName::read(account_name))
            || domain.is_some_and(|domain| self.company_domains.contains(&domain))
    }

    fn with_emails<const MANY: usize>(mut self, emails: [Option<&str>; MANY]) -> Self {
        for email in emails.into_iter().flatten().filter_map(Email::read) {
            if let Some(domain) = &email.company_domain {
                add(&mut self.company_domains, domain.clone());
            }
            if !self.emails.contains(&email) {
                self.emails.push(email);
            }
        }
        self
    }

    fn with_phones(mut self, phones: [Option<&str>; 2], country: Option<&str>) -> Self {
        for phone in phones.into_iter().flatten() {
            if let Some(phone) = phone::of_person(phone, country) {
                add(&mut self.phones, phone);
            }
        }
        self
    }

    fn with_website(mut self, website: Option<&str>) -> Self {
        if let Some(domain) = website.and_then(domain::company_domain) {
            add(&mut self.company_domains, domain);
        }
        self
    }

    /// What another must share one of to be the same person, in the order of the criteria for Contacts, about ten at
    /// most.
    #[must_use]
    pub fn keys(&self) -> Vec<MatchKey> {
        let mut keys = Vec::with_capacity(8);
        let mut add = |criterion, values: &[&str]| keys.extend(MatchKey::of(criterion, values));
        add(
            Criterion::ZoominfoContactId,
            &[self.zoominfo_id.as_deref().unwrap_or_default()],
        );
        for email in &self.emails {
            add(Criterion::Email, &[&email.address]);
        }
        let Some([one, two]) = self.name.both() else {
            return keys;
        };
        for account_id in &self.account_ids {
            add(Criterion::NameInAccount, &[account_id, one, two]);
        }
        // Either name may be misspelt, and they may stand the other way round: one of them is enough to be looked at.
        for phone in &self.phones {
            add(Criterion::NameAndPhone, &[phone, one]);
            add(Criterion::NameAndPhone, &[phone, two]);
        }
        add(
            Criterion::NameAndCompany,
            &[one, two, &self.company.whole, "name"],
        );
        for domain in &self.company_domains {
            add(Criterion::NameAndCompany, &[one, two, domain, "domain"]);
        }
        keys
    }
}

/// Whether two are the same person, by the criteria for Contacts; symmetric.
#[must_use]
pub fn compare_contacts(own: &PersonFacts, theirs: &PersonFacts) -> Option<Match> {
    let pair = Pair::new(own, theirs);
    pair.by_id()
        .or_else(|| pair.by_email())
        .or_else(|| pair.by_account())
        .or_else(|| pair.by_phone())
        .or_else(|| pair.by_company())
}

/// Whether two are the same person, by the criteria for Leads; symmetric.
#[must_use]
pub fn compare_leads(own: &PersonFacts, theirs: &PersonFacts) -> Option<Match> {
    let pair = Pair::new(own, theirs);
    pair.by_id()
        .or_else(|| pair.by_email())
        .or_else(|| pair.by_company())
        .or_else(|| pair.by_phone())
}

struct Pair<'facts> {
    own: &'facts PersonFacts,
    theirs: &'facts PersonFacts,
    likeness: Likeness,
    same_id: Option<bool>,
}

impl<'facts> Pair<'facts> {
    fn new(own: &'facts PersonFacts, theirs: &'facts PersonFacts) -> Self {
        Self {
            own,
            theirs,
            likeness: own.name.compare(&theirs.name),
            same_id: agreement(own.zoominfo_id.as_deref(), theirs.zoominfo_id.as_deref()),
        }
    }

    fn by_id(&self) -> Option<Match> {
        (self.same_id == Some(true)).then(|| Criterion::ZoominfoContactId.hit(None))?
    }

    fn by_email(&self) -> Option<Match> {
        let shared = |email: &&Email| {
            self.theirs
                .emails
                .iter()
                .any(|other| other.address == email.address)
        };
        let mut shared = self.own.emails.iter().filter(shared).peekable();
        shared.peek()?;
        let only_roles = shared.all(Email::is_of_a_role);
        let doubt = match self.likeness {
            Likeness::Other if only_roles || !self.own.name.may_be_former(&self.theirs.name) => {
                Some(Doubt::OtherName)
            }
            Likeness::Unknown if only_roles => Some(Doubt::RoleMailbox),
            _ => None,
        };
        Criterion::Email.hit(self.other_id().or(doubt))
    }

    fn by_account(&self) -> Option<Match> {
        let within = share(&self.own.account_ids, &self.theirs.account_ids);
        (within && self.likeness == Likeness::Same).then(|| Criterion::NameInAccount.hit(self.other_id()))?
    }

    fn by_phone(&self) -> Option<Match> {
        let shared = share(&self.own.phones, &self.theirs.phones);
        let named = matches!(self.likeness, Likeness::Same | Likeness::Near);
        (shared && named).then(|| Criterion::NameAndPhone.hit(self.other_id()))?
    }

    fn by_company(&self) -> Option<Match> {
        let (own, theirs) = (&self.own.company_domains, &self.theirs.company_domains);
        let same_domain = share(own, theirs);
        if self.likeness != Likeness::Same || !(same_domain || self.own.company.is(&self.theirs.company)) {
            return None;
        }
        let other_domain = !same_domain && !own.is_empty() && !theirs.is_empty();
        Criterion::NameAndCompany.hit(self.other_id().or(other_domain.then_some(Doubt::OtherDomain)))
    }

    fn other_id(&self) -> Option<Doubt> {
        self.same_id.map(|_| Doubt::OtherZoominfoId)
    }
}

fn add(values: &mut Vec<String>, value: String) {
    if !values.contains(&value) {
        values.push(value);
    }
}

fn share(own: &[String], theirs: &[String]) -> bool {
    own.iter().any(|value| theirs.contains(value))
}
