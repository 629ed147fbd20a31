//! Made-up opportunities, campaigns and activities.

use jiff::ToSpan;
use rand::Rng;

use super::{Garden, companies::CompanyNames, flag, number, text};
use crate::{
    clock,
    fault::RowFault,
    options::Options,
    value::{Key, Value},
};

const PRODUCTS: &[&str] = &["Renewal", "Expansion", "Pilot", "Platform", "Support Plan"];

/// Makes them.
pub fn plant(garden: &mut Garden, options: &Options, companies: &CompanyNames) -> Result<(), RowFault> {
    let today = clock::day_of(garden.epoch);
    let object = garden.object("Account")?;
    let account = |position: u32| {
        Value::Reference(Key {
            object,
            number: position + 1,
        })
    };
    for _ in 0..options.opportunities {
        if options.accounts == 0 {
            break;
        }
        let company = garden.random.random_range(0..options.accounts);
        let mut name = String::new();
        companies.push_name(&mut name, company);
        let name = format!("{name} {}", garden.word(PRODUCTS));
        let close = today
            .checked_add(garden.random.random_range(-180..180).days())
            .unwrap_or(today);
        let amount = 500 * garden.random.random_range(4..800);
        let values = vec![
            ("Name", text(name)),
            ("AccountId", Some(account(company))),
            ("StageName", garden.one_of("Opportunity", "StageName")),
            ("CloseDate", Some(Value::Date(close))),
            ("Amount", number(amount)),
            ("Type", garden.one_of("Opportunity", "Type")),
            ("LeadSource", garden.one_of("Opportunity", "LeadSource")),
            ("OwnerId", garden.owner()),
        ];
        garden.insert("Opportunity", values)?;
    }
    for (name, kind) in [("Spring Webinar", "Webinar"), ("Partner Summit", "Conference")] {
        let values = vec![
            ("Name", text(name)),
            ("Type", text(kind)),
            ("Status", text("In Progress")),
            ("IsActive", flag(true)),
            ("StartDate", Some(Value::Date(today))),
        ];
        garden.insert("Campaign", values)?;
    }
    if options.accounts > 0 {
        let values = vec![
            ("Subject", text("Call")),
            ("WhatId", Some(account(0))),
            ("ActivityDate", Some(Value::Date(today))),
        ];
        garden.insert("Task", values)?;
        let start = clock::start_of(today) + 9 * 3_600;
        let values = vec![
            ("Subject", text("Other")),
            ("WhatId", Some(account(0))),
            ("StartDateTime", Some(Value::Moment(start))),
            ("EndDateTime", Some(Value::Moment(start + 3_600))),
            ("ActivityDate", Some(Value::Date(today))),
            ("DurationInMinutes", number(60)),
        ];
        garden.insert("Event", values)?;
    }
    Ok(())
}
