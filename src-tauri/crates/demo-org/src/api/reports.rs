//! Reports: which there are, what they show, and running them at once (Reports and Dashboards REST API guide).

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::StatusCode,
    routing::get,
};
use serde_json::{Value, json};

use super::{Session, parse_body, report_answer as answer, report_instances};
use crate::{
    fault::ApiFault,
    org::Org,
    records::Records,
    reporting::{Metadata, REPORTS, Report, SYNC_RUNS_AN_HOUR},
    value::Key,
};

/// Reports that the list of recently viewed ones names at most.
const GREATEST_LISTED: usize = 200;

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    let reports = "/services/data/{version}/analytics/reports";
    Router::new()
        .route("/services/data/{version}/analytics", get(resources))
        .route(reports, get(list))
        .route(&format!("{reports}/{{id}}"), get(run).post(run_as_asked))
        .route(&format!("{reports}/{{id}}/describe"), get(describe))
        .merge(report_instances::routes())
}

async fn resources(Extension(session): Extension<Session>) -> Json<Value> {
    Json(json!({ "reports": format!("/services/data/v{}/analytics/reports", session.version) }))
}

/// The reports with their records.
fn all(records: &Records) -> impl Iterator<Item = (Key, &'static Report)> {
    let table = records
        .object_index("Report")
        .map(|index| (index, records.table(index)));
    let keys = table
        .into_iter()
        .flat_map(|(object, table)| table.rows().map(move |(number, _)| Key { object, number }));
    keys.filter_map(|key| {
        let name = records.text_of(key, "DeveloperName")?;
        let report = REPORTS.iter().find(|report| report.developer_name == name)?;
        Some((key, report))
    })
}

/// The report of an id.
pub fn find(org: &Org, records: &Records, id: &str) -> Result<(Key, &'static Report), ApiFault> {
    let wanted = org.ids.key(id);
    all(records)
        .find(|(key, _)| Some(*key) == wanted)
        .ok_or_else(ApiFault::not_found)
}

/// What a body asks a report to show; the saved report when there is none.
pub fn asked(report: &'static Report, body: &[u8]) -> Result<Metadata, ApiFault> {
    if body.is_empty() {
        return Ok(Metadata::saved(report));
    }
    let body: Value = parse_body(body)?;
    match body.get("reportMetadata") {
        None | Some(Value::Null) => Ok(Metadata::saved(report)),
        Some(metadata) => Metadata::asked(report, metadata),
    }
}

/// Whether a run has rows, not only their number.
pub fn wants_details(query: &HashMap<String, String>) -> bool {
    query
        .get("includeDetails")
        .is_some_and(|text| text.eq_ignore_ascii_case("true"))
}

async fn list(State(org): State<Arc<Org>>, Extension(session): Extension<Session>) -> Json<Value> {
    let records = org.read();
    let entry = |(key, report): (Key, &Report)| {
        let id = org.ids.id(key);
        let url = answer::url(&session, &id);
        json!({
            "describeUrl": format!("{url}/describe"),
            "id": id,
            "instancesUrl": format!("{url}/instances"),
            "name": report.name,
            "url": url,
        })
    };
    Json(all(&records).take(GREATEST_LISTED).map(entry).collect())
}

async fn describe(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let records = org.read();
    let (key, report) = find(&org, &records, &id)?;
    let metadata = Metadata::saved(report);
    Ok(Json(json!({
        "attributes": answer::attributes(&org, &session, key, report),
        "reportExtendedMetadata": answer::extended(&records, &metadata),
        "reportMetadata": answer::metadata(&org, &records, key, &metadata),
        "reportTypeMetadata": answer::type_metadata(&records, &report.reads),
    })))
}

async fn run(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>, ApiFault> {
    now(&org, &session, &id, &query, &[])
}

async fn run_as_asked(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
    body: Bytes,
) -> Result<Json<Value>, ApiFault> {
    now(&org, &session, &id, &query, &body)
}

fn now(
    org: &Org,
    session: &Session,
    id: &str,
    query: &HashMap<String, String>,
    body: &[u8],
) -> Result<Json<Value>, ApiFault> {
    let records = org.read();
    let (key, report) = find(org, &records, id)?;
    let metadata = asked(report, body)?;
    if !org.reports.start() {
        let message =
            format!("You can't run more than {SYNC_RUNS_AN_HOUR} reports synchronously every 60 minutes.");
        return Err(ApiFault::new(
            StatusCode::FORBIDDEN,
            "REQUEST_LIMIT_EXCEEDED",
            message,
        ));
    }
    let mut result = answer::run(org, &records, key, &metadata, session.user, wants_details(query))?;
    result["attributes"] = answer::attributes(org, session, key, report);
    Ok(Json(result))
}
