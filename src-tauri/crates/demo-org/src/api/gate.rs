//! What every request of the data API passes: version, session, daily allocation.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::versions;
use crate::{fault::ApiFault, org::Org, records::Assignment};

/// Who calls, and with which version of the API.
#[derive(Debug, Clone)]
pub struct Session {
    /// Number of the user.
    pub user: u32,
    /// Version, such as `60.0`.
    pub version: String,
}

/// The access token of a request.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let is_known = scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("oauth");
    is_known.then(|| token.trim())
}

/// Whether the org's assignment rule runs: yes unless the header says no (REST guide, Assignment Rule Header).
pub fn assignment(headers: &HeaderMap) -> Assignment {
    let value = headers
        .get("sforce-auto-assign")
        .and_then(|value| value.to_str().ok());
    if value.is_some_and(|value| value.eq_ignore_ascii_case("false")) {
        Assignment::Off
    } else {
        Assignment::Active
    }
}

/// Lets a request through with its [`Session`], or refuses it.
pub async fn gate(State(org): State<Arc<Org>>, mut request: Request, next: Next) -> Response {
    let session = match admit(&org, &request) {
        Ok(session) => session,
        Err(fault) => return fault.into_response(),
    };
    let is_deprecated = versions::is_deprecated(&session.version);
    request.extensions_mut().insert(session);
    let used = org.count_request();
    let greatest = org.options.daily_api_requests;
    let mut response = if used > greatest {
        let message = "TotalRequests Limit exceeded.";
        ApiFault::new(StatusCode::FORBIDDEN, "REQUEST_LIMIT_EXCEEDED", message).into_response()
    } else {
        next.run(request).await
    };
    if let Ok(usage) = HeaderValue::from_str(&format!("api-usage={}/{greatest}", used.min(greatest))) {
        response.headers_mut().insert("sforce-limit-info", usage);
    }
    if is_deprecated {
        let warning =
            "299 - \"This version of the API is deprecated and will be retired. Please use a newer one.\"";
        response
            .headers_mut()
            .insert(header::WARNING, HeaderValue::from_static(warning));
    }
    response
}

fn admit(org: &Org, request: &Request) -> Result<Session, ApiFault> {
    let segment = request.uri().path().split('/').nth(3).unwrap_or_default();
    let version = versions::check(segment)?;
    let user = bearer(request.headers()).and_then(|token| org.sessions().user_of(token));
    Ok(Session {
        user: user.ok_or_else(ApiFault::session)?,
        version,
    })
}
