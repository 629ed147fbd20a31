//! Decides what an undo does with every line of its run.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use model::{
    FieldKind, Forecast, ForecastState, LineAction, LineOutcome, PlanCounts, TargetDescribe, TargetObject,
    UpdateOutcome,
};
use salesforce::{Client, Record};
use store::{LineRow, MemberRow, MemberState, NewLine, OrgRow, RunRow};
use tokio_util::sync::CancellationToken;

use super::{children, costs, decision, line, records};
use crate::Engine;
use crate::contract::event::{PlanningProgress, PlanningStep};
use crate::fault::{Code, Fault};
use crate::planning::org_time;
use crate::planning_teller::emit_planning;
use crate::run_view::require_run;
use crate::{audit, describe};

/// Lines that are in memory at once.
const WINDOW_LINES: u32 = 400;

/// The plan of an undo that is being made.
pub(super) struct Undo<'a> {
    pub engine: &'a Engine,
    pub client: &'a Client,
    pub org: &'a OrgRow,
    /// The run that is undone.
    pub source: &'a RunRow,
    pub run_id: i64,
    pub cancel: &'a CancellationToken,
    pub counts: PlanCounts,
    /// Accounts of contacts that are deleted.
    pub deleted_accounts: u32,
    /// Memberships that are taken away.
    pub removed_members: u32,
    describes: HashMap<TargetObject, TargetDescribe>,
    planned_lines: u32,
}

/// A line with its membership of a campaign.
type LineAndMember = (LineRow, Option<MemberRow>);

impl<'a> Undo<'a> {
    pub fn new(
        engine: &'a Engine,
        client: &'a Client,
        org: &'a OrgRow,
        source: &'a RunRow,
        run_id: i64,
        cancel: &'a CancellationToken,
    ) -> Self {
        Self {
            engine,
            client,
            org,
            source,
            run_id,
            cancel,
            counts: PlanCounts::default(),
            deleted_accounts: 0,
            removed_members: 0,
            describes: HashMap::new(),
            planned_lines: 0,
        }
    }

    /// Plans every line and ends the plan.
    pub async fn plan(mut self) -> Result<(), Fault> {
        let before = self.client.calls();
        // What changes while the plan is made is asked for when it is sent.
        let checked_at = org_time(self.client);
        // Accounts come after their contacts: whether one can go rests on what becomes of these.
        self.object(self.source.object).await?;
        if self.source.object == TargetObject::Contact {
            self.object(TargetObject::Account).await?;
        }
        if self.planned_lines == 0 {
            return Err(Fault::new(
                Code::Refused,
                format!("Run {} wrote nothing that is left to undo.", self.source.run_id),
            ));
        }
        let looking = self.client.calls();
        let mut looked_at = children::LookedAt::default();
        if self.source.object != TargetObject::Lead {
            looked_at = children::keep_parents_in_plan(self.engine, self.client, self.run_id).await?;
            self.count_kept(looked_at.kept_accounts);
        }
        let calls = |from: u64| self.client.calls().saturating_sub(from);
        let mut findings = costs::findings(&self, checked_at, calls(before), calls(looking));
        findings.forecasts = unread_children(&looked_at.unread);
        let estimated_calls = costs::estimated_calls(&findings);
        let (run_id, counts) = (self.run_id, self.counts);
        self.engine
            .write(move |write| {
                write.count_restored_values(run_id)?;
                let before = require_run(write, run_id)?.state;
                write.finish_plan(run_id, &counts, &findings, estimated_calls)?;
                write.recount(run_id)?;
                audit::note_planned(write, before, run_id)
            })
            .await
    }

    async fn object(&mut self, object: TargetObject) -> Result<(), Fault> {
        let source_run = self.source.run_id;
        let lines = self
            .engine
            .read(move |read| Ok(read.count_undoable_lines(source_run, object)?))
            .await?;
        if lines == 0 {
            return Ok(());
        }
        let described = describe::fetch(self.client, object).await?;
        self.describes.insert(object, described);
        records::scan(self, object, lines).await?;
        let mut after = 0;
        loop {
            let lines = self.window(object, after).await?;
            let Some((last, _)) = lines.last() else {
                return Ok(());
            };
            after = last.line;
            let of_records: Vec<&LineRow> = lines
                .iter()
                .map(|(line, _)| line)
                .filter(|line| line.salesforce_id.is_some())
                .collect();
            let records = records::of_lines(self.client, object, &of_records).await?;
            self.decide(lines, &records).await?;
        }
    }

    /// Lines after a line that are not decided.
    async fn window(&self, object: TargetObject, after: u32) -> Result<Vec<LineAndMember>, Fault> {
        let (source_run, undo_run) = (self.source.run_id, self.run_id);
        self.engine
            .read(move |read| Ok(read.undoable_lines(source_run, undo_run, object, after, WINDOW_LINES)?))
            .await
    }

    /// The fields that the lines of an object wrote.
    pub async fn written_fields(&self, object: TargetObject) -> Result<BTreeSet<String>, Fault> {
        let (mut fields, mut after) = (BTreeSet::new(), 0);
        loop {
            let lines = self.window(object, after).await?;
            let Some((last, _)) = lines.last() else {
                return Ok(fields);
            };
            after = last.line;
            fields.extend(records::fields_of(lines.iter().map(|(line, _)| line)));
        }
    }

    /// Decides the lines of records that were found.
    pub async fn decide_found(&mut self, records: &BTreeMap<String, Record>) -> Result<(), Fault> {
        let (source_run, undo_run) = (self.source.run_id, self.run_id);
        let ids: Vec<String> = records.keys().cloned().collect();
        let lines = self
            .engine
            .read(move |read| Ok(read.undoable_lines_of(source_run, undo_run, &ids)?))
            .await?;
        self.decide(lines, records).await
    }

    /// Decides what becomes of lines, with the memberships that are taken away, and writes it.
    async fn decide(
        &mut self,
        lines: Vec<LineAndMember>,
        records: &BTreeMap<String, Record>,
    ) -> Result<(), Fault> {
        let mut undone: Vec<(NewLine, Option<MemberRow>)> = Vec::with_capacity(lines.len());
        let ids = lines.iter().filter_map(|(line, _)| line.salesforce_id.clone());
        let (source_run, ids) = (self.source.run_id, ids.collect::<Vec<String>>());
        let later = self
            .engine
            .read(move |read| Ok(read.later_writes(source_run, &ids)?))
            .await?;
        for (line, member) in lines {
            let record = line.salesforce_id.as_ref().and_then(|id| records.get(id));
            let user_ids = self.user_ids();
            let facts = decision::Facts {
                run_id: source_run,
                user_ids: &user_ids,
                org_time: self.client.org_time(),
                later: &later,
            };
            let decision = decision::decide(&line, record, &facts);
            let new = line::undo_line(&line, decision, record, |target, text| {
                self.json_of(line.object, target, text)
            });
            self.count(&new);
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
            self.removed_members += u32::from(member.is_some());
            undone.push((new, member));
        }
        self.planned_lines += u32::try_from(undone.len()).unwrap_or(u32::MAX);
        let run_id = self.run_id;
        self.engine
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
        self.tell().await;
        if self.cancel.is_cancelled() {
            return Err(Fault::new(
                Code::Cancelled,
                "The plan was stopped. Nothing was written.",
            ));
        }
        Ok(())
    }

    async fn tell(&self) {
        let progress = PlanningProgress {
            run: self.run_id,
            step: PlanningStep::FindDuplicates,
            mapped_records: self.planned_lines,
            checked_records: self.planned_lines,
            total_records: self.source.tally.created_records + self.source.tally.updated_records,
        };
        emit_planning(self.engine, progress).await;
    }

    /// The connected user, and those who wrote the run.
    fn user_ids(&self) -> Vec<&str> {
        let writers = self.source.options.writers.iter();
        writers.chain([&self.org.user_id]).map(String::as_str).collect()
    }

    /// When the run began to be sent, by the org's clock.
    pub fn began_at(&self) -> Option<Timestamp> {
        decision::by_clock_of_org(self.source.started_at.as_deref()?, self.client.org_time())
    }

    /// A text as JSON of its field's kind.
    pub fn json_of(&self, object: TargetObject, target: &str, text: Option<&str>) -> serde_json::Value {
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

    fn count(&mut self, line: &NewLine) {
        if line.object != self.source.object {
            self.deleted_accounts += u32::from(line.action == LineAction::Delete);
            return;
        }
        match line.action {
            LineAction::Delete => self.counts.delete_records += 1,
            LineAction::Restore => self.counts.restore_records += 1,
            _ => self.counts.skip_records += 1,
        }
        if line.action == LineAction::Restore {
            for change in &line.changes {
                match change.outcome {
                    UpdateOutcome::Filled => self.counts.filled_values += 1,
                    UpdateOutcome::Overwritten => self.counts.overwritten_values += 1,
                    UpdateOutcome::Cleared => self.counts.cleared_values += 1,
                    _ => self.counts.unchanged_values += 1,
                }
            }
        }
    }

    /// Accounts that were planned to be deleted and stay.
    fn count_kept(&mut self, accounts: u32) {
        if self.source.object == TargetObject::Account {
            self.counts.delete_records -= accounts;
            self.counts.skip_records += accounts;
        } else {
            self.deleted_accounts -= accounts;
        }
    }
}

/// Says of which objects the children of accounts are not known.
fn unread_children(objects: &BTreeSet<String>) -> Vec<Forecast> {
    if objects.is_empty() {
        return Vec::new();
    }
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    vec![Forecast {
        state: ForecastState::MayRefuse,
        title: "Other children of accounts".to_owned(),
        sentence: format!(
            "The connected user may not read {}, so accounts are deleted whether or not they have records of these. Give the              user the right to read them and plan the undo again if that matters.",
            objects.join(", ")
        ),
    }]
}
