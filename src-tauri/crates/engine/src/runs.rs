//! The Runs page: runs, sending, cancelling, going on, and the ledger.

use model::{RunKind, RunState, TargetObject};
use store::{LineFilter, LineRow, MemberRow, Read, RunFilter};

use crate::Engine;
use crate::contract::app::Nothing;
use crate::contract::lists::SavedFile;
use crate::contract::runs::{
    LedgerFormat, LedgerLine, LedgerPage, LedgerQuery, OpenRecord, RunHandle, RunPage, RunQuery, RunView,
    SaveLedger,
};
use crate::exports_switch::{exports_on, require_on};
use crate::fault::{Code, Fault};
use crate::listing::LARGEST_WINDOW;
use crate::run_view::{self, read_view, require_run};
use crate::{audit, connect, ledger_file, planning, role, sending};

/// `runs.list`
pub(crate) async fn list(engine: &Engine, params: RunQuery) -> Result<RunPage, Fault> {
    engine
        .read(move |read| {
            let filter = RunFilter {
                search: params.search,
                kind: params.kind.map(Into::into),
                object: params.object.map(Into::into),
                state: params.state.map(Into::into),
                person_id: role::only_runs_of(read)?,
            };
            let (matching_runs, total_runs) = read.count_runs(&filter)?;
            let runs = read.runs(&filter, params.offset, params.limit.min(LARGEST_WINDOW))?;
            Ok(RunPage {
                matching_runs,
                total_runs,
                offset: params.offset,
                runs: runs
                    .into_iter()
                    .map(|run| run_view::summary(read, run))
                    .collect::<Result<_, _>>()?,
            })
        })
        .await
}

/// `runs.show`
pub(crate) async fn show(engine: &Engine, params: RunHandle) -> Result<RunView, Fault> {
    run_view::view(engine, params.run).await
}

/// `export.send`
pub(crate) async fn send(engine: &Engine, params: RunHandle) -> Result<RunView, Fault> {
    let (run, saved) = engine
        .read(move |read| Ok((require_run(read, params.run)?, read.integration()?.exports_on)))
        .await?;
    if run.state != RunState::Planned {
        return Err(wrong_state("sent", run.state));
    }
    if !exports_on(engine, saved) {
        return Err(Fault::new(
            Code::Refused,
            "Exports were turned off after this was planned. An admin turns them on under Integration, General Settings.",
        ));
    }
    if run.kind == RunKind::Export && run.total_records == run.tally.refused_records {
        return Err(Fault::new(
            Code::Refused,
            "Every record of this plan is refused, so there is nothing to send.",
        ));
    }
    if Box::pin(planning::before_sending(engine, &run)).await? {
        // Something was planned again: whoever sends it looks at it first.
        return run_view::view(engine, params.run).await;
    }
    begin(engine, params.run).await
}

/// `runs.resume`
pub(crate) async fn resume(engine: &Engine, params: RunHandle) -> Result<RunView, Fault> {
    let switch = engine.clone();
    engine
        .write(move |write| {
            let run = require_run(write, params.run)?;
            if !run.state.needs_settling() {
                return Err(wrong_state("resumed", run.state));
            }
            if run.state == RunState::Waiting {
                require_on(&switch, write)?;
            }
            audit::note_resumed(write, &run)
        })
        .await?;
    begin(engine, params.run).await
}

async fn begin(engine: &Engine, run_id: i64) -> Result<RunView, Fault> {
    // A dead session is told here, where somebody can mend it, and not found out in the background.
    let person = engine
        .read(move |read| Ok(read.person_of_run(run_id)?.flatten()))
        .await?;
    if let Err(fault) = connect::exporter_for(engine, person).await {
        return Err(connect::note_fault(engine, fault).await);
    }
    sending::start(engine, run_id).await?;
    run_view::view(engine, run_id).await
}

/// `runs.cancel`
pub(crate) async fn cancel(engine: &Engine, params: RunHandle) -> Result<RunView, Fault> {
    let run_id = params.run;
    let planning = engine
        .read(move |read| {
            let run = read.run(run_id)?;
            Ok(run.filter(|run| run.state == RunState::Planning))
        })
        .await?;
    if let Some(run) = planning
        && engine.stop_planning(run_id)?
    {
        let left = if planning::is_kept(&run) {
            "the plan is what it was before"
        } else {
            "no run is left"
        };
        return Err(Fault::new(
            Code::Cancelled,
            format!("The plan was stopped. Nothing was written, and {left}."),
        ));
    }
    let run = engine.read(move |read| require_run(read, run_id)).await?;
    match run.state {
        RunState::Planning if !engine.store().nobody_plans()? => {
            return Err(Fault::new(
                Code::WrongState,
                "Another window or terminal makes this plan. Stop it there, or cancel the run once it is planned.",
            ));
        }
        RunState::Planning | RunState::Planned => {
            engine
                .write(move |write| {
                    audit::note_cancelled(write, &run)?;
                    Ok(sending::cancel_planned(write, run_id)?)
                })
                .await?;
        }
        RunState::Sending | RunState::Waiting | RunState::Cancelling => {
            engine
                .write(move |write| {
                    if run.state != RunState::Cancelling {
                        audit::note_cancelled(write, &run)?;
                    }
                    Ok(write.set_run_state(run_id, RunState::Cancelling, "")?)
                })
                .await?;
            match engine.sending_cancel(run_id)? {
                Some(cancel) => cancel.cancel(),
                // What was sent before has to be settled, which is the same path as going on. Another process
                // that sends this run reads its state and stops by itself.
                None => match sending::start(engine, run_id).await {
                    Err(fault) if fault.code == Code::WorkspaceBusy => {}
                    other => other?,
                },
            }
        }
        RunState::Done | RunState::Cancelled | RunState::Failed => {
            return Err(wrong_state("cancelled", run.state));
        }
    }
    let view = run_view::view(engine, run_id).await?;
    engine.emit_state().await;
    Ok(view)
}

fn wrong_state(verb: &str, state: RunState) -> Fault {
    let state = match state {
        RunState::Planning => "is still being planned",
        RunState::Planned => "waits to be sent",
        RunState::Sending => "is being sent",
        RunState::Waiting => "waits",
        RunState::Cancelling => "is being cancelled",
        RunState::Done => "is done",
        RunState::Cancelled => "was cancelled",
        RunState::Failed => "has failed",
    };
    Fault::new(
        Code::WrongState,
        format!("This run cannot be {verb}: it {state}. Plan a new export from its list."),
    )
}

/// `runs.ledger`
pub(crate) async fn ledger(engine: &Engine, params: LedgerQuery) -> Result<LedgerPage, Fault> {
    engine
        .read(move |read| {
            let run = require_run(read, params.run)?;
            let filter = LineFilter {
                outcome: params.outcome.map(Into::into),
                action: params.action.map(Into::into),
                object: params.object.map(Into::into),
                error_code: params.error_code,
                member_states: params.member_state.map_or_else(Vec::new, run_view::stored_states),
                search: params.search,
            };
            let lines = read.lines(
                params.run,
                &filter,
                params.offset,
                params.limit.min(LARGEST_WINDOW),
            )?;
            let mut members = run_view::members_of(read, &run, &lines)?;
            Ok(LedgerPage {
                matching_lines: read.count_lines(params.run, &filter)?,
                total_lines: run.total_records,
                offset: params.offset,
                lines: lines
                    .into_iter()
                    .map(|line| {
                        let member = members.remove(&line.line);
                        ledger_line(line, member)
                    })
                    .collect(),
            })
        })
        .await
}

/// A line as the contract shows it, with its membership of the run's campaign.
pub(crate) fn ledger_line(line: LineRow, member: Option<MemberRow>) -> LedgerLine {
    LedgerLine {
        line: line.line,
        object: line.object.into(),
        profile_id: line.profile_id,
        zoominfo_id: line.zoominfo_id,
        name: line.name,
        company: line.company,
        action: line.action.into(),
        outcome: line.outcome.into(),
        rule: line.rule,
        grade: line.grade.map(Into::into),
        criterion: line.criterion,
        changed_values: u32::try_from(line.changes.iter().filter(|change| change.is_written()).count())
            .unwrap_or(u32::MAX),
        notes: line.notes,
        salesforce_id: line.salesforce_id,
        error_code: line.error_code,
        error: line.error,
        attempts: line.attempts,
        settled_at: line.settled_at,
        member: member.map(run_view::member),
    }
}

/// `runs.save_ledger`
pub(crate) async fn save(engine: &Engine, params: SaveLedger) -> Result<Option<SavedFile>, Fault> {
    let run = engine.read(move |read| read_view(read, params.run)).await?;
    let suggested = format!(
        "Ledger of run {}, {}.{}",
        params.run,
        run.summary.list_name.replace(['/', '\\', ':'], " "),
        match params.format {
            LedgerFormat::Csv => "csv",
            LedgerFormat::Xlsx => "xlsx",
        }
    );
    match engine.host().choose_file_to_save(&suggested).await? {
        Some(path) => ledger_file::save_ledger_to(engine, params.run, params.format, path)
            .await
            .map(Some),
        None => Ok(None),
    }
}

/// `runs.open_record`
pub(crate) async fn open_record(engine: &Engine, params: OpenRecord) -> Result<Nothing, Fault> {
    let (run, record) = engine
        .read(move |read| Ok((require_run(read, params.run)?, record_of(read, &params)?)))
        .await?;
    let org = connect::require_org(engine).await?;
    if org.org_id != run.org_id {
        return Err(Fault::new(
            Code::WrongState,
            format!(
                "This record is in {}, but {} is connected.",
                run.org_name, org.name
            ),
        ));
    }
    let (object, id) =
        record.ok_or_else(|| Fault::new(Code::NotFound, "This line has no such record in Salesforce."))?;
    engine
        .host()
        .open_in_browser(&record_url(&org.instance_url, object.api_name(), &id))?;
    Ok(Nothing {})
}

/// A line's own record, or the candidate that is named; `None` where Salesforce has none.
fn record_of(read: &Read<'_>, wanted: &OpenRecord) -> Result<Option<(TargetObject, String)>, Fault> {
    let Some(number) = wanted.candidate else {
        let line = read.line(wanted.run, wanted.line)?;
        return Ok(line.and_then(|line| Some((line.object, line.salesforce_id?))));
    };
    let place = usize::try_from(number)
        .ok()
        .and_then(|number| number.checked_sub(1));
    let mut candidates = read.candidates(wanted.run, wanted.line)?;
    let found = place.filter(|place| *place < candidates.len());
    let candidate = found.map(|place| candidates.swap_remove(place).candidate);
    Ok(candidate.and_then(|candidate| Some((candidate.object, candidate.salesforce_id?))))
}

/// Where Lightning shows a record.
pub(crate) fn record_url(instance_url: &str, object: &str, id: &str) -> String {
    format!(
        "{}/lightning/r/{object}/{id}/view",
        instance_url.trim_end_matches('/')
    )
}
