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

/// Hands over the outcome of every target that any row has a value for, in the order of upload. `existing` are the values
/// of the record that is written to, by API name.
pub(super) fn for_each_outcome<'a>(
    mapping: &'a CompiledMapping,
    profile: &'a impl ProfileValues,
    existing: Option<&BTreeMap<String, String>>,
    mut each: impl FnMut(Outcome<'a>),
) {
    let in_use = blocks_in_use(mapping, profile);
    for (target, rows) in mapping.targets.iter().enumerate() {
        if let Some((candidate, text)) = winner(rows, &in_use, profile) {
            let converted = if rows.controllers.is_empty() {
                convert(candidate, &text, Controlling::Unchecked, profile)
            } else {
                let controlling = controlling(mapping, rows, &in_use, profile, existing);
                let controlling = controlling.as_deref().map_or(Controlling::Blank, Controlling::Is);
                convert(candidate, &text, controlling, profile)
            };
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
    controlling: Controlling<'_>,
    profile: &impl ProfileValues,
) -> Result<Option<Converted>, (FaultRule, String)> {
    if let (CompiledSource::Fixed { value, .. }, Controlling::Unchecked) = (&candidate.source, controlling) {
        return Ok(Some(Converted {
            value: value.clone(),
            marks: Vec::new(),
        }));
    }
    if let Some((value, problem)) = candidate.source.problem(profile) {
        return Err(candidate.converter.refuse(&value, &problem));
    }
    candidate.converter.convert_under(text, controlling)
}

/// What the record will have in the first of a target's controlling fields that has anything.
fn controlling(
    mapping: &CompiledMapping,
    dependent: &Target,
    in_use: &[bool],
    profile: &impl ProfileValues,
    existing: Option<&BTreeMap<String, String>>,
) -> Option<String> {
    dependent.controllers.iter().find_map(|(name, place)| {
        let controller = place.map(|place| &mapping.targets[place]);
        let given = controller.and_then(|target| {
            let (candidate, text) = winner(target, in_use, profile)?;
            let converted = convert(candidate, &text, Controlling::Unchecked, profile)
                .ok()
                .flatten()?;
            Some(converted.value.to_csv_text())
        });
        let kept = existing
            .and_then(|values| values.get(name))
            .and_then(|text| visible(text))
            .map(str::to_owned);
        if controller.is_some_and(|target| target.policy.overwrites()) {
            given.or(kept)
        } else {
            kept.or(given)
        }
    })
}
