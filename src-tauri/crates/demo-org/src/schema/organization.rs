//! Organization: the one record that says what org this is.

use super::{Field, Object};

const EDITIONS: &[&str] = &[
    "Team Edition",
    "Professional Edition",
    "Enterprise Edition",
    "Developer Edition",
    "Personal Edition",
    "Unlimited Edition",
    "Contact Manager Edition",
    "Base Edition",
];

/// The Organization object.
pub fn organization() -> Object {
    Object::new(
        "Organization",
        "Organization",
        "Organizations",
        "00D",
        vec![
            Field::text("Name", "Name", 80).required().naming(),
            Field::text("Division", "Division", 80),
            Field::text("City", "City", 40),
            Field::text("Country", "Country", 80),
            Field::phone("Phone", "Phone"),
            Field::text("PrimaryContact", "Primary Contact", 80),
            Field::picklist("DefaultLocaleSidKey", "Locale", &["en_US"]),
            Field::picklist("TimeZoneSidKey", "Time Zone", &["UTC"]),
            Field::picklist("LanguageLocaleKey", "Language", &["en_US"]),
            Field::picklist("OrganizationType", "Edition", EDITIONS).read_only(),
            Field::text("NamespacePrefix", "Namespace Prefix", 15).read_only(),
            Field::text("InstanceName", "Instance Name", 5).read_only(),
            Field::flag("IsSandbox", "Is Sandbox").read_only(),
            Field::flag("IsReadOnly", "Is Read Only").read_only(),
            Field::moment("TrialExpirationDate", "Trial Expiration Date").read_only(),
        ],
    )
    .read_only()
}
