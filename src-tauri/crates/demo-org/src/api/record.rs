//! One record, by its id or by an external id: read, change, upsert, delete.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};

use super::{Session, conditional::Validators, external_id, gate, json_text, object_named, parse_object};
use crate::{
    clock,
    fault::{ApiFault, RowFault},
    org::Org,
    records::{self, Assignment, Draft, Records, Writer},
    value::Key,
};

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    Router::new()
        .route(
            "/services/data/{version}/sobjects/{object}/{id}",
            get(read).patch(update).delete(delete),
        )
        .route(
            "/services/data/{version}/sobjects/{object}/{field}/{value}",
            get(external_id::read)
                .patch(external_id::upsert)
                .delete(external_id::delete),
        )
}

/// The record that a path names, in the recycle bin or not.
fn named(org: &Org, records: &Records, object: u16, id: &str) -> Result<Key, ApiFault> {
    let key = org.ids.key(id).filter(|key| key.object == object);
    let key = key
        .filter(|key| records.row(*key).is_some())
        .ok_or_else(ApiFault::not_found)?;
    if records.live(key).is_none() {
        return Err(RowFault::new("ENTITY_IS_DELETED", "entity is deleted").into());
    }
    Ok(key)
}

/// Prints a record with all fields or with those asked for.
pub fn print(
    records: &Records,
    key: Key,
    asked: Option<&str>,
    session: &Session,
) -> Result<Response, ApiFault> {
    let object = records.schema.object(usize::from(key.object));
    let access = records.access.of(session.user);
    let is_visible = |field: &u16| access.reads_field(object, object.field(*field));
    let fields: Vec<u16> = match asked {
        None => (0_u16..)
            .zip(&object.fields)
            .map(|(index, _)| index)
            .filter(is_visible)
            .collect(),
        Some(list) => {
            let mut fields = Vec::new();
            for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
                let message = || format!("No such column '{name}' on sobject of type {}", object.name);
                let field = object
                    .find(name)
                    .filter(is_visible)
                    .ok_or_else(|| ApiFault::bad_request("INVALID_FIELD", message()))?;
                if !fields.contains(&field) {
                    fields.push(field);
                }
            }
            fields
        }
    };
    let row = records.row(key).ok_or_else(ApiFault::not_found)?;
    let mut text = String::new();
    records::push_record(&mut text, records, key, &row, &fields, &session.version);
    let mut response = json_text(StatusCode::OK, text);
    Validators::of(records, key, &row).stamp(&mut response);
    Ok(response)
}

/// The answer of a request whose precondition does not hold for a record.
fn unmet(
    records: &Records,
    key: Key,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Option<Response>, ApiFault> {
    let row = records.row(key).ok_or_else(ApiFault::not_found)?;
    Validators::of(records, key, &row).unmet(method, headers)
}

async fn read(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object, id)): Path<(String, String, String)>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, ApiFault> {
    let object = object_named(&org, &object)?;
    let records = org.read();
    let key = named(&org, &records, object, &id)?;
    if let Some(response) = unmet(&records, key, &Method::GET, &headers)? {
        return Ok(response);
    }
    print(&records, key, query.get("fields").map(String::as_str), &session)
}

async fn update(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object, id)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let object = object_named(&org, &object)?;
    let members = parse_object(&body)?;
    let mut records = org.write();
    let key = named(&org, &records, object, &id)?;
    if let Some(response) = unmet(&records, key, &Method::PATCH, &headers)? {
        return Ok(response);
    }
    let draft = Draft::from_json(&records, object, &members, &[])?;
    Writer::new(&mut records, session.user, clock::now(), Assignment::Off)
        .heeding(gate::duplicates(&session, &headers))
        .update(key, draft)?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    let row = records.row(key).ok_or_else(ApiFault::not_found)?;
    Validators::of(&records, key, &row).stamp(&mut response);
    Ok(response)
}

async fn delete(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object, id)): Path<(String, String, String)>,
) -> Result<StatusCode, ApiFault> {
    let object = object_named(&org, &object)?;
    let mut records = org.write();
    let key = named(&org, &records, object, &id)?;
    Writer::new(&mut records, session.user, clock::now(), Assignment::Off).delete(key)?;
    Ok(StatusCode::NO_CONTENT)
}

/// The 300 of a value that several records have: their addresses, and nothing is written.
pub fn several(org: &Org, object: u16, numbers: &[u32], version: &str) -> Response {
    let name = org.schema.object(usize::from(object)).name;
    let url = |number: &u32| {
        let id = org.ids.id(Key {
            object,
            number: *number,
        });
        format!("/services/data/v{version}/sobjects/{name}/{id}")
    };
    let urls: Vec<String> = numbers.iter().map(url).collect();
    (StatusCode::MULTIPLE_CHOICES, Json(urls)).into_response()
}
