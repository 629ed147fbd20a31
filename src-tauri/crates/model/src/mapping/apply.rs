//! One profile becomes one record.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::CompiledMapping;
use super::compiled::{Block, Target};
use super::outcome::{Given, Outcome, for_each_outcome};
use crate::convert::{Converted, FaultRule, Mark, RowFault, TypedValue};
use crate::text::excerpt;
use crate::{ProfileValues, TargetObject};

/// What a profile becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapped {
    /// Values to write, in the order of upload; blank ones are left out.
    pub cells: Vec<Cell>,
    /// Values that could not be converted. The record goes on without them unless [`Mapped::refusal`] says otherwise.
    pub faults: Vec<RowFault>,
    /// Values that were changed to fit.
    pub marks: Vec<Mark>,
    /// Which row won for each target that any row had a value for.
    pub used: Vec<UsedRow>,
}

/// One value to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// API name of the field; that of a lookup too, whatever its relationship is called. Shared with the mapping.
    pub target: Arc<str>,
    /// The value.
    pub value: TypedValue,
}

/// A row that gave its target's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedRow {
    /// API name of the field, shared with the mapping.
    pub target: Arc<str>,
    /// The row, from 1.
    pub row: u32,
}

impl Mapped {
    /// Why the whole record is refused: a required field has no value. `None` when it can be sent.
    #[must_use]
    pub fn refusal(&self) -> Option<&RowFault> {
        self.faults.iter().find(|fault| fault.refuses_record)
    }

    /// The value of a field.
    #[must_use]
    pub fn cell(&self, target: &str) -> Option<&TypedValue> {
        self.cells
            .iter()
            .find(|cell| *cell.target == *target)
            .map(|cell| &cell.value)
    }

    /// The record for REST.
    #[must_use]
    pub fn to_json(&self) -> Map<String, Value> {
        self.cells
            .iter()
            .map(|cell| (cell.value.member(&cell.target).to_owned(), cell.value.to_json()))
            .collect()
    }

    /// The record as a row of CSV texts with these columns; a column without a value is empty.
    #[must_use]
    pub fn csv_row(&self, columns: &[String]) -> Vec<String> {
        columns
            .iter()
            .map(|column| {
                let mut cells = self.cells.iter();
                cells
                    .find(|cell| cell.value.column(&cell.target) == *column)
                    .map(|cell| cell.value.to_csv_text())
                    .unwrap_or_default()
            })
            .collect()
    }

    /// What the ledger says of a record that goes on: one sentence for each mark and each field that is left out.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let faults = self.faults.iter().map(|fault| fault.sentence.clone());
        faults
            .chain(self.marks.iter().map(|mark| format!("{}.", mark.sentence)))
            .collect()
    }
}

/// Makes a record of a profile. Never panics, whatever the profile holds.
#[must_use]
pub fn apply(mapping: &CompiledMapping, profile: &impl ProfileValues) -> Mapped {
    apply_to(mapping, profile, None)
}

/// The same for a record that is there already with these values, which are given as text by API name: a state may have
/// its country there.
#[must_use]
pub fn apply_to(
    mapping: &CompiledMapping,
    profile: &impl ProfileValues,
    existing: Option<&BTreeMap<String, String>>,
) -> Mapped {
    apply_with_edits(mapping, profile, existing, &BTreeMap::new())
}

/// The same with texts that somebody typed in place of the mapped values, by target field: they are in the field's own
/// terms, so that neither units nor value maps change them, and a blank one leaves the field out. Texts for fields that the
/// mapping does not have are not looked at.
#[must_use]
pub fn apply_with_edits(
    mapping: &CompiledMapping,
    profile: &impl ProfileValues,
    existing: Option<&BTreeMap<String, String>>,
    edits: &BTreeMap<String, String>,
) -> Mapped {
    let given = Given {
        profile,
        edits,
        existing,
    };
    let mut mapped = Mapped {
        cells: Vec::with_capacity(mapping.targets.len()),
        faults: Vec::new(),
        marks: Vec::new(),
        used: Vec::with_capacity(mapping.targets.len()),
    };
    let mut broken_blocks = Vec::new();
    for_each_outcome(mapping, &given, |outcome| {
        let Outcome {
            target,
            candidate,
            text,
            converted,
        } = outcome;
        let target = &mapping.targets[target];
        mapped.used.push(UsedRow {
            target: target.name.clone(),
            row: row_number(candidate.row),
        });
        match converted {
            Ok(Some(Converted { value, marks })) => {
                mapped.cells.push(Cell {
                    target: target.name.clone(),
                    value,
                });
                mapped
                    .marks
                    .extend(marks.into_iter().map(|(rule, sentence)| Mark {
                        target: target.name.to_string(),
                        source: candidate.source_label.clone(),
                        rule,
                        sentence,
                    }));
            }
            Ok(None) => {}
            Err((rule, mut sentence)) => {
                if let Some(block) = candidate.block {
                    broken_blocks.push(block);
                    let name = &mapping.blocks[block].name;
                    sentence = format!("{sentence} The whole block “{name}” is left out with it.");
                }
                mapped.faults.push(RowFault {
                    target: target.name.to_string(),
                    source: candidate.source_label.clone(),
                    value: excerpt(&text, 80),
                    rule,
                    sentence,
                    refuses_record: false,
                });
            }
        }
    });
    leave_out(
        &mut mapped,
        broken_blocks.iter().map(|block| &mapping.blocks[*block]),
        &mapping.targets,
    );
    check_required(&mut mapped, mapping);
    mapped
}

fn leave_out<'a>(mapped: &mut Mapped, blocks: impl Iterator<Item = &'a Block>, targets: &[Target]) {
    for block in blocks {
        let members: Vec<&str> = block
            .members
            .iter()
            .map(|(target, _)| &*targets[*target].name)
            .collect();
        mapped.cells.retain(|cell| !members.contains(&&*cell.target));
        mapped
            .marks
            .retain(|mark| !members.contains(&mark.target.as_str()));
    }
}

fn check_required(mapped: &mut Mapped, mapping: &CompiledMapping) {
    for target in mapping.targets.iter().filter(|target| target.required) {
        if mapped.cell(&target.name).is_some() {
            continue;
        }
        if let Some(fault) = mapped
            .faults
            .iter_mut()
            .find(|fault| *fault.target == *target.name)
        {
            fault.refuses_record = true;
            continue;
        }
        let sources: Vec<&str> = target
            .candidates
            .iter()
            .map(|candidate| candidate.source_label.as_str())
            .collect();
        mapped
            .faults
            .push(missing_required(target, &sources.join(", "), mapping.object));
    }
}

fn missing_required(target: &Target, sources: &str, object: TargetObject) -> RowFault {
    let sentence = format!(
        "{}: Salesforce needs a value for every new {}, and {sources} is blank. Add it in the list, or add a row with \
         another source on the Mapping tab.",
        target.label,
        object.label().to_lowercase()
    );
    RowFault {
        target: target.name.to_string(),
        source: sources.to_owned(),
        value: String::new(),
        rule: FaultRule::MissingRequired,
        sentence,
        refuses_record: true,
    }
}

fn row_number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
