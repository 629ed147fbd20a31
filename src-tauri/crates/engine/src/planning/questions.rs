//! Questions of a plan: a profile side by side with the records that it may be.

use std::collections::{BTreeMap, HashMap};

use model::text::trimmed;
use model::{LineAnswer as StoredAnswer, ProfileDocument, TargetDescribe, TargetObject, csv_text};
use store::{Candidate as StoredCandidate, LineRow, Read};

use super::basis::Basis;
use super::decision::{may_be_updated, offered};
use super::duplicates::{MODIFIED_AT, OWNER_NAME};
use super::lines::unreadable;
use super::preflight::export_only;
use crate::Engine;
use crate::contract::runs::{
    Candidate, CandidateValue, LineAnswer, Question, QuestionPage, QuestionQuery, ShownField,
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
            export_only(&run)?;
            let counts = read.count_questions(params.run)?;
            let lines = read.questions(
                params.run,
                params.waiting_only,
                params.offset,
                params.limit.min(LARGEST_WINDOW),
            )?;
            let asking = Asking {
                read,
                run_id: params.run,
                object: run.object,
                basis: Basis::stored(read, &run).ok(),
                describe: read.describe(run.object)?,
                options: &run.options,
                alike: std::cell::RefCell::default(),
            };
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
