//! The `/demo/…` endpoints.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Request, State},
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::json;

use super::{recorder::RecordedCall, troubles::TroubleReport};
use crate::{org::Org, trouble::Trouble};

/// The endpoints and their guard.
pub fn routes() -> Router<Arc<Org>> {
    Router::new()
        .route("/demo/calls", get(calls).delete(forget_calls))
        .route("/demo/jobs/hold", post(hold_jobs))
        .route("/demo/jobs/release", post(release_jobs))
        .route("/demo/sessions/expire", post(expire_sessions))
        .route(
            "/demo/trouble",
            get(trouble).post(add_trouble).delete(clear_trouble),
        )
        .route("/demo/jwt-key", post(add_jwt_key))
        .merge(super::rules::routes())
        .merge(super::fields::routes())
        .merge(super::rights::routes())
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

/// `GET /demo/trouble`: what there is, and how often each happened.
async fn trouble(State(org): State<Arc<Org>>) -> Json<TroubleReport> {
    Json(org.trouble_report())
}

/// `POST /demo/trouble`: adds what a trouble file says, and answers with the numbers of its parts.
async fn add_trouble(State(org): State<Arc<Org>>, body: Bytes) -> Response {
    let read = std::str::from_utf8(&body)
        .map_err(|error| error.to_string())
        .and_then(|text| text.parse::<Trouble>().map_err(|error| error.to_string()));
    match read {
        Ok(trouble) => Json(json!({ "added": org.add_trouble(trouble) })).into_response(),
        Err(why) => (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response(),
    }
}

/// `POST /demo/jwt-key`: registers the certificate or public key (PEM) of a key that signs JWT bearer tokens.
async fn add_jwt_key(State(org): State<Arc<Org>>, pem: String) -> Response {
    match org.jwt_keys.add(&pem) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            let why = json!({ "error": error.to_string() });
            (StatusCode::BAD_REQUEST, Json(why)).into_response()
        }
    }
}

/// `DELETE /demo/trouble`: takes all of it back, and releases held jobs.
async fn clear_trouble(State(org): State<Arc<Org>>) -> StatusCode {
    org.clear_trouble();
    StatusCode::NO_CONTENT
}
