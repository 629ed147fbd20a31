//! Plans: what an export will do, before it does it. Nothing is written to Salesforce here.

mod basis;
mod campaigns;
mod companies;
mod decision;
mod duplicates;
mod forecasts;
mod lines;
mod options;
pub(crate) mod owner;
mod plan;
mod preflight;
mod retry;
mod rules;
mod totals;
mod updates;

pub(crate) use campaigns::campaigns;
pub(crate) use companies::{answer_companies, companies};
pub(crate) use options::options;
pub(crate) use plan::{plan, remove_given_up};
pub(crate) use preflight::preflight;
pub(crate) use retry::retry;

use crate::Engine;
use crate::contract::runs::{
    AnswerAll, AnswerLines, DifferencePage, DifferenceQuery, QuestionPage, QuestionQuery, RetryRun,
    RunHandle, RunView,
};
use crate::fault::{Code, Fault};

/// `runs.differences`
pub(crate) async fn differences(engine: &Engine, params: DifferenceQuery) -> Result<DifferencePage, Fault> {
    Err(Fault::new(
        Code::Internal,
        format!("{} {params:?}", engine.store().folder().display()),
    ))
}

/// `runs.questions`
pub(crate) async fn questions(engine: &Engine, params: QuestionQuery) -> Result<QuestionPage, Fault> {
    Err(Fault::new(
        Code::Internal,
        format!("{} {params:?}", engine.store().folder().display()),
    ))
}

/// `runs.answer`
pub(crate) async fn answer(engine: &Engine, params: AnswerLines) -> Result<RunView, Fault> {
    Err(Fault::new(
        Code::Internal,
        format!("{} {params:?}", engine.store().folder().display()),
    ))
}

/// `runs.answer_all`
pub(crate) async fn answer_all(engine: &Engine, params: AnswerAll) -> Result<RunView, Fault> {
    Err(Fault::new(
        Code::Internal,
        format!("{} {params:?}", engine.store().folder().display()),
    ))
}

/// `runs.refresh`
pub(crate) async fn refresh(engine: &Engine, params: RunHandle) -> Result<RunView, Fault> {
    Err(Fault::new(
        Code::Internal,
        format!("{} {params:?}", engine.store().folder().display()),
    ))
}

/// `runs.repeat`
pub(crate) async fn repeat(engine: &Engine, params: RunHandle) -> Result<RunView, Fault> {
    Err(Fault::new(
        Code::Internal,
        format!("{} {params:?}", engine.store().folder().display()),
    ))
}
