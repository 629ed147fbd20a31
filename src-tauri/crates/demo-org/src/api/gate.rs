//! What every request of the data API passes: version, session, daily allocation.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::versions;
use crate::{
    access::Permission,
    fault::ApiFault,
    org::Org,
    records::{Assignment, DuplicateHeader},
};

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

/// Which assignment rule runs: the active one unless the header says no or names another (REST guide, Assignment Rule
/// Header).
pub fn assignment(org: &Org, headers: &HeaderMap) -> Assignment {
    let value = headers
        .get("sforce-auto-assign")
        .and_then(|value| value.to_str().ok())
        .map(str::trim);
    match value {
        None => Assignment::Active,
        Some(value) if value.eq_ignore_ascii_case("true") => Assignment::Active,
        Some(value) if value.eq_ignore_ascii_case("false") => Assignment::Off,
        Some(rule) => org.ids.key(rule).map_or(Assignment::Unknown, Assignment::Rule),
    }
}

/// What the client says about duplicates (REST guide, Duplicate Rule Header). Before version 52 there is no such header.
pub fn duplicates(session: &Session, headers: &HeaderMap) -> DuplicateHeader {
    let value = headers
        .get("sforce-duplicate-rule-header")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let is_true = |name: &str| {
        value.split([';', ',']).any(|part| {
            part.split_once('=').is_some_and(|(key, value)| {
                key.trim().eq_ignore_ascii_case(name) && value.trim().eq_ignore_ascii_case("true")
            })
        })
    };
    let is_known = session
        .version
        .parse::<f64>()
        .is_ok_and(|version| version >= 52.0);
    DuplicateHeader {
        allows_save: is_known && is_true("allowSave"),
        includes_details: is_known && is_true("includeRecordDetails"),
        version: session.version.clone(),
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

/// Lets a part of a composite call through to the objects that the user may read; the call itself has passed [`gate`].
pub async fn admit_part(State(org): State<Arc<Org>>, request: Request, next: Next) -> Response {
    let user = request.extensions().get::<Session>().map(|session| session.user);
    match user.map_or(Ok(()), |user| permitted(&org, user, request.uri().path())) {
        Ok(()) => next.run(request).await,
        Err(fault) => fault.into_response(),
    }
}

fn admit(org: &Org, request: &Request) -> Result<Session, ApiFault> {
    let segment = request.uri().path().split('/').nth(3).unwrap_or_default();
    let version = versions::check(segment)?;
    let user = bearer(request.headers()).and_then(|token| org.sessions().user_of(token));
    let user = user.ok_or_else(ApiFault::session)?;
    permitted(org, user, request.uri().path())?;
    Ok(Session { user, version })
}

/// Refuses everybody where the edition has no API, a user without API Enabled, and objects that the user may not even read.
fn permitted(org: &Org, user: u32, path: &str) -> Result<(), ApiFault> {
    let records = org.read();
    if records.rules.closes_api {
        let message = "API is not enabled for this Organization or Partner";
        return Err(ApiFault::new(
            StatusCode::FORBIDDEN,
            "API_DISABLED_FOR_ORG",
            message,
        ));
    }
    let access = records.access.of(user);
    if !access.allows(Permission::ApiEnabled) {
        let message = "API is disabled for this User";
        return Err(ApiFault::new(
            StatusCode::FORBIDDEN,
            "API_CURRENTLY_DISABLED",
            message,
        ));
    }
    let mut segments = path
        .split('/')
        .skip_while(|segment| *segment != "sobjects")
        .skip(1);
    let object = segments.next().and_then(|name| org.schema.find(name));
    if object.is_some_and(|object| !access.reads(org.schema.object(object))) {
        return Err(ApiFault::not_found());
    }
    Ok(())
}
