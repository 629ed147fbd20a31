//! Lets the planned trouble happen to the calls that it was planned for.

use std::sync::Arc;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{
    bodies, instead,
    recorder::CutMark,
    troubles::{Due, Troubles},
};
use crate::{connection::Wire, org::Org, trouble::Happening};

/// Lets the planned trouble happen.
pub async fn interfere(State(org): State<Arc<Org>>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/demo/") {
        return next.run(request).await;
    }
    let due = org.troubles.for_call(request.method().as_str(), path);
    if due.is_empty() {
        return next.run(request).await;
    }
    let wire = request
        .extensions()
        .get::<ConnectInfo<Wire>>()
        .map_or_else(Wire::default, |ConnectInfo(wire)| wire.clone());
    for trouble in &due {
        request = before(&org, trouble, request, &wire).await;
    }
    for trouble in &due {
        if let Happening::CutBeforeActing = trouble.what {
            trouble.note();
            return cut(&wire);
        }
        if let Some(answer) = instead::answer(&org, &trouble.what, &request) {
            trouble.note();
            return after(&org.troubles, &due, answer, &wire).await;
        }
    }
    let answer = next.run(request).await;
    after(&org.troubles, &due, answer, &wire).await
}

async fn before(org: &Org, trouble: &Due, mut request: Request, wire: &Wire) -> Request {
    match trouble.what {
        Happening::SessionsExpire => {
            org.sessions().expire_access_tokens();
            trouble.note();
        }
        Happening::GrantsEnd => {
            org.sessions().end_everything();
            trouble.note();
        }
        Happening::SlowStart { milliseconds } => {
            trouble.note();
            org.troubles.rest(milliseconds).await;
        }
        Happening::CutUpload { after_bytes } => {
            let (parts, body) = request.into_parts();
            let body = bodies::cut_upload(body, after_bytes, trouble.clone(), wire.clone());
            request = Request::from_parts(parts, body);
        }
        Happening::NulBytes { .. } => {
            // What is put into the body must be there before it is compressed, so it is not compressed.
            request.headers_mut().remove(header::ACCEPT_ENCODING);
        }
        _ => {}
    }
    request
}

async fn after(troubles: &Troubles, due: &[Due], mut answer: Response, wire: &Wire) -> Response {
    if wire.is_cut() {
        answer.extensions_mut().insert(CutMark);
        return answer;
    }
    for trouble in due {
        match &trouble.what {
            Happening::SlowReply { milliseconds } => {
                trouble.note();
                troubles.rest(*milliseconds).await;
            }
            Happening::StripHeaders { names } if strip(answer.headers_mut(), names) => trouble.note(),
            Happening::NulBytes { every_rows } => {
                answer = bodies::with_nul_bytes(answer, *every_rows, trouble);
            }
            Happening::Trickle { bytes, milliseconds } => {
                trouble.note();
                answer = bodies::trickle(answer, *bytes, *milliseconds, troubles.closing());
            }
            Happening::CutReply { after_bytes } => {
                answer = bodies::cut_reply(answer, *after_bytes, trouble.clone(), wire.clone());
            }
            Happening::LostReply => {
                trouble.note();
                return cut(wire);
            }
            _ => {}
        }
    }
    answer
}

fn strip(headers: &mut HeaderMap, names: &[String]) -> bool {
    let is_wanted = |header: &HeaderName| {
        names.iter().any(|name| {
            let name = name.to_ascii_lowercase();
            match name.strip_suffix('*') {
                Some(start) => header.as_str().starts_with(start),
                None => header.as_str() == name,
            }
        })
    };
    let found: Vec<HeaderName> = headers
        .keys()
        .filter(|header| is_wanted(header))
        .cloned()
        .collect();
    for header in &found {
        headers.remove(header);
    }
    !found.is_empty()
}

/// Closes the connection before another byte is sent.
fn cut(wire: &Wire) -> Response {
    wire.cut();
    let mut answer = ().into_response();
    answer.extensions_mut().insert(CutMark);
    answer
}
