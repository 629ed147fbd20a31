//! One record by an external id: read, upsert, delete.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use super::{Session, create::saved, gate, json_text, object_named, parse_object, record};
use crate::{
    clock,
    fault::ApiFault,
    org::Org,
    records::{Assignment, Draft, Records, Writer},
    schema::Role,
    value::Key,
};

type Place = (String, String, String, String);

/// The lookup field that a path names; anything else does not exist (REST guide, upsert).
pub fn field_named(records: &Records, object: u16, name: &str) -> Result<u16, ApiFault> {
    let definition = records.schema.object(usize::from(object));
    let field = definition.find(name).filter(|field| {
        let field = definition.field(*field);
        field.external_id || field.id_lookup || field.role == Role::Id
    });
    field.ok_or_else(ApiFault::not_found)
}

/// The one record that a value names; several are answered with 300.
fn find(
    org: &Org,
    records: &mut Records,
    object: u16,
    field: &str,
    value: &str,
    session: &Session,
) -> Result<Result<Key, Response>, ApiFault> {
    let field = field_named(records, object, field)?;
    let writer = Writer::new(records, session.user, clock::now(), Assignment::Off);
    let numbers = writer.matches(object, field, value)?;
    match numbers.as_slice() {
        [] => Err(ApiFault::not_found()),
        [number] => Ok(Ok(Key {
            object,
            number: *number,
        })),
        several => Ok(Err(record::several(org, object, several, &session.version))),
    }
}

/// `GET /sobjects/{object}/{field}/{value}`.
pub async fn read(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object, field, value)): Path<Place>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiFault> {
    let object = object_named(&org, &object)?;
    let mut records = org.write();
    match find(&org, &mut records, object, &field, &value, &session)? {
        Ok(key) => record::print(&records, key, query.get("fields").map(String::as_str), &session),
        Err(several) => Ok(several),
    }
}

/// `PATCH /sobjects/{object}/{field}/{value}`: 201 when a record was made, else 200 (204 before version 46).
pub async fn upsert(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object, field, value)): Path<Place>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let object = object_named(&org, &object)?;
    let members = parse_object(&body)?;
    let mut records = org.write();
    let by = field_named(&records, object, &field)?;
    let name = records.field(object, by).name;
    if members.keys().any(|member| member.eq_ignore_ascii_case(name)) {
        let message = format!("The {name} field should not be specified in the sobject data.");
        return Err(ApiFault::bad_request("INVALID_FIELD", message));
    }
    let draft = Draft::from_json(&records, object, &members, &[])?;
    let mut writer = Writer::new(
        &mut records,
        session.user,
        clock::now(),
        gate::assignment(&org, &headers),
    )
    .heeding(gate::duplicates(&session, &headers));
    let numbers = writer.matches(object, by, &value)?;
    if numbers.len() > 1 {
        return Ok(record::several(&org, object, &numbers, &session.version));
    }
    let update_only = query.get("updateOnly").is_some_and(|text| text == "true");
    if numbers.is_empty() && (update_only || records_by_id(writer.records(), object, by)) {
        return Err(ApiFault::not_found());
    }
    let (key, created) = writer.upsert(object, by, &value, draft)?;
    let is_old = session.version.parse::<f64>().is_ok_and(|version| version < 46.0);
    if is_old && !created {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let status = if created {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok(json_text(status, saved(&org.ids.id(key), Some(created))))
}

fn records_by_id(records: &Records, object: u16, field: u16) -> bool {
    records.field(object, field).role == Role::Id
}

/// `DELETE /sobjects/{object}/{field}/{value}`.
pub async fn delete(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object, field, value)): Path<Place>,
) -> Result<Response, ApiFault> {
    let object = object_named(&org, &object)?;
    let mut records = org.write();
    match find(&org, &mut records, object, &field, &value, &session)? {
        Ok(key) => {
            Writer::new(&mut records, session.user, clock::now(), Assignment::Off).delete(key)?;
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        Err(several) => Ok(several),
    }
}
