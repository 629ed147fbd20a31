//! What the core tells without being asked, at most ten times a second of each kind.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::AppState;
use super::runs::RunView;

/// One message of the `watch` channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// The frame's state changed.
    State {
        /// The new state.
        state: Box<AppState>,
    },
    /// A run moved.
    Run {
        /// Its snapshot.
        run: Box<RunView>,
    },
    /// A file is being read or imported.
    Import {
        /// How far it is.
        progress: ImportProgress,
    },
    /// A plan is being made.
    Planning {
        /// How far it is.
        progress: PlanningProgress,
    },
    /// A test of a mapping moved on.
    MappingTest {
        /// Number of the test.
        test: i64,
        /// What it does now.
        step: TestStep,
    },
    /// Lists were added, renamed or deleted.
    Lists {},
}

/// How far an import is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportProgress {
    /// The file.
    pub file_id: String,
    /// `check` reads only, `import` writes too.
    pub step: ImportStep,
    /// Bytes read.
    pub read_bytes: u64,
    /// Size of the file.
    pub total_bytes: u64,
    /// Rows read.
    pub read_rows: u32,
}

/// Steps of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportStep {
    /// Reading only.
    Check,
    /// Writing the list.
    Import,
}

/// How far a plan is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanningProgress {
    /// The run that is being planned.
    pub run: i64,
    /// What it does now.
    pub step: PlanningStep,
    /// Profiles mapped.
    pub mapped_records: u32,
    /// Profiles that were looked for in the org.
    pub checked_records: u32,
    /// Profiles chosen.
    pub total_records: u32,
}

/// Steps of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanningStep {
    /// Making records of the profiles.
    Map,
    /// Looking for them among each other and in the org.
    FindDuplicates,
}

/// Steps of a mapping's test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TestStep {
    /// Creating the record, and before it what it needs.
    Create,
    /// Reading it back.
    ReadBack,
    /// Deleting it.
    Delete,
    /// Nothing more: `mapping.show` tells how it ended.
    Ended,
}
