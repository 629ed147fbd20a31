//! Makes a kept plan anew as a whole: as a draft beside it, which takes its place once it is made to its end.
//!
//! Whatever stops it, the plan and its answers are what they were before.

use std::sync::Arc;

use model::RunState;
use salesforce::Client;
use store::{RunRow, draft_of};

use super::answers;
use super::basis::Basis;
use super::companies;
use super::duplicates::Searched;
use super::plan::Planning;
use crate::Engine;
use crate::fault::{Code, Fault};
use crate::run_view::require_run;
use crate::sending::emit_run;

/// Makes the plan of a run anew; answers stay where their question does. `why` is told with it.
pub(super) async fn make(
    engine: &Engine,
    client: &Client,
    run: RunRow,
    basis: Arc<Basis>,
    searched: Vec<Searched>,
    why: &str,
) -> Result<(), Fault> {
    let run_id = run.run_id;
    let edits = engine.read(move |read| Ok(read.edits(run_id)?)).await?;
    let mut planning = Planning::again(engine, client.clone(), run, basis, searched, edits)?;
    let begun = (
        planning.options.clone(),
        planning.columns.clone(),
        planning.basis.version,
    );
    engine
        .write(move |write| {
            let (options, columns, version) = begun;
            Ok(write.begin_draft(run_id, &options, &columns, version)?)
        })
        .await?;
    planning.run_id = draft_of(run_id);
    planning.findings.replanned_sentence = why.to_owned();
    // Whoever looks at the run sees that it is planned, and can stop that.
    emit_run(engine, run_id).await;
    let made = match planning.work().await {
        Ok(()) => take(engine, run_id).await,
        Err(fault) => Err(fault),
    };
    if made.is_err()
        && let Err(fault) = engine.write(move |write| Ok(write.give_draft_up(run_id)?)).await
    {
        // It is given up when the next plan is made, or when the app starts.
        tracing::warn!(run_id, %fault, "the draft of a plan could not be given up");
    }
    emit_run(engine, run_id).await;
    made
}

/// Answers the draft as the plan was answered, and puts it in its place.
async fn take(engine: &Engine, run_id: i64) -> Result<(), Fault> {
    engine
        .write(move |write| {
            if require_run(write, run_id)?.state != RunState::Planning {
                return Err(Fault::new(
                    Code::Cancelled,
                    "The run was cancelled while its plan was made anew.",
                ));
            }
            let of_lines = write.line_answers(run_id)?;
            let of_companies = write.company_answers(run_id)?;
            companies::answer_again(write, draft_of(run_id), of_companies)?;
            answers::answer_again(write, draft_of(run_id), &of_lines)?;
            Ok(write.take_draft(run_id)?)
        })
        .await
}
