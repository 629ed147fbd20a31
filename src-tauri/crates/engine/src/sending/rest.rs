//! sObject Collections calls: 25 records or fewer, and those that Bulk API cannot take.

use model::{Api, JobOperation, JobState, LineAction};
use salesforce::{Error, Record, RowOutcome};
use serde_json::Value;
use store::{JobLines, JobRow, LineRow, NewJob, Settlement};

use super::outcome::{Judging, Refusal, Verdict, refused, still_refused};
use super::phase::Phase;
use super::{Pass, Stop, recovery};
use crate::fault::Fault;

/// One Collections call carries no more (REST API Developer Guide, "sObject Collections").
pub(super) const MOST_RECORDS: u32 = 200;

/// Sends lines in one call; when the whole call is refused because of one record, each by itself.
pub(super) async fn send(
    pass: &Pass<'_>,
    phase: Phase,
    lines: JobLines,
    is_past_alerts: bool,
) -> Result<(), Stop> {
    let refused_lines = send_once(pass, phase, lines, is_past_alerts).await?;
    for _ in 0..refused_lines {
        if pass.cancel.is_cancelled() {
            break;
        }
        send_once(pass, phase, JobLines::First(1), is_past_alerts).await?;
    }
    Ok(())
}

/// Sends lines in one call; returns how many are to be sent one by one.
async fn send_once(
    pass: &Pass<'_>,
    phase: Phase,
    lines: JobLines,
    is_past_alerts: bool,
) -> Result<usize, Stop> {
    let run_id = pass.run.run_id;
    let new = NewJob {
        api: Api::Rest,
        action: phase.action,
        object: phase.object.api_name().to_owned(),
        columns: None,
        intended_at: pass.org_now(),
    };
    let (job, lines) = pass
        .engine
        .write(move |write| {
            let job = write.intend_job(run_id, new, &lines)?;
            let lines = write.awaiting_lines(&job, 0, MOST_RECORDS)?;
            Ok((job, lines))
        })
        .await?;
    if lines.is_empty() {
        end(pass, &job, JobState::Complete).await?;
        return Ok(0);
    }
    let judging = phase.judging(pass, is_past_alerts);
    match call(pass, phase, &job, &lines, is_past_alerts).await {
        Ok(outcomes) => {
            settle(pass, &job, judging, &lines, outcomes).await?;
            Ok(0)
        }
        Err(error) if error.may_have_acted() => {
            tracing::warn!(%error, "the answer to a Collections call was lost");
            recovery::settle(pass, job).await?;
            Ok(0)
        }
        Err(Error::Salesforce {
            status: 400 | 404,
            errors,
            ..
        }) if lines.len() == 1 => {
            let (code, message) = errors
                .first()
                .map_or(("UNKNOWN", "Salesforce gave no reason."), |error| {
                    (&error.code, &error.message)
                });
            let update = refused(code, message);
            let (line, settled) = (lines[0].line, job.clone());
            pass.engine
                .write(move |write| {
                    let mut settlement = Settlement::of(write, &settled);
                    settlement.settle(line, &update)?;
                    settlement.finish()?;
                    Ok(write.set_job_state(run_id, settled.job_number, JobState::Complete)?)
                })
                .await?;
            Ok(0)
        }
        Err(Error::Salesforce {
            status: 400 | 404, ..
        }) => {
            end(pass, &job, JobState::Aborted).await?;
            Ok(lines.len())
        }
        Err(error) => {
            if let Err(fault) = end(pass, &job, JobState::Aborted).await {
                pass.engine.note_unmade_job(run_id, job.job_number);
                return Err(fault.into());
            }
            Err(error.into())
        }
    }
}

async fn call(
    pass: &Pass<'_>,
    phase: Phase,
    job: &JobRow,
    lines: &[LineRow],
    is_past_alerts: bool,
) -> Result<Vec<RowOutcome>, Error> {
    let options = phase.collection_options(pass, is_past_alerts);
    let object = phase.object.api_name();
    match job.operation() {
        JobOperation::Insert => {
            let records: Vec<Record> = lines.iter().map(|line| line.cells.clone()).collect();
            pass.client.create_many(object, &records, &options).await
        }
        JobOperation::Update => {
            let records: Vec<Record> = lines.iter().map(with_id).collect();
            pass.client.update_many(object, &records, &options).await
        }
        JobOperation::Delete => {
            let ids: Vec<String> = lines
                .iter()
                .map(|line| line.salesforce_id.clone().unwrap_or_default())
                .collect();
            pass.client.delete_many(&ids, false).await
        }
    }
}

/// The values of an update, with the id of the record.
fn with_id(line: &LineRow) -> Record {
    let mut record = line.cells.clone();
    record.insert(
        "Id".to_owned(),
        Value::String(line.salesforce_id.clone().unwrap_or_default()),
    );
    record
}

async fn settle(
    pass: &Pass<'_>,
    job: &JobRow,
    judging: Judging,
    lines: &[LineRow],
    outcomes: Vec<RowOutcome>,
) -> Result<(), Stop> {
    let verdicts: Vec<(u32, Verdict)> = lines
        .iter()
        .zip(&outcomes)
        .map(|(line, outcome)| {
            let verdict = match outcome {
                RowOutcome::Saved { id, .. } => {
                    let id = (judging.action == LineAction::Create).then(|| id.clone());
                    Verdict::Settled(judging.written(id, store::now()))
                }
                RowOutcome::Refused { errors } => match errors.first() {
                    Some(error) => judging.refusal(&Refusal {
                        code: &error.code,
                        message: &error.message,
                        duplicates: error.duplicates.as_ref(),
                    }),
                    None => Verdict::Settled(refused("UNKNOWN", "Salesforce gave no reason.")),
                },
            };
            (line.line, verdict)
        })
        .collect();
    let job = job.clone();
    pass.engine
        .write(move |write| {
            let mut settlement = Settlement::of(write, &job);
            for (line, verdict) in &verdicts {
                apply(&mut settlement, *line, verdict)?;
            }
            settlement.finish()?;
            Ok(write.set_job_state(job.run_id, job.job_number, JobState::Complete)?)
        })
        .await?;
    pass.progress.tell().await;
    Ok(())
}

/// Does to a line what its answer means; says whether it waited for one.
pub(super) fn apply(
    settlement: &mut Settlement<'_>,
    line: u32,
    verdict: &Verdict,
) -> Result<bool, store::StoreError> {
    match verdict {
        Verdict::Settled(update) => settlement.settle(line, update),
        Verdict::PutOff {
            code,
            error,
            most_attempts,
        } => {
            if settlement.put_off(line, code, error, *most_attempts)? {
                Ok(true)
            } else {
                settlement.settle(line, &still_refused(code, error))
            }
        }
    }
}

/// Notes a job's end. Lines that it left are fresh again.
async fn end(pass: &Pass<'_>, job: &JobRow, state: JobState) -> Result<(), Fault> {
    let (run_id, number) = (job.run_id, job.job_number);
    pass.engine
        .write(move |write| Ok(write.set_job_state(run_id, number, state)?))
        .await
}
