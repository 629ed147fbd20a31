//! Which API sends a run.

use serde::{Deserialize, Serialize};

/// Records that still go by the REST API; one more goes by Bulk.
pub const REST_LIMIT_RECORDS: u64 = 25;

/// The API that sends a run's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Api {
    /// sObject Collections, one call.
    Rest,
    /// Bulk API 2.0, one job.
    Bulk,
}

impl Api {
    /// The API for so many records: up to 25 by REST, from 26 on by Bulk.
    #[must_use]
    pub fn for_records(records: u64) -> Self {
        if records <= REST_LIMIT_RECORDS {
            Self::Rest
        } else {
            Self::Bulk
        }
    }

    /// The API in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Rest => "REST API",
            Self::Bulk => "Bulk API 2.0",
        }
    }

    /// How it sends records of one kind, in words.
    #[must_use]
    pub fn way(self) -> &'static str {
        match self {
            Self::Rest => "one REST call",
            Self::Bulk => "one Bulk job",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_border_is_between_25_and_26() {
        assert_eq!(
            [1, 25, 26, 100_000].map(Api::for_records),
            [Api::Rest, Api::Rest, Api::Bulk, Api::Bulk]
        );
    }
}
