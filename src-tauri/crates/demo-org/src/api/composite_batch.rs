//! `POST /composite/batch`: independent requests in one call. Each counts against the daily allocation.

use std::sync::Arc;

use axum::{
    Extension, Router, body::Bytes, extract::State, http::Method, http::StatusCode, response::Response,
    routing::post,
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    Session, json_text, parse_body,
    subrequest::{Answer, Dispatcher, Subrequest, headers},
};
use crate::{fault::ApiFault, org::Org};

/// Most requests of one call (REST guide, Composite Batch).
const GREATEST_SUBREQUESTS: usize = 25;

/// The resource.
pub fn routes() -> Router<Arc<Org>> {
    Router::new().route("/services/data/{version}/composite/batch", post(run))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Given {
    method: String,
    url: String,
    #[serde(default)]
    rich_input: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Batch {
    batch_requests: Vec<Given>,
    #[serde(default)]
    halt_on_error: bool,
}

fn request(given: Given) -> Result<Subrequest, ApiFault> {
    let known = [
        Method::GET,
        Method::POST,
        Method::PATCH,
        Method::PUT,
        Method::DELETE,
        Method::HEAD,
    ];
    let method = known
        .into_iter()
        .find(|known| known.as_str().eq_ignore_ascii_case(&given.method))
        .ok_or_else(|| ApiFault::json(format!("Invalid method in the subrequest: {}", given.method)))?;
    // Addresses are given from the version on; whole ones are understood too.
    let path = given.url.trim_start_matches('/');
    let path = path.strip_prefix("services/data/").unwrap_or(path);
    if !path.starts_with('v') {
        return Err(ApiFault::json(format!(
            "Invalid url in the subrequest: {}",
            given.url
        )));
    }
    Ok(Subrequest {
        method,
        url: format!("/services/data/{path}"),
        headers: headers(&Map::new())?,
        body: given.rich_input,
    })
}

async fn run(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Extension(dispatcher): Extension<Dispatcher>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let batch: Batch = parse_body(&body)?;
    if batch.batch_requests.len() > GREATEST_SUBREQUESTS {
        let message = format!("The batch has more than {GREATEST_SUBREQUESTS} subrequests");
        return Err(ApiFault::bad_request("LIMIT_EXCEEDED", message));
    }
    let requests: Vec<Subrequest> = batch
        .batch_requests
        .into_iter()
        .map(request)
        .collect::<Result<_, _>>()?;
    let mut results = Vec::with_capacity(requests.len());
    let mut has_errors = false;
    for (position, request) in requests.iter().enumerate() {
        let answer = if has_errors && batch.halt_on_error {
            let message = "Batch processing halted per request";
            Answer::refused(
                StatusCode::PRECONDITION_FAILED,
                "BATCH_PROCESSING_HALTED",
                message,
            )
        } else {
            // The call itself was counted by the gate; it stands for its first request.
            if position > 0 {
                org.count_request();
            }
            dispatcher.send(&session, request).await
        };
        has_errors |= answer.status.is_client_error() || answer.status.is_server_error();
        results.push(format!(
            "{{\"statusCode\":{},\"result\":{}}}",
            answer.status.as_u16(),
            answer.body
        ));
    }
    let results = results.join(",");
    let text = format!("{{\"hasErrors\":{has_errors},\"results\":[{results}]}}");
    Ok(json_text(StatusCode::OK, text))
}
