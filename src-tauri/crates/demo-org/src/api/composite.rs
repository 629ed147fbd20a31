//! `POST /composite`: a series of requests in one call, of which later ones refer to the answers of earlier ones.

use std::{collections::HashSet, sync::Arc};

use axum::{
    Extension, Router,
    body::Bytes,
    extract::State,
    http::{Method, StatusCode},
    response::Response,
    routing::post,
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    Session,
    composite_references::{Answers, fill_body, fill_url},
    json_text, parse_body,
    subrequest::{Answer, Dispatcher, Subrequest, apart, headers},
};
use crate::{fault::ApiFault, org::Org};

/// Most sub-requests of one call (REST guide, Send Multiple Requests Using Composite).
const GREATEST_SUBREQUESTS: usize = 25;
/// Most of them that are queries or Collections.
const GREATEST_HEAVY_SUBREQUESTS: usize = 5;
/// What every request of a series is told when another one failed.
const ROLLED_BACK: &str =
    "The transaction was rolled back since another operation in the same transaction failed.";

/// The resource.
pub fn routes() -> Router<Arc<Org>> {
    Router::new().route("/services/data/{version}/composite", post(run).get(resources))
}

/// One request of a series, as a client gives it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Given {
    method: Option<String>,
    url: Option<String>,
    reference_id: Option<String>,
    #[serde(default)]
    http_headers: Option<Map<String, Value>>,
    #[serde(default)]
    body: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Series {
    #[serde(default)]
    all_or_none: bool,
    /// Requests are carried out in their order in any case, which collation allows.
    #[serde(default, rename = "collateSubrequests")]
    _collates: bool,
    composite_request: Vec<Given>,
}

/// One request of a series that can be carried out.
#[derive(Debug, Clone)]
pub struct Step {
    /// The name of its answer.
    pub reference_id: String,
    /// The request, its references still to be filled in.
    pub request: Subrequest,
}

impl Given {
    /// Checks everything that can be checked before anything is carried out.
    pub fn step(self) -> Result<Step, ApiFault> {
        let missing =
            |name: &str| ApiFault::json(format!("Missing required field in the subrequest: {name}"));
        let reference_id = self.reference_id.ok_or_else(|| missing("referenceId"))?;
        let url = self.url.ok_or_else(|| missing("url"))?;
        let method = self.method.ok_or_else(|| missing("method"))?;
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if reference_id.is_empty() || reference_id.starts_with('_') || !reference_id.chars().all(is_word) {
            let message = format!(
                "Provided referenceId ('{reference_id}') must start with a letter or a number, and it can contain only \
                 letters, numbers and underscores ('_')."
            );
            return Err(ApiFault::json(message));
        }
        let known = [
            Method::DELETE,
            Method::GET,
            Method::PATCH,
            Method::POST,
            Method::PUT,
            Method::HEAD,
        ];
        let method = known
            .into_iter()
            .find(|known| known.as_str() == method)
            .ok_or_else(|| ApiFault::json(format!("Invalid method in the subrequest: {method}")))?;
        Ok(Step {
            reference_id,
            request: Subrequest {
                method,
                url,
                headers: headers(&self.http_headers.unwrap_or_default())?,
                body: self.body,
            },
        })
    }
}

/// The steps of a series. Reference ids differ.
pub fn steps(given: Vec<Given>) -> Result<Vec<Step>, ApiFault> {
    let steps: Vec<Step> = given.into_iter().map(Given::step).collect::<Result<_, _>>()?;
    let mut known = HashSet::new();
    for step in &steps {
        if !known.insert(step.reference_id.as_str()) {
            let message = format!("Provided referenceId ('{}') is not unique", step.reference_id);
            return Err(ApiFault::json(message));
        }
    }
    Ok(steps)
}

/// The path behind the version, without query and slashes around it.
pub fn resource_of(url: &str) -> &str {
    let path = url.split('?').next().unwrap_or_default();
    let behind = path.strip_prefix("/services/data/").unwrap_or_default();
    behind
        .split_once('/')
        .map_or("", |(_, rest)| rest)
        .trim_matches('/')
}

fn is_heavy(step: &Step) -> bool {
    let resource = resource_of(&step.request.url).to_ascii_lowercase();
    ["query", "queryall", "composite/sobjects"].iter().any(|heavy| {
        resource == *heavy
            || resource
                .strip_prefix(heavy)
                .is_some_and(|rest| rest.starts_with('/'))
    })
}

fn is_supported(url: &str) -> bool {
    let resource = resource_of(url);
    let first = resource.split('/').next().unwrap_or_default();
    url.starts_with("/services/data/v")
        && !matches!(first, "jobs" | "tooling" | "analytics" | "")
        && (first != "composite" || resource.starts_with("composite/sobjects"))
}

/// In a series that stands or falls as one, so do the records of its Collections, whatever they ask for (REST guide,
/// allOrNone Parameters in Composite and Collections Requests).
fn as_one(mut request: Subrequest) -> Subrequest {
    if !resource_of(&request.url).starts_with("composite/sobjects") {
        return request;
    }
    if request.method == Method::DELETE {
        let (path, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
        let others = query
            .split('&')
            .filter(|part| !part.is_empty() && !part.starts_with("allOrNone="));
        let parts: Vec<&str> = others.chain(["allOrNone=true"]).collect();
        request.url = format!("{path}?{}", parts.join("&"));
    } else if let Some(Value::Object(body)) = &mut request.body
        && body.contains_key("records")
    {
        body.insert("allOrNone".to_owned(), Value::Bool(true));
    }
    request
}

/// Carries out a series. With `all_or_none` the first failure ends it, and all answers but that one say so; the caller
/// takes back what was written.
pub async fn carry_out(
    dispatcher: &Dispatcher,
    session: &Session,
    steps: Vec<Step>,
    all_or_none: bool,
) -> (Vec<(String, Answer)>, bool) {
    let halted = || Answer::refused(StatusCode::BAD_REQUEST, "PROCESSING_HALTED", ROLLED_BACK);
    let ids: Vec<String> = steps.iter().map(|step| step.reference_id.clone()).collect();
    let mut values = Answers::new();
    let mut answers = Vec::with_capacity(steps.len());
    for (position, step) in steps.into_iter().enumerate() {
        let answer = one(dispatcher, session, step.request, &values, all_or_none).await;
        if all_or_none && answer.is_failure() {
            let named = ids.into_iter().enumerate().map(|(place, id)| {
                let answer = if place == position {
                    answer.clone()
                } else {
                    halted()
                };
                (id, answer)
            });
            return (named.collect(), false);
        }
        // What failed has no value to refer to.
        if !(answer.status.is_client_error() || answer.status.is_server_error()) {
            values.insert(step.reference_id.clone(), answer.value());
        }
        answers.push((step.reference_id, answer));
    }
    (answers, true)
}

async fn one(
    dispatcher: &Dispatcher,
    session: &Session,
    mut request: Subrequest,
    values: &Answers,
    all_or_none: bool,
) -> Answer {
    let filled = fill_url(&request.url, values).and_then(|url| {
        let body = request
            .body
            .as_ref()
            .map(|body| fill_body(body, values))
            .transpose()?;
        Ok((url, body))
    });
    match filled {
        Ok((url, body)) => (request.url, request.body) = (url, body),
        Err(why) => return Answer::refused(StatusCode::BAD_REQUEST, "PROCESSING_HALTED", &why.message()),
    }
    if !is_supported(&request.url) {
        let message = format!(
            "The subrequest url {} is not supported in a composite request",
            request.url
        );
        return Answer::refused(StatusCode::BAD_REQUEST, "INVALID_INPUT", &message);
    }
    let request = if all_or_none { as_one(request) } else { request };
    dispatcher.send(session, &request).await
}

/// Appends the results of a series, in its order.
pub fn push_results(out: &mut String, answers: &[(String, Answer)]) {
    out.push_str("{\"compositeResponse\":[");
    for (position, (reference_id, answer)) in answers.iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        out.push_str("{\"body\":");
        out.push_str(&answer.body);
        let headers = Value::Object(answer.headers.clone());
        let status = answer.status.as_u16();
        out.push_str(&format!(
            ",\"httpHeaders\":{headers},\"httpStatusCode\":{status},\"referenceId\":\"{reference_id}\"}}"
        ));
    }
    out.push_str("]}");
}

async fn run(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Extension(dispatcher): Extension<Dispatcher>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let series: Series = parse_body(&body)?;
    let count = series.composite_request.len();
    if count > GREATEST_SUBREQUESTS {
        let message =
            format!("The composite request has {count} subrequests, and {GREATEST_SUBREQUESTS} are allowed");
        return Err(ApiFault::bad_request("LIMIT_EXCEEDED", message));
    }
    let steps = steps(series.composite_request)?;
    if steps.iter().filter(|step| is_heavy(step)).count() > GREATEST_HEAVY_SUBREQUESTS {
        let message = format!(
            "The composite request has more than {GREATEST_HEAVY_SUBREQUESTS} query or sObject Collections subrequests"
        );
        return Err(ApiFault::bad_request("LIMIT_EXCEEDED", message));
    }
    let all_or_none = series.all_or_none;
    let answers = apart(move || async move {
        let transaction = all_or_none.then(|| org.begin());
        let (answers, succeeded) = carry_out(&dispatcher, &session, steps, all_or_none).await;
        if let Some(transaction) = transaction.filter(|_| succeeded) {
            transaction.commit();
        }
        answers
    })
    .await?;
    let mut text = String::new();
    push_results(&mut text, &answers);
    Ok(json_text(StatusCode::OK, text))
}

async fn resources(Extension(session): Extension<Session>) -> Response {
    let base = format!("/services/data/v{}/composite", session.version);
    let list = ["tree", "graph", "batch", "sobjects"].map(|name| format!("\"{name}\":\"{base}/{name}\""));
    json_text(StatusCode::OK, format!("{{{}}}", list.join(",")))
}
