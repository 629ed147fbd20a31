//! What cannot be served at all: addresses and headers that are too long, kinds of content other than JSON.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::fault::ApiFault;

/// Most bytes of an address, and of an address with all headers (REST guide, Status Codes: 414 and 431).
const GREATEST_BYTES: usize = 16_384;

/// Lets a request through, or refuses it.
pub async fn admit(request: Request, next: Next) -> Response {
    match refusal(&request) {
        Some(fault) => fault.into_response(),
        None => next.run(request).await,
    }
}

fn refusal(request: &Request) -> Option<ApiFault> {
    let address = request
        .uri()
        .path_and_query()
        .map_or(0, |path| path.as_str().len());
    if address > GREATEST_BYTES {
        let message = format!("The URI has {address} bytes, and {GREATEST_BYTES} are allowed");
        return Some(ApiFault::new(StatusCode::URI_TOO_LONG, "URI_TOO_LONG", message));
    }
    let headers = request.headers();
    // Each header also takes a colon, a space and the end of its line.
    let lengths = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4);
    let all = address + lengths.sum::<usize>();
    if all > GREATEST_BYTES {
        let message = format!("URI and headers have {all} bytes, and {GREATEST_BYTES} are allowed");
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        return Some(ApiFault::new(status, "REQUEST_HEADER_FIELDS_TOO_LARGE", message));
    }
    accepts_nothing_served(headers).or_else(|| is_unreadable(request))
}

/// XML is the one kind that Salesforce would serve and this org does not; of others it serves JSON regardless.
fn accepts_nothing_served(headers: &HeaderMap) -> Option<ApiFault> {
    let accepted = headers.get(header::ACCEPT)?.to_str().ok()?;
    let only_xml = accepted.split(',').all(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/xml") || kind.eq_ignore_ascii_case("text/xml")
    });
    only_xml.then(|| {
        let message = format!("None of the accepted kinds of content is served: {accepted}");
        ApiFault::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message)
    })
}

/// A body that is said to be something other than JSON. Uploads to jobs look at their kind themselves.
fn is_unreadable(request: &Request) -> Option<ApiFault> {
    let writes = [Method::POST, Method::PATCH, Method::PUT].contains(request.method());
    if !writes || request.uri().path().contains("/jobs/ingest") {
        return None;
    }
    let kind = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let is_json = essence.is_empty() || essence == "application/json" || essence.ends_with("+json");
    (!is_json).then(|| {
        let message = format!("Content type not allowed: {kind}");
        ApiFault::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            message,
        )
    })
}
