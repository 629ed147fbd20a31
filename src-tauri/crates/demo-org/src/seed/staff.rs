//! The org itself: its Organization record, profiles, users, queue, rule and record types.

use super::{Garden, flag, text};
use crate::{
    fault::RowFault,
    records::LeadRule,
    value::{Key, Value},
};

/// First name, last name, login, e-mail, active. Two of them share an e-mail address, one is inactive.
const USERS: [(&str, &str, &str, &str, bool); 7] = [
    ("Demo", "Admin", "admin", "admin", true),
    ("Priya", "Raman", "priya.raman", "priya.raman", true),
    ("Jonas", "Lindgren", "jonas.lindgren", "jonas.lindgren", true),
    (
        "Jonas",
        "Lindgren (EMEA)",
        "jonas.lindgren.emea",
        "jonas.lindgren",
        true,
    ),
    ("Mara", "Okafor", "mara.okafor", "mara.okafor", true),
    ("Tom", "Weller", "tom.weller", "tom.weller", false),
    ("Integration", "Service", "integration", "integration", true),
];

const DOMAIN: &str = "landbridge-demo.example";

/// Makes them; says which are the Organization and the administrator.
pub fn plant(garden: &mut Garden) -> Result<(Key, Key), RowFault> {
    let organization = organization(garden)?;
    let administrators = profile(garden, "System Administrator")?;
    let standard = profile(garden, "Standard User")?;
    let mut users = Vec::new();
    for (position, (first, last, login, email, active)) in USERS.into_iter().enumerate() {
        let profile = if position == 0 { administrators } else { standard };
        let mut alias: String = login.replace('.', "");
        alias.truncate(8);
        let key = garden.push(
            "User",
            vec![
                ("Username", text(format!("{login}@{DOMAIN}"))),
                ("FirstName", text(first)),
                ("LastName", text(last)),
                ("Email", text(format!("{email}@{DOMAIN}"))),
                ("Alias", text(alias)),
                ("CommunityNickname", text(login)),
                ("IsActive", flag(active)),
                ("CompanyName", text("Landbridge demo org")),
                (
                    "Title",
                    text(if position == 0 {
                        "Administrator"
                    } else {
                        "Account Executive"
                    }),
                ),
                ("TimeZoneSidKey", text("UTC")),
                ("LocaleSidKey", text("en_US")),
                ("LanguageLocaleKey", text("en_US")),
                ("EmailEncodingKey", text("UTF-8")),
                ("UserType", text("Standard")),
                ("ProfileId", Some(Value::Reference(profile))),
                ("FederationIdentifier", text(format!("{login}@sso.{DOMAIN}"))),
            ],
        )?;
        if active && position != 6 {
            garden.owners.push(key);
        }
        users.push(key);
    }
    garden.push(
        "Group",
        vec![
            ("Name", text("Inbound Leads")),
            ("DeveloperName", text("Inbound_Leads")),
            ("Type", text("Queue")),
        ],
    )?;
    let rule = garden.push(
        "AssignmentRule",
        vec![
            ("Name", text("Lead routing")),
            ("SobjectType", text("Lead")),
            ("Active", flag(true)),
        ],
    )?;
    garden.records.lead_rule = users.get(1).map(|owner| LeadRule { rule, owner: *owner });
    record_types(garden)?;
    permissions(garden)?;
    users
        .first()
        .map(|admin| (organization, *admin))
        .ok_or_else(|| RowFault::new("REQUIRED_FIELD_MISSING", "an org needs an administrator"))
}

fn organization(garden: &mut Garden) -> Result<Key, RowFault> {
    garden.push(
        "Organization",
        vec![
            ("Name", text("Landbridge demo org")),
            ("Country", text("US")),
            ("PrimaryContact", text("Demo Admin")),
            ("DefaultLocaleSidKey", text("en_US")),
            ("TimeZoneSidKey", text("UTC")),
            ("LanguageLocaleKey", text("en_US")),
            ("OrganizationType", text("Developer Edition")),
            ("InstanceName", text("DEMO")),
            ("IsSandbox", flag(false)),
            ("IsReadOnly", flag(false)),
        ],
    )
}

fn profile(garden: &mut Garden, name: &'static str) -> Result<Key, RowFault> {
    garden.push(
        "Profile",
        vec![("Name", text(name)), ("UserType", text("Standard"))],
    )
}

fn record_types(garden: &mut Garden) -> Result<(), RowFault> {
    let schema = std::sync::Arc::clone(&garden.records.schema);
    for object in schema.objects() {
        for (developer_name, label) in &object.record_types {
            garden.push(
                "RecordType",
                vec![
                    ("Name", text(*label)),
                    ("DeveloperName", text(*developer_name)),
                    ("SobjectType", text(object.name)),
                    ("IsActive", flag(true)),
                ],
            )?;
        }
    }
    Ok(())
}

fn permissions(garden: &mut Garden) -> Result<Key, RowFault> {
    garden.push(
        "UserPermissionAccess",
        vec![
            ("PermissionsApiEnabled", flag(true)),
            ("PermissionsViewSetup", flag(true)),
            ("PermissionsModifyAllData", flag(true)),
            ("PermissionsViewAllData", flag(true)),
            ("PermissionsBulkApiHardDelete", flag(false)),
            ("PermissionsCreateAuditFields", flag(false)),
            ("PermissionsMarketingUser", flag(true)),
        ],
    )
}
