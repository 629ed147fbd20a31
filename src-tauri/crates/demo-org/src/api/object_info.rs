//! `/ui-api/object-info/{object}` (User Interface API guide, Object Info): describe's facts in that API's words.

use std::sync::Arc;

use axum::{
    Extension, Json, Router,
    extract::{Path, State},
    routing::get,
};
use serde_json::{Map, Value, json};

use super::{Session, describe, object_named};
use crate::{fault::ApiFault, org::Org};

/// Members that an object has in both.
const OF_OBJECT: [&str; 15] = [
    "associateEntityType",
    "associateParentEntity",
    "createable",
    "custom",
    "deletable",
    "feedEnabled",
    "keyPrefix",
    "label",
    "labelPlural",
    "layoutable",
    "mruEnabled",
    "queryable",
    "searchLayoutable",
    "searchable",
    "updateable",
];
/// Members that a field has in both.
const OF_FIELD: [&str; 23] = [
    "calculated",
    "compoundFieldName",
    "controllerName",
    "createable",
    "custom",
    "externalId",
    "extraTypeInfo",
    "filterable",
    "highScaleNumber",
    "htmlFormatted",
    "inlineHelpText",
    "label",
    "length",
    "maskType",
    "nameField",
    "polymorphicForeignKey",
    "precision",
    "referenceTargetField",
    "relationshipName",
    "scale",
    "sortable",
    "unique",
    "updateable",
];

/// The resource.
pub fn routes() -> Router<Arc<Org>> {
    Router::new().route("/services/data/{version}/ui-api/object-info/{object}", get(info))
}

fn taken(from: &Value, names: &[&str]) -> Map<String, Value> {
    names
        .iter()
        .map(|name| ((*name).to_owned(), from[*name].clone()))
        .collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Types of describe in the words of this API.
fn data_type(kind: &str) -> String {
    match kind {
        "id" | "reference" => "Reference".to_owned(),
        "textarea" => "TextArea".to_owned(),
        "datetime" => "DateTime".to_owned(),
        "multipicklist" => "MultiPicklist".to_owned(),
        "combobox" => "ComboBox".to_owned(),
        "encryptedstring" => "EncryptedString".to_owned(),
        other => {
            let (first, rest) = other.split_at(other.len().min(1));
            format!("{}{rest}", first.to_uppercase())
        }
    }
}

fn field(org: &Org, described: &Value) -> (String, Value) {
    let name = described["name"].as_str().unwrap_or_default().to_owned();
    let kind = described["type"].as_str().unwrap_or_default();
    let targets = list(&described["referenceTo"]).iter().filter_map(Value::as_str);
    let targets: Vec<Value> = targets
        .map(|target| {
            let object = org.schema.find(target).map(|index| org.schema.object(index));
            let named = object.and_then(|object| Some(object.field(object.name_field()?).name));
            json!({ "apiName": target, "nameFields": named.into_iter().collect::<Vec<_>>() })
        })
        .collect();
    let is = |member: &str| described[member] == Value::Bool(true);
    let mut info = taken(described, &OF_FIELD);
    let controller = described["controllerName"].as_str();
    for (member, value) in [
        ("apiName", json!(name)),
        ("compound", json!(kind == "address" || kind == "location")),
        ("compoundComponentName", Value::Null),
        (
            "controllingFields",
            json!(controller.into_iter().collect::<Vec<_>>()),
        ),
        ("dataType", json!(data_type(kind))),
        ("filteredLookupInfo", Value::Null),
        ("reference", json!(kind == "reference")),
        ("referenceToInfos", json!(targets)),
        (
            "required",
            json!(is("createable") && !is("nillable") && !is("defaultedOnCreate")),
        ),
        ("searchPrefilterable", described["searchPrefilterable"].clone()),
    ] {
        info.insert(member.to_owned(), value);
    }
    (name, Value::Object(info))
}

async fn info(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object)): Path<(String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let described = describe::in_full(&org, &session, object_named(&org, &object)?);
    let fields: Map<String, Value> = list(&described["fields"])
        .iter()
        .map(|described| field(&org, described))
        .collect();
    let children = list(&described["childRelationships"]).iter().map(|child| {
        json!({
            "childObjectApiName": child["childSObject"],
            "fieldName": child["field"],
            "junctionIdListNames": [],
            "junctionReferenceTo": [],
            "relationshipName": child["relationshipName"],
        })
    });
    let types = list(&described["recordTypeInfos"]);
    let usual = types.iter().find(|one| one["defaultRecordTypeMapping"] == true);
    let type_infos: Map<String, Value> = types
        .iter()
        .map(|one| {
            let members = [
                "available",
                "defaultRecordTypeMapping",
                "master",
                "name",
                "recordTypeId",
            ];
            let id = one["recordTypeId"].as_str().unwrap_or_default().to_owned();
            (id, Value::Object(taken(one, &members)))
        })
        .collect();
    let names = fields
        .iter()
        .filter(|(_, field)| field["nameField"] == true || field["compoundFieldName"] == "Name");
    let names: Vec<&String> = names.map(|(name, _)| name).collect();
    let mut info = taken(&described, &OF_OBJECT);
    for (member, value) in [
        ("apiName", described["name"].clone()),
        ("childRelationships", children.collect()),
        (
            "defaultRecordTypeId",
            usual.map(|one| one["recordTypeId"].clone()).unwrap_or_default(),
        ),
        ("dependentFields", json!({})),
        ("eTag", json!(format!("{:x}", org.started))),
        ("nameFields", json!(names)),
        ("recordTypeInfos", Value::Object(type_infos)),
        ("themeInfo", json!({ "color": null, "iconUrl": null })),
        ("fields", Value::Object(fields.clone())),
    ] {
        info.insert(member.to_owned(), value);
    }
    Ok(Json(Value::Object(info)))
}
