//! Field types. Source: Salesforce's Object Reference, "Field Types", and the `type` member of sObject Describe.

use serde::{Deserialize, Serialize};

/// A Salesforce field type, written as describe writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FieldKind {
    /// The record's own id.
    Id,
    /// Another record's id.
    Reference,
    /// One line of text.
    String,
    /// Several lines of text.
    Textarea,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// A checkbox.
    Boolean,
    /// A whole number, up to 32 bits.
    Int,
    /// A whole number, up to 64 bits.
    Long,
    /// A number.
    Double,
    /// An amount of money.
    Currency,
    /// A percentage.
    Percent,
    /// A day.
    Date,
    /// A moment.
    Datetime,
    /// A time of day.
    Time,
    /// One of a list.
    Picklist,
    /// Several of a list.
    Multipicklist,
    /// One of a list, or anything else.
    Combobox,
    /// Text that is stored encrypted.
    Encryptedstring,
    /// A compound address; its parts are fields of their own.
    Address,
    /// A compound place; its parts are fields of their own.
    Location,
    /// A file.
    Base64,
    /// Anything; appears in history objects.
    Anytype,
    /// A structure.
    Complexvalue,
    /// A JSON document.
    Json,
    /// A type that this version does not know.
    #[serde(other)]
    Unknown,
}

impl FieldKind {
    /// The type that describe calls by this name, in any case.
    #[must_use]
    pub fn from_api_name(name: &str) -> Self {
        let name = serde_json::Value::String(name.to_ascii_lowercase());
        serde_json::from_value(name).unwrap_or(Self::Unknown)
    }

    /// Name in describe, e.g. `string`.
    #[must_use]
    pub fn api_name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Reference => "reference",
            Self::String => "string",
            Self::Textarea => "textarea",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Url => "url",
            Self::Boolean => "boolean",
            Self::Int => "int",
            Self::Long => "long",
            Self::Double => "double",
            Self::Currency => "currency",
            Self::Percent => "percent",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Time => "time",
            Self::Picklist => "picklist",
            Self::Multipicklist => "multipicklist",
            Self::Combobox => "combobox",
            Self::Encryptedstring => "encryptedstring",
            Self::Address => "address",
            Self::Location => "location",
            Self::Base64 => "base64",
            Self::Anytype => "anytype",
            Self::Complexvalue => "complexvalue",
            Self::Json => "json",
            Self::Unknown => "unknown",
        }
    }

    /// Whether a mapping row can write it.
    #[must_use]
    pub fn can_be_mapped(self) -> bool {
        !matches!(
            self,
            Self::Id
                | Self::Address
                | Self::Location
                | Self::Base64
                | Self::Anytype
                | Self::Complexvalue
                | Self::Json
                | Self::Unknown
        )
    }

    /// Whether it holds a number.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Self::Int | Self::Long | Self::Double | Self::Currency | Self::Percent
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn describe_names_are_read_and_written_alike() {
        for name in [
            "string",
            "textarea",
            "datetime",
            "multipicklist",
            "encryptedstring",
            "base64",
            "anytype",
        ] {
            assert_eq!(FieldKind::from_api_name(name).api_name(), name);
        }
        assert_eq!(FieldKind::from_api_name("anyType"), FieldKind::Anytype);
        assert_eq!(FieldKind::from_api_name("hologram"), FieldKind::Unknown);
    }
}
