//! Connections that are cut, replies that are lost, answers that come late or changed.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{always, body_of, csv_rows, one, raw, raw_get};
use crate::troubled::Caller;

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_reply_has_been_acted_upon_and_a_cut_before_acting_has_not() {
    for (what, written) in [("lost_reply", 1), ("cut_before_acting", 0)] {
        let caller = Caller::with(one(
            json!({ "family": "record" }),
            json!({ "first": 1 }),
            json!(what),
        ))
        .await;
        let before = caller.count("Account");
        let account = json!({ "Name": "Cut" });
        let cut = caller.post("sobjects/Account", &account).send().await;
        assert!(
            cut.is_err(),
            "{what}: the connection closes without an answer, got {cut:?}"
        );
        assert_eq!(caller.count("Account"), before + written, "{what}");
        assert_eq!(caller.org.calls().last().map(|call| call.status), Some(0));
        assert_eq!(caller.happened(0), 1);
        let again = caller
            .post("sobjects/Account", &account)
            .send()
            .await
            .expect("an answer");
        assert_eq!(again.status(), StatusCode::CREATED);
        let nothing = raw(
            &caller,
            "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        )
        .await;
        assert!(nothing.starts_with(b"HTTP/1.1 404"), "another call is answered");
        caller.org.shutdown().await;
    }
    let caller = Caller::with(always("limits", json!("lost_reply"))).await;
    let request = raw_get(&caller, "limits", "");
    assert_eq!(raw(&caller, &request).await, b"", "not a byte arrives");
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_of_every_writing_family_can_be_lost() {
    let lost =
        |path: &str| json!({ "which": { "path": path }, "when": { "first": 1 }, "what": "lost_reply" });
    let paths = [
        "*/composite/sobjects",
        "*/jobs/ingest",
        "*/jobs/ingest/*/batches",
        "*/jobs/ingest/750*",
    ];
    let caller = Caller::with(json!({ "calls": paths.map(lost) })).await;
    let lead = json!({ "attributes": { "type": "Lead" }, "LastName": "Lost", "Company": "X" });
    let before = caller.count("Lead");
    let sent = caller.post(
        "composite/sobjects",
        &json!({ "allOrNone": false, "records": vec![lead; 5] }),
    );
    assert!(sent.send().await.is_err());
    assert_eq!(caller.count("Lead"), before + 5);
    let job = json!({ "object": "Lead", "operation": "insert" });
    assert!(caller.post("jobs/ingest", &job).send().await.is_err());
    let listed = caller.info("jobs/ingest").await;
    let id = listed["records"][0]["id"]
        .as_str()
        .expect("the job was made")
        .to_owned();
    let upload = || {
        let request = caller.request(Method::PUT, &format!("jobs/ingest/{id}/batches"));
        request
            .header("Content-Type", "text/csv")
            .body("LastName,Company\nPut,X\n")
    };
    assert!(upload().send().await.is_err());
    let second = upload().send().await.expect("an answer");
    assert_eq!(
        second.status(),
        StatusCode::BAD_REQUEST,
        "the first upload is there"
    );
    // The pattern of the jobs covers uploads too and has been spent on one.
    let close = || {
        let request = caller.request(Method::PATCH, &format!("jobs/ingest/{id}"));
        request.json(&json!({ "state": "UploadComplete" }))
    };
    caller
        .trouble(
            Method::POST,
            one(
                json!({ "family": "ingest_close" }),
                json!({ "first": 1 }),
                json!("lost_reply"),
            ),
        )
        .await;
    assert!(close().send().await.is_err());
    let (info, _) = caller.ended(&format!("jobs/ingest/{id}")).await;
    assert_eq!(
        (&info["state"], &info["numberRecordsProcessed"]),
        (&json!("JobComplete"), &json!(1))
    );
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_is_cut_at_its_byte_plain_and_compressed() {
    let path = "query?q=SELECT+Id,Name+FROM+Contact";
    for after_bytes in [0, 1, 777, 5000] {
        let caller = Caller::with(always(
            "query",
            json!({ "cut_reply": { "after_bytes": after_bytes } }),
        ))
        .await;
        let answer = raw(&caller, &raw_get(&caller, path, "")).await;
        let body = body_of(&answer);
        assert_eq!(body.len(), after_bytes, "{}", String::from_utf8_lossy(&answer));
        let head = String::from_utf8_lossy(&answer).to_ascii_lowercase();
        assert!(
            head.starts_with("http/1.1 200") && head.contains("content-length: "),
            "{head}"
        );
        assert_eq!(caller.happened(0), 1);
        let plain = caller
            .get(path)
            .header("Accept-Encoding", "identity")
            .send()
            .await
            .expect("a head");
        assert!(
            plain.bytes().await.is_err(),
            "the client sees that bytes are missing"
        );
        caller.org.shutdown().await;
    }
    let caller = Caller::with(always("query", json!({ "cut_reply": { "after_bytes": 300 } }))).await;
    let answer = raw(&caller, &raw_get(&caller, path, "Accept-Encoding: gzip\r\n")).await;
    let mut rest = body_of(&answer);
    let mut arrived = Vec::new();
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).expect("a size");
        let size = usize::from_str_radix(size, 16).expect("a size in hexadecimal digits");
        arrived.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 2 + size + 2..];
    }
    assert_eq!(arrived.len(), 300, "bytes are counted as they are sent");
    assert_eq!(arrived[..2], [0x1F, 0x8B], "and it was gzip");
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_download_is_cut_at_its_byte_and_a_short_one_is_not() {
    let cut = json!({ "cut_reply": { "after_bytes": 40_000 } });
    let caller = Caller::with(always("query_job_results", cut)).await;
    let id = caller
        .query_job(
            "SELECT Id, Name, Email, Phone, MailingStreet, MailingCity, Title, Description FROM Contact",
        )
        .await;
    caller.ended(&format!("jobs/query/{id}")).await;
    let path = format!("jobs/query/{id}/results?maxRecords=2");
    let whole = caller
        .answer(&path)
        .await
        .text()
        .await
        .expect("a short page arrives");
    assert_eq!(whole.lines().count(), 3);
    assert_eq!(caller.happened(0), 0, "a cut that never came is not counted");
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_cut_and_nothing_is_kept_of_it() {
    let cut = json!({ "cut_upload": { "after_bytes": 100_000 } });
    let caller = Caller::with(one(
        json!({ "family": "ingest_upload" }),
        json!({ "first": 1 }),
        cut,
    ))
    .await;
    let body = json!({ "object": "Lead", "operation": "insert" });
    let job = caller.post("jobs/ingest", &body).send().await.expect("a job");
    let job: Value = job.json().await.expect("job info");
    let path = format!("jobs/ingest/{}/batches", job["id"].as_str().expect("an id"));
    let rows = format!("LastName,Company\n{}", "Somebody,Somewhere\n".repeat(50_000));
    let upload = || {
        let request = caller
            .request(Method::PUT, &path)
            .header("Content-Type", "text/csv");
        request.body(rows.clone()).send()
    };
    assert!(upload().await.is_err());
    assert_eq!(caller.happened(0), 1);
    assert_eq!(
        upload().await.expect("an answer").status(),
        StatusCode::CREATED,
        "the job is still empty"
    );
    let cut = always("collections", json!({ "cut_upload": { "after_bytes": 50 } }));
    caller.trouble(Method::POST, cut).await;
    let before = caller.count("Lead");
    let lead = json!({ "attributes": { "type": "Lead" }, "LastName": "Never", "Company": "X" });
    let sent = caller.post("composite/sobjects", &json!({ "records": vec![lead; 5] }));
    assert!(sent.send().await.is_err());
    assert_eq!((caller.count("Lead"), caller.happened(1)), (before, 1));
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_answers_arrive_whole() {
    let trouble = json!({ "calls": [
        { "which": { "family": "query" }, "what": { "trickle": { "bytes": 500, "milliseconds": 1 } } },
        { "which": { "family": "limits" }, "what": { "slow_start": { "milliseconds": 5 } } },
        { "which": { "family": "limits" }, "what": { "slow_reply": { "milliseconds": 5 } } },
    ] });
    let caller = Caller::with(trouble).await;
    let found: Value = caller
        .answer("query?q=SELECT+Id+FROM+Contact")
        .await
        .json()
        .await
        .expect("a result");
    assert_eq!(found["records"].as_array().map(Vec::len), Some(120));
    assert_eq!(caller.answer("limits").await.status(), StatusCode::OK);
    assert_eq!([0, 1, 2].map(|position| caller.happened(position)), [1, 1, 1]);
    // A rest does not keep the org from stopping.
    caller
        .trouble(
            Method::POST,
            always("versions", json!({ "slow_start": { "milliseconds": 3_600_000 } })),
        )
        .await;
    let url = caller.url("services/data");
    let waiting = tokio::spawn(caller.client.get(url).send());
    while caller.happened(3) == 0 {
        tokio::task::yield_now().await;
    }
    caller.org.shutdown().await;
    assert_eq!(
        waiting.await.expect("a task").expect("an answer").status(),
        StatusCode::OK
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_stripped_headers_and_nul_bytes() {
    let trouble = json!({ "calls": [
        { "which": { "family": "limits" }, "what": { "redirect": { "to": "http://localhost:9/elsewhere" } } },
        { "which": { "family": "describe_global" }, "what": { "strip_headers": {} } },
        { "which": { "family": "query_job_results" }, "what": { "strip_headers": { "names": ["Sforce-Locator"] } } },
        { "which": { "family": "query_job_results" }, "what": { "nul_bytes": { "every_rows": 3 } } },
    ] });
    let caller = Caller::with(trouble).await;
    let redirect = caller.answer("limits").await;
    assert_eq!(redirect.status(), StatusCode::FOUND);
    assert_eq!(redirect.headers()["location"], "http://localhost:9/elsewhere");
    let stripped = caller.answer("sobjects").await;
    assert!(
        stripped
            .headers()
            .keys()
            .all(|name| !name.as_str().starts_with("sforce-"))
    );
    let id = caller.query_job("SELECT Name, Id FROM Lead LIMIT 10").await;
    caller.ended(&format!("jobs/query/{id}")).await;
    let page = caller.answer(&format!("jobs/query/{id}/results")).await;
    assert!(page.headers().get("sforce-locator").is_none());
    assert!(page.headers().contains_key("sforce-numberofrecords"));
    let text = page.text().await.expect("a text");
    assert_eq!(text.matches('\0').count(), 3);
    assert_eq!(caller.happened(3), 3);
    let clean = text.replace('\0', "");
    assert_eq!(clean.lines().next(), Some("\"Name\",\"Id\""));
    assert_eq!(csv_rows(&clean), 10);
    caller.org.shutdown().await;
}
