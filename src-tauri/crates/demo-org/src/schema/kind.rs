//! Types of fields.

/// A field's type; `soap_type` and describe's `type` follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The record's own id.
    Id,
    /// Another record's id.
    Reference,
    /// One line of text.
    Text,
    /// Several lines of text.
    TextArea,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// A checkbox.
    Boolean,
    /// A whole number.
    Int,
    /// A number.
    Double,
    /// An amount of money.
    Currency,
    /// A percentage.
    Percent,
    /// A day.
    Date,
    /// A moment.
    Moment,
    /// One of a list.
    Picklist,
    /// Some of a list, joined by semicolons.
    MultiPicklist,
    /// A time of day, stored as its text in UTC.
    Time,
    /// A text that pages show masked.
    EncryptedText,
    /// A latitude and a longitude.
    Location,
    /// One of a list, or anything else.
    Combobox,
    /// A compound address.
    Address,
}

impl Kind {
    /// The `type` member of describe.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Reference => "reference",
            Self::Text => "string",
            Self::TextArea => "textarea",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Url => "url",
            Self::Boolean => "boolean",
            Self::Int => "int",
            Self::Double => "double",
            Self::Currency => "currency",
            Self::Percent => "percent",
            Self::Date => "date",
            Self::Moment => "datetime",
            Self::Picklist => "picklist",
            Self::Combobox => "combobox",
            Self::MultiPicklist => "multipicklist",
            Self::Time => "time",
            Self::EncryptedText => "encryptedstring",
            Self::Location => "location",
            Self::Address => "address",
        }
    }

    /// The `soapType` member of describe.
    pub fn soap_type(self) -> &'static str {
        match self {
            Self::Id | Self::Reference => "tns:ID",
            Self::Boolean => "xsd:boolean",
            Self::Int => "xsd:int",
            Self::Double | Self::Currency | Self::Percent => "xsd:double",
            Self::Date => "xsd:date",
            Self::Moment => "xsd:dateTime",
            Self::Address => "urn:address",
            Self::Location => "urn:location",
            Self::Time => "xsd:time",
            _ => "xsd:string",
        }
    }

    /// Whether its values are text of a limited length.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::TextArea
                | Self::Phone
                | Self::Email
                | Self::Url
                | Self::Picklist
                | Self::Combobox
                | Self::MultiPicklist
                | Self::EncryptedText
        )
    }

    /// Whether its values are numbers.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Int | Self::Double | Self::Currency | Self::Percent)
    }
}
