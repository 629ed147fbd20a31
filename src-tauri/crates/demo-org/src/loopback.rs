//! Refuses requests that were not addressed to this computer by name: a web page elsewhere may point its own domain here,
//! and what was exported into the demo org may be real.

use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Lets requests to 127.0.0.1, localhost and ::1 through.
pub async fn guard(request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let authority = request.uri().authority().map(axum::http::uri::Authority::as_str);
    let name = host.or(authority).map_or("", without_port);
    if ["127.0.0.1", "localhost", "[::1]"].contains(&name) {
        next.run(request).await
    } else {
        let why = "The demo org answers only to 127.0.0.1 and localhost.";
        (StatusCode::MISDIRECTED_REQUEST, why).into_response()
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}
