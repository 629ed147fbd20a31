//! `runs.retry`: a new run of what failed, or was left without an answer, as it is or with other values.

use std::collections::BTreeMap;

use model::text::grouped;
use model::{CompiledMapping, LineOutcome, RetriedLines, RunKind, RunState, Selection};
use store::{Read, RunRow};

use super::plan::make;
use super::preflight::{Chosen, Edits};
use crate::Engine;
use crate::contract::runs::{LineEdits, RetryLines, RetryRun, RunView};
use crate::fault::{Code, Fault};
use crate::listing::live_list;
use crate::run_view::require_run;

/// `runs.retry`
pub(crate) async fn retry(engine: &Engine, params: RetryRun) -> Result<RunView, Fault> {
    let run_id = params.run;
    let chosen = engine.read(move |read| chosen(read, params)).await?;
    make(engine, chosen, Some(run_id)).await
}

fn chosen(read: &Read<'_>, params: RetryRun) -> Result<Chosen, Fault> {
    let run = require_run(read, params.run)?;
    require_ended(&run)?;
    let list = live_list(read, run.list_id)?;
    let on_duplicate = params.on_duplicate.map(Into::into).or(run.options.on_duplicate);
    let lines = match params.lines {
        RetryLines::Failed {} => RetriedLines::Failed,
        RetryLines::Unanswered {} => RetriedLines::Unanswered,
        RetryLines::Picked { lines } => {
            lines
                .iter()
                .try_for_each(|line| require_retriable(read, &run, *line))?;
            RetriedLines::Picked { lines }
        }
    };
    let edits = edits(read, &run, params.edits)?;
    let selection = Selection::OfRun {
        run_id: run.run_id,
        lines,
    };
    let records = read.count_profiles(run.list_id, &selection)?;
    if records == 0 {
        return Err(Fault::new(
            Code::Refused,
            "Nothing of this run is left to be tried again: what failed or waited was exported since.",
        ));
    }
    Ok(Chosen {
        object: run.object,
        list,
        selection,
        records,
        limit_records: None,
        on_duplicate,
        campaign: run.options.campaign,
        save_past_alerts: run.options.save_past_alerts,
        as_email: run.options.as_email,
        edits,
    })
}

fn require_ended(run: &RunRow) -> Result<(), Fault> {
    if run.kind == RunKind::Undo {
        return Err(Fault::new(
            Code::WrongState,
            "An undo is not tried again. Plan the undo of the run anew; it takes back what is left.",
        ));
    }
    if matches!(run.state, RunState::Done | RunState::Cancelled | RunState::Failed) {
        return Ok(());
    }
    Err(Fault::new(
        Code::WrongState,
        format!(
            "Run {} has not ended, so it is not known yet what has to be tried again. Wait for its end, or cancel it.",
            run.run_id
        ),
    ))
}

/// Refuses lines that were written, or of which nobody knows.
fn require_retriable(read: &Read<'_>, run: &RunRow, number: u32) -> Result<(), Fault> {
    let refuse = |code, sentence: String| Err(Fault::new(code, sentence).at_field("lines"));
    let Some(line) = read.line(run.run_id, number)? else {
        return refuse(
            Code::NotFound,
            format!("Run {} has no line {}.", run.run_id, grouped(u64::from(number))),
        );
    };
    if line.object != run.object {
        return refuse(
            Code::Refused,
            format!(
                "Line {number} is an account that was made for contacts. Retry its contacts; the account is looked for anew."
            ),
        );
    }
    match line.outcome {
        LineOutcome::Failed | LineOutcome::Refused | LineOutcome::Skipped => Ok(()),
        LineOutcome::Uncertain => refuse(
            Code::Refused,
            format!(
                "Whether line {number} was written is not certain. Look in Salesforce, then export its profile again if it is \
                 not there."
            ),
        ),
        other => refuse(
            Code::Refused,
            format!(
                "Line {number} is {}, so there is nothing to try again.",
                other.label().to_lowercase()
            ),
        ),
    }
}

/// What was typed before and what is typed now, by profile. What does not fit its field is refused there.
fn edits(read: &Read<'_>, run: &RunRow, typed: Vec<LineEdits>) -> Result<Edits, Fault> {
    let mut edits = read.edits(run.run_id)?;
    if typed.is_empty() {
        return Ok(edits);
    }
    let (Some(saved), Some(described)) = (read.mapping(run.object)?, read.describe(run.object)?) else {
        return Err(Fault::new(
            Code::Refused,
            "There is no mapping any more. See the Mapping tab.",
        ));
    };
    let mapping = CompiledMapping::of_sound_rows(&saved.mapping, &described);
    let several = typed.len() > 1;
    for LineEdits { line, values } in typed {
        let Some(row) = read.line(run.run_id, line)? else {
            return Err(Fault::new(
                Code::NotFound,
                format!("Run {} has no line {line}.", run.run_id),
            ));
        };
        if let Some(fault) = mapping.edit_fault(&values) {
            let sentence = if several {
                format!("Line {line}: {}", fault.sentence)
            } else {
                fault.sentence
            };
            return Err(Fault::new(Code::Invalid, sentence).at_field(fault.target));
        }
        let kept: &mut BTreeMap<String, String> = edits.entry(row.profile_id).or_default();
        kept.extend(values);
    }
    Ok(edits)
}
