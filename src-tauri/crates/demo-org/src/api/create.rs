//! Creating one record.

use std::sync::Arc;

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{Session, gate, json_text, object_named, parse_object};
use crate::{
    clock,
    fault::{ApiFault, RowFault},
    org::Org,
    records::{Draft, Writer},
};

/// `POST /sobjects/{object}`.
pub async fn create(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let index = object_named(&org, &object)?;
    let members = parse_object(&body)?;
    let mut records = org.write();
    let draft = Draft::from_json(&records, index, &members, &[])?;
    let assignment = gate::assignment(&org, &headers);
    let mut writer = Writer::new(&mut records, session.user, clock::now(), assignment)
        .heeding(gate::duplicates(&session, &headers));
    let key = writer.insert(index, draft)?;
    let id = org.ids.id(key);
    let name = org.schema.object(usize::from(index)).name;
    let location = format!("/services/data/v{}/sobjects/{name}/{id}", session.version);
    let body = saved(&id, None);
    Ok((
        [(header::LOCATION, location)],
        json_text(StatusCode::CREATED, body),
    )
        .into_response())
}

/// The result of a record that was written; `created` only where upsert tells it.
pub fn saved(id: &str, created: Option<bool>) -> String {
    let created = created.map_or_else(String::new, |created| format!(",\"created\":{created}"));
    format!("{{\"id\":\"{id}\",\"success\":true,\"errors\":[]{created}}}")
}

/// The result of a record that was refused, in a list of results.
pub fn refused(fault: &RowFault) -> String {
    format!("{{\"success\":false,\"errors\":[{}]}}", fault.row_json())
}
