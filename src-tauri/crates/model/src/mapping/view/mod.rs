//! The Mapping tab's rows for one sample profile.

mod result;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::advice::advice;
use super::apply::apply_to;
use super::compile::compile;
use super::hierarchies::Hierarchies;
use super::native_app::locked_rows;
use super::row::{Mapping, MappingRow, OnUpdate, Source};
use super::saving::row_problem;
use super::template::Template;
use super::update::update;
use crate::target::{FieldKind, TargetDescribe, TargetField};
use crate::text::{excerpt, is_blank, trimmed};
use crate::zoominfo_field;
use crate::{MappingProblem, Profile};
use result::{Applied, show_reference, show_result, warn};

/// Characters of a fixed value or a template that stand for it.
const LABEL_CHARACTERS: usize = 200;
/// Characters of a value that a note quotes.
const NOTE_CHARACTERS: usize = 60;

/// One mapping row as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingRowView {
    /// Place in the mapping, from 1.
    pub row: u32,
    /// Source in words, e.g. `Job Title` or `“ZoomInfo”`.
    pub source: String,
    /// Kind of the source in words, e.g. `Contact field`.
    pub source_kind: String,
    /// Group of a ZoomInfo field in words; empty for other sources.
    pub source_group: String,
    /// The sample's value; empty when blank.
    pub sample_value: String,
    /// Label of the target field; its API name when it is not described.
    pub target_label: String,
    /// API name of the target field.
    pub target_name: String,
    /// Type of the target field; `None` when it is not described.
    pub target_kind: Option<FieldKind>,
    /// Type in words, e.g. `Text(80)`; empty when it is not described.
    pub target_type: String,
    /// Whether Salesforce requires a value.
    pub required: bool,
    /// What an update does.
    pub on_update: OnUpdate,
    /// Place among the rows with the same target; `None` when it is the only one.
    pub hierarchy: Option<Hierarchy>,
    /// Block that the row belongs to.
    pub block: Option<String>,
    /// What is written for the sample; empty when nothing.
    pub result: String,
    /// Why, in a few words; may be empty.
    pub result_note: String,
    /// Verdict.
    pub verdict: Verdict,
    /// Why, in one sentence; empty when ready.
    pub verdict_sentence: String,
}

/// Place in a hierarchy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hierarchy {
    /// From 1.
    pub position: u32,
    /// How many rows share the target.
    pub of: u32,
    /// Whether this row gives the sample's value.
    pub in_use: bool,
}

/// Verdict on one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Will be written as shown.
    Ready,
    /// Will be written, but not as it is, or left out for this sample.
    Warning,
    /// Stops every export with this mapping.
    Error,
    /// Set by the native app's rule; nobody changes it here.
    Locked,
    /// Could not be checked, because the org's fields are not at hand.
    Unknown,
}

/// The rows of the Mapping tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingView {
    /// The mapping's rows, in order.
    pub rows: Vec<MappingRowView>,
    /// Rows that the native app adds, numbered on behind them.
    pub locked_rows: Vec<MappingRowView>,
    /// What stops the mapping from being used, in the order of the rows; empty when the org is not known.
    pub problems: Vec<MappingProblem>,
}

/// The rows of a mapping for one sample profile that becomes a new record, in order. Rows with problems are shown too,
/// with what is wrong.
#[must_use]
pub fn mapping_view(
    mapping: &Mapping,
    describe: Option<&TargetDescribe>,
    sample: Option<&Profile>,
) -> MappingView {
    view_of_update(mapping, describe, sample, None)
}

/// The same for a profile that updates a record with these values, which are given as text by API name; without them it
/// becomes a new one.
#[must_use]
pub fn view_of_update(
    mapping: &Mapping,
    describe: Option<&TargetDescribe>,
    sample: Option<&Profile>,
    existing: Option<&BTreeMap<String, String>>,
) -> MappingView {
    let hierarchies = Hierarchies::of(mapping);
    let Some(describe) = describe else {
        return unchecked(mapping, &hierarchies, sample);
    };
    let (compiled, problems) = compile(mapping, describe);
    let applied = sample.map(|sample| {
        let mapped = apply_to(&compiled, sample, existing);
        let update = existing.map(|existing| update(&compiled, &mapped, existing));
        Applied { mapped, update }
    });
    let mut advice = advice(mapping, &hierarchies, describe);
    let rows = mapping.rows.iter().enumerate().map(|(index, row)| {
        let number = row_number(index);
        let field = describe.field(row.target.trim());
        let mut view = described(number, row, field, sample);
        let winner = applied
            .as_ref()
            .and_then(|applied| applied.winner(&view.target_name));
        view.hierarchy = hierarchy(&hierarchies, index, winner);
        view.verdict = Verdict::Ready;
        if let Some(applied) = &applied {
            show_result(&mut view, row, applied, winner, &hierarchies);
            show_reference(&mut view, row, field);
        }
        if let Some((_, mark)) = compiled.warnings().iter().find(|(row, _)| *row == number) {
            warn(&mut view, format!("{}.", mark.sentence));
        }
        if let Some(sentence) = advice.remove(&index) {
            warn(&mut view, sentence);
        }
        if let Some(problem) = problems.iter().find(|problem| problem.row == Some(number)) {
            show_problem(&mut view, problem);
        }
        view
    });
    let rows = rows.collect();
    let locked = locked_rows(mapping.object, describe);
    let locked_rows = locked.iter().enumerate().map(|(place, row)| {
        let number = row_number(mapping.rows.len() + place);
        let mut view = described(number, row, describe.field(&row.target), sample);
        if let Some(applied) = &applied {
            let winner = applied.winner(&view.target_name);
            show_result(&mut view, row, applied, winner, &hierarchies);
        }
        view.source_kind = "Native app".into();
        view.verdict = Verdict::Locked;
        if view.verdict_sentence.is_empty() {
            view.verdict_sentence = "Set for the ZoomInfo native app; it cannot be changed here.".into();
        }
        view
    });
    MappingView {
        rows,
        locked_rows: locked_rows.collect(),
        problems,
    }
}

fn unchecked(mapping: &Mapping, hierarchies: &Hierarchies, sample: Option<&Profile>) -> MappingView {
    let rows = mapping.rows.iter().enumerate().map(|(index, row)| {
        let mut view = described(row_number(index), row, None, sample);
        view.hierarchy = hierarchy(hierarchies, index, None);
        view.result.clone_from(&view.sample_value);
        view.verdict_sentence = "Connect an org to check this row against its fields.".into();
        if let Some((_, sentence)) = row_problem(row) {
            view.verdict = Verdict::Error;
            view.verdict_sentence = sentence;
            view.result.clear();
        }
        view
    });
    MappingView {
        rows: rows.collect(),
        locked_rows: Vec::new(),
        problems: Vec::new(),
    }
}

fn described(
    number: u32,
    row: &MappingRow,
    field: Option<&TargetField>,
    sample: Option<&Profile>,
) -> MappingRowView {
    let name = field.map_or(row.target.as_str(), |field| &field.name);
    let label = field
        .map(|field| field.label.as_str())
        .filter(|label| !is_blank(label))
        .unwrap_or(name);
    MappingRowView {
        row: number,
        source: excerpt(&row.source.label(), LABEL_CHARACTERS),
        source_kind: row.source.kind_label().to_owned(),
        source_group: source_group(&row.source).to_owned(),
        sample_value: sample.map(|sample| sample_value(row, sample)).unwrap_or_default(),
        target_label: label.to_owned(),
        target_name: name.to_owned(),
        target_kind: field.map(|field| field.kind),
        target_type: field.map(TargetField::type_label).unwrap_or_default(),
        required: field.is_some_and(TargetField::required_on_create),
        on_update: row.on_update,
        hierarchy: None,
        block: row.block.clone(),
        result: String::new(),
        result_note: String::new(),
        verdict: Verdict::Unknown,
        verdict_sentence: String::new(),
    }
}

fn source_group(source: &Source) -> &'static str {
    match source {
        Source::Field { field } => zoominfo_field::find(field).map_or("", |field| field.group.label()),
        _ => "",
    }
}

fn sample_value(row: &MappingRow, sample: &Profile) -> String {
    let value = match &row.source {
        Source::Field { field } => sample.value(field).map(str::to_owned),
        Source::Extra { column } => sample.extra(column).map(str::to_owned),
        Source::Fixed { value } => Some(trimmed(value).to_owned()),
        Source::Template { text } => Template::read(text)
            .ok()
            .and_then(|template| template.with_date_order(row.date_order).fill(sample)),
    };
    value.unwrap_or_default()
}

fn hierarchy(hierarchies: &Hierarchies, index: usize, winner: Option<u32>) -> Option<Hierarchy> {
    let (position, of) = hierarchies.place(index)?;
    (of > 1).then(|| Hierarchy {
        position,
        of,
        in_use: winner == Some(row_number(index)),
    })
}

fn show_problem(view: &mut MappingRowView, problem: &MappingProblem) {
    view.verdict = Verdict::Error;
    view.verdict_sentence.clone_from(&problem.sentence);
    view.result.clear();
    view.result_note = "Not written".into();
}

fn row_number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
