//! Asks for a Bulk job's state until it is finished. Salesforce gives no interval, so the pauses grow; giving up
//! stops the asking, never the job.

use tokio_util::sync::CancellationToken;

use crate::error::Error;
use crate::retry::Backoff;

/// Asks, pausing before each question, until an answer is the last one; tells each answer.
pub(crate) async fn until_finished<Info, Asked>(
    pace: Backoff,
    cancel: &CancellationToken,
    ask: impl Fn() -> Asked,
    is_finished: impl Fn(&Info) -> bool,
    mut tell: impl FnMut(&Info),
) -> Result<Info, Error>
where
    Asked: Future<Output = Result<Info, Error>>,
{
    let waiting = async {
        let mut asked = 0;
        loop {
            asked += 1;
            tokio::time::sleep(pace.pause(asked)).await;
            let info = ask().await?;
            tell(&info);
            if is_finished(&info) {
                return Ok(info);
            }
        }
    };
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(Error::Cancelled),
        info = waiting => info,
    }
}
