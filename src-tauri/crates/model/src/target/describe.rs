//! What Salesforce says of an object.

use serde::{Deserialize, Serialize};

use super::{TargetField, TargetObject};

/// An object's fields, as the connected user may use them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetDescribe {
    /// The object.
    pub object: TargetObject,
    /// Its fields.
    pub fields: Vec<TargetField>,
}

impl TargetDescribe {
    /// The field with this API name, in any case.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&TargetField> {
        self.fields
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// Fields that a new record must bring a value for.
    pub fn required_on_create(&self) -> impl Iterator<Item = &TargetField> {
        self.fields.iter().filter(|field| field.required_on_create())
    }
}
