//! A run as the contract shows it: its plan, its tally, its pace, and what may be done with it.

mod members;
mod minutes;
mod plan;
mod words;

pub(crate) use members::{member, members_of, state as member_state, stored_states};
pub(crate) use minutes::Minutes;

use model::text::grouped;
use model::{LineAction, RunState as State};
use store::{LineFilter, Read, RunRow};

use crate::Engine;
use crate::contract::runs::{
    Budget, CampaignChoice, Pace, Reason, RunFollower, RunMay, RunOptions, RunState, RunSummary, RunView,
    Tally,
};
use crate::core::Counted;
use crate::export_settings::{read_settings, today};
use crate::fault::{Code, Fault};
use crate::integration::org_kind;
use crate::run_view::minutes::Unknown;

/// One run, for somebody who asks for it.
pub(crate) async fn view(engine: &Engine, run_id: i64) -> Result<RunView, Fault> {
    whole_view(engine, run_id, Unknown::IsCounted).await
}

/// One run, for those who watch it: they have asked for it before.
pub(crate) async fn for_watchers(engine: &Engine, run_id: i64) -> Result<RunView, Fault> {
    whole_view(engine, run_id, Unknown::IsLeftOut).await
}

async fn whole_view(engine: &Engine, run_id: i64, unknown: Unknown) -> Result<RunView, Fault> {
    let processed = engine.processed_records(run_id);
    let mut view = engine.read(move |read| read_view(read, run_id)).await?;
    if view.summary.state == RunState::Sending {
        let planned = view.plan.create_records
            + view.plan.update_records
            + view.plan.delete_records
            + view.plan.restore_records;
        let waiting = view.summary.tally.waiting_records;
        let settled = planned.saturating_sub(waiting);
        let from = engine.settled_from(run_id, settled);
        view.pace = from.and_then(|from| pace(from, settled, planned));
        if waiting > 0 && processed > 0 {
            let processed = processed.min(planned);
            let from = engine.processed_from(run_id);
            view.pace = from.and_then(|from| pace(from, processed, planned));
            if view.summary.state_sentence.is_empty() {
                view.summary.state_sentence = format!(
                    "Salesforce has processed {} of {} records.",
                    grouped(u64::from(processed)),
                    grouped(u64::from(planned))
                );
            }
        }
    }
    if let Some(obstacle) = engine.obstacle(run_id)
        && !engine.is_sending(run_id)
        && view.summary.state_sentence.is_empty()
        && matches!(view.summary.state, RunState::Sending | RunState::Cancelling)
    {
        // The workspace itself could not be told, e.g. because its disk is full.
        if view.summary.state == RunState::Sending {
            view.summary.state = RunState::Waiting;
        }
        view.summary.state_sentence = obstacle.sentence;
        view.may.resume = true;
    }
    view.minutes = minutes::of_run(engine, &view, unknown).await?;
    // A plan is stopped where it is made.
    view.may.cancel |= view.summary.state == RunState::Planning && engine.is_planning(run_id)?;
    // What nobody sends was interrupted.
    view.may.resume |= view.summary.state == RunState::Sending && !engine.is_sending(run_id);
    Ok(view)
}

/// One run, from a snapshot.
pub(crate) fn read_view(read: &Read<'_>, run_id: i64) -> Result<RunView, Fault> {
    let run = require_run(read, run_id)?;
    let job_ids = read
        .jobs(run_id)?
        .into_iter()
        .filter_map(|job| job.job_id)
        .collect();
    let reasons: Vec<Reason> = read
        .reasons(run_id)?
        .into_iter()
        .map(|reason| Reason {
            outcome: reason.outcome.into(),
            sentence: words::reason(&reason),
            code: reason.code,
            records: reason.records,
        })
        .collect();
    let plan = plan::plan(&run, read.run_faults(run_id)?, budget(read, &run)?);
    let sent_records = run.plan.sent_records();
    let is_unanswered = reasons.iter().any(|reason| reason.code == "not_answered");
    let members = members::counts(read, &run)?;
    // People who are in Salesforce as they are may still become members.
    let waiting_members = members.map_or(0, |members| members.waiting_members);
    let followers = read
        .followers(run_id)?
        .into_iter()
        .map(|(run, kind, state)| RunFollower {
            run,
            kind: kind.into(),
            state: state.into(),
        })
        .collect();
    Ok(RunView {
        plan,
        options: RunOptions {
            on_duplicate: run.options.on_duplicate.map(Into::into),
            campaign: run.options.campaign.as_ref().map(|campaign| CampaignChoice {
                campaign_id: campaign.campaign_id.clone(),
                name: campaign.name.clone(),
                status: campaign.status.clone(),
            }),
            save_past_alerts: run.options.save_past_alerts,
        },
        minutes: Vec::new(),
        members,
        followers,
        mapping_version: run.mapping_version,
        job_ids,
        reasons,
        pace: None,
        may: RunMay {
            send: run.state == State::Planned
                && (sent_records > 0 || waiting_members > 0 || run.kind == model::RunKind::Undo),
            cancel: matches!(run.state, State::Planned | State::Sending | State::Waiting),
            resume: matches!(run.state, State::Waiting),
            answer: run.state == State::Planned && run.kind == model::RunKind::Export,
            retry: run.state.is_final()
                && run.kind == model::RunKind::Export
                && (run.tally.failed_records + run.tally.refused_records > 0 || is_unanswered),
            undo: run.state.is_final()
                && run.kind == model::RunKind::Export
                && run.tally.created_records + run.tally.updated_records > 0,
            repeat: run.kind == model::RunKind::Export && read.list_is_live(run.list_id)?,
        },
        summary: summary(read, run)?,
    })
}

/// A run, or the fault that it is not there.
pub(crate) fn require_run(read: &Read<'_>, run_id: i64) -> Result<RunRow, Fault> {
    read.run(run_id)?.ok_or_else(|| {
        Fault::new(
            Code::NotFound,
            format!("There is no run {run_id}. See the list of runs."),
        )
    })
}

/// A run as a row.
pub(crate) fn summary(read: &Read<'_>, run: RunRow) -> Result<RunSummary, Fault> {
    let created_account_records = if run.plan.create_account_records > 0 {
        let filter = LineFilter {
            outcome: Some(model::LineOutcome::Created),
            action: Some(LineAction::Create),
            object: Some(model::TargetObject::Account),
            ..LineFilter::default()
        };
        read.count_lines(run.run_id, &filter)?
    } else {
        0
    };
    Ok(RunSummary {
        run: run.run_id,
        kind: run.kind.into(),
        source_run: run.source_run_id,
        object: run.object.into(),
        list_name: run.list_name,
        state: run.state.into(),
        state_sentence: run.state_sentence,
        api: run.api.into(),
        org_name: run.org_name,
        org_kind: org_kind(&run.org_kind),
        started_by: run.started_by,
        planned_at: run.planned_at,
        started_at: run.started_at,
        finished_at: run.finished_at,
        total_records: run.total_records,
        tally: tally(run.tally),
        created_account_records,
        api_calls: run.api_calls,
        estimated_api_calls: run.estimated_api_calls,
    })
}

fn tally(tally: model::Tally) -> Tally {
    Tally {
        created_records: tally.created_records,
        updated_records: tally.updated_records,
        deleted_records: tally.deleted_records,
        restored_records: tally.restored_records,
        skipped_records: tally.skipped_records,
        refused_records: tally.refused_records,
        failed_records: tally.failed_records,
        uncertain_records: tally.uncertain_records,
        waiting_records: tally.waiting_records,
        asked_records: tally.asked_records,
    }
}

/// The day's budget, when the admin set one.
fn budget(read: &Read<'_>, run: &RunRow) -> Result<Option<Budget>, Fault> {
    let Some(daily_calls) = read_settings(read)?.daily_budget_calls else {
        return Ok(None);
    };
    Ok(Some(Budget {
        daily_calls,
        used_calls: read.api_calls_of_day(&run.org_id, &today())?,
    }))
}

/// The pace since a moment, and how long what is left takes at it; `None` before anything was gained.
fn pace(from: Counted, done_records: u32, planned_records: u32) -> Option<Pace> {
    let gained = done_records
        .checked_sub(from.records)
        .filter(|gained| *gained > 0)?;
    let per_second = f64::from(gained) / from.at.elapsed().as_secs_f64().max(0.001);
    let left = f64::from(planned_records.saturating_sub(done_records));
    Some(Pace {
        records_per_minute: per_second * 60.0,
        seconds_left: Some(left / per_second),
    })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn what_was_done_before_is_no_part_of_the_pace() {
        let from = Counted {
            at: Instant::now()
                .checked_sub(Duration::from_mins(2))
                .unwrap_or_else(Instant::now),
            records: 50_000,
        };
        assert_eq!(pace(from, 50_000, 100_000), None);
        let gained = pace(from, 60_000, 100_000).unwrap();
        assert!(
            (4_999.0..=5_000.0).contains(&gained.records_per_minute),
            "{gained:?}"
        );
        assert!(
            (480.0..481.0).contains(&gained.seconds_left.unwrap()),
            "{gained:?}"
        );
    }
}
