//! Account.

use super::{Field, Object, picklists, standard};

/// The Account object.
pub fn account() -> Object {
    let mut fields = vec![
        Field::reference("MasterRecordId", "Master Record ID", "MasterRecord", &["Account"]).read_only(),
        Field {
            extra_type: Some("switchablepersonname"),
            ..Field::text("Name", "Account Name", 255)
        }
        .required()
        .naming(),
        Field::picklist("Type", "Account Type", picklists::ACCOUNT_TYPES),
        standard::record_type(),
        Field::reference("ParentId", "Parent Account ID", "Parent", &["Account"]).children("ChildAccounts"),
    ];
    fields.extend(standard::address(
        [
            "BillingStreet",
            "BillingCity",
            "BillingState",
            "BillingPostalCode",
            "BillingCountry",
            "BillingLatitude",
            "BillingLongitude",
            "BillingGeocodeAccuracy",
            "BillingAddress",
        ],
        [
            "Billing Street",
            "Billing City",
            "Billing State/Province",
            "Billing Zip/Postal Code",
            "Billing Country",
            "Billing Latitude",
            "Billing Longitude",
            "Billing Geocode Accuracy",
            "Billing Address",
        ],
        "Billing",
    ));
    fields.extend(standard::address(
        [
            "ShippingStreet",
            "ShippingCity",
            "ShippingState",
            "ShippingPostalCode",
            "ShippingCountry",
            "ShippingLatitude",
            "ShippingLongitude",
            "ShippingGeocodeAccuracy",
            "ShippingAddress",
        ],
        [
            "Shipping Street",
            "Shipping City",
            "Shipping State/Province",
            "Shipping Zip/Postal Code",
            "Shipping Country",
            "Shipping Latitude",
            "Shipping Longitude",
            "Shipping Geocode Accuracy",
            "Shipping Address",
        ],
        "Shipping",
    ));
    fields.extend([
        Field::phone("Phone", "Account Phone"),
        Field::phone("Fax", "Account Fax"),
        Field::text("AccountNumber", "Account Number", 40),
        Field::url("Website", "Website"),
        Field {
            extra_type: Some("imageurl"),
            ..Field::url("PhotoUrl", "Photo URL")
        }
        .read_only(),
        Field::text("Sic", "SIC Code", 20),
        Field::picklist("Industry", "Industry", picklists::INDUSTRIES),
        Field::currency("AnnualRevenue", "Annual Revenue", 18, 0),
        Field::int("NumberOfEmployees", "Employees", 8),
        Field::picklist("Ownership", "Ownership", picklists::OWNERSHIPS),
        Field::text("TickerSymbol", "Ticker Symbol", 20),
        Field::area("Description", "Account Description", 32_000),
        Field::picklist("Rating", "Account Rating", picklists::RATINGS),
        Field::text("Site", "Account Site", 80),
        standard::owner(&["User"]),
        Field::date("LastActivityDate", "Last Activity").read_only(),
        Field::text("Jigsaw", "Data.com Key", 20),
        Field::picklist("AccountSource", "Account Source", picklists::SOURCES),
        Field::text("DunsNumber", "D-U-N-S Number", 9),
        Field::text("Tradestyle", "Tradestyle", 255),
        Field::text("NaicsCode", "NAICS Code", 8),
        Field::text("NaicsDesc", "NAICS Description", 120),
        Field::text("YearStarted", "Year Started", 4),
        Field::text("SicDesc", "SIC Description", 80),
        Field::picklist("Segment__c", "Segment", picklists::SEGMENTS),
        Field::text("ZoomInfo_Id__c", "ZoomInfo Id", 30)
            .external()
            .help("The profile's id at ZoomInfo."),
    ]);
    Object::new("Account", "Account", "Accounts", "001", fields)
        .with_record_types(&[("Business", "Business Account"), ("Partner", "Partner Account")])
}
