//! `/limits`.

use std::sync::Arc;

use axum::{Extension, Json, Router, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};

use super::Session;
use crate::{access::Permission, fault::ApiFault, org::Org};

/// The resource.
pub fn routes() -> Router<Arc<Org>> {
    Router::new().route("/services/data/{version}/limits", get(limits))
}

async fn limits(
    State(org): State<Arc<Org>>,
    Extension(session): Extension<Session>,
) -> Result<Json<Value>, ApiFault> {
    if !org.read().access.of(session.user).allows(Permission::ViewSetup) {
        let message = "The user needs the View Setup and Configuration permission to see the limits.";
        return Err(ApiFault::new(
            StatusCode::FORBIDDEN,
            "INSUFFICIENT_ACCESS",
            message,
        ));
    }
    let entry =
        |greatest: u64, used: u64| json!({ "Max": greatest, "Remaining": greatest.saturating_sub(used) });
    let batches: u64 = org
        .jobs
        .ingest()
        .values()
        .map(|job| u64::from(job.progress().processed_rows).div_ceil(10_000))
        .sum();
    let reports = org.reports.started() as u64;
    let background = org.reports.instances().len() as u64;
    let query_jobs = org.jobs.query().len() as u64;
    Ok(Json(json!({
        "DailyApiRequests": entry(org.options.daily_api_requests, org.used_requests()),
        "DailyBulkApiBatches": entry(15_000, batches),
        "DailyBulkV2QueryJobs": entry(10_000, query_jobs),
        "DailyBulkV2QueryFileStorageMB": entry(976_562, 0),
        "DailyAsyncApexExecutions": entry(250_000, 0),
        "DataStorageMB": entry(1_024, 0),
        "FileStorageMB": entry(1_024, 0),
        "ConcurrentSyncReportRuns": entry(20, 0),
        "ConcurrentAsyncGetReportInstances": entry(200, 0),
        "HourlySyncReportRuns": entry(500, reports),
        "HourlyAsyncReportRuns": entry(1_200, background),
        "SingleEmail": entry(5_000, 0),
        "MassEmail": entry(5_000, 0),
    })))
}
