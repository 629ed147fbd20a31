//! Made-up opportunities, campaigns and activities.

use jiff::ToSpan;
use rand::Rng;

use super::{
    Garden,
    companies::{Company, listed},
    flag, number, text,
};
use crate::{clock, fault::RowFault, value::Value};

const PRODUCTS: &[&str] = &["Renewal", "Expansion", "Pilot", "Platform", "Support Plan"];

/// Makes them.
pub fn plant(garden: &mut Garden, opportunities: u32, companies: &[Company]) -> Result<(), RowFault> {
    let today = clock::day_of(garden.epoch);
    for _ in 0..opportunities {
        let Some(company) = garden.pick(companies).cloned() else {
            break;
        };
        let name = format!("{} {}", company.name, garden.word(PRODUCTS));
        let close = today
            .checked_add(garden.random.random_range(-180..180).days())
            .unwrap_or(today);
        let amount = 500 * garden.random.random_range(4..800);
        let values = vec![
            ("Name", text(name)),
            ("AccountId", Some(Value::Reference(company.key))),
            ("StageName", listed(garden, "Opportunity", "StageName")),
            ("CloseDate", Some(Value::Date(close))),
            ("Amount", number(amount)),
            ("Type", listed(garden, "Opportunity", "Type")),
            ("LeadSource", listed(garden, "Opportunity", "LeadSource")),
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
    if let Some(company) = companies.first() {
        let values = vec![
            ("Subject", text("Call")),
            ("WhatId", Some(Value::Reference(company.key))),
            ("ActivityDate", Some(Value::Date(today))),
        ];
        garden.insert("Task", values)?;
        let start = clock::start_of(today) + 9 * 3_600;
        let values = vec![
            ("Subject", text("Other")),
            ("WhatId", Some(Value::Reference(company.key))),
            ("StartDateTime", Some(Value::Moment(start))),
            ("EndDateTime", Some(Value::Moment(start + 3_600))),
            ("ActivityDate", Some(Value::Date(today))),
            ("DurationInMinutes", number(60)),
        ];
        garden.insert("Event", values)?;
    }
    Ok(())
}
