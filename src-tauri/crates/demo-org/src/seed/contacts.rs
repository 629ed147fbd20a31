//! Made-up contacts.

use std::sync::Arc;

use super::{
    audit::{Audit, Stamps},
    companies::CompanyNames,
    dice::{Dice, Subject},
    generated::Maker,
    population::{Member, Population},
    push_phone, push_street, words,
};
use crate::{
    records::IndexKey,
    value::{BorrowedValue, Key},
};

/// What a field of a contact is filled with.
#[derive(Debug, Clone, Copy)]
pub enum Column {
    /// First name.
    First,
    /// Last name.
    Last,
    /// Way to address the person.
    Salutation,
    /// The company.
    Account,
    /// Title, department and job function, by their places in the list of jobs.
    Job(u8),
    /// E-mail address.
    Email,
    /// Telephone at work.
    Phone,
    /// Mobile telephone.
    Mobile,
    /// Street and number.
    Street,
    /// City, state, postal code and country, by their places in the list of cities.
    City(u8),
    /// Where the contact came from.
    Source,
    /// A remark.
    Remark,
    /// Whose it is.
    Owner,
}

/// Makes contacts.
#[derive(Debug)]
pub struct Contacts {
    /// The seed.
    pub seed: u64,
    /// Owners and dates.
    pub audit: Audit,
    /// Who they are.
    pub people: Population,
    /// Names of the companies where they work.
    pub companies: Arc<CompanyNames>,
    /// Number of accounts.
    pub accounts: u32,
    /// Account's place in the schema.
    pub account_object: u16,
    /// Values of Salutation.
    pub salutations: Vec<&'static str>,
    /// Values of `LeadSource`.
    pub sources: Vec<&'static str>,
}

/// What is decided about a contact.
#[derive(Debug)]
pub struct Sketch {
    member: Member,
    job: usize,
    phone: (u32, u32),
    mobile: (u32, u32),
    salutation: Option<&'static str>,
    has_mobile: bool,
    city: usize,
    house: u32,
    street: usize,
    second_line: Option<usize>,
    source: Option<&'static str>,
    remark: Option<usize>,
    stamps: Stamps,
}

/// The domain of those who work nowhere.
const NOWHERE: &str = "independent.example";

impl Maker for Contacts {
    type Column = Column;
    type Sketch = Sketch;

    const COLUMNS: &'static [(&'static str, Column)] = &[
        ("FirstName", Column::First),
        ("LastName", Column::Last),
        ("Salutation", Column::Salutation),
        ("AccountId", Column::Account),
        ("Title", Column::Job(0)),
        ("Department", Column::Job(1)),
        ("Function__c", Column::Job(2)),
        ("Email", Column::Email),
        ("Phone", Column::Phone),
        ("MobilePhone", Column::Mobile),
        ("MailingStreet", Column::Street),
        ("MailingCity", Column::City(0)),
        ("MailingState", Column::City(1)),
        ("MailingPostalCode", Column::City(2)),
        ("MailingCountry", Column::City(3)),
        ("LeadSource", Column::Source),
        ("Description", Column::Remark),
        ("OwnerId", Column::Owner),
    ];

    fn sketch(&self, position: u32) -> Sketch {
        let member = self.people.member(position);
        let mut person = Dice::new(self.seed, Subject::ContactPerson, member.origin);
        let mut dice = Dice::new(self.seed, Subject::Contact, position);
        Sketch {
            member,
            job: person.place(words::JOBS.len()),
            phone: (person.between(201, 990), person.below(100)),
            mobile: (person.between(201, 990), person.below(100)),
            salutation: dice
                .chance(40)
                .then(|| dice.pick(&self.salutations).copied())
                .flatten(),
            has_mobile: dice.chance(60),
            city: dice.place(words::CITIES.len()),
            house: dice.between(1, 400),
            street: dice.place(words::STREETS.len()),
            second_line: dice.chance(4).then(|| dice.place(words::SECOND_LINES.len())),
            source: dice.pick(&self.sources).copied(),
            remark: dice.chance(4).then(|| dice.place(words::REMARKS.len())),
            stamps: self.audit.stamps(&mut dice, position),
        }
    }

    fn stamps(&self, sketch: &Sketch) -> Stamps {
        sketch.stamps
    }

    fn value<'text>(
        &'text self,
        sketch: &Sketch,
        column: Column,
        scratch: &'text mut String,
    ) -> BorrowedValue<'text> {
        let name = sketch.member.name;
        match column {
            Column::First => return BorrowedValue::Text(name.first()),
            Column::Last => return BorrowedValue::Text(name.last()),
            Column::Salutation => return super::maybe(sketch.salutation),
            Column::Account => {
                return super::reference((self.accounts > 0).then(|| Key {
                    object: self.account_object,
                    number: sketch.member.company + 1,
                }));
            }
            Column::Job(part) => return super::job(sketch.job, part),
            Column::Email => {
                self.people.names().push_mailbox(scratch, name);
                scratch.push('@');
                if self.accounts > 0 {
                    self.companies.push_domain(scratch, sketch.member.company);
                } else {
                    scratch.push_str(NOWHERE);
                }
            }
            Column::Phone => push_phone(scratch, sketch.phone),
            Column::Mobile if sketch.has_mobile => push_phone(scratch, sketch.mobile),
            Column::Mobile => return BorrowedValue::Null,
            Column::Street => push_street(scratch, sketch.house, sketch.street, sketch.second_line),
            Column::City(part) => return super::city(sketch.city, part),
            Column::Source => return super::maybe(sketch.source),
            Column::Remark => return super::remark(sketch.remark),
            Column::Owner => return super::reference(sketch.stamps.owner),
        }
        BorrowedValue::Text(scratch)
    }

    fn candidates(&self, column: Column, key: &IndexKey) -> Option<Vec<u32>> {
        match (column, key) {
            (Column::Account, IndexKey::Record(account)) => {
                if account.object != self.account_object || !(1..=self.accounts).contains(&account.number) {
                    return Some(Vec::new());
                }
                Some(self.people.at_company(account.number - 1))
            }
            (Column::Email, IndexKey::Text(address)) => {
                let found = address.split_once('@').and_then(|(mailbox, domain)| {
                    let company = if self.accounts > 0 {
                        self.companies
                            .by_domain(domain)
                            .filter(|company| *company < self.accounts)
                    } else {
                        (domain == NOWHERE).then_some(0)
                    };
                    Some(self.people.with_mailbox(company?, mailbox))
                });
                Some(found.unwrap_or_default())
            }
            _ => None,
        }
    }
}
