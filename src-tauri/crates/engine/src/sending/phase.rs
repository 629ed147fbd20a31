//! The phases of a run: parents before children, creations before updates, each by the API that its number asks for.

use model::{Api, LineAction, RunKind, RunState, TargetObject};
use salesforce::{AutoAssign, CollectionOptions, DuplicateRule, WriteOptions};
use store::{JobLines, JobRow, LineFilter, PlannedLines};

use super::outcome::{DUPLICATES_CODE, Judging, MOST_ATTEMPTS};
use super::{Pass, Stop, accounts, bulk, members, rest};
use crate::fault::Fault;
use crate::undo;

/// Put off because the text `#N/A` cannot be sent by Bulk API as a text.
pub(super) const RESERVED_TEXT_CODE: &str = "reserved_text";
/// Put off because one upload carries no more.
pub(super) const NEXT_UPLOAD_CODE: &str = "next_upload";
/// Up to so many locked records are sent again by Collections, where each stands for itself; more by another job.
const MOST_ALONE: u32 = 200;

/// Lines of one object that are sent in one way.
#[derive(Clone, Copy)]
pub(super) struct Phase {
    pub object: TargetObject,
    pub action: LineAction,
    pub api: Api,
}

/// Sends everything that is planned, in order.
pub(super) async fn run_all(pass: &Pass<'_>) -> Result<(), Stop> {
    let object = pass.run.object;
    let with_accounts = object == TargetObject::Contact;
    let phase = |action| Phase {
        object,
        action,
        api: pass.run.api,
    };
    match pass.run.kind {
        RunKind::Export => {
            if with_accounts {
                accounts_phase(pass, LineAction::Create).await?.run(pass).await?;
                if !pass.cancel.is_cancelled() {
                    accounts::hand_over(pass).await?;
                }
            }
            phase(LineAction::Create).run(pass).await?;
            phase(LineAction::Update).run(pass).await?;
            members::run(pass).await
        }
        RunKind::Undo => {
            members::run(pass).await?;
            phase(LineAction::Restore).run(pass).await?;
            if object == TargetObject::Account {
                undo::keep_parents(pass.engine, &pass.client, pass.run.run_id).await?;
            }
            phase(LineAction::Delete).run(pass).await?;
            if with_accounts && !pass.cancel.is_cancelled() {
                undo::keep_parents(pass.engine, &pass.client, pass.run.run_id).await?;
                accounts_phase(pass, LineAction::Delete).await?.run(pass).await?;
            }
            Ok(())
        }
    }
}

/// Accounts of a run of contacts go by their own number.
async fn accounts_phase(pass: &Pass<'_>, action: LineAction) -> Result<Phase, Fault> {
    let run_id = pass.run.run_id;
    let accounts = pass
        .engine
        .read(move |read| {
            let filter = LineFilter {
                action: Some(action),
                object: Some(TargetObject::Account),
                ..LineFilter::default()
            };
            Ok(read.count_lines(run_id, &filter)?)
        })
        .await?;
    Ok(Phase {
        object: TargetObject::Account,
        action,
        api: Api::for_records(u64::from(accounts)),
    })
}

impl Phase {
    /// The phase that a job belongs to; `None` for memberships of a campaign.
    pub fn of(pass: &Pass<'_>, job: &JobRow) -> Option<Self> {
        let object = TargetObject::ALL
            .into_iter()
            .find(|object| object.api_name() == job.object)?;
        Some(Self {
            object,
            action: job.action,
            api: if object == pass.run.object {
                pass.run.api
            } else {
                job.api
            },
        })
    }

    /// How the answers of this phase are taken.
    pub fn judging(self, pass: &Pass<'_>, is_past_alerts: bool) -> Judging {
        Judging {
            action: self.action,
            saves_past_alerts: pass.run.options.save_past_alerts,
            is_past_alerts,
        }
    }

    /// What a Collections call asks of the org's rules. New leads of a small run go through the active assignment rule,
    /// those of a large one through the rule that the admin chose; nothing else goes through any.
    pub fn collection_options(self, pass: &Pass<'_>, is_past_alerts: bool) -> CollectionOptions {
        let auto_assign = if self.creates_leads() {
            match (pass.run.api, self.assignment_rule_id(pass)) {
                (Api::Rest, _) => AutoAssign::On,
                (Api::Bulk, Some(rule)) => AutoAssign::Rule(rule),
                (Api::Bulk, None) => AutoAssign::Off,
            }
        } else {
            AutoAssign::Off
        };
        CollectionOptions {
            all_or_none: false,
            write: WriteOptions {
                auto_assign,
                duplicate_rule: is_past_alerts.then_some(DuplicateRule {
                    allow_save: true,
                    ..DuplicateRule::default()
                }),
            },
        }
    }

    /// Assignment rule of a Bulk job.
    pub fn assignment_rule_id(self, pass: &Pass<'_>) -> Option<String> {
        let rule = pass.run.options.bulk_assignment_rule.as_ref()?;
        self.creates_leads().then(|| rule.rule_id.clone())
    }

    fn creates_leads(self) -> bool {
        self.object == TargetObject::Lead && self.action == LineAction::Create
    }

    /// Sends the planned lines, then those that were put off, until none is left.
    async fn run(self, pass: &Pass<'_>) -> Result<(), Stop> {
        let run_id = pass.run.run_id;
        while !pass.cancel.is_cancelled() {
            let planned = pass
                .engine
                .read(move |read| Ok(read.planned_lines(run_id, self.object, self.action)?))
                .await?;
            let with = |wanted: &str| planned.iter().find(|lines| lines.code.as_deref() == Some(wanted));
            if planned.is_empty() {
                break;
            }
            let (lines, is_past_alerts) =
                if let Some(fresh) = planned.iter().find(|lines| lines.code.is_none()) {
                    (
                        match self.api {
                            Api::Rest => JobLines::First(rest::MOST_RECORDS),
                            Api::Bulk => JobLines::All(fresh.lines),
                        },
                        false,
                    )
                } else if with(NEXT_UPLOAD_CODE).is_some() {
                    (put_off(&[NEXT_UPLOAD_CODE], u32::MAX), false)
                } else if with(RESERVED_TEXT_CODE).is_some() {
                    (put_off(&[RESERVED_TEXT_CODE], rest::MOST_RECORDS), false)
                } else if with(DUPLICATES_CODE).is_some() {
                    (put_off(&[DUPLICATES_CODE], rest::MOST_RECORDS), true)
                } else {
                    self.send_locked(pass, &planned).await?;
                    continue;
                };
            self.send(pass, lines, is_past_alerts).await?;
        }
        Ok(())
    }

    /// Sends lines in the way that their number asks for. What an undo would write is looked at once more right before.
    async fn send(self, pass: &Pass<'_>, lines: JobLines, is_past_alerts: bool) -> Result<(), Stop> {
        if pass.run.kind == RunKind::Undo {
            let (put_off, limit) = match &lines {
                JobLines::First(limit) => (None, *limit),
                JobLines::PutOff { codes, limit } => (Some(codes.clone()), *limit),
                JobLines::All(_) | JobLines::Members(_) => (None, u32::MAX),
            };
            let next = undo::NextLines {
                object: self.object,
                action: self.action,
                put_off,
                limit,
            };
            undo::leave_changed(pass, next).await?;
            if pass.cancel.is_cancelled() {
                return Ok(());
            }
        }
        match &lines {
            JobLines::First(_) => rest::send(pass, self, lines, is_past_alerts).await,
            JobLines::PutOff { limit, .. } if *limit <= rest::MOST_RECORDS => {
                rest::send(pass, self, lines, is_past_alerts).await
            }
            _ => bulk::send_lines(pass, self, lines).await,
        }
    }

    /// Waits a moment, then sends locked records again by themselves.
    async fn send_locked(self, pass: &Pass<'_>, planned: &[PlannedLines]) -> Result<(), Stop> {
        let run_id = pass.run.run_id;
        let locked: u32 = planned.iter().map(|lines| lines.lines).sum();
        let attempts = planned
            .iter()
            .map(|lines| lines.most_attempts)
            .max()
            .unwrap_or_default();
        let sentence = format!(
            "{locked} {} refused for a reason that passes, such as a lock, and {} sent again alone: try {} of {MOST_ATTEMPTS}.",
            if locked == 1 { "record was" } else { "records were" },
            if locked == 1 { "is" } else { "are" },
            attempts + 1
        );
        pass.engine
            .write(move |write| Ok(write.set_run_state(run_id, RunState::Sending, &sentence)?))
            .await?;
        pass.progress.tell().await;
        tokio::select! {
            () = pass.cancel.cancelled() => return Ok(()),
            () = tokio::time::sleep(pass.engine.pace().retry.pause(attempts.max(1))) => {}
        }
        let codes: Vec<&str> = planned.iter().filter_map(|lines| lines.code.as_deref()).collect();
        let most = if locked <= MOST_ALONE {
            rest::MOST_RECORDS
        } else {
            u32::MAX
        };
        self.send(pass, put_off(&codes, most), false).await?;
        pass.engine
            .write(move |write| {
                // Somebody may want the run's end meanwhile.
                if crate::run_view::require_run(write, run_id)?.state == RunState::Sending {
                    write.set_run_state(run_id, RunState::Sending, "")?;
                }
                Ok(())
            })
            .await?;
        Ok(())
    }
}

fn put_off(codes: &[&str], limit: u32) -> JobLines {
    JobLines::PutOff {
        codes: codes.iter().map(|code| (*code).to_owned()).collect(),
        limit,
    }
}
