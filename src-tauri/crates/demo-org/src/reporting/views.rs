//! The list views of the org.

use super::quoted;

/// One condition of a list view.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    /// API name of the field.
    pub field: &'static str,
    /// Operator in describe's words: `equals`, `notEquals`, `greaterThan`, `like`.
    pub operator: &'static str,
    /// What it is compared with, as SOQL writes it without quotes.
    pub value: &'static str,
    /// Whether SOQL puts the value in quotes.
    pub is_text: bool,
}

/// A list view.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// API name of the object.
    pub object: &'static str,
    /// API name of the view.
    pub developer_name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Paths of its columns; sorted by the first.
    pub columns: &'static [&'static str],
    /// Only the user's own records.
    pub mine: bool,
    /// All must hold.
    pub conditions: &'static [Condition],
}

const ACCOUNT_COLUMNS: &[&str] = &["Name", "Site", "BillingState", "Phone", "Type", "Owner.Alias"];
const CONTACT_COLUMNS: &[&str] = &["Name", "Account.Name", "Title", "Phone", "Email", "Owner.Alias"];
const LEAD_COLUMNS: &[&str] = &[
    "Name",
    "Company",
    "State",
    "Email",
    "Status",
    "CreatedDate",
    "Owner.Alias",
];

const fn test(field: &'static str, operator: &'static str, value: &'static str, is_text: bool) -> Condition {
    Condition {
        field,
        operator,
        value,
        is_text,
    }
}

const fn view(
    object: &'static str,
    developer_name: &'static str,
    label: &'static str,
    columns: &'static [&'static str],
    mine: bool,
    conditions: &'static [Condition],
) -> View {
    View {
        object,
        developer_name,
        label,
        columns,
        mine,
        conditions,
    }
}

/// Every list view.
pub const VIEWS: &[View] = &[
    view(
        "Account",
        "AllAccounts",
        "All Accounts",
        ACCOUNT_COLUMNS,
        false,
        &[],
    ),
    view("Account", "MyAccounts", "My Accounts", ACCOUNT_COLUMNS, true, &[]),
    view(
        "Account",
        "NewThisWeekAccounts",
        "New This Week",
        ACCOUNT_COLUMNS,
        false,
        &[test("CreatedDate", "equals", "THIS_WEEK", false)],
    ),
    view(
        "Account",
        "Technology_Customers",
        "Technology Customers",
        ACCOUNT_COLUMNS,
        false,
        &[
            test("Industry", "equals", "Technology", true),
            test("Type", "like", "Customer%", true),
        ],
    ),
    view(
        "Contact",
        "AllContacts",
        "All Contacts",
        CONTACT_COLUMNS,
        false,
        &[],
    ),
    view("Contact", "MyContacts", "My Contacts", CONTACT_COLUMNS, true, &[]),
    view(
        "Contact",
        "Contacts_With_Email",
        "Contacts With Email",
        CONTACT_COLUMNS,
        false,
        &[test("Email", "notEquals", "null", false)],
    ),
    view(
        "Lead",
        "AllOpenLeads",
        "All Open Leads",
        LEAD_COLUMNS,
        false,
        &[test("IsConverted", "equals", "false", false)],
    ),
    view("Lead", "MyLeads", "My Leads", LEAD_COLUMNS, true, &[]),
    view(
        "Lead",
        "TodaysLeads",
        "Today's Leads",
        LEAD_COLUMNS,
        false,
        &[test("CreatedDate", "equals", "TODAY", false)],
    ),
];

/// Fields that every list view's query has besides its columns.
pub const HIDDEN: [&str; 4] = ["Id", "CreatedDate", "LastModifiedDate", "SystemModstamp"];

impl View {
    /// Paths of the columns and of the hidden ones behind them.
    pub fn paths(&self) -> impl Iterator<Item = (&'static str, bool)> + '_ {
        let own = self.columns.iter().map(|path| (*path, false));
        let hidden = HIDDEN.into_iter().filter(|path| !self.columns.contains(path));
        own.chain(hidden.map(|path| (path, true)))
    }

    /// Its query; `print` writes a column's path as the select list has it.
    pub fn query(&self, print: impl Fn(&str) -> String) -> String {
        let columns: Vec<String> = self.paths().map(|(path, _)| print(path)).collect();
        let scope = if self.mine { " USING SCOPE mine" } else { "" };
        let conditions: Vec<String> = self.conditions.iter().map(Condition::text).collect();
        let conditions = if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        };
        format!(
            "SELECT {} FROM {}{scope}{conditions} ORDER BY {} ASC NULLS FIRST, Id ASC NULLS FIRST",
            columns.join(", "),
            self.object,
            self.columns[0]
        )
    }
}

impl Condition {
    fn text(&self) -> String {
        let operator = match self.operator {
            "notEquals" => "!=",
            "greaterThan" => ">",
            "like" => "LIKE",
            _ => "=",
        };
        let value = if self.is_text {
            quoted(self.value)
        } else {
            self.value.to_owned()
        };
        format!("{} {operator} {value}", self.field)
    }
}
