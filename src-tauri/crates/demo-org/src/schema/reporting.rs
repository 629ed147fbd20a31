//! Objects of list views and reports.

use super::{Field, Object};

/// The ListView object.
pub fn list_view() -> Object {
    Object::new(
        "ListView",
        "List View",
        "List Views",
        "00B",
        vec![
            Field::text("Name", "View Name", 40).required().naming(),
            Field::text("DeveloperName", "API Name", 80).required(),
            Field::text("NamespacePrefix", "Namespace Prefix", 15),
            Field::text("SobjectType", "Sobject Type", 40),
            Field::flag("IsSoqlCompatible", "Is SOQL Compatible"),
            Field::moment("LastViewedDate", "Last Viewed Date"),
            Field::moment("LastReferencedDate", "Last Referenced Date"),
        ],
    )
    .read_only()
}

/// The Folder object.
pub fn folder() -> Object {
    Object::new(
        "Folder",
        "Folder",
        "Folders",
        "00l",
        vec![
            Field::text("Name", "Name", 40).naming(),
            Field::text("DeveloperName", "Folder Unique Name", 80),
            Field::picklist("AccessType", "Access Type", &["Hidden", "Public", "Shared"]),
            Field::flag("IsReadonly", "Read Only"),
            Field::picklist("Type", "Type", &["Dashboard", "Document", "Email", "Report"]),
            Field::text("NamespacePrefix", "Namespace Prefix", 15),
        ],
    )
    .read_only()
}

/// The Report object.
pub fn report() -> Object {
    Object::new(
        "Report",
        "Report",
        "Reports",
        "00O",
        vec![
            Field::reference(
                "OwnerId",
                "Owner ID",
                "Owner",
                &["Folder", "Organization", "User"],
            ),
            Field::text("FolderName", "Folder Name", 256),
            Field::text("Name", "Report Name", 40).required().naming(),
            Field::text("Description", "Description", 255),
            Field::text("DeveloperName", "Report Unique Name", 80).required(),
            Field::text("NamespacePrefix", "Namespace Prefix", 15),
            Field::moment("LastRunDate", "Last Run"),
            Field::picklist(
                "Format",
                "Format",
                &["Tabular", "Summary", "Matrix", "MultiBlock"],
            )
            .restrict(),
            Field::moment("LastViewedDate", "Last Viewed Date"),
            Field::moment("LastReferencedDate", "Last Referenced Date"),
        ],
    )
    .read_only()
}
