//! The end of an engine whose workspace is not open any more: nothing of it goes on by itself, and nobody's call reaches it.

use crate::Engine;
use crate::connect;
use crate::fault::{Code, Fault};

impl Engine {
    /// Ends whatever goes on by itself: the clocks of waiting runs, what is being sent or planned, logins that wait, and the
    /// search for what tests left. The journal knows all of it, so that it goes on when the workspace is opened again.
    pub fn close(&self) {
        self.closed().cancel();
        if let Err(fault) = self.stop_work() {
            tracing::warn!(%fault, "a closed workspace had work that could not be stopped");
        }
        let engine = self.clone();
        // Salesforce may be told late: nobody waits for the network to see another workspace.
        tokio::spawn(async move {
            if let Err(fault) = connect::give_up_waiting(&engine).await {
                tracing::warn!(%fault, "a login of a closed workspace could not be ended");
            }
        });
    }

    /// Leaves the workspace's files as the next start reads them fastest, for a program that ends. What is written meanwhile
    /// is not waited for: the journal has it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn leave(&self) -> Result<(), Fault> {
        Ok(self.store().empty_journal()?)
    }

    /// Refuses what comes after the end.
    pub(crate) fn require_open(&self) -> Result<(), Fault> {
        if self.closed().is_cancelled() {
            return Err(Fault::new(
                Code::WrongState,
                "This workspace is no longer open here. Open it again to go on; nothing is lost.",
            ));
        }
        Ok(())
    }
}
