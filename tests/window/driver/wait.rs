//! The only place of these tests where time passes: asking again until something is so, with a deadline.

use std::time::Duration;

use anyhow::{Result, bail};
use tokio::time::{Instant, sleep};

/// How long anything on a page may take to appear. Generous: a busy machine is no failure.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How often it is asked.
const INTERVAL: Duration = Duration::from_millis(40);

/// Asks until the answer is `Some`. The failure says what was awaited, how long, and the last thing that went wrong.
pub async fn until<T, Asked>(what: &str, patience: Duration, mut ask: impl FnMut() -> Asked) -> Result<T>
where
    Asked: Future<Output = Result<Option<T>>>,
{
    let deadline = Instant::now() + patience;
    loop {
        let trouble = match ask().await {
            Ok(Some(answer)) => return Ok(answer),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if Instant::now() >= deadline {
            match trouble {
                Some(error) => bail!("waited {} s for {what}; at last: {error:#}", patience.as_secs()),
                None => bail!("waited {} s for {what}", patience.as_secs()),
            }
        }
        sleep(INTERVAL).await;
    }
}
