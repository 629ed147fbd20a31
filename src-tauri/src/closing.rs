//! Closing the window while something in it is not saved: the window is told, asks the operator, and closes itself.
//!
//! A window that does not say that it heard is closed by the next request, so that a page that hangs keeps nobody. It
//! never looks at what is unsaved: the window holds itself open only while something is.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tauri::ipc::Channel;

/// How long the window may take to say that it heard. It also keeps a double click on the cross from closing at once.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether closing has to wait, and who is told of it.
#[derive(Default)]
pub struct Closing {
    holder: Mutex<Option<Holder>>,
}

struct Holder {
    tell: Channel<()>,
    told_at: Option<Instant>,
}

impl Closing {
    /// From now on a request to close is told to this channel; `None` lets the window close at once. Holding again
    /// says that the last request was heard.
    pub fn hold(&self, tell: Option<Channel<()>>) {
        let before = std::mem::replace(
            &mut *self.holder.lock().unwrap_or_else(PoisonError::into_inner),
            tell.map(|tell| Holder { tell, told_at: None }),
        );
        // A channel says goodbye to its page when it goes, which is not to happen under the lock.
        drop(before);
    }

    /// Whether a request to close that comes now has to wait for the window's answer.
    #[must_use]
    pub fn waits(&self, now: Instant) -> bool {
        let mut holder = self.holder.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(holder) = holder.as_mut() else {
            return false;
        };
        if let Some(told_at) = holder.told_at {
            return now.duration_since(told_at) < PATIENCE;
        }
        holder.told_at = Some(now);
        match holder.tell.send(()) {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "the window could not be asked whether it may close");
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn channel() -> (Channel<()>, Arc<AtomicUsize>) {
        let told = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&told);
        let channel = Channel::new(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
            Ok(())
        });
        (channel, told)
    }

    #[test]
    fn a_window_that_holds_nothing_closes_at_once() {
        let closing = Closing::default();
        assert!(!closing.waits(Instant::now()));
        closing.hold(Some(channel().0));
        closing.hold(None);
        assert!(!closing.waits(Instant::now()));
    }

    #[test]
    fn a_window_that_answers_is_asked_each_time() {
        let closing = Closing::default();
        let (first, told_first) = channel();
        closing.hold(Some(first));
        let now = Instant::now();
        assert!(closing.waits(now));
        assert_eq!(told_first.load(Ordering::Relaxed), 1);
        let (second, told_second) = channel();
        closing.hold(Some(second));
        assert!(closing.waits(now + PATIENCE * 10));
        assert_eq!(told_second.load(Ordering::Relaxed), 1);
        assert_eq!(told_first.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn a_window_that_does_not_answer_closes_at_the_next_request() {
        let closing = Closing::default();
        let (tell, told) = channel();
        closing.hold(Some(tell));
        let now = Instant::now();
        assert!(closing.waits(now));
        // The second half of a double click is no second request.
        assert!(closing.waits(now + PATIENCE / 10));
        assert_eq!(told.load(Ordering::Relaxed), 1);
        assert!(!closing.waits(now + PATIENCE));
    }

    #[test]
    fn a_window_that_cannot_be_told_closes_at_once() {
        let closing = Closing::default();
        closing.hold(Some(Channel::new(|_| Err(tauri::Error::WebviewNotFound))));
        assert!(!closing.waits(Instant::now()));
    }
}
