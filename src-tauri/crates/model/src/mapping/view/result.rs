//! What a row gives for the sample, and why, in a few words.

use super::{MappingRowView, NOTE_CHARACTERS, Verdict};
use crate::mapping::apply::Mapped;
use crate::mapping::hierarchies::Hierarchies;
use crate::mapping::row::MappingRow;
use crate::mapping::update::{FieldUpdate, RecordUpdate, UpdateOutcome};
use crate::target::{FieldKind, TargetField};
use crate::text::excerpt;
use crate::zoominfo_field::Unit;

/// What a sample becomes.
pub(super) struct Applied {
    pub mapped: Mapped,
    /// What it does to a record that is there already; `None` when it becomes a new one.
    pub update: Option<RecordUpdate>,
}

impl Applied {
    /// The row that gives a target's value, from 1.
    pub fn winner(&self, target: &str) -> Option<u32> {
        let used = self.mapped.used.iter().find(|used| *used.target == *target);
        used.map(|used| used.row)
    }
}

pub(super) fn warn(view: &mut MappingRowView, sentence: String) {
    view.verdict = Verdict::Warning;
    view.verdict_sentence = sentence;
}

/// Shows what a row gives and why.
pub(super) fn show_result(
    view: &mut MappingRowView,
    row: &MappingRow,
    applied: &Applied,
    winner: Option<u32>,
    hierarchies: &Hierarchies,
) {
    let mapped = &applied.mapped;
    if winner != Some(view.row) {
        let place = winner
            .and_then(|winner| hierarchies.place(winner as usize - 1))
            .map(|(place, _)| place);
        show_unused(view, applied, place, hierarchies);
        return;
    }
    if let Some(fault) = mapped
        .faults
        .iter()
        .find(|fault| fault.target == view.target_name)
    {
        warn(view, fault.sentence.clone());
        let refused = fault.refuses_record && applied.update.is_none();
        view.result_note = if refused {
            "This record is refused"
        } else {
            "Left out"
        }
        .into();
        return;
    }
    let Some(value) = mapped.cell(&view.target_name) else {
        view.result_note = match &row.block {
            Some(block) => format!("Left out with its block, {block}"),
            None => "Blank, nothing is written".to_owned(),
        };
        return;
    };
    view.result = value.to_csv_text();
    let marks: Vec<&str> = mapped
        .marks
        .iter()
        .filter(|mark| mark.target == view.target_name)
        .map(|mark| mark.sentence.as_str())
        .collect();
    if !marks.is_empty() {
        warn(view, format!("{}.", marks.join(". ")));
    }
    let is_number = view.target_kind.is_some_and(FieldKind::is_number);
    view.result_note = if row.unit() == Some(Unit::ThousandsOfUsd) && is_number {
        "From thousands of USD".to_owned()
    } else if row.unit() == Some(Unit::Fraction) && view.target_kind == Some(FieldKind::Percent) {
        "From parts of one".to_owned()
    } else if view.result != view.sample_value && !row.value_map.is_empty() {
        format!("From “{}”", excerpt(&view.sample_value, NOTE_CHARACTERS))
    } else {
        String::new()
    };
    if let Some(update) = applied
        .update
        .as_ref()
        .and_then(|update| update.field(&view.target_name))
    {
        show_update(view, update);
    }
}

/// Shows a record type by its name, and what another record is looked up by.
pub(super) fn show_reference(view: &mut MappingRowView, row: &MappingRow, field: Option<&TargetField>) {
    let Some(field) = field.filter(|_| !view.result.is_empty()) else {
        return;
    };
    let note = if let Some(record_type) = field.record_type(&view.result) {
        let note = format!("Record type {}", record_type.id);
        view.result.clone_from(&record_type.name);
        note
    } else if let Some(lookup) = &row.lookup {
        format!("Looked up by {}.{}", lookup.object, lookup.field)
    } else {
        return;
    };
    if view.result_note.is_empty() {
        view.result_note = note;
    }
}

/// What becomes of the record's value.
fn show_update(view: &mut MappingRowView, update: &FieldUpdate) {
    let before = excerpt(update.before.as_deref().unwrap_or_default(), NOTE_CHARACTERS);
    let kept = if before.is_empty() {
        "Left blank".to_owned()
    } else {
        format!("Kept: {before}")
    };
    match update.outcome {
        UpdateOutcome::Filled => view.result_note = "Fills a blank field".into(),
        UpdateOutcome::Overwritten => view.result_note = format!("Replaces “{before}”"),
        UpdateOutcome::Unchanged => view.result_note = "No change".into(),
        UpdateOutcome::Cleared => {
            view.result.clear();
            view.result_note = format!("Clears “{before}”");
        }
        UpdateOutcome::Kept => {
            view.result = kept;
            let block = view.block.is_some() && before.is_empty();
            view.result_note = if block {
                "Its block has a value"
            } else {
                "Already has a value"
            }
            .into();
        }
        UpdateOutcome::Never => {
            view.result = kept;
            view.result_note = "Not written on update".into();
        }
        UpdateOutcome::NotUpdateable => {
            view.result = kept;
            view.result_note = "Cannot be changed on update".into();
        }
        UpdateOutcome::Nothing => {}
    }
}

/// Why a row gives nothing, as another row or none does.
fn show_unused(view: &mut MappingRowView, applied: &Applied, place: Option<u32>, hierarchies: &Hierarchies) {
    let blank = view.sample_value.is_empty();
    view.result_note = match place {
        Some(place) if blank => format!("Blank, {place} is used"),
        Some(place) => format!("Not needed, {place} is used"),
        None if blank => "Blank, nothing is written".to_owned(),
        None => "Not used, as its block is not".to_owned(),
    };
    if place.is_some() {
        return;
    }
    if let Some(update) = &applied.update {
        let cleared = update
            .field(&view.target_name)
            .filter(|field| field.outcome == UpdateOutcome::Cleared);
        if let Some(field) = cleared
            && hierarchies.is_first(view.row as usize - 1)
        {
            show_update(view, field);
        }
        return;
    }
    let refusal = applied
        .mapped
        .faults
        .iter()
        .find(|fault| fault.refuses_record && fault.target == view.target_name);
    if let Some(fault) = refusal {
        view.result_note = "Blank, this record is refused".into();
        warn(view, fault.sentence.clone());
    }
}
