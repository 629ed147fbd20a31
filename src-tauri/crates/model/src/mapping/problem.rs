//! What makes a mapping unfit for an org.

use serde::{Deserialize, Serialize};

/// One thing that stops a mapping from being used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{sentence}")]
pub struct MappingProblem {
    /// The row at fault, from 1; `None` when it is the whole mapping.
    pub row: Option<u32>,
    /// The rule.
    pub code: ProblemCode,
    /// What, why and how to mend it.
    pub sentence: String,
}

/// Rules that a mapping can break. The set is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// It has no rows.
    NoRows,
    /// The describe is of another object.
    WrongObject,
    /// It has more rows than the app takes.
    TooManyRows,
    /// A row has neither source nor target.
    RowBlank,
    /// A row has no target.
    TargetBlank,
    /// The org has no such field, or the user may not see it.
    UnknownTarget,
    /// The user may not write the field.
    NotCreateable,
    /// Fields of this type cannot be mapped.
    UnsupportedTarget,
    /// The field is the native app's.
    TargetLocked,
    /// A row has no source.
    SourceBlank,
    /// ZoomInfo has no such field.
    UnknownSource,
    /// A person's field for an object that is made from companies.
    WrongSourceKind,
    /// Only a field that points at another record can be looked up.
    LookupNotReference,
    /// The field does not point at records of that object.
    LookupWrongObject,
    /// No record can be looked up by that field.
    LookupNotByField,
    /// A template cannot be read.
    TemplateFault,
    /// The field does not take the fixed value.
    FixedValueFault,
    /// The row's time zone does not exist.
    UnknownTimeZone,
    /// A field is mapped both within a block and outside.
    BlockMixed,
    /// A block maps one field twice.
    BlockRepeats,
    /// Two blocks stand in one order for one field, and in the other for another.
    BlockOrder,
    /// A field that Salesforce requires is not mapped.
    MissingRequired,
}

/// A part of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowPart {
    /// The source.
    Source,
    /// The target field.
    Target,
    /// The row as a whole, or the mapping.
    Whole,
}

impl ProblemCode {
    /// Which part of the row is at fault.
    #[must_use]
    pub fn part(self) -> RowPart {
        match self {
            Self::SourceBlank
            | Self::UnknownSource
            | Self::WrongSourceKind
            | Self::TemplateFault
            | Self::FixedValueFault => RowPart::Source,
            Self::TargetBlank
            | Self::UnknownTarget
            | Self::NotCreateable
            | Self::UnsupportedTarget
            | Self::LookupNotReference
            | Self::LookupWrongObject
            | Self::LookupNotByField
            | Self::TargetLocked => RowPart::Target,
            _ => RowPart::Whole,
        }
    }

    /// Whether a mapping with it also refuses to be saved; any other only stops exports.
    #[must_use]
    pub fn stops_saving(self) -> bool {
        matches!(
            self,
            Self::RowBlank | Self::TargetBlank | Self::SourceBlank | Self::TemplateFault | Self::TooManyRows
        )
    }

    /// Code for machines, e.g. `unknown_target`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoRows => "no_rows",
            Self::WrongObject => "wrong_object",
            Self::TooManyRows => "too_many_rows",
            Self::RowBlank => "row_blank",
            Self::TargetBlank => "target_blank",
            Self::UnknownTarget => "unknown_target",
            Self::NotCreateable => "not_createable",
            Self::UnsupportedTarget => "unsupported_target",
            Self::TargetLocked => "target_locked",
            Self::SourceBlank => "source_blank",
            Self::UnknownSource => "unknown_source",
            Self::WrongSourceKind => "wrong_source_kind",
            Self::LookupNotReference => "lookup_not_reference",
            Self::LookupWrongObject => "lookup_wrong_object",
            Self::LookupNotByField => "lookup_not_by_field",
            Self::TemplateFault => "template_fault",
            Self::FixedValueFault => "fixed_value_fault",
            Self::UnknownTimeZone => "unknown_time_zone",
            Self::BlockMixed => "block_mixed",
            Self::BlockRepeats => "block_repeats",
            Self::BlockOrder => "block_order",
            Self::MissingRequired => "missing_required",
        }
    }
}
