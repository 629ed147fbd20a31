//! One field of an object, with the keys that decide what may be written into it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize};

/// A field as `describe` gives it. Missing keys read as false, zero or empty.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "the org's own flags, one key each")]
pub struct Field {
    /// API name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// Label in the user's language.
    #[serde(deserialize_with = "null_is_default")]
    pub label: String,
    /// `string`, `picklist`, `reference`, `currency`, …; text, because Salesforce adds types.
    #[serde(rename = "type")]
    pub kind: String,
    /// Longest text in characters; 0 for other types.
    #[serde(deserialize_with = "null_is_default")]
    pub length: u32,
    /// Digits of a decimal in all.
    #[serde(deserialize_with = "null_is_default")]
    pub precision: u32,
    /// Digits after the point.
    #[serde(deserialize_with = "null_is_default")]
    pub scale: u32,
    /// Digits of a whole number.
    #[serde(deserialize_with = "null_is_default")]
    pub digits: u32,
    /// The user may set it in a new record.
    pub createable: bool,
    /// The user may change it.
    pub updateable: bool,
    /// It may be empty.
    pub nillable: bool,
    /// The org fills it when a new record leaves it out.
    pub defaulted_on_create: bool,
    /// Only the listed picklist values are accepted.
    pub restricted_picklist: bool,
    /// Picklist values, inactive ones included.
    #[serde(deserialize_with = "null_is_default")]
    pub picklist_values: Vec<PicklistValue>,
    /// The field that decides which picklist values are valid.
    pub controller_name: Option<String>,
    /// Objects that a lookup may point to; more than one if polymorphic.
    #[serde(deserialize_with = "null_is_default")]
    pub reference_to: Vec<String>,
    /// Name of the lookup in queries, e.g. `Account`.
    pub relationship_name: Option<String>,
    /// Marked as external id.
    pub external_id: bool,
    /// Records can be found by it in an upsert (`Email`, `Name`, external ids).
    pub id_lookup: bool,
    /// No two records may share a value.
    pub unique: bool,
    /// The compound field that it is a part of, e.g. `BillingAddress`.
    pub compound_field_name: Option<String>,
    /// A formula or roll-up; never writable.
    pub calculated: bool,
    /// Numbered by the org; never writable.
    pub auto_number: bool,
    /// Made in the org or by a package.
    pub custom: bool,
    /// Whether field-level security can be set for it.
    pub permissionable: Option<bool>,
    /// Whether it can stand in a `WHERE`.
    pub filterable: bool,
    /// The record's name.
    pub name_field: bool,
    /// `personname`, `plaintextarea`, `richtextarea`, …
    pub extra_type_info: Option<String>,
    /// Help text of the field.
    pub inline_help_text: Option<String>,
}

impl Field {
    /// A new record must carry it (Object Reference, "Required Fields").
    #[must_use]
    pub fn is_required_on_create(&self) -> bool {
        self.createable && !self.nillable && !self.defaulted_on_create
    }
}

/// Reads a key that the org may leave empty.
pub(super) fn null_is_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// One value of a picklist.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PicklistValue {
    /// What is stored.
    pub value: String,
    /// What people see.
    pub label: Option<String>,
    /// It may be chosen.
    pub active: bool,
    /// Chosen by the org when none is given.
    pub default_value: bool,
    /// Base64 bitmap of the controlling field's values that it is valid for, first value in the highest bit.
    pub valid_for: Option<String>,
}

impl PicklistValue {
    /// Places of the controlling field's values that it is valid for, from 0, in describe's order (SOAP API Developer
    /// Guide, "PicklistEntry"). An unreadable bitmap reads as none.
    #[must_use]
    pub fn valid_places(&self) -> Vec<u16> {
        let bitmap = self.valid_for.as_deref().unwrap_or_default();
        let bytes = STANDARD.decode(bitmap).unwrap_or_default();
        let bits = bytes
            .iter()
            .flat_map(|byte| (0..8).map(move |bit| byte & (0x80 >> bit) != 0));
        (0_u16..)
            .zip(bits)
            .filter_map(|(place, is_valid)| is_valid.then_some(place))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_stands_in_the_highest_bit() {
        let valid = |bitmap: &str| {
            PicklistValue {
                valid_for: Some(bitmap.to_owned()),
                ..PicklistValue::default()
            }
            .valid_places()
        };
        assert_eq!(valid("gAAA"), [0]);
        assert_eq!(valid("AQE="), [7, 15]);
        assert_eq!(valid("no bitmap"), [] as [u16; 0]);
        assert_eq!(PicklistValue::default().valid_places(), [] as [u16; 0]);
    }
}
