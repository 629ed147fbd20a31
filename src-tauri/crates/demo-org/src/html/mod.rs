//! The few web pages of the org: one look, one strict content security policy, no script.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("page.css");

/// A web page. Forms may lead to this server, and to `form_target` (where a redirect may end) when given.
pub fn page(status: StatusCode, title: &str, body: &str, form_target: Option<&str>) -> Response {
    let title = escape(title);
    let text = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    );
    let style_hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let target = form_target.and_then(origin).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style_hash}'; form-action 'self' {target}; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    ];
    (status, headers, text).into_response()
}

/// Scheme, host and port of an address. A redirect after a form is part of `form-action`, so the app's is named there.
fn origin(address: &str) -> Option<String> {
    let parsed = url::Url::parse(address).ok()?;
    Some(parsed.origin().ascii_serialization())
}

/// A text that is safe between tags and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
