//! Which row of each target wins for a profile, and what its value becomes: the core of mapping a record and of
//! surveying a list.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::compiled::{Block, Candidate, CompiledMapping, CompiledSource, Target};
use crate::ProfileValues;
use crate::convert::{Controlling, Converted, FaultRule};
use crate::text::visible;

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

/// What a record is made of.
pub(super) struct Given<'a, P> {
    /// The profile.
    pub profile: &'a P,
    /// Texts that somebody typed in place of the mapped values, by target; a blank one leaves the field out.
    pub edits: &'a BTreeMap<String, String>,
    /// Values of the record that is written to, by API name.
    pub existing: Option<&'a BTreeMap<String, String>>,
}

/// Hands over the outcome of every target that any row, or somebody who typed it, has a value for, in the order of upload.
pub(super) fn for_each_outcome<'a, P: ProfileValues>(
    mapping: &'a CompiledMapping,
    given: &Given<'a, P>,
    mut each: impl FnMut(Outcome<'a>),
) {
    let in_use = blocks_in_use(mapping, given.profile);
    for (target, rows) in mapping.targets.iter().enumerate() {
        if let Some(winner) = winner(rows, &in_use, given) {
            let converted = if rows.controllers.is_empty() {
                winner.convert(Controlling::Unchecked, given.profile)
            } else {
                let controlling = controlling(mapping, rows, &in_use, given);
                let controlling = controlling.as_deref().map_or(Controlling::Blank, Controlling::Is);
                winner.convert(controlling, given.profile)
            };
            each(Outcome {
                target,
                candidate: winner.candidate,
                text: winner.text,
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

/// What gives a target its value.
struct Winner<'a> {
    candidate: &'a Candidate,
    text: Cow<'a, str>,
    /// Whether somebody typed the text, so that it is in the field's own terms.
    is_typed: bool,
}

/// What somebody typed, else the first row of a target whose source is not blank; of a block's target, the row of the block
/// in use.
fn winner<'a, P: ProfileValues>(
    target: &'a Target,
    in_use: &[bool],
    given: &Given<'a, P>,
) -> Option<Winner<'a>> {
    let mut candidates = target
        .candidates
        .iter()
        .filter(|candidate| candidate.block.is_none_or(|block| in_use[block]));
    if let Some(typed) = given.edits.get(&*target.name) {
        let text = visible(typed)?;
        let candidate = candidates.next().or_else(|| target.candidates.first())?;
        return Some(Winner {
            candidate,
            text: Cow::Borrowed(text),
            is_typed: true,
        });
    }
    candidates.find_map(|candidate| {
        let text = candidate.source.text(given.profile)?;
        Some(Winner {
            candidate,
            text,
            is_typed: false,
        })
    })
}

impl Winner<'_> {
    fn convert(
        &self,
        controlling: Controlling<'_>,
        profile: &impl ProfileValues,
    ) -> Result<Option<Converted>, (FaultRule, String)> {
        let candidate = self.candidate;
        if self.is_typed {
            let converter = candidate.converter.for_typed_text();
            return converter.convert_under(&self.text, controlling);
        }
        if let (CompiledSource::Fixed { value, .. }, Controlling::Unchecked) =
            (&candidate.source, controlling)
        {
            return Ok(Some(Converted {
                value: value.clone(),
                marks: Vec::new(),
            }));
        }
        if let Some((value, problem)) = candidate.source.problem(profile) {
            return Err(candidate.converter.refuse(&value, &problem));
        }
        candidate.converter.convert_under(&self.text, controlling)
    }
}

/// What the record will have in the first of a target's controlling fields that has anything.
fn controlling<P: ProfileValues>(
    mapping: &CompiledMapping,
    dependent: &Target,
    in_use: &[bool],
    given: &Given<'_, P>,
) -> Option<String> {
    dependent.controllers.iter().find_map(|(name, place)| {
        let controller = place.map(|place| &mapping.targets[place]);
        let mapped = controller.and_then(|target| {
            let winner = winner(target, in_use, given)?;
            let converted = winner.convert(Controlling::Unchecked, given.profile).ok()??;
            Some(converted.value.to_csv_text())
        });
        let kept = given
            .existing
            .and_then(|values| values.get(name))
            .and_then(|text| visible(text))
            .map(str::to_owned);
        if controller.is_some_and(|target| target.policy.overwrites()) {
            mapped.or(kept)
        } else {
            kept.or(mapped)
        }
    })
}
