//! The lists that addresses are held against once an org uses state and country picklists.

use super::{Records, Row};
use crate::{fault::RowFault, schema::Role, value::Key};

/// Countries that the org offers.
const COUNTRIES: &[&str] = &[
    "Argentina",
    "Australia",
    "Austria",
    "Belgium",
    "Brazil",
    "Canada",
    "Chile",
    "China",
    "Colombia",
    "Czechia",
    "Denmark",
    "Egypt",
    "Estonia",
    "Finland",
    "France",
    "Germany",
    "Greece",
    "Hungary",
    "India",
    "Indonesia",
    "Ireland",
    "Israel",
    "Italy",
    "Japan",
    "Kenya",
    "Korea, Republic of",
    "Latvia",
    "Lithuania",
    "Luxembourg",
    "Malaysia",
    "Mexico",
    "Morocco",
    "Netherlands",
    "New Zealand",
    "Nigeria",
    "Norway",
    "Peru",
    "Philippines",
    "Poland",
    "Portugal",
    "Romania",
    "Saudi Arabia",
    "Singapore",
    "Slovakia",
    "Slovenia",
    "South Africa",
    "Spain",
    "Sweden",
    "Switzerland",
    "Taiwan",
    "Thailand",
    "Türkiye",
    "Ukraine",
    "United Arab Emirates",
    "United Kingdom",
    "United States",
    "Vietnam",
];

/// States of the countries that have a list of their own; other countries take no state.
const STATES: &[(&str, &[&str])] = &[
    (
        "United States",
        &[
            "Alabama",
            "Alaska",
            "Arizona",
            "Arkansas",
            "California",
            "Colorado",
            "Connecticut",
            "Delaware",
            "District of Columbia",
            "Florida",
            "Georgia",
            "Hawaii",
            "Idaho",
            "Illinois",
            "Indiana",
            "Iowa",
            "Kansas",
            "Kentucky",
            "Louisiana",
            "Maine",
            "Maryland",
            "Massachusetts",
            "Michigan",
            "Minnesota",
            "Mississippi",
            "Missouri",
            "Montana",
            "Nebraska",
            "Nevada",
            "New Hampshire",
            "New Jersey",
            "New Mexico",
            "New York",
            "North Carolina",
            "North Dakota",
            "Ohio",
            "Oklahoma",
            "Oregon",
            "Pennsylvania",
            "Rhode Island",
            "South Carolina",
            "South Dakota",
            "Tennessee",
            "Texas",
            "Utah",
            "Vermont",
            "Virginia",
            "Washington",
            "West Virginia",
            "Wisconsin",
            "Wyoming",
        ],
    ),
    (
        "Canada",
        &[
            "Alberta",
            "British Columbia",
            "Manitoba",
            "New Brunswick",
            "Newfoundland and Labrador",
            "Northwest Territories",
            "Nova Scotia",
            "Nunavut",
            "Ontario",
            "Prince Edward Island",
            "Quebec",
            "Saskatchewan",
            "Yukon Territories",
        ],
    ),
    (
        "Australia",
        &[
            "Australian Capital Territory",
            "New South Wales",
            "Northern Territory",
            "Queensland",
            "South Australia",
            "Tasmania",
            "Victoria",
            "Western Australia",
        ],
    ),
];

/// Refuses an address whose country or state is not listed, when the org lists them. Only addresses that `changed`
/// touches are looked at.
pub fn check(records: &Records, key: Key, row: &Row, changed: &[u16]) -> Result<(), RowFault> {
    if !records.rules.lists_states {
        return Ok(());
    }
    let definition = records.schema.object(usize::from(key.object));
    for field in &definition.fields {
        let Role::Address(prefix) = field.role else {
            continue;
        };
        let parts = [format!("{prefix}Country"), format!("{prefix}State")];
        let touched = parts
            .iter()
            .filter_map(|part| definition.find(part))
            .any(|part| changed.contains(&part));
        if !touched {
            continue;
        }
        let text = |name: &str| {
            records
                .named(key, row, name)
                .as_text()
                .unwrap_or_default()
                .to_owned()
        };
        let label = |name: &str| {
            let field = definition.find(name).map(|index| definition.field(index));
            field.map_or("", |field| field.label)
        };
        address(
            [&text(&parts[0]), &text(&parts[1])],
            [label(&parts[0]), label(&parts[1])],
        )
        .map_err(|(message, part)| RowFault::new("FIELD_INTEGRITY_EXCEPTION", message).at(&parts[part]))?;
    }
    Ok(())
}

/// Checks country and state; an error says the sentence and which of the two is at fault.
fn address(
    [country, state]: [&str; 2],
    [country_label, state_label]: [&str; 2],
) -> Result<(), (String, usize)> {
    if country.is_empty() {
        if state.is_empty() {
            return Ok(());
        }
        let message = format!(
            "A country/territory must be specified before specifying a state value for field: {state_label}"
        );
        return Err((message, 1));
    }
    let is_listed = |list: &[&str], text: &str| list.iter().any(|known| known.eq_ignore_ascii_case(text));
    if !is_listed(COUNTRIES, country) {
        let message = format!(
            "There's a problem with this country, even though it may appear correct. Please select a country/territory \
             from the list of valid countries.: {country_label}"
        );
        return Err((message, 0));
    }
    let states = STATES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(country));
    if state.is_empty() || states.is_some_and(|(_, list)| is_listed(list, state)) {
        return Ok(());
    }
    let message = format!(
        "There's a problem with this state, even though it may appear correct. Please select a state from the list of \
         valid states.: {state_label}"
    );
    Err((message, 1))
}
