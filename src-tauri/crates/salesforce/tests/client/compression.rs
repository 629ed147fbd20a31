//! Compressed bodies (REST API Developer Guide, "Use Compression"). That ingest uploads may be compressed is nowhere
//! documented, so it is tried and taken back.

use std::io::Write as _;

use salesforce::{CollectionOptions, JobInfo, Record};
use serde_json::json;

use crate::support::{Answer, JOB_ID, Org, RECORD_ID, client, record};

fn records(text: &str) -> Vec<Record> {
    vec![record(json!({ "LastName": text }))]
}

fn saved() -> Answer {
    Answer::json(200, &json!([{ "id": RECORD_ID, "success": true, "errors": [] }]))
}

#[tokio::test]
async fn long_bodies_are_compressed_and_short_ones_are_not() {
    let org = Org::start(|_| saved()).await;
    let client = client(&org.address);
    let options = CollectionOptions::default();
    let long = "Nobody ".repeat(300);
    for text in ["Short", &long] {
        client
            .create_many("Lead", &records(text), &options)
            .await
            .unwrap();
    }
    let seen = org.seen();
    assert_eq!(seen[0].header("content-encoding"), "");
    assert_eq!(seen[1].header("content-encoding"), "gzip");
    assert_eq!(seen[1].header("content-type"), "application/json; charset=UTF-8");
    assert!(seen[1].header("content-length").parse::<usize>().unwrap() < 300);
    assert_eq!(seen[1].json()["records"][0]["LastName"], long);
}

#[tokio::test]
async fn an_org_that_takes_no_compressed_bodies_gets_plain_ones() {
    let org = Org::start(|seen| {
        if seen.header("content-encoding").is_empty() {
            saved()
        } else {
            Answer::empty(415)
        }
    })
    .await;
    let client = client(&org.address);
    let options = CollectionOptions::default();
    let long = "Nobody ".repeat(300);
    for _ in 0..2 {
        client
            .create_many("Lead", &records(&long), &options)
            .await
            .unwrap();
    }
    let encodings: Vec<String> = org
        .seen()
        .iter()
        .map(|seen| seen.header("content-encoding").to_owned())
        .collect();
    assert_eq!(encodings, ["gzip", "", ""]);
    // 415 for another reason is an error as ever.
    let org = Org::start(|_| Answer::error(415, "UNSUPPORTED_MEDIA_TYPE", "no")).await;
    let client = crate::support::client(&org.address);
    let error = client
        .create_many("Lead", &records(&long), &options)
        .await
        .unwrap_err();
    assert_eq!(error.api_code(), Some("UNSUPPORTED_MEDIA_TYPE"));
    assert_eq!(org.seen().len(), 2);
}

#[tokio::test]
async fn an_upload_may_be_tried_compressed() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let content = "LastName\n".to_owned() + &"Nobody\n".repeat(50_000);
    file.write_all(content.as_bytes()).unwrap();
    let job: JobInfo = serde_json::from_value(json!({ "id": JOB_ID, "state": "Open" })).unwrap();
    for (refusal, requests) in [(None, 1), (Some(400), 2), (Some(415), 2)] {
        let org = Org::start(move |seen| match refusal {
            Some(status) if !seen.header("content-encoding").is_empty() => Answer::empty(status),
            _ => Answer::empty(201),
        })
        .await;
        let client = client(&org.address);
        let taken = client
            .bulk_ingest()
            .upload_compressed(&job, file.path(), None)
            .await;
        assert_eq!(taken.unwrap(), refusal.is_none());
        let seen = org.seen();
        assert_eq!(seen.len(), requests);
        assert!(seen.iter().all(|one| one.body == content));
    }
    // A lost answer is never followed by a second upload: the content may have been taken.
    let org = crate::support::CutOrg::start(usize::MAX, "", "").await;
    let client = client(&org.address);
    let taken = client
        .bulk_ingest()
        .upload_compressed(&job, file.path(), None)
        .await;
    assert_eq!((taken.unwrap_err().code(), org.requests()), ("reply_lost", 1));
}
