//! What each user may do: permissions, objects, fields, record types. The one home of these questions.
//!
//! Every record is visible to everybody who may read its object. To add a right: one more line in `seed::rights`, or one
//! more [`Permission`] and the place that asks for it.

use crate::schema::{Field, Object};

/// A permission of a user as a whole, as `UserPermissionAccess` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Use of any API.
    ApiEnabled,
    /// View Setup and Configuration: also the limits.
    ViewSetup,
    /// Modify All Data.
    ModifyAllData,
    /// View All Data.
    ViewAllData,
    /// Bulk API Hard Delete.
    BulkApiHardDelete,
    /// Set Audit Fields upon Record Creation. Means nothing unless the org allows it.
    CreateAuditFields,
    /// Marketing User: campaigns.
    MarketingUser,
}

impl Permission {
    /// Every permission with its field of `UserPermissionAccess`.
    pub const FIELDS: [(Self, &'static str); 7] = [
        (Self::ApiEnabled, "PermissionsApiEnabled"),
        (Self::ViewSetup, "PermissionsViewSetup"),
        (Self::ModifyAllData, "PermissionsModifyAllData"),
        (Self::ViewAllData, "PermissionsViewAllData"),
        (Self::BulkApiHardDelete, "PermissionsBulkApiHardDelete"),
        (Self::CreateAuditFields, "PermissionsCreateAuditFields"),
        (Self::MarketingUser, "PermissionsMarketingUser"),
    ];
}

/// What may be done with the records of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectRight {
    /// Nothing: the object is not there.
    Hidden,
    /// Read.
    Read,
    /// Read and create.
    Create,
    /// Read and edit.
    Edit,
    /// Read, create, edit and delete, as far as the object allows it.
    Full,
}

/// What field-level security takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldRight {
    /// The field is not there.
    Hidden,
    /// The field can only be read.
    Read,
}

/// What one user may do.
#[derive(Debug, Clone)]
pub struct Access {
    /// Permissions that the user has.
    pub permissions: &'static [Permission],
    /// What may be done with objects.
    pub objects: ObjectRight,
    /// Objects of which that does not hold.
    pub object_exceptions: &'static [(&'static str, ObjectRight)],
    /// Fields, by object and API name, that are not open.
    pub fields: &'static [(&'static str, &'static str, FieldRight)],
    /// The same, switched while the org runs. They come before the others.
    pub switched_fields: Vec<(&'static str, &'static str, FieldRight)>,
    /// What may be done with objects, switched while the org runs. It comes before the others.
    pub switched_objects: Vec<(&'static str, ObjectRight)>,
    /// Permissions taken away while the org runs.
    pub taken_permissions: Vec<Permission>,
    /// Record types, by object and developer name, that the user cannot choose.
    pub closed_record_types: &'static [(&'static str, &'static str)],
    /// Whether the org allows audit fields to be given at all.
    pub audit_fields: bool,
}

/// Rights of whoever has none written down: the org itself.
static UNLIMITED: Access = Access {
    permissions: &[
        Permission::ApiEnabled,
        Permission::ViewSetup,
        Permission::ModifyAllData,
        Permission::ViewAllData,
        Permission::MarketingUser,
    ],
    objects: ObjectRight::Full,
    object_exceptions: &[],
    fields: &[],
    switched_fields: Vec::new(),
    switched_objects: Vec::new(),
    taken_permissions: Vec::new(),
    closed_record_types: &[],
    audit_fields: false,
};

impl Access {
    /// Whether the user has a permission.
    pub fn allows(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
            && !self.taken_permissions.contains(&permission)
            && (permission != Permission::CreateAuditFields || self.audit_fields)
    }

    fn right(&self, object: &Object) -> ObjectRight {
        let switched = self
            .switched_objects
            .iter()
            .find(|(name, _)| *name == object.name);
        if !object.writable {
            return switched.map_or(ObjectRight::Read, |(_, right)| *right.min(&ObjectRight::Read));
        }
        if let Some((_, right)) = switched {
            return *right;
        }
        if object.name == "Campaign" && !self.allows(Permission::MarketingUser) {
            return ObjectRight::Read.min(self.objects);
        }
        let exception = self
            .object_exceptions
            .iter()
            .find(|(name, _)| *name == object.name);
        exception.map_or(self.objects, |(_, right)| *right)
    }

    /// Whether the object is there for the user.
    pub fn reads(&self, object: &Object) -> bool {
        self.right(object) >= ObjectRight::Read
    }

    /// Whether the user may create records of the object.
    pub fn creates(&self, object: &Object) -> bool {
        matches!(self.right(object), ObjectRight::Create | ObjectRight::Full)
    }

    /// Whether the user may change records of the object.
    pub fn edits(&self, object: &Object) -> bool {
        matches!(self.right(object), ObjectRight::Edit | ObjectRight::Full)
    }

    /// Whether the user may delete records of the object.
    pub fn deletes(&self, object: &Object) -> bool {
        self.right(object) == ObjectRight::Full
    }

    fn field_right(&self, object: &Object, field: &Field) -> Option<FieldRight> {
        let known = self
            .switched_fields
            .iter()
            .chain(self.fields)
            .find(|(name, known, _)| *name == object.name && *known == field.name);
        known.map(|(_, _, right)| *right)
    }

    /// Whether the field is there for the user.
    pub fn reads_field(&self, object: &Object, field: &Field) -> bool {
        self.field_right(object, field) != Some(FieldRight::Hidden)
    }

    /// Whether the user may give the field when a record is made.
    pub fn creates_field(&self, object: &Object, field: &Field) -> bool {
        let audit = field.is_audit() && self.allows(Permission::CreateAuditFields);
        self.creates(object) && (field.createable || audit) && self.field_right(object, field).is_none()
    }

    /// Whether the user may change the field.
    pub fn updates_field(&self, object: &Object, field: &Field) -> bool {
        self.edits(object) && field.updateable && self.field_right(object, field).is_none()
    }

    /// Whether the user may choose a record type.
    pub fn chooses(&self, object: &str, record_type: &str) -> bool {
        !self
            .closed_record_types
            .iter()
            .any(|(known, name)| *known == object && *name == record_type)
    }
}

/// Everybody's rights.
#[derive(Debug, Default)]
pub struct AccessBook {
    by_user: Vec<Access>,
}

impl AccessBook {
    /// Rights of the users in the order of their numbers.
    pub fn new(by_user: Vec<Access>) -> Self {
        Self { by_user }
    }

    /// Takes a field away from everybody, wholly or for writing; `None` gives it back to whom it was taken from.
    pub fn switch_field(&mut self, object: &'static str, field: &'static str, right: Option<FieldRight>) {
        for access in &mut self.by_user {
            access
                .switched_fields
                .retain(|(known, name, _)| *known != object || *name != field);
            access
                .switched_fields
                .extend(right.map(|right| (object, field, right)));
        }
    }

    /// Says what everybody may do with an object; `None` gives back what was so at the start.
    pub fn switch_object(&mut self, object: &'static str, right: Option<ObjectRight>) {
        for access in &mut self.by_user {
            access.switched_objects.retain(|(known, _)| *known != object);
            access.switched_objects.extend(right.map(|right| (object, right)));
        }
    }

    /// Takes a permission away from everybody, or gives it back to whom it was taken from.
    pub fn switch_permission(&mut self, permission: Permission, is_taken: bool) {
        for access in &mut self.by_user {
            access.taken_permissions.retain(|known| *known != permission);
            access.taken_permissions.extend(is_taken.then_some(permission));
        }
    }

    /// Everybody's rights, in the order of the users' numbers.
    pub fn all(&self) -> &[Access] {
        &self.by_user
    }

    /// Gives everybody back what was taken away of fields.
    pub fn clear_switched_fields(&mut self) {
        for access in &mut self.by_user {
            access.switched_fields.clear();
        }
    }

    /// The rights of a user by number.
    pub fn of(&self, user: u32) -> &Access {
        let position = user
            .checked_sub(1)
            .and_then(|position| usize::try_from(position).ok());
        position
            .and_then(|position| self.by_user.get(position))
            .unwrap_or(&UNLIMITED)
    }
}
