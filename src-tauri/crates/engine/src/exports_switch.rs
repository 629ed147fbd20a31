//! The master toggle: the integration is connected but off until an admin turns it on, and can be turned off again at any time.
//!
//! While it is off nothing is planned or sent, and what waits goes on waiting. What is being sent finishes or is stopped, as
//! whoever turns it off says.

use model::RunState;
use store::{Read, Write};

use crate::Engine;
use crate::audit::{self, Entry};
use crate::connect::require_org;
use crate::contract::app::AppState;
use crate::contract::audit::AuditArea;
use crate::contract::runs::RunHandle;
use crate::contract::settings::{ExportsOn, SendingRuns};
use crate::fault::{Code, Fault};
use crate::integration::app_state;
use crate::runs;

/// `settings.exports_on`
pub(crate) async fn set(engine: &Engine, params: ExportsOn) -> Result<AppState, Fault> {
    if params.on {
        require_org(engine).await?;
    }
    let stops = !params.on && params.sending_runs == Some(SendingRuns::Stop);
    let sending = engine
        .write(move |write| {
            let sending: Vec<i64> = write
                .runs_in(&[RunState::Sending])?
                .into_iter()
                .map(|run| run.run_id)
                .collect();
            let why = match (params.on, sending.len()) {
                (true, _) | (false, 0) => "",
                _ if stops => " What was being sent is stopped.",
                _ => " What was being sent finishes.",
            };
            turn(write, params.on, why)?;
            Ok(sending)
        })
        .await?;
    if stops {
        for run in sending {
            match runs::cancel(engine, RunHandle { run }).await {
                // It may have come to its end by itself meanwhile.
                Err(fault) if fault.code == Code::WrongState => {}
                other => drop(other?),
            }
        }
    }
    if params.on {
        // What waited for this may go on now.
        engine.resume_runs().await?;
    }
    let state = app_state(engine).await?;
    engine.emit_state().await;
    Ok(state)
}

/// Turns exports on or off within a transaction, and notes who did. `why` follows the sentence of the audit log.
pub(crate) fn turn(write: &Write<'_>, on: bool, why: &str) -> Result<(), Fault> {
    let before = write.integration()?.exports_on;
    if before == Some(on) {
        return Ok(());
    }
    let by = write
        .operator()?
        .map(|operator| operator.name)
        .unwrap_or_default();
    write.set_exports_on(on, &store::now(), &by)?;
    let word = |on: Option<bool>| match on {
        Some(true) => "exports: on",
        Some(false) => "exports: off",
        None => "exports: not turned on yet",
    };
    let (action, done) = if on {
        ("exports_turned_on", "on")
    } else {
        ("exports_turned_off", "off")
    };
    let sentence = format!("Turned all exports {done}.{why}");
    audit::note(
        write,
        Entry::new(AuditArea::Settings, action, sentence)
            .before(word(before))
            .after(word(Some(on))),
    )
}

/// Whether anybody may export. It is off until an admin turns it on; whoever brings a connection of their own,
/// by the environment, has said that they want to export.
pub(crate) fn exports_on(engine: &Engine, saved: Option<bool>) -> bool {
    saved.unwrap_or(engine.ready_connection().is_some())
}

/// Refuses to go on with a run while exports are off.
pub(crate) fn require_on(engine: &Engine, read: &Read<'_>) -> Result<(), Fault> {
    if exports_on(engine, read.integration()?.exports_on) {
        return Ok(());
    }
    Err(Fault::new(
        Code::Refused,
        "Exports are turned off, so this run waits. An admin turns them on under Integration, General Settings.",
    ))
}
