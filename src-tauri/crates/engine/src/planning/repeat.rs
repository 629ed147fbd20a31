//! Plans the choice of a run anew, as the list and the org are now.

use super::plan::make;
use super::preflight::chosen_again;
use crate::Engine;
use crate::contract::runs::{RunHandle, RunView};
use crate::fault::{Code, Fault};
use crate::listing::live_list;
use crate::run_view::require_run;

/// `runs.repeat`
pub(crate) async fn repeat(engine: &Engine, params: RunHandle) -> Result<RunView, Fault> {
    let run_id = params.run;
    let chosen = engine
        .read(move |read| {
            let run = require_run(read, run_id)?;
            if run.kind != model::RunKind::Export {
                return Err(Fault::new(
                    Code::WrongState,
                    "An undo is not repeated. Plan the export again from its own run.",
                ));
            }
            live_list(read, run.list_id)?;
            chosen_again(read, &run)
        })
        .await?;
    make(engine, chosen, Some(run_id)).await
}
