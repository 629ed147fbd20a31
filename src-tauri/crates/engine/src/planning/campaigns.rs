//! Campaigns: which there are, whether a chosen one takes members, and who of a run becomes one.

use model::{CampaignChoice, RunOptions, TargetObject};
use salesforce::{CampaignMemberStatus, Client};
use store::Write;

use crate::Engine;
use crate::connect::{exporter, note_fault, note_usage};
use crate::contract::runs::{Campaign, CampaignQuery, Campaigns};
use crate::fault::{Code, Fault};

/// Campaigns that are shown at once.
const SHOWN_CAMPAIGNS: usize = 50;
/// API name of the members' object.
const MEMBER_OBJECT: &str = "CampaignMember";
/// First characters of a campaign's id.
const CAMPAIGN_PREFIX: &str = "701";

/// `export.campaigns`
pub(crate) async fn campaigns(engine: &Engine, params: CampaignQuery) -> Result<Campaigns, Fault> {
    let client = exporter(engine).await?.client;
    match search(&client, params.search.trim()).await {
        Ok(campaigns) => {
            note_usage(engine, &client).await?;
            Ok(campaigns)
        }
        Err(error) => Err(note_fault(engine, error.into()).await),
    }
}

async fn search(client: &Client, search: &str) -> Result<Campaigns, salesforce::Error> {
    let mut found = client.active_campaigns(search, SHOWN_CAMPAIGNS + 1).await?;
    let has_more = found.len() > SHOWN_CAMPAIGNS;
    found.truncate(SHOWN_CAMPAIGNS);
    found.sort_by(|left, right| (&left.name, &left.id).cmp(&(&right.name, &right.id)));
    let ids: Vec<&str> = found.iter().map(|campaign| campaign.id.as_str()).collect();
    let statuses = client.campaign_member_statuses(&ids).await?;
    let campaigns = found
        .iter()
        .map(|campaign| Campaign {
            campaign_id: campaign.id.clone(),
            name: campaign.name.clone(),
            statuses: labels(&statuses, &campaign.id),
        })
        .collect();
    Ok(Campaigns { campaigns, has_more })
}

/// The statuses of a campaign, the default first.
fn labels(statuses: &[CampaignMemberStatus], campaign_id: &str) -> Vec<String> {
    let own = || statuses.iter().filter(|status| status.campaign_id == campaign_id);
    let (default, others) = (
        own().filter(|status| status.is_default),
        own().filter(|status| !status.is_default),
    );
    default.chain(others).map(|status| status.label.clone()).collect()
}

/// Checks the chosen campaign with the org, and takes its name from there.
pub(crate) async fn check(
    engine: &Engine,
    client: &Client,
    object: TargetObject,
    chosen: Option<&CampaignChoice>,
) -> Result<Option<CampaignChoice>, Fault> {
    let Some(chosen) = chosen else {
        return Ok(None);
    };
    if object == TargetObject::Account {
        return Err(refused(
            "Accounts cannot be members of a campaign, only people can. Export contacts or leads, or choose no campaign.",
        ));
    }
    let campaign_id = chosen.campaign_id.trim();
    let is_id = matches!(campaign_id.len(), 15 | 18)
        && campaign_id.starts_with(CAMPAIGN_PREFIX)
        && campaign_id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_id {
        return Err(refused(format!(
            "“{campaign_id}” is no campaign’s id. Choose a campaign of the list."
        )));
    }
    match checked(client, campaign_id, chosen).await {
        Ok(outcome) => outcome.map(Some),
        Err(error) => Err(note_fault(engine, error.into()).await),
    }
}

async fn checked(
    client: &Client,
    campaign_id: &str,
    chosen: &CampaignChoice,
) -> Result<Result<CampaignChoice, Fault>, salesforce::Error> {
    let Some(campaign) = client.campaign(campaign_id).await? else {
        return Ok(Err(refused(format!(
            "The campaign “{}” is not there any more, or the connected user may not see it. Choose another campaign.",
            chosen.name
        ))));
    };
    if !campaign.is_active {
        return Ok(Err(refused(format!(
            "The campaign “{}” is not active. Activate it in Salesforce, or choose another campaign.",
            campaign.name
        ))));
    }
    let statuses = labels(
        &client.campaign_member_statuses(&[&campaign.id]).await?,
        &campaign.id,
    );
    let Some(status) = statuses
        .iter()
        .find(|label| label.eq_ignore_ascii_case(chosen.status.trim()))
    else {
        return Ok(Err(refused(format!(
            "Members of “{}” cannot have the status “{}”. Its statuses are {}.",
            campaign.name,
            chosen.status,
            statuses.join(", ")
        ))));
    };
    let may_create = match client.describe(MEMBER_OBJECT).await {
        Ok(described) => described.createable,
        Err(error) if error.is_not_found() => false,
        Err(error) => return Err(error),
    };
    if !may_create {
        return Ok(Err(refused(
            "The connected user may not add members to campaigns. In Setup, let the user edit campaigns and tick Marketing \
             User, or choose no campaign.",
        )));
    }
    Ok(Ok(CampaignChoice {
        campaign_id: campaign.id,
        name: campaign.name,
        status: status.clone(),
    }))
}

fn refused(sentence: impl Into<String>) -> Fault {
    Fault::new(Code::Refused, sentence).at_field("campaign")
}

/// Plans a membership for everybody who is created or updated, or who is in Salesforce as they are, and for nobody else.
pub(crate) fn plan_members(write: &Write<'_>, run_id: i64, options: &RunOptions) -> Result<(), Fault> {
    if options.campaign.is_some() {
        write.plan_members(run_id)?;
    }
    Ok(())
}
