//! Mappings: rows from sources to target fields, checked against an org, applied to profiles, shown for a sample.
//!
//! [`Mapping`] is what an admin edits and the store keeps; [`CompiledMapping`] is the same, checked against a describe
//! and ready for many profiles; [`apply`] makes one record; [`mapping_view`] explains it for people.

mod apply;
mod compile;
mod compiled;
mod defaults;
mod document;
mod problem;
mod row;
mod template;
mod view;

pub use apply::{Cell, Mapped, UsedRow, apply};
pub use compiled::CompiledMapping;
pub use defaults::default_mapping;
pub use document::{DocumentError, MappingDocument};
pub use problem::{MappingProblem, ProblemCode};
pub use row::{DateOrder, Lookup, Mapping, MappingRow, OnUpdate, Overflow, PhoneFormat, Source};
pub use view::{Hierarchy, MappingRowView, Verdict, mapping_view};
