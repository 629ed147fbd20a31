//! A mapping and its rows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::TargetObject;
use crate::zoominfo_field::{self, Unit};

/// The rows that turn profiles into records of one object.
///
/// Rows with the same target form a hierarchy in their order: the first whose *source* is not blank wins. That is
/// decided before conversion, so a value that cannot be converted is a fault and never quietly replaced by a lower one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The object.
    pub object: TargetObject,
    /// The rows, in order.
    pub rows: Vec<MappingRow>,
}

/// One row: where a value comes from, where it goes, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingRow {
    /// Where the value comes from.
    pub source: Source,
    /// API name of the target field.
    pub target: String,
    /// What an update does. Among rows with the same target that of the first one holds, and so does its
    /// [`clear_when_blank`](Self::clear_when_blank).
    #[serde(default)]
    pub on_update: OnUpdate,
    /// Rows that share this name are written whole or not at all, e.g. `billing address`. Blocks with a common target
    /// form a hierarchy as rows do: the first that is not blank gives *all* its values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<String>,
    /// What happens to text that is too long.
    #[serde(default, skip_serializing_if = "is_default")]
    pub overflow: Overflow,
    /// For picklists: the source's value, in any case, and the value that the org has for it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub value_map: BTreeMap<String, String>,
    /// Unit of the source's numbers; `None` takes the ZoomInfo field's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_unit: Option<Unit>,
    /// Whether an update clears the field when the source is blank.
    #[serde(default, skip_serializing_if = "is_default")]
    pub clear_when_blank: bool,
    /// How telephone numbers are written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub phone_format: PhoneFormat,
    /// How dates such as 7/4/2024 are read.
    #[serde(default, skip_serializing_if = "is_default")]
    pub date_order: DateOrder,
    /// Zone of moments that name none, by its name in the IANA database; `None` is UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// For a lookup: what the value is looked up by; `None` when the value is a record id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lookup: Option<Lookup>,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// A ZoomInfo field.
    Field {
        /// Its id.
        field: String,
    },
    /// A column of an imported list that is not ZoomInfo's.
    Extra {
        /// Its header.
        column: String,
    },
    /// The same value for all.
    Fixed {
        /// The value.
        value: String,
    },
    /// Text with values in braces, e.g. `{Job Title} at {upper(Company Name)}`.
    Template {
        /// The text, which [`Template`](super::Template) reads.
        text: String,
    },
}

/// What an update does to a field that may have a value already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnUpdate {
    /// Writes where Salesforce has nothing.
    #[default]
    FillIfBlank,
    /// Always writes.
    Overwrite,
    /// Writes on creation only.
    Never,
}

/// What happens to text that is too long for its field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// It is cut, with a mark in the ledger. E-mail and web addresses, phone numbers and ids are never cut.
    #[default]
    Truncate,
    /// It is a fault.
    Refuse,
}

/// How telephone numbers are written, in phone and text fields. A number that cannot be read with certainty is written as
/// it is, with a mark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneFormat {
    /// As the source has them.
    #[default]
    AsIs,
    /// `+12196062399`; numbers without a country are taken for North American ones.
    International,
    /// `(219) 606-2399`; numbers of other countries stay international.
    NorthAmerican,
}

/// How dates such as 7/4/2024 are read. What is no date in this order is a fault; another order is never guessed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 7/4/2024 is the fourth of July.
    #[default]
    MonthFirst,
    /// 7/4/2024 is the seventh of April.
    DayFirst,
}

/// A lookup by an external id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// API name of the other object, e.g. `Account`.
    pub object: String,
    /// API name of its external id field.
    pub field: String,
}

impl Mapping {
    /// Whether a row has this target, in any case.
    #[must_use]
    pub fn maps(&self, target: &str) -> bool {
        self.rows
            .iter()
            .any(|row| row.target.trim().eq_ignore_ascii_case(target))
    }
}

impl MappingRow {
    /// A row with the defaults: fill if blank, no block, truncate.
    #[must_use]
    pub fn new(source: Source, target: impl Into<String>) -> Self {
        Self {
            source,
            target: target.into(),
            on_update: OnUpdate::default(),
            block: None,
            overflow: Overflow::default(),
            value_map: BTreeMap::new(),
            source_unit: None,
            clear_when_blank: false,
            phone_format: PhoneFormat::default(),
            date_order: DateOrder::default(),
            time_zone: None,
            lookup: None,
        }
    }

    /// Unit of the source's numbers: the row's own, else the ZoomInfo field's.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        self.source_unit.or_else(|| match &self.source {
            Source::Field { field } => zoominfo_field::find(field).and_then(|field| field.unit),
            _ => None,
        })
    }
}

impl Source {
    /// A ZoomInfo field by its id.
    #[must_use]
    pub fn field(id: &str) -> Self {
        Self::Field { field: id.to_owned() }
    }

    /// A fixed value.
    #[must_use]
    pub fn fixed(value: &str) -> Self {
        Self::Fixed {
            value: value.to_owned(),
        }
    }

    /// The source in words, e.g. `Job Title` or `“ZoomInfo”`.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Field { field } => {
                zoominfo_field::find(field).map_or_else(|| field.clone(), |field| field.label.to_owned())
            }
            Self::Extra { column } => column.clone(),
            Self::Fixed { value } => format!("“{value}”"),
            Self::Template { text } => text.clone(),
        }
    }

    /// Kind of the source in words, e.g. `Contact field`.
    #[must_use]
    pub fn kind_label(&self) -> &'static str {
        match self {
            Self::Field { field } => {
                zoominfo_field::find(field).map_or("Unknown field", zoominfo_field::ZoomInfoField::kind_label)
            }
            Self::Extra { .. } => "Extra column",
            Self::Fixed { .. } => "Fixed value",
            Self::Template { .. } => "Template",
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
