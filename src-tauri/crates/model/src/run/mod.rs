//! Runs: their states, what becomes of their records, and how results find their records again.

mod api;
mod digest;
mod job;
mod line;
mod state;
mod tally;

pub use api::{Api, REST_LIMIT_RECORDS};
pub use digest::row_digest;
pub use job::JobState;
pub use line::{LineAction, LineOutcome};
pub use state::{RunKind, RunState};
pub use tally::Tally;
