//! The shape of the org: its objects and their fields, as describe shows them.
//!
//! Never holds a record. To add an object: one file with one function that returns an [`Object`], one line in
//! [`Schema::standard`]. To add a field: one line in its object's file.

mod account;
mod activity;
mod campaign;
mod changes;
mod contact;
mod duplicates;
mod field;
mod formula;
mod kind;
mod lead;
mod metadata;
mod native_app;
mod object;
mod opportunity;
mod organization;
mod permissions;
mod picklists;
mod project;
mod reporting;
mod setup;
mod standard;
mod states;
mod user;

use std::collections::HashMap;

pub use changes::{FieldChange, FieldChanges};
pub use field::{Field, PicklistValue, Role};
pub use formula::{Formula, Rule};
pub use kind::Kind;
pub use object::{ChildRelationship, Object};
pub use states::{COUNTRIES, STATES};

/// Every object of the org.
#[derive(Debug)]
pub struct Schema {
    objects: Vec<Object>,
    by_name: HashMap<String, usize>,
}

impl Schema {
    /// The demo org's objects: standard ones with their standard fields, a few custom fields, and two custom objects.
    pub fn standard() -> Self {
        Self::of(Self::standard_objects(false))
    }

    /// The same with the code fields that state and country/territory picklists bring to every address.
    pub fn with_state_and_country_lists(self) -> Self {
        let extended = self.objects.into_iter().map(|mut object| {
            object.children.clear();
            let codes = states::code_fields(&object.fields);
            object.with_fields(codes)
        });
        Self::of(extended.collect())
    }

    /// The same with what the ZoomInfo native app brings.
    pub fn with_native_app() -> Self {
        let mut objects = Self::standard_objects(true);
        objects.extend(native_app::objects());
        Self::of(objects)
    }

    fn standard_objects(has_native_app: bool) -> Vec<Object> {
        let extended = |object: Object| {
            if has_native_app {
                let fields = native_app::fields_of(object.name);
                object.with_fields(fields)
            } else {
                object
            }
        };
        vec![
            extended(account::account()),
            extended(contact::contact()),
            extended(lead::lead()),
            extended(opportunity::opportunity()),
            campaign::campaign(),
            campaign::campaign_member(),
            campaign::campaign_member_status(),
            user::user(),
            activity::task(),
            activity::event(),
            organization::organization(),
            setup::record_type(),
            setup::group(),
            setup::profile(),
            setup::assignment_rule(),
            setup::user_permission_access(),
            opportunity::contact_role(),
            permissions::user_role(),
            permissions::permission_set(),
            permissions::permission_set_assignment(),
            permissions::queue_object(),
            permissions::package_license(),
            duplicates::duplicate_rule(),
            duplicates::matching_rule(),
            duplicates::matching_rule_item(),
            duplicates::duplicate_record_set(),
            duplicates::duplicate_record_item(),
            metadata::entity_definition(),
            metadata::field_definition(),
            project::project(),
            project::project_step(),
            reporting::list_view(),
            reporting::report(),
            reporting::folder(),
        ]
    }

    /// A schema of the given objects; child relationships are derived from their reference fields.
    pub fn of(mut objects: Vec<Object>) -> Self {
        let by_name: HashMap<String, usize> = objects
            .iter()
            .enumerate()
            .map(|(index, object)| (object.name.to_ascii_lowercase(), index))
            .collect();
        let mut children: Vec<(usize, ChildRelationship)> = Vec::new();
        for (child, object) in objects.iter().enumerate() {
            for (field, definition) in object.fields.iter().enumerate() {
                for parent in definition.reference_to {
                    if let Some(parent) = by_name.get(&parent.to_ascii_lowercase()) {
                        let relationship = ChildRelationship {
                            object: child,
                            field,
                            name: definition.child_name,
                            cascade: definition.cascade_delete,
                        };
                        children.push((*parent, relationship));
                    }
                }
            }
        }
        for (parent, relationship) in children {
            objects[parent].children.push(relationship);
        }
        Self { objects, by_name }
    }

    /// Objects in their order.
    pub fn objects(&self) -> &[Object] {
        &self.objects
    }

    /// The index of an object by its API name, in any case.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&name.to_ascii_lowercase()).copied()
    }

    /// The object at an index that came from this schema.
    pub fn object(&self, index: usize) -> &Object {
        &self.objects[index]
    }
}
