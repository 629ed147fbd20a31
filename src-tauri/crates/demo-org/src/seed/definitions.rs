//! A row of `EntityDefinition` for each object and one of `FieldDefinition` for each field.

use std::sync::Arc;

use super::{Garden, flag, number, text};
use crate::{
    fault::RowFault,
    schema::{Field, Object, Role},
    value::{Key, Value},
};

/// Makes them.
pub fn plant(garden: &mut Garden) -> Result<(), RowFault> {
    let schema = Arc::clone(&garden.records.schema);
    for object in schema.objects() {
        let entity = entity(garden, object)?;
        for field in &object.fields {
            definition(garden, object, entity, field)?;
        }
    }
    Ok(())
}

/// The namespace of an API name and the name without it and without what marks it as custom.
fn parts(name: &str) -> (Option<Value>, Option<Value>) {
    let plain = name.strip_suffix("__c").unwrap_or(name);
    match plain.split_once("__").filter(|_| plain != name) {
        Some((namespace, rest)) => (text(namespace), text(rest)),
        None => (None, text(plain)),
    }
}

fn entity(garden: &mut Garden, object: &Object) -> Result<Key, RowFault> {
    let (namespace, developer_name) = parts(object.name);
    garden.push(
        "EntityDefinition",
        vec![
            ("DurableId", text(object.name)),
            ("QualifiedApiName", text(object.name)),
            ("DeveloperName", developer_name),
            ("NamespacePrefix", namespace),
            ("Label", text(object.label)),
            ("PluralLabel", text(object.plural)),
            ("KeyPrefix", text(object.prefix)),
            ("IsCustomizable", flag(object.writable)),
            ("IsQueryable", flag(true)),
            ("IsTriggerable", flag(object.writable)),
        ],
    )
}

fn definition(garden: &mut Garden, object: &Object, entity: Key, field: &Field) -> Result<Key, RowFault> {
    let (namespace, developer_name) = parts(field.name);
    garden.push(
        "FieldDefinition",
        vec![
            ("EntityDefinitionId", Some(Value::Reference(entity))),
            ("DurableId", text(format!("{}.{}", object.name, field.name))),
            ("QualifiedApiName", text(field.name)),
            ("DeveloperName", developer_name),
            ("NamespacePrefix", namespace),
            ("Label", text(field.label)),
            ("DataType", text(field.kind.name())),
            ("Length", number(field.length)),
            ("Precision", number(field.precision)),
            ("Scale", number(field.scale)),
            ("IsNillable", flag(field.nillable)),
            ("IsCalculated", flag(matches!(field.role, Role::Formula(_)))),
        ],
    )
}
