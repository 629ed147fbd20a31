//! Step 6, and after every answer: what a plan counts, costs and foresees.

use model::{Api, CostStep, Findings, LineAction, PlanCounts, RunOptions, TargetObject, calls_of_sending};
use store::{LineFilter, MemberState, Read, Write};

use super::forecasts::forecasts;
use super::plan::Planning;
use super::{campaigns, look_cost};
use crate::audit;
use crate::fault::Fault;
use crate::run_view::require_run;

/// Counts the lines and ends the plan.
pub(super) async fn finish(planning: &mut Planning) -> Result<(), Fault> {
    let (run_id, object) = (planning.run_id, planning.object);
    let (options, findings) = (planning.options.clone(), planning.findings.clone());
    planning
        .engine
        .write(move |write| settle(write, run_id, object, &options, findings))
        .await
}

/// Counts the lines again, and with them the API, the costs and the forecasts.
pub(super) fn settle(
    write: &Write<'_>,
    run_id: i64,
    object: TargetObject,
    options: &RunOptions,
    mut findings: Findings,
) -> Result<(), Fault> {
    campaigns::plan_members(write, run_id, options)?;
    let counts = write.plan_counts(run_id, object, accounts(write, run_id, object)?)?;
    let look = look_cost::step(write, run_id, object, options, &counts)?;
    findings.costs = costs(object, &counts, &findings, look);
    add_members(write, run_id, options, &mut findings)?;
    findings.forecasts = forecasts(object, options, &counts, &findings.rules);
    let estimated = findings
        .costs
        .iter()
        .filter(|step| !step.is_done)
        .fold(0, |sum: u32, step| sum.saturating_add(step.api_calls));
    let before = require_run(write, run_id)?.state;
    write.finish_plan(run_id, &counts, &findings, estimated)?;
    write.tally_plan(run_id, &counts)?;
    // A draft takes the place of a plan that was told when it was made.
    if store::is_draft(run_id) {
        return Ok(());
    }
    audit::note_planned(write, before, run_id)
}

/// What concerns the accounts of contacts.
fn accounts(write: &Write<'_>, run_id: i64, object: TargetObject) -> Result<PlanCounts, Fault> {
    if object != TargetObject::Contact {
        return Ok(PlanCounts::default());
    }
    let created = LineFilter {
        action: Some(LineAction::Create),
        object: Some(TargetObject::Account),
        ..LineFilter::default()
    };
    let (_, ask_companies) = write.count_asked_companies(run_id)?;
    Ok(PlanCounts {
        create_account_records: write.count_lines(run_id, &created)?,
        ask_companies,
        ..PlanCounts::default()
    })
}

fn costs(object: TargetObject, counts: &PlanCounts, findings: &Findings, look: CostStep) -> Vec<CostStep> {
    let planned = CostStep {
        label: "Duplicate check and values before".to_owned(),
        api_calls: findings
            .checks
            .iter()
            .fold(0, |sum: u32, check| sum.saturating_add(check.api_calls)),
        is_done: true,
    };
    let mut costs = vec![planned, look];
    let api = Api::for_records(u64::from(counts.sent_records()));
    let mut add = |verb: &str, of: TargetObject, records: u32, api: Api| {
        if records > 0 {
            costs.push(CostStep {
                label: format!("{verb} {}, {}", of.counted(u64::from(records)), api.way()),
                api_calls: calls_of_sending(u64::from(records), api),
                is_done: false,
            });
        }
    };
    let accounts = counts.create_account_records;
    add(
        "Create",
        TargetObject::Account,
        accounts,
        Api::for_records(u64::from(accounts)),
    );
    add("Create", object, counts.create_records, api);
    add("Update", object, counts.update_records, api);
    costs
}

/// Memberships, those of people whom Salesforce has as they are as well.
fn add_members(
    read: &Read<'_>,
    run_id: i64,
    options: &RunOptions,
    findings: &mut Findings,
) -> Result<(), Fault> {
    let Some(campaign) = &options.campaign else {
        return Ok(());
    };
    let of_states = read.count_members(run_id)?.into_iter();
    let members: u32 = of_states
        .filter(|(state, _)| *state == MemberState::Planned)
        .map(|(_, members)| members)
        .sum();
    if members > 0 {
        let members = u64::from(members);
        let api = Api::for_records(members);
        findings.costs.push(CostStep {
            label: format!("Add them to the campaign {}, {}", campaign.name, api.way()),
            api_calls: calls_of_sending(members, api),
            is_done: false,
        });
    }
    Ok(())
}
