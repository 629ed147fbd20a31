//! The `/demo/…` endpoints that switch the org's rules and empty its recycle bin.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value as JsonValue, json};

use crate::{
    options::DuplicateAction,
    org::Org,
    records::{Change, VALIDATION_RULES},
};

/// The endpoints.
pub fn routes() -> Router<Arc<Org>> {
    Router::new()
        .route("/demo/duplicate-rules", post(switch_duplicates))
        .route(
            "/demo/validation-rules",
            get(validation_rules).post(switch_validation),
        )
        .route("/demo/triggers", get(triggers).post(switch_trigger))
        .route("/demo/undeletable", post(switch_deletable))
        .route("/demo/users", post(switch_user))
        .route("/demo/organization", post(rename_organization))
        .route("/demo/assignment-rules", post(delete_assignment_rule))
        .route("/demo/recycle-bin/empty", post(empty_recycle_bin))
}

fn refused(why: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response()
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Switch {
    Alert,
    Block,
    Report,
    Off,
}

#[derive(Debug, Deserialize)]
struct DuplicateRequest {
    object: String,
    action: Switch,
}

async fn switch_duplicates(State(org): State<Arc<Org>>, Json(request): Json<DuplicateRequest>) -> Response {
    let action = match request.action {
        Switch::Alert => Some(DuplicateAction::Alert),
        Switch::Block => Some(DuplicateAction::Block),
        Switch::Report => Some(DuplicateAction::Report),
        Switch::Off => None,
    };
    if org.write().switch_duplicates(&request.object, action) {
        StatusCode::NO_CONTENT.into_response()
    } else {
        refused(&format!("{} has no duplicate rule", request.object))
    }
}

async fn validation_rules(State(org): State<Arc<Org>>) -> Json<Vec<JsonValue>> {
    let records = org.read();
    let shown = VALIDATION_RULES.iter().map(|rule| {
        json!({
            "rule": rule.name,
            "object": rule.object,
            "field": rule.field,
            "message": rule.message,
            "active": records.rules.is_active(rule.name),
        })
    });
    Json(shown.collect())
}

#[derive(Debug, Deserialize)]
struct ValidationRequest {
    rule: Option<String>,
    active: bool,
}

async fn switch_validation(State(org): State<Arc<Org>>, Json(request): Json<ValidationRequest>) -> Response {
    let name = request.rule.as_deref();
    if org.write().rules.switch_validation(name, request.active) {
        StatusCode::NO_CONTENT.into_response()
    } else {
        refused(&format!(
            "there is no validation rule {}",
            name.unwrap_or_default()
        ))
    }
}

async fn triggers(State(org): State<Arc<Org>>) -> Json<JsonValue> {
    Json(json!(org.read().rules.triggers.changes()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TriggerRequest {
    object: String,
    field: String,
    change: Option<Change>,
}

/// `POST /demo/triggers`: a trigger changes a field of new records; without `change` it is taken away.
async fn switch_trigger(State(org): State<Arc<Org>>, Json(request): Json<TriggerRequest>) -> Response {
    let TriggerRequest {
        object,
        field,
        change,
    } = request;
    if org.write().switch_trigger(&object, &field, change) {
        StatusCode::NO_CONTENT.into_response()
    } else {
        refused(&format!("there is no field {object}.{field}"))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UndeletableRequest {
    object: String,
    undeletable: bool,
}

/// `POST /demo/undeletable`: records of an object cannot be deleted, or can again.
async fn switch_deletable(State(org): State<Arc<Org>>, Json(request): Json<UndeletableRequest>) -> Response {
    let UndeletableRequest { object, undeletable } = request;
    if org.write().switch_deletable(&object, !undeletable) {
        StatusCode::NO_CONTENT.into_response()
    } else {
        refused(&format!("there is no object {object}"))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UserRequest {
    username: String,
    active: bool,
}

/// `POST /demo/users`: a user is deactivated, which ends their sessions, or active again.
async fn switch_user(State(org): State<Arc<Org>>, Json(request): Json<UserRequest>) -> Response {
    let UserRequest { username, active } = request;
    let Some(user) = org.write().switch_user(&username, active) else {
        return refused(&format!("there is no user {username}"));
    };
    if !active {
        org.sessions().expire_access_tokens_of(user);
    }
    StatusCode::NO_CONTENT.into_response()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganizationRequest {
    name: String,
}

/// `POST /demo/organization`: an admin gives the org another name, as in Setup under Company Information.
async fn rename_organization(
    State(org): State<Arc<Org>>,
    Json(request): Json<OrganizationRequest>,
) -> Response {
    if org.write().rename_organization(&request.name) {
        StatusCode::NO_CONTENT.into_response()
    } else {
        refused("the name is missing, or longer than 80 characters")
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AssignmentRuleRequest {
    delete: String,
}

/// `POST /demo/assignment-rules`: an admin deletes an assignment rule for leads, by its name.
async fn delete_assignment_rule(
    State(org): State<Arc<Org>>,
    Json(request): Json<AssignmentRuleRequest>,
) -> Response {
    if org.write().delete_assignment_rule(&request.delete) {
        StatusCode::NO_CONTENT.into_response()
    } else {
        refused(&format!("there is no assignment rule {}", request.delete))
    }
}

async fn empty_recycle_bin(State(org): State<Arc<Org>>) -> Json<JsonValue> {
    let emptied = org.write().empty_recycle_bin();
    Json(json!({ "emptied_records": emptied }))
}
