//! Saving rows as a new version, and going back to an earlier one.

use model::{CompiledMapping, Mapping, TargetObject, mapping::saving_problems};
use store::{MappingRow, NewMapping, Read, Write};

use super::drift::renew_basis;
use super::last_test::passed_test;
use super::rows::mapping_of;
use super::saved::{CHANGE_MAPPINGS, saved_mapping};
use crate::Engine;
use crate::contract::mapping::Target;
use crate::contract::mapping::preview::{MappingProblem, RowPart};
use crate::contract::mapping::versions::{SaveAnswer, SaveMapping, SavedMapping, VersionQuery};
use crate::fault::{Code, Fault};
use crate::role::require_admin;

/// Longest note, in characters.
const LONGEST_NOTE: usize = 500;

/// `mapping.save`
pub(crate) async fn save(engine: &Engine, params: SaveMapping) -> Result<SaveAnswer, Fault> {
    let object = params.object;
    let mapping = mapping_of(object.into(), params.rows);
    engine
        .write(move |write| {
            require_admin(write, CHANGE_MAPPINGS)?;
            let note = checked_note(&params.note)?;
            let problems = problems(&mapping);
            if !problems.is_empty() {
                let sentence = rows_refused(&problems);
                return Ok(refused(problems, sentence));
            }
            let newest = write.mapping(mapping.object)?;
            if let Some(newest) = newest.as_ref().filter(|newest| newest.mapping == mapping) {
                renew_basis(write, &mapping)?;
                let same = format!(
                    "Nothing differs from version {}, so there is no new version.",
                    newest.version
                );
                return Ok(accepted(saved_mapping(write, object)?, same));
            }
            if let Some(problem) = newest
                .as_ref()
                .zip(params.based_on_version)
                .and_then(|(newest, based_on)| overtaken(newest, based_on))
            {
                let sentence = problem.sentence.clone();
                return Ok(refused(vec![problem], sentence));
            }
            add(write, &mapping, note)?;
            Ok(accepted(
                saved_mapping(write, object)?,
                warnings(write, &mapping)?.join(" "),
            ))
        })
        .await
}

/// `mapping.restore`
pub(crate) async fn restore(engine: &Engine, params: VersionQuery) -> Result<SavedMapping, Fault> {
    let VersionQuery { object, version } = params;
    engine
        .write(move |write| {
            require_admin(write, CHANGE_MAPPINGS)?;
            let mapping = require_version(write, object, version)?.mapping;
            let newest = write.mapping(mapping.object)?;
            if newest.is_none_or(|newest| newest.mapping != mapping) {
                add(write, &mapping, &format!("Restored version {version}"))?;
            }
            saved_mapping(write, object)
        })
        .await
}

/// A version that must be there.
pub(crate) fn require_version(read: &Read<'_>, object: Target, version: u32) -> Result<MappingRow, Fault> {
    let object = TargetObject::from(object);
    if let Some(found) = read.mapping_version(object, version)? {
        return Ok(found);
    }
    let known = match read.mapping(object)? {
        Some(newest) => format!("The newest is version {}.", newest.version),
        None => "It was not saved yet.".to_owned(),
    };
    Err(Fault::new(
        Code::NotFound,
        format!("The {object} mapping has no version {version}. {known}"),
    )
    .at_field("version"))
}

fn add(write: &Write<'_>, mapping: &Mapping, note: &str) -> Result<(), Fault> {
    let saved_by = write
        .operator()?
        .map(|operator| operator.name)
        .unwrap_or_default();
    write.add_mapping(NewMapping {
        mapping,
        saved_at: &store::now(),
        saved_by: &saved_by,
        note,
    })?;
    renew_basis(write, mapping)
}

fn checked_note(note: &str) -> Result<&str, Fault> {
    let note = note.trim();
    let characters = note.chars().count();
    if characters <= LONGEST_NOTE {
        return Ok(note);
    }
    Err(Fault::new(
        Code::Invalid,
        format!("The note has {characters} characters, and {LONGEST_NOTE} are the most. Shorten it."),
    )
    .at_field("note"))
}

/// What refuses the rows as they are, row by row.
fn problems(mapping: &Mapping) -> Vec<MappingProblem> {
    saving_problems(mapping)
        .into_iter()
        .map(|problem| MappingProblem {
            part: part_at_fault(problem.code),
            row: problem.row,
            code: problem.code.code().to_owned(),
            stops_saving: true,
            sentence: problem.sentence,
        })
        .collect()
}

fn part_at_fault(code: model::ProblemCode) -> RowPart {
    match code {
        model::ProblemCode::SourceBlank | model::ProblemCode::TemplateFault => RowPart::Source,
        model::ProblemCode::TargetBlank => RowPart::Target,
        _ => RowPart::Whole,
    }
}

/// The refusal in one sentence.
fn rows_refused(problems: &[MappingProblem]) -> String {
    let mut rows: Vec<u32> = problems.iter().filter_map(|problem| problem.row).collect();
    rows.dedup();
    match (rows.as_slice(), problems) {
        ([], [problem, ..]) => format!("The mapping was not saved. {}", problem.sentence),
        ([row], _) => format!(
            "The mapping was not saved, because row {row} is not complete. Mend or delete it, then save again."
        ),
        (rows, _) => format!(
            "The mapping was not saved, because {} rows are not complete: {}. Mend or delete them, then save again.",
            rows.len(),
            listed(rows)
        ),
    }
}

/// Numbers for people: `1, 2 and 5`; many are cut.
fn listed(rows: &[u32]) -> String {
    const SHOWN: usize = 8;
    let words: Vec<String> = rows.iter().take(SHOWN).map(ToString::to_string).collect();
    match words.split_last() {
        Some(_) if rows.len() > SHOWN => format!("{} and {} more", words.join(", "), rows.len() - SHOWN),
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// The refusal when somebody saved in between.
fn overtaken(newest: &MappingRow, based_on: u32) -> Option<MappingProblem> {
    (newest.version > based_on).then(|| MappingProblem {
        row: None,
        code: "newer_version".to_owned(),
        part: RowPart::Whole,
        stops_saving: true,
        sentence: format!(
            "{} saved version {} on {}, while version {based_on} was being edited here. Compare the two, then save on top of              the newer one or discard the changes.",
            newest.saved_by,
            newest.version,
            moment(&newest.saved_at)
        ),
    })
}

/// A stored time for people, e.g. `24 November 2026, 02:10 UTC`.
fn moment(stored: &str) -> String {
    match stored.parse::<jiff::Timestamp>() {
        Ok(time) => time.strftime("%-d %B %Y, %H:%M UTC").to_string(),
        Err(_) => stored.to_owned(),
    }
}

/// What whoever saves should know, although it is saved.
fn warnings(read: &Read<'_>, mapping: &Mapping) -> Result<Vec<String>, Fault> {
    let mut warnings = Vec::new();
    let described = read.describe(mapping.object)?;
    let problems = described.and_then(|described| CompiledMapping::compile(mapping, &described).err());
    match problems.unwrap_or_default().as_slice() {
        [] => {}
        [problem] => warnings.push(format!("It stops exports: {}", problem.sentence)),
        [problem, rest @ ..] => warnings.push(format!(
            "{} problems stop exports. The first: {}",
            rest.len() + 1,
            problem.sentence
        )),
    }
    if !passed_test(read, mapping)? {
        warnings.push(
            "It was not tested since its last change; Test Mapping shows what Salesforce makes of it."
                .to_owned(),
        );
    }
    Ok(warnings)
}

fn accepted(saved: SavedMapping, warning: String) -> SaveAnswer {
    SaveAnswer {
        saved: Some(saved),
        problems: Vec::new(),
        sentence: String::new(),
        warning,
    }
}

fn refused(problems: Vec<MappingProblem>, sentence: String) -> SaveAnswer {
    SaveAnswer {
        saved: None,
        problems,
        sentence,
        warning: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_at_fault_are_listed_for_people() {
        assert_eq!(listed(&[4]), "4");
        assert_eq!(listed(&[1, 2, 5]), "1, 2 and 5");
        assert_eq!(
            listed(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
            "1, 2, 3, 4, 5, 6, 7, 8 and 2 more"
        );
    }

    #[test]
    fn times_are_told_for_people() {
        assert_eq!(moment("2026-11-24T02:10:59.123Z"), "24 November 2026, 02:10 UTC");
        assert_eq!(moment("yesterday"), "yesterday");
    }
}
