//! Bulk API 2.0 query: jobs and pages of results.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode},
    response::Response,
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Session,
    ingest::JOB_PREFIX,
    ingest_request::{delimiter, line_ending},
    parse_body, results,
};
use crate::{
    bulk::{self, QueryJob, QueryRequest, State as JobState},
    clock,
    fault::ApiFault,
    org::Org,
    soql::{self, Mode, Plan},
    value::Keys,
};

/// Rows of a page when the client does not say.
const PAGE_ROWS: usize = 50_000;
/// Objects whose records are answers rather than data.
const VIRTUAL_OBJECTS: [&str; 5] = [
    "UserPermissionAccess",
    "UserRecordAccess",
    "UserEntityAccess",
    "UserFieldAccess",
    "RecentlyViewed",
];
/// Pages that one list of result pages names.
const LISTED_PAGES: usize = 5;

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    let job = "/services/data/{version}/jobs/query/{id}";
    Router::new()
        .route("/services/data/{version}/jobs/query", post(create).get(list))
        .route(job, get(info).patch(change).delete(delete))
        .route(&format!("{job}/results"), get(page))
        .route(&format!("{job}/resultPages"), get(pages))
        .route(&format!("{job}/resultpages"), get(pages))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateRequest {
    operation: Option<String>,
    query: Option<String>,
    column_delimiter: Option<String>,
    line_ending: Option<String>,
}

async fn create(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    body: Bytes,
) -> Result<Json<Value>, ApiFault> {
    let request: CreateRequest = parse_body(&body)?;
    let with_deleted = match request.operation.as_deref() {
        Some("query") => false,
        Some("queryAll") => true,
        other => {
            let message = format!("Unsupported operation: {}", other.unwrap_or_default());
            return Err(ApiFault::bad_request("INVALIDJOB", message));
        }
    };
    let text = request.query.unwrap_or_default();
    let plan = plan(&org, &session, &text)?;
    let number = org.jobs.number();
    let object_name = org.schema.object(usize::from(plan.object)).name;
    let job = QueryJob::new(
        number,
        org.ids.other_id(JOB_PREFIX, number),
        QueryRequest {
            with_deleted,
            plan,
            object_name,
            version: session.version.clone(),
            delimiter: delimiter(request.column_delimiter.as_deref())?,
            line_ending: line_ending(request.line_ending.as_deref())?,
            user: session.user,
        },
    );
    let info = job.info(&org.ids.id(org.user(session.user)), false);
    let job = Arc::new(job);
    org.jobs.query().insert(number, Arc::clone(&job));
    tokio::spawn(async move {
        tokio::time::sleep(org.options.job_delay).await;
        let worked = tokio::task::spawn_blocking(move || job.run(&org)).await;
        if let Err(error) = worked {
            tracing::error!(%error, "a query job ended without an outcome");
        }
    });
    Ok(Json(info))
}

/// The plan of a query, unless Bulk cannot run it (Bulk API 2.0 guide, query considerations).
fn plan(org: &Org, session: &Session, text: &str) -> Result<Plan, ApiFault> {
    let parsed = soql::parse(text, clock::now())?;
    if parsed.asks_for_any_field() {
        let message =
            "The SOQL FIELDS function is not supported with an unbounded set of fields in this API.";
        return Err(ApiFault::bad_request("MALFORMED_QUERY", message));
    }
    let records = org.read();
    let plan = soql::resolve(text, &parsed, &records, session.user)?;
    let object = org.schema.object(usize::from(plan.object)).name;
    if VIRTUAL_OBJECTS.contains(&object) {
        let message = format!("Entity '{object}' is not supported by the Bulk API.");
        return Err(ApiFault::bad_request("INVALIDENTITY", message));
    }
    let is_nested = plan.has_children() || plan.uses_type_of();
    if plan.mode != Mode::Rows || is_nested || plan.offset > 0 {
        let message = "Implementation restriction: aggregates, GROUP BY, OFFSET, TYPEOF and parent-to-child sub-queries \
                       are not supported in Bulk Query";
        return Err(ApiFault::bad_request("API_ERROR", message));
    }
    if plan
        .routes
        .iter()
        .any(|route| route.field(&records).is_compound())
    {
        let message = "Selecting compound data not supported in Bulk Query";
        return Err(ApiFault::bad_request("FUNCTIONALITY_NOT_ENABLED", message));
    }
    Ok(plan)
}

fn find(org: &Org, id: &str) -> Result<Arc<QueryJob>, ApiFault> {
    let number = org
        .ids
        .other_number(JOB_PREFIX, id)
        .ok_or_else(ApiFault::not_found)?;
    let job = org.jobs.query().get(&number).cloned();
    job.ok_or_else(ApiFault::not_found)
}

/// A job whose results are asked for: only by the API version that made it (Bulk API 2.0 guide, get results).
fn find_results(org: &Org, session: &Session, id: &str) -> Result<Arc<QueryJob>, ApiFault> {
    let job = find(org, id)?;
    if job.version != session.version {
        let message = format!(
            "The job was created with API version {}, not {}",
            job.version, session.version
        );
        return Err(ApiFault::new(StatusCode::CONFLICT, "API_ERROR", message));
    }
    Ok(job)
}

fn info_of(org: &Org, job: &QueryJob, in_full: bool) -> Json<Value> {
    Json(job.info(&org.ids.id(org.user(job.user)), in_full))
}

async fn list(State(org): State<Arc<Org>>) -> Json<Value> {
    let jobs: Vec<Arc<QueryJob>> = org.jobs.query().values().rev().cloned().collect();
    let infos: Vec<Value> = jobs.iter().map(|job| info_of(&org, job, true).0).collect();
    Json(json!({ "done": true, "records": infos, "nextRecordsUrl": null }))
}

async fn info(
    State(org): State<Arc<Org>>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let job = find(&org, &id)?;
    Ok(info_of(&org, &job, true))
}

#[derive(Debug, Deserialize)]
struct ChangeRequest {
    state: String,
}

async fn change(
    State(org): State<Arc<Org>>,
    Path((_, id)): Path<(String, String)>,
    body: Bytes,
) -> Result<Json<Value>, ApiFault> {
    let job = find(&org, &id)?;
    let request: ChangeRequest = parse_body(&body)?;
    {
        let mut progress = job.progress();
        if request.state != "Aborted" || progress.state.is_final() {
            let message = "Aborting already Completed Job not allowed";
            return Err(ApiFault::bad_request("INVALIDJOBSTATE", message));
        }
        progress.state = JobState::Aborted;
        progress.modified = clock::now();
    }
    org.jobs.hold.wake();
    Ok(info_of(&org, &job, false))
}

async fn delete(
    State(org): State<Arc<Org>>,
    Path((_, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiFault> {
    let job = find(&org, &id)?;
    if !job.progress().state.is_final() {
        let message = "Error encountered when deleting the job because the job is not terminated";
        return Err(ApiFault::bad_request("API_ERROR", message));
    }
    org.jobs.query().remove(&job.number);
    Ok(StatusCode::NO_CONTENT)
}

/// A locator stands for the rows before it.
fn locator_of(rows: usize) -> String {
    URL_SAFE_NO_PAD.encode(rows.to_string())
}

fn rows_before(query: &HashMap<String, String>, all: usize) -> Result<usize, ApiFault> {
    let Some(locator) = query.get("locator").filter(|text| !text.is_empty()) else {
        return Ok(0);
    };
    let decoded = URL_SAFE_NO_PAD.decode(locator.trim_end_matches('=')).ok();
    let rows = decoded.and_then(|bytes| String::from_utf8(bytes).ok()?.parse::<usize>().ok());
    rows.filter(|rows| *rows <= all)
        .ok_or_else(|| ApiFault::bad_request("INVALID_QUERY_LOCATOR", format!("Invalid locator: {locator}")))
}

fn complete(job: &QueryJob) -> Result<Keys, ApiFault> {
    let progress = job.progress();
    if progress.state != JobState::JobComplete {
        let message = format!(
            "The job's results are not available: it is {}",
            progress.state.name()
        );
        return Err(ApiFault::bad_request("INVALIDJOBSTATE", message));
    }
    Ok(progress.keys.clone())
}

async fn page(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiFault> {
    let job = find_results(&org, &session, &id)?;
    let keys = complete(&job)?;
    let asked = query
        .get("maxRecords")
        .and_then(|text| text.parse::<usize>().ok())
        .filter(|rows| *rows > 0);
    let from = rows_before(&query, keys.len())?;
    let until = keys.len().min(from + asked.unwrap_or(PAGE_ROWS));
    let locator = if until == keys.len() {
        "null".to_owned()
    } else {
        locator_of(until)
    };
    let mut headers = HeaderMap::new();
    headers.insert("sforce-numberofrecords", HeaderValue::from(until - from));
    headers.insert(
        "sforce-locator",
        HeaderValue::from_str(&locator).unwrap_or(HeaderValue::from_static("null")),
    );
    Ok(results::stream(headers, move |send| {
        bulk::write_page(&org, &job, &keys.slice(from, until), send);
    }))
}

async fn pages(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>, ApiFault> {
    let job = find_results(&org, &session, &id)?;
    let keys = complete(&job)?;
    let from = rows_before(&query, keys.len())?;
    let base = format!("/services/data/v{}/jobs/query/{id}", session.version);
    let starts: Vec<usize> = (from..keys.len().max(1)).step_by(PAGE_ROWS).collect();
    let listed: Vec<Value> = starts
        .iter()
        .take(LISTED_PAGES)
        .map(|start| json!({ "resultUrl": format!("{base}/results?locator={}", locator_of(*start)) }))
        .collect();
    let next = starts
        .get(LISTED_PAGES)
        .map(|start| format!("{base}/resultpages?locator={}", locator_of(*start)));
    Ok(Json(
        json!({ "resultPages": listed, "done": next.is_none(), "nextRecordsUrl": next }),
    ))
}
