//! Plans: what an export will do, before it does it. Nothing is written to Salesforce here.

mod campaigns;
mod options;
pub(crate) mod owner;
mod plan;
mod preflight;

pub(crate) use campaigns::campaigns;
pub(crate) use options::options;
pub(crate) use plan::plan;
pub(crate) use preflight::preflight;

use crate::Engine;
use crate::contract::runs::{
    AnswerAll, AnswerCompanies, AnswerLines, CompanyPage, CompanyQuery, DifferencePage, DifferenceQuery,
    QuestionPage, QuestionQuery, RetryRun, RunHandle, RunView,
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

/// `runs.companies`
pub(crate) async fn companies(engine: &Engine, params: CompanyQuery) -> Result<CompanyPage, Fault> {
    Err(Fault::new(
        Code::Internal,
        format!("{} {params:?}", engine.store().folder().display()),
    ))
}

/// `runs.answer_companies`
pub(crate) async fn answer_companies(engine: &Engine, params: AnswerCompanies) -> Result<RunView, Fault> {
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

/// `runs.retry`
pub(crate) async fn retry(engine: &Engine, params: RetryRun) -> Result<RunView, Fault> {
    Err(Fault::new(
        Code::Internal,
        format!("{} {params:?}", engine.store().folder().display()),
    ))
}
