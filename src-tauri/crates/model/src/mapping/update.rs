//! What an update does to a record that is there already: the write policy of each row, field by field.
//!
//! Rows of one target have one policy, that of the first. A block is one value: it is filled only where the record's
//! block is wholly blank, and written with all its parts, blank ones too, so that two addresses never mix; where its rows
//! have several policies, the most careful one holds. A blank source leaves the field as it is, unless its row overwrites
//! and may clear.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::apply::{Cell, Mapped};
use super::compiled::{CompiledMapping, Target};
use super::row::{MappingRow, OnUpdate};
use crate::convert::{Decimal, TypedValue};
use crate::target::{FieldKind, TargetField};
use crate::text::{is_blank, trimmed};

/// What an update does to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordUpdate {
    /// One for each target of the mapping, in the order of upload.
    pub fields: Vec<FieldUpdate>,
}

/// What an update does to one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldUpdate {
    /// API name.
    pub target: String,
    /// What happens.
    pub outcome: UpdateOutcome,
    /// What the record has now, as text; `None` when blank.
    pub before: Option<String>,
    /// What is written; `None` when the field is cleared or left as it is.
    pub value: Option<TypedValue>,
}

/// What happens to a field. The set is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UpdateOutcome {
    /// It was blank and is written.
    Filled,
    /// It had another value and is written.
    Overwritten,
    /// It had a value and becomes blank.
    Cleared,
    /// It has the value already.
    Unchanged,
    /// It has a value, and only blank fields are filled.
    Kept,
    /// Its row writes new records only.
    Never,
    /// The connected user may write it in new records only.
    NotUpdateable,
    /// There is nothing to write.
    Nothing,
}

/// How an update treats a target, by its first row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WritePolicy {
    on_update: OnUpdate,
    clears: bool,
    updateable: bool,
    may_be_blank: bool,
}

impl WritePolicy {
    pub fn of(row: &MappingRow, field: &TargetField) -> Self {
        Self {
            on_update: row.on_update,
            clears: row.clear_when_blank,
            updateable: field.updateable,
            may_be_blank: field.nillable && field.kind != FieldKind::Boolean,
        }
    }

    /// Whether a value of the record gives way.
    pub fn overwrites(self) -> bool {
        self.on_update == OnUpdate::Overwrite && self.updateable
    }

    /// The more careful of two.
    fn and(self, other: Self) -> Self {
        let on_update = match (self.on_update, other.on_update) {
            (OnUpdate::Never, _) | (_, OnUpdate::Never) => OnUpdate::Never,
            (OnUpdate::FillIfBlank, _) | (_, OnUpdate::FillIfBlank) => OnUpdate::FillIfBlank,
            (OnUpdate::Overwrite, OnUpdate::Overwrite) => OnUpdate::Overwrite,
        };
        Self {
            on_update,
            clears: self.clears && other.clears,
            updateable: self.updateable && other.updateable,
            may_be_blank: self.may_be_blank && other.may_be_blank,
        }
    }
}

impl RecordUpdate {
    /// What happens to a field.
    #[must_use]
    pub fn field(&self, target: &str) -> Option<&FieldUpdate> {
        self.fields.iter().find(|field| field.target == target)
    }

    /// The values to send by REST; a field to clear is `null`. Empty when the record is as it should be.
    #[must_use]
    pub fn to_json(&self) -> Map<String, Value> {
        let sent = self.fields.iter().filter_map(|field| match field.outcome {
            UpdateOutcome::Filled | UpdateOutcome::Overwritten => {
                let value = field.value.as_ref()?;
                Some((value.member(&field.target).to_owned(), value.to_json()))
            }
            UpdateOutcome::Cleared => Some((field.target.clone(), Value::Null)),
            _ => None,
        });
        sent.collect()
    }
}

/// What an update with a profile's values does to a record with these values, which are given as text by API name;
/// fields that are not given are blank.
#[must_use]
pub fn update(
    mapping: &CompiledMapping,
    mapped: &Mapped,
    existing: &BTreeMap<String, String>,
) -> RecordUpdate {
    let cells: HashMap<&str, &Cell> = mapped.cells.iter().map(|cell| (&*cell.target, cell)).collect();
    let fields: Vec<Field<'_>> = mapping
        .targets
        .iter()
        .map(|target| Field {
            target,
            value: cells.get(&*target.name).map(|cell| &cell.value),
            before: existing
                .get(&*target.name)
                .map(String::as_str)
                .filter(|text| !is_blank(text)),
        })
        .collect();
    let mut outcomes = vec![UpdateOutcome::Nothing; fields.len()];
    for group in groups(mapping, mapped) {
        decide(&group, &fields, &mut outcomes);
    }
    let fields = fields.iter().zip(outcomes).map(|(field, outcome)| FieldUpdate {
        target: field.target.name.to_string(),
        outcome,
        before: field.before.map(str::to_owned),
        value: field
            .value
            .filter(|_| matches!(outcome, UpdateOutcome::Filled | UpdateOutcome::Overwritten))
            .cloned(),
    });
    RecordUpdate {
        fields: fields.collect(),
    }
}

struct Field<'a> {
    target: &'a Target,
    value: Option<&'a TypedValue>,
    before: Option<&'a str>,
}

/// Targets that are written together or not at all.
struct Group {
    /// Indices into the targets.
    targets: Vec<usize>,
    /// Whether a row gave something, be it that it could not be converted.
    has_source: bool,
}

/// Blocks in use first, then the blocks whose sources are all blank, then single targets; each target once.
fn groups(mapping: &CompiledMapping, mapped: &Mapped) -> Vec<Group> {
    let used: HashMap<&str, u32> = mapped.used.iter().map(|used| (&*used.target, used.row)).collect();
    let gave = |target: usize, place: usize| {
        let target = &mapping.targets[target];
        let row = u32::try_from(target.candidates[place].row + 1).ok();
        row.is_some() && used.get(&*target.name).copied() == row
    };
    let mut grouped = vec![false; mapping.targets.len()];
    let mut groups = Vec::new();
    for in_use in [true, false] {
        for block in &mapping.blocks {
            let is_in_use = block.members.iter().any(|(target, place)| gave(*target, *place));
            let free = block.members.iter().all(|(target, _)| !grouped[*target]);
            if is_in_use == in_use && free {
                let targets: Vec<usize> = block.members.iter().map(|(target, _)| *target).collect();
                for target in &targets {
                    grouped[*target] = true;
                }
                groups.push(Group {
                    targets,
                    has_source: in_use,
                });
            }
        }
    }
    for (index, target) in mapping.targets.iter().enumerate() {
        // What is left of a block that another one stands in for is not written.
        if !grouped[index]
            && target
                .candidates
                .iter()
                .all(|candidate| candidate.block.is_none())
        {
            groups.push(Group {
                targets: vec![index],
                has_source: used.contains_key(&*target.name),
            });
        }
    }
    groups
}

fn decide(group: &Group, fields: &[Field<'_>], outcomes: &mut [UpdateOutcome]) {
    let members = || group.targets.iter().map(|target| (*target, &fields[*target]));
    let Some(policy) = members()
        .map(|(_, field)| field.target.policy)
        .reduce(WritePolicy::and)
    else {
        return;
    };
    let has_value = members().any(|(_, field)| field.value.is_some());
    let has_before = members().any(|(_, field)| field.before.is_some());
    for (target, field) in members() {
        let has_field_value = field.value.is_some();
        outcomes[target] = if !has_value {
            let clears = policy.clears && policy.on_update == OnUpdate::Overwrite && policy.may_be_blank;
            if !group.has_source && clears && policy.updateable && field.before.is_some() {
                UpdateOutcome::Cleared
            } else {
                UpdateOutcome::Nothing
            }
        } else if policy.on_update == OnUpdate::Never {
            only_with_value(has_field_value, UpdateOutcome::Never)
        } else if !policy.updateable {
            only_with_value(has_field_value, UpdateOutcome::NotUpdateable)
        } else if let (Some(value), Some(before)) = (field.value, field.before)
            && is_same(value, before)
        {
            UpdateOutcome::Unchanged
        } else if policy.on_update == OnUpdate::FillIfBlank && has_before {
            only_with_value(has_field_value, UpdateOutcome::Kept)
        } else {
            written(field)
        };
    }
}

fn only_with_value(has_value: bool, outcome: UpdateOutcome) -> UpdateOutcome {
    if has_value {
        outcome
    } else {
        UpdateOutcome::Nothing
    }
}

/// What writing the value, or a block's blank part, does to a field.
fn written(field: &Field<'_>) -> UpdateOutcome {
    match (field.value, field.before) {
        (Some(_), None) => UpdateOutcome::Filled,
        (Some(_), Some(_)) => UpdateOutcome::Overwritten,
        (None, Some(_)) if field.target.policy.may_be_blank => UpdateOutcome::Cleared,
        (None, _) => UpdateOutcome::Nothing,
    }
}

/// Whether the record has the value already. Salesforce may write numbers and moments otherwise than they were sent, so
/// these are compared by what they mean.
fn is_same(value: &TypedValue, before: &str) -> bool {
    match value {
        TypedValue::Number(number) => before
            .parse::<Decimal>()
            .is_ok_and(|before| before.to_string() == number.to_string()),
        TypedValue::DateTime(moment) => before
            .parse::<Timestamp>()
            .or_else(|_| Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", before))
            .is_ok_and(|before| before == *moment),
        TypedValue::Choices(choices) => {
            let mut before: Vec<&str> = before.split(';').map(str::trim).collect();
            let mut choices: Vec<&str> = choices.iter().map(String::as_str).collect();
            before.sort_unstable();
            choices.sort_unstable();
            before == choices
        }
        other => trimmed(&other.to_csv_text()) == trimmed(before),
    }
}
