//! What the org refuses in one record: limits of fields, required fields, picklists, references, unique values.

use super::{IndexKey, Records};
use crate::{
    access::Access,
    fault::RowFault,
    schema::{Field, Kind, Object, Role},
    value::{Key, Value},
};

/// Checks one value against its field alone.
pub fn value(field: &Field, value: &Value) -> Result<(), RowFault> {
    match value {
        Value::Text(text) => text_fits(field, text),
        Value::Number(number) => number_fits(field, *number),
        _ => Ok(()),
    }
}

fn text_fits(field: &Field, text: &str) -> Result<(), RowFault> {
    if field.kind == Kind::Time {
        return Ok(());
    }
    if text.len() > field.length as usize && text.chars().count() > field.length as usize {
        let message = format!(
            "{}: data value too large: {text} (max length={})",
            field.label, field.length
        );
        return Err(RowFault::new("STRING_TOO_LONG", message).at(field.name));
    }
    if field.kind == Kind::Email && !is_email(text) {
        let message = format!("{}: invalid email address: {text}", field.label);
        return Err(RowFault::new("INVALID_EMAIL_ADDRESS", message).at(field.name));
    }
    let is_listed = |text: &str| field.picklist.iter().any(|entry| entry.value == text);
    let unlisted = if field.kind == Kind::MultiPicklist {
        text.split(';').map(str::trim).find(|part| !is_listed(part))
    } else {
        Some(text).filter(|text| !is_listed(text))
    };
    if let Some(unlisted) = unlisted.filter(|_| field.restricted && !field.is_place_code()) {
        let message = format!(
            "{}: bad value for restricted picklist field: {unlisted}",
            field.label
        );
        return Err(RowFault::new("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message).at(field.name));
    }
    Ok(())
}

fn number_fits(field: &Field, number: f64) -> Result<(), RowFault> {
    let digits = if field.kind == Kind::Int {
        field.digits
    } else {
        field.precision.saturating_sub(field.scale)
    };
    let bound = 10_f64.powi(i32::try_from(digits).unwrap_or(i32::MAX));
    if number.abs() >= bound {
        let shown = crate::value::number_text(number, number.fract() == 0.0);
        let message = format!(
            "{}: value outside of valid range on numeric field: {shown}",
            field.label
        );
        return Err(RowFault::new("NUMBER_OUTSIDE_VALID_RANGE", message).at(field.name));
    }
    Ok(())
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let local_is_fine = !local.is_empty()
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains(|c: char| c.is_whitespace() || "@,;:<>()[]\"\\".contains(c));
    let labels: Vec<&str> = domain.split('.').collect();
    let label_is_fine =
        |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    local_is_fine && labels.len() >= 2 && labels.iter().all(label_is_fine)
}

/// Refuses fields that the user may not write.
pub fn writable(
    access: &Access,
    object: &Object,
    fields: &[&Field],
    inserting: bool,
) -> Result<(), RowFault> {
    if inserting && fields.iter().any(|field| field.role == Role::Id) {
        let message = "cannot specify Id in an insert call";
        return Err(RowFault::new("INVALID_FIELD_FOR_INSERT_UPDATE", message).at("Id"));
    }
    let may_write = |field: &Field| {
        if inserting {
            access.creates_field(object, field)
        } else {
            access.updates_field(object, field)
        }
    };
    let refused: Vec<&str> = fields
        .iter()
        .filter(|field| !may_write(field))
        .map(|field| field.name)
        .collect();
    if refused.is_empty() {
        return Ok(());
    }
    let message = format!(
        "Unable to create/update fields: {}. Please check the security settings of this field and verify that it is \
         read/write for your profile or permission set.",
        refused.join(", ")
    );
    let mut fault = RowFault::new("INVALID_FIELD_FOR_INSERT_UPDATE", message);
    fault.fields = refused.into_iter().map(str::to_owned).collect();
    Err(fault)
}

/// The refusal of a record without these fields.
pub fn required(missing: Vec<&str>) -> Result<(), RowFault> {
    if missing.is_empty() {
        return Ok(());
    }
    let message = format!("Required fields are missing: [{}]", missing.join(", "));
    let mut fault = RowFault::new("REQUIRED_FIELD_MISSING", message);
    fault.fields = missing.into_iter().map(str::to_owned).collect();
    Err(fault)
}

/// Checks that a reference points to a live record of the right kind.
pub fn reference(records: &Records, object: u16, field: &Field, target: Key) -> Result<(), RowFault> {
    let target_object = records.schema.object(usize::from(target.object));
    let id = records.ids.id(target);
    if !field.reference_to.contains(&target_object.name) {
        let message = format!("{}: id value of incorrect type: {id}", field.label);
        return Err(RowFault::new("MALFORMED_ID", message).at(field.name));
    }
    let Some(row) = records.row(target) else {
        return Err(
            RowFault::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id").at(field.name),
        );
    };
    if row.deleted {
        return Err(RowFault::new("ENTITY_IS_DELETED", "entity is deleted"));
    }
    let own_name = records.schema.object(usize::from(object)).name;
    match target_object.name {
        "RecordType" if records.named(target, &row, "SobjectType").as_text() != Some(own_name) => {
            let message = format!("Record Type ID: this ID value isn't valid for the user: {id}");
            return Err(RowFault::new("INVALID_CROSS_REFERENCE_KEY", message).at(field.name));
        }
        "User" if field.name == "OwnerId" && !is_active(records, target) => {
            let own_name = own_name.to_lowercase();
            let message = format!("operation performed with inactive user [{id}] as owner of {own_name}");
            return Err(RowFault::new("INACTIVE_OWNER_OR_USER", message));
        }
        "Group" if field.name == "OwnerId" && !may_own(records, target, own_name) => {
            let message = format!("Owner ID: owner cannot own records of type {own_name}: {id}");
            return Err(RowFault::new("INVALID_CROSS_REFERENCE_KEY", message).at(field.name));
        }
        _ => {}
    }
    Ok(())
}

fn is_active(records: &Records, user: Key) -> bool {
    let active = records
        .row(user)
        .map(|row| records.named(user, &row, "IsActive").into_owned());
    active == Some(Value::Boolean(true))
}

/// Whether a group is a queue of that object.
fn may_own(records: &Records, group: Key, object: &str) -> bool {
    let Some(queues) = records.object_index("QueueSobject") else {
        return false;
    };
    records.table(queues).rows().any(|(number, row)| {
        let key = Key {
            object: queues,
            number,
        };
        records.named(key, &row, "QueueId").as_reference() == Some(group)
            && records.named(key, &row, "SobjectType").as_text() == Some(object)
    })
}

/// Checks that no other live record has the value of a unique field.
pub fn unique(
    records: &Records,
    object: u16,
    field: u16,
    text: &str,
    own: Option<u32>,
) -> Result<(), RowFault> {
    let others = records.find_live(object, field, &IndexKey::text(text));
    match others.into_iter().find(|number| Some(*number) != own) {
        None => Ok(()),
        Some(number) => {
            let id = records.ids.id(Key { object, number });
            let name = records.field(object, field).name;
            let message = format!("duplicate value found: {name} duplicates value on record with id: {id}");
            Err(RowFault::new("DUPLICATE_VALUE", message))
        }
    }
}

/// Fields that must have a value after a record was made, and do not.
pub fn missing<'a>(fields: impl Iterator<Item = &'a Field>, is_filled: impl Fn(u16) -> bool) -> Vec<&'a str> {
    let demanded = fields.enumerate().filter(|(_, field)| {
        !field.nillable && !field.defaulted_on_create && field.createable && field.role == Role::Stored
    });
    demanded
        .filter(|(index, _)| u16::try_from(*index).is_ok_and(|index| !is_filled(index)))
        .map(|(_, field)| field.name)
        .collect()
}
