//! The introspect endpoint (RFC 7662): an app asks about its own tokens.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::json;

use super::{
    answer::{answer, refusal},
    people,
    token::{self, Refusal},
};
use crate::org::Org;

/// How long an access token is said to be good for, in seconds.
const SESSION_SECONDS: i64 = 7200;

/// `POST /services/oauth2/introspect`, with the app's id and secret.
pub async fn introspect(State(org): State<Arc<Org>>, headers: HeaderMap, body: Bytes) -> Response {
    let form = token::read_credentials(&headers, &body);
    let client_id = match token::client(&org, &form) {
        Ok((client_id, _)) if form.get("client_secret").is_some_and(|secret| !secret.is_empty()) => client_id,
        Ok(_) => return refusal("invalid_client", "invalid client credentials"),
        Err(Refusal(error, description)) => return refusal(error, description),
    };
    let Some(given) = form.get("token") else {
        return refusal("invalid_request", "token is required");
    };
    let described = org
        .sessions()
        .describe(given)
        .filter(|token| token.client_id == client_id);
    let Some(token) = described else {
        return answer(StatusCode::OK, json!({ "active": false }));
    };
    let user_id = org.ids.id(org.user(token.user));
    let mut body = json!({
        "active": true,
        "scope": token.scope,
        "client_id": token.client_id,
        "username": people::username(&org, token.user),
        "sub": format!("{}/id/{}/{user_id}", org.instance_url, org.organization_id()),
        "token_type": if token.is_refresh_token { "refresh_token" } else { "access_token" },
        "iat": token.issued,
        "nbf": token.issued,
    });
    if !token.is_refresh_token {
        body["exp"] = json!(token.issued + SESSION_SECONDS);
    }
    answer(StatusCode::OK, body)
}
