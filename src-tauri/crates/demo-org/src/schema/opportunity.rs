//! Opportunity.

use super::{Field, Object, picklists, standard};

/// The Opportunity object.
pub fn opportunity() -> Object {
    let types = &[
        "Existing Customer - Upgrade",
        "Existing Customer - Replacement",
        "Existing Customer - Downgrade",
        "New Customer",
    ];
    let forecasts = &[
        "Omitted",
        "Pipeline",
        "BestCase",
        "MostLikely",
        "Forecast",
        "Closed",
    ];
    Object::new(
        "Opportunity",
        "Opportunity",
        "Opportunities",
        "006",
        vec![
            Field::reference("AccountId", "Account ID", "Account", &["Account"])
                .children("Opportunities")
                .cascades(),
            Field::flag("IsPrivate", "Private"),
            Field::text("Name", "Name", 120).required().naming(),
            Field::area("Description", "Description", 32_000),
            Field::picklist("StageName", "Stage", picklists::STAGES).required(),
            Field::currency("Amount", "Amount", 18, 2),
            Field::percent("Probability", "Probability (%)"),
            Field::currency("ExpectedRevenue", "Expected Amount", 18, 2).read_only(),
            Field::double("TotalOpportunityQuantity", "Quantity", 18, 2),
            Field::date("CloseDate", "Close Date").required(),
            Field::picklist("Type", "Opportunity Type", types),
            Field::text("NextStep", "Next Step", 255),
            Field::picklist("LeadSource", "Lead Source", picklists::SOURCES),
            Field::flag("IsClosed", "Closed").read_only(),
            Field::flag("IsWon", "Won").read_only(),
            Field::picklist("ForecastCategoryName", "Forecast Category", forecasts),
            Field::reference("CampaignId", "Campaign ID", "Campaign", &["Campaign"])
                .children("Opportunities"),
            standard::owner(&["User"]),
            Field::date("LastActivityDate", "Last Activity").read_only(),
            Field::text("ZoomInfo_Id__c", "ZoomInfo Id", 30).external(),
        ],
    )
}

/// The OpportunityContactRole object: the people of an opportunity.
pub fn contact_role() -> Object {
    let roles = &[
        "Business User",
        "Decision Maker",
        "Economic Buyer",
        "Evaluator",
        "Influencer",
        "Other",
    ];
    Object::new(
        "OpportunityContactRole",
        "Opportunity Contact Role",
        "Opportunity Contact Roles",
        "00K",
        vec![
            Field::reference("OpportunityId", "Opportunity ID", "Opportunity", &["Opportunity"])
                .required()
                .create_only()
                .children("OpportunityContactRoles")
                .cascades(),
            Field::reference("ContactId", "Contact ID", "Contact", &["Contact"])
                .required()
                .children("OpportunityContactRoles")
                .cascades(),
            Field::picklist("Role", "Role", roles),
            Field::flag("IsPrimary", "Primary"),
        ],
    )
}
