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
    /// A row has no target.
    TargetBlank,
    /// The org has no such field, or the user may not see it.
    UnknownTarget,
    /// The user may not write the field.
    NotCreateable,
    /// Fields of this type cannot be mapped.
    UnsupportedTarget,
    /// A row has no source.
    SourceBlank,
    /// ZoomInfo has no such field.
    UnknownSource,
    /// A person's field for an object that is made from companies.
    WrongSourceKind,
    /// A template cannot be read.
    TemplateFault,
    /// The field does not take the fixed value.
    FixedValueFault,
    /// A field is mapped both within a block and outside.
    BlockMixed,
    /// A block maps one field twice.
    BlockRepeats,
    /// A field that Salesforce requires is not mapped.
    MissingRequired,
}

impl ProblemCode {
    /// Code for machines, e.g. `unknown_target`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoRows => "no_rows",
            Self::WrongObject => "wrong_object",
            Self::TargetBlank => "target_blank",
            Self::UnknownTarget => "unknown_target",
            Self::NotCreateable => "not_createable",
            Self::UnsupportedTarget => "unsupported_target",
            Self::SourceBlank => "source_blank",
            Self::UnknownSource => "unknown_source",
            Self::WrongSourceKind => "wrong_source_kind",
            Self::TemplateFault => "template_fault",
            Self::FixedValueFault => "fixed_value_fault",
            Self::BlockMixed => "block_mixed",
            Self::BlockRepeats => "block_repeats",
            Self::MissingRequired => "missing_required",
        }
    }
}
