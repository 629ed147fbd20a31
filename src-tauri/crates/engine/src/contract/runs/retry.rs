//! Sending again what failed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use std::collections::BTreeMap;

use crate::contract::settings::DuplicateAction;

/// Plans a new run of records that failed, were refused, or were left without an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RetryRun {
    /// The run.
    pub run: i64,
    /// Which of its lines.
    pub lines: RetryLines,
    /// Values typed in place of the mapped ones.
    #[serde(default)]
    pub edits: Vec<LineEdits>,
    /// What happens to duplicates; `null` keeps to what was chosen for the run.
    #[serde(default)]
    pub on_duplicate: Option<DuplicateAction>,
}

/// Which lines are sent again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum RetryLines {
    /// All that Salesforce or a rule of ours refused.
    Failed {},
    /// All that were left without an answer.
    Unanswered {},
    /// These.
    Picked {
        /// Their numbers.
        lines: Vec<u32>,
    },
}

/// Values typed for one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LineEdits {
    /// The line.
    pub line: u32,
    /// Texts by target field; an empty text leaves the field out.
    pub values: BTreeMap<String, String>,
}
