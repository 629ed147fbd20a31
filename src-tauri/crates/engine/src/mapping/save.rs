//! Saving rows as a new version, and going back to an earlier one.

use model::mapping::{ChangeKind, difference, saving_problems};
use model::{CompiledMapping, Mapping, TargetObject};
use store::{MappingRow, NewMapping, Read, Write};

use super::drift::renew_basis;
use super::last_test::passed_test;
use super::rows::mapping_of;
use super::save_refusal::{overtaken, rows_refused};
use super::saved::saved_mapping;
use crate::Engine;
use crate::audit::{self, Entry};
use crate::contract::audit::AuditArea;
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
            add(write, &mapping, note, "mapping_saved")?;
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
                let note = format!("Restored version {version}");
                add(write, &mapping, &note, "mapping_restored")?;
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

fn add(write: &Write<'_>, mapping: &Mapping, note: &str, action: &'static str) -> Result<(), Fault> {
    let saved_by = write
        .operator()?
        .map(|operator| operator.name)
        .unwrap_or_default();
    let before = write.mapping(mapping.object)?;
    write.add_mapping(NewMapping {
        mapping,
        saved_at: &store::now(),
        saved_by: &saved_by,
        note,
    })?;
    note_change(write, before.as_ref(), mapping, note, action)?;
    renew_basis(write, mapping)
}

/// Tells the audit log what differs from the version before.
fn note_change(
    write: &Write<'_>,
    before: Option<&MappingRow>,
    mapping: &Mapping,
    note: &str,
    action: &'static str,
) -> Result<(), Fault> {
    let version = write.mapping(mapping.object)?.map_or(0, |newest| newest.version);
    let note = if note.is_empty() {
        String::new()
    } else {
        format!(" {note}")
    };
    let entry = Entry::new(
        AuditArea::Mapping,
        action,
        format!("Saved version {version} of the {} mapping.{note}", mapping.object),
    );
    let Some(before) = before else {
        return audit::note(write, entry.after(format!("{} rows", mapping.rows.len())));
    };
    let described = write.describe(mapping.object)?;
    let (mut earlier, mut later) = (Vec::new(), Vec::new());
    for change in difference(&before.mapping, mapping, described.as_ref()).changes {
        let row = format!("{} -> {}", change.source, change.target);
        match change.kind {
            ChangeKind::Added => later.push(format!("added {row}")),
            ChangeKind::Removed => earlier.push(format!("removed {row}")),
            ChangeKind::Changed | ChangeKind::Moved => {
                for detail in change.details {
                    earlier.push(format!("{row}, {}: {}", detail.what, detail.before));
                    later.push(format!("{row}, {}: {}", detail.what, detail.after));
                }
            }
        }
    }
    audit::note(write, entry.before(earlier.join("\n")).after(later.join("\n")))
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
