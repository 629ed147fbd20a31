//! Objects of the setup pages that clients read: record types, queues, profiles, rules, permissions.

use super::{Field, Object};

/// The RecordType object.
pub fn record_type() -> Object {
    Object::new(
        "RecordType",
        "Record Type",
        "Record Types",
        "012",
        vec![
            Field::text("Name", "Name", 80).required().naming(),
            Field::text("DeveloperName", "Record Type Name", 80).required(),
            Field::text("NamespacePrefix", "Namespace Prefix", 15),
            Field::text("Description", "Description", 255),
            Field::text("SobjectType", "SObject Type Name", 40).required(),
            Field::flag("IsActive", "Active"),
        ],
    )
    .read_only()
}

/// The Group object: queues.
pub fn group() -> Object {
    Object::new(
        "Group",
        "Group",
        "Groups",
        "00G",
        vec![
            Field::text("Name", "Name", 40).required().naming(),
            Field::text("DeveloperName", "Developer Name", 80),
            Field::picklist("Type", "Type", &["Regular", "Queue"]).required(),
            Field::email("Email", "Email"),
        ],
    )
    .read_only()
}

/// The Profile object.
pub fn profile() -> Object {
    Object::new(
        "Profile",
        "Profile",
        "Profiles",
        "00e",
        vec![
            Field::text("Name", "Name", 255).required().naming(),
            Field::text("UserType", "User Type", 40),
            Field::text("Description", "Description", 255),
        ],
    )
    .read_only()
}

/// The AssignmentRule object.
pub fn assignment_rule() -> Object {
    Object::new(
        "AssignmentRule",
        "Assignment Rule",
        "Assignment Rules",
        "01Q",
        vec![
            Field::text("Name", "Name", 120).required().naming(),
            Field::picklist("SobjectType", "SObject Type", &["Case", "Lead"]).required(),
            Field::flag("Active", "Active"),
        ],
    )
    .read_only()
}

/// What the connected user may do; one row.
pub fn user_permission_access() -> Object {
    Object::new(
        "UserPermissionAccess",
        "User Permission Access",
        "User Permission Access",
        "0Uj",
        vec![
            Field::flag("PermissionsApiEnabled", "API Enabled"),
            Field::flag("PermissionsViewSetup", "View Setup and Configuration"),
            Field::flag("PermissionsModifyAllData", "Modify All Data"),
            Field::flag("PermissionsViewAllData", "View All Data"),
            Field::flag("PermissionsBulkApiHardDelete", "Bulk API Hard Delete"),
            Field::flag("PermissionsCreateAuditFields", "Create Audit Fields"),
            Field::flag("PermissionsMarketingUser", "Marketing User"),
        ],
    )
    .read_only()
}
