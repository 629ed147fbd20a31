//! Places in Salesforce's Setup: the way there in words, and the page's path under the org's own address.

use serde::{Deserialize, Serialize};

/// A place in Setup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupPlace {
    /// The way, one part a step.
    pub path: Vec<String>,
    /// Path of the page under the org's address, e.g. `/lightning/setup/PermSets/home`.
    pub page: String,
}

impl SetupPlace {
    fn new(path: &[&str], page: &str) -> Self {
        Self {
            path: std::iter::once("Setup")
                .chain(path.iter().copied())
                .map(str::to_owned)
                .collect(),
            page: format!("/lightning/setup/{page}"),
        }
    }

    /// Company Information: edition, org id, API requests.
    pub(super) fn company() -> Self {
        Self::new(
            &["Company Settings", "Company Information"],
            "CompanyProfileInfo/home",
        )
    }

    /// A system permission of the permission set.
    pub(super) fn system_permission(label: &str) -> Self {
        Self::new(
            &["Permission Sets", "Landbridge", "System Permissions", label],
            "PermSets/home",
        )
    }

    /// The rights on an object in the permission set.
    pub(super) fn object(plural_label: &str) -> Self {
        Self::new(
            &["Permission Sets", "Landbridge", "Object Settings", plural_label],
            "PermSets/home",
        )
    }

    /// The field-level security of a field.
    pub(super) fn field(object: &str, label: &str) -> Self {
        Self::new(
            &[
                "Object Manager",
                object,
                "Fields & Relationships",
                label,
                "Set Field-Level Security",
            ],
            &format!("ObjectManager/{object}/FieldsAndRelationships/view"),
        )
    }

    /// The fields of an object.
    pub(super) fn fields(object: &str) -> Self {
        Self::new(
            &["Object Manager", object, "Fields & Relationships"],
            &format!("ObjectManager/{object}/FieldsAndRelationships/view"),
        )
    }

    /// The users.
    pub(super) fn users() -> Self {
        Self::new(&["Users", "Users"], "ManageUsers/home")
    }

    /// The Bulk jobs.
    pub(super) fn bulk_jobs() -> Self {
        Self::new(
            &["Environments", "Jobs", "Bulk Data Load Jobs"],
            "AsyncApiJobStatus/home",
        )
    }

    /// The installed packages.
    pub(super) fn packages() -> Self {
        Self::new(
            &["Apps", "Packaging", "Installed Packages"],
            "ImportedPackage/home",
        )
    }

    /// The duplicate rules.
    pub(super) fn duplicate_rules() -> Self {
        Self::new(
            &["Data", "Duplicate Management", "Duplicate Rules"],
            "DuplicateRules/home",
        )
    }
}
