//! Made-up accounts.

use std::sync::Arc;

use super::{
    audit::{Audit, Stamps},
    companies::CompanyNames,
    dice::{Dice, Subject},
    generated::Maker,
    push_phone, push_street, words,
};
use crate::{records::IndexKey, value::BorrowedValue};

/// A quarter of the accounts came from `ZoomInfo`; their ids there count from this one.
const FIRST_PROFILE: u32 = 340_000_000;

/// What a field of an account is filled with.
#[derive(Debug, Clone, Copy)]
pub enum Column {
    /// The company's name.
    Name,
    /// Its site.
    Website,
    /// Its telephone.
    Phone,
    /// Street and number.
    Street,
    /// City, state, postal code and country, by their places in the list of cities.
    City(u8),
    /// One of a picklist's values, by the list's place.
    Listed(u8),
    /// Ticker symbol of public companies.
    Ticker,
    /// Revenue.
    Revenue,
    /// Employees.
    Employees,
    /// Year of foundation.
    Year,
    /// SIC code.
    Sic,
    /// NAICS code.
    Naics,
    /// Segment by size.
    Segment,
    /// The id at `ZoomInfo`.
    Profile,
    /// A remark.
    Remark,
    /// Whose it is.
    Owner,
}

/// The picklists of [`Column::Listed`].
pub const LISTS: [&str; 5] = ["Type", "Industry", "Rating", "AccountSource", "Ownership"];
const OWNERSHIP: usize = 4;

/// Makes accounts.
#[derive(Debug)]
pub struct Accounts {
    /// The seed.
    pub seed: u64,
    /// Owners and dates.
    pub audit: Audit,
    /// Names.
    pub names: Arc<CompanyNames>,
    /// Values of the picklists, in the order of [`LISTS`].
    pub lists: [Vec<&'static str>; 5],
}

/// What is decided about an account.
#[derive(Debug)]
pub struct Sketch {
    position: u32,
    city: usize,
    house: u32,
    street: usize,
    second_line: Option<usize>,
    employees: u32,
    revenue: f64,
    listed: [usize; 5],
    year: u32,
    sic: u32,
    naics: u32,
    has_profile: bool,
    phone: (u32, u32),
    remark: Option<usize>,
    stamps: Stamps,
}

impl Accounts {
    fn listed(&self, sketch: &Sketch, list: usize) -> Option<&'static str> {
        self.lists.get(list)?.get(*sketch.listed.get(list)?).copied()
    }
}

impl Maker for Accounts {
    type Column = Column;
    type Sketch = Sketch;

    const COLUMNS: &'static [(&'static str, Column)] = &[
        ("Name", Column::Name),
        ("Website", Column::Website),
        ("Phone", Column::Phone),
        ("BillingStreet", Column::Street),
        ("BillingCity", Column::City(0)),
        ("BillingState", Column::City(1)),
        ("BillingPostalCode", Column::City(2)),
        ("BillingCountry", Column::City(3)),
        ("Type", Column::Listed(0)),
        ("Industry", Column::Listed(1)),
        ("Rating", Column::Listed(2)),
        ("AccountSource", Column::Listed(3)),
        ("Ownership", Column::Listed(4)),
        ("TickerSymbol", Column::Ticker),
        ("AnnualRevenue", Column::Revenue),
        ("NumberOfEmployees", Column::Employees),
        ("YearStarted", Column::Year),
        ("Sic", Column::Sic),
        ("NaicsCode", Column::Naics),
        ("Segment__c", Column::Segment),
        ("ZoomInfo_Id__c", Column::Profile),
        ("Description", Column::Remark),
        ("OwnerId", Column::Owner),
    ];

    fn sketch(&self, position: u32) -> Sketch {
        let mut dice = Dice::new(self.seed, Subject::Account, position);
        let employees = 10 * dice.between(1, 800);
        Sketch {
            position,
            city: dice.place(words::CITIES.len()),
            house: dice.between(1, 400),
            street: dice.place(words::STREETS.len()),
            second_line: dice.chance(4).then(|| dice.place(words::SECOND_LINES.len())),
            employees,
            revenue: f64::from(employees) * 1000.0 * f64::from(dice.between(60, 400)),
            listed: [0, 1, 2, 3, 4].map(|list: usize| dice.place(self.lists[list].len())),
            year: dice.between(1950, 2024),
            sic: dice.between(1000, 9000),
            naics: dice.between(110_000, 990_000),
            has_profile: dice.chance(25),
            phone: (dice.between(201, 990), dice.below(100)),
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
        match column {
            Column::Name => self.names.push_name(scratch, sketch.position),
            Column::Website => {
                scratch.push_str("https://www.");
                self.names.push_domain(scratch, sketch.position);
            }
            Column::Phone => push_phone(scratch, sketch.phone),
            Column::Street => push_street(scratch, sketch.house, sketch.street, sketch.second_line),
            Column::City(part) => return super::city(sketch.city, part),
            Column::Listed(list) => return super::maybe(self.listed(sketch, usize::from(list))),
            Column::Ticker => {
                if self.listed(sketch, OWNERSHIP) != Some("Public") {
                    return BorrowedValue::Null;
                }
                let mut name = String::new();
                self.names.push_name(&mut name, sketch.position);
                let letters = name.chars().filter(char::is_ascii_alphabetic).take(4);
                scratch.extend(letters.map(|letter| letter.to_ascii_uppercase()));
            }
            Column::Revenue => return BorrowedValue::Number(sketch.revenue),
            Column::Employees => return BorrowedValue::Number(f64::from(sketch.employees)),
            Column::Year => super::push_number(scratch, u64::from(sketch.year)),
            Column::Sic => super::push_number(scratch, u64::from(sketch.sic)),
            Column::Naics => super::push_number(scratch, u64::from(sketch.naics)),
            Column::Segment => {
                return BorrowedValue::Text(match sketch.employees {
                    2_000.. => "Enterprise",
                    200.. => "Mid-Market",
                    _ => "SMB",
                });
            }
            Column::Profile => {
                if !sketch.has_profile {
                    return BorrowedValue::Null;
                }
                super::push_number(scratch, u64::from(FIRST_PROFILE) + u64::from(sketch.position));
            }
            Column::Remark => return super::remark(sketch.remark),
            Column::Owner => return super::reference(sketch.stamps.owner),
        }
        BorrowedValue::Text(scratch)
    }

    fn candidates(&self, column: Column, key: &IndexKey) -> Option<Vec<u32>> {
        let IndexKey::Text(text) = key else {
            return None;
        };
        let position = match column {
            Column::Name => self.names.by_name(text),
            Column::Profile => text
                .parse::<u32>()
                .ok()
                .and_then(|profile| profile.checked_sub(FIRST_PROFILE)),
            _ => return None,
        };
        Some(
            position
                .filter(|position| *position < self.audit.count)
                .into_iter()
                .collect(),
        )
    }
}
