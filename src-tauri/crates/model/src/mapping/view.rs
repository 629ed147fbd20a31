//! The Mapping tab's rows for one sample profile.

use serde::{Deserialize, Serialize};

use super::apply::{Mapped, apply};
use super::compile::compile;
use super::row::{Mapping, MappingRow, OnUpdate, Source};
use crate::convert::csv_text;
use crate::target::{FieldKind, TargetDescribe, TargetField};
use crate::text::{is_blank, trimmed};
use crate::zoominfo_field::{self, Unit};
use crate::{MappingProblem, Profile};

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

/// The rows of a mapping for one sample profile, in order. Rows with problems are shown too, with what is wrong.
#[must_use]
pub fn mapping_view(
    mapping: &Mapping,
    describe: Option<&TargetDescribe>,
    sample: Option<&Profile>,
) -> Vec<MappingRowView> {
    let checked = describe.map(|describe| compile(mapping, describe));
    let mapped = checked
        .as_ref()
        .zip(sample)
        .map(|((compiled, _), sample)| apply(compiled, sample));
    let rows = mapping.rows.iter().enumerate().map(|(index, row)| {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let field = describe.and_then(|describe| describe.field(row.target.trim()));
        let mut view = described(number, row, field, sample);
        let in_use = |mapped: &Mapped| {
            mapped
                .used
                .iter()
                .find(|used| used.target == view.target_name)
                .map(|used| used.row)
        };
        let winner = mapped.as_ref().and_then(in_use);
        view.hierarchy = hierarchy(mapping, index, winner);
        let Some((compiled, problems)) = &checked else {
            view.result.clone_from(&view.sample_value);
            view.verdict_sentence = "Connect an org to check this row against its fields.".into();
            return view;
        };
        view.verdict = Verdict::Ready;
        if let Some(mapped) = &mapped {
            show_result(&mut view, mapping, mapped, winner);
        }
        if let Some((_, mark)) = compiled.warnings().iter().find(|(row, _)| *row == number) {
            view.verdict = Verdict::Warning;
            view.verdict_sentence = format!("{}.", mark.sentence);
        }
        if let Some(problem) = problems.iter().find(|problem| problem.row == Some(number)) {
            show_problem(&mut view, problem);
        }
        view
    });
    rows.collect()
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
        source: row.source.label(),
        source_kind: row.source.kind_label().to_owned(),
        source_group: source_group(&row.source).to_owned(),
        sample_value: sample
            .map(|sample| sample_value(&row.source, sample))
            .unwrap_or_default(),
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

fn sample_value(source: &Source, sample: &Profile) -> String {
    let value = match source {
        Source::Field { field } => sample.value(field).map(str::to_owned),
        Source::Extra { column } => sample.extra(column).map(str::to_owned),
        Source::Fixed { value } => Some(trimmed(value).to_owned()),
        Source::Template { text } => super::template::Template::read(text)
            .ok()
            .and_then(|text| text.fill(sample)),
    };
    value.unwrap_or_default()
}

fn hierarchy(mapping: &Mapping, index: usize, winner: Option<u32>) -> Option<Hierarchy> {
    if mapping.rows[index].target.trim().is_empty() {
        return None;
    }
    let in_use = winner.is_some_and(|winner| winner as usize == index + 1);
    let of = sharing(mapping, index, mapping.rows.len());
    (of > 1).then(|| Hierarchy {
        position: sharing(mapping, index, index + 1),
        of,
        in_use,
    })
}

/// How many of the first `rows` rows have the target of the row at `index`.
fn sharing(mapping: &Mapping, index: usize, rows: usize) -> u32 {
    let target = mapping.rows[index].target.trim();
    let sharing = mapping.rows[..rows]
        .iter()
        .filter(|row| row.target.trim().eq_ignore_ascii_case(target));
    u32::try_from(sharing.count()).unwrap_or(u32::MAX)
}

fn show_result(view: &mut MappingRowView, mapping: &Mapping, mapped: &Mapped, winner: Option<u32>) {
    let row = &mapping.rows[view.row as usize - 1];
    if winner != Some(view.row) {
        let place = winner.map(|winner| sharing(mapping, view.row as usize - 1, winner as usize));
        show_unused(view, mapped, place);
        return;
    }
    if let Some(fault) = mapped
        .faults
        .iter()
        .find(|fault| fault.target == view.target_name)
    {
        view.verdict = Verdict::Warning;
        view.verdict_sentence.clone_from(&fault.sentence);
        view.result_note = if fault.refuses_record {
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
    view.result = csv_text(&value.to_json());
    let marks: Vec<&str> = mapped
        .marks
        .iter()
        .filter(|mark| mark.target == view.target_name)
        .map(|mark| mark.sentence.as_str())
        .collect();
    if !marks.is_empty() {
        view.verdict = Verdict::Warning;
        view.verdict_sentence = format!("{}.", marks.join(". "));
    }
    let is_number = view.target_kind.is_some_and(FieldKind::is_number);
    view.result_note = if row.unit() == Some(Unit::ThousandsOfUsd) && is_number {
        "From thousands of USD".to_owned()
    } else if view.result != view.sample_value && !row.value_map.is_empty() {
        format!("From “{}”", view.sample_value)
    } else {
        String::new()
    };
}

/// Why a row gives nothing, as another row or none does.
fn show_unused(view: &mut MappingRowView, mapped: &Mapped, place: Option<u32>) {
    let blank = view.sample_value.is_empty();
    view.result_note = match place {
        Some(place) if blank => format!("Blank, {place} is used"),
        Some(place) => format!("Not needed, {place} is used"),
        None if blank => "Blank, nothing is written".to_owned(),
        None => "Not used, as its block is not".to_owned(),
    };
    let refusal = mapped.refusal().filter(|fault| fault.target == view.target_name);
    if let (None, Some(fault)) = (place, refusal) {
        view.result_note = "Blank, this record is refused".into();
        view.verdict = Verdict::Warning;
        view.verdict_sentence.clone_from(&fault.sentence);
    }
}

fn show_problem(view: &mut MappingRowView, problem: &MappingProblem) {
    view.verdict = Verdict::Error;
    view.verdict_sentence.clone_from(&problem.sentence);
    view.result.clear();
    view.result_note = "Not written".into();
}
