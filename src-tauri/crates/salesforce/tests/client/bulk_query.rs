//! Query jobs ("Bulk API 2.0 Query": Create, Get Info, Abort, Delete a Query Job).

use salesforce::{JobState, QueryJob, QueryJobOptions};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::support::{Answer, JOB_ID, Org, client, query_job_json, query_path};

fn options(soql: &str) -> QueryJobOptions {
    QueryJobOptions {
        soql: soql.to_owned(),
        with_deleted: false,
    }
}

#[tokio::test]
async fn a_job_is_made_followed_and_deleted_with_one_version() {
    let org = Org::start(|seen| match (seen.method.as_str(), seen.number) {
        ("POST", _) => Answer::json(200, &query_job_json("UploadComplete", None)),
        ("GET", 2) => Answer::json(200, &query_job_json("InProgress", Some(3))),
        ("GET", _) => Answer::json(200, &query_job_json("JobComplete", Some(7))),
        _ => Answer::empty(204),
    })
    .await;
    let client = client(&org.address);
    let bulk = client.bulk_query();
    let created = bulk
        .create_job(&QueryJobOptions {
            with_deleted: true,
            ..options("SELECT Id FROM Contact")
        })
        .await
        .unwrap();
    assert_eq!(created.state, JobState::UploadComplete);
    let sent = &org.seen()[0];
    assert!(sent.is("POST", "/services/data/v68.0/jobs/query"));
    assert_eq!(
        sent.json(),
        json!({ "operation": "queryAll", "query": "SELECT Id FROM Contact", "contentType": "CSV",
                "columnDelimiter": "COMMA", "lineEnding": "LF" })
    );
    // What a later process needs survives being written down.
    let stored = serde_json::to_string(&created.job).unwrap();
    let job: QueryJob = serde_json::from_str(&stored).unwrap();
    assert_eq!(job, created.job);

    let mut told = Vec::new();
    let done = bulk
        .wait(&job, &CancellationToken::new(), |info| {
            told.push(info.number_records_processed);
        })
        .await
        .unwrap();
    assert_eq!(told, [Some(3), Some(7)]);
    assert_eq!(done.state, JobState::JobComplete);
    bulk.delete(&job).await.unwrap();
    assert_eq!(org.count("DELETE", &query_path("")), 1);

    // The version is the job's, not the client's.
    let older = QueryJob {
        api_version: "59.0".parse().unwrap(),
        ..job
    };
    bulk.job(&older).await.unwrap();
    assert_eq!(
        org.count("GET", &format!("/services/data/v59.0/jobs/query/{JOB_ID}")),
        1
    );
}

#[tokio::test]
async fn a_lost_abort_asks_the_job_before_anything_else() {
    let org = Org::start(|seen| match seen.method.as_str() {
        "PATCH" => Answer::html(502),
        _ => Answer::json(200, &query_job_json("Aborted", None)),
    })
    .await;
    let client = client(&org.address);
    let job = QueryJob {
        id: JOB_ID.to_owned(),
        api_version: "68".parse().unwrap(),
    };
    let info = client.bulk_query().abort(&job).await.unwrap();
    assert_eq!(info.state, JobState::Aborted);
    assert_eq!(org.count("PATCH", &query_path("")), 1);

    let org = Org::start(|_| {
        Answer::error(
            400,
            "INVALIDJOBSTATE",
            "Aborting already Completed Job not allowed",
        )
    })
    .await;
    let error = crate::support::client(&org.address)
        .bulk_query()
        .abort(&job)
        .await
        .unwrap_err();
    assert_eq!(error.api_code(), Some("INVALIDJOBSTATE"));
}

#[tokio::test]
async fn a_refused_query_is_told_at_once_and_not_repeated() {
    let message = "Selecting compound data not supported in Bulk Query";
    let org = Org::start(move |_| Answer::error(400, "API_ERROR", message)).await;
    let error = client(&org.address)
        .bulk_query()
        .create_job(&options("SELECT MailingAddress FROM Contact"))
        .await
        .unwrap_err();
    assert_eq!(error.api_code(), Some("API_ERROR"));
    assert_eq!(org.seen().len(), 1);
}

#[tokio::test]
async fn the_reason_of_a_silent_failure_comes_from_rest() {
    let org = Org::start(|seen| {
        assert!(seen.is("GET", "/services/data/v68.0/query"));
        if seen.query["q"] == "SELECT Bad__c FROM Contact LIMIT 1" {
            Answer::error(
                400,
                "INVALID_FIELD",
                "No such column 'Bad__c' on entity 'Contact'.",
            )
        } else {
            Answer::json(200, &json!({ "totalSize": 0, "done": true, "records": [] }))
        }
    })
    .await;
    let client = client(&org.address);
    let bulk = client.bulk_query();
    let reason = bulk
        .failure_reason(&options("SELECT Bad__c FROM Contact"))
        .await
        .unwrap();
    assert_eq!(reason.unwrap().code, "INVALID_FIELD");
    let reason = bulk
        .failure_reason(&options("SELECT Id FROM Contact"))
        .await
        .unwrap();
    assert_eq!(reason, None);
}
