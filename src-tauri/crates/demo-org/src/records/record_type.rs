//! Record types: which one a new record gets, who may choose which, and what they offer less of.

use super::{Records, Row};
use crate::{
    fault::RowFault,
    schema::Object,
    value::{Key, Value},
};

/// The record types of an object, in order, with their developer names.
pub fn of(records: &Records, object: &str) -> Vec<(Key, String)> {
    let Some(types) = records.object_index("RecordType") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (number, row) in records.table(types).rows() {
        let key = Key {
            object: types,
            number,
        };
        if records.named(key, &row, "SobjectType").as_text() == Some(object) {
            let name = records.named(key, &row, "DeveloperName");
            found.push((key, name.as_text().unwrap_or_default().to_owned()));
        }
    }
    found
}

/// The record type that a user's new records get; `None` where an object has none.
pub fn default(records: &Records, object: &Object, user: u32) -> Option<Key> {
    if object.record_types.is_empty() {
        return None;
    }
    let access = records.access.of(user);
    let mut types = of(records, object.name).into_iter();
    types
        .find(|(_, name)| access.chooses(object.name, name))
        .map(|(key, _)| key)
}

/// Refuses a record type that the user cannot choose.
pub fn chosen(records: &Records, object: &Object, user: u32, record_type: Key) -> Result<(), RowFault> {
    let name = records.text_of(record_type, "DeveloperName").unwrap_or_default();
    if records.access.of(user).chooses(object.name, &name) {
        return Ok(());
    }
    let id = records.ids.id(record_type);
    let message = format!("Record Type ID: this ID value isn't valid for the user: {id}");
    Err(RowFault::new("INVALID_CROSS_REFERENCE_KEY", message).at("RecordTypeId"))
}

/// Refuses values that the record's type does not offer. Only the fields of `changed` are looked at. Whether a dependent
/// value fits its controlling field is left to pages, as the API does not check it.
pub fn offers(records: &Records, key: Key, row: &Row, changed: &[u16]) -> Result<(), RowFault> {
    let object = records.schema.object(usize::from(key.object));
    let record_type = records.named(key, row, "RecordTypeId").as_reference();
    let type_name = record_type
        .filter(|_| !object.record_type_limits.is_empty())
        .and_then(|record_type| records.text_of(record_type, "DeveloperName"));
    for index in changed {
        let field = object.field(*index);
        let value = records.value(key, row, *index);
        let Value::Text(text) = value.as_ref() else {
            continue;
        };
        let limit = object
            .record_type_limits
            .iter()
            .find(|limit| limit.field == field.name && type_name.as_deref() == Some(limit.record_type));
        let is_limited = limit.is_some_and(|limit| !limit.values.contains(&text.as_ref()));
        if is_limited {
            let message = format!("{}: bad value for restricted picklist field: {text}", field.label);
            return Err(RowFault::new("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message).at(field.name));
        }
    }
    Ok(())
}
