//! Counts calls before they are made, for an app that keeps to a budget of its own.

use futures_util::future::BoxFuture;

/// Asked before each request that counts against the org's quota, repeated ones included.
pub trait CallMeter: Send + Sync {
    /// Counts one call; an error keeps it from being sent.
    fn count_call(&self) -> BoxFuture<'_, Result<(), MeterError>>;
}

/// Why a call was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeterError {
    /// The app's own budget is used up.
    BudgetUsedUp {
        /// Calls that it allows.
        budget_calls: u32,
        /// When the next budget begins, in words.
        until: String,
    },
    /// The call could not be counted.
    NotCounted {
        /// The cause.
        detail: String,
    },
}
