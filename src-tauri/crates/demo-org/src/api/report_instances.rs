//! Reports that are run in the background: asked for, watched, read for a day, removed.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::StatusCode,
    routing::get,
};
use serde_json::{Value, json};

use super::{Session, report_answer as answer, reports};
use crate::{
    clock,
    fault::ApiFault,
    org::Org,
    reporting::{Instance, Progress},
    value::Key,
};

/// What the ids of runs begin with.
const PREFIX: &str = "0LG";
/// Runs that the list names at most (Reports and Dashboards REST API guide, limits).
const GREATEST_LISTED: usize = 2000;

/// The resources.
pub fn routes() -> Router<Arc<Org>> {
    let instances = "/services/data/{version}/analytics/reports/{id}/instances";
    Router::new()
        .route(instances, get(list).post(start))
        .route(&format!("{instances}/{{instance}}"), get(result).delete(remove))
}

fn status(progress: &Progress) -> (&'static str, Option<String>) {
    match progress {
        Progress::New => ("New", None),
        Progress::Running => ("Running", None),
        Progress::Success(_, ended) => ("Success", Some(clock::report_text(*ended))),
        Progress::Error(_, ended) => ("Error", Some(clock::report_text(*ended))),
    }
}

fn entry(org: &Org, session: &Session, instance: &Instance) -> Value {
    let id = org.ids.other_id(PREFIX, instance.number);
    let (status, completed) = status(&instance.progress());
    let report = answer::url(session, &org.ids.id(instance.report));
    json!({
        "completionDate": completed,
        "hasDetailRows": instance.has_details,
        "id": id,
        "ownerId": org.ids.id(org.user(instance.user)),
        "queryable": false,
        "requestDate": clock::report_text(instance.requested),
        "status": status,
        "url": format!("{report}/instances/{id}"),
    })
}

async fn start(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
    body: Bytes,
) -> Result<Json<Value>, ApiFault> {
    let (key, metadata) = {
        let records = org.read();
        let (key, report) = reports::find(&org, &records, &id)?;
        let metadata = reports::asked(report, &body)?;
        // What cannot be run is refused at once.
        metadata.query(&records)?;
        (key, metadata)
    };
    let instance = org
        .reports
        .add(key, session.user, metadata, reports::wants_details(&query));
    let entry = entry(&org, &session, &instance);
    carry_out(&org, &instance);
    Ok(Json(entry))
}

/// Runs a report after the delay that bulk jobs have too; the brake that holds those holds it as well.
fn carry_out(org: &Arc<Org>, instance: &Arc<Instance>) {
    let (org, instance) = (Arc::clone(org), Arc::clone(instance));
    tokio::spawn(async move {
        tokio::time::sleep(org.options.job_delay).await;
        let worked = tokio::task::spawn_blocking(move || work(&org, &instance)).await;
        if let Err(error) = worked {
            tracing::error!(%error, "a report ended without an outcome");
        }
    });
}

fn work(org: &Org, instance: &Instance) {
    *instance.progress() = Progress::Running;
    if org.jobs.hold.wait(0, || false).is_none() {
        return;
    }
    let found = {
        let records = org.read();
        answer::run(
            org,
            &records,
            instance.report,
            &instance.metadata,
            instance.user,
            instance.has_details,
        )
    };
    let ended = clock::now();
    *instance.progress() = match found {
        Ok(result) => Progress::Success(Box::new(result), ended),
        Err(fault) => Progress::Error(fault.message().to_owned(), ended),
    };
}

async fn list(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let (key, _) = reports::find(&org, &org.read(), &id)?;
    let instances: Vec<Arc<Instance>> = org.reports.instances().values().rev().cloned().collect();
    let own = instances
        .iter()
        .filter(|instance| instance.report == key)
        .take(GREATEST_LISTED);
    Ok(Json(
        own.map(|instance| entry(&org, &session, instance)).collect(),
    ))
}

fn find(org: &Org, report: Key, id: &str) -> Result<Arc<Instance>, ApiFault> {
    let number = org.ids.other_number(PREFIX, id).ok_or_else(ApiFault::not_found)?;
    let instance = org.reports.instances().get(&number).cloned();
    instance
        .filter(|instance| instance.report == report)
        .ok_or_else(ApiFault::not_found)
}

async fn result(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
    Path((_, id, instance)): Path<(String, String, String)>,
) -> Result<Json<Value>, ApiFault> {
    let records = org.read();
    let (key, report) = reports::find(&org, &records, &id)?;
    let instance = find(&org, key, &instance)?;
    let mut attributes = entry(&org, &session, &instance);
    attributes["reportId"] = json!(org.ids.id(key));
    attributes["reportName"] = json!(report.name);
    attributes["type"] = json!("ReportInstance");
    let progress = instance.progress().clone();
    let mut body = match progress {
        Progress::Success(result, _) => *result,
        Progress::Error(message, _) => {
            attributes["errorMessage"] = json!(message);
            unfinished()
        }
        Progress::New | Progress::Running => unfinished(),
    };
    body["attributes"] = attributes;
    Ok(Json(body))
}

/// The members of a result that is not there.
fn unfinished() -> Value {
    json!({
        "allData": false,
        "factMap": null,
        "groupingsAcross": null,
        "groupingsDown": null,
        "hasDetailRows": false,
        "reportExtendedMetadata": null,
        "reportMetadata": null,
    })
}

async fn remove(
    State(org): State<Arc<Org>>,
    Path((_, id, instance)): Path<(String, String, String)>,
) -> Result<StatusCode, ApiFault> {
    let (key, _) = reports::find(&org, &org.read(), &id)?;
    let instance = find(&org, key, &instance)?;
    org.reports.instances().remove(&instance.number);
    Ok(StatusCode::NO_CONTENT)
}
