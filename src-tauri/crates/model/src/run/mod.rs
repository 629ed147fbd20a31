//! Runs: their states, what becomes of their records, and how results find their records again.

mod answer;
mod api;
mod change;
mod digest;
mod job;
mod line;
mod options;
mod plan;
mod state;
mod tally;

pub use answer::{CompanyAnswer, LineAnswer, MatchingAccounts};
pub use api::{Api, REST_LIMIT_RECORDS};
pub use change::FieldChange;
pub use digest::{RowDigest, row_digest, values_digest};
pub use job::{JobOperation, JobState};
pub use line::{LineAction, LineOutcome};
pub use options::{CampaignChoice, RetriedLines, RunOptions, RunOwner, Selection};
pub use plan::{
    CheckPlace, DuplicateCheck, DuplicateRuleFact, Findings, Forecast, ForecastState, OrgRules, PlanCounts,
    RuleEffect,
};
pub use state::{RunKind, RunState};
pub use tally::Tally;
