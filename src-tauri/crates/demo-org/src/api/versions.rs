//! The list of versions and the resources of one.

use std::sync::Arc;

use axum::{Extension, Json, Router, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};

use super::Session;
use crate::{fault::ApiFault, org::Org};

/// The newest version that is offered.
pub const NEWEST_VERSION: &str = "68.0";
const OLDEST: u32 = 31;
const NEWEST: u32 = 68;
/// The newest version that answers with a warning. Salesforce announces which ones; this org warns of the oldest.
const NEWEST_DEPRECATED: f64 = 35.0;

/// What needs no session.
pub fn open_routes() -> Router<Arc<Org>> {
    Router::new().route("/services/data", get(versions))
}

/// What needs one.
pub fn routes() -> Router<Arc<Org>> {
    Router::new().route("/services/data/{version}", get(resources))
}

/// Reads a path segment such as `v60.0`. Retired versions are 410, unknown ones 404 (REST guide, versions).
pub fn check(segment: &str) -> Result<String, ApiFault> {
    let version = segment.strip_prefix('v').unwrap_or_default();
    let number = version
        .strip_suffix(".0")
        .and_then(|number| number.parse::<u32>().ok());
    match number {
        Some(OLDEST..=NEWEST) => Ok(version.to_owned()),
        Some(1..OLDEST) => {
            let message =
                format!("The requested resource is no longer available: version {version} was retired");
            Err(ApiFault::new(
                StatusCode::GONE,
                "UNSUPPORTED_API_VERSION",
                message,
            ))
        }
        _ => Err(ApiFault::not_found()),
    }
}

/// Whether a version still answers, but with a warning (REST guide, Warning Header).
pub fn is_deprecated(version: &str) -> bool {
    version
        .parse::<f64>()
        .is_ok_and(|version| version <= NEWEST_DEPRECATED)
}

async fn versions() -> Json<Value> {
    let list = (OLDEST..=NEWEST).map(|number| {
        let season = ["Spring", "Summer", "Winter"][(number as usize) % 3];
        // Three releases a year; 66 is Spring '26, and Winter carries the year that follows.
        let year = 26 + (i64::from(number) - 66).div_euclid(3) + i64::from(season == "Winter");
        json!({
            "label": format!("{season} '{year}"),
            "url": format!("/services/data/v{number}.0"),
            "version": format!("{number}.0"),
        })
    });
    Json(list.collect())
}

async fn resources(State(org): State<Arc<Org>>, Extension(session): Extension<Session>) -> Json<Value> {
    let base = format!("/services/data/v{}", session.version);
    let mut list = json!({
        "identity": format!(
            "{}/id/{}/{}",
            org.instance_url,
            org.organization_id(),
            org.ids.id(org.user(session.user))
        ),
    });
    for (name, path) in [
        ("sobjects", "sobjects"),
        ("query", "query"),
        ("queryAll", "queryAll"),
        ("search", "search"),
        ("parameterizedSearch", "parameterizedSearch"),
        ("limits", "limits"),
        ("recent", "recent"),
        ("composite", "composite"),
        ("jobs", "jobs"),
        ("analytics", "analytics"),
        ("ui-api", "ui-api"),
        ("tooling", "tooling"),
    ] {
        list[name] = json!(format!("{base}/{path}"));
    }
    Json(list)
}
