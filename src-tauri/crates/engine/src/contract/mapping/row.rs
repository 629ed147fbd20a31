//! Rows as they are edited. They have the shape of the rows in a mapping file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One row: where a value comes from, where it goes, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MappingRow {
    /// Where the value comes from.
    pub source: MappingSource,
    /// API name of the target field; empty while none is chosen.
    pub target: String,
    /// What an update does.
    pub on_update: OnUpdate,
    /// Whether an update clears the field when the source is blank.
    pub clear_when_blank: bool,
    /// Rows that share this name are written whole or not at all.
    pub block: Option<String>,
    /// What happens to text that is too long.
    pub overflow: Overflow,
    /// For picklists and text: the source's value, in any case, and what is written for it.
    pub value_map: BTreeMap<String, String>,
    /// Unit of the source's numbers; `null` takes the ZoomInfo field's own.
    pub source_unit: Option<SourceUnit>,
    /// How telephone numbers are written.
    pub phone_format: PhoneFormat,
    /// How dates such as 7/4/2024 are read.
    pub date_order: DateOrder,
    /// Zone of moments that name none, e.g. `America/New_York`; `null` is UTC.
    pub time_zone: Option<String>,
    /// For a lookup: the external id field of the other object that the value is looked up by; `null` when the value is
    /// a record id.
    pub lookup: Option<Lookup>,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum MappingSource {
    /// A ZoomInfo field.
    Field {
        /// Its id; empty while none is chosen.
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
    /// Text with ZoomInfo fields and functions in braces.
    Template {
        /// The text.
        text: String,
    },
}

/// What happens to a value that the record already has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OnUpdate {
    /// Written only where Salesforce has none.
    FillIfBlank,
    /// Always written.
    Overwrite,
    /// Written on creation only.
    Never,
}

/// What happens to text that is too long for its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// It is cut, with a mark in the ledger.
    Truncate,
    /// It is left out, with a fault in the ledger.
    Refuse,
}

/// Unit of a source's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceUnit {
    /// Thousands of US dollars.
    ThousandsOfUsd,
    /// US dollars.
    Usd,
    /// Percent: 12.5 means 12.5 %.
    Percent,
    /// Parts of one: 0.125 means 12.5 %.
    Fraction,
}

/// How telephone numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhoneFormat {
    /// As the source has them.
    AsIs,
    /// `+12196062399`; numbers without a country are taken for North American ones.
    International,
    /// `(219) 606-2399`; numbers of other countries stay international.
    NorthAmerican,
}

/// How dates such as 7/4/2024 are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 7/4/2024 is the fourth of July.
    MonthFirst,
    /// 7/4/2024 is the seventh of April.
    DayFirst,
}

/// A lookup by an external id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// API name of the other object, e.g. `Account`.
    pub object: String,
    /// API name of its external id field.
    pub field: String,
}
