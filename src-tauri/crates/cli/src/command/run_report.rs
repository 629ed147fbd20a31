//! What a terminal says of a run: its plan, its result line, its exit code.

use std::time::Instant;

use engine::contract::runs::{RunKind, RunState, RunView};
use engine::{Code, Engine};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::output::Output;

/// The plan in words.
pub fn say_plan(run: &RunView, output: Output) {
    let (plan, summary) = (&run.plan, &run.summary);
    let object = format!("{:?}", summary.object);
    let counts = match summary.kind {
        RunKind::Export => vec![
            (
                plan.create_records,
                format!("to create as {object} in {}", summary.org_name),
            ),
            (
                plan.update_records,
                format!(
                    "to update: {} values fill blanks, {} overwrite, {} clear",
                    plan.filled_values, plan.overwritten_values, plan.cleared_values
                ),
            ),
            (
                plan.create_account_records,
                "accounts to create for them".to_owned(),
            ),
            (plan.ask_records, "wait for an answer".to_owned()),
            (
                plan.ask_companies,
                "companies wait for an answer about their account".to_owned(),
            ),
            (plan.skip_records, "left out on purpose".to_owned()),
            (plan.refuse_records, "refused by our rules".to_owned()),
            (
                plan.noted_records,
                "go on with a field shortened or left out".to_owned(),
            ),
        ],
        RunKind::Undo => vec![
            (plan.restore_records, "get their old values back".to_owned()),
            (plan.delete_records, "are deleted".to_owned()),
            (plan.skip_records, "are left alone".to_owned()),
        ],
    };
    let mut text = format!("Plan of run {}, nothing is written yet:", summary.run);
    if !plan.replanned_sentence.is_empty() {
        text += &format!("\n  {}", plan.replanned_sentence);
    }
    for (records, what) in counts.iter().filter(|(records, _)| *records > 0) {
        text += &format!("\n  {records:>7} {what}");
    }
    text += &format!("\n  about {} API calls", plan.estimated_api_calls);
    if let Some(owner) = &plan.owner {
        text += &format!("\n  {}", owner.sentence);
    }
    for check in &plan.checks {
        text += &format!("\n  Duplicates: {}. {}", check.method, check.why);
    }
    for forecast in &plan.forecasts {
        text += &format!("\n  {}: {}", forecast.title, forecast.sentence);
    }
    for fault in plan.faults.iter().take(10) {
        text += &format!("\n  {:>7} × {}", fault.records, fault.sentence);
    }
    output.say(&text);
}

/// The result line of a run.
pub fn report(run: &RunView, began: Instant, dry_run: bool, output: Output) {
    let (summary, plan, tally) = (&run.summary, &run.plan, &run.summary.tally);
    let seconds = (began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
    let planned = |planned: u32, done: u32| if dry_run { planned } else { done };
    let created = planned(plan.create_records, tally.created_records);
    let updated = planned(plan.update_records, tally.updated_records);
    let deleted = planned(plan.delete_records, tally.deleted_records);
    let restored = planned(plan.restore_records, tally.restored_records);
    let api_calls = planned(plan.estimated_api_calls, summary.api_calls);
    let mut line = json!({
        "run": summary.run,
        "object": summary.object,
        "api": summary.api,
        "state": summary.state,
        "created_records": created,
        "updated_records": updated,
        "skipped_records": tally.skipped_records,
        "refused_records": tally.refused_records,
        "failed_records": tally.failed_records,
        "uncertain_records": tally.uncertain_records,
        "asked_records": tally.asked_records,
        "created_account_records": planned(plan.create_account_records, summary.created_account_records),
        "api_calls": api_calls,
        "seconds": seconds,
    });
    let mut counts = vec![
        (created, "created"),
        (updated, "updated"),
        (tally.skipped_records, "left out"),
        (tally.refused_records, "refused"),
        (tally.failed_records, "failed"),
        (tally.uncertain_records, "uncertain"),
        (tally.asked_records, "waiting for an answer"),
    ];
    if summary.kind == RunKind::Undo
        && let Value::Object(members) = &mut line
    {
        members.insert("deleted_records".to_owned(), json!(deleted));
        members.insert("restored_records".to_owned(), json!(restored));
        counts.splice(..2, [(restored, "restored"), (deleted, "deleted")]);
    }
    if let Some(members) = run.members
        && let Value::Object(result) = &mut line
    {
        result.insert("added_members".to_owned(), json!(members.added_members));
        result.insert("known_members".to_owned(), json!(members.known_members));
        result.insert("failed_members".to_owned(), json!(members.failed_members));
        if summary.kind == RunKind::Export {
            counts.push((members.added_members, "added to the campaign"));
        }
        counts.push((members.failed_members, "memberships not written"));
    }
    let counts: Vec<String> = counts
        .iter()
        .map(|(records, what)| format!("{records} {what}"))
        .collect();
    let text = format!(
        "Run {} {}: {}; {api_calls} API calls, {seconds:.1} s.{}",
        summary.run,
        if dry_run {
            "planned"
        } else {
            state_word(summary.state)
        },
        counts.join(", "),
        if summary.state_sentence.is_empty() {
            String::new()
        } else {
            format!(" {}", summary.state_sentence)
        },
    );
    if output.is_json() && !summary.state_sentence.is_empty() {
        output.say(&summary.state_sentence);
    }
    output.result(&line, &text);
}

fn state_word(state: RunState) -> &'static str {
    match state {
        RunState::Planning => "is being planned",
        RunState::Planned => "is planned",
        RunState::Sending => "is being sent",
        RunState::Waiting => "waits",
        RunState::Cancelling => "is being cancelled",
        RunState::Done => "is done",
        RunState::Cancelled => "was cancelled",
        RunState::Failed => "has failed",
    }
}

/// The exit code of a run that ended or waits.
pub fn exit_of(engine: &Engine, run: &RunView) -> Exit {
    let tally = &run.summary.tally;
    let failed_members = run.members.map_or(0, |members| members.failed_members);
    match run.summary.state {
        RunState::Done if tally.failed_records + tally.uncertain_records + failed_members > 0 => {
            Exit::SomeFailed
        }
        RunState::Done => Exit::Done,
        RunState::Failed => Exit::SomeFailed,
        RunState::Waiting if waits_for_this_machine(engine, run) => Exit::Stopped,
        RunState::Waiting => Exit::Unreachable,
        RunState::Cancelling if !run.summary.state_sentence.is_empty() => Exit::Unreachable,
        RunState::Cancelling
        | RunState::Cancelled
        | RunState::Planning
        | RunState::Planned
        | RunState::Sending => Exit::Stopped,
    }
}

/// Whether it is the disk or the workspace that stands in the way, and not Salesforce.
fn waits_for_this_machine(engine: &Engine, run: &RunView) -> bool {
    matches!(
        engine.why_waiting(run.summary.run),
        Some(Code::Workspace | Code::FileSystem)
    )
}
