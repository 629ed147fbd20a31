//! Takes back what a run wrote: shows first what it would do, then is sent as a run of its own.
//!
//! Records that the run updated get their values from before it, those that it created are deleted. A record that somebody
//! changed since is left alone and listed, and so is an account that has other children by now.

mod children;
mod decision;
mod line;
mod records;

pub(crate) use children::keep_parents;

use std::collections::HashMap;

use model::{
    ApiCost, CostStep, FieldKind, Findings, LineAction, LineOutcome, PlanCounts, RunKind, TargetDescribe,
    TargetObject, estimated_polls,
};
use salesforce::Client;
use store::{LineRow, MemberRow, MemberState, NewLine, NewRun, OrgRow, RunRow};
use tokio_util::sync::CancellationToken;

use crate::Engine;
use crate::audit;
use crate::connect::{Exporter, exporter, note_fault, note_usage};
use crate::contract::event::{Event, PlanningProgress, PlanningStep};
use crate::contract::runs::{RunHandle, RunView};
use crate::describe;
use crate::fault::{Code, Fault};
use crate::run_view::{self, require_run};

/// Lines that are in memory at once.
const WINDOW_LINES: u32 = 400;

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
    // Half a plan is removed when nobody makes it any more.
    let _lock = engine.store().lock_plans()?;
    let run_id = add_run(engine, &source).await?;
    let cancel = engine.start_planning(run_id)?;
    let planned = plan_lines(engine, &client, &org, &source, run_id, &cancel).await;
    engine.end_planning(run_id)?;
    if let Err(fault) = planned {
        engine.write(move |write| Ok(write.remove_run(run_id)?)).await?;
        return Err(note_fault(engine, fault).await);
    }
    note_usage(engine, &client).await?;
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

async fn plan_lines(
    engine: &Engine,
    client: &Client,
    org: &OrgRow,
    source: &RunRow,
    run_id: i64,
    cancel: &CancellationToken,
) -> Result<(), Fault> {
    let mut undo = Undo {
        engine,
        client,
        org,
        source,
        run_id,
        describes: HashMap::new(),
        counts: PlanCounts::default(),
    };
    let (source_run, mut after, mut planned) = (source.run_id, 0, 0);
    loop {
        let lines = engine
            .read(move |read| Ok(read.undoable_lines(source_run, after, WINDOW_LINES)?))
            .await?;
        let Some(last) = lines.last() else { break };
        after = last.0.line;
        // Accounts come after their contacts, and whether one can go rests on what becomes of these.
        let (accounts, others): (Vec<_>, Vec<_>) = lines
            .into_iter()
            .partition(|(line, _)| line.object == TargetObject::Account);
        for lines in [others, accounts] {
            let undone = undo.window(lines).await?;
            planned += u32::try_from(undone.len()).unwrap_or(u32::MAX);
            engine
                .write(move |write| {
                    for (line, member) in &undone {
                        write.set_line(run_id, line)?;
                        if let Some(member) = member {
                            write.set_member(run_id, member)?;
                        }
                    }
                    Ok(())
                })
                .await?;
        }
        engine.emit(Event::Planning {
            progress: PlanningProgress {
                run: run_id,
                step: PlanningStep::FindDuplicates,
                mapped_records: planned,
                checked_records: planned,
                total_records: source.tally.created_records + source.tally.updated_records,
            },
        });
        if cancel.is_cancelled() {
            return Err(Fault::new(
                Code::Cancelled,
                "The plan was stopped. Nothing was written.",
            ));
        }
    }
    if planned == 0 {
        return Err(Fault::new(
            Code::Refused,
            format!("Run {source_run} wrote nothing that is left to undo."),
        ));
    }
    let (counts, findings, cost) = undo.finish();
    engine
        .write(move |write| {
            write.count_restored_values(run_id)?;
            let before = require_run(write, run_id)?.state;
            write.finish_plan(run_id, &counts, &findings, cost)?;
            audit::note_planned(write, before, run_id)
        })
        .await
}

/// The plan of an undo.
struct Undo<'a> {
    engine: &'a Engine,
    client: &'a Client,
    org: &'a OrgRow,
    source: &'a RunRow,
    run_id: i64,
    describes: HashMap<TargetObject, TargetDescribe>,
    counts: PlanCounts,
}

impl Undo<'_> {
    /// Decides what becomes of a window of lines, with the memberships that are taken away.
    async fn window(
        &mut self,
        lines: Vec<(LineRow, Option<MemberRow>)>,
    ) -> Result<Vec<(NewLine, Option<MemberRow>)>, Fault> {
        let mut records = HashMap::new();
        for object in TargetObject::ALL {
            let of_object: Vec<&LineRow> = lines
                .iter()
                .map(|(line, _)| line)
                .filter(|line| line.object == object && line.salesforce_id.is_some())
                .collect();
            if of_object.is_empty() {
                continue;
            }
            if !self.describes.contains_key(&object) {
                let described = describe::fetch(self.client, object).await?;
                self.describes.insert(object, described);
            }
            records.extend(records::read(self.client, object, &of_object).await?);
        }
        let parents: Vec<String> = lines
            .iter()
            .filter(|(line, _)| line.object == TargetObject::Account && line.outcome == LineOutcome::Created)
            .filter_map(|(line, _)| line.salesforce_id.clone())
            .collect();
        let children = children::others(self.engine, self.client, self.run_id, &parents).await?;
        let mut undone = Vec::with_capacity(lines.len());
        for (line, member) in lines {
            let record = line.salesforce_id.as_ref().and_then(|id| records.get(id));
            let user_ids = self.user_ids();
            let mut decision = decision::decide(&line, record, &self.facts(&user_ids));
            if decision.action == LineAction::Delete
                && let Some(child) = line.salesforce_id.as_ref().and_then(|id| children.get(id))
            {
                decision = decision::keep_parent(child);
            }
            let is_restore = decision.action == LineAction::Restore;
            let new = line::undo_line(&line, decision, record, |target, text| {
                self.json_of(line.object, target, text)
            });
            self.count(&new, is_restore);
            let member = member
                .filter(|member| {
                    member.state == MemberState::Added
                        && line.outcome != LineOutcome::Created
                        && record.is_some()
                })
                .map(|member| MemberRow {
                    state: MemberState::Planned,
                    ..member
                });
            undone.push((new, member));
        }
        Ok(undone)
    }

    /// The connected user, and those who wrote the run.
    fn user_ids(&self) -> Vec<&str> {
        let writers = self.source.options.writers.iter();
        writers.chain([&self.org.user_id]).map(String::as_str).collect()
    }

    fn facts<'f>(&'f self, user_ids: &'f [&'f str]) -> decision::Facts<'f> {
        decision::Facts {
            run_id: self.source.run_id,
            user_ids,
            finished_at: self.source.finished_at.as_deref(),
            org_time: self.client.org_time(),
        }
    }

    /// A text from the before-image as JSON of the field's kind.
    fn json_of(&self, object: TargetObject, target: &str, text: Option<&str>) -> serde_json::Value {
        let Some(text) = text else {
            return serde_json::Value::Null;
        };
        let kind = self
            .describes
            .get(&object)
            .and_then(|describe| describe.field(target))
            .map(|field| field.kind);
        let as_is = || serde_json::Value::String(text.to_owned());
        match kind {
            Some(FieldKind::Boolean) => serde_json::Value::Bool(text.eq_ignore_ascii_case("true")),
            Some(kind) if kind.is_number() => serde_json::from_str(text).unwrap_or_else(|_| as_is()),
            _ => as_is(),
        }
    }

    fn count(&mut self, line: &NewLine, is_restore: bool) {
        if line.object != self.source.object {
            return;
        }
        match line.action {
            LineAction::Delete => self.counts.delete_records += 1,
            LineAction::Restore => self.counts.restore_records += 1,
            _ => self.counts.skip_records += 1,
        }
        if is_restore {
            for change in &line.changes {
                match change.outcome {
                    model::UpdateOutcome::Filled => self.counts.filled_values += 1,
                    model::UpdateOutcome::Overwritten => self.counts.overwritten_values += 1,
                    model::UpdateOutcome::Cleared => self.counts.cleared_values += 1,
                    _ => self.counts.unchanged_values += 1,
                }
            }
        }
    }

    fn finish(self) -> (PlanCounts, Findings, u32) {
        let records = u64::from(self.counts.sent_records());
        let mut cost = ApiCost::of_sending(records, estimated_polls(records));
        if self.source.object != TargetObject::Lead {
            cost.steps.push(CostStep {
                label: "Look for other children of accounts".to_owned(),
                api_calls: 2,
                is_done: false,
            });
        }
        let calls = cost.total_calls();
        let findings = Findings {
            costs: cost.steps,
            checked_at: store::now(),
            ..Findings::default()
        };
        (self.counts, findings, calls)
    }
}
