//! The revoke endpoint (RFC 7009), by POST or by GET.

use std::{collections::HashMap, sync::Arc};

use axum::{
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use super::{answer::refusal, token::read_form};
use crate::org::Org;

/// `GET /services/oauth2/revoke?token=…`.
pub async fn by_query(State(org): State<Arc<Org>>, Query(query): Query<HashMap<String, String>>) -> Response {
    revoke(&org, &query)
}

/// `POST /services/oauth2/revoke`.
pub async fn by_form(State(org): State<Arc<Org>>, headers: HeaderMap, body: Bytes) -> Response {
    revoke(&org, &read_form(&headers, &body))
}

fn revoke(org: &Org, form: &HashMap<String, String>) -> Response {
    let token = form.get("token").map_or("", String::as_str);
    if org.sessions().revoke(token) {
        StatusCode::OK.into_response()
    } else {
        refusal("unsupported_token_type", "this token type is not supported")
    }
}
