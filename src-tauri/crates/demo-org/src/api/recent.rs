//! What the user made last. The org keeps no record of what was only looked at.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Json, Router,
    extract::{Query, State},
    routing::get,
};
use serde_json::{Value, json};

use super::Session;
use crate::{org::Org, records::Records, value::Key};

/// Entries of one answer, unless `limit` says otherwise, and at most (REST guide, Recently Viewed Items).
const USUAL_ITEMS: usize = 200;

/// The resource.
pub fn routes() -> Router<Arc<Org>> {
    Router::new().route("/services/data/{version}/recent", get(recent))
}

/// The records of an object that a user made since the org started, newest first.
pub fn of(records: &Records, object: u16, user: u32) -> impl Iterator<Item = (i64, Key)> + '_ {
    let table = records.table(object);
    let first = table.base().map_or(1, |base| base.len() + 1);
    let numbers = (first..=table.len()).rev();
    numbers.filter_map(move |number| {
        let key = Key { object, number };
        let row = records.live(key).filter(|row| row.created_by == user)?;
        Some((row.created, key))
    })
}

/// One entry: the record's attributes, id and name.
pub fn item(records: &Records, key: Key, version: &str) -> Value {
    let object = records.schema.object(usize::from(key.object));
    let row = records.row(key);
    let name = row.and_then(|row| {
        let name = records.value(key, &row, object.name_field()?);
        name.as_text().map(str::to_owned)
    });
    let id = records.ids.id(key);
    let url = format!("/services/data/v{version}/sobjects/{}/{id}", object.name);
    json!({ "attributes": { "type": object.name, "url": url }, "Id": id, "Name": name })
}

async fn recent(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Query(query): Query<HashMap<String, String>>,
) -> Json<Value> {
    let limit = query
        .get("limit")
        .and_then(|text| text.parse().ok())
        .unwrap_or(USUAL_ITEMS);
    let limit: usize = limit.min(USUAL_ITEMS);
    let records = org.read();
    let access = records.access.of(session.user);
    let objects = (0_u16..).zip(org.schema.objects());
    let visible = objects.filter(|(_, object)| object.writable && access.reads(object));
    let mut made: Vec<(i64, Key)> = visible
        .flat_map(|(index, _)| of(&records, index, session.user).take(limit))
        .filter(|(moment, _)| *moment >= org.started)
        .collect();
    made.sort_by_key(|(moment, _)| std::cmp::Reverse(*moment));
    let items = made
        .into_iter()
        .take(limit)
        .map(|(_, key)| item(&records, key, &session.version));
    Json(items.collect())
}
