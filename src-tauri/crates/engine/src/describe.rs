//! Reads what Salesforce says of the target objects, in the words of `model`.

use model::{FieldKind, PicklistValue, TargetDescribe, TargetField, TargetObject, default_mapping};
use salesforce::{Client, Field, ObjectDescribe};
use store::{NewMapping, Write};

use crate::fault::Fault;

/// Note of the version that a workspace begins with.
const DEFAULT_NOTE: &str = "Default mapping";

/// The field lists of all targets.
pub(crate) async fn fetch_all(client: &Client) -> Result<Vec<(TargetObject, TargetDescribe)>, Fault> {
    let mut describes = Vec::new();
    for object in TargetObject::ALL {
        describes.push((object, fetch(client, object).await?));
    }
    Ok(describes)
}

/// The field list of one target. An object that the connected user may not see has no fields.
pub(crate) async fn fetch(client: &Client, object: TargetObject) -> Result<TargetDescribe, Fault> {
    match client.describe(object.api_name()).await {
        Ok(describe) => Ok(target_describe(object, describe)),
        Err(error) if error.is_not_found() => Ok(TargetDescribe {
            object,
            fields: Vec::new(),
        }),
        Err(error) => Err(error.into()),
    }
}

/// Keeps field lists; a target without a mapping gets its default one, made to fit this org, unless the user may not see
/// the object. What a mapping was saved against stays, so that changes since then can be told.
pub(crate) fn save(
    write: &Write<'_>,
    org_id: &str,
    saved_by: &str,
    describes: &[(TargetObject, TargetDescribe)],
) -> Result<(), Fault> {
    let now = store::now();
    for (object, describe) in describes {
        write.set_describe(org_id, &now, *object, describe)?;
        if describe.fields.is_empty() {
            continue;
        }
        if write.mapping(*object)?.is_none() {
            write.add_mapping(NewMapping {
                mapping: &default_mapping(*object, Some(describe)),
                saved_at: &now,
                saved_by,
                note: DEFAULT_NOTE,
            })?;
        }
        if write.mapping_basis(*object)?.is_none() {
            write.set_mapping_basis(*object, org_id, describe)?;
        }
    }
    Ok(())
}

fn target_describe(object: TargetObject, describe: ObjectDescribe) -> TargetDescribe {
    TargetDescribe {
        object,
        fields: describe.fields.into_iter().map(target_field).collect(),
    }
}

fn target_field(field: Field) -> TargetField {
    TargetField {
        kind: FieldKind::from_api_name(&field.kind),
        name: field.name,
        label: field.label,
        length: field.length,
        precision: field.precision,
        scale: field.scale,
        digits: field.digits,
        createable: field.createable,
        updateable: field.updateable,
        nillable: field.nillable,
        defaulted_on_create: field.defaulted_on_create,
        restricted_picklist: field.restricted_picklist,
        picklist: field
            .picklist_values
            .into_iter()
            .map(|value| PicklistValue {
                label: value.label.unwrap_or_else(|| value.value.clone()),
                value: value.value,
                active: value.active,
            })
            .collect(),
        unique: field.unique,
        external_id: field.external_id,
        compound: field.compound_field_name,
        custom: field.custom,
        calculated: field.calculated,
        auto_number: field.auto_number,
        refers_to: field.reference_to,
    }
}
