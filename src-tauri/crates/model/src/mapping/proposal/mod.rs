//! Match automatically: rows that the names of sources and targets suggest.
//!
//! For each target that may be written and is not mapped yet, the source whose name is nearest is proposed, if its values
//! fit the target's type. Names are the same when nothing but case, punctuation and Salesforce's affixes differ; they mean
//! the same when `synonyms` says so; they resemble each other when most of their words are common. To add a synonym: a
//! line in `synonyms`.

mod names;
mod synonyms;
mod value_type;

use serde::{Deserialize, Serialize};

use super::native_app::is_native_app_field;
use super::row::{Mapping, Source};
use crate::target::{TargetDescribe, TargetField};
use crate::zoominfo_field::{FIELDS, FieldGroup};
use names::Name;
use value_type::ValueType;

/// One proposed row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Where the value would come from.
    pub source: Source,
    /// API name of the target.
    pub target: String,
    /// Label of the target.
    pub target_label: String,
    /// Type of the target in words.
    pub target_type: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why, in a few words, e.g. `same label`.
    pub reason: String,
}

/// How sure a proposal is, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The names are the same and the types fit.
    Sure,
    /// The names mean the same.
    Likely,
    /// The names resemble each other.
    Possible,
}

/// Proposes rows for targets that a mapping lacks, surest first and then in the order of the org's fields. Extra columns
/// are headers of imported lists that are not ZoomInfo's. One target is proposed at most once; a field that is closed, or
/// that a lookup or the native app decides, never.
#[must_use]
pub fn propose(mapping: &Mapping, describe: &TargetDescribe, extra_columns: &[String]) -> Vec<Proposal> {
    let candidates = candidates(mapping, extra_columns);
    let targets = describe
        .fields
        .iter()
        .filter(|field| is_open(field) && !mapping.maps(&field.name));
    let mut proposals: Vec<Proposal> = targets
        .filter_map(|field| {
            let target = TargetNames::of(field);
            let matches = candidates.iter().enumerate().filter_map(|(place, candidate)| {
                let found = candidate.matched(field, &target)?;
                Some((
                    found.confidence,
                    u32::MAX - found.likeness,
                    place,
                    found,
                    candidate,
                ))
            });
            let (_, _, _, found, candidate) = matches
                .min_by_key(|(confidence, unlikeness, place, ..)| (*confidence, *unlikeness, *place))?;
            Some(Proposal {
                source: candidate.source.clone(),
                target: field.name.clone(),
                target_label: if field.label.is_empty() {
                    field.name.clone()
                } else {
                    field.label.clone()
                },
                target_type: field.type_label(),
                confidence: found.confidence,
                reason: found.reason,
            })
        })
        .collect();
    proposals.sort_by_key(|proposal| proposal.confidence);
    proposals
}

fn is_open(field: &TargetField) -> bool {
    field.createable
        && field.kind.can_be_mapped()
        && field.kind != crate::FieldKind::Reference
        && !is_native_app_field(&field.name)
}

/// A source with what it is called.
struct Candidate {
    source: Source,
    names: Vec<Name>,
    /// What it is called in other programs.
    synonyms: Vec<Name>,
    value_type: ValueType,
}

/// A target with what it is called.
struct TargetNames {
    label: Name,
    api_name: Name,
}

struct Match {
    confidence: Confidence,
    /// Common words in thousandths; decides between several of one confidence.
    likeness: u32,
    reason: String,
}

/// Words in thousandths that two names must have in common to resemble each other.
const LEAST_LIKENESS: u32 = 600;

impl TargetNames {
    fn of(field: &TargetField) -> Self {
        Self {
            label: Name::of_label(&field.label),
            api_name: Name::of_api_name(&field.name),
        }
    }

    fn all(&self) -> [&Name; 2] {
        [&self.label, &self.api_name]
    }
}

impl Candidate {
    fn matched(&self, field: &TargetField, target: &TargetNames) -> Option<Match> {
        let is_named = |name: &Name| self.names.iter().any(|own| own.names(name));
        let same = [(&target.label, "same label"), (&target.api_name, "same API name")]
            .into_iter()
            .find(|(name, _)| is_named(name));
        if let Some((_, reason)) = same {
            let confidence = if self.value_type.surely_fits(field.kind) {
                Confidence::Sure
            } else if self.value_type.may_fit(field.kind) {
                Confidence::Likely
            } else {
                return None;
            };
            return Some(Match {
                confidence,
                likeness: 1_000,
                reason: reason.to_owned(),
            });
        }
        if !self.value_type.surely_fits(field.kind) {
            return None;
        }
        let meant = target
            .all()
            .into_iter()
            .any(|name| self.synonyms.iter().any(|synonym| synonym.names(name)));
        if meant {
            return Some(Match {
                confidence: Confidence::Likely,
                likeness: 1_000,
                reason: format!("{} means the same", self.source.label()),
            });
        }
        let likeness = target
            .all()
            .into_iter()
            .flat_map(|name| self.names.iter().map(|own| own.likeness(name)))
            .max()?;
        (likeness >= LEAST_LIKENESS).then(|| Match {
            confidence: Confidence::Possible,
            likeness,
            reason: "similar name".to_owned(),
        })
    }
}

/// ZoomInfo's fields that fit the object, then extra columns. What a match or a check found is no fact to keep by itself,
/// so it is left to be chosen by hand.
fn candidates(mapping: &Mapping, extra_columns: &[String]) -> Vec<Candidate> {
    let kind = mapping.object.source_kind();
    let fields = FIELDS
        .iter()
        .filter(|field| field.fits(kind) && field.group != FieldGroup::Matching)
        .map(|field| Candidate {
            source: Source::field(field.id),
            names: vec![
                Name::of_label(field.label),
                Name::of_label(&field.id.replace('_', " ")),
            ],
            synonyms: synonyms::of(field.id, mapping.object)
                .map(Name::of_label)
                .collect(),
            value_type: ValueType::of_field(field),
        });
    let columns = extra_columns.iter().map(|column| Candidate {
        source: Source::Extra {
            column: column.clone(),
        },
        names: vec![Name::of_label(column)],
        synonyms: Vec::new(),
        value_type: ValueType::Unknown,
    });
    fields.chain(columns).collect()
}
