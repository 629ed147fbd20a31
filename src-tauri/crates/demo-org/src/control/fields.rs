//! `/demo/fields`: changes that an admin makes to fields in Setup, while the org runs.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde::Deserialize;
use serde_json::json;

use crate::{access::FieldRight, clock, org::Org, schema::FieldChange};

/// The endpoint.
pub fn routes() -> Router<Arc<Org>> {
    Router::new().route("/demo/fields", post(change).delete(clear))
}

/// What everybody may do with the field from now on.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Right {
    Hidden,
    Read,
    #[default]
    Usual,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeRequest {
    object: String,
    field: String,
    #[serde(default)]
    right: Right,
    label: Option<String>,
    required: Option<bool>,
    length: Option<u32>,
    #[serde(default)]
    removed_values: Vec<String>,
}

/// `POST /demo/fields`: changes one field; what the request does not name is as the org began.
async fn change(State(org): State<Arc<Org>>, body: Bytes) -> Response {
    let refused = |why: String| (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response();
    let request: ChangeRequest = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => return refused(error.to_string()),
    };
    let found = org.schema.find(&request.object).and_then(|index| {
        let object = org.schema.object(index);
        Some((object, object.field(object.find(&request.field)?)))
    });
    let Some((object, field)) = found else {
        return refused(format!("{} has no field {}", request.object, request.field));
    };
    let unknown = request
        .removed_values
        .iter()
        .find(|value| !field.picklist.iter().any(|entry| entry.value == value.as_str()));
    if let Some(unknown) = unknown {
        return refused(format!("{} has no value {unknown}", field.name));
    }
    let right = match request.right {
        Right::Hidden => Some(FieldRight::Hidden),
        Right::Read => Some(FieldRight::Read),
        Right::Usual => None,
    };
    let change = FieldChange {
        label: request.label,
        required: request.required,
        length: request.length,
        removed_values: request.removed_values,
    };
    let mut records = org.write();
    records.access.switch_field(object.name, field.name, right);
    records.field_changes.change(object, field, change, clock::now());
    StatusCode::NO_CONTENT.into_response()
}

/// `DELETE /demo/fields`: every field is again as the org began.
async fn clear(State(org): State<Arc<Org>>) -> StatusCode {
    let mut records = org.write();
    records.access.clear_switched_fields();
    records.field_changes.clear(clock::now());
    StatusCode::NO_CONTENT
}
