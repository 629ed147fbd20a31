//! The flow of a plan: a sequence of steps, each in a file of its own. Calls to Salesforce are made between the transactions
//! that write, so that nothing waits for the network with the database locked.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use model::{Findings, RunKind, RunOptions, TargetObject};
use salesforce::Client;
use store::{NewRun, PlanLock, Read, RunRow, Write};
use tokio_util::sync::CancellationToken;

use super::basis::Basis;
use super::duplicates::{self, KeyIndex, Searched};
use super::preflight::{Chosen, Edits, checked, chosen, refuse};
use super::{campaigns, companies, lines, owner, rules, totals, updates};
use crate::Engine;
use crate::connect::{Exporter, exporter, note_fault, note_usage, require_org};
use crate::contract::event::{PlanningProgress, PlanningStep};
use crate::contract::export::ExportChoice;
use crate::contract::runs::RunView;
use crate::export_settings::read_settings;
use crate::fault::{Code, Fault};
use crate::planning_teller::PlanningTeller;
use crate::run_view;
use crate::sending::emit_run;

const PROGRESS_PACE: Duration = Duration::from_millis(100);

/// `export.plan`
pub(crate) async fn plan(engine: &Engine, params: ExportChoice) -> Result<RunView, Fault> {
    let chosen = chosen(engine, &params).await?;
    make(engine, chosen, None).await
}

/// Plans a choice as a new run.
pub(super) async fn make(
    engine: &Engine,
    chosen: Chosen,
    source_run_id: Option<i64>,
) -> Result<RunView, Fault> {
    remove_given_up(engine.store())?;
    let mut planning = Planning::begin(engine, chosen, source_run_id).await?;
    let run_id = planning.run_id;
    if let Err(fault) = planning.work().await {
        remove_half_made(engine, run_id).await;
        return Err(note_fault(engine, fault).await);
    }
    // Whoever looks at the run while it is planned sees the plan.
    drop(planning);
    emit_run(engine, run_id).await;
    run_view::view(engine, run_id).await
}

/// Whether a run has had a plan before the one that is being made.
pub(crate) fn is_kept(run: &RunRow) -> bool {
    !run.findings.checked_at.is_empty()
}

/// Removes a plan that could not be made to its end.
pub(crate) async fn remove_half_made(engine: &Engine, run_id: i64) {
    if let Err(fault) = engine.write(move |write| Ok(write.remove_run(run_id)?)).await {
        // It is removed before the next plan is made.
        tracing::warn!(run_id, %fault, "half a plan could not be removed");
    }
}

/// Removes plans that were being made when their process died; a plan that somebody makes now is left. One that was made anew
/// is what it was before.
pub(crate) fn remove_given_up(store: &store::Store) -> Result<(), Fault> {
    if !store.nobody_plans()? {
        return Ok(());
    }
    let is_planning = [model::RunState::Planning];
    if store
        .read(|read: &Read<'_>| read.runs_in(&is_planning))?
        .is_empty()
    {
        return Ok(());
    }
    store.write(|write: &Write<'_>| {
        for run in write.runs_in(&is_planning)? {
            if is_kept(&run) {
                write.give_draft_up(run.run_id)?;
            } else {
                write.remove_run(run.run_id)?;
            }
        }
        Ok(())
    })
}

/// The time by an org's clock, which is what its records are stamped with; by this machine's while that is not known.
pub(crate) fn org_time(client: &Client) -> String {
    client.org_time().map_or_else(store::now, |time| {
        time.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
    })
}

/// A plan that is being made.
pub(super) struct Planning {
    pub engine: Engine,
    pub client: Client,
    pub run_id: i64,
    pub object: TargetObject,
    pub list_id: i64,
    /// Profiles that were chosen.
    pub records: u32,
    pub options: RunOptions,
    pub columns: Vec<String>,
    pub basis: Arc<Basis>,
    /// Objects whose records are looked through, in this order.
    pub searched: Arc<Vec<Searched>>,
    /// What is found out on the way.
    pub findings: Findings,
    /// Texts that somebody typed in place of the mapped values.
    pub edits: Arc<Edits>,
    /// Keys of the lines, until duplicates are found.
    pub keys: KeyIndex,
    pub progress: Progress,
    _lock: PlanLock,
}

impl Planning {
    /// Preflight, then the run's row: from here on it can be watched and stopped.
    async fn begin(engine: &Engine, chosen: Chosen, source_run_id: Option<i64>) -> Result<Self, Fault> {
        // A ready connection says whose org it is only once it is used.
        if engine.ready_connection().is_some() {
            require_org(engine).await?;
        }
        refuse(checked(engine, &chosen, Vec::new(), None).await?)?;
        let exporter = exporter(engine).await?;
        let object = chosen.object;
        let client = &exporter.client;
        let basis = Basis::fetch(engine, client, &chosen).await?;
        let owner = owner::of_export(engine, &exporter, &basis, chosen.as_email.as_deref()).await?;
        let campaign = campaigns::check(engine, client, object, chosen.campaign.as_ref()).await?;
        let settings = engine.read(read_settings).await?;
        let rule = settings.bulk_assignment_rule.as_ref();
        rules::check_chosen(engine, client, object, chosen.records, rule).await?;
        let searched = Arc::new(duplicates::searched(engine, client, &basis).await?);
        note_usage(engine, client).await?;
        let Exporter { client, org, .. } = exporter;
        let options = RunOptions {
            selection: chosen.selection,
            limit_records: chosen.limit_records,
            duplicates: settings.of(object).duplicates,
            on_duplicate: chosen.on_duplicate,
            association: settings.association,
            campaign,
            bulk_assignment_rule: settings.bulk_assignment_rule,
            save_past_alerts: chosen.save_past_alerts,
            as_email: chosen.as_email,
            owner: owner.user,
            writers: Vec::new(),
        };
        let columns = basis.columns(&options);
        let lock = engine.store().lock_plans()?;
        let new = NewRun {
            kind: RunKind::Export,
            source_run_id,
            options: options.clone(),
            object,
            list_id: chosen.list.list_id,
            list_name: chosen.list.name.clone(),
            org_id: org.org_id,
            org_name: org.name,
            org_kind: org.kind,
            mapping_version: basis.version,
            columns: columns.clone(),
            person_id: None,
            started_by: String::new(),
            planned_at: store::now(),
        };
        let run_id = engine
            .write(move |write| {
                let operator = write.operator()?;
                let (person_id, started_by) = operator
                    .map(|operator| (operator.person_id, operator.name))
                    .unzip();
                Ok(write.add_run(&NewRun {
                    person_id,
                    started_by: started_by.unwrap_or_default(),
                    ..new
                })?)
            })
            .await?;
        Ok(Self {
            progress: Progress::begin(engine, run_id, chosen.records)?,
            engine: engine.clone(),
            client,
            run_id,
            object,
            list_id: chosen.list.list_id,
            records: chosen.records,
            options,
            columns,
            findings: Findings {
                owner_sentence: owner.sentence,
                fields_digest: basis.digest(),
                ..Findings::default()
            },
            basis,
            searched,
            edits: Arc::new(chosen.edits),
            keys: KeyIndex::with_capacity(chosen.records),
            _lock: lock,
        })
    }

    /// A plan that is there and is brought up to date.
    pub(super) fn again(
        engine: &Engine,
        client: Client,
        run: RunRow,
        basis: Arc<Basis>,
        searched: Vec<Searched>,
        edits: Edits,
    ) -> Result<Self, Fault> {
        let columns = basis.columns(&run.options);
        Ok(Self {
            progress: Progress::begin(engine, run.run_id, run.total_records)?,
            engine: engine.clone(),
            client,
            run_id: run.run_id,
            object: run.object,
            list_id: run.list_id,
            records: run.total_records,
            options: run.options,
            columns,
            findings: Findings {
                owner_sentence: run.findings.owner_sentence,
                fields_digest: basis.digest(),
                ..Findings::default()
            },
            basis,
            searched: Arc::new(searched),
            edits: Arc::new(edits),
            keys: KeyIndex::default(),
            _lock: engine.store().lock_plans()?,
        })
    }

    /// The steps.
    pub(super) async fn work(&mut self) -> Result<(), Fault> {
        // What changes while the plan is made is asked for when it is refreshed.
        self.findings.checked_at = self.org_time();
        lines::map(self).await?;
        duplicates::find(self).await?;
        updates::decide(self).await?;
        companies::associate(self).await?;
        companies::look_in_mapped_accounts(self).await?;
        rules::ask(self).await?;
        totals::finish(self).await?;
        note_usage(&self.engine, &self.client).await
    }

    /// The time by the org's clock, which is what its records are stamped with.
    pub(super) fn org_time(&self) -> String {
        org_time(&self.client)
    }

    /// The fault of a plan that is to be stopped.
    pub(super) fn check_cancelled(&self) -> Result<(), Fault> {
        self.progress.check_cancelled()
    }
}

/// How far a plan is, told at most ten times a second, and whether it is to be stopped. Clones are the same.
#[derive(Clone)]
pub(super) struct Progress(Arc<ProgressInner>);

struct ProgressInner {
    engine: Engine,
    told: Mutex<Told>,
    run_id: i64,
    cancel: CancellationToken,
}

struct Told {
    at: Instant,
    progress: PlanningProgress,
    /// `None` once everything is told.
    teller: Option<PlanningTeller>,
}

impl Progress {
    fn begin(engine: &Engine, run_id: i64, records: u32) -> Result<Self, Fault> {
        let progress = PlanningProgress {
            run: run_id,
            step: PlanningStep::Map,
            mapped_records: 0,
            checked_records: 0,
            total_records: records,
        };
        let cancel = engine.start_planning(run_id)?;
        let teller = PlanningTeller::begin(engine);
        teller.tell(progress.clone());
        Ok(Self(Arc::new(ProgressInner {
            engine: engine.clone(),
            cancel,
            told: Mutex::new(Told {
                at: Instant::now(),
                progress,
                teller: Some(teller),
            }),
            run_id,
        })))
    }

    /// So many profiles are mapped.
    pub fn mapped(&self, records: u32) {
        self.tell(false, |progress| progress.mapped_records = records);
    }

    /// All profiles are mapped; duplicates are looked for.
    pub fn finds_duplicates(&self) {
        self.tell(true, |progress| progress.step = PlanningStep::FindDuplicates);
    }

    /// So many profiles were looked for.
    pub fn checked(&self, records: u32) {
        self.tell(false, |progress| progress.checked_records = records);
    }

    /// Everything is told.
    pub async fn done(&self) {
        self.tell(true, |progress| {
            progress.checked_records = progress.mapped_records;
        });
        let teller = self.told().teller.take();
        if let Some(teller) = teller {
            teller.end().await;
        }
    }

    pub fn check_cancelled(&self) -> Result<(), Fault> {
        if self.0.cancel.is_cancelled() {
            return Err(Fault::new(
                Code::Cancelled,
                "The plan was stopped. Nothing was written.",
            ));
        }
        Ok(())
    }

    /// The switch that stops the plan.
    pub fn cancel(&self) -> &CancellationToken {
        &self.0.cancel
    }

    fn tell(&self, at_once: bool, change: impl FnOnce(&mut PlanningProgress)) {
        let mut told = self.told();
        change(&mut told.progress);
        if at_once || told.at.elapsed() >= PROGRESS_PACE {
            told.at = Instant::now();
            if let Some(teller) = &told.teller {
                teller.tell(told.progress.clone());
            }
        }
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ProgressInner {
    fn drop(&mut self) {
        if let Err(fault) = self.engine.end_planning(self.run_id) {
            tracing::error!(%fault, "the end of a plan could not be noted");
        }
    }
}
