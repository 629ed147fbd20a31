//! What the log tells of runs.

use model::text::grouped;
use model::{RunKind, RunState};
use store::{Read, RunRow, Write};

use super::{Entry, note};
use crate::contract::audit::AuditArea;
use crate::fault::Fault;
use crate::run_view::require_run;

/// A plan was made, with what it would do. A plan that is brought up to date is not told again.
pub(crate) fn note_planned(write: &Write<'_>, before: RunState, run_id: i64) -> Result<(), Fault> {
    if before != RunState::Planning {
        return Ok(());
    }
    let run = require_run(write, run_id)?;
    let plan = &run.plan;
    let counts = counted(&[
        (plan.create_records, "to create"),
        (plan.update_records, "to update"),
        (plan.delete_records, "to delete"),
        (plan.restore_records, "to restore"),
        (plan.ask_records, "waiting for an answer"),
        (plan.skip_records, "left out"),
        (plan.refuse_records, "refused"),
    ]);
    let (action, what) = match (run.kind, run.source_run_id) {
        (RunKind::Undo, Some(source)) => ("run_undo_planned", format!("the undo of run {source}")),
        (_, Some(source)) => (
            "run_retry_planned",
            format!("{} as in run {source}", exported(&run)),
        ),
        _ => ("run_planned", exported(&run)),
    };
    let entry = Entry::new(AuditArea::Runs, action, format!("Planned run {run_id}: {what}."));
    note(write, entry.of_run(&run).after(counts))
}

/// A plan is being sent.
pub(crate) fn note_sent(write: &Write<'_>, run: &RunRow) -> Result<(), Fault> {
    act(
        write,
        run,
        "run_sent",
        format!("Sent run {}: {}.", run.run_id, exported(run)),
    )
}

/// Somebody let a run go on.
pub(crate) fn note_resumed(write: &Write<'_>, run: &RunRow) -> Result<(), Fault> {
    act(
        write,
        run,
        "run_resumed",
        format!("Let run {} go on.", run.run_id),
    )
}

/// Somebody stopped a run.
pub(crate) fn note_cancelled(write: &Write<'_>, run: &RunRow) -> Result<(), Fault> {
    act(
        write,
        run,
        "run_cancelled",
        format!("Cancelled run {}.", run.run_id),
    )
}

/// A run came to its end; told of the person whose run it is.
pub(crate) fn note_ended(write: &Write<'_>, run_id: i64) -> Result<(), Fault> {
    let run = require_run(write, run_id)?;
    let tally = &run.tally;
    let counts = counted(&[
        (tally.created_records, "created"),
        (tally.updated_records, "updated"),
        (tally.deleted_records, "deleted"),
        (tally.restored_records, "restored"),
        (tally.skipped_records, "left out"),
        (tally.refused_records, "refused"),
        (tally.failed_records, "failed"),
        (tally.uncertain_records, "uncertain"),
    ]);
    let how = match run.state {
        RunState::Cancelled => "cancelled",
        RunState::Failed => "failed",
        _ => "done",
    };
    let entry = Entry::new(
        AuditArea::Runs,
        "run_ended",
        format!("Run {run_id} ended: {how}."),
    )
    .of_run(&run)
    .after(counts);
    note(
        write,
        match owner(write, &run)? {
            Some(owner) => entry.by(owner),
            None => entry,
        },
    )
}

fn act(write: &Write<'_>, run: &RunRow, action: &'static str, sentence: String) -> Result<(), Fault> {
    note(write, Entry::new(AuditArea::Runs, action, sentence).of_run(run))
}

fn owner(read: &Read<'_>, run: &RunRow) -> Result<Option<store::PersonRow>, Fault> {
    let Some(person_id) = run.person_id else {
        return Ok(None);
    };
    Ok(match read.person(person_id)? {
        Some(person) => Some(person),
        None => read.removed_person(person_id)?,
    })
}

fn exported(run: &RunRow) -> String {
    let what = match run.kind {
        RunKind::Undo => "an undo".to_owned(),
        RunKind::Export => run.object.counted(u64::from(run.total_records)),
    };
    let person = run
        .options
        .as_email
        .as_ref()
        .map(|email| format!(" for {email}"))
        .unwrap_or_default();
    format!("{what} from “{}” to {}{person}", run.list_name, run.org_name)
}

fn counted(counts: &[(u32, &str)]) -> String {
    let told: Vec<String> = counts
        .iter()
        .filter(|(records, _)| *records > 0)
        .map(|(records, what)| format!("{} {what}", grouped(u64::from(*records))))
        .collect();
    if told.is_empty() {
        "nothing".to_owned()
    } else {
        told.join("\n")
    }
}
