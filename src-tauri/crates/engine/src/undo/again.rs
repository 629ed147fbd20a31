//! Looks at the records of an undo once more, right before they are sent: what somebody changed since the plan is left alone.
//!
//! Many records are told by what the org changed since the plan, where that takes fewer calls than asking for them by their
//! ids.

use std::collections::{BTreeMap, BTreeSet};

use model::{LineAction, LineOutcome, TargetObject};
use salesforce::Record;
use salesforce::soql::Literal;
use serde_json::Value;
use store::{LineOutcomeUpdate, UndoneLine, UndoneLines};

use super::decision::{self, Decision, changed_after_plan};
use super::records::{self, FEW_RECORDS, audit_fields};
use crate::Engine;
use crate::fault::Fault;
use crate::look_back::changes_from;
use crate::records_by_id::IDS_OF_A_QUERY;
use crate::sending::{Pass, Stop};

/// Records of one page of a query's answer.
const RECORDS_OF_A_PAGE: u64 = 2_000;

/// Lines of an undo that are sent next.
#[derive(Debug, Clone)]
pub(crate) struct NextLines {
    /// Of this object.
    pub object: TargetObject,
    /// Of this action.
    pub action: LineAction,
    /// Those that were put off for one of these reasons; `None` are those that were not put off.
    pub put_off: Option<Vec<String>>,
    /// The first of them.
    pub limit: u32,
}

/// Settles those of the next lines whose records somebody changed or deleted: they are left alone.
pub(crate) async fn leave_changed(pass: &Pass<'_>, next: NextLines) -> Result<(), Stop> {
    let Some(source_run_id) = pass.run().source_run_id else {
        return Ok(());
    };
    let again = Again {
        pass,
        source_run_id,
        next,
    };
    let lines = again.count().await?;
    if lines <= FEW_RECORDS {
        return again.by_ids().await;
    }
    let Some(since) = changes_from(&pass.run().findings.checked_at) else {
        return again.by_ids().await;
    };
    let condition = format!("SystemModstamp >= {}", Literal::DateTime(since).to_soql());
    let name = again.next.object.api_name();
    let count = format!("SELECT COUNT() FROM {name} WHERE {condition}");
    let changed = pass.client().query(&count).await?.total_size;
    if changed.div_ceil(RECORDS_OF_A_PAGE) < u64::from(lines).div_ceil(IDS_OF_A_QUERY) {
        again.by_changes(&condition).await
    } else {
        again.by_ids().await
    }
}

/// Calls that looking again at so many records takes at most.
pub(super) fn calls_of_looking_again(records: u32) -> u32 {
    let calls = u64::from(records).div_ceil(IDS_OF_A_QUERY) + u64::from(records > FEW_RECORDS);
    u32::try_from(calls).unwrap_or(u32::MAX)
}

struct Again<'a> {
    pass: &'a Pass<'a>,
    source_run_id: i64,
    next: NextLines,
}

impl Again<'_> {
    fn engine(&self) -> &Engine {
        self.pass.engine()
    }

    async fn count(&self) -> Result<u32, Fault> {
        let next = self.next.clone();
        let (undo_run_id, source_run_id) = (self.pass.run().run_id, self.source_run_id);
        let lines = self
            .engine()
            .read(move |read| Ok(read.count_planned_undo_lines(&which(&next, undo_run_id, source_run_id))?))
            .await?;
        Ok(lines.min(self.next.limit))
    }

    /// Lines after a line.
    async fn window(&self, after_line: u32, limit: u32) -> Result<Vec<UndoneLine>, Fault> {
        let next = self.next.clone();
        let (undo_run_id, source_run_id) = (self.pass.run().run_id, self.source_run_id);
        self.engine()
            .read(move |read| {
                let lines = which(&next, undo_run_id, source_run_id);
                Ok(read.planned_undo_lines(&lines, after_line, limit)?)
            })
            .await
    }

    async fn by_ids(&self) -> Result<(), Stop> {
        let window = u32::try_from(IDS_OF_A_QUERY).unwrap_or(u32::MAX);
        let (mut after, mut left) = (0, self.next.limit);
        while left > 0 && !self.pass.is_cancelled() {
            let lines = self.window(after, window.min(left)).await?;
            let Some(last) = lines.last() else { break };
            after = last.source.line;
            left = left.saturating_sub(u32::try_from(lines.len()).unwrap_or(u32::MAX));
            let ids: Vec<&str> = lines
                .iter()
                .filter_map(|line| line.source.salesforce_id.as_deref())
                .collect();
            let fields = self.fields_of(&lines);
            let name = self.next.object.api_name();
            let records = crate::records_by_id::read(self.pass.client(), name, &fields, &ids, None).await?;
            self.settle(lines, &records).await?;
        }
        Ok(())
    }

    async fn by_changes(&self, condition: &str) -> Result<(), Stop> {
        let mut fields = audit_fields();
        if self.needs_values() {
            let mut after = 0;
            loop {
                let lines = self.window(after, FEW_RECORDS).await?;
                let Some(last) = lines.last() else { break };
                after = last.source.line;
                fields.extend(self.fields_of(&lines));
            }
        }
        fields.insert("Id".to_owned());
        let fields: Vec<String> = fields.into_iter().collect();
        let query = format!(
            "SELECT {} FROM {} WHERE {condition}",
            fields.join(", "),
            self.next.object.api_name()
        );
        let mut pages = self.pass.client().pages(query);
        while let Some(page) = pages.next().await? {
            if self.pass.is_cancelled() {
                break;
            }
            let records: BTreeMap<String, Record> = page
                .records
                .into_iter()
                .filter_map(|record| Some((record.get("Id").and_then(Value::as_str)?.to_owned(), record)))
                .collect();
            let ids: Vec<String> = records.keys().cloned().collect();
            let next = self.next.clone();
            let (undo_run_id, source_run_id) = (self.pass.run().run_id, self.source_run_id);
            let lines = self
                .engine()
                .read(move |read| {
                    let lines = which(&next, undo_run_id, source_run_id);
                    Ok(read.planned_undo_lines_of(&lines, &ids)?)
                })
                .await?;
            self.settle(lines, &records).await?;
        }
        Ok(())
    }

    /// What is asked of the records of lines.
    fn fields_of(&self, lines: &[UndoneLine]) -> BTreeSet<String> {
        if self.needs_values() {
            records::fields_of(lines.iter().map(|line| &line.source))
        } else {
            audit_fields()
        }
    }

    /// Of a person who is deleted only who changed the record matters.
    fn needs_values(&self) -> bool {
        self.next.action == LineAction::Restore || self.next.object == TargetObject::Account
    }

    async fn settle(&self, lines: Vec<UndoneLine>, records: &BTreeMap<String, Record>) -> Result<(), Fault> {
        let ids: Vec<String> = lines
            .iter()
            .filter_map(|line| line.source.salesforce_id.clone())
            .collect();
        let source_run_id = self.source_run_id;
        let later = self
            .engine()
            .read(move |read| Ok(read.later_writes(source_run_id, &ids)?))
            .await?;
        let writers = &self.pass.run().options.writers;
        let user_ids: Vec<&str> = writers.iter().map(String::as_str).collect();
        let facts = decision::Facts {
            run_id: source_run_id,
            user_ids: &user_ids,
            org_time: self.pass.client().org_time(),
            later: &later,
        };
        let mut left_alone = Vec::new();
        for line in lines {
            let record = line.source.salesforce_id.as_ref().and_then(|id| records.get(id));
            let now = decision::decide(&line.source, record, &facts);
            let now = if now.action == self.next.action {
                changed_after_plan(record, line.modified_at.as_deref())
            } else {
                Some(now)
            };
            if let Some((code, sentence)) = now.and_then(|Decision { left_alone, .. }| left_alone) {
                let update = LineOutcomeUpdate {
                    outcome: LineOutcome::Skipped,
                    salesforce_id: None,
                    error_code: Some(code),
                    error: Some(sentence),
                    settled_at: store::now(),
                };
                left_alone.push((line.source.line, update));
            }
        }
        if left_alone.is_empty() {
            return Ok(());
        }
        let run_id = self.pass.run().run_id;
        self.engine()
            .write(move |write| {
                for (line, update) in left_alone {
                    write.settle_line(run_id, line, &update)?;
                }
                Ok(())
            })
            .await
    }
}

fn which(next: &NextLines, undo_run_id: i64, source_run_id: i64) -> UndoneLines<'_> {
    UndoneLines {
        undo_run_id,
        source_run_id,
        object: next.object,
        action: next.action,
        put_off: next.put_off.as_deref(),
    }
}
