//! Step 3: what becomes of every line that may be in the org, and the update of those that are, field by field.

use std::sync::Arc;

use model::mapping::{UpdateOutcome, apply_with_edits, update};
use model::{FieldChange, LineAction, LineAnswer, ProfileDocument, RunOptions, TargetObject};
use store::{Candidate, LineDecision, LineRow, Read, RunRow, Write};

use super::basis::Basis;
use super::decision::{Decided, by_answer, by_settings, ranked, rule};
use super::duplicates::MODIFIED_AT;
use super::lines::{CREATE_RULE, unreadable};
use super::plan::Planning;
use crate::fault::{Code, Fault};

/// Lines of one transaction.
const WINDOW_LINES: u32 = 1_000;
/// Rule of a line whose record has everything already.
const SAME_RULE: &str = "Same as in Salesforce";

/// Decides every line that has candidates. Those of lines that are not asked are not kept: their values before are in the
/// line.
pub(super) async fn decide(planning: &Planning) -> Result<(), Fault> {
    let deciding = Arc::new(Deciding::of(planning));
    let mut after_line = 0;
    loop {
        planning.check_cancelled()?;
        let deciding = deciding.clone();
        let last = planning
            .engine
            .write(move |write| {
                let lines = write.lines_with_candidates(deciding.run_id, after_line, WINDOW_LINES)?;
                for line in &lines {
                    deciding.decide(write, *line, By::Settings)?;
                }
                Ok(lines.last().copied())
            })
            .await?;
        match last {
            Some(last) => after_line = last,
            None => return Ok(()),
        }
    }
}

/// Who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The settings, and the operator's choice for all alike.
    Settings,
    /// Somebody, for this line.
    Answer(LineAnswer),
    /// Nobody yet: an answer was taken back.
    Nobody,
}

/// What it takes to decide lines of a run.
pub(super) struct Deciding {
    pub run_id: i64,
    pub object: TargetObject,
    pub options: RunOptions,
    pub columns: Vec<String>,
    pub basis: Arc<Basis>,
}

impl Deciding {
    /// For a plan that is being made.
    pub fn of(planning: &Planning) -> Self {
        Self {
            run_id: planning.run_id,
            object: planning.object,
            options: planning.options.clone(),
            columns: planning.columns.clone(),
            basis: planning.basis.clone(),
        }
    }

    /// For a kept plan.
    pub fn stored(read: &Read<'_>, run: &RunRow) -> Result<Self, Fault> {
        Ok(Self {
            run_id: run.run_id,
            object: run.object,
            options: run.options.clone(),
            columns: run.columns.clone(),
            basis: Basis::stored(read, run)?,
        })
    }

    /// Decides a line by its candidates and writes what comes of it.
    pub fn decide(&self, write: &Write<'_>, line: u32, by: By) -> Result<(), Fault> {
        let Some(row) = write.line(self.run_id, line)? else {
            return Ok(());
        };
        let candidates = write.candidates(self.run_id, line)?;
        let candidates = ranked(candidates.into_iter().map(|row| row.candidate).collect());
        let decided = match by {
            By::Settings => by_settings(&self.options, self.object, &candidates),
            By::Answer(answer) => {
                by_answer(answer, self.object, &candidates).ok_or_else(no_such_candidate)?
            }
            By::Nobody => Decided::Ask,
        };
        let answer = match by {
            By::Answer(answer) => Some(answer),
            By::Settings | By::Nobody => None,
        };
        let decision = self.decision(write, &row, &candidates, decided)?;
        // Questions stay, answered or not; an answer may be taken back.
        let is_question = decision.action == LineAction::Ask || answer.is_some();
        if is_question {
            write.set_candidates(self.run_id, line, &candidates)?;
        } else {
            write.remove_candidates(self.run_id, line)?;
        }
        write.decide_lines(self.run_id, &[LineDecision { answer, ..decision }])?;
        Ok(())
    }

    fn decision(
        &self,
        write: &Write<'_>,
        row: &LineRow,
        candidates: &[Candidate],
        decided: Decided,
    ) -> Result<LineDecision, Fault> {
        let document = write.profile_document(row.profile_id)?.ok_or_else(gone)?;
        let profile = ProfileDocument::read(&document).map_err(|error| unreadable(&error))?;
        let best = candidates.first();
        let place = match decided {
            Decided::Update(place) => place,
            _ => 0,
        };
        let about = candidates.get(place);
        let decision = LineDecision {
            line: row.line,
            action: LineAction::Create,
            rule: rule(candidates, place),
            criterion: about.and_then(|one| one.criterion.clone()),
            grade: about.map(|one| one.grade),
            notes: None,
            cells: None,
            changes: Vec::new(),
            modified_at: None,
            salesforce_id: None,
            parent_id: None,
            answer: None,
            digest: None,
            error: None,
        };
        match decided {
            Decided::Create | Decided::Ask => {
                let record = self
                    .basis
                    .new_record(&self.options, &self.columns, &profile, &row.edits);
                let is_created = decided == Decided::Create;
                Ok(LineDecision {
                    action: if is_created {
                        LineAction::Create
                    } else {
                        LineAction::Ask
                    },
                    rule: if best.is_none() {
                        CREATE_RULE.to_owned()
                    } else {
                        decision.rule
                    },
                    notes: Some(record.notes),
                    cells: Some(record.cells),
                    digest: is_created.then_some(record.digest),
                    ..decision
                })
            }
            Decided::Skip => Ok(LineDecision {
                action: LineAction::Skip,
                error: Some(("duplicate".to_owned(), not_exported(best))),
                salesforce_id: best.and_then(|best| best.salesforce_id.clone()),
                ..decision
            }),
            Decided::Update(_) => match about {
                Some(candidate) => self.update(write, row, &profile, candidate, decision),
                None => Err(no_such_candidate()),
            },
        }
    }

    /// The update of a record with a profile's values: only what changes is written, and what was there before is kept.
    fn update(
        &self,
        write: &Write<'_>,
        row: &LineRow,
        profile: &ProfileDocument<'_>,
        candidate: &Candidate,
        decision: LineDecision,
    ) -> Result<LineDecision, Fault> {
        let mapped = apply_with_edits(&self.basis.mapping, profile, Some(&candidate.values), &row.edits);
        let updated = update(&self.basis.mapping, &mapped, &candidate.values);
        let changes: Vec<FieldChange> = updated
            .fields
            .iter()
            .filter(|field| field.outcome != UpdateOutcome::Nothing)
            .map(|field| {
                let given = field.value.as_ref().or_else(|| mapped.cell(&field.target));
                FieldChange {
                    target: field.target.clone(),
                    outcome: field.outcome,
                    before: field.before.clone(),
                    after: given
                        .filter(|_| field.outcome != UpdateOutcome::Cleared)
                        .map(model::TypedValue::to_csv_text),
                }
            })
            .collect();
        let cells = updated.to_json();
        let salesforce_id = candidate.salesforce_id.clone();
        let decision = LineDecision {
            notes: Some(mapped.notes()),
            changes,
            modified_at: candidate.values.get(MODIFIED_AT).cloned(),
            parent_id: candidate.values.get("AccountId").cloned(),
            salesforce_id: salesforce_id.clone(),
            ..decision
        };
        if cells.is_empty() {
            return Ok(LineDecision {
                action: LineAction::Skip,
                rule: SAME_RULE.to_owned(),
                cells: Some(cells),
                error: Some((
                    "unchanged".to_owned(),
                    "Salesforce has every value already, so there is nothing to write.".to_owned(),
                )),
                ..decision
            });
        }
        let other = match &salesforce_id {
            Some(id) => write.line_that_updates(self.run_id, id, row.line)?,
            None => None,
        };
        if let Some(other) = other {
            return Ok(LineDecision {
                action: LineAction::Skip,
                rule: format!("Same record as line {other}"),
                changes: Vec::new(),
                error: Some((
                    "record_in_run".to_owned(),
                    format!(
                        "Line {other} of this run updates the same record, and which of them came last would be chance."
                    ),
                )),
                ..decision
            });
        }
        Ok(LineDecision {
            action: LineAction::Update,
            cells: Some(cells),
            ..decision
        })
    }
}

fn not_exported(best: Option<&Candidate>) -> String {
    match best {
        Some(Candidate {
            salesforce_id: Some(id),
            object,
            ..
        }) => format!("{object} {id} may be the same, and what Salesforce has already is not exported."),
        Some(Candidate {
            other_line: Some(line),
            ..
        }) => format!("It may be the same as line {line}, and is not exported twice."),
        _ => "It is not exported.".to_owned(),
    }
}

fn no_such_candidate() -> Fault {
    Fault::new(
        Code::Invalid,
        "This line has no such record to update. Choose one of those that are offered for it.",
    )
    .at_field("answer")
}

fn gone() -> Fault {
    Fault::new(
        Code::NotFound,
        "The profile of this line is no longer there. Plan a new export.",
    )
}
