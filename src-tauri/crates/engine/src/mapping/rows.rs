//! Rows of the contract and rows of `model` are the same thing in two types.

use model::mapping as rules;
use model::{Mapping, TargetObject, Unit};

use crate::contract::mapping::preview::{MappingProblem, RowPart};
use crate::contract::mapping::row::{
    DateOrder, Lookup, MappingRow, MappingSource, OnUpdate, Overflow, PhoneFormat, SourceUnit,
};

/// The mapping that these rows make.
pub(crate) fn mapping_of(object: TargetObject, rows: Vec<MappingRow>) -> Mapping {
    Mapping {
        object,
        rows: rows.into_iter().map(Into::into).collect(),
    }
}

/// The rows of a mapping.
pub(crate) fn rows_of(mapping: Mapping) -> Vec<MappingRow> {
    mapping.rows.into_iter().map(Into::into).collect()
}

impl From<MappingRow> for rules::MappingRow {
    fn from(row: MappingRow) -> Self {
        Self {
            source: row.source.into(),
            target: row.target,
            on_update: row.on_update.into(),
            block: row.block,
            overflow: row.overflow.into(),
            value_map: row.value_map,
            source_unit: row.source_unit.map(Into::into),
            clear_when_blank: row.clear_when_blank,
            phone_format: row.phone_format.into(),
            date_order: row.date_order.into(),
            time_zone: row.time_zone,
            lookup: row.lookup.map(|lookup| rules::Lookup {
                object: lookup.object,
                field: lookup.field,
            }),
        }
    }
}

impl From<rules::MappingRow> for MappingRow {
    fn from(row: rules::MappingRow) -> Self {
        Self {
            source: row.source.into(),
            target: row.target,
            on_update: row.on_update.into(),
            block: row.block,
            overflow: row.overflow.into(),
            value_map: row.value_map,
            source_unit: row.source_unit.map(Into::into),
            clear_when_blank: row.clear_when_blank,
            phone_format: row.phone_format.into(),
            date_order: row.date_order.into(),
            time_zone: row.time_zone,
            lookup: row.lookup.map(|lookup| Lookup {
                object: lookup.object,
                field: lookup.field,
            }),
        }
    }
}

impl From<MappingSource> for rules::Source {
    fn from(source: MappingSource) -> Self {
        match source {
            MappingSource::Field { field } => Self::Field { field },
            MappingSource::Extra { column } => Self::Extra { column },
            MappingSource::Fixed { value } => Self::Fixed { value },
            MappingSource::Template { text } => Self::Template { text },
        }
    }
}

impl From<rules::Source> for MappingSource {
    fn from(source: rules::Source) -> Self {
        match source {
            rules::Source::Field { field } => Self::Field { field },
            rules::Source::Extra { column } => Self::Extra { column },
            rules::Source::Fixed { value } => Self::Fixed { value },
            rules::Source::Template { text } => Self::Template { text },
        }
    }
}

impl From<OnUpdate> for rules::OnUpdate {
    fn from(value: OnUpdate) -> Self {
        match value {
            OnUpdate::FillIfBlank => Self::FillIfBlank,
            OnUpdate::Overwrite => Self::Overwrite,
            OnUpdate::Never => Self::Never,
        }
    }
}

impl From<rules::OnUpdate> for OnUpdate {
    fn from(value: rules::OnUpdate) -> Self {
        match value {
            rules::OnUpdate::FillIfBlank => Self::FillIfBlank,
            rules::OnUpdate::Overwrite => Self::Overwrite,
            rules::OnUpdate::Never => Self::Never,
        }
    }
}

impl From<Overflow> for rules::Overflow {
    fn from(value: Overflow) -> Self {
        match value {
            Overflow::Truncate => Self::Truncate,
            Overflow::Refuse => Self::Refuse,
        }
    }
}

impl From<rules::Overflow> for Overflow {
    fn from(value: rules::Overflow) -> Self {
        match value {
            rules::Overflow::Truncate => Self::Truncate,
            rules::Overflow::Refuse => Self::Refuse,
        }
    }
}

impl From<SourceUnit> for Unit {
    fn from(value: SourceUnit) -> Self {
        match value {
            SourceUnit::ThousandsOfUsd => Self::ThousandsOfUsd,
            SourceUnit::Usd => Self::Usd,
            SourceUnit::Percent => Self::Percent,
            SourceUnit::Fraction => Self::Fraction,
        }
    }
}

impl From<Unit> for SourceUnit {
    fn from(value: Unit) -> Self {
        match value {
            Unit::ThousandsOfUsd => Self::ThousandsOfUsd,
            Unit::Usd => Self::Usd,
            Unit::Percent => Self::Percent,
            Unit::Fraction => Self::Fraction,
        }
    }
}

impl From<PhoneFormat> for rules::PhoneFormat {
    fn from(value: PhoneFormat) -> Self {
        match value {
            PhoneFormat::AsIs => Self::AsIs,
            PhoneFormat::International => Self::International,
            PhoneFormat::NorthAmerican => Self::NorthAmerican,
        }
    }
}

impl From<rules::PhoneFormat> for PhoneFormat {
    fn from(value: rules::PhoneFormat) -> Self {
        match value {
            rules::PhoneFormat::AsIs => Self::AsIs,
            rules::PhoneFormat::International => Self::International,
            rules::PhoneFormat::NorthAmerican => Self::NorthAmerican,
        }
    }
}

impl From<DateOrder> for rules::DateOrder {
    fn from(value: DateOrder) -> Self {
        match value {
            DateOrder::MonthFirst => Self::MonthFirst,
            DateOrder::DayFirst => Self::DayFirst,
        }
    }
}

impl From<rules::DateOrder> for DateOrder {
    fn from(value: rules::DateOrder) -> Self {
        match value {
            rules::DateOrder::MonthFirst => Self::MonthFirst,
            rules::DateOrder::DayFirst => Self::DayFirst,
        }
    }
}

impl From<rules::MappingProblem> for MappingProblem {
    fn from(problem: rules::MappingProblem) -> Self {
        Self {
            row: problem.row,
            code: problem.code.code().to_owned(),
            part: match problem.code.part() {
                rules::RowPart::Source => RowPart::Source,
                rules::RowPart::Target => RowPart::Target,
                rules::RowPart::Whole => RowPart::Whole,
            },
            stops_saving: problem.code.stops_saving(),
            sentence: problem.sentence,
        }
    }
}
