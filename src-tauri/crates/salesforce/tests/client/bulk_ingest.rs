//! Bulk API 2.0 ingest.

use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use salesforce::{Error, IngestOptions, JobInfo, JobState, Operation, ResultRows, ResultSet, RowError};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::support::{Answer, CutOrg, JOB_ID, Org, client};

fn job_json(state: &str) -> Value {
    json!({ "id": JOB_ID, "operation": "insert", "object": "Lead", "createdById": "005Hs00000abcdeIAA",
        "createdDate": "2026-11-23T12:34:56.000+0000", "state": state, "concurrencyMode": "Parallel",
        "contentType": "CSV", "apiVersion": 68.0, "lineEnding": "LF", "columnDelimiter": "COMMA" })
}

fn open_job(content_url: Option<&str>) -> JobInfo {
    let mut job = job_json("Open");
    if let Some(address) = content_url {
        job["contentUrl"] = address.into();
    }
    serde_json::from_value(job).unwrap()
}

fn job_path() -> String {
    format!("/services/data/v68.0/jobs/ingest/{JOB_ID}")
}

fn file(content: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), content).unwrap();
    file
}

#[tokio::test]
async fn a_job_goes_its_way() {
    let org = Org::start(|seen| {
        let mut job = job_json("Open");
        match seen.method.as_str() {
            "POST" => {
                job["contentUrl"] = format!("services/data/v68.0/jobs/ingest/{JOB_ID}/batches").into();
                Answer::json(200, &job)
            }
            "PUT" => Answer::empty(201),
            "PATCH" => Answer::json(200, &job_json("UploadComplete")),
            "DELETE" => Answer::empty(204),
            _ if seen.path.ends_with("/failedResults") => {
                Answer::text(200, "text/csv", "\"sf__Id\",\"sf__Error\",LastName\n")
            }
            _ => {
                let state = ["InProgress", "InProgress", "JobComplete"][(seen.number - 4).min(2)];
                let mut job = job_json(state);
                job["numberRecordsProcessed"] = 2.into();
                job["numberRecordsFailed"] = 0.into();
                job["jobType"] = "V2Ingest".into();
                Answer::json(200, &job)
            }
        }
    })
    .await;
    let client = client(&org.address);
    let ingest = client.bulk_ingest();
    let options = IngestOptions {
        object: "Lead".to_owned(),
        operation: Operation::Upsert {
            external_id_field: "Ext__c".to_owned(),
        },
        assignment_rule_id: Some("01QHs0000001234AAA".to_owned()),
    };
    let job = ingest.create_job(&options).await.unwrap();
    assert_eq!((job.id.as_str(), &job.state), (JOB_ID, &JobState::Open));

    let csv = file("LastName,Ext__c\nDoe,1\n\"Roe\nRoe\",2\n");
    let sent = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&sent);
    ingest
        .upload(
            &job,
            csv.path(),
            Some(Arc::new(move |bytes| told.lock().unwrap().push(bytes))),
        )
        .await
        .unwrap();
    assert_eq!(sent.lock().unwrap().last(), Some(&34));

    assert_eq!(
        ingest.close(JOB_ID).await.unwrap().state,
        JobState::UploadComplete
    );
    let mut states = Vec::new();
    let done = ingest
        .wait(JOB_ID, &CancellationToken::new(), |job| {
            states.push(job.state.clone());
        })
        .await
        .unwrap();
    assert_eq!(
        states,
        [JobState::InProgress, JobState::InProgress, JobState::JobComplete]
    );
    assert_eq!(
        (done.number_records_processed, done.number_records_failed),
        (Some(2), Some(0))
    );
    let results = tempfile::NamedTempFile::new().unwrap();
    let downloaded = ingest
        .download_results(JOB_ID, ResultSet::Failed, results.path())
        .await
        .unwrap();
    assert_eq!(downloaded.bytes, 30);
    ingest.delete(JOB_ID).await.unwrap();

    let seen = org.seen();
    let body = seen[0].json();
    assert_eq!(
        body,
        json!({ "object": "Lead", "operation": "upsert", "externalIdFieldName": "Ext__c",
        "assignmentRuleId": "01QHs0000001234AAA", "contentType": "CSV", "columnDelimiter": "COMMA",
        "lineEnding": "LF" })
    );
    assert!(seen[1].is("PUT", &format!("{}/batches", job_path())));
    assert_eq!(seen[1].header("content-length"), "34");
    assert_eq!(seen[1].body, "LastName,Ext__c\nDoe,1\n\"Roe\nRoe\",2\n");
    assert_eq!(seen[2].json(), json!({ "state": "UploadComplete" }));
    assert_eq!(seen[6].header("accept"), "text/csv");
    assert!(seen[6].header("accept-encoding").contains("gzip"));
    assert_eq!(client.calls(), 8);
}

#[tokio::test]
async fn an_upload_is_repeated_only_if_nothing_was_taken() {
    for (status, uploads, code) in [(503, 5, "not_json"), (504, 1, "not_json"), (400, 1, "not_json")] {
        let org = Org::start(move |_| Answer::html(status)).await;
        let error = client(&org.address)
            .bulk_ingest()
            .upload(&open_job(None), file("Id\n").path(), None)
            .await;
        assert_eq!(error.unwrap_err().code(), code);
        assert_eq!(
            org.count("PUT", &format!("{}/batches", job_path())),
            uploads,
            "{status}"
        );
    }
    let org = CutOrg::start(usize::MAX, "", "").await;
    let error = client(&org.address)
        .bulk_ingest()
        .upload(&open_job(None), file("Id\n").path(), None)
        .await;
    assert_eq!(error.unwrap_err().code(), "reply_lost");
    assert_eq!(org.requests(), 1);
}

#[tokio::test]
async fn an_upload_goes_to_the_org_alone() {
    let elsewhere = Org::start(|_| Answer::empty(201)).await;
    let org = Org::start(|_| Answer::empty(201)).await;
    let job = open_job(Some(&format!("{}/batches", elsewhere.address)));
    let error = client(&org.address)
        .bulk_ingest()
        .upload(&job, file("Id\n").path(), None)
        .await
        .unwrap_err();
    assert_eq!(error.code(), "invalid_address");
    assert_eq!(elsewhere.seen().len() + org.seen().len(), 0);
}

#[tokio::test]
async fn a_file_too_large_or_missing_is_not_sent() {
    let org = Org::start(|_| Answer::empty(201)).await;
    let client = client(&org.address);
    let large = tempfile::NamedTempFile::new().unwrap();
    large
        .as_file()
        .set_len(salesforce::LARGEST_UPLOAD_BYTES + 1)
        .unwrap();
    let error = client
        .bulk_ingest()
        .upload(&open_job(None), large.path(), None)
        .await
        .unwrap_err();
    assert_eq!(error.code(), "file_too_large");
    let missing = std::path::Path::new("/no/such/file.csv");
    let error = client
        .bulk_ingest()
        .upload(&open_job(None), missing, None)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::File { action: "read", .. }), "{error:?}");
    assert_eq!(org.seen().len(), 0);
}

/// A close whose answer came as a gateway's error page; the job's state then tells.
#[tokio::test]
async fn a_lost_close_asks_the_job_before_anything_else() {
    for (state, patches) in [("InProgress", 1), ("Open", 2)] {
        let org = Org::start(move |seen| match (seen.method.as_str(), seen.number) {
            ("PATCH", 1) => Answer::html(504),
            ("PATCH", _) => Answer::json(200, &job_json("UploadComplete")),
            _ => Answer::json(200, &job_json(state)),
        })
        .await;
        let job = client(&org.address).bulk_ingest().close(JOB_ID).await.unwrap();
        assert_ne!(job.state, JobState::Open);
        assert_eq!(
            (org.count("PATCH", &job_path()), org.count("GET", &job_path())),
            (patches, 1)
        );
    }
}

#[tokio::test]
async fn a_refused_state_is_told() {
    let org = Org::start(|_| {
        Answer::error(
            400,
            "INVALIDJOBSTATE",
            "Aborting already Completed Job not allowed",
        )
    })
    .await;
    let error = client(&org.address)
        .bulk_ingest()
        .abort(JOB_ID)
        .await
        .unwrap_err();
    assert_eq!(error.api_code(), Some("INVALIDJOBSTATE"));
    assert_eq!(org.seen().len(), 1);
}

#[tokio::test]
async fn waiting_can_be_cancelled_and_leaves_the_job_alone() {
    let org = Org::start(|_| Answer::json(200, &job_json("InProgress"))).await;
    let cancel = CancellationToken::new();
    let client = client(&org.address);
    let mut asked = 0;
    let outcome = client.bulk_ingest().wait(JOB_ID, &cancel, |_| {
        asked += 1;
        if asked == 3 {
            cancel.cancel();
        }
    });
    assert!(matches!(outcome.await, Err(Error::Cancelled)));
    assert!(org.seen().iter().all(|seen| seen.method == "GET"));
}

#[tokio::test]
async fn own_open_jobs_are_found_on_all_pages() {
    let org = Org::start(|seen| {
        let job = |number: usize, state: &str, owner: &str| {
            let mut job = job_json(state);
            job["id"] = format!("750{number:015}").into();
            job["createdById"] = owner.into();
            job
        };
        let mine = "005Hs00000abcde";
        if seen.query.contains_key("queryLocator") {
            Answer::json(200, &json!({ "done": true, "records": [job(4, "Open", mine)] }))
        } else {
            let records = [
                job(1, "Open", "005Hs00000abcdeIAA"),
                job(2, "JobComplete", mine),
                job(3, "Open", "005Hs00000zzzzz"),
            ];
            let next = "/services/data/v68.0/jobs/ingest?queryLocator=01gHs-1000";
            Answer::json(
                200,
                &json!({ "done": false, "records": records, "nextRecordsUrl": next }),
            )
        }
    })
    .await;
    let jobs = client(&org.address)
        .bulk_ingest()
        .open_jobs("005Hs00000abcdeIAA")
        .await
        .unwrap();
    let ids: Vec<_> = jobs
        .iter()
        .map(|job| job.id.trim_start_matches("7500000"))
        .collect();
    assert_eq!(ids, ["00000000001", "00000000004"]);
}

#[tokio::test]
async fn a_broken_download_begins_again() {
    let cut = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 900\r\nConnection: close\r\n\r\nLastName\n\"gar";
    let whole = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 15\r\nConnection: close\r\n\r\nLastName\n\"Doe\"\n";
    let org = CutOrg::start(2, cut, whole).await;
    let path = tempfile::NamedTempFile::new().unwrap();
    let client = client(&org.address);
    client
        .bulk_ingest()
        .download_results(JOB_ID, ResultSet::Unprocessed, path.path())
        .await
        .unwrap();
    assert_eq!(
        std::fs::read_to_string(path.path()).unwrap(),
        "LastName\n\"Doe\"\n"
    );
    assert_eq!(org.requests(), 3);
}

#[test]
fn result_rows_may_hold_line_breaks_and_quotes() {
    let successful = file(
        "\"sf__Id\",\"sf__Created\",Description,LastName\n\
        \"00Q1\",\"true\",\"two\nlines, \"\"quoted\"\"\",\"Doe\"\n\"00Q2\",\"false\",\"\",\"Roe\"\n",
    );
    let rows = ResultRows::open(successful.path()).unwrap();
    assert_eq!(rows.columns(), ["Description", "LastName"]);
    let rows = rows.collect::<Result<Vec<_>, _>>().unwrap();
    assert_eq!(rows[0].cells, ["two\nlines, \"quoted\"", "Doe"]);
    assert_eq!(
        (rows[0].id.as_deref(), rows[0].created),
        (Some("00Q1"), Some(true))
    );
    assert_eq!((rows[1].created, rows[1].error.as_ref()), (Some(false), None));

    let failed = file(
        "\"sf__Id\",\"sf__Error\",LastName\n\
        \"\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --\",\"\"\n",
    );
    let row = ResultRows::open(failed.path()).unwrap().next().unwrap().unwrap();
    let error = row.error.unwrap();
    assert_eq!(row.id, None);
    assert_eq!(error.code, "REQUIRED_FIELD_MISSING");
    assert_eq!(error.message, "Required fields are missing: [LastName]");
    assert_eq!(error.fields, ["LastName"]);

    assert_eq!(ResultRows::open(file("").path()).unwrap().count(), 0);
    let ragged = file("sf__Id,LastName\n\"00Q1\"\n");
    let error = ResultRows::open(ragged.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(error.code(), "csv");
}

#[test]
fn result_rows_are_read_on_from_the_byte_where_somebody_stopped() {
    let path = file(
        "\"sf__Id\",\"sf__Created\",LastName\n\"00Q1\",\"true\",\"two\nlines\"\n\"00Q2\",\"true\",\"Köhler\"\n\"00Q3\",\"true\",\"Roe\"\n",
    );
    let whole = ResultRows::open(path.path())
        .unwrap()
        .collect::<Result<Vec<_>, _>>()
        .unwrap();
    let mut rows = ResultRows::open_at(path.path(), 0).unwrap();
    for read in 0..=whole.len() {
        let rest = ResultRows::open_at(path.path(), rows.byte()).unwrap();
        assert_eq!(rest.columns(), ["LastName"]);
        let rest = rest.collect::<Result<Vec<_>, _>>().unwrap();
        assert_eq!(rest, whole[read..]);
        rows.next();
    }
}

#[test]
fn real_row_errors_are_read() {
    let parsed = |text: &str| {
        let error = RowError::parse(text);
        (error.code, error.message, error.fields.join(" "))
    };
    let owned =
        |code: &str, message: &str, fields: &str| (code.to_owned(), message.to_owned(), fields.to_owned());
    assert_eq!(
        parsed("DUPLICATES_DETECTED:Use one of these records?:--"),
        owned("DUPLICATES_DETECTED", "Use one of these records?", "")
    );
    assert_eq!(
        parsed("INVALID_FIELD:Foreign key external ID: c9 not found for field X__c in entity Account:--"),
        owned(
            "INVALID_FIELD",
            "Foreign key external ID: c9 not found for field X__c in entity Account",
            ""
        )
    );
    assert_eq!(
        parsed("INVALID_EMAIL_ADDRESS:Email: bad: a b:Email Fax --"),
        owned("INVALID_EMAIL_ADDRESS", "Email: bad: a b", "Email Fax")
    );
    assert_eq!(parsed("API_ERROR:no ending"), owned("API_ERROR", "no ending", ""));
    assert_eq!(
        parsed("something else: entirely"),
        owned("", "something else: entirely", "")
    );
}

proptest! {
    #[test]
    fn every_row_error_comes_back(
        code in "[A-Z][A-Z0-9_]{0,30}",
        message in "(?s).{0,60}",
        fields in proptest::collection::vec("[A-Za-z][A-Za-z0-9_]{0,20}", 0..4),
    ) {
        let listed = fields.iter().fold(String::new(), |list, field| list + field + " ");
        let text = format!("{code}:{message}:{listed}--");
        prop_assert_eq!(RowError::parse(&text), RowError { code, message, fields });
    }

    #[test]
    fn no_text_is_lost_or_breaks_the_reader(text in "(?s).{0,80}") {
        let error = RowError::parse(&text);
        prop_assert!(text.contains(&error.message));
    }
}
