//! 25 records or fewer: one sObject Collections call.

use model::{Api, JobOperation, JobState, LineAction, LineOutcome, TargetObject};
use salesforce::{AutoAssign, CollectionOptions, Record, RowOutcome, WriteOptions};
use store::{JobLines, JobRow, LineRow, NewJob};

use super::{Pass, Stop, created, recovery, refused};
use crate::fault::{Code, Fault};

/// One Collections call carries no more (sObject Collections, REST API Developer Guide).
const LARGEST_CALL_RECORDS: u32 = 200;

/// Sends every planned line in one call.
pub(super) async fn send(pass: &Pass<'_>) -> Result<(), Stop> {
    let (run_id, object) = (pass.run.run_id, pass.run.object);
    let job = pass
        .engine
        .write(move |write| {
            let job = write.intend_job(
                run_id,
                NewJob {
                    api: Api::Rest,
                    operation: JobOperation::Insert,
                    object,
                    columns: None,
                    intended_at: store::now(),
                },
                &JobLines::Action(LineAction::Create),
            )?;
            write.mark_sent(run_id, job.job_number)?;
            Ok(job)
        })
        .await?;
    let number = job.job_number;
    let lines = sent_lines(pass, number).await?;
    let records: Vec<Record> = lines.iter().map(|line| line.cells.clone()).collect();
    // New leads in a small export go through the org's active assignment rule; nothing else does.
    let auto_assign = if pass.run.object == TargetObject::Lead {
        AutoAssign::On
    } else {
        AutoAssign::Off
    };
    let options = CollectionOptions {
        all_or_none: false,
        write: WriteOptions {
            auto_assign,
            duplicate_rule: None,
        },
    };
    match pass
        .client
        .create_many(pass.run.object.api_name(), &records, &options)
        .await
    {
        Ok(outcomes) => settle(pass, &job, &lines, outcomes).await,
        Err(error) if error.may_have_acted() => {
            tracing::warn!(%error, "the answer to a Collections call was lost");
            recovery::settle(pass, job).await
        }
        Err(error) => {
            pass.engine
                .write(move |write| {
                    write.unmark_sent(run_id, number)?;
                    Ok(write.set_job_state(run_id, number, JobState::Aborted)?)
                })
                .await?;
            Err(error.into())
        }
    }
}

/// The lines of a job that wait for their answer, in order.
pub(super) async fn sent_lines(pass: &Pass<'_>, job_number: u32) -> Result<Vec<LineRow>, Fault> {
    let run_id = pass.run.run_id;
    pass.engine
        .read(move |read| {
            Ok(read.job_lines(run_id, job_number, LineOutcome::Sent, 0, LARGEST_CALL_RECORDS)?)
        })
        .await
}

async fn settle(
    pass: &Pass<'_>,
    job: &JobRow,
    lines: &[LineRow],
    outcomes: Vec<RowOutcome>,
) -> Result<(), Stop> {
    if outcomes.len() != lines.len() {
        return Err(Stop::Failed(Fault::new(
            Code::Salesforce,
            format!(
                "Salesforce answered {} records where {} were sent. See the ledger.",
                outcomes.len(),
                lines.len()
            ),
        )));
    }
    let updates: Vec<_> = lines
        .iter()
        .zip(outcomes)
        .map(|(line, outcome)| match outcome {
            RowOutcome::Saved { id, .. } => (line.line, created(id)),
            RowOutcome::Refused { errors } => {
                let (code, message) = errors
                    .first()
                    .map_or(("UNKNOWN", "Salesforce gave no reason."), |error| {
                        (&error.code, &error.message)
                    });
                (line.line, refused(code, message))
            }
        })
        .collect();
    let (run_id, number) = (job.run_id, job.job_number);
    pass.engine
        .write(move |write| {
            for (line, update) in &updates {
                write.settle_line(run_id, *line, update)?;
            }
            Ok(write.set_job_state(run_id, number, JobState::Complete)?)
        })
        .await?;
    pass.progress.tell().await;
    Ok(())
}
