//! Answers of the token endpoints.

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// A JSON answer that nobody may store (RFC 6749, 5.1).
pub fn answer(status: StatusCode, body: Value) -> Response {
    let headers = [
        (header::CACHE_CONTROL, "no-cache, no-store"),
        (header::PRAGMA, "no-cache"),
    ];
    (status, headers, Json(body)).into_response()
}

/// A refusal: `{"error", "error_description"}`.
pub fn refusal(error: &str, description: &str) -> Response {
    answer(
        StatusCode::BAD_REQUEST,
        json!({ "error": error, "error_description": description }),
    )
}
