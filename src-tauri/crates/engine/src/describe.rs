//! Reads what Salesforce says of the target objects, in the words of `model`.

use std::collections::BTreeSet;

use model::{
    FieldKind, LookupKey, LookupKeys, Mapping, PicklistValue, RecordTypeChoice, TargetDescribe, TargetField,
    TargetObject, default_mapping,
};
use salesforce::{Client, Field, ObjectDescribe, RecordTypeInfo};
use store::{NewMapping, Write};

use crate::audit::{self, Entry};
use crate::contract::audit::AuditArea;
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

/// The field list of a mapping's target, with what its lookups can be by: one call more for each object that is looked up.
pub(crate) async fn fetch_for(client: &Client, mapping: &Mapping) -> Result<TargetDescribe, Fault> {
    let mut describe = fetch(client, mapping.object).await?;
    let objects: BTreeSet<String> = mapping
        .rows
        .iter()
        .filter_map(|row| {
            let lookup = row.lookup.as_ref()?;
            let field = describe.field(row.target.trim())?;
            let mut objects = field.refers_to.iter();
            objects
                .find(|known| known.eq_ignore_ascii_case(&lookup.object))
                .cloned()
        })
        .collect();
    for object in objects {
        let keys = match client.describe(&object).await {
            Ok(described) => lookup_keys(&described),
            Err(error) if error.is_not_found() => LookupKeys {
                object,
                fields: Vec::new(),
            },
            Err(error) => return Err(error.into()),
        };
        add_lookup_keys(&mut describe, &keys);
    }
    Ok(describe)
}

/// What records of an object can be looked up by: external ids, and fields that Salesforce itself finds records by (REST API
/// Developer Guide, "sObject Describe", `externalId` and `idLookup`).
pub(crate) fn lookup_keys(described: &ObjectDescribe) -> LookupKeys {
    let fields = described
        .fields
        .iter()
        .filter(|field| (field.external_id || field.id_lookup) && field.kind != FieldKind::Id.api_name());
    LookupKeys {
        object: described.name.clone(),
        fields: fields
            .map(|field| LookupKey {
                name: field.name.clone(),
                label: field.label.clone(),
            })
            .collect(),
    }
}

/// Tells the fields that point at an object what its records can be looked up by.
pub(crate) fn add_lookup_keys(describe: &mut TargetDescribe, keys: &LookupKeys) {
    let pointing = describe.fields.iter_mut().filter(|field| {
        field
            .refers_to
            .iter()
            .any(|object| object.eq_ignore_ascii_case(&keys.object))
    });
    for field in pointing {
        field
            .lookup_keys
            .retain(|known| !known.object.eq_ignore_ascii_case(&keys.object));
        field.lookup_keys.push(keys.clone());
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
        let describe = &with_known_lookup_keys(write, org_id, describe)?;
        write.set_describe(org_id, &now, *object, describe)?;
        if describe.fields.is_empty() {
            continue;
        }
        if write.mapping(*object)?.is_none() {
            let mapping = default_mapping(*object, Some(describe));
            write.add_mapping(NewMapping {
                mapping: &mapping,
                saved_at: &now,
                saved_by,
                note: DEFAULT_NOTE,
            })?;
            let sentence = format!("Got the default mapping of {object}, made to fit the org.");
            let entry = Entry::new(AuditArea::Mapping, "mapping_saved", sentence)
                .before("no mapping")
                .after(format!("{} rows", mapping.rows.len()));
            audit::note(write, entry)?;
        }
        if write.mapping_basis(*object)?.is_none() {
            write.set_mapping_basis(*object, org_id, describe)?;
        }
    }
    Ok(())
}

/// The field list with what is known of the same org's lookups already, where it was not asked for anew.
fn with_known_lookup_keys(
    write: &Write<'_>,
    org_id: &str,
    describe: &TargetDescribe,
) -> Result<TargetDescribe, Fault> {
    let mut describe = describe.clone();
    let known = write.described(describe.object)?;
    let Some(known) = known.filter(|known| known.org_id == org_id) else {
        return Ok(describe);
    };
    for field in &mut describe.fields {
        let Some(before) = known.describe.field(&field.name) else {
            continue;
        };
        for keys in &before.lookup_keys {
            if field.lookup_keys_of(&keys.object).is_none() && field.refers_to.contains(&keys.object) {
                field.lookup_keys.push(keys.clone());
            }
        }
    }
    Ok(describe)
}

/// Keeps what an object's records can be looked up by, for all targets that point at it.
pub(crate) fn keep_lookup_keys(write: &Write<'_>, keys: &LookupKeys) -> Result<(), Fault> {
    for object in TargetObject::ALL {
        if let Some(mut known) = write.described(object)? {
            add_lookup_keys(&mut known.describe, keys);
            write.set_describe(&known.org_id, &known.described_at, object, &known.describe)?;
        }
    }
    Ok(())
}

/// An object's fields in the words of `model`.
pub(crate) fn target_describe(object: TargetObject, describe: ObjectDescribe) -> TargetDescribe {
    let record_types: Vec<RecordTypeChoice> = describe
        .record_type_infos
        .into_iter()
        .filter(|info| info.active && info.available && !info.master)
        .map(record_type)
        .collect();
    let mut fields: Vec<TargetField> = describe.fields.into_iter().map(target_field).collect();
    for field in fields.iter_mut().filter(|field| field.is_record_type()) {
        field.record_types.clone_from(&record_types);
    }
    TargetDescribe { object, fields }
}

fn record_type(info: RecordTypeInfo) -> RecordTypeChoice {
    RecordTypeChoice {
        id: info.record_type_id,
        name: info.name,
        developer_name: info.developer_name,
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
                valid_for: value.valid_places(),
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
        relationship: field.relationship_name,
        lookup_keys: Vec::new(),
        record_types: Vec::new(),
        permissionable: field.permissionable,
        controller: field.controller_name,
    }
}
