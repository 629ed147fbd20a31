//! Which row of each target wins for a profile, and what its value becomes: the core of mapping a record and of
//! surveying a list.

use std::borrow::Cow;

use super::compiled::{Block, Candidate, CompiledMapping, CompiledSource, Target};
use crate::ProfileValues;
use crate::convert::{Converted, FaultRule};

/// What became of one target that a row had a value for.
pub(super) struct Outcome<'a> {
    /// Index into the targets.
    pub target: usize,
    /// The row that won.
    pub candidate: &'a Candidate,
    /// The text of its source.
    pub text: Cow<'a, str>,
    /// What the field takes; `None` when nothing is left of the text.
    pub converted: Result<Option<Converted>, (FaultRule, String)>,
}

/// Hands over the outcome of every target that any row has a value for, in the order of upload.
pub(super) fn for_each_outcome<'a>(
    mapping: &'a CompiledMapping,
    profile: &'a impl ProfileValues,
    mut each: impl FnMut(Outcome<'a>),
) {
    let in_use = blocks_in_use(mapping, profile);
    for (target, rows) in mapping.targets.iter().enumerate() {
        if let Some((candidate, text)) = winner(rows, &in_use, profile) {
            let converted = convert(candidate, &text, profile);
            each(Outcome {
                target,
                candidate,
                text,
                converted,
            });
        }
    }
}

/// Which blocks give their values: those with a value of their own, unless an earlier one took a common target.
fn blocks_in_use(mapping: &CompiledMapping, profile: &impl ProfileValues) -> Vec<bool> {
    let mut taken = vec![
        false;
        if mapping.blocks.is_empty() {
            0
        } else {
            mapping.targets.len()
        }
    ];
    let has_value = |block: &Block| {
        let mut sources = block
            .members
            .iter()
            .map(|(target, place)| &mapping.targets[*target].candidates[*place].source);
        if sources.clone().all(CompiledSource::is_fixed) {
            return true;
        }
        sources.any(|source| !source.is_fixed() && source.text(profile).is_some())
    };
    let mut in_use = Vec::with_capacity(mapping.blocks.len());
    for block in &mapping.blocks {
        let free = block.members.iter().all(|(target, _)| !taken[*target]);
        let used = free && has_value(block);
        if used {
            block.members.iter().for_each(|(target, _)| taken[*target] = true);
        }
        in_use.push(used);
    }
    in_use
}

/// The first row of a target whose source is not blank; of a block's target, the row of the block in use.
fn winner<'a>(
    target: &'a Target,
    in_use: &[bool],
    profile: &'a impl ProfileValues,
) -> Option<(&'a Candidate, Cow<'a, str>)> {
    target
        .candidates
        .iter()
        .filter(|candidate| candidate.block.is_none_or(|block| in_use[block]))
        .find_map(|candidate| candidate.source.text(profile).map(|text| (candidate, text)))
}

fn convert(
    candidate: &Candidate,
    text: &str,
    profile: &impl ProfileValues,
) -> Result<Option<Converted>, (FaultRule, String)> {
    if let CompiledSource::Fixed { value, .. } = &candidate.source {
        return Ok(Some(Converted {
            value: value.clone(),
            marks: Vec::new(),
        }));
    }
    if let Some((value, problem)) = candidate.source.problem(profile) {
        return Err(candidate.converter.refuse(&value, &problem));
    }
    candidate.converter.convert(text)
}
