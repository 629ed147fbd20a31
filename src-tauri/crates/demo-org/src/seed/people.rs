//! Made-up contacts and leads. A few of them are there twice, as in every real org.

use rand::Rng;

use super::{
    Garden,
    companies::{self, Company, listed},
    number, text, words,
};
use crate::{fault::RowFault, value::Value};

#[derive(Debug, Clone)]
struct Person {
    first: &'static str,
    last: &'static str,
    job: (&'static str, &'static str, &'static str),
    email: String,
    phone: String,
    mobile: String,
}

fn person(garden: &mut Garden, domain: &str) -> Person {
    let first = garden.word(words::FIRST_NAMES);
    let last = garden.word(words::LAST_NAMES);
    let plain = |name: &str| {
        name.chars()
            .filter(char::is_ascii_alphabetic)
            .collect::<String>()
            .to_lowercase()
    };
    Person {
        first,
        last,
        job: garden.pick(words::JOBS).copied().unwrap_or_default(),
        email: format!("{}.{}@{domain}", plain(first), plain(last)),
        phone: garden.phone(),
        mobile: garden.phone(),
    }
}

/// Whether the record at a place repeats the first one: two in a hundred, and at least the last.
fn repeats(position: u32, count: u32) -> bool {
    count >= 10 && (position + 1 == count || position % 50 == 49)
}

/// Makes contacts.
pub fn plant_contacts(garden: &mut Garden, count: u32, companies: &[Company]) -> Result<(), RowFault> {
    let mut first: Option<(Person, Option<Company>)> = None;
    for position in 0..count {
        let company = garden.pick(companies).cloned();
        let domain = company
            .as_ref()
            .map_or("independent.example", |company| company.domain.as_str());
        let fresh = person(garden, domain);
        let (person, company) = match &first {
            Some(first) if repeats(position, count) => first.clone(),
            _ => (fresh, company),
        };
        first.get_or_insert_with(|| (person.clone(), company.clone()));
        let city = garden.pick(words::CITIES).copied().unwrap_or_default();
        let street = format!(
            "{} {}",
            garden.random.random_range(1..400),
            garden.word(words::STREETS)
        );
        let values = vec![
            ("FirstName", text(person.first)),
            ("LastName", text(person.last)),
            (
                "Salutation",
                if garden.chance(40) {
                    listed(garden, "Contact", "Salutation")
                } else {
                    None
                },
            ),
            ("AccountId", company.map(|company| Value::Reference(company.key))),
            ("Title", text(person.job.0)),
            ("Department", text(person.job.1)),
            ("Function__c", text(person.job.2)),
            ("Email", text(person.email.clone())),
            ("Phone", text(person.phone.clone())),
            (
                "MobilePhone",
                if garden.chance(60) {
                    text(person.mobile.clone())
                } else {
                    None
                },
            ),
            ("MailingStreet", text(street)),
            ("MailingCity", text(city.0)),
            ("MailingState", text(city.1)),
            ("MailingPostalCode", text(city.2)),
            ("MailingCountry", text(city.3)),
            ("LeadSource", listed(garden, "Contact", "LeadSource")),
            ("OwnerId", garden.owner()),
        ];
        garden.insert("Contact", values)?;
    }
    Ok(())
}

/// Makes leads.
pub fn plant_leads(garden: &mut Garden, count: u32) -> Result<(), RowFault> {
    let mut first: Option<(Person, String, String)> = None;
    for position in 0..count {
        let (company, domain) = companies::name(garden, position + 100_000);
        let fresh = person(garden, &domain);
        let (person, company, domain) = match &first {
            Some(first) if repeats(position, count) => first.clone(),
            _ => (fresh, company, domain),
        };
        first.get_or_insert_with(|| (person.clone(), company.clone(), domain.clone()));
        let city = garden.pick(words::CITIES).copied().unwrap_or_default();
        let employees = 5 * garden.random.random_range(1..900);
        let values = vec![
            ("FirstName", text(person.first)),
            ("LastName", text(person.last)),
            ("Company", text(company)),
            ("Title", text(person.job.0)),
            ("Function__c", text(person.job.2)),
            ("Email", text(person.email.clone())),
            ("Phone", text(person.phone.clone())),
            (
                "MobilePhone",
                if garden.chance(40) {
                    text(person.mobile.clone())
                } else {
                    None
                },
            ),
            ("Website", text(format!("https://www.{domain}"))),
            ("City", text(city.0)),
            ("State", text(city.1)),
            ("PostalCode", text(city.2)),
            ("Country", text(city.3)),
            ("Industry", listed(garden, "Lead", "Industry")),
            ("LeadSource", listed(garden, "Lead", "LeadSource")),
            (
                "Status",
                if garden.chance(30) {
                    text("Working - Contacted")
                } else {
                    None
                },
            ),
            ("Rating", listed(garden, "Lead", "Rating")),
            ("NumberOfEmployees", number(employees)),
            ("OwnerId", garden.owner()),
        ];
        garden.insert("Lead", values)?;
    }
    Ok(())
}
