//! What changed and what was deleted in a span of time.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::get,
};
use serde_json::{Value, json};

use super::object_named;
use crate::{clock, fault::ApiFault, org::Org, value::Key};

/// Furthest that a span may reach back, in seconds (REST guide, Get Updated).
const FURTHEST_SECONDS: i64 = 30 * 86_400;

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    Router::new()
        .route("/services/data/{version}/sobjects/{object}/updated", get(updated))
        .route("/services/data/{version}/sobjects/{object}/deleted", get(deleted))
}

/// The span that a request asks for. Seconds are ignored.
fn span(query: &HashMap<String, String>) -> Result<(i64, i64), ApiFault> {
    let moment = |name: &str| {
        let text = query.get(name).map_or("", String::as_str);
        let refused = || {
            ApiFault::bad_request(
                "INVALID_REPLICATION_DATE",
                format!("{name}: invalid date: {text}"),
            )
        };
        clock::parse_moment(text)
            .map(|seconds| seconds - seconds.rem_euclid(60))
            .ok_or_else(refused)
    };
    let (from, until) = (moment("start")?, moment("end")?);
    if until <= from {
        let message = "endDate must be at least one minute greater than startDate";
        return Err(ApiFault::bad_request("INVALID_REPLICATION_DATE", message));
    }
    if from < clock::now() - FURTHEST_SECONDS {
        let message = "startDate cannot be more than 30 days ago";
        return Err(ApiFault::bad_request("INVALID_REPLICATION_DATE", message));
    }
    Ok((from, until))
}

fn covered(until: i64) -> String {
    let reached = until.min(clock::now());
    clock::rest_text(reached - reached.rem_euclid(60))
}

async fn updated(
    State(org): State<Arc<Org>>,
    Path((_, object)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>, ApiFault> {
    let object = object_named(&org, &object)?;
    let (from, until) = span(&query)?;
    let records = org.read();
    let rows = records.table(object).rows_with(Some(&[]));
    let changed = rows.filter(|(_, row)| !row.deleted && (from..until).contains(&row.modified));
    let ids: Vec<String> = changed
        .map(|(number, _)| org.ids.id(Key { object, number }))
        .collect();
    Ok(Json(json!({ "ids": ids, "latestDateCovered": covered(until) })))
}

async fn deleted(
    State(org): State<Arc<Org>>,
    Path((_, object)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>, ApiFault> {
    let object = object_named(&org, &object)?;
    let (from, until) = span(&query)?;
    let records = org.read();
    let rows = records.table(object).rows_with(Some(&[]));
    let gone = rows.filter(|(_, row)| row.deleted && (from..until).contains(&row.modified));
    let entry = |number: u32, moment: i64| json!({ "id": org.ids.id(Key { object, number }), "deletedDate": clock::rest_text(moment) });
    let entries: Vec<Value> = gone.map(|(number, row)| entry(number, row.modified)).collect();
    Ok(Json(json!({
        "deletedRecords": entries,
        "earliestDateAvailable": clock::rest_text(org.started - org.started.rem_euclid(60)),
        "latestDateCovered": covered(until),
    })))
}
