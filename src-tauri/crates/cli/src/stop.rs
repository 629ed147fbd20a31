//! SIGINT and SIGTERM: both ask a command to stop, and neither is lost while it is busy.

use std::future::pending;

use engine::{Code, Fault};
use tokio::sync::watch;

/// Tells everybody who asks that this program was asked to stop.
#[derive(Debug, Clone)]
pub struct StopSignal(watch::Receiver<bool>);

impl StopSignal {
    /// Listens from now on; needs a Tokio runtime.
    ///
    /// # Errors
    /// When the system does not hand signals over.
    pub fn listen() -> Result<Self, Fault> {
        let signals = signals()?;
        let (sender, receiver) = watch::channel(false);
        tokio::spawn(async move {
            signals.await;
            sender.send_replace(true);
        });
        Ok(Self(receiver))
    }

    /// Returns once this program was asked to stop, at once when it was asked before.
    pub async fn received(&self) {
        if self.0.clone().wait_for(|asked| *asked).await.is_err() {
            // Nobody listens any more, so nobody will ask.
            pending::<()>().await;
        }
    }

    /// Gives up work that leaves no run behind once this program is asked to stop.
    ///
    /// # Errors
    /// `cancelled` when it was asked, else the fault of the work.
    pub async fn before<T>(&self, work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
        tokio::select! {
            done = work => done,
            () = self.received() => Err(Fault::new(
                Code::Cancelled,
                "Stopped. “landbridge-cli runs list” says whether a run can be resumed.",
            )),
        }
    }

    /// Whether this program was asked to stop.
    pub fn is_received(&self) -> bool {
        *self.0.borrow()
    }
}

#[cfg(unix)]
fn signals() -> Result<impl Future<Output = ()> + Send, Fault> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| no_signal(&error))?;
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| no_signal(&error))?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn signals() -> Result<impl Future<Output = ()> + Send, Fault> {
    Ok(async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be heard");
            pending::<()>().await;
        }
    })
}

#[cfg(unix)]
fn no_signal(error: &std::io::Error) -> Fault {
    Fault::new(
        Code::Internal,
        "This system does not hand signals over, so the command could not be stopped in order. Try again.",
    )
    .with_detail(error.to_string())
}
