//! Trouble for the next calls: unavailable, or answered by nobody although the work was done.

use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::recorder::CutMark;
use crate::org::Org;

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is answered with 503 and a web page, and does nothing.
    Unavailable,
    /// It does its work, then the connection is closed without an answer.
    CutAfterWrite,
}

/// Trouble for some of the next calls.
#[derive(Debug, Clone)]
pub struct Planned {
    /// What happens.
    pub kind: Kind,
    /// How many calls are still to be troubled.
    pub times: u32,
    /// Only calls whose path contains this.
    pub path_contains: String,
    /// Only calls of this HTTP method, when given.
    pub method: Option<String>,
}

/// Trouble that waits for its calls.
#[derive(Debug, Default)]
pub struct Troubles(Mutex<VecDeque<Planned>>);

impl Troubles {
    /// Adds trouble.
    pub fn plan(&self, planned: Planned) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_back(planned);
    }

    /// Takes back all trouble.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn for_call(&self, method: &str, path: &str) -> Option<Kind> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |planned: &Planned| {
            path.contains(&planned.path_contains)
                && planned
                    .method
                    .as_deref()
                    .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
        };
        let position = all.iter().position(fits)?;
        let planned = &mut all[position];
        planned.times -= 1;
        let kind = planned.kind;
        if planned.times == 0 {
            all.remove(position);
        }
        Some(kind)
    }
}

/// Lets the planned trouble happen.
pub async fn interfere(State(org): State<Arc<Org>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/demo/") {
        return next.run(request).await;
    }
    match org.troubles.for_call(request.method().as_str(), path) {
        None => next.run(request).await,
        Some(Kind::Unavailable) => unavailable(),
        Some(Kind::CutAfterWrite) => {
            drop(next.run(request).await);
            cut()
        }
    }
}

fn unavailable() -> Response {
    let page = "<!DOCTYPE html><html><head><title>Down for Maintenance</title></head>\
                <body><h1>We are down for maintenance.</h1><p>Sorry for the inconvenience.</p></body></html>";
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::CONTENT_TYPE, "text/html;charset=UTF-8")],
        page,
    )
        .into_response()
}

/// A body that fails before its first byte: the server closes the connection with nothing sent.
fn cut() -> Response {
    let broken = futures_util::stream::once(async {
        Err::<Bytes, io::Error>(io::Error::new(io::ErrorKind::ConnectionAborted, "cut on purpose"))
    });
    let mut response = Response::new(Body::from_stream(broken));
    response.extensions_mut().insert(CutMark);
    response
}
