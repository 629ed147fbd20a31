//! Objects that say who may do what: roles, permission sets, queues' objects, installed packages.

use super::{Field, Object};

/// The UserRole object.
pub fn user_role() -> Object {
    Object::new(
        "UserRole",
        "Role",
        "Roles",
        "00E",
        vec![
            Field::text("Name", "Name", 80).required().naming(),
            Field::text("DeveloperName", "Developer Name", 80),
            Field::reference("ParentRoleId", "Parent Role ID", "ParentRole", &["UserRole"]),
        ],
    )
    .read_only()
}

/// The PermissionSet object.
pub fn permission_set() -> Object {
    Object::new(
        "PermissionSet",
        "Permission Set",
        "Permission Sets",
        "0PS",
        vec![
            Field::text("Name", "Permission Set Name", 80).required(),
            Field::text("Label", "Permission Set Label", 80)
                .required()
                .naming(),
            Field::text("Description", "Description", 255),
            Field::flag("IsCustom", "Custom"),
            Field::flag("IsOwnedByProfile", "Is Owned By Profile"),
            Field::flag("PermissionsBulkApiHardDelete", "Bulk API Hard Delete"),
            Field::flag("PermissionsCreateAuditFields", "Create Audit Fields"),
        ],
    )
    .read_only()
}

/// The PermissionSetAssignment object.
pub fn permission_set_assignment() -> Object {
    Object::new(
        "PermissionSetAssignment",
        "Permission Set Assignment",
        "Permission Set Assignments",
        "0Pa",
        vec![
            Field::reference(
                "PermissionSetId",
                "Permission Set ID",
                "PermissionSet",
                &["PermissionSet"],
            )
            .required()
            .children("Assignments"),
            Field::reference("AssigneeId", "Assignee ID", "Assignee", &["User"])
                .required()
                .children("PermissionSetAssignments"),
        ],
    )
    .read_only()
}

/// The QueueSobject object: which records a queue may own.
pub fn queue_object() -> Object {
    Object::new(
        "QueueSobject",
        "Queue Sobject",
        "Queue Sobjects",
        "03g",
        vec![
            Field::reference("QueueId", "Queue ID", "Queue", &["Group"])
                .required()
                .children("QueueSobjects"),
            Field::text("SobjectType", "Sobject Type", 40).required(),
        ],
    )
    .read_only()
}

/// The PackageLicense object: one row for each installed package.
pub fn package_license() -> Object {
    Object::new(
        "PackageLicense",
        "Package License",
        "Package Licenses",
        "050",
        vec![
            Field::text("NamespacePrefix", "Namespace Prefix", 15).naming(),
            Field::picklist("Status", "Status", &["Active", "Expired", "Free", "Trial"]),
            Field::int("AllowedLicenses", "Allowed Licenses", 9),
            Field::int("UsedLicenses", "Used Licenses", 9),
            Field::flag("IsProvisioned", "Is Provisioned"),
            Field::moment("ExpirationDate", "Expiration Date"),
        ],
    )
    .read_only()
}
