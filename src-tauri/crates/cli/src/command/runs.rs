//! `runs list|show|ledger|resume|retry|undo|cancel`

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use engine::contract::runs::{LedgerFormat, LedgerPage, LineEdits, RunPage, RunState, RunView};
use engine::{Code, Engine, Fault};
use serde_json::json;

use super::run_report::{exit_of, report, say_plan};
use super::{ask, send};
use crate::exit::Exit;
use crate::options::{Edit, OnDuplicate, RetryOptions, RunsCommand};
use crate::output::Output;
use crate::progress::follow;
use crate::stop::StopSignal;

const WINDOW: u32 = 500;
/// How often to look whether another process has stopped.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// Shows or changes runs.
pub async fn run(
    engine: &Engine,
    command: RunsCommand,
    output: Output,
    stop: &StopSignal,
) -> Result<Exit, Fault> {
    match command {
        RunsCommand::List => stop.before(list(engine, output)).await,
        RunsCommand::Show { id } => stop.before(show(engine, id, output)).await,
        RunsCommand::Ledger { id, csv, xlsx } => {
            let file = csv
                .map(|path| (LedgerFormat::Csv, path))
                .or(xlsx.map(|path| (LedgerFormat::Xlsx, path)));
            stop.before(ledger(engine, id, file, output)).await
        }
        RunsCommand::Resume { id } => resume(engine, id, output, stop).await,
        RunsCommand::Retry(options) => retry(engine, &options, output, stop).await,
        RunsCommand::Undo { id, dry_run } => undo(engine, id, dry_run, output, stop).await,
        RunsCommand::Cancel { id } => cancel(engine, id, output, stop).await,
    }
}

async fn resume(engine: &Engine, id: i64, output: Output, stop: &StopSignal) -> Result<Exit, Fault> {
    let began = Instant::now();
    let mut events = engine.watch();
    stop.before(ask::<RunView>(engine, "runs.resume", json!({ "run": id })))
        .await?;
    let ended = follow(engine, id, &mut events, output, stop).await?;
    report(&ended, began, false, output);
    Ok(exit_of(engine, &ended))
}

/// Plans what failed, was refused, or was left without an answer, as a new run, and sends it.
async fn retry(
    engine: &Engine,
    options: &RetryOptions,
    output: Output,
    stop: &StopSignal,
) -> Result<Exit, Fault> {
    let began = Instant::now();
    let lines = if options.unanswered {
        json!({ "kind": "unanswered" })
    } else if options.lines.is_empty() {
        json!({ "kind": "failed" })
    } else {
        json!({ "kind": "picked", "lines": options.lines })
    };
    let params = json!({
        "run": options.id,
        "lines": lines,
        "edits": edits(&options.edits),
        "on_duplicate": options.on_duplicate.map(OnDuplicate::word),
    });
    let mut planned: RunView = stop.before(ask(engine, "runs.retry", params)).await?;
    if options.unanswered && planned.plan.ask_records + planned.plan.ask_companies > 0 {
        let params = json!({ "run": planned.summary.run, "on_ask": "default" });
        planned = stop.before(ask(engine, "runs.answer_all", params)).await?;
    }
    say_plan(&planned, output);
    send::planned(engine, planned, options.dry_run, began, output, stop).await
}

/// What was typed, line by line.
fn edits(typed: &[Edit]) -> Vec<LineEdits> {
    let mut by_line: BTreeMap<u32, BTreeMap<String, String>> = BTreeMap::new();
    for Edit { line, field, value } in typed {
        by_line
            .entry(*line)
            .or_default()
            .insert(field.clone(), value.clone());
    }
    by_line
        .into_iter()
        .map(|(line, values)| LineEdits { line, values })
        .collect()
}

/// Plans an undo, says what it will do, and does it.
async fn undo(
    engine: &Engine,
    id: i64,
    dry_run: bool,
    output: Output,
    stop: &StopSignal,
) -> Result<Exit, Fault> {
    let began = Instant::now();
    let planned: RunView = stop
        .before(ask(engine, "runs.plan_undo", json!({ "run": id })))
        .await?;
    say_plan(&planned, output);
    let plan = planned.summary.run;
    let exit = send::planned(engine, planned, dry_run, began, output, stop).await?;
    if dry_run {
        // A run is undone by one run at a time: a plan that nobody sends would stand in the way.
        ask::<RunView>(engine, "runs.cancel", json!({ "run": plan })).await?;
    }
    Ok(exit)
}

/// Cancels, and waits until what was under way is settled, here or in the process that sends the run.
async fn cancel(engine: &Engine, id: i64, output: Output, stop: &StopSignal) -> Result<Exit, Fault> {
    let began = Instant::now();
    let mut events = engine.watch();
    stop.before(ask::<RunView>(engine, "runs.cancel", json!({ "run": id })))
        .await?;
    let mut ended = follow(engine, id, &mut events, output, stop).await?;
    while is_another_process_stopping(&ended) && !stop.is_received() {
        tokio::select! {
            () = stop.received() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
        match ask::<RunView>(engine, "runs.cancel", json!({ "run": id })).await {
            Ok(_) => {}
            // It ended since we looked.
            Err(fault) if fault.code == Code::WrongState => {}
            Err(fault) => return Err(fault),
        }
        ended = follow(engine, id, &mut events, output, stop).await?;
    }
    report(&ended, began, false, output);
    Ok(match ended.summary.state {
        RunState::Cancelled => Exit::Done,
        _ => exit_of(engine, &ended),
    })
}

fn is_another_process_stopping(run: &RunView) -> bool {
    run.summary.state == RunState::Cancelling && run.summary.state_sentence.is_empty()
}

async fn list(engine: &Engine, output: Output) -> Result<Exit, Fault> {
    let mut offset = 0;
    loop {
        let page: RunPage = ask(
            engine,
            "runs.list",
            json!({ "search": "", "offset": offset, "limit": WINDOW }),
        )
        .await?;
        for run in &page.runs {
            let tally = &run.tally;
            output.result(
                &json!({
                    "run": run.run,
                    "kind": run.kind,
                    "source_run": run.source_run,
                    "object": run.object,
                    "state": run.state,
                    "started_at": run.started_at,
                    "planned_at": run.planned_at,
                    "finished_at": run.finished_at,
                    "list": run.list_name,
                    "org_name": run.org_name,
                    "api": run.api,
                    "total_records": run.total_records,
                    "created_records": tally.created_records,
                    "updated_records": tally.updated_records,
                    "skipped_records": tally.skipped_records,
                    "refused_records": tally.refused_records,
                    "failed_records": tally.failed_records,
                    "uncertain_records": tally.uncertain_records,
                    "waiting_records": tally.waiting_records,
                    "asked_records": tally.asked_records,
                    "deleted_records": tally.deleted_records,
                    "restored_records": tally.restored_records,
                    "created_account_records": run.created_account_records,
                    "api_calls": run.api_calls,
                }),
                &format!(
                    "{:>5}  {:<6} {:<10} {:<8} {:<24} {:>7} written {:>6} failed  {}",
                    run.run,
                    format!("{:?}", run.kind).to_lowercase(),
                    format!("{:?}", run.state).to_lowercase(),
                    format!("{:?}", run.object).to_lowercase(),
                    run.list_name,
                    tally.created_records
                        + tally.updated_records
                        + tally.deleted_records
                        + tally.restored_records,
                    tally.failed_records + tally.refused_records,
                    run.started_at.as_deref().unwrap_or(&run.planned_at),
                ),
            );
        }
        offset += WINDOW;
        if page.runs.is_empty() || offset >= page.matching_runs {
            return Ok(Exit::Done);
        }
    }
}

async fn show(engine: &Engine, id: i64, output: Output) -> Result<Exit, Fault> {
    let run: RunView = ask(engine, "runs.show", json!({ "run": id })).await?;
    if output.is_json() {
        output.line(&run);
    } else {
        report(&run, Instant::now(), false, output);
        for reason in &run.reasons {
            output.say(&format!(
                "  {:>7} × {} ({})",
                reason.records, reason.sentence, reason.code
            ));
        }
    }
    Ok(Exit::Done)
}

async fn ledger(
    engine: &Engine,
    id: i64,
    file: Option<(LedgerFormat, PathBuf)>,
    output: Output,
) -> Result<Exit, Fault> {
    if let Some((format, path)) = file {
        let saved = engine::save_ledger_to(engine, id, format, path).await?;
        output.result(
            &saved,
            &format!("{} lines saved as {}.", saved.rows, saved.file_name),
        );
        return Ok(Exit::Done);
    }
    let mut offset = 0;
    loop {
        let page: LedgerPage = ask(
            engine,
            "runs.ledger",
            json!({ "run": id, "outcome": null, "search": "", "offset": offset, "limit": WINDOW }),
        )
        .await?;
        for line in &page.lines {
            output.result(
                &json!({
                    "line": line.line,
                    "profile_id": line.zoominfo_id,
                    "name": line.name,
                    "object": line.object,
                    "action": line.outcome,
                    "planned_action": line.action,
                    "rule": line.rule,
                    "grade": line.grade,
                    "criterion": line.criterion,
                    "changed_values": line.changed_values,
                    "notes": line.notes,
                    "salesforce_id": line.salesforce_id,
                    "error_code": line.error_code,
                    "error": line.error,
                    "attempts": line.attempts,
                    "member": line.member,
                }),
                &format!(
                    "{:>6}  {:<9} {:<18} {}  {}",
                    line.line,
                    format!("{:?}", line.outcome).to_lowercase(),
                    line.salesforce_id.as_deref().unwrap_or("—"),
                    line.name,
                    line.error.as_deref().unwrap_or(&line.rule),
                ),
            );
        }
        offset += WINDOW;
        if page.lines.is_empty() || offset >= page.matching_lines {
            return Ok(Exit::Done);
        }
    }
}
