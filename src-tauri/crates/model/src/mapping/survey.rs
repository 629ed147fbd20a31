//! What a mapping does to a whole list: counts, first examples, and the values that picklists meet.
//!
//! A survey keeps one tally a row, whatever the number of profiles, and surveys of parts of a list can be merged.

use std::collections::{BTreeMap, HashMap};

use super::compiled::{Candidate, CompiledMapping};
use super::outcome::{Given, Outcome, for_each_outcome};
use crate::ProfileValues;
use crate::convert::{Converted, FaultRule, MarkRule};
use crate::text::excerpt;

/// Different values of one source that are counted; a list has more only where its column is no picklist at all.
const MOST_COUNTED_VALUES: usize = 10_000;
/// Values that are told, the most frequent ones.
const MOST_TOLD_VALUES: usize = 200;
/// Characters of an example.
const EXAMPLE_CHARACTERS: usize = 80;

/// Counts what a mapping does to profiles.
#[derive(Debug, Clone)]
pub struct Survey<'m> {
    mapping: &'m CompiledMapping,
    profiles: u32,
    refused_profiles: u32,
    rows: Vec<RowTally>,
    /// Per target, whether the profile at hand writes it; kept to be used again.
    written: Vec<Option<usize>>,
}

/// What a survey found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    /// Profiles that were looked at.
    pub profiles: u32,
    /// Profiles that an export would refuse, because a required field has no value.
    pub refused_profiles: u32,
    /// One for each row of the mapping; a row with a problem has counted nothing.
    pub rows: Vec<SurveyedRow>,
}

/// What one row does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SurveyedRow {
    /// Profiles for which it gives the field's value.
    pub written_profiles: u32,
    /// Profiles for which its source is blank.
    pub blank_profiles: u32,
    /// What is found, most frequent first.
    pub findings: Vec<Finding>,
    /// For rows that choose among values: the source's values, those that the org does not have first, then by count.
    pub values: Vec<SourceValue>,
    /// Different values beyond those.
    pub more_values: u32,
}

/// A rule that values break, or a change that they go through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: FindingRule,
    /// Number of profiles.
    pub profiles: u32,
    /// The first value that it happens to, shortened.
    pub example_value: String,
    /// Place of that profile in the list, from 0.
    pub example_position: u32,
}

/// A fault or a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingRule {
    /// The value is left out.
    Fault(FaultRule),
    /// The value is written changed.
    Mark(MarkRule),
}

/// A value of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceValue {
    /// The value.
    pub value: String,
    /// Number of profiles that have it.
    pub profiles: u32,
    /// What is written for it; `None` when it is refused.
    pub becomes: Option<String>,
    /// Whether the org has what is written.
    pub known: bool,
}

#[derive(Debug, Clone, Default)]
struct RowTally {
    written_profiles: u32,
    blank_profiles: u32,
    findings: BTreeMap<&'static str, Finding>,
    values: HashMap<String, u32>,
}

impl FindingRule {
    /// Code for machines, e.g. `too_long` or `truncated`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Fault(rule) => rule.code(),
            Self::Mark(rule) => rule.code(),
        }
    }

    /// The rule in a few words that a count can follow, e.g. `Too long`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Fault(rule) => rule.words(),
            Self::Mark(rule) => rule.words(),
        }
    }

    /// Whether the value is left out; otherwise it is written changed.
    #[must_use]
    pub fn leaves_out(self) -> bool {
        matches!(self, Self::Fault(_))
    }
}

impl<'m> Survey<'m> {
    /// A survey of a mapping with this many rows of its own.
    #[must_use]
    pub fn new(mapping: &'m CompiledMapping, rows: usize) -> Self {
        Self {
            mapping,
            profiles: 0,
            refused_profiles: 0,
            rows: vec![RowTally::default(); rows],
            written: vec![None; mapping.targets.len()],
        }
    }

    /// Counts the profile at a place of the list.
    pub fn add(&mut self, position: u32, profile: &impl ProfileValues) {
        self.profiles += 1;
        self.count_sources(profile);
        let Self {
            mapping,
            rows,
            written,
            ..
        } = self;
        written.fill(None);
        let mut broken = Vec::new();
        let mut marked = Vec::new();
        let given = Given {
            profile,
            edits: &BTreeMap::new(),
            existing: None,
        };
        for_each_outcome(mapping, &given, |outcome| {
            let Outcome {
                target,
                candidate,
                text,
                converted,
            } = outcome;
            match converted {
                Ok(Some(Converted { marks, .. })) => {
                    written[target] = Some(candidate.row);
                    if !marks.is_empty() {
                        marked.push((target, marks, text));
                    }
                }
                Ok(None) => {}
                Err((rule, _)) => {
                    broken.extend(candidate.block);
                    if let Some(tally) = rows.get_mut(candidate.row) {
                        tally.find(FindingRule::Fault(rule), position, &text);
                    }
                }
            }
        });
        for block in broken {
            for (target, _) in &mapping.blocks[block].members {
                written[*target] = None;
            }
        }
        for (target, marks, text) in marked {
            if let Some(tally) = written[target].and_then(|row| rows.get_mut(row)) {
                for (rule, _) in marks {
                    tally.find(FindingRule::Mark(rule), position, &text);
                }
            }
        }
        for row in written.iter().flatten() {
            if let Some(tally) = rows.get_mut(*row) {
                tally.written_profiles += 1;
            }
        }
        let misses_required = mapping
            .targets
            .iter()
            .zip(written.iter())
            .any(|(target, written)| target.required && written.is_none());
        self.refused_profiles += u32::from(misses_required);
    }

    /// Adds the counts of another part of the list.
    pub fn merge(&mut self, other: Self) {
        self.profiles += other.profiles;
        self.refused_profiles += other.refused_profiles;
        for (tally, other) in self.rows.iter_mut().zip(other.rows) {
            tally.merge(other);
        }
    }

    /// What was found.
    #[must_use]
    pub fn finish(self) -> Surveyed {
        let mut rows: Vec<SurveyedRow> = vec![SurveyedRow::default(); self.rows.len()];
        let mut tallies: Vec<Option<RowTally>> = self.rows.into_iter().map(Some).collect();
        for candidate in candidates(self.mapping) {
            if let (Some(row), Some(tally)) = (
                rows.get_mut(candidate.row),
                tallies.get_mut(candidate.row).and_then(Option::take),
            ) {
                *row = tally.finish(candidate);
            }
        }
        Surveyed {
            profiles: self.profiles,
            refused_profiles: self.refused_profiles,
            rows,
        }
    }

    /// Every source is looked at, also those whose turn does not come.
    fn count_sources(&mut self, profile: &impl ProfileValues) {
        for candidate in candidates(self.mapping) {
            let Some(tally) = self.rows.get_mut(candidate.row) else {
                continue;
            };
            match candidate.source.text(profile) {
                None => tally.blank_profiles += 1,
                Some(text) if candidate.converter.chooses() && !candidate.source.is_fixed() => {
                    tally.count_value(&text);
                }
                Some(_) => {}
            }
        }
    }
}

fn candidates(mapping: &CompiledMapping) -> impl Iterator<Item = &Candidate> {
    mapping.targets.iter().flat_map(|target| &target.candidates)
}

impl RowTally {
    fn find(&mut self, rule: FindingRule, position: u32, text: &str) {
        let finding = self.findings.entry(rule.code()).or_insert_with(|| Finding {
            rule,
            profiles: 0,
            example_value: excerpt(text, EXAMPLE_CHARACTERS),
            example_position: position,
        });
        finding.profiles += 1;
    }

    fn count_value(&mut self, text: &str) {
        if let Some(profiles) = self.values.get_mut(text) {
            *profiles += 1;
        } else if self.values.len() < MOST_COUNTED_VALUES {
            self.values.insert(text.to_owned(), 1);
        }
    }

    fn merge(&mut self, other: Self) {
        self.written_profiles += other.written_profiles;
        self.blank_profiles += other.blank_profiles;
        for (code, found) in other.findings {
            match self.findings.get_mut(code) {
                None => {
                    self.findings.insert(code, found);
                }
                Some(own) => {
                    let profiles = own.profiles + found.profiles;
                    if found.example_position < own.example_position {
                        *own = found;
                    }
                    own.profiles = profiles;
                }
            }
        }
        for (value, profiles) in other.values {
            if let Some(own) = self.values.get_mut(&value) {
                *own += profiles;
            } else if self.values.len() < MOST_COUNTED_VALUES {
                self.values.insert(value, profiles);
            }
        }
    }

    fn finish(self, candidate: &Candidate) -> SurveyedRow {
        let mut findings: Vec<Finding> = self.findings.into_values().collect();
        findings.sort_by_key(|finding| (std::cmp::Reverse(finding.profiles), finding.rule.code()));
        let mut values: Vec<SourceValue> = self
            .values
            .into_iter()
            .map(|(value, profiles)| source_value(candidate, &value, profiles))
            .collect();
        values.sort_by(|one, other| {
            (one.known, other.profiles, &one.value).cmp(&(other.known, one.profiles, &other.value))
        });
        let more_values = values.len().saturating_sub(MOST_TOLD_VALUES);
        values.truncate(MOST_TOLD_VALUES);
        SurveyedRow {
            written_profiles: self.written_profiles,
            blank_profiles: self.blank_profiles,
            findings,
            values,
            more_values: u32::try_from(more_values).unwrap_or(u32::MAX),
        }
    }
}

fn source_value(candidate: &Candidate, value: &str, profiles: u32) -> SourceValue {
    let converted = candidate.converter.convert(value).ok().flatten();
    let known = converted.as_ref().is_some_and(|converted| {
        !converted
            .marks
            .iter()
            .any(|(rule, _)| *rule == MarkRule::NotInPicklist)
    });
    SourceValue {
        becomes: converted.map(|converted| converted.value.to_csv_text()),
        known,
        value: excerpt(value, EXAMPLE_CHARACTERS),
        profiles,
    }
}
