//! What stops a mapping from being saved: blank rows, templates that cannot be read, and too many rows. It is found
//! without an org.

use super::row::{Mapping, MappingRow, Source};
use super::template::Template;
use super::{MOST_ROWS, MappingProblem, ProblemCode};
use crate::text::{excerpt, grouped, is_blank};

/// Every problem of a mapping that refuses to be saved, in the order of the rows.
#[must_use]
pub fn saving_problems(mapping: &Mapping) -> Vec<MappingProblem> {
    let rows = (1_u32..).zip(&mapping.rows);
    let mut problems: Vec<MappingProblem> = rows
        .filter_map(|(number, row)| {
            let (code, sentence) = row_problem(row)?;
            Some(MappingProblem {
                row: Some(number),
                code,
                sentence,
            })
        })
        .collect();
    problems.extend(too_many_rows(mapping));
    problems
}

/// Too many rows, if so.
pub(super) fn too_many_rows(mapping: &Mapping) -> Option<MappingProblem> {
    let rows = mapping.rows.len();
    (rows > MOST_ROWS).then(|| MappingProblem {
        row: None,
        code: ProblemCode::TooManyRows,
        sentence: format!(
            "The mapping has {} rows, and {} are the most. Delete rows that are not needed.",
            grouped(rows as u64),
            grouped(MOST_ROWS as u64)
        ),
    })
}

/// What refuses a row to be saved.
pub(super) fn row_problem(row: &MappingRow) -> Option<(ProblemCode, String)> {
    let target = row.target.trim();
    let missing = missing_source(&row.source);
    match (is_blank(target), missing) {
        (true, Some(_)) => Some((
            ProblemCode::RowBlank,
            "This row is empty. Choose a source and a Salesforce field, or delete it.".to_owned(),
        )),
        (true, None) => Some((
            ProblemCode::TargetBlank,
            format!(
                "{} has no target field. Choose one, or delete the row.",
                excerpt(&row.source.label(), 60)
            ),
        )),
        (false, Some(what)) => Some((
            ProblemCode::SourceBlank,
            format!(
                "The row to {} has no {what}. Choose one, or delete the row.",
                excerpt(target, 60)
            ),
        )),
        (false, None) => template_fault(row),
    }
}

fn missing_source(source: &Source) -> Option<&'static str> {
    let (text, what) = match source {
        Source::Field { field } => (field, "source"),
        Source::Extra { column } => (column, "column"),
        Source::Fixed { value } => (value, "fixed value"),
        Source::Template { text } => (text, "template text"),
    };
    is_blank(text).then_some(what)
}

fn template_fault(row: &MappingRow) -> Option<(ProblemCode, String)> {
    let Source::Template { text } = &row.source else {
        return None;
    };
    let fault = Template::read(text).err()?;
    Some((
        ProblemCode::TemplateFault,
        format!(
            "The template for {} {}.",
            excerpt(row.target.trim(), 60),
            excerpt(&fault.to_string(), 400)
        ),
    ))
}
