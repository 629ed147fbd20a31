//! The data API under `/services/data`: one file for each family of resources.
//!
//! Every request passes the [`gate`]: version, session, daily allocation, `Sforce-Limit-Info`. Composite resources send
//! their sub-requests through the same routes. To add a family: one file with a `routes` function, one line in
//! [`routes`].

mod collections;
mod composite;
mod composite_batch;
mod composite_graph;
mod composite_references;
mod composite_tree;
mod conditional;
mod create;
mod describe;
mod duplicates;
mod external_id;
mod gate;
mod ingest;
mod ingest_request;
mod layouts;
mod limits;
mod list_views;
mod methods;
mod multipart;
mod negotiation;
mod object_info;
mod picklist_values;
mod pretty;
mod query;
mod query_jobs;
mod recent;
mod record;
mod replication;
mod report_answer;
mod report_instances;
mod reports;
mod results;
mod search;
mod subrequest;
mod tooling;
mod versions;

use std::sync::Arc;

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::any,
};

pub use gate::{Session, bearer};
pub use versions::NEWEST_VERSION;

use crate::{fault::ApiFault, org::Org};

/// Most bytes of a request body, uploads aside.
const GREATEST_BODY_BYTES: usize = 50 * 1024 * 1024;

/// The whole data API.
pub fn routes(org: &Arc<Org>) -> Router<Arc<Org>> {
    let families = Router::new()
        .merge(versions::routes())
        .merge(limits::routes())
        .merge(describe::routes())
        .merge(duplicates::routes())
        .merge(picklist_values::routes())
        .merge(record::routes())
        .merge(query::routes())
        .merge(search::routes())
        .merge(tooling::routes())
        .merge(collections::routes())
        .merge(replication::routes())
        .merge(ingest::routes())
        .merge(query_jobs::routes())
        .merge(list_views::routes())
        .merge(layouts::routes())
        .merge(object_info::routes())
        .merge(recent::routes())
        .merge(reports::routes())
        .merge(composite::routes())
        .merge(composite_graph::routes())
        .merge(composite_tree::routes())
        .merge(composite_batch::routes())
        .route("/services/data/{version}/{*unknown}", any(unknown))
        .method_not_allowed_fallback(methods::refuse);
    // Composite resources hand their sub-requests to a second copy of the same routes.
    let dispatcher = families
        .clone()
        .fallback(unknown)
        .layer(middleware::from_fn_with_state(Arc::clone(org), gate::admit_part))
        .layer(DefaultBodyLimit::max(GREATEST_BODY_BYTES))
        .with_state(Arc::clone(org));
    families
        .layer(Extension(subrequest::Dispatcher(dispatcher)))
        .route_layer(middleware::from_fn_with_state(Arc::clone(org), gate::gate))
        .merge(versions::open_routes())
        .layer(middleware::from_fn(negotiation::admit))
        .layer(middleware::from_fn(pretty::print))
        .layer(DefaultBodyLimit::max(GREATEST_BODY_BYTES))
}

async fn unknown() -> ApiFault {
    ApiFault::not_found()
}

/// A JSON answer that was written as text.
fn json_text(status: StatusCode, text: String) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json;charset=UTF-8")],
        text,
    )
        .into_response()
}

/// Reads a JSON body.
fn parse_body<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, ApiFault> {
    serde_json::from_slice(body).map_err(|error| ApiFault::json(error.to_string()))
}

/// The members of a JSON object body.
fn parse_object(body: &[u8]) -> Result<serde_json::Map<String, serde_json::Value>, ApiFault> {
    parse_body(body)
}

/// The object that a path names.
fn object_named(org: &Org, name: &str) -> Result<u16, ApiFault> {
    org.schema
        .find(name)
        .and_then(|index| u16::try_from(index).ok())
        .ok_or_else(ApiFault::not_found)
}
