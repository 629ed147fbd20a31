//! Takes back what a run wrote: shows first what it would do, then is sent as a run of its own.
//!
//! Records that the run updated get their values from before it, those that it created are deleted. A record that somebody
//! changed since is left alone and listed, and so is an account that has other children by now. Both are asked again just before.

mod again;
mod children;
mod costs;
mod decision;
mod line;
mod planning;
mod records;

pub(crate) use again::{NextLines, leave_changed};
pub(crate) use children::keep_parents;

use model::RunKind;
use store::{NewRun, RunRow};

use crate::Engine;
use crate::connect::{Exporter, exporter, note_fault, note_usage};
use crate::contract::runs::{RunHandle, RunView};
use crate::fault::{Code, Fault};
use crate::planning::{remove_given_up, remove_half_made};
use crate::run_view::{self, require_run};
use crate::sending::emit_run;

/// `runs.plan_undo`
pub(crate) async fn plan(engine: &Engine, params: RunHandle) -> Result<RunView, Fault> {
    let source = checked_source(engine, params.run).await?;
    let Exporter { client, org, .. } = exporter(engine).await?;
    if org.org_id != source.org_id {
        return Err(Fault::new(
            Code::WrongState,
            format!(
                "Run {} wrote to {}, but {} is connected. Connect {} again to undo it.",
                source.run_id, source.org_name, org.name, source.org_name
            ),
        ));
    }
    remove_given_up(engine.store())?;
    // Half a plan is removed when nobody makes it any more.
    let _lock = engine.store().lock_plans()?;
    let run_id = add_run(engine, &source).await?;
    let cancel = engine.start_planning(run_id)?;
    let planned = planning::Undo::new(engine, &client, &org, &source, run_id, &cancel)
        .plan()
        .await;
    engine.end_planning(run_id)?;
    if let Err(fault) = planned {
        remove_half_made(engine, run_id).await;
        return Err(note_fault(engine, fault).await);
    }
    note_usage(engine, &client).await?;
    // Whoever looks at the run while it is planned sees the plan.
    emit_run(engine, run_id).await;
    run_view::view(engine, run_id).await
}

/// The run to undo, when it can be.
async fn checked_source(engine: &Engine, run_id: i64) -> Result<RunRow, Fault> {
    let (run, followers) = engine
        .read(move |read| Ok((require_run(read, run_id)?, read.followers(run_id)?)))
        .await?;
    let refuse = |sentence: String| Err(Fault::new(Code::WrongState, sentence));
    if run.kind == RunKind::Undo {
        return refuse(
            "An undo cannot be undone: what it deleted is in Salesforce's recycle bin, and the values that it took back are in \
             its ledger."
                .to_owned(),
        );
    }
    if !run.state.is_final() {
        return refuse(format!(
            "Run {run_id} is not at its end. Cancel it or wait for it, then undo it."
        ));
    }
    let open = followers
        .iter()
        .find(|(_, kind, state)| *kind == RunKind::Undo && !state.is_final());
    match open {
        Some((undo, ..)) => refuse(format!(
            "Run {undo} undoes run {run_id} already. Send or cancel it first."
        )),
        None => Ok(run),
    }
}

async fn add_run(engine: &Engine, source: &RunRow) -> Result<i64, Fault> {
    let source = source.clone();
    engine
        .write(move |write| {
            let (person_id, started_by) = write
                .operator()?
                .map(|operator| (operator.person_id, operator.name))
                .unzip();
            Ok(write.add_run(&NewRun {
                kind: RunKind::Undo,
                source_run_id: Some(source.run_id),
                options: source.options,
                object: source.object,
                list_id: source.list_id,
                list_name: source.list_name,
                org_id: source.org_id,
                org_name: source.org_name,
                org_kind: source.org_kind,
                mapping_version: source.mapping_version,
                columns: source.columns,
                person_id,
                started_by: started_by.unwrap_or_default(),
                planned_at: store::now(),
            })?)
        })
        .await
}
