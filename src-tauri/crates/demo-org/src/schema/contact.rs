//! Contact.

use super::{Field, Object, picklists, standard};

/// The Contact object.
pub fn contact() -> Object {
    let mut fields = vec![
        Field::reference("MasterRecordId", "Master Record ID", "MasterRecord", &["Contact"]).read_only(),
        Field::reference("AccountId", "Account ID", "Account", &["Account"])
            .children("Contacts")
            .cascades(),
    ];
    fields.extend(standard::person_name());
    fields.extend(standard::address(
        [
            "OtherStreet",
            "OtherCity",
            "OtherState",
            "OtherPostalCode",
            "OtherCountry",
            "OtherLatitude",
            "OtherLongitude",
            "OtherGeocodeAccuracy",
            "OtherAddress",
        ],
        [
            "Other Street",
            "Other City",
            "Other State/Province",
            "Other Zip/Postal Code",
            "Other Country",
            "Other Latitude",
            "Other Longitude",
            "Other Geocode Accuracy",
            "Other Address",
        ],
        "Other",
    ));
    fields.extend(standard::address(
        [
            "MailingStreet",
            "MailingCity",
            "MailingState",
            "MailingPostalCode",
            "MailingCountry",
            "MailingLatitude",
            "MailingLongitude",
            "MailingGeocodeAccuracy",
            "MailingAddress",
        ],
        [
            "Mailing Street",
            "Mailing City",
            "Mailing State/Province",
            "Mailing Zip/Postal Code",
            "Mailing Country",
            "Mailing Latitude",
            "Mailing Longitude",
            "Mailing Geocode Accuracy",
            "Mailing Address",
        ],
        "Mailing",
    ));
    fields.extend([
        Field::phone("Phone", "Business Phone"),
        Field::phone("Fax", "Business Fax"),
        Field::phone("MobilePhone", "Mobile Phone"),
        Field::phone("HomePhone", "Home Phone"),
        Field::phone("OtherPhone", "Other Phone"),
        Field::phone("AssistantPhone", "Asst. Phone"),
        Field::reference("ReportsToId", "Reports To ID", "ReportsTo", &["Contact"]),
        Field::email("Email", "Email").lookup(),
        Field::text("Title", "Title", 128),
        Field::text("Department", "Department", 80),
        Field::text("AssistantName", "Assistant's Name", 40),
        Field::picklist("LeadSource", "Lead Source", picklists::SOURCES),
        Field::date("Birthdate", "Birthdate"),
        Field::area("Description", "Contact Description", 32_000),
        standard::owner(&["User"]),
        Field::flag("HasOptedOutOfEmail", "Email Opt Out"),
        Field::flag("HasOptedOutOfFax", "Fax Opt Out"),
        Field::flag("DoNotCall", "Do Not Call"),
        Field::date("LastActivityDate", "Last Activity").read_only(),
        Field::text("EmailBouncedReason", "Email Bounced Reason", 255),
        Field::moment("EmailBouncedDate", "Email Bounced Date"),
        Field::flag("IsEmailBounced", "Is Email Bounced").read_only(),
        Field::text("Jigsaw", "Data.com Key", 20),
        Field {
            precision: 5,
            scale: 1,
            ..Field::percent("Employee_Growth__c", "Employee Growth")
        },
        Field::picklist("Function__c", "Function", picklists::FUNCTIONS).restrict(),
        Field::text("ZoomInfo_Id__c", "ZoomInfo Id", 30)
            .external()
            .help("The profile's id at ZoomInfo."),
    ]);
    Object::new("Contact", "Contact", "Contacts", "003", fields)
}
