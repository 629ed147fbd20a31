//! `/demo/rights`: what an admin takes away from everybody in Setup, while the org runs.

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

use crate::{
    access::{ObjectRight, Permission},
    org::Org,
};

/// The endpoint.
pub fn routes() -> Router<Arc<Org>> {
    Router::new().route("/demo/rights", post(change).delete(clear))
}

/// What everybody may do with the object from now on.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Right {
    Hidden,
    Read,
    Create,
    Edit,
    Usual,
}

/// One of: a permission by its field of `UserPermissionAccess`, an object, the API of the whole org.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum ChangeRequest {
    Permission { name: String, allowed: bool },
    Object { name: String, right: Right },
    Api { allowed: bool },
}

/// `POST /demo/rights`
async fn change(State(org): State<Arc<Org>>, body: Bytes) -> Response {
    let refused = |why: String| (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response();
    let request: ChangeRequest = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => return refused(error.to_string()),
    };
    match request {
        ChangeRequest::Permission { name, allowed } => {
            let known = Permission::FIELDS.iter().find(|(_, field)| *field == name);
            let Some((permission, _)) = known else {
                return refused(format!("there is no permission {name}"));
            };
            org.write().switch_permission(*permission, !allowed);
        }
        ChangeRequest::Object { name, right } => {
            let Some(index) = org.schema.find(&name) else {
                return refused(format!("there is no object {name}"));
            };
            let right = match right {
                Right::Hidden => Some(ObjectRight::Hidden),
                Right::Read => Some(ObjectRight::Read),
                Right::Create => Some(ObjectRight::Create),
                Right::Edit => Some(ObjectRight::Edit),
                Right::Usual => None,
            };
            let name = org.schema.object(index).name;
            org.write().access.switch_object(name, right);
        }
        ChangeRequest::Api { allowed } => org.write().rules.closes_api = !allowed,
    }
    StatusCode::NO_CONTENT.into_response()
}

/// `DELETE /demo/rights`: everybody may again what they could at the start.
async fn clear(State(org): State<Arc<Org>>) -> StatusCode {
    let mut records = org.write();
    for (permission, _) in Permission::FIELDS {
        records.switch_permission(permission, false);
    }
    for object in org.schema.objects() {
        records.access.switch_object(object.name, None);
    }
    records.rules.closes_api = false;
    StatusCode::NO_CONTENT
}
