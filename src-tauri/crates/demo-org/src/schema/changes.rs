//! What was changed in fields while the org runs, as an admin does it in Setup.
//!
//! Records keep their values. Names, types and rights are not kept here: rights are in `access`, the rest never changes.

use super::{Field, Object};

/// A change of one field; `None` leaves it as the org began.
#[derive(Debug, Clone, Default)]
pub struct FieldChange {
    /// Another label.
    pub label: Option<String>,
    /// Whether records need a value.
    pub required: Option<bool>,
    /// Another number of most characters.
    pub length: Option<u32>,
    /// Values that are taken out of its picklist.
    pub removed_values: Vec<String>,
}

/// All changed fields.
#[derive(Debug, Default)]
pub struct FieldChanges {
    fields: Vec<Changed>,
    moment: i64,
}

#[derive(Debug)]
struct Changed {
    object: &'static str,
    field: Field,
    label: Option<String>,
}

impl FieldChanges {
    /// Changes a field; what was changed in it before is taken back.
    pub fn change(&mut self, object: &Object, field: &Field, change: FieldChange, now: i64) {
        self.touch(now);
        self.fields
            .retain(|known| known.object != object.name || known.field.name != field.name);
        let mut changed = field.clone();
        if let Some(required) = change.required {
            changed.nillable = !required;
        }
        changed.length = change.length.unwrap_or(changed.length);
        changed
            .picklist
            .retain(|entry| !change.removed_values.iter().any(|removed| removed == entry.value));
        self.fields.push(Changed {
            object: object.name,
            field: changed,
            label: change.label,
        });
    }

    /// Every field is again as the org began.
    pub fn clear(&mut self, now: i64) {
        self.touch(now);
        self.fields.clear();
    }

    /// Notes that the schema changed. HTTP dates count seconds, so that each change takes one of its own.
    fn touch(&mut self, now: i64) {
        self.moment = self.moment.max(now) + 1;
    }

    /// When the schema changed last, seconds since 1970; 0 when it never did.
    pub fn moment(&self) -> i64 {
        self.moment
    }

    fn changed(&self, object: &Object, field: &Field) -> Option<&Changed> {
        self.fields
            .iter()
            .find(|known| known.object == object.name && known.field.name == field.name)
    }

    /// The field as it is now.
    pub fn field<'a>(&'a self, object: &Object, field: &'a Field) -> &'a Field {
        self.changed(object, field)
            .map_or(field, |changed| &changed.field)
    }

    /// All fields of an object as they are now, in order.
    pub fn fields<'a>(&'a self, object: &'a Object) -> impl Iterator<Item = &'a Field> {
        object.fields.iter().map(|field| self.field(object, field))
    }

    /// The field's label as it is now.
    pub fn label<'a>(&'a self, object: &Object, field: &Field) -> &'a str {
        let changed = self.changed(object, field);
        changed
            .and_then(|changed| changed.label.as_deref())
            .unwrap_or(field.label)
    }
}
