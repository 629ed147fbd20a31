//! Questions of a plan: a profile side by side with the records that it may be.

use std::collections::HashMap;

use model::{LineAction, Mapping, ProfileDocument, TargetObject};
use store::{Candidate as StoredCandidate, LineRow, Read, RunRow};

use super::basis::zoominfo_id_field;
use super::decision::{may_be_updated, offered};
use super::duplicates::{MODIFIED_AT, OWNER_NAME};
use super::lines::unreadable;
use super::side_by_side::{Side, rows};
use crate::Engine;
use crate::contract::runs::{
    Candidate, CandidateValue, Grade, LineAnswer, Question, QuestionPage, QuestionQuery, ShownField,
};
use crate::fault::Fault;
use crate::run_view::require_run;

/// Questions of one window at most.
const LARGEST_WINDOW: u32 = 100;

/// `runs.questions`
pub(crate) async fn questions(engine: &Engine, params: QuestionQuery) -> Result<QuestionPage, Fault> {
    engine
        .read(move |read| {
            let run = require_run(read, params.run)?;
            let counts = read.count_questions(params.run)?;
            let lines = read.questions(
                params.run,
                params.waiting_only,
                params.offset,
                params.limit.min(LARGEST_WINDOW),
            )?;
            let asking = Asking::new(read, &run)?;
            Ok(QuestionPage {
                matching_questions: if params.waiting_only {
                    counts.waiting_questions
                } else {
                    counts.all_questions
                },
                total_questions: counts.all_questions,
                waiting_questions: counts.waiting_questions,
                offset: params.offset,
                questions: lines
                    .into_iter()
                    .map(|line| asking.question(line))
                    .collect::<Result<_, _>>()?,
            })
        })
        .await
}

/// What the questions of a run have in common.
struct Asking<'a> {
    read: &'a Read<'a>,
    run: &'a RunRow,
    /// How many wait of each kind.
    waiting: HashMap<String, u32>,
    /// The field with ZoomInfo's id of each object.
    zoominfo_id_fields: HashMap<TargetObject, String>,
}

impl<'a> Asking<'a> {
    fn new(read: &'a Read<'a>, run: &'a RunRow) -> Result<Self, Fault> {
        let mut zoominfo_id_fields = HashMap::new();
        for object in TargetObject::ALL {
            let Some(describe) = read.describe(object)? else {
                continue;
            };
            let mapping = read.mapping(object)?.map_or_else(
                || Mapping {
                    object,
                    rows: Vec::new(),
                },
                |saved| saved.mapping,
            );
            if let Some(field) = zoominfo_id_field(&mapping, &describe) {
                zoominfo_id_fields.insert(object, field.to_owned());
            }
        }
        Ok(Self {
            read,
            run,
            waiting: read.waiting_kinds(run.run_id)?,
            zoominfo_id_fields,
        })
    }

    fn question(&self, line: LineRow) -> Result<Question, Fault> {
        let (run_id, object, options) = (self.run.run_id, self.run.object, &self.run.options);
        let candidates: Vec<StoredCandidate> = self
            .read
            .candidates(run_id, line.line)?
            .into_iter()
            .map(|row| row.candidate)
            .collect();
        let document = self.read.profile_document(line.profile_id)?.unwrap_or_default();
        let profile = ProfileDocument::read(&document).map_err(|error| unreadable(&error))?;
        let sides: Vec<Side<'_>> = candidates
            .iter()
            .map(|candidate| Side {
                values: &candidate.values,
                zoominfo_id_field: self.zoominfo_id_fields.get(&candidate.object).map(String::as_str),
            })
            .collect();
        let rows = rows(object, &profile, &sides);
        let kind = self.read.question_kind(run_id, line.line)?;
        let waiting = kind.and_then(|kind| self.waiting.get(&kind)).copied();
        let is_waiting = line.action == LineAction::Ask;
        let best = candidates.first();
        Ok(Question {
            line: line.line,
            grade: best
                .map_or(model::Grade::Possible, |candidate| candidate.grade)
                .into(),
            sentence: best.map(|best| sentence(best, object)).unwrap_or_default(),
            profile: rows
                .iter()
                .map(|row| ShownField {
                    label: row.label.to_owned(),
                    value: row.profile.clone(),
                })
                .collect(),
            offered: offered(options, object, &candidates)
                .into_iter()
                .map(Into::into)
                .collect(),
            default_action: options
                .on_duplicate
                .unwrap_or(options.duplicates.default_action)
                .into(),
            alike_questions: waiting.unwrap_or(0).saturating_sub(u32::from(is_waiting)),
            answer: line.answer.map(answer),
            candidates: candidates
                .iter()
                .enumerate()
                .map(|(place, candidate)| self.candidate(place, candidate, &rows))
                .collect(),
            name: line.name,
            company: line.company,
            zoominfo_id: line.zoominfo_id,
        })
    }

    fn candidate(
        &self,
        place: usize,
        candidate: &StoredCandidate,
        rows: &[super::side_by_side::Row],
    ) -> Candidate {
        let text = |field: &str| candidate.values.get(field).cloned().unwrap_or_default();
        Candidate {
            number: u32::try_from(place + 1).unwrap_or(u32::MAX),
            object: candidate.object.into(),
            salesforce_id: candidate.salesforce_id.clone().unwrap_or_default(),
            other_line: candidate.other_line,
            grade: Grade::from(candidate.grade),
            criterion: candidate.reason.clone(),
            may_be_updated: may_be_updated(candidate, self.run.object),
            owner: text(OWNER_NAME),
            modified_at: text(MODIFIED_AT),
            values: rows
                .iter()
                .filter_map(|row| row.candidates.get(place))
                .map(|(value, agrees)| CandidateValue {
                    value: value.clone(),
                    agrees: *agrees,
                })
                .collect(),
        }
    }
}

fn answer(answer: model::LineAnswer) -> LineAnswer {
    match answer {
        model::LineAnswer::Update { candidate } => LineAnswer::Update { candidate },
        model::LineAnswer::Create => LineAnswer::Create {},
        model::LineAnswer::Skip => LineAnswer::Skip {},
    }
}

/// What agrees, in one sentence.
fn sentence(candidate: &StoredCandidate, object: TargetObject) -> String {
    let reason = &candidate.reason;
    match candidate.other_line {
        Some(line) => format!("Line {line} of this run may be the same: {reason}."),
        None if candidate.criterion.is_none() => format!("{reason} found it."),
        None if candidate.object == object => format!(
            "Both {} agree in this: {reason}.",
            object.plural_label().to_lowercase()
        ),
        None => format!(
            "Salesforce may have the person as a {} already: {reason}.",
            candidate.object.label().to_lowercase()
        ),
    }
}
