//! What a source's values are, so that text is never proposed for a date.

use crate::target::FieldKind;
use crate::zoominfo_field::ZoomInfoField;

/// Type of a source's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueType {
    Text,
    Number,
    Percent,
    Date,
    YesOrNo,
    Phone,
    Email,
    WebAddress,
    /// A column of a list, which may hold anything.
    Unknown,
}

const NUMBERS: &[&str] = &[
    "employees",
    "founded_year",
    "number_of_locations",
    "alexa_rank",
    "graduation_year",
];

const YES_OR_NO: &[&str] = &[
    "certified_active_company",
    "defunct_company",
    "company_is_acquired",
];

impl ValueType {
    /// Of a ZoomInfo field.
    pub fn of_field(field: &ZoomInfoField) -> Self {
        let id = field.id;
        if field.unit.is_some() || NUMBERS.contains(&id) {
            Self::Number
        } else if id.starts_with("employee_growth") {
            Self::Percent
        } else if id.ends_with("_date") {
            Self::Date
        } else if YES_OR_NO.contains(&id) {
            Self::YesOrNo
        } else if id.ends_with("_phone") || id.ends_with("_fax") {
            Self::Phone
        } else if id == "email" || id == "supplemental_email" {
            Self::Email
        } else if id == "website" || id.ends_with("_url") {
            Self::WebAddress
        } else {
            Self::Text
        }
    }

    /// Whether fields of this type take such values.
    pub fn surely_fits(self, kind: FieldKind) -> bool {
        match kind {
            FieldKind::String | FieldKind::Textarea | FieldKind::Combobox | FieldKind::Encryptedstring => {
                true
            }
            FieldKind::Picklist | FieldKind::Multipicklist => matches!(self, Self::Text | Self::Unknown),
            FieldKind::Phone => self == Self::Phone,
            FieldKind::Email => self == Self::Email,
            FieldKind::Url => self == Self::WebAddress,
            FieldKind::Int | FieldKind::Long | FieldKind::Double | FieldKind::Currency => {
                self == Self::Number
            }
            FieldKind::Percent => self == Self::Percent,
            FieldKind::Date | FieldKind::Datetime => self == Self::Date,
            FieldKind::Boolean => self == Self::YesOrNo,
            _ => false,
        }
    }

    /// Whether they may be such values, for all that is known: a column of the same name as a field.
    pub fn may_fit(self, kind: FieldKind) -> bool {
        let is_value = !matches!(kind, FieldKind::Reference | FieldKind::Time) && kind.can_be_mapped();
        self.surely_fits(kind) || (self == Self::Unknown && is_value)
    }
}
