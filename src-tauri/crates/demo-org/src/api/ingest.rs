//! Bulk API 2.0 ingest: jobs, uploads, results.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Json, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Session,
    ingest_request::{CreateRequest, specification},
    multipart, parse_body, results,
};
use crate::{
    bulk::{self, IngestJob, ResultKind, State as JobState, Upload},
    fault::ApiFault,
    org::Org,
};

/// What the ids of jobs begin with.
pub const JOB_PREFIX: &str = "750";
/// Jobs of one page of the list.
const PAGE_JOBS: usize = 1000;

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    let job = "/services/data/{version}/jobs/ingest/{id}";
    Router::new()
        .route("/services/data/{version}/jobs/ingest", post(create).get(list))
        .route(job, get(info).patch(change).delete(delete))
        .route(
            &format!("{job}/batches"),
            put(upload).layer(DefaultBodyLimit::disable()),
        )
        .route(&format!("{job}/{{results}}"), get(result_file))
}

fn creator(org: &Org, job: &IngestJob) -> String {
    org.ids.id(org.user(job.specification.user))
}

async fn create(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, ApiFault> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let parts = kind
        .and_then(multipart::boundary)
        .map(|boundary| multipart::parts(boundary, &body))
        .transpose()?;
    let request: CreateRequest = parse_body(parts.as_ref().map_or(&*body, |parts| parts.job))?;
    let specification = specification(&org, &session, &request)?;
    let number = org.jobs.number();
    let job = IngestJob::new(number, org.ids.other_id(JOB_PREFIX, number), specification);
    let job = Arc::new(job);
    if let Some(parts) = parts {
        let mut file = Upload::new().map_err(|error| unusable(&error))?;
        file.append(parts.content).map_err(|error| unusable(&error))?;
        job.progress().upload = Some(file);
        job.advance(JobState::UploadComplete);
    }
    let info = job.info(&creator(&org, &job), false);
    org.jobs.ingest().insert(number, Arc::clone(&job));
    if job.progress().state == JobState::UploadComplete {
        start(&org, &job);
    }
    Ok(Json(info))
}

async fn list(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>, ApiFault> {
    let from = query.get("queryLocator").map_or(Ok(0), |text| locator(text))?;
    let asks = |name: &str, own: &str| query.get(name).is_none_or(|text| text.eq_ignore_ascii_case(own));
    // Every job here is of one kind, so that a filter leaves all of them or none.
    let fits = asks("jobType", "V2Ingest") && asks("isPkChunkingEnabled", "false");
    let fits = fits && asks("concurrencyMode", "Parallel");
    let all = org.jobs.ingest();
    let jobs: Vec<Arc<IngestJob>> = all.values().rev().filter(|_| fits).cloned().collect();
    drop(all);
    let until = jobs.len().min(from + PAGE_JOBS);
    let page = jobs.get(from..until).unwrap_or_default();
    let infos: Vec<Value> = page
        .iter()
        .map(|job| {
            let mut info = job.info(&creator(&org, job), false);
            info["jobType"] = json!("V2Ingest");
            info
        })
        .collect();
    let done = until >= jobs.len();
    let id = org.ids.other_id("01g", 1);
    let next = (!done).then(|| {
        format!(
            "/services/data/v{}/jobs/ingest?queryLocator={id}-{until}",
            session.version
        )
    });
    Ok(Json(
        json!({ "done": done, "records": infos, "nextRecordsUrl": next }),
    ))
}

/// How many jobs a locator leaves out.
fn locator(text: &str) -> Result<usize, ApiFault> {
    let refused = || ApiFault::bad_request("INVALID_QUERY_LOCATOR", "invalid query locator");
    let number = text.rsplit_once('-').and_then(|(_, number)| number.parse().ok());
    number.ok_or_else(refused)
}

fn find(org: &Org, id: &str) -> Result<Arc<IngestJob>, ApiFault> {
    let number = org
        .ids
        .other_number(JOB_PREFIX, id)
        .ok_or_else(ApiFault::not_found)?;
    org.jobs
        .ingest()
        .get(&number)
        .cloned()
        .ok_or_else(ApiFault::not_found)
}

async fn info(
    State(org): State<Arc<Org>>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let job = find(&org, &id)?;
    Ok(Json(job.info(&creator(&org, &job), true)))
}

/// The refusal of data that could not be kept on disk.
fn unusable(error: &std::io::Error) -> ApiFault {
    let message = format!("The upload could not be kept: {error}");
    ApiFault::new(StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN_EXCEPTION", message)
}

async fn upload(
    State(org): State<Arc<Org>>,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, ApiFault> {
    let job = find(&org, &id)?;
    let kind = headers
        .get("content-type")
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("text/csv") {
        let message = format!("Content type not allowed: {kind}");
        return Err(ApiFault::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            message,
        ));
    }
    let closed = |state: JobState| {
        let message = format!(
            "Data can be uploaded only while a job is Open; this one is {}.",
            state.name()
        );
        ApiFault::bad_request("INVALIDJOBSTATE", message)
    };
    {
        let progress = job.progress();
        if progress.state != JobState::Open {
            return Err(closed(progress.state));
        }
        if progress.upload.is_some() {
            let message = format!(
                "Found multiple contents for job: <{id}>, please 'Close' / 'Abort' / 'Delete' the \
                                   current Job then create a new Job and make sure you only do 'PUT' once on a given Job."
            );
            return Err(ApiFault::bad_request("CLIENTINPUTERROR", message));
        }
    }
    let mut file = Upload::new().map_err(|error| unusable(&error))?;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|error| {
            ApiFault::bad_request("CLIENTINPUTERROR", format!("The upload ended early: {error}"))
        })?;
        if !file.append(&piece).map_err(|error| unusable(&error))? {
            let message = "The request body is too large";
            return Err(ApiFault::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "CLIENTINPUTERROR",
                message,
            ));
        }
    }
    let mut progress = job.progress();
    if progress.state != JobState::Open {
        return Err(closed(progress.state));
    }
    progress.upload = Some(file);
    Ok(StatusCode::CREATED)
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
    let state = job.progress().state;
    let refused = |message: String| Err(ApiFault::bad_request("INVALIDJOBSTATE", message));
    match request.state.as_str() {
        "UploadComplete" if state == JobState::Open => {
            job.advance(JobState::UploadComplete);
            let info = job.info(&creator(&org, &job), false);
            start(&org, &job);
            return Ok(Json(info));
        }
        "Aborted" if !state.is_final() => {
            job.advance(JobState::Aborted);
            org.jobs.hold.wake();
        }
        "Aborted" => return refused(format!("Aborting already {} Job not allowed", state.name())),
        "UploadComplete" => {
            return refused(format!(
                "Closing a job is allowed only while it is Open; this one is {}",
                state.name()
            ));
        }
        other => return refused(format!("A job cannot be set to {other}")),
    }
    Ok(Json(job.info(&creator(&org, &job), false)))
}

fn start(org: &Arc<Org>, job: &Arc<IngestJob>) {
    let (org, job) = (Arc::clone(org), Arc::clone(job));
    tokio::spawn(async move {
        tokio::time::sleep(org.options.job_delay).await;
        let worked = tokio::task::spawn_blocking(move || bulk::run(&org, &job)).await;
        if let Err(error) = worked {
            tracing::error!(%error, "an ingest job ended without an outcome");
        }
    });
}

async fn delete(
    State(org): State<Arc<Org>>,
    Path((_, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiFault> {
    let job = find(&org, &id)?;
    let state = job.progress().state;
    if matches!(state, JobState::Open | JobState::InProgress) {
        let message = format!(
            "A job can be deleted only when it is finished; this one is {}",
            state.name()
        );
        return Err(ApiFault::bad_request("INVALIDJOBSTATE", message));
    }
    org.jobs.ingest().remove(&job.number);
    Ok(StatusCode::NO_CONTENT)
}

async fn result_file(
    State(org): State<Arc<Org>>,
    Path((_, id, results)): Path<(String, String, String)>,
) -> Result<Response, ApiFault> {
    let kind = match results.to_ascii_lowercase().as_str() {
        "successfulresults" => ResultKind::Successful,
        "failedresults" => ResultKind::Failed,
        "unprocessedrecords" => ResultKind::Unprocessed,
        _ => return Err(ApiFault::not_found()),
    };
    let job = find(&org, &id)?;
    if !job.progress().state.is_final() {
        let message = "Results are available once the job is complete, failed or aborted";
        return Err(ApiFault::bad_request("INVALIDJOBSTATE", message));
    }
    let seed = org.options.seed;
    let sent = results::stream(HeaderMap::new(), move |send| {
        if let Err(error) = bulk::write_results(&job, kind, &org.ids, seed, send) {
            tracing::error!(%error, "a result file could not be written to its end");
        }
    });
    Ok(sent.into_response())
}
