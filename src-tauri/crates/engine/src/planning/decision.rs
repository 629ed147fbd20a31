//! What becomes of a line that may be in the org already: by the settings, the operator's choice, or an answer.

use model::matching::Criterion;
use model::{DuplicateAction, Grade, LineAnswer, RunOptions, TargetObject};
use store::Candidate;

use super::duplicates::MODIFIED_AT;

/// What is done with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decided {
    Create,
    /// Updates the candidate at this place.
    Update(usize),
    Skip,
    Ask,
}

/// Puts candidates in order, the best first, and leaves out Leads of whoever is a Contact as surely.
pub(super) fn ranked(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let best_contact = candidates
        .iter()
        .filter(|one| one.object == TargetObject::Contact && one.salesforce_id.is_some())
        .map(|one| one.grade)
        .min();
    if let Some(best) = best_contact {
        candidates
            .retain(|one| one.object != TargetObject::Lead || one.other_line.is_some() || one.grade < best);
    }
    candidates.sort_by(|one, two| {
        let rank = |one: &Candidate| (one.grade, one.other_line.is_some(), one.object, order(one));
        rank(one).cmp(&rank(two)).then_with(|| {
            let changed = |one: &Candidate| one.values.get(MODIFIED_AT).cloned();
            changed(two).cmp(&changed(one))
        })
    });
    candidates
}

/// Place of the criterion among those of its object.
fn order(candidate: &Candidate) -> usize {
    Criterion::of(candidate.object)
        .iter()
        .position(|criterion| Some(criterion.code()) == candidate.criterion.as_deref())
        .unwrap_or(usize::MAX)
}

/// Whether a candidate can be updated by a run of an object.
pub(super) fn may_be_updated(candidate: &Candidate, object: TargetObject) -> bool {
    candidate.object == object && candidate.salesforce_id.is_some()
}

/// What may be answered. Leaving a profile out is always possible where nothing else is.
pub(super) fn offered(
    options: &RunOptions,
    object: TargetObject,
    candidates: &[Candidate],
) -> Vec<DuplicateAction> {
    let updatable = candidates.iter().any(|one| may_be_updated(one, object));
    let mut offered = options.duplicates.offered();
    offered.retain(|action| *action != DuplicateAction::Update || updatable);
    if offered.is_empty() {
        offered.push(DuplicateAction::Skip);
    }
    offered
}

/// What the settings and the operator's choice for all alike do with a line that has these candidates, the best first.
pub(super) fn by_settings(options: &RunOptions, object: TargetObject, candidates: &[Candidate]) -> Decided {
    let Some(best) = candidates.first() else {
        return Decided::Create;
    };
    let settings = &options.duplicates;
    let action = if best.grade == Grade::Exact {
        options.on_duplicate.unwrap_or(settings.default_action)
    } else {
        match options.on_duplicate {
            Some(action @ (DuplicateAction::Create | DuplicateAction::Skip)) => action,
            Some(DuplicateAction::Update) if settings.unsure_follow_default => DuplicateAction::Update,
            None if settings.unsure_follow_default => settings.default_action,
            Some(DuplicateAction::Update) | None => return Decided::Ask,
        }
    };
    match action {
        DuplicateAction::Create => Decided::Create,
        DuplicateAction::Skip => Decided::Skip,
        // What is no record of the run's object cannot be updated by it: somebody has to say what else.
        DuplicateAction::Update if may_be_updated(best, object) => Decided::Update(0),
        DuplicateAction::Update => Decided::Ask,
    }
}

/// What a line that waits becomes when the admin's default is to decide; `None` leaves it to somebody: a likely or possible
/// hit follows the default only if the admin lets it, and what cannot be updated is left out only where that is offered.
pub(super) fn by_default(
    options: &RunOptions,
    object: TargetObject,
    candidates: &[Candidate],
) -> Option<LineAnswer> {
    let settings = &options.duplicates;
    let is_exact = candidates.first().is_some_and(|best| best.grade == Grade::Exact);
    let action = match options.on_duplicate {
        Some(action @ (DuplicateAction::Create | DuplicateAction::Skip)) => action,
        chosen if is_exact || settings.unsure_follow_default => chosen.unwrap_or(settings.default_action),
        _ => return None,
    };
    let updatable = candidates.iter().position(|one| may_be_updated(one, object));
    match (action, updatable) {
        (DuplicateAction::Create, _) => Some(LineAnswer::Create),
        (DuplicateAction::Skip, _) => Some(LineAnswer::Skip),
        (DuplicateAction::Update, Some(place)) => Some(LineAnswer::Update {
            candidate: u32::try_from(place + 1).unwrap_or(u32::MAX),
        }),
        (DuplicateAction::Update, None) => offered(options, object, candidates)
            .contains(&DuplicateAction::Skip)
            .then_some(LineAnswer::Skip),
    }
}

/// What an answer does; `None` when it names no candidate that can be updated.
pub(super) fn by_answer(
    answer: LineAnswer,
    object: TargetObject,
    candidates: &[Candidate],
) -> Option<Decided> {
    match answer {
        LineAnswer::Create => Some(Decided::Create),
        LineAnswer::Skip => Some(Decided::Skip),
        LineAnswer::Update { candidate } => {
            let place = usize::try_from(candidate).ok()?.checked_sub(1)?;
            let candidate = candidates.get(place)?;
            may_be_updated(candidate, object).then_some(Decided::Update(place))
        }
    }
}

/// The rule of a line, in words: what agrees and how sure that is.
pub(super) fn rule(candidates: &[Candidate], place: usize) -> String {
    let Some(candidate) = candidates.get(place) else {
        return String::new();
    };
    let alike = candidates
        .iter()
        .filter(|one| {
            (one.grade, one.object, &one.criterion)
                == (candidate.grade, candidate.object, &candidate.criterion)
                && one.other_line.is_none()
        })
        .count();
    let rule = format!("{}, {}", candidate.reason, candidate.grade.label().to_lowercase());
    match candidate.other_line {
        Some(line) => format!("{rule}, as line {line}"),
        None if alike > 1 => format!("{rule}; the last changed of {alike}"),
        None => rule,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use model::{DuplicateSettings, TargetObject::Contact, TargetObject::Lead};

    use super::*;

    fn candidate(object: TargetObject, grade: Grade, modified_at: &str) -> Candidate {
        Candidate {
            object,
            salesforce_id: Some(format!("{object}{modified_at}")),
            other_line: None,
            grade,
            criterion: Some(Criterion::Email.code().to_owned()),
            reason: "Email".to_owned(),
            values: BTreeMap::from([(MODIFIED_AT.to_owned(), modified_at.to_owned())]),
        }
    }

    fn options(on_duplicate: Option<DuplicateAction>, unsure_follow_default: bool) -> RunOptions {
        RunOptions {
            on_duplicate,
            duplicates: DuplicateSettings {
                unsure_follow_default,
                ..DuplicateSettings::default()
            },
            ..RunOptions::default()
        }
    }

    #[test]
    fn whoever_is_a_contact_is_no_lead() {
        let of = |contact, lead| -> Vec<TargetObject> {
            ranked(vec![candidate(Lead, lead, "1"), candidate(Contact, contact, "1")])
                .iter()
                .map(|one| one.object)
                .collect()
        };
        assert_eq!(of(Grade::Exact, Grade::Exact), [Contact]);
        assert_eq!(of(Grade::Likely, Grade::Possible), [Contact]);
        assert_eq!(of(Grade::Possible, Grade::Exact), [Lead, Contact]);
    }

    #[test]
    fn of_equal_ones_the_last_changed_comes_first() {
        let ranked = ranked(vec![
            candidate(Lead, Grade::Exact, "2026-01-01"),
            candidate(Lead, Grade::Exact, "2026-03-01"),
            candidate(Lead, Grade::Likely, "2026-04-01"),
        ]);
        assert_eq!(ranked[0].salesforce_id.as_deref(), Some("Lead2026-03-01"));
        assert_eq!(rule(&ranked, 0), "Email, exact; the last changed of 2");
        assert_eq!(rule(&ranked, 2), "Email, likely");
    }

    #[test]
    fn unsure_hits_are_never_updated_without_somebodys_word() {
        use DuplicateAction::{Create, Skip, Update};
        let decide = |grade, on_duplicate, follow| {
            by_settings(
                &options(on_duplicate, follow),
                Lead,
                &[candidate(Lead, grade, "1")],
            )
        };
        for grade in [Grade::Likely, Grade::Possible] {
            assert_eq!(decide(grade, None, false), Decided::Ask);
            assert_eq!(decide(grade, Some(Update), false), Decided::Ask);
            assert_eq!(decide(grade, Some(Update), true), Decided::Update(0));
            assert_eq!(decide(grade, None, true), Decided::Update(0));
            assert_eq!(decide(grade, Some(Skip), false), Decided::Skip);
            assert_eq!(decide(grade, Some(Create), true), Decided::Create);
        }
        assert_eq!(decide(Grade::Exact, None, false), Decided::Update(0));
        assert_eq!(decide(Grade::Exact, Some(Skip), false), Decided::Skip);
        assert_eq!(decide(Grade::Exact, Some(Create), false), Decided::Create);
    }

    #[test]
    fn unsure_hits_wait_for_somebody_unless_the_admin_lets_them_follow_the_default() {
        use DuplicateAction::{Create, Skip, Update};
        let update = Some(LineAnswer::Update { candidate: 1 });
        let decide = |grade, on_duplicate, follow| {
            by_default(
                &options(on_duplicate, follow),
                Lead,
                &[candidate(Lead, grade, "1")],
            )
        };
        for grade in [Grade::Likely, Grade::Possible] {
            assert_eq!(decide(grade, None, false), None);
            assert_eq!(decide(grade, Some(Update), false), None);
            assert_eq!(decide(grade, None, true), update);
            assert_eq!(decide(grade, Some(Update), true), update);
            assert_eq!(decide(grade, Some(Skip), false), Some(LineAnswer::Skip));
            assert_eq!(decide(grade, Some(Create), false), Some(LineAnswer::Create));
        }
        assert_eq!(decide(Grade::Exact, None, false), update);
    }

    #[test]
    fn a_record_of_another_object_is_created_or_left_out() {
        let contact = [candidate(Contact, Grade::Exact, "1")];
        let settings = options(None, false);
        assert_eq!(by_settings(&settings, Lead, &contact), Decided::Ask);
        assert_eq!(
            offered(&settings, Lead, &contact),
            [DuplicateAction::Create, DuplicateAction::Skip]
        );
        assert_eq!(
            by_answer(LineAnswer::Update { candidate: 1 }, Lead, &contact),
            None
        );
        assert_eq!(by_default(&settings, Lead, &contact), Some(LineAnswer::Skip));
        let creates_alone = RunOptions {
            duplicates: DuplicateSettings {
                offers_skip: false,
                ..settings.duplicates
            },
            ..settings
        };
        assert_eq!(by_default(&creates_alone, Lead, &contact), None);
    }
}
