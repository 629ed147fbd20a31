//! Saving rows as a new version, and going back to an earlier one.

use model::{CompiledMapping, Mapping, TargetObject, mapping::saving_problems};
use store::{MappingRow, NewMapping, Read, Write};

use super::drift::renew_basis;
use super::last_test::passed_test;
use super::rows::mapping_of;
use super::save_refusal::{overtaken, rows_refused};
use super::saved::saved_mapping;
use crate::Engine;
use crate::contract::mapping::Target;
use crate::contract::mapping::preview::MappingProblem;
use crate::contract::mapping::versions::{SaveAnswer, SaveMapping, SavedMapping, VersionQuery};
use crate::fault::{Code, Fault};

/// Longest note, in characters.
const LONGEST_NOTE: usize = 500;

/// `mapping.save`
pub(crate) async fn save(engine: &Engine, params: SaveMapping) -> Result<SaveAnswer, Fault> {
    let object = params.object;
    let mapping = mapping_of(object.into(), params.rows);
    engine
        .write(move |write| {
            let note = checked_note(&params.note)?;
            let problems: Vec<MappingProblem> =
                saving_problems(&mapping).into_iter().map(Into::into).collect();
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
