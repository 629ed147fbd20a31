//! Mappings: rows from sources to target fields, checked against an org, applied to profiles, shown for a sample.
//!
//! [`Mapping`] is what an admin edits and the store keeps; [`CompiledMapping`] is the same, checked against a describe
//! and ready for many profiles; [`apply`] makes one record; [`mapping_view`] explains it for people.

mod advice;
mod apply;
mod block_order;
mod compile;
mod compiled;
mod defaults;
mod difference;
mod document;
mod drift;
mod edits;
mod hierarchies;
mod lookup_check;
mod native_app;
mod outcome;
mod problem;
mod proposal;
mod row;
mod saving;
mod setting_words;
mod survey;
mod template;
mod update;
mod view;

pub use apply::{Cell, Mapped, UsedRow, apply, apply_to, apply_with_edits};
pub use compiled::CompiledMapping;
pub use defaults::default_mapping;
pub use difference::{ChangeDetail, ChangeKind, MappingDifference, RowChange, difference};
pub use document::{DocumentError, MappingDocument};
pub use drift::{Drift, DriftKind, drift};
pub use edits::EditFault;
pub use native_app::{has_native_app, is_native_app_field, locked_rows, native_app_id_field};
pub use problem::{MappingProblem, ProblemCode, RowPart};
pub use proposal::{Confidence, Proposal, propose};
pub use row::{DateOrder, Lookup, Mapping, MappingRow, OnUpdate, Overflow, PhoneFormat, Source};
pub use saving::saving_problems;
pub use survey::{Finding, FindingRule, SourceValue, Survey, Surveyed, SurveyedRow};
pub use template::{Template, TemplateFault, TemplateFunction, template_functions};
pub use update::{FieldUpdate, RecordUpdate, UpdateOutcome, update};
pub use view::{Hierarchy, MappingRowView, MappingView, Verdict, mapping_view, view_of_update};

/// Rows that a mapping may have; an object of Salesforce has no more fields than this.
pub const MOST_ROWS: usize = 2_000;
