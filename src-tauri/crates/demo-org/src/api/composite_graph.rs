//! `POST /composite/graph`: several series, each of which stands or falls as one.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use axum::{
    Extension, Router,
    body::Bytes,
    extract::State,
    http::{Method, StatusCode},
    response::Response,
    routing::post,
};
use serde::Deserialize;

use super::{
    Session,
    composite::{Given, Step, carry_out, push_results, resource_of, steps},
    json_text, parse_body,
    subrequest::{Answer, Dispatcher, apart},
};
use crate::{fault::ApiFault, org::Org};

/// Limits of the REST guide's page Composite Graph Limits.
const GREATEST_GRAPHS: usize = 75;
const GREATEST_NODES: usize = 500;
const GREATEST_DEPTH: usize = 15;
const GREATEST_KINDS: usize = 15;
const GREATEST_FAILURES: usize = 14;

/// The resource.
pub fn routes() -> Router<Arc<Org>> {
    Router::new().route("/services/data/{version}/composite/graph", post(run))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct GivenGraph {
    graph_id: Option<String>,
    composite_request: Vec<Given>,
}

#[derive(Debug, Deserialize)]
struct GivenGraphs {
    graphs: Vec<GivenGraph>,
}

#[derive(Debug)]
struct Graph {
    id: String,
    steps: Vec<Step>,
}

fn exceeded(what: &str, greatest: usize) -> ApiFault {
    ApiFault::bad_request(
        "LIMIT_EXCEEDED",
        format!("The request has more than {greatest} {what}"),
    )
}

/// Nodes are records: made, read, changed or deleted by id or by an external id.
fn is_node(step: &Step) -> bool {
    let parts: Vec<&str> = resource_of(&step.request.url).split('/').collect();
    let method = &step.request.method;
    match parts.as_slice() {
        ["sobjects", _] => method == Method::POST,
        ["sobjects", _, _] => [Method::GET, Method::PATCH, Method::DELETE].contains(method),
        ["sobjects", _, _, _] => [Method::GET, Method::PATCH, Method::DELETE, Method::POST].contains(method),
        _ => false,
    }
}

/// What makes two nodes different: version, method and object.
fn kind_of(step: &Step) -> (String, Method, String) {
    let version = step.request.url.split('/').nth(3).unwrap_or_default();
    let object = resource_of(&step.request.url)
        .split('/')
        .nth(1)
        .unwrap_or_default();
    (
        version.to_owned(),
        step.request.method.clone(),
        object.to_ascii_lowercase(),
    )
}

/// How many nodes the longest chain of references has.
fn depth(steps: &[Step]) -> usize {
    let mut depths: HashMap<&str, usize> = HashMap::new();
    for step in steps {
        let body = step
            .request
            .body
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let text = format!("{}{body}", step.request.url);
        let named = text
            .split("@{")
            .skip(1)
            .filter_map(|rest| rest.split(['.', '[', '}']).next());
        let above = named.filter_map(|id| depths.get(id)).max().copied().unwrap_or(0);
        depths.insert(&step.reference_id, above + 1);
    }
    depths.into_values().max().unwrap_or(0)
}

fn checked(given: GivenGraphs) -> Result<Vec<Graph>, ApiFault> {
    if given.graphs.len() > GREATEST_GRAPHS {
        return Err(exceeded("graphs", GREATEST_GRAPHS));
    }
    let mut ids = HashSet::new();
    let mut kinds = HashSet::new();
    let mut nodes = 0;
    let mut graphs = Vec::new();
    for graph in given.graphs {
        let id = graph.graph_id.unwrap_or_default();
        let is_well_formed = id.len() <= 40 && id.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !is_well_formed || !ids.insert(id.clone()) {
            let message = format!(
                "Provided graphId ('{id}') must be unique, begin with a letter or a number and have at most 40 characters"
            );
            return Err(ApiFault::json(message));
        }
        let steps = steps(graph.composite_request)?;
        nodes += steps.len();
        kinds.extend(steps.iter().map(kind_of));
        if depth(&steps) > GREATEST_DEPTH {
            return Err(exceeded("levels of nodes in one graph", GREATEST_DEPTH));
        }
        if let Some(step) = steps.iter().find(|step| !is_node(step)) {
            let message = format!(
                "{} {} is not supported in a composite graph",
                step.request.method, step.request.url
            );
            return Err(ApiFault::json(message));
        }
        graphs.push(Graph { id, steps });
    }
    if nodes > GREATEST_NODES {
        return Err(exceeded("nodes", GREATEST_NODES));
    }
    if kinds.len() > GREATEST_KINDS {
        return Err(exceeded("different kinds of nodes", GREATEST_KINDS));
    }
    Ok(graphs)
}

/// The answers of a graph that was not begun, because too many others had failed.
fn halted(graph: Graph) -> Vec<(String, Answer)> {
    let message = format!("Processing was halted after {GREATEST_FAILURES} graphs had failed");
    let refused = Answer::refused(StatusCode::BAD_REQUEST, "PROCESSING_HALTED", &message);
    let ids = graph.steps.into_iter().map(|step| step.reference_id);
    ids.map(|id| (id, refused.clone())).collect()
}

async fn run(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Extension(dispatcher): Extension<Dispatcher>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let graphs = checked(parse_body(&body)?)?;
    let text = apart(move || async move {
        let mut text = String::from("{\"graphs\":[");
        let mut failed_graphs = 0;
        for (position, graph) in graphs.into_iter().enumerate() {
            let id = graph.id.clone();
            let (answers, succeeded) = if failed_graphs > GREATEST_FAILURES {
                (halted(graph), false)
            } else {
                let transaction = org.begin();
                let (answers, succeeded) = carry_out(&dispatcher, &session, graph.steps, true).await;
                if succeeded {
                    transaction.commit();
                }
                (answers, succeeded)
            };
            failed_graphs += usize::from(!succeeded);
            if position > 0 {
                text.push(',');
            }
            let id = serde_json::Value::from(id);
            text.push_str(&format!("{{\"graphId\":{id},\"graphResponse\":"));
            push_results(&mut text, &answers);
            text.push_str(&format!(",\"isSuccessful\":{succeeded}}}"));
        }
        text.push_str("]}");
        text
    })
    .await?;
    Ok(json_text(StatusCode::OK, text))
}
