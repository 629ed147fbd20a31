//! Describe: all objects, one object in short, one object in full.

use std::sync::Arc;

use axum::{
    Extension, Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};

use super::{Session, create, object_named};
use crate::{
    clock,
    fault::ApiFault,
    org::Org,
    schema::{Field, Kind, Object, PicklistValue, Role, Schema},
};

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    Router::new()
        .route("/services/data/{version}/sobjects", get(global))
        .route(
            "/services/data/{version}/sobjects/{object}",
            get(basic).post(create::create),
        )
        .route("/services/data/{version}/sobjects/{object}/describe", get(full))
}

/// 304 when the client has seen the schema since the org started; it never changes while the org runs.
fn unchanged(org: &Org, headers: &HeaderMap) -> Option<Response> {
    let since = headers.get(header::IF_MODIFIED_SINCE)?.to_str().ok()?;
    (clock::parse_http_date(since)? >= org.started).then(|| StatusCode::NOT_MODIFIED.into_response())
}

fn dated(org: &Org, body: Value) -> Response {
    (
        [(header::LAST_MODIFIED, clock::http_date(org.started))],
        Json(body),
    )
        .into_response()
}

async fn global(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    headers: HeaderMap,
) -> Response {
    if let Some(response) = unchanged(&org, &headers) {
        return response;
    }
    let objects: Vec<Value> = org
        .schema
        .objects()
        .iter()
        .map(|object| in_short(object, &session.version))
        .collect();
    dated(
        &org,
        json!({ "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects }),
    )
}

async fn basic(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object)): Path<(String, String)>,
) -> Result<Response, ApiFault> {
    let index = object_named(&org, &object)?;
    let object = org.schema.object(usize::from(index));
    let body = json!({ "objectDescribe": in_short(object, &session.version), "recentItems": [] });
    Ok(Json(body).into_response())
}

async fn full(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiFault> {
    let index = object_named(&org, &object)?;
    if let Some(response) = unchanged(&org, &headers) {
        return Ok(response);
    }
    let object = org.schema.object(usize::from(index));
    let mut body = in_short(object, &session.version);
    let mut fields: Vec<Value> = Vec::new();
    for (position, definition) in (0_u16..).zip(&object.fields) {
        fields.push(field(object, position, definition));
    }
    body["fields"] = json!(fields);
    body["childRelationships"] = json!(children(&org.schema, object));
    body["recordTypeInfos"] = json!(record_types(&org, object, &session.version));
    body["supportedScopes"] = json!([
        { "name": "everything", "label": format!("All {}", object.plural) },
        { "name": "mine", "label": format!("My {}", object.plural) },
    ]);
    for empty in ["actionOverrides", "namedLayoutInfos"] {
        body[empty] = json!([]);
    }
    for nothing in [
        "defaultImplementation",
        "extendedBy",
        "extendsInterfaces",
        "implementedBy",
        "implementsInterfaces",
    ] {
        body[nothing] = Value::Null;
    }
    for nothing in ["listviewable", "lookupLayoutable", "networkScopeFieldName"] {
        body[nothing] = Value::Null;
    }
    body["compactLayoutable"] = json!(true);
    body["searchLayoutable"] = json!(true);
    body["sobjectDescribeOption"] = json!("FULL");
    Ok(dated(&org, body))
}

fn in_short(object: &Object, version: &str) -> Value {
    let base = format!("/services/data/v{version}/sobjects/{}", object.name);
    json!({
        "activateable": false,
        "associateEntityType": null,
        "associateParentEntity": null,
        "createable": object.writable,
        "custom": false,
        "customSetting": false,
        "deepCloneable": false,
        "deletable": object.writable,
        "deprecatedAndHidden": false,
        "feedEnabled": object.writable,
        "hasSubtypes": false,
        "isInterface": false,
        "isSubtype": false,
        "keyPrefix": object.prefix,
        "label": object.label,
        "labelPlural": object.plural,
        "layoutable": object.writable,
        "mergeable": matches!(object.name, "Account" | "Contact" | "Lead"),
        "mruEnabled": object.writable,
        "name": object.name,
        "queryable": true,
        "replicateable": object.writable,
        "retrieveable": true,
        "searchable": object.writable,
        "triggerable": object.writable,
        "undeletable": object.writable,
        "updateable": object.writable,
        "urls": {
            "sobject": base,
            "describe": format!("{base}/describe"),
            "rowTemplate": format!("{base}/{{ID}}"),
        },
    })
}

fn field(object: &Object, position: u16, field: &Field) -> Value {
    let is_name_of_object = object.name_field() == Some(position);
    let characters = field.length;
    json!({
        "aggregatable": !matches!(field.kind, Kind::Boolean | Kind::Address) && field.is_filterable(),
        "aiPredictionField": false,
        "autoNumber": false,
        "byteLength": if field.kind.is_text() { characters * 3 } else { characters },
        "calculated": false,
        "calculatedFormula": null,
        "cascadeDelete": field.cascade_delete,
        "caseSensitive": false,
        "compoundFieldName": field.compound,
        "controllerName": null,
        "createable": object.writable && field.createable,
        "custom": field.is_custom(),
        "defaultValue": if field.kind == Kind::Boolean { json!(false) } else { Value::Null },
        "defaultValueFormula": null,
        "defaultedOnCreate": field.defaulted_on_create,
        "dependentPicklist": false,
        "deprecatedAndHidden": false,
        "digits": field.digits,
        "displayLocationInDecimal": false,
        "encrypted": false,
        "externalId": field.external_id,
        "extraTypeInfo": field.extra_type,
        "filterable": field.is_filterable(),
        "filteredLookupInfo": null,
        "formulaTreatNullNumberAsZero": false,
        "groupable": field.is_filterable() && !matches!(field.kind, Kind::Moment | Kind::Double | Kind::Currency),
        "highScaleNumber": false,
        "htmlFormatted": false,
        "idLookup": field.id_lookup,
        "inlineHelpText": field.help,
        "label": field.label,
        "length": characters,
        "mask": null,
        "maskType": null,
        "name": field.name,
        "nameField": is_name_of_object,
        "namePointing": field.reference_to.len() > 1,
        "nillable": field.nillable,
        "permissionable": field.nillable && field.role == Role::Stored,
        "picklistValues": field.picklist.iter().map(picklist_value).collect::<Vec<_>>(),
        "polymorphicForeignKey": field.reference_to.len() > 1,
        "precision": field.precision,
        "queryByDistance": false,
        "referenceTargetField": null,
        "referenceTo": field.reference_to,
        "relationshipName": field.relationship_name,
        "relationshipOrder": null,
        "restrictedDelete": false,
        "restrictedPicklist": field.restricted,
        "scale": field.scale,
        "searchPrefilterable": field.kind == Kind::Reference,
        "soapType": field.kind.soap_type(),
        "sortable": field.is_filterable(),
        "type": field.kind.name(),
        "unique": field.unique,
        "updateable": object.writable && field.updateable,
        "writeRequiresMasterRead": false,
    })
}

fn picklist_value(entry: &PicklistValue) -> Value {
    json!({
        "active": true,
        "defaultValue": entry.default,
        "label": entry.value,
        "validFor": null,
        "value": entry.value,
    })
}

fn children(schema: &Schema, object: &Object) -> Vec<Value> {
    let child = |child: &crate::schema::ChildRelationship| {
        let referring = schema.object(child.object);
        json!({
            "cascadeDelete": child.cascade,
            "childSObject": referring.name,
            "deprecatedAndHidden": false,
            "field": referring.fields[child.field].name,
            "junctionIdListNames": [],
            "junctionReferenceTo": [],
            "relationshipName": child.name,
            "restrictedDelete": false,
        })
    };
    object.children.iter().map(child).collect()
}

fn record_types(org: &Org, object: &Object, version: &str) -> Vec<Value> {
    let info = |id: &str, name: &str, developer: &str, master: bool, default: bool| {
        let layout = format!(
            "/services/data/v{version}/sobjects/{}/describe/layouts/{id}",
            object.name
        );
        json!({
            "active": true,
            "available": true,
            "defaultRecordTypeMapping": default,
            "developerName": developer,
            "master": master,
            "name": name,
            "recordTypeId": id,
            "urls": { "layout": layout },
        })
    };
    let records = org.read();
    let mut infos = Vec::new();
    if let Some(types) = records.object_index("RecordType") {
        for (number, row) in records.table(types).rows() {
            let key = crate::value::Key {
                object: types,
                number,
            };
            let text = |name: &str| {
                records
                    .named(key, &row, name)
                    .as_text()
                    .unwrap_or_default()
                    .to_owned()
            };
            if text("SobjectType") == object.name {
                let first = infos.is_empty();
                infos.push(info(
                    &org.ids.id(key),
                    &text("Name"),
                    &text("DeveloperName"),
                    false,
                    first,
                ));
            }
        }
    }
    let has_own = !infos.is_empty();
    infos.push(info("012000000000000AAA", "Master", "Master", true, !has_own));
    infos
}
