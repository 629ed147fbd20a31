//! sObject Collections: up to 200 records in one call, results in the order of the request.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::{get, patch, post},
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    Session,
    create::{refused, saved},
    external_id, gate, json_text, object_named, parse_body,
};
use crate::{
    clock,
    fault::{ApiFault, RowFault},
    id,
    org::Org,
    records::{self, Assignment, Draft, DuplicateHeader, Writer},
    value::Key,
};

/// Most records of one call that writes (REST guide, sObject Collections).
const GREATEST_ROWS: usize = 200;
/// Most records of one call that reads.
const GREATEST_READ_ROWS: usize = 2000;

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    Router::new()
        .route(
            "/services/data/{version}/composite/sobjects",
            post(create).patch(update).delete(delete),
        )
        .route(
            "/services/data/{version}/composite/sobjects/{object}",
            get(read_by_query).post(read_by_body),
        )
        .route(
            "/services/data/{version}/composite/sobjects/{object}/{field}",
            patch(upsert),
        )
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Collection {
    #[serde(default)]
    all_or_none: bool,
    records: Vec<Map<String, Value>>,
}

/// What a client said beside its rows.
struct Manner {
    assignment: Assignment,
    duplicates: DuplicateHeader,
    all_or_none: bool,
}

/// Writes rows one by one; with `all_or_none`, one refusal takes all of them back.
fn write(
    org: &Org,
    session: &Session,
    manner: Manner,
    rows: usize,
    mut apply: impl FnMut(&mut Writer<'_>, usize) -> Result<String, RowFault>,
) -> Response {
    let mut records = org.write();
    let mut writer =
        Writer::new(&mut records, session.user, clock::now(), manner.assignment).heeding(manner.duplicates);
    let results: Vec<Result<String, RowFault>> = (0..rows).map(|row| apply(&mut writer, row)).collect();
    let rolled_back = manner.all_or_none && results.iter().any(Result::is_err);
    if rolled_back {
        writer.roll_back();
    }
    let print = |result: Result<String, RowFault>| match result {
        Ok(_) if rolled_back => refused(&RowFault::new(
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "Record rolled back because not all records were valid and the request was using AllOrNone header",
        )),
        Ok(text) => text,
        Err(fault) => refused(&fault),
    };
    let printed: Vec<String> = results.into_iter().map(print).collect();
    json_text(StatusCode::OK, format!("[{}]", printed.join(",")))
}

fn limited(rows: usize, greatest: usize) -> Result<(), ApiFault> {
    if rows <= greatest {
        return Ok(());
    }
    let message = format!("record limit reached. cannot submit more than {greatest} records into this call");
    Err(ApiFault::bad_request("EXCEEDED_ID_LIMIT", message))
}

fn type_of(org: &Org, members: &Map<String, Value>) -> Result<u16, RowFault> {
    let name = members
        .get("attributes")
        .and_then(|attributes| attributes.get("type"))
        .and_then(Value::as_str);
    let Some(name) = name else {
        return Err(RowFault::new(
            "INVALID_INPUT",
            "Missing type attribute of the record",
        ));
    };
    let index = org.schema.find(name).and_then(|index| u16::try_from(index).ok());
    index.ok_or_else(|| RowFault::new("INVALID_TYPE", format!("sObject type '{name}' is not supported.")))
}

fn key_of(org: &Org, text: &str, label: &str) -> Result<Key, RowFault> {
    if !id::is_well_formed(text) {
        let message = format!("{label} ID: id value of incorrect type: {text}");
        return Err(RowFault::new("MALFORMED_ID", message).at("Id"));
    }
    let unknown = || RowFault::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
    org.ids.key(text).ok_or_else(unknown)
}

async fn create(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let collection: Collection = parse_body(&body)?;
    limited(collection.records.len(), GREATEST_ROWS)?;
    let rows = &collection.records;
    Ok(write(
        &org,
        &session,
        Manner {
            assignment: gate::assignment(&org, &headers),
            duplicates: gate::duplicates(&session, &headers),
            all_or_none: collection.all_or_none,
        },
        rows.len(),
        |writer, row| {
            let object = type_of(&org, &rows[row])?;
            let draft = Draft::from_json(writer.records(), object, &rows[row], &[])?;
            Ok(saved(&org.ids.id(writer.insert(object, draft)?), None))
        },
    ))
}

async fn update(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let collection: Collection = parse_body(&body)?;
    limited(collection.records.len(), GREATEST_ROWS)?;
    let rows = &collection.records;
    Ok(write(
        &org,
        &session,
        Manner {
            assignment: Assignment::Off,
            duplicates: gate::duplicates(&session, &headers),
            all_or_none: collection.all_or_none,
        },
        rows.len(),
        |writer, row| {
            let object = type_of(&org, &rows[row])?;
            let given = rows[row].iter().find(|(name, _)| name.eq_ignore_ascii_case("id"));
            let Some(text) = given.and_then(|(_, value)| value.as_str()) else {
                return Err(RowFault::new(
                    "MISSING_ARGUMENT",
                    "Id not specified in an update call",
                ));
            };
            let definition = org.schema.object(usize::from(object));
            let key = key_of(&org, text, definition.label)?;
            if key.object != object {
                let message = format!("{} ID: id value of incorrect type: {text}", definition.label);
                return Err(RowFault::new("MALFORMED_ID", message).at("Id"));
            }
            let draft = Draft::from_json(writer.records(), object, &rows[row], &["id"])?;
            writer.update(key, draft)?;
            Ok(saved(&org.ids.id(key), None))
        },
    ))
}

async fn upsert(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object, field)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let object = object_named(&org, &object)?;
    let by = external_id::field_named(&org.read(), object, &field)?;
    let name = org.schema.object(usize::from(object)).field(by).name;
    let collection: Collection = parse_body(&body)?;
    limited(collection.records.len(), GREATEST_ROWS)?;
    let rows = &collection.records;
    Ok(write(
        &org,
        &session,
        Manner {
            assignment: gate::assignment(&org, &headers),
            duplicates: gate::duplicates(&session, &headers),
            all_or_none: collection.all_or_none,
        },
        rows.len(),
        |writer, row| {
            if type_of(&org, &rows[row])? != object {
                return Err(RowFault::new(
                    "INVALID_TYPE",
                    "The record's type is not the type of the call",
                ));
            }
            let given = rows[row]
                .iter()
                .find(|(member, _)| member.eq_ignore_ascii_case(name));
            let text = match given.map(|(_, value)| value) {
                Some(Value::String(text)) if !text.is_empty() => text.clone(),
                Some(Value::Number(number)) => number.to_string(),
                _ => return Err(RowFault::new("MISSING_ARGUMENT", format!("{name} not specified"))),
            };
            let draft = Draft::from_json(writer.records(), object, &rows[row], &[name])?;
            let (key, created) = writer.upsert(object, by, &text, draft)?;
            Ok(saved(&org.ids.id(key), Some(created)))
        },
    ))
}

fn listed(query: &HashMap<String, String>, name: &str) -> Vec<String> {
    let list = query.get(name).map_or("", String::as_str);
    list.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

async fn delete(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiFault> {
    let ids = listed(&query, "ids");
    limited(ids.len(), GREATEST_ROWS)?;
    let all_or_none = query
        .get("allOrNone")
        .is_some_and(|text| text.eq_ignore_ascii_case("true"));
    Ok(write(
        &org,
        &session,
        Manner {
            assignment: Assignment::Off,
            duplicates: DuplicateHeader::default(),
            all_or_none,
        },
        ids.len(),
        |writer, row| {
            let key = key_of(&org, &ids[row], "Record")?;
            writer.delete(key)?;
            Ok(saved(&org.ids.id(key), None))
        },
    ))
}

#[derive(Debug, Deserialize)]
struct Wanted {
    ids: Vec<String>,
    fields: Vec<String>,
}

async fn read_by_query(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiFault> {
    let wanted = Wanted {
        ids: listed(&query, "ids"),
        fields: listed(&query, "fields"),
    };
    read(&org, &session, &object, &wanted)
}

async fn read_by_body(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, object)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    read(&org, &session, &object, &parse_body(&body)?)
}

/// The records of some ids, `null` for each that is not there.
fn read(org: &Org, session: &Session, object: &str, wanted: &Wanted) -> Result<Response, ApiFault> {
    let object = object_named(org, object)?;
    limited(wanted.ids.len(), GREATEST_READ_ROWS)?;
    let definition = org.schema.object(usize::from(object));
    let records = org.read();
    let access = records.access.of(session.user);
    let mut fields = Vec::new();
    for name in &wanted.fields {
        let found = definition.find(name);
        let visible = found.filter(|field| access.reads_field(definition, definition.field(*field)));
        let field = visible.ok_or_else(|| {
            let message = format!("No such column '{name}' on sobject of type {}", definition.name);
            ApiFault::bad_request("INVALID_FIELD", message)
        })?;
        fields.push(field);
    }
    let mut text = String::from("[");
    for (position, wanted) in wanted.ids.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        let key = org.ids.key(wanted).filter(|key| key.object == object);
        match key.and_then(|key| Some((key, records.live(key)?))) {
            Some((key, row)) => {
                records::push_record(&mut text, &records, key, &row, &fields, &session.version);
            }
            None => text.push_str("null"),
        }
    }
    text.push(']');
    Ok(json_text(StatusCode::OK, text))
}
