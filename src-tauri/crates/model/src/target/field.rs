//! One field of an object.

use serde::{Deserialize, Serialize};

use super::{FieldKind, LookupKeys, RecordTypeChoice};

/// A field as the connected user may use it. Source: Salesforce's REST API Developer Guide, "sObject Describe"; field
/// permissions are applied there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "describe's flags are independent of each other"
)]
pub struct TargetField {
    /// API name, e.g. `LastName`.
    pub name: String,
    /// Label in the org's language.
    pub label: String,
    /// Type.
    pub kind: FieldKind,
    /// Characters at most, for text; 0 when it has no such limit.
    pub length: u32,
    /// Digits at most, for numbers, those behind the point among them; 0 when it has no such limit.
    pub precision: u32,
    /// Digits behind the point at most, for numbers.
    pub scale: u32,
    /// Digits at most, for whole numbers; 0 when it has no such limit.
    pub digits: u32,
    /// May be written when a record is created.
    pub createable: bool,
    /// May be written when a record is updated.
    pub updateable: bool,
    /// May be blank.
    pub nillable: bool,
    /// Salesforce fills it when it is not given.
    pub defaulted_on_create: bool,
    /// Refuses values that are not in its picklist.
    pub restricted_picklist: bool,
    /// Values of a picklist, in order.
    pub picklist: Vec<PicklistValue>,
    /// No two records may share a value.
    pub unique: bool,
    /// Marked as an external id.
    pub external_id: bool,
    /// Compound field that it is part of, e.g. `MailingAddress`.
    pub compound: Option<String>,
    /// Made in this org rather than by Salesforce.
    pub custom: bool,
    /// A formula or a roll-up; nobody writes it.
    pub calculated: bool,
    /// Numbered by the org; nobody writes it.
    pub auto_number: bool,
    /// Objects that a lookup may point at, by API name.
    pub refers_to: Vec<String>,
    /// Name of the way to the other record, e.g. `Account` for `AccountId`; `None` when records cannot be named through
    /// it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relationship: Option<String>,
    /// What records of the objects that it points at can be looked up by, as far as that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lookup_keys: Vec<LookupKeys>,
    /// For the record type: those that the connected user may choose.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub record_types: Vec<RecordTypeChoice>,
    /// Whether field-level security can be set for it, where the org told; parts of an address are said to be so and are
    /// not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissionable: Option<bool>,
    /// API name of the field whose value decides which picklist values are valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controller: Option<String>,
}

/// One entry of a picklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PicklistValue {
    /// What is stored.
    pub value: String,
    /// What people see.
    pub label: String,
    /// Whether it may still be chosen.
    pub active: bool,
    /// Places of the controlling field's values that it is valid for, from 0, in describe's order; for a checkbox 0 is
    /// unticked and 1 is ticked. Without a controlling field it has no meaning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub valid_for: Vec<u16>,
}

impl Default for TargetField {
    /// A nameless text field of 255 characters that may be written and may be blank.
    fn default() -> Self {
        Self {
            name: String::new(),
            label: String::new(),
            kind: FieldKind::String,
            length: 255,
            precision: 0,
            scale: 0,
            digits: 0,
            createable: true,
            updateable: true,
            nillable: true,
            defaulted_on_create: false,
            restricted_picklist: false,
            picklist: Vec::new(),
            unique: false,
            external_id: false,
            compound: None,
            custom: false,
            calculated: false,
            auto_number: false,
            refers_to: Vec::new(),
            relationship: None,
            lookup_keys: Vec::new(),
            record_types: Vec::new(),
            permissionable: None,
            controller: None,
        }
    }
}

impl TargetField {
    /// Whether a new record must bring a value.
    #[must_use]
    pub fn required_on_create(&self) -> bool {
        self.createable && !self.nillable && !self.defaulted_on_create && self.kind != FieldKind::Boolean
    }

    /// Whether it says of which type the record is.
    #[must_use]
    pub fn is_record_type(&self) -> bool {
        self.kind == FieldKind::Reference && self.name.eq_ignore_ascii_case("RecordTypeId")
    }

    /// The record type with this id, with or without its check characters.
    #[must_use]
    pub fn record_type(&self, id: &str) -> Option<&RecordTypeChoice> {
        let short = id.get(..15)?;
        self.record_types
            .iter()
            .find(|known| known.id.get(..15) == Some(short))
    }

    /// The fields that records of an object can be looked up by; `None` when that was not asked for.
    #[must_use]
    pub fn lookup_keys_of(&self, object: &str) -> Option<&LookupKeys> {
        self.lookup_keys
            .iter()
            .find(|keys| keys.object.eq_ignore_ascii_case(object))
    }

    /// Whether its picklist has an active entry with this value or label, in any case.
    #[must_use]
    pub fn offers(&self, value: &str) -> bool {
        self.picklist.iter().any(|entry| {
            entry.active
                && (entry.value.eq_ignore_ascii_case(value) || entry.label.eq_ignore_ascii_case(value))
        })
    }

    /// Type and limits in words, e.g. `Text(80)`, `Currency(18, 0)`, `Restricted picklist`.
    #[must_use]
    pub fn type_label(&self) -> String {
        let sized = |word: &str| {
            if self.length == 0 {
                word.to_owned()
            } else {
                format!("{word}({})", self.length)
            }
        };
        let measured = |word: &str| {
            if self.precision == 0 {
                word.to_owned()
            } else {
                format!(
                    "{word}({}, {})",
                    self.precision.saturating_sub(self.scale),
                    self.scale
                )
            }
        };
        match self.kind {
            FieldKind::Id => "Record id".to_owned(),
            FieldKind::Reference if self.is_record_type() => "Record type".to_owned(),
            FieldKind::Reference => "Lookup".to_owned(),
            FieldKind::String | FieldKind::Unknown => sized("Text"),
            FieldKind::Textarea => sized("Text area"),
            FieldKind::Phone => sized("Phone"),
            FieldKind::Email => sized("Email"),
            FieldKind::Url => sized("URL"),
            FieldKind::Boolean => "Checkbox".to_owned(),
            FieldKind::Int | FieldKind::Long if self.digits > 0 => format!("Number({}, 0)", self.digits),
            FieldKind::Int | FieldKind::Long => "Number".to_owned(),
            FieldKind::Double => measured("Number"),
            FieldKind::Currency => measured("Currency"),
            FieldKind::Percent => measured("Percent"),
            FieldKind::Date => "Date".to_owned(),
            FieldKind::Datetime => "Date/Time".to_owned(),
            FieldKind::Time => "Time".to_owned(),
            FieldKind::Picklist if self.restricted_picklist => "Restricted picklist".to_owned(),
            FieldKind::Picklist => "Picklist".to_owned(),
            FieldKind::Multipicklist if self.restricted_picklist => {
                "Restricted multi-select picklist".to_owned()
            }
            FieldKind::Multipicklist => "Multi-select picklist".to_owned(),
            FieldKind::Combobox => "Combo box".to_owned(),
            FieldKind::Encryptedstring => sized("Encrypted text"),
            FieldKind::Address => "Address".to_owned(),
            FieldKind::Location => "Geolocation".to_owned(),
            FieldKind::Base64 => "File".to_owned(),
            FieldKind::Anytype | FieldKind::Complexvalue | FieldKind::Json => "Other".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_with_their_limits() {
        let field = |kind, length, precision, scale| TargetField {
            kind,
            length,
            precision,
            scale,
            ..TargetField::default()
        };
        assert_eq!(field(FieldKind::String, 80, 0, 0).type_label(), "Text(80)");
        assert_eq!(field(FieldKind::Phone, 40, 0, 0).type_label(), "Phone(40)");
        assert_eq!(
            field(FieldKind::Currency, 0, 18, 0).type_label(),
            "Currency(18, 0)"
        );
        assert_eq!(field(FieldKind::Double, 0, 18, 2).type_label(), "Number(16, 2)");
        let restricted = TargetField {
            restricted_picklist: true,
            ..field(FieldKind::Picklist, 255, 0, 0)
        };
        assert_eq!(restricted.type_label(), "Restricted picklist");
    }

    #[test]
    fn a_checkbox_is_never_required() {
        let field = TargetField {
            nillable: false,
            kind: FieldKind::Boolean,
            ..TargetField::default()
        };
        assert!(!field.required_on_create());
        assert!(
            TargetField {
                kind: FieldKind::String,
                ..field
            }
            .required_on_create()
        );
    }
}
