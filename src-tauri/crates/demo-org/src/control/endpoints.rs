//! The `/demo/…` endpoints.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value as JsonValue, json};

use super::{
    recorder::RecordedCall,
    troubles::{Kind, Planned},
};
use crate::org::Org;

/// The endpoints and their guard.
pub fn routes() -> Router<Arc<Org>> {
    Router::new()
        .route("/demo/calls", get(calls).delete(forget_calls))
        .route("/demo/jobs/hold", post(hold_jobs))
        .route("/demo/jobs/release", post(release_jobs))
        .route("/demo/sessions/expire", post(expire_sessions))
        .route("/demo/next", post(trouble).delete(no_trouble))
        .merge(super::rules::routes())
        .layer(middleware::from_fn(guard))
}

async fn guard(request: Request, next: Next) -> Response {
    if request
        .headers()
        .get("x-demo-control")
        .is_some_and(|value| value == "1")
    {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "The header X-Demo-Control: 1 is needed.").into_response()
    }
}

async fn calls(State(org): State<Arc<Org>>) -> Json<Vec<RecordedCall>> {
    Json(org.recorder.calls())
}

async fn forget_calls(State(org): State<Arc<Org>>) -> StatusCode {
    org.recorder.clear();
    StatusCode::NO_CONTENT
}

#[derive(Debug, Default, Deserialize)]
struct HoldRequest {
    #[serde(default)]
    after_rows: u32,
}

async fn hold_jobs(State(org): State<Arc<Org>>, body: Option<Json<HoldRequest>>) -> StatusCode {
    org.jobs
        .hold
        .hold(body.map_or(0, |Json(request)| request.after_rows));
    StatusCode::NO_CONTENT
}

async fn release_jobs(State(org): State<Arc<Org>>) -> StatusCode {
    org.jobs.hold.release();
    StatusCode::NO_CONTENT
}

async fn expire_sessions(State(org): State<Arc<Org>>) -> StatusCode {
    org.sessions().expire_access_tokens();
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
struct TroubleRequest {
    #[serde(default = "once")]
    times: u32,
    #[serde(default)]
    path_contains: String,
    #[serde(default)]
    method: Option<String>,
    status: JsonValue,
}

fn once() -> u32 {
    1
}

async fn trouble(State(org): State<Arc<Org>>, Json(request): Json<TroubleRequest>) -> Response {
    let kind = match &request.status {
        JsonValue::Number(number) if number.as_u64() == Some(503) => Kind::Unavailable,
        JsonValue::String(text) if text == "cut_after_write" => Kind::CutAfterWrite,
        other => {
            let why = format!("status must be 503 or \"cut_after_write\", not {other}");
            return (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response();
        }
    };
    if request.times > 0 {
        let TroubleRequest {
            times,
            path_contains,
            method,
            ..
        } = request;
        org.troubles.plan(Planned {
            kind,
            times,
            path_contains,
            method,
        });
    }
    StatusCode::NO_CONTENT.into_response()
}

async fn no_trouble(State(org): State<Arc<Org>>) -> StatusCode {
    org.troubles.clear();
    StatusCode::NO_CONTENT
}
