//! Campaigns and the statuses of their members (Object Reference, "Campaign", "CampaignMemberStatus").

use serde::Deserialize;

use crate::client::Client;
use crate::error::Error;
use crate::soql::{containing, in_list, quoted};

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Campaign {
    /// `701…`
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is under way.
    pub is_active: bool,
}

/// A status that members of a campaign may have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct CampaignMemberStatus {
    /// The campaign.
    pub campaign_id: String,
    /// What members have in `Status`.
    pub label: String,
    /// Whether new members get it.
    pub is_default: bool,
}

impl Client {
    /// Active campaigns with a text in their name, by name; with an empty text those that were changed last come first.
    pub async fn active_campaigns(&self, search: &str, limit: usize) -> Result<Vec<Campaign>, Error> {
        let (named, order) = if search.is_empty() {
            (String::new(), "LastModifiedDate DESC, Id")
        } else {
            (format!(" AND Name LIKE {}", containing(search)), "Name, Id")
        };
        let soql = format!(
            "SELECT Id, Name, IsActive FROM Campaign WHERE IsActive = true{named} ORDER BY {order} LIMIT {limit}"
        );
        self.rows(&soql, "the campaigns").await
    }

    /// One campaign; `None` when there is none with this id, or the user may not see it.
    pub async fn campaign(&self, campaign_id: &str) -> Result<Option<Campaign>, Error> {
        let soql = format!(
            "SELECT Id, Name, IsActive FROM Campaign WHERE Id = {}",
            quoted(campaign_id)
        );
        let campaigns: Vec<Campaign> = self.rows(&soql, "a campaign").await?;
        Ok(campaigns.into_iter().next())
    }

    /// The member statuses of campaigns, in their order within each.
    pub async fn campaign_member_statuses<T: AsRef<str> + Sync>(
        &self,
        campaign_ids: &[T],
    ) -> Result<Vec<CampaignMemberStatus>, Error> {
        if campaign_ids.is_empty() {
            return Ok(Vec::new());
        }
        let soql = format!(
            "SELECT CampaignId, Label, IsDefault FROM CampaignMemberStatus WHERE CampaignId IN {} ORDER BY SortOrder, Label",
            in_list(campaign_ids)
        );
        self.rows(&soql, "the member statuses").await
    }
}
