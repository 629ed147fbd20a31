//! Answers to a plan's questions. Each is planned at once, from what the plan found: no call is made.

use model::{LineAnswer as StoredAnswer, RunKind, RunState};
use store::{LineAnswerRow, Read, RunRow, Write};

use super::decision::{by_default, offered, ranked};
use super::updates::{By, Deciding};
use super::{companies, totals};
use crate::Engine;
use crate::contract::runs::{AnswerAll, AnswerLines, LineAnswer, OnAsk, RunView};
use crate::fault::{Code, Fault};
use crate::run_view::{self, require_run};

/// Lines that are answered between two looks for more.
const WINDOW_LINES: u32 = 1_000;

/// `runs.answer`
pub(crate) async fn answer(engine: &Engine, params: AnswerLines) -> Result<RunView, Fault> {
    let run_id = params.run;
    engine
        .write(move |write| {
            let run = require_answerable(write, run_id)?;
            let deciding = Deciding::stored(write, &run)?;
            let line = params.line;
            let kind = write
                .question_kind(run_id, line)?
                .ok_or_else(|| not_asked(line))?;
            let by = match params.answer {
                Some(answer) => By::Answer(stored(answer)),
                None => By::Nobody,
            };
            let alike = if params.alike {
                write.waiting_lines_of_kind(run_id, &kind)?
            } else {
                Vec::new()
            };
            let lines: Vec<u32> = [line]
                .into_iter()
                .chain(alike.into_iter().filter(|other| *other != line))
                .collect();
            for line in &lines {
                check_offered(write, &run, *line, by)?;
                deciding.decide(write, *line, by)?;
            }
            companies::settle_lines(write, &run, &lines)?;
            count_again(write, &run)
        })
        .await?;
    told(engine, run_id).await
}

/// `runs.answer_all`
pub(crate) async fn answer_all(engine: &Engine, params: AnswerAll) -> Result<RunView, Fault> {
    let run_id = params.run;
    engine
        .write(move |write| {
            let run = require_answerable(write, run_id)?;
            let deciding = Deciding::stored(write, &run)?;
            let mut after_line = 0;
            loop {
                let lines = write.waiting_lines(run_id, after_line, WINDOW_LINES)?;
                let Some(last) = lines.last() else { break };
                after_line = *last;
                for line in &lines {
                    let answer = match params.on_ask {
                        OnAsk::Skip => Some(StoredAnswer::Skip),
                        OnAsk::Default => {
                            by_default(&run.options, run.object, &candidates(write, &run, *line)?)
                        }
                    };
                    if let Some(answer) = answer {
                        deciding.decide(write, *line, By::Answer(answer))?;
                    }
                }
                companies::settle_lines(write, &run, &lines)?;
            }
            companies::answer_all(write, &run, params.on_ask)?;
            count_again(write, &run)
        })
        .await?;
    told(engine, run_id).await
}

async fn told(engine: &Engine, run_id: i64) -> Result<RunView, Fault> {
    let view = run_view::view(engine, run_id).await?;
    engine.emit(crate::contract::event::Event::Run {
        run: Box::new(view.clone()),
    });
    Ok(view)
}

/// A run whose questions may be answered.
pub(super) fn require_answerable(read: &Read<'_>, run_id: i64) -> Result<RunRow, Fault> {
    let run = require_run(read, run_id)?;
    if run.kind != RunKind::Export || run.state != RunState::Planned {
        return Err(Fault::new(
            Code::WrongState,
            "Questions are answered while a plan waits to be sent. Retry what was left without an answer from the ledger.",
        ));
    }
    Ok(run)
}

/// Counts a run again after its lines were decided anew.
pub(super) fn count_again(write: &Write<'_>, run: &RunRow) -> Result<(), Fault> {
    totals::settle(write, run.run_id, run.object, &run.options, run.findings.clone())
}

fn check_offered(read: &Read<'_>, run: &RunRow, line: u32, by: By) -> Result<(), Fault> {
    let By::Answer(answer) = by else {
        return Ok(());
    };
    let action = match answer {
        StoredAnswer::Update { .. } => model::DuplicateAction::Update,
        StoredAnswer::Create => model::DuplicateAction::Create,
        StoredAnswer::Skip => model::DuplicateAction::Skip,
    };
    let offered = offered(&run.options, run.object, &candidates(read, run, line)?);
    if offered.contains(&action) {
        return Ok(());
    }
    let words: Vec<&str> = offered.iter().map(|action| action.label()).collect();
    Err(Fault::new(
        Code::Invalid,
        format!(
            "“{}” is not offered for line {line}. Choose one of: {}.",
            action.label(),
            words.join(", ")
        ),
    )
    .at_field("answer"))
}

fn candidates(read: &Read<'_>, run: &RunRow, line: u32) -> Result<Vec<store::Candidate>, Fault> {
    let rows = read.candidates(run.run_id, line)?;
    Ok(rows.into_iter().map(|row| row.candidate).collect())
}

fn stored(answer: LineAnswer) -> StoredAnswer {
    match answer {
        LineAnswer::Update { candidate } => StoredAnswer::Update { candidate },
        LineAnswer::Create {} => StoredAnswer::Create,
        LineAnswer::Skip {} => StoredAnswer::Skip,
    }
}

fn not_asked(line: u32) -> Fault {
    Fault::new(
        Code::NotFound,
        format!("Line {line} has no question. See the questions of the run."),
    )
    .at_field("line")
}

/// Gives the lines of a plan that was made anew the answers that their profiles had, where the question is still there.
pub(super) fn answer_again(write: &Write<'_>, run_id: i64, answers: &[LineAnswerRow]) -> Result<(), Fault> {
    let run = require_run(write, run_id)?;
    let deciding = Deciding::stored(write, &run)?;
    for before in answers {
        let Some(line) = write.waiting_line_of_profile(run_id, before.profile_id)? else {
            continue;
        };
        let candidates = ranked(candidates(write, &run, line)?);
        let answer = match (before.answer, &before.salesforce_id) {
            (StoredAnswer::Update { .. }, id) => candidates
                .iter()
                .position(|one| one.salesforce_id.is_some() && one.salesforce_id == *id)
                .and_then(|place| u32::try_from(place + 1).ok())
                .map(|candidate| StoredAnswer::Update { candidate }),
            (answer, _) => Some(answer),
        };
        if let Some(answer) = answer {
            deciding.decide(write, line, By::Answer(answer))?;
            companies::settle_lines(write, &run, &[line])?;
        }
    }
    count_again(write, &run)
}
