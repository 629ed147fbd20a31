//! Lead.

use super::{Field, Object, picklists, standard};

/// The functions that the Outbound record type offers.
const OUTBOUND_FUNCTIONS: &[&str] = &["Engineering", "Finance", "Marketing", "Operations", "Sales"];

/// The Lead object.
pub fn lead() -> Object {
    let mut fields =
        vec![Field::reference("MasterRecordId", "Master Record ID", "MasterRecord", &["Lead"]).read_only()];
    fields.extend(standard::person_name());
    fields.extend([
        standard::record_type(),
        Field::text("Title", "Title", 128),
        Field::text("Company", "Company", 255).required(),
    ]);
    fields.extend(standard::address(
        [
            "Street",
            "City",
            "State",
            "PostalCode",
            "Country",
            "Latitude",
            "Longitude",
            "GeocodeAccuracy",
            "Address",
        ],
        [
            "Street",
            "City",
            "State/Province",
            "Zip/Postal Code",
            "Country",
            "Latitude",
            "Longitude",
            "Geocode Accuracy",
            "Address",
        ],
        "",
    ));
    fields.extend([
        Field::phone("Phone", "Phone"),
        Field::phone("MobilePhone", "Mobile Phone"),
        Field::phone("Fax", "Fax"),
        Field::email("Email", "Email").lookup(),
        Field::url("Website", "Website"),
        Field {
            extra_type: Some("imageurl"),
            ..Field::url("PhotoUrl", "Photo URL")
        }
        .read_only(),
        Field::area("Description", "Description", 32_000),
        Field::picklist("LeadSource", "Lead Source", picklists::SOURCES),
        Field::picklist("Status", "Status", picklists::LEAD_STATUSES)
            .defaulted()
            .default_value("Open - Not Contacted"),
        Field::picklist("Industry", "Industry", picklists::INDUSTRIES),
        Field::picklist("Rating", "Rating", picklists::RATINGS),
        Field::currency("AnnualRevenue", "Annual Revenue", 18, 0),
        Field::int("NumberOfEmployees", "Employees", 8),
        standard::owner(&["Group", "User"]),
        Field::flag("HasOptedOutOfEmail", "Email Opt Out"),
        Field::flag("HasOptedOutOfFax", "Fax Opt Out"),
        Field::flag("DoNotCall", "Do Not Call"),
        Field::flag("IsConverted", "Converted").create_only(),
        Field::date("ConvertedDate", "Converted Date").read_only(),
        Field::reference(
            "ConvertedAccountId",
            "Converted Account ID",
            "ConvertedAccount",
            &["Account"],
        )
        .read_only(),
        Field::reference(
            "ConvertedContactId",
            "Converted Contact ID",
            "ConvertedContact",
            &["Contact"],
        )
        .read_only(),
        Field::reference(
            "ConvertedOpportunityId",
            "Converted Opportunity ID",
            "ConvertedOpportunity",
            &["Opportunity"],
        )
        .read_only(),
        Field::flag("IsUnreadByOwner", "Unread By Owner"),
        Field::date("LastActivityDate", "Last Activity").read_only(),
        Field::text("EmailBouncedReason", "Email Bounced Reason", 255),
        Field::moment("EmailBouncedDate", "Email Bounced Date"),
        Field::text("Jigsaw", "Data.com Key", 20),
        Field::picklist("Function__c", "Function", picklists::FUNCTIONS).restrict(),
        Field::text("ZoomInfo_Id__c", "ZoomInfo Id", 30)
            .external()
            .help("The profile's id at ZoomInfo."),
    ]);
    Object::new("Lead", "Lead", "Leads", "00Q", fields)
        .with_record_types(&[("Inbound", "Inbound Lead"), ("Outbound", "Outbound Lead")])
        .limiting("Outbound", "Function__c", OUTBOUND_FUNCTIONS)
}
