//! Made-up leads. Most of them are alone at their company, which is no account.

use super::{
    audit::{Audit, Stamps},
    companies::CompanyNames,
    dice::{Dice, Subject},
    generated::Maker,
    population::{Member, Population},
    push_phone, words,
};
use crate::{records::IndexKey, value::BorrowedValue};

/// What a field of a lead is filled with.
#[derive(Debug, Clone, Copy)]
pub enum Column {
    /// First name.
    First,
    /// Last name.
    Last,
    /// The company's name.
    Company,
    /// Title, department and job function, by their places in the list of jobs.
    Job(u8),
    /// E-mail address.
    Email,
    /// Telephone at work.
    Phone,
    /// Mobile telephone.
    Mobile,
    /// The company's site.
    Website,
    /// City, state, postal code and country, by their places in the list of cities.
    City(u8),
    /// One of a picklist's values, by the list's place.
    Listed(u8),
    /// How far the lead is.
    Status,
    /// Employees of the company.
    Employees,
    /// A remark.
    Remark,
    /// Whose it is.
    Owner,
}

/// The picklists of [`Column::Listed`].
pub const LISTS: [&str; 3] = ["Industry", "LeadSource", "Rating"];

/// Makes leads.
#[derive(Debug)]
pub struct Leads {
    /// The seed.
    pub seed: u64,
    /// Owners and dates.
    pub audit: Audit,
    /// Who they are.
    pub people: Population,
    /// Names of the companies where they work.
    pub companies: CompanyNames,
    /// Number of those companies.
    pub company_count: u32,
    /// Values of the picklists, in the order of [`LISTS`].
    pub lists: [Vec<&'static str>; 3],
}

/// What is decided about a lead.
#[derive(Debug)]
pub struct Sketch {
    member: Member,
    job: usize,
    phone: (u32, u32),
    mobile: (u32, u32),
    has_mobile: bool,
    city: usize,
    listed: [usize; 3],
    is_worked: bool,
    employees: u32,
    remark: Option<usize>,
    stamps: Stamps,
}

/// So many companies for so many leads.
pub fn companies_of(leads: u32) -> u32 {
    leads - leads / 5
}

impl Maker for Leads {
    type Column = Column;
    type Sketch = Sketch;

    const COLUMNS: &'static [(&'static str, Column)] = &[
        ("FirstName", Column::First),
        ("LastName", Column::Last),
        ("Company", Column::Company),
        ("Title", Column::Job(0)),
        ("Function__c", Column::Job(2)),
        ("Email", Column::Email),
        ("Phone", Column::Phone),
        ("MobilePhone", Column::Mobile),
        ("Website", Column::Website),
        ("City", Column::City(0)),
        ("State", Column::City(1)),
        ("PostalCode", Column::City(2)),
        ("Country", Column::City(3)),
        ("Industry", Column::Listed(0)),
        ("LeadSource", Column::Listed(1)),
        ("Rating", Column::Listed(2)),
        ("Status", Column::Status),
        ("NumberOfEmployees", Column::Employees),
        ("Description", Column::Remark),
        ("OwnerId", Column::Owner),
    ];

    fn sketch(&self, position: u32) -> Sketch {
        let member = self.people.member(position);
        let mut person = Dice::new(self.seed, Subject::LeadPerson, member.origin);
        let mut dice = Dice::new(self.seed, Subject::Lead, position);
        Sketch {
            member,
            job: person.place(words::JOBS.len()),
            phone: (person.between(201, 990), person.below(100)),
            mobile: (person.between(201, 990), person.below(100)),
            has_mobile: dice.chance(40),
            city: dice.place(words::CITIES.len()),
            listed: [0, 1, 2].map(|list: usize| dice.place(self.lists[list].len())),
            is_worked: dice.chance(30),
            employees: 5 * dice.between(1, 900),
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
        let Member { company, name, .. } = sketch.member;
        match column {
            Column::First => return BorrowedValue::Text(name.first()),
            Column::Last => return BorrowedValue::Text(name.last()),
            Column::Company => self.companies.push_name(scratch, company),
            Column::Job(part) => return super::job(sketch.job, part),
            Column::Email => {
                self.people.names().push_mailbox(scratch, name);
                scratch.push('@');
                self.companies.push_domain(scratch, company);
            }
            Column::Phone => push_phone(scratch, sketch.phone),
            Column::Mobile if sketch.has_mobile => push_phone(scratch, sketch.mobile),
            Column::Mobile => return BorrowedValue::Null,
            Column::Website => {
                scratch.push_str("https://www.");
                self.companies.push_domain(scratch, company);
            }
            Column::City(part) => return super::city(sketch.city, part),
            Column::Listed(list) => {
                let list = usize::from(list);
                let values = self.lists.get(list).zip(sketch.listed.get(list));
                return super::maybe(values.and_then(|(values, chosen)| values.get(*chosen).copied()));
            }
            Column::Status => {
                return BorrowedValue::Text(if sketch.is_worked {
                    "Working - Contacted"
                } else {
                    "Open - Not Contacted"
                });
            }
            Column::Employees => return BorrowedValue::Number(f64::from(sketch.employees)),
            Column::Remark => return super::remark(sketch.remark),
            Column::Owner => return super::reference(sketch.stamps.owner),
        }
        BorrowedValue::Text(scratch)
    }

    fn candidates(&self, column: Column, key: &IndexKey) -> Option<Vec<u32>> {
        let (Column::Email, IndexKey::Text(address)) = (column, key) else {
            return None;
        };
        let found = address.split_once('@').and_then(|(mailbox, domain)| {
            let company = self.companies.by_domain(domain)?;
            (company < self.company_count).then(|| self.people.with_mailbox(company, mailbox))
        });
        Some(found.unwrap_or_default())
    }
}
