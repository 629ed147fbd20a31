//! `export`

use std::time::Instant;

use engine::contract::lists::Lists;
use engine::contract::runs::{RunState, RunView};
use engine::{Code, Engine, Fault};
use serde_json::{Value, json};

use super::{ask, import};
use crate::exit::Exit;
use crate::options::ExportOptions;
use crate::output::Output;
use crate::progress::follow;
use crate::stop::StopSignal;

/// Plans, shows the plan, and sends unless it is a dry run.
pub async fn run(
    engine: &Engine,
    options: ExportOptions,
    output: Output,
    stop: &StopSignal,
) -> Result<Exit, Fault> {
    let began = Instant::now();
    let planned = stop.before(plan(engine, &options, output)).await?;
    say_plan(&planned, output);
    let run = planned.summary.run;
    if options.dry_run {
        report(&planned, began, true, output);
        return Ok(if planned.plan.create_records == 0 {
            Exit::Refused
        } else {
            Exit::Done
        });
    }
    if planned.plan.create_records == 0 {
        output.say("Every record is refused; the ledger says why. Nothing was sent.");
        report(&planned, began, false, output);
        return Ok(Exit::Refused);
    }
    let mut events = engine.watch();
    stop.before(ask::<RunView>(engine, "export.send", json!({ "run": run })))
        .await?;
    let ended = follow(engine, run, &mut events, output, stop).await?;
    report(&ended, began, false, output);
    Ok(exit_of(&ended))
}

async fn plan(engine: &Engine, options: &ExportOptions, output: Output) -> Result<RunView, Fault> {
    let choice = json!({
        "object": options.object.word(),
        "list_id": list_id(engine, options, output).await?,
        "selection": { "kind": "all" },
        "limit_records": options.limit,
    });
    ask(engine, "export.plan", choice).await
}

/// The list to export: by name, or a file that becomes one.
async fn list_id(engine: &Engine, options: &ExportOptions, output: Output) -> Result<i64, Fault> {
    if let Some(file) = &options.file {
        let imported = import::import_file(engine, file, None, output).await?;
        if imported.refused_rows > 0 {
            output.say(&format!(
                "{} of {} rows were refused at import.",
                imported.refused_rows, imported.read_rows
            ));
        }
        return Ok(imported.list.list_id);
    }
    let name = options.list.as_deref().unwrap_or_default();
    let lists: Lists = ask(engine, "lists.list", json!({ "search": "" })).await?;
    let found = lists.lists.iter().find(|list| list.name == name);
    found.map(|list| list.list_id).ok_or_else(|| {
        let names: Vec<&str> = lists.lists.iter().map(|list| list.name.as_str()).collect();
        Fault::new(
            Code::NotFound,
            format!(
                "There is no list named “{name}”. There are: {}.",
                names.join(", ")
            ),
        )
    })
}

fn say_plan(run: &RunView, output: Output) {
    let plan = &run.plan;
    let mut text = format!(
        "Plan of run {}, nothing is written yet:\n  {:>7} to create as {:?} in {}\n  {:>7} refused by our rules\n  {:>7} go on with a field shortened or left out\n  about {} API calls",
        run.summary.run,
        plan.create_records,
        run.summary.object,
        run.summary.org_name,
        plan.refuse_records,
        plan.noted_records,
        plan.estimated_api_calls
    );
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
    let summary = &run.summary;
    let tally = &summary.tally;
    let created = if dry_run {
        run.plan.create_records
    } else {
        tally.created_records
    };
    let api_calls = if dry_run {
        run.plan.estimated_api_calls
    } else {
        summary.api_calls
    };
    let seconds = (began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
    let line: Value = json!({
        "run": summary.run,
        "object": summary.object,
        "api": summary.api,
        "state": summary.state,
        "created_records": created,
        "updated_records": tally.updated_records,
        "skipped_records": tally.skipped_records,
        "refused_records": tally.refused_records,
        "failed_records": tally.failed_records,
        "uncertain_records": tally.uncertain_records,
        "api_calls": api_calls,
        "seconds": seconds,
    });
    let text = format!(
        "Run {} {}: {} created, {} skipped, {} refused, {} failed, {} uncertain; {} API calls, {seconds:.1} s.{}",
        summary.run,
        if dry_run {
            "planned"
        } else {
            state_word(summary.state)
        },
        created,
        tally.skipped_records,
        tally.refused_records,
        tally.failed_records,
        tally.uncertain_records,
        api_calls,
        if summary.state_sentence.is_empty() {
            String::new()
        } else {
            format!(" {}", summary.state_sentence)
        },
    );
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
pub fn exit_of(run: &RunView) -> Exit {
    let tally = &run.summary.tally;
    match run.summary.state {
        RunState::Done if tally.failed_records + tally.uncertain_records > 0 => Exit::SomeFailed,
        RunState::Done => Exit::Done,
        RunState::Failed => Exit::SomeFailed,
        RunState::Waiting => Exit::Unreachable,
        RunState::Cancelling if !run.summary.state_sentence.is_empty() => Exit::Unreachable,
        RunState::Cancelling
        | RunState::Cancelled
        | RunState::Planning
        | RunState::Planned
        | RunState::Sending => Exit::Stopped,
    }
}
