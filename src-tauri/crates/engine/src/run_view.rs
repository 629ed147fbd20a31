//! A run as the contract shows it: its plan, its tally, its pace, and what may be done with it.

use model::text::grouped;
use model::{ApiCost, LineOutcome, RunState as State, TargetObject, estimated_polls};
use store::{Read, RunFaultRow, RunRow};

use crate::Engine;
use crate::contract::mapping::Target;
use crate::contract::runs::{
    Api, Cost, Forecast, ForecastState, Outcome, Pace, Plan, Reason, RunMay, RunState, RunSummary, RunView,
    Tally,
};
use crate::fault::{Code, Fault};
use crate::integration::org_kind;

/// One run.
pub(crate) async fn view(engine: &Engine, run_id: i64) -> Result<RunView, Fault> {
    let processed = engine.processed_records(run_id);
    let mut view = engine.read(move |read| read_view(read, run_id)).await?;
    if view.summary.state == RunState::Sending && view.summary.tally.waiting_records > 0 && processed > 0 {
        let planned = view.plan.create_records;
        view.pace = pace(
            view.summary.started_at.as_deref(),
            processed.min(planned),
            planned,
        );
        view.summary.state_sentence = format!(
            "Salesforce has processed {} of {} records.",
            grouped(u64::from(processed)),
            grouped(u64::from(planned))
        );
    }
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
    let reasons = read
        .reasons(run_id)?
        .into_iter()
        .map(|(outcome, code, sentence, records)| Reason {
            outcome: outcome.into(),
            code,
            sentence,
            records,
        })
        .collect();
    let plan = plan(&run, read.run_faults(run_id)?);
    Ok(RunView {
        plan,
        mapping_version: run.mapping_version,
        job_ids,
        reasons,
        pace: if run.state == State::Sending {
            let settled = run.planned_records.saturating_sub(run.waiting_records);
            pace(run.started_at.as_deref(), settled, run.planned_records)
        } else {
            None
        },
        may: RunMay {
            send: run.state == State::Planned && run.planned_records > 0,
            cancel: matches!(run.state, State::Planned | State::Sending | State::Waiting),
            resume: matches!(run.state, State::Waiting),
        },
        summary: summary(run),
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
pub(crate) fn summary(run: RunRow) -> RunSummary {
    RunSummary {
        run: run.run_id,
        kind: "export".to_owned(),
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
        tally: Tally {
            created_records: run.created_records,
            updated_records: run.updated_records,
            skipped_records: run.skipped_records,
            refused_records: run.refused_records,
            failed_records: run.failed_records,
            uncertain_records: run.uncertain_records,
            waiting_records: run.waiting_records,
        },
        api_calls: run.api_calls,
        estimated_api_calls: run.estimated_api_calls,
    }
}

fn plan(run: &RunRow, faults: Vec<RunFaultRow>) -> Plan {
    let records = u64::from(run.planned_records);
    let cost = ApiCost::of_sending(records, estimated_polls(records));
    Plan {
        create_records: run.planned_records,
        update_records: 0,
        skip_records: 0,
        refuse_records: run.refused_in_plan_records,
        noted_records: run.noted_records,
        forecasts: forecasts(run),
        costs: cost
            .steps
            .iter()
            .map(|step| Cost {
                label: step.label.clone(),
                api_calls: step.api_calls,
            })
            .collect(),
        estimated_api_calls: run.estimated_api_calls,
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

/// The border of 25 and 26 in plain words, and what else decides in Salesforce.
fn forecasts(run: &RunRow) -> Vec<Forecast> {
    let records = run.planned_records;
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

/// Speed since sending began. The time left cannot be told before the first record is settled.
fn pace(started_at: Option<&str>, settled_records: u32, planned_records: u32) -> Option<Pace> {
    let started: jiff::Timestamp = started_at?.parse().ok()?;
    let seconds = jiff::Timestamp::now()
        .duration_since(started)
        .as_secs_f64()
        .max(0.001);
    let per_second = f64::from(settled_records) / seconds;
    let left = f64::from(planned_records.saturating_sub(settled_records));
    Some(Pace {
        records_per_minute: per_second * 60.0,
        seconds_left: (settled_records > 0).then(|| left / per_second),
    })
}

impl From<TargetObject> for Target {
    fn from(object: TargetObject) -> Self {
        match object {
            TargetObject::Account => Self::Account,
            TargetObject::Contact => Self::Contact,
            TargetObject::Lead => Self::Lead,
        }
    }
}

impl From<Target> for TargetObject {
    fn from(target: Target) -> Self {
        match target {
            Target::Account => Self::Account,
            Target::Contact => Self::Contact,
            Target::Lead => Self::Lead,
        }
    }
}

impl From<model::Api> for Api {
    fn from(api: model::Api) -> Self {
        match api {
            model::Api::Rest => Self::Rest,
            model::Api::Bulk => Self::Bulk,
        }
    }
}

impl From<State> for RunState {
    fn from(state: State) -> Self {
        match state {
            State::Planning => Self::Planning,
            State::Planned => Self::Planned,
            State::Sending => Self::Sending,
            State::Waiting => Self::Waiting,
            State::Cancelling => Self::Cancelling,
            State::Done => Self::Done,
            State::Cancelled => Self::Cancelled,
            State::Failed => Self::Failed,
        }
    }
}

impl From<LineOutcome> for Outcome {
    fn from(outcome: LineOutcome) -> Self {
        match outcome {
            LineOutcome::Planned => Self::Planned,
            LineOutcome::Sent => Self::Sent,
            LineOutcome::Created => Self::Created,
            LineOutcome::Updated => Self::Updated,
            LineOutcome::Skipped => Self::Skipped,
            LineOutcome::Refused => Self::Refused,
            LineOutcome::Failed => Self::Failed,
            LineOutcome::Uncertain => Self::Uncertain,
        }
    }
}

impl From<Outcome> for LineOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Planned => Self::Planned,
            Outcome::Sent => Self::Sent,
            Outcome::Created => Self::Created,
            Outcome::Updated => Self::Updated,
            Outcome::Skipped => Self::Skipped,
            Outcome::Refused => Self::Refused,
            Outcome::Failed => Self::Failed,
            Outcome::Uncertain => Self::Uncertain,
        }
    }
}
