//! Describe: all objects, one object in short, one object in full.

use std::sync::Arc;

use axum::{
    Extension, Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{Session, create, object_named, recent};
use crate::{
    access::Access,
    clock,
    fault::ApiFault,
    org::Org,
    records::{Records, record_type},
    schema::{Field, Kind, Object, PicklistValue, Role, Schema},
};

/// Records that the short form of an object names.
const RECENT_ITEMS: usize = 200;

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

/// When the schema was last another one, seconds since 1970.
fn changed_at(org: &Org) -> i64 {
    org.started.max(org.read().field_changes.moment())
}

/// 304 when the client has seen the schema as it is.
fn unchanged(org: &Org, headers: &HeaderMap) -> Option<Response> {
    let since = headers.get(header::IF_MODIFIED_SINCE)?.to_str().ok()?;
    (clock::parse_http_date(since)? >= changed_at(org)).then(|| StatusCode::NOT_MODIFIED.into_response())
}

fn dated(org: &Org, body: Value) -> Response {
    (
        [(header::LAST_MODIFIED, clock::http_date(changed_at(org)))],
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
    let records = org.read();
    let access = records.access.of(session.user);
    let objects: Vec<Value> = org
        .schema
        .objects()
        .iter()
        .filter(|object| access.reads(object))
        .map(|object| in_short(object, access, &session.version))
        .collect();
    drop(records);
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
    let records = org.read();
    let short = in_short(object, records.access.of(session.user), &session.version);
    let made = recent::of(&records, index, session.user).filter(|(moment, _)| *moment >= org.started);
    let items = made
        .take(RECENT_ITEMS)
        .map(|(_, key)| recent::item(&records, key, &session.version));
    let body = json!({ "objectDescribe": short, "recentItems": items.collect::<Vec<_>>() });
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
    Ok(dated(&org, in_full(&org, &session, index)))
}

/// Everything that describe says about an object to a user.
pub fn in_full(org: &Org, session: &Session, index: u16) -> Value {
    let object = org.schema.object(usize::from(index));
    let records = org.read();
    let access = records.access.of(session.user);
    let mut body = in_short(object, access, &session.version);
    let mut fields: Vec<Value> = Vec::new();
    for (position, definition) in (0_u16..).zip(&object.fields) {
        if access.reads_field(object, definition) {
            let changed = records.field_changes.field(object, definition);
            let mut shown = field(object, access, position, changed);
            shown["label"] = json!(records.field_changes.label(object, definition));
            fields.push(shown);
        }
    }
    body["fields"] = json!(fields);
    body["childRelationships"] = json!(children(&org.schema, access, object));
    body["recordTypeInfos"] = json!(record_types(&records, access, object, &session.version));
    drop(records);
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
    body
}

fn in_short(object: &Object, access: &Access, version: &str) -> Value {
    let base = format!("/services/data/v{version}/sobjects/{}", object.name);
    json!({
        "activateable": false,
        "associateEntityType": null,
        "associateParentEntity": null,
        "createable": access.creates(object),
        "custom": object.is_custom(),
        "customSetting": false,
        "deepCloneable": false,
        "deletable": access.deletes(object),
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
        "undeletable": access.deletes(object),
        "updateable": access.edits(object),
        "urls": {
            "sobject": base,
            "describe": format!("{base}/describe"),
            "rowTemplate": format!("{base}/{{ID}}"),
            "layouts": format!("{base}/describe/layouts"),
            "compactLayouts": format!("{base}/describe/compactLayouts"),
            "listviews": format!("{base}/listviews"),
        },
    })
}

fn field(object: &Object, access: &Access, position: u16, field: &Field) -> Value {
    let formula = match field.role {
        Role::Formula(formula) => Some(formula.text),
        _ => None,
    };
    let is_rich = field.extra_type == Some("richtextarea");
    let is_masked = field.kind == Kind::EncryptedText;
    let is_name_of_object = object.name_field() == Some(position);
    let characters = field.length;
    json!({
        "aggregatable": field.kind != Kind::Boolean && field.is_filterable(),
        "aiPredictionField": false,
        "autoNumber": field.auto_number.is_some(),
        "byteLength": if field.kind.is_text() { characters * 3 } else { characters },
        "calculated": formula.is_some(),
        "calculatedFormula": formula,
        "cascadeDelete": field.cascade_delete,
        "caseSensitive": false,
        "compoundFieldName": field.compound,
        "controllerName": field.controller,
        "createable": access.creates_field(object, field),
        "custom": field.is_custom(),
        "defaultValue": if field.kind == Kind::Boolean { json!(false) } else { Value::Null },
        "defaultValueFormula": null,
        "defaultedOnCreate": field.defaulted_on_create,
        "dependentPicklist": field.controller.is_some(),
        "deprecatedAndHidden": false,
        "digits": field.digits,
        "displayLocationInDecimal": false,
        "encrypted": is_masked,
        "externalId": field.external_id,
        "extraTypeInfo": field.extra_type,
        "filterable": field.is_filterable(),
        "filteredLookupInfo": null,
        "formulaTreatNullNumberAsZero": false,
        "groupable": field.is_filterable() && !matches!(field.kind, Kind::Moment | Kind::Double | Kind::Currency),
        "highScaleNumber": false,
        "htmlFormatted": is_rich,
        "idLookup": field.id_lookup,
        "inlineHelpText": field.help,
        "label": field.label,
        "length": characters,
        "mask": is_masked.then_some("*"),
        "maskType": is_masked.then_some("all"),
        "name": field.name,
        "nameField": is_name_of_object,
        "namePointing": field.reference_to.len() > 1,
        "nillable": field.nillable,
        "permissionable": field.nillable && field.role == Role::Stored,
        "picklistValues": picklist_values(object, field),
        "polymorphicForeignKey": field.reference_to.len() > 1,
        "precision": field.precision,
        "queryByDistance": field.kind == Kind::Location,
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
        "updateable": access.updates_field(object, field),
        "writeRequiresMasterRead": false,
    })
}

fn picklist_values(object: &Object, field: &Field) -> Vec<Value> {
    let controlling = field
        .controller
        .and_then(|name| object.find(name))
        .map(|index| object.field(index).picklist.as_slice());
    field
        .picklist
        .iter()
        .map(|entry| {
            json!({
                "active": true,
                "defaultValue": entry.default,
                "label": entry.label.unwrap_or(entry.value),
                "validFor": controlling.map(|controlling| valid_for(entry, controlling)),
                "value": entry.value,
            })
        })
        .collect()
}

/// Base64 of a bit for each controlling value, the first in the highest bit (SOAP API guide, `PicklistEntry`).
fn valid_for(entry: &PicklistValue, controlling: &[PicklistValue]) -> String {
    let mut bits = vec![0_u8; controlling.len().div_ceil(8).max(1)];
    for (position, controller) in controlling.iter().enumerate() {
        if entry.valid_for.contains(&controller.value) {
            bits[position / 8] |= 0x80 >> (position % 8);
        }
    }
    STANDARD.encode(bits)
}

fn children(schema: &Schema, access: &Access, object: &Object) -> Vec<Value> {
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
    let visible = object
        .children
        .iter()
        .filter(|child| access.reads(schema.object(child.object)));
    visible.map(child).collect()
}

fn record_types(records: &Records, access: &Access, object: &Object, version: &str) -> Vec<Value> {
    let info = |id: &str, name: &str, developer: &str, master: bool, default: bool| {
        let layout = format!(
            "/services/data/v{version}/sobjects/{}/describe/layouts/{id}",
            object.name
        );
        json!({
            "active": true,
            "available": master || access.chooses(object.name, developer),
            "defaultRecordTypeMapping": default,
            "developerName": developer,
            "master": master,
            "name": name,
            "recordTypeId": id,
            "urls": { "layout": layout },
        })
    };
    let mut infos = Vec::new();
    let mut has_default = false;
    for (key, developer) in record_type::of(records, object.name) {
        let name = records.text_of(key, "Name").unwrap_or_default();
        let is_default = !has_default && access.chooses(object.name, &developer);
        has_default |= is_default;
        infos.push(info(&records.ids.id(key), &name, &developer, false, is_default));
    }
    infos.push(info("012000000000000AAA", "Master", "Master", true, !has_default));
    infos
}
