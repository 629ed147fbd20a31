//! Preflight and plan of an export. Nothing is written to Salesforce here.

use std::time::{Duration, Instant};

use model::{
    Api, ApiCost, CompiledMapping, LineOutcome, Mapped, MappingProblem, PreflightCode, PreflightFacts,
    Profile, TargetObject, apply, estimated_polls, preflight as check,
};
use store::{ListRow, NewLine, NewRun, RunFaultRow, Selection as StoredSelection, Write};
use tokio_util::sync::CancellationToken;

use crate::Engine;
use crate::connect::{client, current_org, note_fault, note_usage, require_org};
use crate::contract::event::{Event, PlanningProgress};
use crate::contract::export::{ExportChoice, MendPage, Preflight, PreflightRefusal, Selection};
use crate::contract::runs::RunView;
use crate::fault::{Code, Fault};
use crate::integration::{exports_on, read_settings};
use crate::listing::live_list;
use crate::mapping::current_mapping;
use crate::mapping::drift::{drift_in, drift_of, told_as_drift};
use crate::{cells, describe, run_view};

const PROGRESS_PACE: Duration = Duration::from_millis(100);
/// Rule of a line that is created because nothing stands against it.
const CREATE_RULE: &str = "New record";

/// What was chosen, as it is in the workspace.
struct Chosen {
    object: TargetObject,
    list: ListRow,
    selection: StoredSelection,
    records: u32,
}

/// `export.preflight`
pub(crate) async fn preflight(engine: &Engine, params: ExportChoice) -> Result<Preflight, Fault> {
    let chosen = chosen(engine, &params).await?;
    let problems = saved_problems(engine, chosen.object).await?;
    checked(engine, &chosen, problems).await
}

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

async fn chosen(engine: &Engine, params: &ExportChoice) -> Result<Chosen, Fault> {
    let object = TargetObject::from(params.object);
    let (list_id, limit) = (params.list_id, params.limit_records);
    let selection = match params.selection.clone() {
        Selection::All {} => StoredSelection::All,
        Selection::Matching {
            search,
            except_profile_ids,
        } => StoredSelection::Matching {
            search,
            except: except_profile_ids,
        },
        Selection::Picked { profile_ids } => StoredSelection::Picked(profile_ids),
    };
    engine
        .read(move |read| {
            let list = live_list(read, list_id)?;
            let matching = read.count_profiles(list_id, &selection)?;
            let records = limit.map_or(matching, |limit| matching.min(limit));
            Ok(Chosen {
                object,
                list,
                selection,
                records,
            })
        })
        .await
}

/// Problems of the saved mapping against the fields as last read.
async fn saved_problems(engine: &Engine, object: TargetObject) -> Result<Vec<MappingProblem>, Fault> {
    engine
        .read(move |read| {
            let (Some(saved), Some(described)) = (read.mapping(object)?, read.describe(object)?) else {
                return Ok(Vec::new());
            };
            let problems = CompiledMapping::compile(&saved.mapping, &described).err();
            let drift = drift_of(read, &saved.mapping)?;
            Ok(told_as_drift(problems.unwrap_or_default(), &drift))
        })
        .await
}

async fn checked(
    engine: &Engine,
    chosen: &Chosen,
    mapping_problems: Vec<MappingProblem>,
) -> Result<Preflight, Fault> {
    let org = current_org(engine).await?;
    let (settings, saved) = engine
        .read(|read| Ok((read_settings(read)?, read.integration()?.exports_on)))
        .await?;
    let records = u64::from(chosen.records);
    let facts = PreflightFacts {
        object: chosen.object,
        chosen_records: records,
        profile_kind: chosen.list.kind,
        exports_on: exports_on(engine, saved),
        settings: settings.of(chosen.object),
        connected: org.is_some() || engine.ready_connection().is_some(),
        signed_out: org.as_ref().is_some_and(|org| org.signed_out),
        mapping_problems,
        estimated_api_calls: u64::from(ApiCost::of_sending(records, estimated_polls(records)).total_calls()),
        api_calls_left: org
            .and_then(|org| org.usage)
            .map(|(used, max)| max.saturating_sub(used)),
    };
    let refusals = check(&facts)
        .into_iter()
        .map(|refusal| PreflightRefusal {
            code: refusal.code.code().to_owned(),
            sentence: refusal.sentence,
            mend: mend_page(refusal.code),
        })
        .collect();
    Ok(Preflight {
        chosen_records: chosen.records,
        refusals,
        warnings: Vec::new(),
    })
}

fn mend_page(code: PreflightCode) -> Option<MendPage> {
    match code {
        PreflightCode::NotConnected | PreflightCode::SignedOut | PreflightCode::ExportsOff => {
            Some(MendPage::General)
        }
        PreflightCode::ObjectNotAllowed | PreflightCode::OverLimit => Some(MendPage::Export),
        PreflightCode::WrongProfileKind | PreflightCode::NothingChosen | PreflightCode::OverHighestLimit => {
            Some(MendPage::Lists)
        }
        PreflightCode::MappingProblem => Some(MendPage::Mapping),
        PreflightCode::NoApiCallsLeft => None,
    }
}

/// The first refusal as a fault; the others are its detail. Its code tells a lost connection from a rule.
fn refuse(preflight: Preflight) -> Result<(), Fault> {
    let mut refusals = preflight.refusals.into_iter();
    let Some(first) = refusals.next() else {
        return Ok(());
    };
    let code = match first.code.as_str() {
        "not_connected" => Code::NotConnected,
        "signed_out" => Code::SignedOut,
        "no_api_calls_left" => Code::LimitReached,
        _ => Code::Refused,
    };
    let rest: Vec<String> = refusals.map(|refusal| refusal.sentence).collect();
    let fault = Fault::new(code, first.sentence);
    Err(if rest.is_empty() {
        fault
    } else {
        fault.with_detail(rest.join(" "))
    })
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
    create_records: u32,
    noted_records: u32,
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
            create_records: 0,
            noted_records: 0,
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
        let records = u64::from(self.create_records);
        let calls = ApiCost::of_sending(records, estimated_polls(records)).total_calls();
        write.finish_plan(self.run_id, Api::for_records(records), calls, self.noted_records)?;
        self.tell();
        Ok(self.run_id)
    }

    fn add(&mut self, profile_id: i64, profile: &Profile) -> Result<(), Fault> {
        let mapped = apply(&self.mapping, profile);
        self.lines += 1;
        let line = self.line(profile_id, profile, &mapped)?;
        self.count_faults(&line, &mapped)?;
        if line.outcome == LineOutcome::Planned {
            self.create_records += 1;
            self.noted_records += u32::from(!line.notes.is_empty());
        }
        self.write.add_line(self.run_id, &line)?;
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
            profile_id,
            zoominfo_id: profile.zoominfo_id.clone(),
            name: profile.display_name(),
            company: profile.subtitle(),
            outcome: LineOutcome::Planned,
            rule: CREATE_RULE.to_owned(),
            notes: mapped.notes(),
            cells: mapped.to_json(),
            digest: None,
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
