//! Made-up accounts.

use rand::Rng;

use super::{Garden, number, text, words};
use crate::{
    fault::RowFault,
    schema::{Kind, PicklistValue},
    value::{Key, Value},
};

/// A company that others refer to.
#[derive(Debug, Clone)]
pub struct Company {
    /// Its account.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// Its web domain.
    pub domain: String,
}

/// A made-up company name and its domain.
pub fn name(garden: &mut Garden, position: u32) -> (String, String) {
    let beginning = garden.word(words::COMPANY_BEGINNINGS);
    let middle = garden.word(words::COMPANY_MIDDLES);
    let end = garden.word(words::COMPANY_ENDS);
    // From some size on, lists of words repeat themselves; a number keeps domains apart.
    let mark = if position < 200 {
        String::new()
    } else {
        position.to_string()
    };
    let domain = format!("{beginning}{middle}{mark}.example").to_lowercase();
    (
        format!(
            "{beginning} {middle}{}{mark} {end}",
            if mark.is_empty() { "" } else { " " }
        ),
        domain,
    )
}

/// One of the values that a picklist offers.
pub fn listed(garden: &mut Garden, object: &str, field: &str) -> Option<Value> {
    let schema = std::sync::Arc::clone(&garden.records.schema);
    let definition = schema.object(schema.find(object)?);
    let field = definition.field(definition.find(field)?);
    debug_assert_eq!(field.kind, Kind::Picklist);
    let entries: &[PicklistValue] = &field.picklist;
    garden.pick(entries).map(|entry| Value::text(entry.value))
}

/// Makes accounts.
pub fn plant(garden: &mut Garden, count: u32) -> Result<Vec<Company>, RowFault> {
    let mut companies = Vec::new();
    for position in 0..count {
        let (name, domain) = name(garden, position);
        let city = garden.pick(words::CITIES).copied().unwrap_or_default();
        let street = format!(
            "{} {}",
            garden.random.random_range(1..400),
            garden.word(words::STREETS)
        );
        let employees = 10 * garden.random.random_range(1..800);
        let revenue = f64::from(employees) * 1000.0 * f64::from(garden.random.random_range(60..400));
        let ownership = listed(garden, "Account", "Ownership");
        let is_public = ownership == text("Public");
        let ticker: String = name
            .chars()
            .filter(char::is_ascii_alphabetic)
            .take(4)
            .collect::<String>()
            .to_uppercase();
        let segment = match employees {
            2_000.. => "Enterprise",
            200.. => "Mid-Market",
            _ => "SMB",
        };
        let phone = garden.phone();
        let values = vec![
            ("Name", text(name.clone())),
            ("Website", text(format!("https://www.{domain}"))),
            ("Phone", text(phone)),
            ("BillingStreet", text(street)),
            ("BillingCity", text(city.0)),
            ("BillingState", text(city.1)),
            ("BillingPostalCode", text(city.2)),
            ("BillingCountry", text(city.3)),
            ("Type", listed(garden, "Account", "Type")),
            ("Industry", listed(garden, "Account", "Industry")),
            ("Rating", listed(garden, "Account", "Rating")),
            ("AccountSource", listed(garden, "Account", "AccountSource")),
            ("Ownership", ownership),
            ("TickerSymbol", if is_public { text(ticker) } else { None }),
            ("AnnualRevenue", Some(Value::Number(revenue))),
            ("NumberOfEmployees", number(employees)),
            (
                "YearStarted",
                text(garden.random.random_range(1950..2024).to_string()),
            ),
            ("Sic", text(garden.random.random_range(1000..9000).to_string())),
            (
                "NaicsCode",
                text(garden.random.random_range(110_000..990_000).to_string()),
            ),
            ("Segment__c", text(segment)),
            (
                "ZoomInfo_Id__c",
                if garden.chance(25) {
                    text((340_000_000 + position).to_string())
                } else {
                    None
                },
            ),
            ("OwnerId", garden.owner()),
        ];
        let key = garden.insert("Account", values)?;
        companies.push(Company { key, name, domain });
    }
    Ok(companies)
}
