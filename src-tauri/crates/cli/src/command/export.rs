//! `export`

use std::time::Instant;

use engine::contract::lists::Lists;
use engine::contract::runs::{Campaigns, RunView};
use engine::{Code, Engine, Fault};
use serde_json::{Value, json};

use super::{ask, import, run_report, send};
use crate::exit::Exit;
use crate::options::{ExportOptions, OnAsk, OnDuplicate};
use crate::output::Output;
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
    run_report::say_plan(&planned, output);
    let planned = stop.before(answer(engine, planned, options.on_ask)).await?;
    send::planned(engine, planned, options.dry_run, began, output, stop).await
}

async fn plan(engine: &Engine, options: &ExportOptions, output: Output) -> Result<RunView, Fault> {
    let choice = json!({
        "object": options.object.word(),
        "list_id": list_id(engine, options, output).await?,
        "selection": { "kind": "all" },
        "limit_records": options.limit,
        "on_duplicate": options.on_duplicate.map(OnDuplicate::word),
        "campaign": campaign(engine, options).await?,
        "save_past_alerts": options.save_past_alerts,
        "as_email": options.as_email,
    });
    ask(engine, "export.plan", choice).await
}

/// Answers what waits, where the caller said how.
async fn answer(engine: &Engine, planned: RunView, on_ask: Option<OnAsk>) -> Result<RunView, Fault> {
    let waits = planned.plan.ask_records + planned.plan.ask_companies > 0;
    match on_ask {
        Some(on_ask) if waits => {
            let params = json!({ "run": planned.summary.run, "on_ask": on_ask.word() });
            ask(engine, "runs.answer_all", params).await
        }
        _ => Ok(planned),
    }
}

/// The campaign by its id, or by a name that only one has.
async fn campaign(engine: &Engine, options: &ExportOptions) -> Result<Option<Value>, Fault> {
    let Some(wanted) = options.campaign.as_deref() else {
        return Ok(None);
    };
    let found: Campaigns = ask(engine, "export.campaigns", json!({ "search": wanted })).await?;
    let fits = |name: &str, id: &str| name.eq_ignore_ascii_case(wanted) || id.starts_with(wanted);
    let mut fitting = found
        .campaigns
        .iter()
        .filter(|campaign| fits(&campaign.name, &campaign.campaign_id));
    let (Some(campaign), None) = (fitting.next(), fitting.next()) else {
        let names: Vec<&str> = found.campaigns.iter().map(|found| found.name.as_str()).collect();
        return Err(Fault::new(
            Code::NotFound,
            format!(
                "“{wanted}” is not the name of exactly one active campaign. Found: {}. Use its id.",
                if names.is_empty() {
                    "none".to_owned()
                } else {
                    names.join(", ")
                }
            ),
        ));
    };
    let status = options
        .member_status
        .clone()
        .or_else(|| campaign.statuses.first().cloned())
        .unwrap_or_default();
    Ok(Some(json!({
        "campaign_id": campaign.campaign_id,
        "name": campaign.name,
        "status": status,
    })))
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
