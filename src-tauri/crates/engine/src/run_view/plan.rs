//! A run's plan as the contract shows it.

use model::text::grouped;
use model::{RunKind, TargetObject};
use store::{RunFaultRow, RunRow};

use crate::contract::runs::{Budget, Cost, DuplicateCheck, Forecast, ForecastState, Plan, PlanOwner, Reason};

/// The plan of a run.
pub(super) fn plan(run: &RunRow, faults: Vec<RunFaultRow>, budget: Option<Budget>) -> Plan {
    let counts = run.plan;
    Plan {
        create_records: counts.create_records,
        update_records: counts.update_records,
        skip_records: counts.skip_records,
        ask_records: counts.ask_records,
        refuse_records: counts.refuse_records,
        delete_records: counts.delete_records,
        restore_records: counts.restore_records,
        create_account_records: counts.create_account_records,
        ask_companies: counts.ask_companies,
        filled_values: counts.filled_values,
        overwritten_values: counts.overwritten_values,
        cleared_values: counts.cleared_values,
        unchanged_values: counts.unchanged_values,
        noted_records: counts.noted_records,
        owner: owner(run),
        checks: run.findings.checks.iter().map(check).collect(),
        replanned_sentence: run.findings.replanned_sentence.clone(),
        checked_at: run.findings.checked_at.clone(),
        forecasts: forecasts(run),
        costs: run
            .findings
            .costs
            .iter()
            .map(|step| Cost {
                label: step.label.clone(),
                api_calls: step.api_calls,
            })
            .collect(),
        estimated_api_calls: run.estimated_api_calls,
        budget,
        faults: faults
            .into_iter()
            .map(|fault| Reason {
                outcome: fault.outcome.into(),
                code: fault.code,
                sentence: fault.sentence,
                records: fault.records,
            })
            .collect(),
    }
}

fn owner(run: &RunRow) -> Option<PlanOwner> {
    let sentence = run.findings.owner_sentence.clone();
    (!sentence.is_empty()).then(|| PlanOwner {
        name: run
            .options
            .owner
            .as_ref()
            .map(|owner| owner.name.clone())
            .unwrap_or_default(),
        sentence,
    })
}

fn check(check: &model::DuplicateCheck) -> DuplicateCheck {
    DuplicateCheck {
        place: check.place.into(),
        method: check.method.clone(),
        why: check.why.clone(),
        api_calls: check.api_calls,
        hit_records: check.hit_records,
    }
}

/// The border of 25 and 26 in plain words, and what else decides in Salesforce.
fn forecasts(run: &RunRow) -> Vec<Forecast> {
    if !run.findings.forecasts.is_empty() || run.kind == RunKind::Undo {
        let found = run.findings.forecasts.iter();
        return found
            .map(|forecast| Forecast {
                state: forecast.state.into(),
                title: forecast.title.clone(),
                sentence: forecast.sentence.clone(),
            })
            .collect();
    }
    let records = run.plan.sent_records();
    let mut forecasts = vec![match run.api {
        model::Api::Rest => Forecast {
            state: ForecastState::Runs,
            title: "One REST call".to_owned(),
            sentence: "Exports of 25 records or fewer go by one REST call.".to_owned(),
        },
        model::Api::Bulk => Forecast {
            state: ForecastState::Runs,
            title: "One Bulk API 2.0 job".to_owned(),
            sentence: "Exports of 26 records or more go by Bulk API 2.0.".to_owned(),
        },
    }];
    if run.object == TargetObject::Lead {
        forecasts.push(if run.api == model::Api::Rest {
            Forecast {
                state: ForecastState::Runs,
                title: "Lead assignment rule".to_owned(),
                sentence: "The org's active rule runs for new leads, because 25 or fewer are sent; it may choose the owner.".to_owned(),
            }
        } else {
            Forecast {
                state: ForecastState::WillNotRun,
                title: "Lead assignment rule".to_owned(),
                sentence: format!("It runs for 25 new leads or fewer, and {} are sent.", grouped(u64::from(records))),
            }
        });
    }
    forecasts.push(Forecast {
        state: ForecastState::MayRefuse,
        title: "Duplicate and validation rules".to_owned(),
        sentence: "The org's own rules may refuse records; each is in the ledger with its reason.".to_owned(),
    });
    forecasts
}
