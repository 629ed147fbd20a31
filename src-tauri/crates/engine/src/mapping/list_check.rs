//! What rows do to a whole list: surveyed on every core, in parts, and given up as soon as somebody asks anew.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Instant;

use model::mapping::{Finding as Found, Survey, Surveyed, SurveyedRow};
use model::text::grouped;
use model::{CompiledMapping, Profile, ProfileDocument, TargetObject};
use store::{ListRow, Store, StoreError};
use tokio_util::sync::CancellationToken;

use super::rows::mapping_of;
use super::sample::{BUILT_IN_SAMPLE, built_in_profiles, fitting_list};
use crate::Engine;
use crate::contract::mapping::check::{Finding, ListCheck, ListCheckQuery, RowCheck, SourceValue};
use crate::fault::{Code, Fault};

/// Profiles that one core takes at a time; small enough that all cores end together.
const PART_PROFILES: u32 = 2_500;

/// `mapping.check_list`
pub(crate) async fn check(engine: &Engine, params: ListCheckQuery) -> Result<ListCheck, Fault> {
    let began = Instant::now();
    let object = TargetObject::from(params.object);
    let superseded = engine.start_list_check(object)?;
    let mapping = mapping_of(object, params.rows);
    let list_id = params.list_id;
    let (described, list) = engine
        .read(move |read| Ok((read.describe(object)?, fitting_list(read, object, list_id)?)))
        .await?;
    let rows = mapping.rows.len();
    let list_name = list
        .as_ref()
        .map_or_else(|| BUILT_IN_SAMPLE.to_owned(), |list| list.name.clone());
    // Without the org's fields nothing can be said of what they take.
    let surveyed = match described {
        None => Surveyed {
            profiles: 0,
            refused_profiles: 0,
            rows: vec![SurveyedRow::default(); rows],
        },
        Some(described) => {
            let compiled = CompiledMapping::of_sound_rows(&mapping, &described);
            let (store, superseded) = (engine.store().clone(), superseded.clone());
            engine
                .blocking(move || match list {
                    Some(list) => survey_list(&store, &list, &compiled, rows, &superseded),
                    None => Ok(survey_profiles(&built_in_profiles(object)?, &compiled, rows)),
                })
                .await?
        }
    };
    Ok(list_check(
        surveyed,
        list_name,
        superseded.is_cancelled(),
        began.elapsed().as_secs_f64(),
    ))
}

fn survey_profiles(profiles: &[Profile], compiled: &CompiledMapping, rows: usize) -> Surveyed {
    let mut survey = Survey::new(compiled, rows);
    for (position, profile) in (0..).zip(profiles) {
        survey.add(position, profile);
    }
    survey.finish()
}

fn survey_list(
    store: &Store,
    list: &ListRow,
    compiled: &CompiledMapping,
    rows: usize,
    superseded: &CancellationToken,
) -> Result<Surveyed, Fault> {
    let next_part = AtomicU32::new(0);
    let survey_parts = || -> Result<Survey<'_>, Fault> {
        let mut survey = Survey::new(compiled, rows);
        loop {
            let from = next_part.fetch_add(PART_PROFILES, Ordering::Relaxed);
            if from >= list.profiles || superseded.is_cancelled() {
                return Ok(survey);
            }
            store.read(|read| {
                read.for_each_profile_document(
                    list.list_id,
                    from,
                    from.saturating_add(PART_PROFILES),
                    |position, document| {
                        let profile =
                            ProfileDocument::read(document).map_err(|error| StoreError::Unreadable {
                                place: "profile.document",
                                value: error.to_string(),
                            })?;
                        survey.add(position, &profile);
                        Ok::<_, Fault>(())
                    },
                )
            })?;
        }
    };
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(list.profiles.div_ceil(PART_PROFILES).max(1) as usize);
    let surveys: Vec<Result<Survey<'_>, Fault>> = thread::scope(|scope| {
        let started: Vec<_> = (0..threads).map(|_| scope.spawn(survey_parts)).collect();
        started
            .into_iter()
            .map(|thread| {
                thread.join().unwrap_or_else(|_| {
                    Err(Fault::new(
                        Code::Internal,
                        "The list could not be checked. Change a row to check it again.",
                    ))
                })
            })
            .collect()
    });
    let mut whole = Survey::new(compiled, rows);
    for survey in surveys {
        whole.merge(survey?);
    }
    Ok(whole.finish())
}

fn list_check(surveyed: Surveyed, list_name: String, superseded: bool, seconds: f64) -> ListCheck {
    let profiles = surveyed.profiles;
    ListCheck {
        superseded,
        list_name,
        profiles,
        refused_profiles: surveyed.refused_profiles,
        rows: (1..)
            .zip(surveyed.rows)
            .map(|(row, surveyed)| row_check(row, surveyed, profiles))
            .collect(),
        seconds,
    }
}

fn row_check(row: u32, surveyed: SurveyedRow, profiles: u32) -> RowCheck {
    RowCheck {
        row,
        written_profiles: surveyed.written_profiles,
        blank_profiles: surveyed.blank_profiles,
        findings: surveyed
            .findings
            .into_iter()
            .map(|found| finding(found, profiles))
            .collect(),
        values: surveyed
            .values
            .into_iter()
            .map(|value| SourceValue {
                value: value.value,
                profiles: value.profiles,
                becomes: value.becomes,
                known: value.known,
            })
            .collect(),
        more_values: surveyed.more_values,
    }
}

fn finding(found: Found, profiles: u32) -> Finding {
    let left_out = found.rule.leaves_out();
    let then = if left_out { ", and left out" } else { "" };
    Finding {
        code: found.rule.code().to_owned(),
        left_out,
        profiles: found.profiles,
        sentence: format!(
            "{} for {} of {} profiles{then}.",
            found.rule.words(),
            grouped(found.profiles.into()),
            grouped(profiles.into())
        ),
        example_value: found.example_value,
        example_index: found.example_position,
    }
}
