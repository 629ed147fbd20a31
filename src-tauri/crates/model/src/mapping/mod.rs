//! Mappings: rows from sources to target fields, checked against an org, applied to profiles, shown for a sample.
//!
//! [`Mapping`] is what an admin edits and the store keeps; [`CompiledMapping`] is the same, checked against a describe
//! and ready for many profiles; [`apply`] makes one record; [`mapping_view`] explains it for people.

mod apply;
mod compile;
mod compiled;
mod defaults;
mod difference;
mod document;
mod drift;
mod problem;
mod row;
mod saving;
mod setting_words;
mod template;
mod view;

pub use apply::{Cell, Mapped, UsedRow, apply};
pub use compiled::CompiledMapping;
pub use defaults::default_mapping;
pub use difference::{ChangeDetail, ChangeKind, MappingDifference, RowChange, difference};
pub use document::{DocumentError, MappingDocument};
pub use drift::{Drift, DriftKind, drift};
pub use problem::{MappingProblem, ProblemCode, RowPart};
pub use row::{DateOrder, Lookup, Mapping, MappingRow, OnUpdate, Overflow, PhoneFormat, Source};
pub use saving::saving_problems;
pub use view::{Hierarchy, MappingRowView, Verdict, mapping_view};

/// Rows that a mapping may have; an object of Salesforce has no more fields than this.
pub const MOST_ROWS: usize = 2_000;
