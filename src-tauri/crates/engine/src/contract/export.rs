//! Choosing profiles and a target, and asking for a plan.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::mapping::Target;

/// What is to be exported as what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportChoice {
    /// The target.
    pub object: Target,
    /// The list.
    pub list_id: i64,
    /// Which of its profiles.
    pub selection: Selection,
    /// At most so many of them, in the list's order; `null` for all.
    pub limit_records: Option<u32>,
}

/// Which profiles of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Selection {
    /// The whole list.
    All {},
    /// Those that a search shows, but for some.
    Matching {
        /// The search.
        search: String,
        /// Profiles that were taken out again.
        except_profile_ids: Vec<i64>,
    },
    /// Those that were picked one by one.
    Picked {
        /// Their ids.
        profile_ids: Vec<i64>,
    },
}

/// Whether an export may be planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Preflight {
    /// Profiles that the choice holds.
    pub chosen_records: u32,
    /// Everything that stands against it; empty when nothing does.
    pub refusals: Vec<PreflightRefusal>,
    /// What to think about, one sentence each.
    pub warnings: Vec<String>,
}

/// One reason why an export may not be planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreflightRefusal {
    /// Closed code, e.g. `exports_off`.
    pub code: String,
    /// What, why and what to do.
    pub sentence: String,
    /// Page where it is mended; `null` when there is none.
    pub mend: Option<MendPage>,
}

/// Pages that mend a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MendPage {
    /// General Settings tab.
    General,
    /// Export tab.
    Export,
    /// Mapping tab.
    Mapping,
    /// Lists page.
    Lists,
}
