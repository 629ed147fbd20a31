//! Campaign, its members and their statuses.

use super::{Field, Object, picklists, standard};

/// The Campaign object.
pub fn campaign() -> Object {
    let types = &[
        "Conference",
        "Webinar",
        "Trade Show",
        "Public Relations",
        "Partners",
        "Referral Program",
        "Advertisement",
        "Banner Ads",
        "Direct Mail",
        "Email",
        "Telemarketing",
        "Other",
    ];
    Object::new(
        "Campaign",
        "Campaign",
        "Campaigns",
        "701",
        vec![
            Field::text("Name", "Name", 80).required().naming(),
            Field::reference("ParentId", "Parent Campaign ID", "Parent", &["Campaign"])
                .children("ChildCampaigns"),
            Field::picklist("Type", "Type", types),
            Field::picklist(
                "Status",
                "Status",
                &["Planned", "In Progress", "Completed", "Aborted"],
            )
            .default_value("Planned"),
            Field::date("StartDate", "Start Date"),
            Field::date("EndDate", "End Date"),
            Field::currency("ExpectedRevenue", "Expected Revenue", 18, 0),
            Field::currency("BudgetedCost", "Budgeted Cost", 18, 0),
            Field::currency("ActualCost", "Actual Cost", 18, 0),
            Field::double("NumberSent", "Num Sent", 18, 0),
            Field::flag("IsActive", "Active"),
            Field::area("Description", "Description", 32_000),
            standard::owner(&["User"]),
        ],
    )
}

/// The CampaignMember object.
pub fn campaign_member() -> Object {
    Object::new(
        "CampaignMember",
        "Campaign Member",
        "Campaign Members",
        "00v",
        vec![
            Field::reference("CampaignId", "Campaign ID", "Campaign", &["Campaign"])
                .required()
                .create_only()
                .children("CampaignMembers")
                .cascades(),
            Field::reference("LeadId", "Lead ID", "Lead", &["Lead"])
                .create_only()
                .children("CampaignMembers")
                .cascades(),
            Field::reference("ContactId", "Contact ID", "Contact", &["Contact"])
                .create_only()
                .children("CampaignMembers")
                .cascades(),
            Field::picklist("Status", "Status", &["Sent", "Responded"]).default_value("Sent"),
            Field::flag("HasResponded", "Responded").read_only(),
            Field::reference(
                "LeadOrContactId",
                "Related Record ID",
                "LeadOrContact",
                &["Contact", "Lead"],
            )
            .read_only(),
            Field::picklist("Type", "Type", &["Contact", "Lead"]).read_only(),
            Field::picklist("LeadSource", "Lead Source", picklists::SOURCES).read_only(),
        ],
    )
}

/// The statuses that a campaign offers its members.
pub fn campaign_member_status() -> Object {
    Object::new(
        "CampaignMemberStatus",
        "Campaign Member Status",
        "Campaign Member Statuses",
        "01Y",
        vec![
            Field::reference("CampaignId", "Campaign ID", "Campaign", &["Campaign"])
                .required()
                .create_only()
                .children("CampaignMemberStatuses")
                .cascades(),
            Field::text("Label", "Label", 765).required(),
            Field::int("SortOrder", "Sort Order", 9),
            Field::flag("IsDefault", "Is Default"),
            Field::flag("HasResponded", "Responded"),
        ],
    )
}
