//! Sends a planned run and waits for its end: what `export`, `runs retry` and `runs undo` have in common.

use std::time::Instant;

use engine::contract::runs::{RunState, RunView};
use engine::{Engine, Fault};
use serde_json::json;

use super::ask;
use super::run_report::{exit_of, report, say_plan};
use crate::exit::Exit;
use crate::output::Output;
use crate::progress::follow;
use crate::stop::StopSignal;

/// A plan that the org overtakes again and again is left to somebody who looks at it.
const MOST_NEW_PLANS: usize = 3;

/// Sends a plan, unless it is a dry run or nothing is to be sent.
pub async fn planned(
    engine: &Engine,
    mut planned: RunView,
    dry_run: bool,
    began: Instant,
    output: Output,
    stop: &StopSignal,
) -> Result<Exit, Fault> {
    if dry_run {
        report(&planned, began, true, output);
        let nothing = planned.summary.total_records == planned.plan.refuse_records;
        return Ok(if nothing { Exit::Refused } else { Exit::Done });
    }
    for _ in 0..MOST_NEW_PLANS {
        if !planned.may.send && !is_settled_by_its_plan(&planned) {
            say_why_nothing(&planned, output);
            report(&planned, began, false, output);
            return Ok(Exit::Refused);
        }
        let run = planned.summary.run;
        let mut events = engine.watch();
        let sent: RunView = stop
            .before(ask(engine, "export.send", json!({ "run": run })))
            .await?;
        if sent.summary.state == RunState::Planned {
            // The org changed since; nothing was sent, and the new plan is the one to send.
            say_plan(&sent, output);
            planned = sent;
            continue;
        }
        let ended = follow(engine, run, &mut events, output, stop).await?;
        report(&ended, began, false, output);
        return Ok(exit_of(engine, &ended));
    }
    output.say("The org changes faster than it can be planned. Nothing was sent; try again later.");
    report(&planned, began, false, output);
    Ok(Exit::Refused)
}

/// Whether every record was left out on purpose, e.g. because it is in Salesforce as it is: the run ends as it begins.
fn is_settled_by_its_plan(planned: &RunView) -> bool {
    let plan = &planned.plan;
    plan.skip_records > 0 && plan.ask_records + plan.ask_companies == 0
}

fn say_why_nothing(planned: &RunView, output: Output) {
    let plan = &planned.plan;
    let text = if plan.ask_records + plan.ask_companies > 0 {
        format!(
            "Everything that could be sent waits for an answer. Answer it in the window, or cancel run {} and say --on-ask \
             skip or --on-ask default; likely and possible hits follow the default only where an admin lets them.",
            planned.summary.run
        )
    } else {
        "Every record is refused; the ledger says why. Nothing was sent.".to_owned()
    };
    output.say(&text);
}
