//! The 405 of a resource that does not know a method: it names those that it does know.

use axum::{
    body::Body,
    extract::Request,
    http::{Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use tower::ServiceExt;

use super::subrequest::Dispatcher;
use crate::fault::ApiFault;

/// Methods in the order in which Salesforce names them.
const ORDER: [&str; 6] = ["HEAD", "GET", "POST", "PATCH", "DELETE", "PUT"];

/// Marks a request that only asks which methods there are.
#[derive(Debug, Clone, Copy)]
struct Question;

/// Refuses a request whose path exists, but not for its method (REST guide, Status Codes and Error Responses).
pub async fn refuse(request: Request) -> Response {
    let dispatcher = request.extensions().get::<Dispatcher>();
    let Some(dispatcher) = dispatcher.filter(|_| request.extensions().get::<Question>().is_none()) else {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    };
    let allowed = allowed(dispatcher, request.uri()).await;
    let message = format!(
        "HTTP Method '{}' not allowed. Allowed are {allowed}",
        request.method()
    );
    let fault = ApiFault::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message);
    ([(header::ALLOW, allowed)], fault).into_response()
}

/// The methods of a path. The routes tell them only from outside, so they are asked once more, with a method that
/// no resource has.
async fn allowed(dispatcher: &Dispatcher, path: &Uri) -> String {
    let mut question = Request::new(Body::empty());
    *question.method_mut() = Method::TRACE;
    *question.uri_mut() = path.clone();
    question.extensions_mut().insert(Question);
    let Ok(response) = dispatcher.0.clone().oneshot(question).await;
    let known = response
        .headers()
        .get(header::ALLOW)
        .and_then(|value| value.to_str().ok());
    let known: Vec<&str> = known.unwrap_or_default().split(',').map(str::trim).collect();
    let named: Vec<&str> = ORDER
        .into_iter()
        .filter(|method| known.contains(method))
        .collect();
    named.join(",")
}
