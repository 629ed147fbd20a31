//! The one place where names of a query are found in the schema, as the user who asks sees it: what the user may not read
//! is not there.

use crate::{
    records::Records,
    schema::{Field, Object},
};

/// The schema as a user sees it.
#[derive(Debug, Clone, Copy)]
pub struct Names<'records> {
    /// The org.
    pub records: &'records Records,
    /// Number of the user.
    pub user: u32,
}

/// A way down: its name, the object, and the field there that refers to the parent.
pub struct Child<'records> {
    /// Name of the relationship.
    pub name: &'records str,
    /// The children's object.
    pub object: u16,
    /// Their reference field.
    pub field: u16,
}

impl<'records> Names<'records> {
    fn definition(&self, object: u16) -> &'records Object {
        self.records.schema.object(usize::from(object))
    }

    fn reads(&self, object: u16) -> bool {
        self.records.access.of(self.user).reads(self.definition(object))
    }

    fn reads_field(&self, object: u16, field: &Field) -> bool {
        let access = self.records.access.of(self.user);
        access.reads_field(self.definition(object), field)
    }

    /// An object by its API name.
    pub fn object(&self, name: &str) -> Option<u16> {
        self.records
            .object_index(name)
            .filter(|object| self.reads(*object))
    }

    /// Whether each user finds only the own row there.
    pub fn is_own_alone(&self, object: u16) -> bool {
        self.definition(object).name == "UserPermissionAccess"
    }

    /// The fields of an object.
    pub fn columns(self, object: u16) -> impl Iterator<Item = (u16, &'records Field)> {
        let fields = (0_u16..).zip(&self.definition(object).fields);
        fields.filter(move |(_, field)| self.reads_field(object, field))
    }

    /// A field by its API name.
    pub fn column(&self, object: u16, name: &str) -> Option<u16> {
        let field = self.definition(object).find(name)?;
        self.reads_field(object, self.records.field(object, field))
            .then_some(field)
    }

    /// A reference field by the name of the relationship.
    pub fn parent(&self, object: u16, relationship: &str) -> Option<(u16, &'records Field)> {
        self.columns(object).find(|(_, field)| {
            field
                .relationship_name
                .is_some_and(|known| known.eq_ignore_ascii_case(relationship))
        })
    }

    /// A way down by the name of the relationship.
    pub fn child(&self, object: u16, relationship: &str) -> Option<Child<'records>> {
        self.definition(object).children.iter().find_map(|child| {
            let name = child
                .name
                .filter(|name| name.eq_ignore_ascii_case(relationship))?;
            let (object, field) = (
                u16::try_from(child.object).ok()?,
                u16::try_from(child.field).ok()?,
            );
            let visible = self.reads(object) && self.reads_field(object, self.records.field(object, field));
            visible.then_some(Child { name, object, field })
        })
    }
}
