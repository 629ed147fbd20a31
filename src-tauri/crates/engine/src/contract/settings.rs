//! The Export tab and the master toggle.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::mapping::Target;

/// Turns all exports on or off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportsOn {
    /// The new state.
    pub on: bool,
}

/// What may be exported, and how much at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportSettings {
    /// One line for each target.
    pub objects: Vec<ObjectSettings>,
    /// What to think about, one sentence each.
    pub warnings: Vec<String>,
}

/// Settings of one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ObjectSettings {
    /// The target.
    pub object: Target,
    /// May it be exported?
    pub allowed: bool,
    /// Records at most at one time, 1 to 100,000.
    pub limit_records: u32,
}

/// Saves the Export tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveExportSettings {
    /// One line for each target.
    pub objects: Vec<ObjectSettings>,
}
