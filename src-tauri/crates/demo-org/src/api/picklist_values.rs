//! The values that picklists offer for a record type (User Interface API guide, Picklist Values).

use std::sync::Arc;

use axum::{
    Extension, Json, Router,
    extract::{Path, State},
    routing::get,
};
use serde_json::{Map, Value, json};

use super::{Session, object_named};
use crate::{
    access::Access,
    fault::ApiFault,
    org::Org,
    records::record_type,
    schema::{Field, Object},
};

/// The id of the record type that objects without record types have.
const MASTER: &str = "012000000000000AAA";

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    let all = "/services/data/{version}/ui-api/object-info/{object}/picklist-values/{record_type}";
    Router::new()
        .route(all, get(values_of_all))
        .route(&format!("{all}/{{field}}"), get(values_of_one))
}

/// The developer name of an object's record type; `None` for the master.
fn record_type_named(org: &Org, object: &Object, id: &str) -> Result<Option<String>, ApiFault> {
    if id == MASTER || id == &MASTER[..15] {
        return Ok(None);
    }
    let key = org.ids.key(id).ok_or_else(ApiFault::not_found)?;
    let types = record_type::of(&org.read(), object.name);
    let found = types.into_iter().find(|(known, _)| *known == key);
    found.map(|(_, name)| Some(name)).ok_or_else(ApiFault::not_found)
}

fn picklists<'object>(object: &'object Object, access: &Access) -> impl Iterator<Item = &'object Field> {
    let visible = object
        .fields
        .iter()
        .filter(|field| access.reads_field(object, field) && !field.picklist.is_empty());
    visible.collect::<Vec<_>>().into_iter()
}

fn values(object: &Object, field: &Field, record_type: Option<&str>, url: &str) -> Value {
    let limit = object
        .record_type_limits
        .iter()
        .find(|limit| limit.field == field.name && record_type == Some(limit.record_type));
    let offered = field
        .picklist
        .iter()
        .filter(|entry| limit.is_none_or(|limit| limit.values.contains(&entry.value)));
    let controlling = field
        .controller
        .and_then(|name| object.find(name))
        .map_or(&[][..], |index| object.field(index).picklist.as_slice());
    let mut controllers = Map::new();
    for (number, entry) in controlling.iter().enumerate() {
        controllers.insert(entry.value.to_owned(), json!(number));
    }
    let mut default = Value::Null;
    let mut listed = Vec::new();
    for entry in offered {
        let valid_for: Vec<usize> = controlling
            .iter()
            .enumerate()
            .filter(|(_, controller)| entry.valid_for.contains(&controller.value))
            .map(|(number, _)| number)
            .collect();
        let shown = json!({
            "attributes": null, "label": entry.label.unwrap_or(entry.value), "validFor": valid_for, "value": entry.value,
        });
        if entry.default {
            default = shown.clone();
        }
        listed.push(shown);
    }
    json!({
        "controllerValues": controllers,
        "defaultValue": default,
        "url": format!("{url}/{}", field.name),
        "values": listed,
    })
}

fn url(session: &Session, object: &Object, record_type: &str) -> String {
    let Session { version, .. } = session;
    let name = object.name;
    format!("/services/data/v{version}/ui-api/object-info/{name}/picklist-values/{record_type}")
}

async fn values_of_all(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object, id)): Path<(String, String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let object = org.schema.object(usize::from(object_named(&org, &object)?));
    let record_type = record_type_named(&org, object, &id)?;
    let url = url(&session, object, &id);
    let records = org.read();
    let mut fields = Map::new();
    for field in picklists(object, records.access.of(session.user)) {
        let changed = records.field_changes.field(object, field);
        let shown = values(object, changed, record_type.as_deref(), &url);
        fields.insert(field.name.to_owned(), shown);
    }
    Ok(Json(json!({ "picklistFieldValues": fields })))
}

async fn values_of_one(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object, id, field)): Path<(String, String, String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let object = org.schema.object(usize::from(object_named(&org, &object)?));
    let record_type = record_type_named(&org, object, &id)?;
    let records = org.read();
    let mut known = picklists(object, records.access.of(session.user));
    let field = known
        .find(|known| known.name.eq_ignore_ascii_case(&field))
        .ok_or_else(ApiFault::not_found)?;
    let field = records.field_changes.field(object, field);
    let url = url(&session, object, &id);
    Ok(Json(values(object, field, record_type.as_deref(), &url)))
}
