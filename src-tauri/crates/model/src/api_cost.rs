//! What a run costs in API calls, told before it runs.

use serde::{Deserialize, Serialize};

use crate::Api;

/// Records that one sObject Collections call takes. Source: Salesforce's REST API Developer Guide, "sObject Collections".
pub const REST_BATCH_RECORDS: u64 = 200;

/// Calls of a Bulk job besides the looks at its state: create, upload, close, and its three results.
const CALLS_OF_A_JOB: u32 = 6;

/// Calls of a run, step by step. Every HTTP request counts as one call, each look at a job's state too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiCost {
    /// The steps, in order.
    pub steps: Vec<CostStep>,
}

/// Calls of one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostStep {
    /// The step in words.
    pub label: String,
    /// Calls.
    pub api_calls: u32,
    /// Whether they were made already.
    #[serde(default)]
    pub is_done: bool,
}

impl ApiCost {
    /// What sending so many records costs, in one job or in Collections calls; `polls` as [`estimated_polls`] tells.
    #[must_use]
    pub fn of_sending(records: u64, polls: u32) -> Self {
        let step = |label: &str, api_calls| CostStep {
            label: label.to_owned(),
            api_calls,
            is_done: false,
        };
        let steps = match (records, Api::for_records(records)) {
            (0, _) => Vec::new(),
            (_, Api::Rest) => {
                let calls = u32::try_from(records.div_ceil(REST_BATCH_RECORDS)).unwrap_or(u32::MAX);
                vec![step("Send the records", calls)]
            }
            (_, Api::Bulk) => vec![
                step("Create, upload and close the job", 3),
                step("Look at its state", polls),
                step("Fetch created, failed and unprocessed records", 3),
            ],
        };
        Self { steps }
    }

    /// Calls of all steps.
    #[must_use]
    pub fn total_calls(&self) -> u32 {
        self.steps
            .iter()
            .fold(0, |total, step| total.saturating_add(step.api_calls))
    }
}

/// Calls that sending so many records by an API probably takes.
#[must_use]
pub fn calls_of_sending(records: u64, api: Api) -> u32 {
    match api {
        Api::Rest => u32::try_from(records.div_ceil(REST_BATCH_RECORDS)).unwrap_or(u32::MAX),
        Api::Bulk if records == 0 => 0,
        Api::Bulk => estimated_polls(records).saturating_add(CALLS_OF_A_JOB),
    }
}

/// How often a Bulk job of so many records is probably asked for its state: it is asked more seldom the longer it runs.
#[must_use]
pub fn estimated_polls(records: u64) -> u32 {
    // Salesforce works in batches of 10,000 records; two looks a batch, three for a short job.
    u32::try_from(records.div_ceil(10_000))
        .unwrap_or(u32::MAX)
        .saturating_mul(2)
        .saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_runs_cost_one_call_and_bulk_six_with_its_polls() {
        let calls = |records| ApiCost::of_sending(records, 4).total_calls();
        assert_eq!([0, 1, 25, 26, 100_000].map(calls), [0, 1, 1, 10, 10]);
        assert_eq!([26, 100_000].map(estimated_polls), [3, 21]);
    }
}
