//! Changed and deleted records in a window of time.

use salesforce::Error;
use serde_json::json;

use crate::support::{Answer, Org, RECORD_ID, client};

#[tokio::test]
async fn windows_name_changed_and_deleted_records() {
    let org = Org::start(|seen| {
        assert_eq!(seen.query["start"], "2026-11-01T00:00:00+00:00");
        assert_eq!(seen.query["end"], "2026-11-02T12:30:00+00:00");
        if seen.path.contains("updated") {
            Answer::json(200, &json!({ "ids": [RECORD_ID], "latestDateCovered": "2026-11-02T12:29:00.000+0000" }))
        } else {
            Answer::json(
                200,
                &json!({ "deletedRecords": [{ "id": RECORD_ID, "deletedDate": "2026-11-02T01:00:00.000+0000" }],
                         "earliestDateAvailable": "2026-08-01T00:00:00.000+0000",
                         "latestDateCovered": "2026-11-02T12:29:00.000+0000" }),
            )
        }
    })
    .await;
    let client = client(&org.address);
    let (start, end) = (
        "2026-11-01T00:00:00Z".parse().unwrap(),
        "2026-11-02T12:30:00Z".parse().unwrap(),
    );
    let updated = client.updated("Lead", start, end).await.unwrap();
    assert_eq!(
        (&*updated.ids[0], &*updated.latest_date_covered),
        (RECORD_ID, "2026-11-02T12:29:00.000+0000")
    );
    let deleted = client.deleted("Lead", start, end).await.unwrap();
    assert_eq!(
        deleted.deleted_records[0].deleted_date,
        "2026-11-02T01:00:00.000+0000"
    );
    assert_eq!(deleted.earliest_date_available, "2026-08-01T00:00:00.000+0000");
    assert!(org.seen()[0].is("GET", "/services/data/v68.0/sobjects/Lead/updated/"));
}

#[tokio::test]
async fn too_many_ids_are_told_by_code() {
    let org = Org::start(|_| Answer::error(400, "EXCEEDED_ID_LIMIT", "too many")).await;
    let time = "2026-11-01T00:00:00Z".parse().unwrap();
    let error: Error = client(&org.address)
        .updated("Lead", time, time)
        .await
        .unwrap_err();
    assert_eq!(error.api_code(), Some("EXCEEDED_ID_LIMIT"));
}
