//! Choosing profiles and a target, and asking for a plan.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::mapping::Target;
use super::runs::CampaignChoice;
use super::settings::{DuplicateAction, DuplicateChecking};

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
    /// What happens to duplicates; `null` keeps to the admin's default.
    #[serde(default)]
    pub on_duplicate: Option<DuplicateAction>,
    /// Campaign that the exported people are added to.
    #[serde(default)]
    pub campaign: Option<CampaignChoice>,
    /// Records that an alerting duplicate rule stops are saved all the same.
    #[serde(default)]
    pub save_past_alerts: bool,
    /// E-mail address of the person for whom it is exported; `null` is the operator. Admins only.
    #[serde(default)]
    pub as_email: Option<String>,
}

/// What may be chosen for an export of one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportOptions {
    /// The object.
    pub object: Target,
    /// Who looks for duplicates.
    pub checking: DuplicateChecking,
    /// Actions that the operator may choose for all duplicates alike.
    pub offered: Vec<DuplicateAction>,
    /// What happens when nothing is chosen.
    pub default_action: DuplicateAction,
    /// Whether likely and possible hits follow the default without a question.
    pub unsure_follow_default: bool,
    /// Whether people can be added to a campaign: the object is not Account.
    pub campaigns: bool,
    /// Who will own new records, and why, in one sentence.
    pub owner_sentence: String,
}

/// Asks what may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportOptionsQuery {
    /// The object.
    pub object: Target,
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
