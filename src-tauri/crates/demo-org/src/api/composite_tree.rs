//! `POST /composite/tree/{object}`: parents with their children, all made or none.

use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
    routing::post,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    Session, json_text, object_named, parse_body,
    subrequest::{Dispatcher, Subrequest, apart},
};
use crate::{fault::ApiFault, org::Org};

/// Limits of the REST guide's page sObject Tree.
const GREATEST_RECORDS: usize = 200;
const GREATEST_LEVELS: usize = 5;
const GREATEST_TYPES: usize = 5;

/// The resource.
pub fn routes() -> Router<Arc<Org>> {
    Router::new().route("/services/data/{version}/composite/tree/{object}", post(run))
}

#[derive(Debug, Deserialize)]
struct Trees {
    records: Vec<Map<String, Value>>,
}

/// A record to be made.
#[derive(Debug)]
struct Node {
    object: u16,
    reference_id: String,
    level: usize,
    /// Position of the parent and the field that refers to it.
    parent: Option<(usize, &'static str)>,
    members: Map<String, Value>,
}

/// The nodes of all trees, level by level.
fn nodes(org: &Org, root: u16, trees: Trees) -> Result<Vec<Node>, ApiFault> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut types = HashSet::new();
    let mut waiting: VecDeque<_> = trees
        .records
        .into_iter()
        .map(|record| (root, 1, None, record))
        .collect();
    while let Some((object, level, parent, record)) = waiting.pop_front() {
        if level > GREATEST_LEVELS {
            let message = format!("The request has trees of more than {GREATEST_LEVELS} levels");
            return Err(ApiFault::bad_request("INVALID_INPUT", message));
        }
        let definition = org.schema.object(usize::from(object));
        let (attributes, rest): (Map<_, _>, Map<_, _>) =
            record.into_iter().partition(|(name, _)| name == "attributes");
        let attribute = |name: &str| {
            attributes
                .get("attributes")?
                .get(name)?
                .as_str()
                .map(str::to_owned)
        };
        if !attribute("type").is_some_and(|given| given.eq_ignore_ascii_case(definition.name)) {
            let message = format!(
                "Each record needs attributes with its type, here {}",
                definition.name
            );
            return Err(ApiFault::bad_request("INVALID_INPUT", message));
        }
        let reference_id = attribute("referenceId").ok_or_else(|| {
            ApiFault::bad_request(
                "INVALID_INPUT",
                "Include a reference ID for each record in the request.",
            )
        })?;
        types.insert(object);
        let mut members = Map::new();
        for (name, value) in rest {
            let Some(Value::Array(children)) = value.get("records") else {
                members.insert(name, value);
                continue;
            };
            let relationship = definition
                .children
                .iter()
                .find(|child| child.name.is_some_and(|known| known.eq_ignore_ascii_case(&name)));
            let message = || format!("No such relation '{name}' on sobject of type {}", definition.name);
            let relationship =
                relationship.ok_or_else(|| ApiFault::bad_request("INVALID_FIELD", message()))?;
            let child = u16::try_from(relationship.object).map_err(|_| ApiFault::not_found())?;
            let field = org.schema.object(relationship.object).fields[relationship.field].name;
            for record in children {
                let record = record.as_object().cloned();
                let record = record.ok_or_else(|| ApiFault::json("A record must be an object"))?;
                waiting.push_back((child, level + 1, Some((nodes.len(), field)), record));
            }
        }
        nodes.push(Node {
            object,
            reference_id,
            level,
            parent,
            members,
        });
        if nodes.len() + waiting.len() > GREATEST_RECORDS {
            let message = format!("The request has more than {GREATEST_RECORDS} records");
            return Err(ApiFault::bad_request("INVALID_INPUT", message));
        }
    }
    if types.len() > GREATEST_TYPES {
        let message = format!("The request has records of more than {GREATEST_TYPES} types");
        return Err(ApiFault::bad_request("INVALID_INPUT", message));
    }
    Ok(nodes)
}

/// Reference ids that occur more than once, each occurrence with its error.
fn repeated(nodes: &[Node]) -> Vec<Value> {
    let times = |id: &str| nodes.iter().filter(|node| node.reference_id == id).count();
    let twice = nodes.iter().filter(|node| times(&node.reference_id) > 1);
    let error = |node: &Node| {
        let message = format!(
            "Duplicate ReferenceId provided in the request: {}.",
            node.reference_id
        );
        let error = json!({ "statusCode": "INVALID_INPUT", "message": message, "fields": [] });
        json!({ "referenceId": node.reference_id, "errors": [error] })
    };
    twice.map(error).collect()
}

async fn run(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Extension(dispatcher): Extension<Dispatcher>,
    Path((_, object)): Path<(String, String)>,
    mut headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let root = object_named(&org, &object)?;
    let nodes = nodes(&org, root, parse_body(&body)?)?;
    let twice = repeated(&nodes);
    if !twice.is_empty() {
        return Ok(answer(true, &twice));
    }
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let (has_errors, results) = apart(move || async move {
        let transaction = org.begin();
        let made = make(&org, &dispatcher, &session, &headers, nodes).await;
        match made {
            Ok(results) => {
                transaction.commit();
                (false, results)
            }
            Err(errors) => (true, errors),
        }
    })
    .await?;
    Ok(answer(has_errors, &results))
}

/// Makes the records level by level, each as an ordinary request would; the first level with errors is the last.
async fn make(
    org: &Org,
    dispatcher: &Dispatcher,
    session: &Session,
    headers: &HeaderMap,
    nodes: Vec<Node>,
) -> Result<Vec<Value>, Vec<Value>> {
    let mut ids: Vec<Value> = Vec::with_capacity(nodes.len());
    let mut results = Vec::with_capacity(nodes.len());
    let mut errors: Vec<Value> = Vec::new();
    let mut level = 1;
    for node in nodes {
        if node.level > level && !errors.is_empty() {
            break;
        }
        level = node.level;
        let mut members = node.members;
        if let Some((parent, field)) = node.parent {
            members.insert(field.to_owned(), ids[parent].clone());
        }
        let name = org.schema.object(usize::from(node.object)).name;
        let request = Subrequest {
            method: Method::POST,
            url: format!("/services/data/v{}/sobjects/{name}", session.version),
            headers: headers.clone(),
            body: Some(Value::Object(members)),
        };
        let answer = dispatcher.send(session, &request).await;
        let value = answer.value();
        let id = value.get("id").cloned().unwrap_or_default();
        if answer.status == StatusCode::CREATED {
            results.push(json!({ "referenceId": node.reference_id, "id": id }));
        } else {
            errors.push(json!({ "referenceId": node.reference_id, "errors": row_errors(value) }));
        }
        ids.push(id);
    }
    if errors.is_empty() {
        Ok(results)
    } else {
        Err(errors)
    }
}

/// The errors of a refused request, as a list of results writes them.
fn row_errors(value: Value) -> Value {
    let Value::Array(errors) = value else {
        return json!([]);
    };
    let rows = errors.into_iter().map(|mut error| {
        if let Value::Object(members) = &mut error {
            if let Some(code) = members.remove("errorCode") {
                members.insert("statusCode".to_owned(), code);
            }
            members.entry("fields").or_insert_with(|| json!([]));
        }
        error
    });
    Value::Array(rows.collect())
}

fn answer(has_errors: bool, results: &[Value]) -> Response {
    let status = if has_errors {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::CREATED
    };
    json_text(
        status,
        json!({ "hasErrors": has_errors, "results": results }).to_string(),
    )
}
