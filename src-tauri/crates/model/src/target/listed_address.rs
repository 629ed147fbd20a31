//! Addresses of orgs with state and country/territory picklists.
//!
//! Such an org has a code field beside each state and each country: `MailingStateCode` beside `MailingState`. The code
//! fields are picklists of codes with labels, the state's depends on the country's, and the text fields take the labels
//! only. Source: Salesforce Help, "State and Country/Territory Picklists".

use super::{FieldKind, TargetDescribe, TargetField};

/// A part of an address that takes only what the org lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedPart {
    /// A country's code, e.g. `US`.
    CountryCode,
    /// A country's label.
    Country,
    /// A state's code, e.g. `CA`.
    StateCode,
    /// A state's label.
    State,
}

/// A field of a listed address, with the lists.
#[derive(Debug, Clone, Copy)]
pub struct ListedAddress<'a> {
    /// Which part the field is.
    pub part: ListedPart,
    /// The field with the codes of countries.
    pub country_code: &'a TargetField,
    /// The field with the countries' labels; custom addresses have none.
    pub country: Option<&'a TargetField>,
    /// The field with the codes of states; `None` when the connected user may not see it.
    pub state_code: Option<&'a TargetField>,
}

/// Ends of the names of an address's fields: with what stands behind the part in custom addresses.
const ENDS: [(&str, ListedPart, &str); 6] = [
    ("CountryCode__s", ListedPart::CountryCode, "__s"),
    ("StateCode__s", ListedPart::StateCode, "__s"),
    ("CountryCode", ListedPart::CountryCode, ""),
    ("StateCode", ListedPart::StateCode, ""),
    ("Country", ListedPart::Country, ""),
    ("State", ListedPart::State, ""),
];

impl TargetDescribe {
    /// The listed address that a field is a part of; `None` for other fields, and where the org has no lists.
    #[must_use]
    pub fn listed_address(&self, field: &TargetField) -> Option<ListedAddress<'_>> {
        let (prefix, part, behind) = ENDS.iter().find_map(|(end, part, behind)| {
            let prefix = field.name.strip_suffix(end)?;
            Some((prefix, *part, *behind))
        })?;
        let listed = |name: String| {
            self.field(&name)
                .filter(|field| field.kind == FieldKind::Picklist && !field.picklist.is_empty())
        };
        let state_code =
            listed(format!("{prefix}StateCode{behind}")).filter(|field| field.controller.is_some());
        if part == ListedPart::State && state_code.is_none() {
            return None;
        }
        Some(ListedAddress {
            part,
            country_code: listed(format!("{prefix}CountryCode{behind}"))?,
            country: self
                .field(&format!("{prefix}Country"))
                .filter(|_| behind.is_empty()),
            state_code,
        })
    }
}

impl ListedPart {
    /// Whether it is one of the two that need a country.
    #[must_use]
    pub fn is_state(self) -> bool {
        matches!(self, Self::State | Self::StateCode)
    }
}
