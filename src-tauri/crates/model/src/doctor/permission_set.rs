//! The permission set that gives the connected user what Landbridge needs, and no more.
//!
//! Which fields may stand in one (Metadata API Developer Guide, "PermissionSet"; Object Reference, "FieldPermissions"):
//! required fields are refused, because whoever may write the record may write them; so are record names and their parts,
//! the owner and the record type; parts of an address are given by the address as a whole, though describe calls the parts
//! permissionable.

use std::collections::BTreeSet;

use crate::{FieldKind, Mapping, TargetDescribe, TargetField};

/// What a permission set holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionSet {
    /// System permissions, by name. "View Setup" needs "View Roles".
    pub user_permissions: &'static [&'static str],
    /// Rights on objects, by API name.
    pub objects: Vec<ObjectPermission>,
    /// Fields that are to be read and edited, `Object.Field`, by name.
    pub fields: BTreeSet<String>,
}

/// Rights on one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectPermission {
    /// API name.
    pub object: &'static str,
    /// Create.
    pub creates: bool,
    /// Edit.
    pub edits: bool,
    /// Delete: what an undo and Test Mapping need.
    pub deletes: bool,
}

const USER_PERMISSIONS: [&str; 3] = ["ApiEnabled", "ViewRoles", "ViewSetup"];

/// Fields that no permission set can hold, whatever describe says.
const NEVER: [&str; 4] = ["OwnerId", "RecordTypeId", "CurrencyIsoCode", "Name"];

/// The permission set for these mappings. Without a describe, as before the first connection, standard fields stand in it under
/// the names that every org has them by.
#[must_use]
pub fn permission_set(mappings: &[(Mapping, Option<TargetDescribe>)]) -> PermissionSet {
    let mut fields = BTreeSet::new();
    for (mapping, describe) in mappings {
        for row in &mapping.rows {
            let target = row.target.trim();
            let field = match describe {
                Some(describe) => describe.field(target).and_then(permitted).map(str::to_owned),
                None => permitted_standard(target),
            };
            fields.extend(field.map(|field| format!("{}.{field}", mapping.object.api_name())));
        }
    }
    let whole = |object| ObjectPermission {
        object,
        creates: true,
        edits: true,
        deletes: true,
    };
    PermissionSet {
        user_permissions: &USER_PERMISSIONS,
        objects: vec![
            whole("Account"),
            ObjectPermission {
                object: "Campaign",
                creates: false,
                edits: true,
                deletes: false,
            },
            whole("Contact"),
            whole("Lead"),
            ObjectPermission {
                object: "Opportunity",
                creates: false,
                edits: false,
                deletes: false,
            },
        ],
        fields,
    }
}

/// The same for a standard field of which only the name is known.
fn permitted_standard(name: &str) -> Option<String> {
    const NAMES: [&str; 6] = [
        "Name",
        "FirstName",
        "MiddleName",
        "LastName",
        "Salutation",
        "Suffix",
    ];
    const REQUIRED: [&str; 2] = ["Company", "Status"];
    const ADDRESS_PARTS: [&str; 7] = [
        "Street",
        "City",
        "StateCode",
        "State",
        "PostalCode",
        "CountryCode",
        "Country",
    ];
    if NAMES.contains(&name) || REQUIRED.contains(&name) || NEVER.contains(&name) {
        return None;
    }
    let whole = ADDRESS_PARTS.iter().find_map(|part| name.strip_suffix(part));
    Some(whole.map_or_else(|| name.to_owned(), |whole| format!("{whole}Address")))
}

/// Under which name a field may stand in a permission set; `None` when it may not.
fn permitted(field: &TargetField) -> Option<&str> {
    let is_required = !field.nillable && field.kind != FieldKind::Boolean;
    let is_computed = field.calculated || field.auto_number;
    let is_listed = NEVER.iter().any(|name| field.name.eq_ignore_ascii_case(name));
    match field.compound.as_deref() {
        Some("Name") => None,
        Some(whole) if whole.ends_with("Address") => Some(whole),
        _ if is_required || is_computed || is_listed || field.kind == FieldKind::Id => None,
        _ => (field.permissionable != Some(false)).then_some(field.name.as_str()),
    }
}
