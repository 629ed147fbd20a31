//! Campaigns that exported people can be added to.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Looks for campaigns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CampaignQuery {
    /// Part of a name; empty shows those that were changed last.
    pub search: String,
}

/// Campaigns of the org, 50 at the most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Campaigns {
    /// Active ones, by name.
    pub campaigns: Vec<Campaign>,
    /// Whether there are more than shown.
    pub has_more: bool,
}

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Campaign {
    /// `701…`
    pub campaign_id: String,
    /// Its name.
    pub name: String,
    /// Labels of its member statuses, the default first.
    pub statuses: Vec<String>,
}

/// The campaign and the status that new members get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CampaignChoice {
    /// `701…`
    pub campaign_id: String,
    /// Its name.
    pub name: String,
    /// Label of the member status.
    pub status: String,
}
