//! The states and countries that an org lists once it uses state and country/territory picklists, with their codes
//! (ISO 3166).

use super::{Field, PicklistValue, Role};

/// Countries: code and label.
pub const COUNTRIES: &[(&str, &str)] = &[
    ("AR", "Argentina"),
    ("AU", "Australia"),
    ("AT", "Austria"),
    ("BE", "Belgium"),
    ("BR", "Brazil"),
    ("CA", "Canada"),
    ("CL", "Chile"),
    ("CN", "China"),
    ("CO", "Colombia"),
    ("CZ", "Czechia"),
    ("DK", "Denmark"),
    ("EG", "Egypt"),
    ("EE", "Estonia"),
    ("FI", "Finland"),
    ("FR", "France"),
    ("DE", "Germany"),
    ("GR", "Greece"),
    ("HU", "Hungary"),
    ("IN", "India"),
    ("ID", "Indonesia"),
    ("IE", "Ireland"),
    ("IL", "Israel"),
    ("IT", "Italy"),
    ("JP", "Japan"),
    ("KE", "Kenya"),
    ("KR", "Korea, Republic of"),
    ("LV", "Latvia"),
    ("LT", "Lithuania"),
    ("LU", "Luxembourg"),
    ("MY", "Malaysia"),
    ("MX", "Mexico"),
    ("MA", "Morocco"),
    ("NL", "Netherlands"),
    ("NZ", "New Zealand"),
    ("NG", "Nigeria"),
    ("NO", "Norway"),
    ("PE", "Peru"),
    ("PH", "Philippines"),
    ("PL", "Poland"),
    ("PT", "Portugal"),
    ("RO", "Romania"),
    ("SA", "Saudi Arabia"),
    ("SG", "Singapore"),
    ("SK", "Slovakia"),
    ("SI", "Slovenia"),
    ("ZA", "South Africa"),
    ("ES", "Spain"),
    ("SE", "Sweden"),
    ("CH", "Switzerland"),
    ("TW", "Taiwan"),
    ("TH", "Thailand"),
    ("TR", "Türkiye"),
    ("UA", "Ukraine"),
    ("AE", "United Arab Emirates"),
    ("GB", "United Kingdom"),
    ("US", "United States"),
    ("VN", "Vietnam"),
];

/// States: code, label, and code of the country. Countries that are not here take no state.
pub const STATES: &[(&str, &str, &str)] = &[
    ("AL", "Alabama", "US"),
    ("AK", "Alaska", "US"),
    ("AZ", "Arizona", "US"),
    ("AR", "Arkansas", "US"),
    ("CA", "California", "US"),
    ("CO", "Colorado", "US"),
    ("CT", "Connecticut", "US"),
    ("DE", "Delaware", "US"),
    ("DC", "District of Columbia", "US"),
    ("FL", "Florida", "US"),
    ("GA", "Georgia", "US"),
    ("HI", "Hawaii", "US"),
    ("ID", "Idaho", "US"),
    ("IL", "Illinois", "US"),
    ("IN", "Indiana", "US"),
    ("IA", "Iowa", "US"),
    ("KS", "Kansas", "US"),
    ("KY", "Kentucky", "US"),
    ("LA", "Louisiana", "US"),
    ("ME", "Maine", "US"),
    ("MD", "Maryland", "US"),
    ("MA", "Massachusetts", "US"),
    ("MI", "Michigan", "US"),
    ("MN", "Minnesota", "US"),
    ("MS", "Mississippi", "US"),
    ("MO", "Missouri", "US"),
    ("MT", "Montana", "US"),
    ("NE", "Nebraska", "US"),
    ("NV", "Nevada", "US"),
    ("NH", "New Hampshire", "US"),
    ("NJ", "New Jersey", "US"),
    ("NM", "New Mexico", "US"),
    ("NY", "New York", "US"),
    ("NC", "North Carolina", "US"),
    ("ND", "North Dakota", "US"),
    ("OH", "Ohio", "US"),
    ("OK", "Oklahoma", "US"),
    ("OR", "Oregon", "US"),
    ("PA", "Pennsylvania", "US"),
    ("RI", "Rhode Island", "US"),
    ("SC", "South Carolina", "US"),
    ("SD", "South Dakota", "US"),
    ("TN", "Tennessee", "US"),
    ("TX", "Texas", "US"),
    ("UT", "Utah", "US"),
    ("VT", "Vermont", "US"),
    ("VA", "Virginia", "US"),
    ("WA", "Washington", "US"),
    ("WV", "West Virginia", "US"),
    ("WI", "Wisconsin", "US"),
    ("WY", "Wyoming", "US"),
    ("AB", "Alberta", "CA"),
    ("BC", "British Columbia", "CA"),
    ("MB", "Manitoba", "CA"),
    ("NB", "New Brunswick", "CA"),
    ("NL", "Newfoundland and Labrador", "CA"),
    ("NT", "Northwest Territories", "CA"),
    ("NS", "Nova Scotia", "CA"),
    ("NU", "Nunavut", "CA"),
    ("ON", "Ontario", "CA"),
    ("PE", "Prince Edward Island", "CA"),
    ("QC", "Quebec", "CA"),
    ("SK", "Saskatchewan", "CA"),
    ("YT", "Yukon Territories", "CA"),
    ("ACT", "Australian Capital Territory", "AU"),
    ("NSW", "New South Wales", "AU"),
    ("NT", "Northern Territory", "AU"),
    ("QLD", "Queensland", "AU"),
    ("SA", "South Australia", "AU"),
    ("TAS", "Tasmania", "AU"),
    ("VIC", "Victoria", "AU"),
    ("WA", "Western Australia", "AU"),
];

/// The names that an address's parts have under its prefix.
const PARTS: &[(&str, [&str; 2])] = &[
    ("Billing", ["BillingCountryCode", "BillingStateCode"]),
    ("Shipping", ["ShippingCountryCode", "ShippingStateCode"]),
    ("Mailing", ["MailingCountryCode", "MailingStateCode"]),
    ("Other", ["OtherCountryCode", "OtherStateCode"]),
    ("", ["CountryCode", "StateCode"]),
];

/// The code fields that the addresses among these fields get: a picklist of countries, and one of states that depends on
/// it.
pub fn code_fields(fields: &[Field]) -> Vec<Field> {
    let compounds = fields.iter().filter_map(|field| match field.role {
        Role::Address(prefix) => Some((prefix, field)),
        _ => None,
    });
    let mut codes = Vec::new();
    for (prefix, compound) in compounds {
        let Some((_, [country, state])) = PARTS.iter().find(|(known, _)| *known == prefix) else {
            continue;
        };
        let labels = match prefix {
            "Billing" => ["Billing Country Code", "Billing State/Province Code"],
            "Shipping" => ["Shipping Country Code", "Shipping State/Province Code"],
            "Mailing" => ["Mailing Country Code", "Mailing State/Province Code"],
            "Other" => ["Other Country Code", "Other State/Province Code"],
            _ => ["Country Code", "State/Province Code"],
        };
        codes.push(country_codes(country, labels[0]).part_of(compound.name));
        codes.push(state_codes(state, labels[1], country).part_of(compound.name));
    }
    codes
}

fn country_codes(name: &'static str, label: &'static str) -> Field {
    let entries = COUNTRIES.iter().map(|(code, label)| PicklistValue {
        value: code,
        label: Some(label),
        default: false,
        valid_for: &[],
    });
    Field {
        picklist: entries.collect(),
        length: 10,
        ..Field::picklist(name, label, &[]).restrict()
    }
}

fn state_codes(name: &'static str, label: &'static str, controller: &'static str) -> Field {
    let entries = STATES.iter().map(|(code, label, country)| PicklistValue {
        value: code,
        label: Some(label),
        default: false,
        valid_for: std::slice::from_ref(country),
    });
    Field {
        picklist: entries.collect(),
        controller: Some(controller),
        length: 10,
        ..Field::picklist(name, label, &[]).restrict()
    }
}
