//! The plan of an export: every profile mapped, one line each.

use std::time::{Duration, Instant};

use model::{
    ApiCost, CompiledMapping, Findings, LineAction, LineOutcome, Mapped, PlanCounts, Profile, RunKind,
    RunOptions, apply, estimated_polls,
};
use store::{NewLine, NewRun, RunFaultRow, Write};
use tokio_util::sync::CancellationToken;

use super::preflight::{Chosen, checked, chosen, refuse};
use crate::Engine;
use crate::connect::{client, note_fault, note_usage, require_org};
use crate::contract::event::{Event, PlanningProgress};
use crate::contract::export::ExportChoice;
use crate::contract::runs::RunView;
use crate::fault::{Code, Fault};
use crate::mapping::current_mapping;
use crate::mapping::drift::{drift_in, told_as_drift};
use crate::{cells, describe, run_view};

const PROGRESS_PACE: Duration = Duration::from_millis(100);
/// Rule of a line that is created because nothing stands against it.
const CREATE_RULE: &str = "New record";

/// `export.plan`
pub(crate) async fn plan(engine: &Engine, params: ExportChoice) -> Result<RunView, Fault> {
    let chosen = chosen(engine, &params).await?;
    // A ready connection says whose org it is only once it is used.
    if engine.ready_connection().is_some() {
        require_org(engine).await?;
    }
    refuse(checked(engine, &chosen, Vec::new()).await?)?;
    let client = client(engine).await?;
    let org = require_org(engine).await?;
    let object = chosen.object;
    let (version, mapping) = current_mapping(engine, object).await?;
    // Fields and picklists are read anew for every plan: what it promises must hold today.
    let described = match describe::fetch_for(&client, &mapping).await {
        Ok(described) => described,
        Err(fault) => return Err(note_fault(engine, fault).await),
    };
    let compiled = match CompiledMapping::compile(&mapping, &described) {
        Ok(compiled) => compiled,
        Err(problems) => {
            let problems = engine
                .write(move |write| {
                    let drift = drift_in(write, &mapping, &org.org_id, &described)?;
                    // The Mapping tab shows the same drift at its rows.
                    describe::save(write, &org.org_id, &org.connected_by, &[(object, described)])?;
                    Ok(told_as_drift(problems, &drift))
                })
                .await?;
            refuse(checked(engine, &chosen, problems).await?)?;
            return Err(Fault::new(
                Code::Refused,
                "The mapping has a problem. See the Mapping tab.",
            ));
        }
    };
    note_usage(engine, &client).await?;
    let watcher = engine.clone();
    let run_id = engine
        .write(move |write| {
            describe::save(write, &org.org_id, &org.connected_by, &[(object, described)])?;
            let operator = write
                .operator()?
                .map(|operator| operator.name)
                .unwrap_or_default();
            let run = NewRun {
                kind: RunKind::Export,
                source_run_id: None,
                options: RunOptions::default(),
                object,
                list_id: chosen.list.list_id,
                list_name: chosen.list.name.clone(),
                org_id: org.org_id,
                org_name: org.name,
                org_kind: org.kind,
                mapping_version: version,
                columns: compiled.columns(),
                started_by: operator,
                planned_at: store::now(),
            };
            let planner = Planner::new(write, &watcher, &chosen, compiled, &run)?;
            let run_id = planner.run_id;
            let result = planner.plan();
            watcher.end_planning(run_id)?;
            result
        })
        .await?;
    run_view::view(engine, run_id).await
}

/// Maps the chosen profiles one after the other and writes a line for each.
struct Planner<'a> {
    write: &'a Write<'a>,
    engine: &'a Engine,
    chosen: &'a Chosen,
    mapping: CompiledMapping,
    columns: Vec<String>,
    run_id: i64,
    lines: u32,
    counts: PlanCounts,
    told_at: Instant,
    cancel: CancellationToken,
}

impl<'a> Planner<'a> {
    fn new(
        write: &'a Write<'a>,
        engine: &'a Engine,
        chosen: &'a Chosen,
        mapping: CompiledMapping,
        run: &NewRun,
    ) -> Result<Self, Fault> {
        let run_id = write.add_run(run)?;
        let planner = Self {
            write,
            engine,
            chosen,
            mapping,
            columns: run.columns.clone(),
            run_id,
            lines: 0,
            counts: PlanCounts::default(),
            told_at: Instant::now(),
            cancel: engine.start_planning(run_id)?,
        };
        planner.say();
        Ok(planner)
    }

    fn plan(mut self) -> Result<i64, Fault> {
        let (write, chosen) = (self.write, self.chosen);
        write.for_each_profile(
            chosen.list.list_id,
            &chosen.selection,
            chosen.records,
            |profile_id, profile| self.add(profile_id, &profile),
        )?;
        let records = u64::from(self.counts.create_records);
        let cost = ApiCost::of_sending(records, estimated_polls(records));
        let findings = Findings {
            costs: cost.steps.clone(),
            checked_at: store::now(),
            ..Findings::default()
        };
        write.finish_plan(self.run_id, &self.counts, &findings, cost.total_calls())?;
        self.tell();
        Ok(self.run_id)
    }

    fn add(&mut self, profile_id: i64, profile: &Profile) -> Result<(), Fault> {
        let mapped = apply(&self.mapping, profile);
        self.lines += 1;
        let line = self.line(profile_id, profile, &mapped)?;
        self.count_faults(&line, &mapped)?;
        if line.outcome == LineOutcome::Planned {
            self.counts.create_records += 1;
            self.counts.noted_records += u32::from(!line.notes.is_empty());
        } else {
            self.counts.refuse_records += 1;
        }
        self.write.set_line(self.run_id, &line)?;
        if self.told_at.elapsed() >= PROGRESS_PACE {
            self.tell();
        }
        if self.cancel.is_cancelled() {
            return Err(Fault::new(
                Code::Cancelled,
                "The plan was stopped. Nothing was written.",
            ));
        }
        Ok(())
    }

    fn line(&self, profile_id: i64, profile: &Profile, mapped: &Mapped) -> Result<NewLine, Fault> {
        let line = NewLine {
            line: self.lines,
            object: self.chosen.object,
            profile_id,
            zoominfo_id: profile.zoominfo_id.clone(),
            name: profile.display_name(),
            company: profile.subtitle(),
            action: LineAction::Create,
            outcome: LineOutcome::Planned,
            rule: CREATE_RULE.to_owned(),
            criterion: None,
            grade: None,
            notes: mapped.notes(),
            cells: mapped.to_json(),
            changes: Vec::new(),
            modified_at: None,
            edits: std::collections::BTreeMap::new(),
            answer: None,
            company_number: None,
            parent_id: None,
            digest: None,
            salesforce_id: None,
            error_code: None,
            error: None,
            settled_at: None,
        };
        if let Some(fault) = mapped.refusal() {
            return Ok(refused(line, "Mapping", fault.rule.code(), &fault.sentence));
        }
        let digest = cells::digest(&self.columns, &line.cells);
        if let Some(first) = self.write.line_with_digest(self.run_id, &digest)? {
            let sentence =
                format!("Every value is the same as in line {first}, so it would be the same record twice.");
            return Ok(refused(line, "Same record twice", "identical_record", &sentence));
        }
        Ok(NewLine {
            digest: Some(digest),
            ..line
        })
    }

    /// Counts faults by field and rule; whose value it was is in the ledger.
    fn count_faults(&self, line: &NewLine, mapped: &Mapped) -> Result<(), Fault> {
        let count = |outcome, code: &str, sentence: String| {
            let fault = RunFaultRow {
                outcome,
                code: code.to_owned(),
                sentence,
                records: 1,
            };
            self.write.count_run_fault(self.run_id, &fault)
        };
        for fault in &mapped.faults {
            let outcome = if fault.refuses_record {
                LineOutcome::Refused
            } else {
                LineOutcome::Planned
            };
            count(
                outcome,
                fault.rule.code(),
                format!("{}: {}", fault.target, words(fault.rule.code())),
            )?;
        }
        for mark in &mapped.marks {
            count(
                LineOutcome::Planned,
                mark.rule.code(),
                format!("{}: {}", mark.target, words(mark.rule.code())),
            )?;
        }
        if line.error_code.as_deref() == Some("identical_record") {
            count(
                LineOutcome::Refused,
                "identical_record",
                "Same values as another record of this run".to_owned(),
            )?;
        }
        Ok(())
    }

    fn tell(&mut self) {
        self.told_at = Instant::now();
        self.say();
    }

    fn say(&self) {
        self.engine.emit(Event::Planning {
            progress: PlanningProgress {
                run: self.run_id,
                mapped_records: self.lines,
                total_records: self.chosen.records,
            },
        });
    }
}

fn refused(line: NewLine, rule: &str, code: &str, sentence: &str) -> NewLine {
    NewLine {
        action: LineAction::Refuse,
        outcome: LineOutcome::Refused,
        rule: rule.to_owned(),
        error_code: Some(code.to_owned()),
        error: Some(sentence.to_owned()),
        settled_at: Some(store::now()),
        ..line
    }
}

/// A rule's code as words, e.g. `not in picklist`.
fn words(code: &str) -> String {
    code.replace('_', " ")
}
