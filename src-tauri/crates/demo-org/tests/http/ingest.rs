//! Ingest jobs over HTTP: what job info says, which steps are refused, multipart jobs, hard delete refused, the list.

use crate::caller::{Caller, answer, send};
use demo_org::Options;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

async fn open(caller: &Caller, body: &Value) -> String {
    let (status, job) = caller.post("jobs/ingest", body).await;
    assert_eq!(status, StatusCode::OK, "{job}");
    format!("jobs/ingest/{}", job["id"].as_str().expect("an id"))
}

async fn put(caller: &Caller, job: &str, csv: &str) -> (StatusCode, Value) {
    let request = caller.request(Method::PUT, &format!("{job}/batches"));
    answer(request.header("Content-Type", "text/csv").body(csv.to_owned())).await
}

async fn set(caller: &Caller, job: &str, state: &str) -> (StatusCode, Value) {
    caller.patch(job, &json!({ "state": state })).await
}

/// Waits for the end of a job and says its info.
async fn ended(caller: &Caller, job: &str) -> Value {
    loop {
        let (_, info) = caller.get(job).await;
        if !["UploadComplete", "InProgress"].contains(&info["state"].as_str().expect("a state")) {
            return info;
        }
    }
}

async fn file(caller: &Caller, job: &str, kind: &str) -> String {
    send(caller.request(Method::GET, &format!("{job}/{kind}")))
        .await
        .text()
        .await
        .expect("a text")
}

fn leads() -> Value {
    json!({ "object": "Lead", "operation": "insert" })
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

fn code(fault: &Value) -> &str {
    fault[0]["errorCode"].as_str().unwrap_or_default()
}

const AT_CREATION: [&str; 13] = [
    "apiVersion",
    "columnDelimiter",
    "concurrencyMode",
    "contentType",
    "contentUrl",
    "createdById",
    "createdDate",
    "id",
    "lineEnding",
    "object",
    "operation",
    "state",
    "systemModstamp",
];

#[tokio::test(flavor = "multi_thread")]
async fn job_info_has_its_members_in_every_state() {
    let caller = Caller::new().await;
    let (_, made) = caller.post("jobs/ingest", &leads()).await;
    assert_eq!(keys(&made), AT_CREATION);
    let id = made["id"].as_str().expect("an id").to_owned();
    assert_eq!(
        made["contentUrl"],
        format!("services/data/v60.0/jobs/ingest/{id}/batches")
    );
    assert_eq!(
        (&made["apiVersion"], &made["concurrencyMode"]),
        (&json!(60.0), &json!("Parallel"))
    );
    assert!(id.starts_with("750") && id.len() == 18);
    let job = format!("jobs/ingest/{id}");
    assert_eq!(
        put(&caller, &job, "LastName,Company\nA,B\nC,\n").await,
        (StatusCode::CREATED, Value::Null)
    );
    let (status, closed) = set(&caller, &job, "UploadComplete").await;
    assert_eq!(
        (status, &closed["state"]),
        (StatusCode::OK, &json!("UploadComplete"))
    );
    assert_eq!(closed["contentUrl"], Value::Null);
    let info = ended(&caller, &job).await;
    assert_eq!(
        (&info["state"], &info["jobType"]),
        (&json!("JobComplete"), &json!("V2Ingest"))
    );
    assert_eq!(
        (&info["numberRecordsProcessed"], &info["numberRecordsFailed"]),
        (&json!(2), &json!(1))
    );
    for name in [
        "retries",
        "totalProcessingTime",
        "apiActiveProcessingTime",
        "apexProcessingTime",
    ] {
        assert!(info[name].is_u64(), "{name}");
    }
    for name in ["unprocessedrecords", "unprocessedRecords", "unprocessedrecords/"] {
        assert_eq!(file(&caller, &job, name).await, "LastName,Company\n");
    }
    assert_eq!(
        file(&caller, &job, "failedResults").await,
        "\"sf__Id\",\"sf__Error\",LastName,Company\n\
         \"\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [Company]:Company --\",\"C\",\"\"\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn data_is_put_once_and_only_while_a_job_is_open() {
    let caller = Caller::new().await;
    let job = open(&caller, &leads()).await;
    assert_eq!(
        put(&caller, &job, "LastName,Company\nA,B\n").await.0,
        StatusCode::CREATED
    );
    let (status, fault) = put(&caller, &job, "LastName,Company\nA,B\n").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let message = fault[0]["message"].as_str().expect("a message");
    assert!(
        message.starts_with("Found multiple contents for job: <750"),
        "{message}"
    );
    set(&caller, &job, "Aborted").await;
    let (status, fault) = put(&caller, &job, "LastName,Company\nA,B\n").await;
    assert_eq!(
        (status, code(&fault)),
        (StatusCode::BAD_REQUEST, "INVALIDJOBSTATE")
    );
    let (status, _) = put(&caller, "jobs/ingest/750000000000001AAA", "Name\n").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let job = open(&caller, &leads()).await;
    let wrong = caller
        .request(Method::PUT, &format!("{job}/batches"))
        .header("Content-Type", "application/json");
    let (status, _) = answer(wrong.body("{}")).await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_documented_steps_are_taken() {
    let mut options = Options::default();
    options.trouble.holds_jobs = true;
    let caller = Caller::of(options).await;
    let delete = |job: String| answer(caller.request(Method::DELETE, &job));
    let open_job = open(&caller, &leads()).await;
    for state in ["InProgress", "JobComplete", "Failed", "Nonsense"] {
        let (status, fault) = set(&caller, &open_job, state).await;
        assert_eq!(
            (status, code(&fault)),
            (StatusCode::BAD_REQUEST, "INVALIDJOBSTATE"),
            "{state}"
        );
    }
    assert_eq!(delete(open_job.clone()).await.0, StatusCode::BAD_REQUEST);
    put(&caller, &open_job, "LastName,Company\nA,B\n").await;
    set(&caller, &open_job, "UploadComplete").await;
    loop {
        let (_, info) = caller.get(&open_job).await;
        if info["state"] == "InProgress" {
            break;
        }
    }
    assert_eq!(
        delete(open_job.clone()).await.0,
        StatusCode::BAD_REQUEST,
        "it is in progress"
    );
    assert_eq!(
        set(&caller, &open_job, "UploadComplete").await.0,
        StatusCode::BAD_REQUEST
    );
    let early = send(caller.request(Method::GET, &format!("{open_job}/successfulResults"))).await;
    assert_eq!(early.status(), StatusCode::BAD_REQUEST);
    let (status, aborted) = set(&caller, &open_job, "Aborted").await;
    assert_eq!((status, &aborted["state"]), (StatusCode::OK, &json!("Aborted")));
    let (status, fault) = set(&caller, &open_job, "Aborted").await;
    assert_eq!(
        (status, code(&fault)),
        (StatusCode::BAD_REQUEST, "INVALIDJOBSTATE")
    );
    assert_eq!(delete(open_job.clone()).await.0, StatusCode::NO_CONTENT);
    assert_eq!(caller.get(&open_job).await.0, StatusCode::NOT_FOUND);
}

fn multipart(job: &Value, csv: &str) -> String {
    format!(
        "--B\r\nContent-Type: application/json\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n{job}\r\n\
         --B\r\nContent-Type: text/csv\r\nContent-Disposition: form-data; name=\"content\"; filename=\"content\"\r\n\r\n\
         {csv}\r\n--B--\r\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_multipart_job_starts_at_once() {
    let caller = Caller::new().await;
    let before = caller.count("Lead");
    let send = |body: String| {
        let request = caller.request(Method::POST, "jobs/ingest");
        answer(
            request
                .header("Content-Type", "multipart/form-data; boundary=\"B\"")
                .body(body),
        )
    };
    let (status, job) = send(multipart(&leads(), "LastName,Company\nMulti,Part\nOther,Part")).await;
    assert_eq!(
        (status, &job["state"]),
        (StatusCode::OK, &json!("UploadComplete")),
        "{job}"
    );
    assert_eq!(job["contentUrl"], Value::Null);
    let info = ended(
        &caller,
        &format!("jobs/ingest/{}", job["id"].as_str().expect("an id")),
    )
    .await;
    assert_eq!(
        (&info["state"], &info["numberRecordsProcessed"]),
        (&json!("JobComplete"), &json!(2))
    );
    let long = format!("LastName,Company\n{}", "Long,Enough\n".repeat(8_400));
    let (status, fault) = send(multipart(&leads(), &long)).await;
    assert_eq!(
        (status, code(&fault)),
        (StatusCode::BAD_REQUEST, "CLIENTINPUTERROR")
    );
    let (status, _) = send("--B\r\nnothing".to_owned()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(caller.count("Lead"), before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn hard_delete_needs_a_permission_that_administrators_lack() {
    let caller = Caller::new().await;
    let rights = caller
        .query("SELECT PermissionsBulkApiHardDelete FROM UserPermissionAccess")
        .await;
    assert_eq!(rights[0]["PermissionsBulkApiHardDelete"], false);
    let body = json!({ "object": "Lead", "operation": "hardDelete" });
    let (status, fault) = caller.post("jobs/ingest", &body).await;
    assert_eq!(
        (status, code(&fault)),
        (StatusCode::BAD_REQUEST, "FEATURENOTENABLED")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_has_a_thousand_jobs_a_page() {
    let caller = Caller::new().await;
    for _ in 0..1_001 {
        open(&caller, &leads()).await;
    }
    let (_, first) = caller
        .get("jobs/ingest?isPkChunkingEnabled=false&jobType=V2Ingest")
        .await;
    assert_eq!(
        (&first["done"], first["records"].as_array().map(Vec::len)),
        (&json!(false), Some(1000))
    );
    let next = first["nextRecordsUrl"].as_str().expect("a next page");
    assert!(next.starts_with("/services/data/v60.0/jobs/ingest?queryLocator=01g") && next.ends_with("-1000"));
    let (_, second) = caller.get(next).await;
    assert_eq!(
        (&second["done"], second["records"].as_array().map(Vec::len)),
        (&json!(true), Some(1))
    );
    assert_eq!(second["nextRecordsUrl"], Value::Null);
    assert_eq!(second["records"][0]["jobType"], "V2Ingest");
    let (_, none) = caller.get("jobs/ingest?jobType=Classic").await;
    assert_eq!((&none["done"], &none["records"]), (&json!(true), &json!([])));
    assert_eq!(
        caller.get("jobs/ingest?queryLocator=nonsense").await.0,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_that_make_no_sense_are_refused() {
    let caller = Caller::new().await;
    for (body, expected) in [
        (
            json!({ "object": "Nothing", "operation": "insert" }),
            "INVALIDENTITY",
        ),
        (json!({ "object": "Lead", "operation": "merge" }), "INVALIDJOB"),
        (json!({ "object": "Lead", "operation": "upsert" }), "INVALIDJOB"),
        (
            json!({ "object": "Lead", "operation": "upsert", "externalIdFieldName": "Company" }),
            "INVALIDJOB",
        ),
        (
            json!({ "object": "Lead", "operation": "insert", "contentType": "JSON" }),
            "INVALIDJOB",
        ),
        (
            json!({ "object": "Lead", "operation": "insert", "columnDelimiter": "DOT" }),
            "INVALIDJOB",
        ),
        (
            json!({ "object": "Lead", "operation": "insert", "lineEnding": "CR" }),
            "INVALIDJOB",
        ),
        (
            json!({ "object": "Lead", "operation": "insert", "assignmentRuleId": "01Q000000000001AAA" }),
            "INVALIDJOB",
        ),
    ] {
        let (status, fault) = caller.post("jobs/ingest", &body).await;
        assert_eq!(
            (status, code(&fault)),
            (StatusCode::BAD_REQUEST, expected),
            "{body}"
        );
    }
}
