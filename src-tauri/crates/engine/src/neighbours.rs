//! Other processes of the same workspace: a terminal may turn exports off, hand the window to somebody else or connect another
//! org while a window shows its state.

use std::sync::Arc;
use std::time::Duration;

use crate::Engine;
use crate::fault::Fault;

/// How often a window looks whether somebody else wrote.
const LOOK: Duration = Duration::from_secs(1);

/// Tells the state anew whenever another process changed the workspace, as long as it is open.
pub(crate) async fn heed(engine: Engine) {
    let mut known = None;
    loop {
        match version(&engine).await {
            // A transaction of our own is under way; what others write waits for it.
            Ok(None) => {}
            Ok(Some(version)) => {
                if known.is_some_and(|known| known != version) {
                    engine.emit_state().await;
                }
                known = Some(version);
            }
            Err(fault) => {
                tracing::warn!(%fault, "it is not known whether another process changed the workspace");
            }
        }
        tokio::select! {
            () = engine.closed().cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn version(engine: &Engine) -> Result<Option<i64>, Fault> {
    let store = Arc::clone(engine.store());
    engine.blocking(move || Ok(store.foreign_version()?)).await
}
