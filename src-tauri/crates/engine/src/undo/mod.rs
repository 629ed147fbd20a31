//! Takes back what a run wrote.

use crate::Engine;
use crate::contract::runs::{RunHandle, RunView};
use crate::fault::{Code, Fault};

/// `runs.plan_undo`
pub(crate) async fn plan(engine: &Engine, params: RunHandle) -> Result<RunView, Fault> {
    Err(Fault::new(
        Code::Internal,
        format!("{} {params:?}", engine.store().folder().display()),
    ))
}
