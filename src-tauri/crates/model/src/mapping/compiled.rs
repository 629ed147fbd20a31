//! A mapping that was checked against an org.

use std::sync::Arc;

use crate::convert::{Converter, Mark, Problem, TypedValue};
use crate::mapping::template::Template;
use crate::target::TargetDescribe;
use crate::{Mapping, MappingProblem, ProfileValues, TargetObject};

use super::compile::compile;
use super::update::WritePolicy;

/// A mapping that fits an org, ready to be applied to many profiles.
#[derive(Debug, Clone)]
pub struct CompiledMapping {
    pub(super) object: TargetObject,
    pub(super) targets: Vec<Target>,
    pub(super) blocks: Vec<Block>,
    pub(super) warnings: Vec<(u32, Mark)>,
}

/// A target field with the rows that compete for it, first one first.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub name: Arc<str>,
    pub label: String,
    pub required: bool,
    /// How an update treats it.
    pub policy: WritePolicy,
    pub candidates: Vec<Candidate>,
    /// Fields that decide which values are valid, with their places among the targets where they are mapped; the first
    /// that has a value counts.
    pub controllers: Vec<(String, Option<usize>)>,
}

/// A row, as seen from its target.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Index into the mapping's rows; the native app's rows are counted on behind them.
    pub row: usize,
    pub source_label: String,
    pub source: CompiledSource,
    pub converter: Converter,
    /// Index into the blocks.
    pub block: Option<usize>,
}

#[derive(Debug, Clone)]
pub(super) enum CompiledSource {
    Field(String),
    Extra(String),
    /// Converted once, when the mapping was compiled.
    Fixed {
        text: String,
        value: TypedValue,
    },
    Template(Template),
}

/// Rows that are written whole or not at all.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub name: String,
    /// Indices into the targets, and into the candidates of each.
    pub members: Vec<(usize, usize)>,
}

impl CompiledMapping {
    /// Checks a mapping against an org. The error lists every problem, in the order of the rows. Where the native app is
    /// installed, its [`locked_rows`](super::locked_rows) are added behind the mapping's own.
    pub fn compile(mapping: &Mapping, describe: &TargetDescribe) -> Result<Self, Vec<MappingProblem>> {
        let (compiled, problems) = compile(mapping, describe);
        if problems.is_empty() {
            Ok(compiled)
        } else {
            Err(problems)
        }
    }

    /// The mapping without the rows that have a problem.
    #[must_use]
    pub fn of_sound_rows(mapping: &Mapping, describe: &TargetDescribe) -> Self {
        compile(mapping, describe).0
    }

    /// The object that records are made for.
    #[must_use]
    pub fn object(&self) -> TargetObject {
        self.object
    }

    /// Columns of a Bulk upload, each once, in order: API names of the target fields, and ways to the records that are
    /// looked up.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = Vec::with_capacity(self.targets.len());
        for target in &self.targets {
            for candidate in &target.candidates {
                let column = candidate.converter.column(&target.name);
                // Only the rows of one target can repeat a column.
                let own = columns.iter().rev().take(target.candidates.len());
                if own.into_iter().all(|known| *known != column) {
                    columns.push(column);
                }
            }
        }
        columns
    }

    /// What to know about fixed values before anything is sent: the row, from 1, and the mark. It is said here once and
    /// not again for every record.
    #[must_use]
    pub fn warnings(&self) -> &[(u32, Mark)] {
        &self.warnings
    }
}

impl CompiledSource {
    /// The source's text for a profile; `None` when it is blank.
    pub fn text<'a>(&'a self, profile: &'a impl ProfileValues) -> Option<std::borrow::Cow<'a, str>> {
        match self {
            Self::Field(id) => profile.value(id).map(Into::into),
            Self::Extra(column) => profile.extra(column).map(Into::into),
            Self::Fixed { text, .. } => Some(text.into()),
            Self::Template(template) => template.fill(profile).map(Into::into),
        }
    }

    /// What keeps a template from being filled: the value at fault and why.
    pub fn problem(&self, profile: &impl ProfileValues) -> Option<(String, Problem)> {
        match self {
            Self::Template(template) => template.problem(profile),
            _ => None,
        }
    }

    pub fn is_fixed(&self) -> bool {
        matches!(self, Self::Fixed { .. })
    }
}
