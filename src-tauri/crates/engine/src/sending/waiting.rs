//! When a run that waits goes on by itself, and the clock that makes it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use model::RunState;

use crate::Engine;
use crate::fault::{Code, Fault};

/// The clock is looked at so often, because a sleeping computer's timers stand still.
const LOOK: Duration = Duration::from_secs(30);

/// When a run that waits for this may be tried again without anybody's doing; `None` when somebody has to mend it.
pub(super) fn goes_on_at(engine: &Engine, fault: &Fault) -> Option<Timestamp> {
    // Patience follows the client's: an hour for the org's limits, minutes for the network and the disk.
    let longest = engine.pace().retry.longest;
    let patience = match fault.code {
        Code::LimitReached => longest.saturating_mul(120),
        Code::Unreachable => longest.saturating_mul(4),
        Code::FileSystem | Code::Workspace => longest.saturating_mul(10),
        _ => return None,
    };
    let patience = SignedDuration::try_from(patience).ok()?;
    Timestamp::now().checked_add(patience).ok()
}

/// When the next day of UTC begins, and with it the next budget.
pub(crate) fn next_day() -> Timestamp {
    const DAY_SECONDS: i64 = 86_400;
    let now = Timestamp::now();
    let days = now.as_second().div_euclid(DAY_SECONDS) + 1;
    Timestamp::from_second(days * DAY_SECONDS).unwrap_or(now)
}

/// The sentence of a run that waits.
pub(super) fn sentence(fault: &Fault, until: Option<Timestamp>, by_itself: bool) -> String {
    match until {
        Some(until) if by_itself => format!(
            "{fault} It goes on by itself at {} while the app is open.",
            until.strftime("%H:%M UTC")
        ),
        _ => fault.to_string(),
    }
}

/// Goes on with a run when its time has come, if it still waits and its workspace is open then.
pub(super) fn set_clock(engine: &Engine, run_id: i64, until: Timestamp) {
    let engine = engine.clone();
    tokio::spawn(async move {
        loop {
            let left = until.duration_since(Timestamp::now());
            let Ok(left) = Duration::try_from(left) else { break };
            if left.is_zero() {
                break;
            }
            tokio::select! {
                () = engine.closed().cancelled() => return,
                () = tokio::time::sleep(left.min(LOOK)) => {}
            }
        }
        if let Err(fault) = go_on(&engine, run_id).await {
            tracing::warn!(run_id, %fault, "a waiting run could not go on");
            if let Some(until) = goes_on_at(&engine, &fault) {
                set_clock(&engine, run_id, until);
            }
        }
    });
}

async fn go_on(engine: &Engine, run_id: i64) -> Result<(), Fault> {
    // A run that waits for room on the disk may not have got that far as to say so in the workspace.
    let is_held_up = engine.obstacle(run_id).is_some();
    let waits = engine
        .read(move |read| {
            Ok(read.run(run_id)?.is_some_and(|run| match run.state {
                RunState::Waiting | RunState::Cancelling => true,
                RunState::Sending => is_held_up,
                _ => false,
            }))
        })
        .await?;
    if waits && !engine.is_sending(run_id) {
        super::start(engine, run_id).await?;
    }
    Ok(())
}
