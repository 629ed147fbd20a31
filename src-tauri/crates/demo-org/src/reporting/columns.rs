//! Report types and their columns, by the names that reports use.

/// A column of a report type.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name in report metadata.
    pub name: &'static str,
    /// Path from the report's object.
    pub path: &'static str,
    /// Path of the record that the value names, for columns that show a record's name.
    pub record: Option<&'static str>,
}

/// A report type: an object with columns of itself and of its parents.
#[derive(Debug, Clone, Copy)]
pub struct ReportType {
    /// Its API name.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// The object.
    pub object: &'static str,
    /// All columns, in order.
    pub columns: &'static [Column],
    /// The date that a standard date filter looks at unless told otherwise.
    pub date_column: &'static str,
}

const fn column(name: &'static str, path: &'static str) -> Column {
    Column {
        name,
        path,
        record: None,
    }
}

const fn named(name: &'static str, path: &'static str, record: &'static str) -> Column {
    Column {
        name,
        path,
        record: Some(record),
    }
}

/// Accounts.
pub const ACCOUNTS: ReportType = ReportType {
    name: "AccountList",
    label: "Accounts",
    object: "Account",
    date_column: "CREATED_DATE",
    columns: &[
        column("ACCOUNT_ID", "Id"),
        named("ACCOUNT.NAME", "Name", "Id"),
        column("TYPE", "Type"),
        column("RATING", "Rating"),
        column("INDUSTRY", "Industry"),
        column("PHONE1", "Phone"),
        column("URL", "Website"),
        column("ADDRESS1_STREET", "BillingStreet"),
        column("ADDRESS1_CITY", "BillingCity"),
        column("ADDRESS1_STATE", "BillingState"),
        column("ADDRESS1_ZIP", "BillingPostalCode"),
        column("ADDRESS1_COUNTRY", "BillingCountry"),
        column("SALES", "AnnualRevenue"),
        column("EMPLOYEES", "NumberOfEmployees"),
        named("USERS.NAME", "Owner.Name", "OwnerId"),
        column("CREATED_DATE", "CreatedDate"),
        column("LAST_UPDATE", "LastModifiedDate"),
        column("Account.Segment__c", "Segment__c"),
        column("Account.ZoomInfo_Id__c", "ZoomInfo_Id__c"),
    ],
};

/// Contacts with their accounts.
pub const CONTACTS: ReportType = ReportType {
    name: "ContactList",
    label: "Contacts & Accounts",
    object: "Contact",
    date_column: "CREATED_DATE",
    columns: &[
        column("CONTACT_ID", "Id"),
        column("SALUTATION", "Salutation"),
        column("FIRST_NAME", "FirstName"),
        column("LAST_NAME", "LastName"),
        named("CONTACT_NAME", "Name", "Id"),
        column("TITLE", "Title"),
        column("DEPARTMENT", "Department"),
        named("ACCOUNT.NAME", "Account.Name", "AccountId"),
        column("ACCOUNT_ID", "AccountId"),
        column("INDUSTRY", "Account.Industry"),
        column("EMAIL", "Email"),
        column("PHONE3", "Phone"),
        column("PHONE4", "MobilePhone"),
        column("ADDRESS2_CITY", "MailingCity"),
        column("ADDRESS2_STATE", "MailingState"),
        column("ADDRESS2_COUNTRY", "MailingCountry"),
        column("LEAD_SOURCE", "LeadSource"),
        column("DO_NOT_CALL", "DoNotCall"),
        named("CONTACT_OWNER", "Owner.Name", "OwnerId"),
        column("CREATED_DATE", "CreatedDate"),
        column("LAST_UPDATE", "LastModifiedDate"),
        column("Contact.Function__c", "Function__c"),
        column("Contact.ZoomInfo_Id__c", "ZoomInfo_Id__c"),
    ],
};

/// Leads.
pub const LEADS: ReportType = ReportType {
    name: "LeadList",
    label: "Leads",
    object: "Lead",
    date_column: "CREATED_DATE",
    columns: &[
        column("LEAD_ID", "Id"),
        column("FIRST_NAME", "FirstName"),
        column("LAST_NAME", "LastName"),
        named("LEAD_NAME", "Name", "Id"),
        column("TITLE", "Title"),
        column("COMPANY", "Company"),
        column("EMAIL", "Email"),
        column("PHONE", "Phone"),
        column("MOBILE_PHONE", "MobilePhone"),
        column("CITY", "City"),
        column("STATE", "State"),
        column("COUNTRY", "Country"),
        column("LEAD_SOURCE", "LeadSource"),
        column("STATUS", "Status"),
        column("RATING", "Rating"),
        column("INDUSTRY", "Industry"),
        column("ANNUAL_REVENUE", "AnnualRevenue"),
        column("EMPLOYEES", "NumberOfEmployees"),
        column("CONVERTED", "IsConverted"),
        named("OWNER", "Owner.Name", "OwnerId"),
        column("CREATED_DATE", "CreatedDate"),
        column("LAST_UPDATE", "LastModifiedDate"),
        column("Lead.Function__c", "Function__c"),
        column("Lead.ZoomInfo_Id__c", "ZoomInfo_Id__c"),
    ],
};

impl ReportType {
    /// The column of a name, in any case.
    pub fn find(&self, name: &str) -> Option<&'static Column> {
        self.columns
            .iter()
            .find(|column| column.name.eq_ignore_ascii_case(name))
    }
}
