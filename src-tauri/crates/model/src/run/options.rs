//! What was chosen for a run, and the settings that it keeps to, whatever they become later.

use serde::{Deserialize, Serialize};

use crate::{AssignmentRuleChoice, AssociationSettings, DuplicateAction, DuplicateSettings};

/// Which profiles of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Selection {
    /// The whole list.
    #[default]
    All,
    /// Those that a search shows, but for some.
    Matching {
        /// The search.
        search: String,
        /// Ids of profiles that were taken out again.
        except: Vec<i64>,
    },
    /// Those that were picked one by one, by id.
    Picked {
        /// Their ids.
        profile_ids: Vec<i64>,
    },
    /// Those of another run's lines, to be tried again.
    OfRun {
        /// The run.
        run_id: i64,
        /// Which of its lines.
        lines: RetriedLines,
    },
}

/// Which lines of a run are tried again; accounts that it made for contacts are none of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RetriedLines {
    /// All that Salesforce or a rule of ours refused.
    Failed,
    /// All that were left without an answer.
    Unanswered,
    /// These.
    Picked {
        /// Their numbers.
        lines: Vec<u32>,
    },
}

/// Choices and settings of one run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunOptions {
    /// Which profiles.
    pub selection: Selection,
    /// At most so many of them.
    pub limit_records: Option<u32>,
    /// Duplicate settings of the object when the run was planned.
    pub duplicates: DuplicateSettings,
    /// The operator's choice for all duplicates alike; `None` keeps to the default.
    pub on_duplicate: Option<DuplicateAction>,
    /// How contacts find their accounts.
    pub association: AssociationSettings,
    /// Campaign that the records are added to.
    pub campaign: Option<CampaignChoice>,
    /// Assignment rule for new leads of a Bulk run.
    pub bulk_assignment_rule: Option<AssignmentRuleChoice>,
    /// Records that an alerting duplicate rule of the org stops are saved all the same, by another call.
    pub save_past_alerts: bool,
    /// E-mail address of the person for whom it is exported; `None` is the operator.
    pub as_email: Option<String>,
    /// Owner of new records; `None` leaves the connected user.
    pub owner: Option<RunOwner>,
    /// Salesforce users who have written for this run: the connected user may change before it is at its end.
    #[serde(default)]
    pub writers: Vec<String>,
}

/// A campaign and the status that its new members get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignChoice {
    /// `701…`
    pub campaign_id: String,
    /// Its name.
    pub name: String,
    /// Label of the member status.
    pub status: String,
}

/// The Salesforce user who gets a run's new records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunOwner {
    /// `005…`
    pub user_id: String,
    /// Full name.
    pub name: String,
}
