//! Each kind of trouble, as a client meets it, and that the org knows how often it happened. Through HTTP only.
#![allow(clippy::expect_used, reason = "a test says what it relies on")]
#![allow(
    clippy::needless_pass_by_value,
    reason = "JSON values are written where they are given away"
)]

mod troubled;

use std::io::Read;

use demo_org::Trouble;
use proptest::prelude::*;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use troubled::Caller;

fn one(which: Value, when: Value, what: Value) -> Value {
    json!({ "calls": [{ "which": which, "when": when, "what": what }] })
}

fn always(family: &str, what: Value) -> Value {
    one(json!({ "family": family }), json!("always"), what)
}

/// Everything that comes over a plain connection after this request, until it closes.
async fn raw(caller: &Caller, request: &str) -> Vec<u8> {
    let address = caller.org.instance_url();
    let address = address.strip_prefix("http://").expect("plain HTTP");
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut bytes = Vec::new();
    // A connection that is closed with unread data ends in a reset; what came before counts.
    drop(stream.read_to_end(&mut bytes).await);
    bytes
}

fn raw_get(caller: &Caller, path: &str, headers: &str) -> String {
    let token = caller.org.access_token();
    format!(
        "GET /services/data/v60.0/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n{headers}\r\n"
    )
}

fn body_of(answer: &[u8]) -> &[u8] {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n");
    &answer[end.expect("a head") + 4..]
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_in_the_orgs_place_have_the_documented_shapes() {
    let error = |code: &str| Some(code.to_owned());
    let cases = [
        (
            json!("policy_refusal"),
            401,
            error("INVALID_SESSION_ID"),
            "This session is not valid for use with the REST API",
        ),
        (
            json!("daily_limit"),
            403,
            error("REQUEST_LIMIT_EXCEEDED"),
            "TotalRequests Limit exceeded.",
        ),
        (
            json!("concurrent_limit"),
            403,
            error("REQUEST_LIMIT_EXCEEDED"),
            "ConcurrentRequests (Concurrent API Requests) Limit exceeded.",
        ),
        (
            json!("unknown_exception"),
            500,
            error("UNKNOWN_EXCEPTION"),
            "ErrorId",
        ),
        (json!({ "status": 503 }), 503, None, "<html>"),
        (json!({ "status": 420 }), 420, None, "<html>"),
        (json!({ "status": 502 }), 502, None, "<html>"),
        (json!({ "status": 504 }), 504, None, "<html>"),
        (json!({ "status": 406 }), 406, None, ""),
        (json!({ "status": 429 }), 429, None, ""),
        (
            json!({ "refusal": { "status": 400, "code": "TXN_SECURITY_METERING_ERROR", "message": "Too slow" } }),
            400,
            error("TXN_SECURITY_METERING_ERROR"),
            "Too slow",
        ),
        (json!("results_not_found"), 404, error("NOT_FOUND"), ""),
        (json!("results_not_ready"), 400, error("INVALIDJOBSTATE"), ""),
        (json!("bad_oauth_token"), 403, None, "Bad_OAuth_Token"),
    ];
    for (what, status, code, words) in cases {
        let caller = Caller::with(always("describe_global", what.clone())).await;
        let answer = caller.answer("sobjects").await;
        assert_eq!(answer.status().as_u16(), status, "{what}");
        let is_html = answer
            .headers()
            .get("content-type")
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        assert_eq!(is_html, words == "<html>", "{what}");
        let text = answer.text().await.expect("a text");
        assert!(text.contains(words), "{what}: {text}");
        if let Some(code) = code {
            let errors: Value = serde_json::from_str(&text).expect("an error list");
            assert_eq!(errors[0]["errorCode"], code, "{what}");
        }
        if status == 406 || status == 429 {
            assert_eq!(text, "", "{what}");
        }
        assert_eq!(caller.happened(0), 1);
        assert_eq!(
            caller.answer("limits").await.status(),
            StatusCode::OK,
            "another call is left alone"
        );
        caller.org.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_chooses_calls_by_number_by_path_and_by_method() {
    for (when, expected) in [
        (json!("always"), [503, 503, 503, 503, 503, 503]),
        (json!({ "first": 2 }), [503, 503, 200, 200, 200, 200]),
        (json!({ "nth": 3 }), [200, 200, 503, 200, 200, 200]),
        (json!({ "every": 2 }), [200, 503, 200, 503, 200, 503]),
        (json!({ "from": 5 }), [200, 200, 200, 200, 503, 503]),
    ] {
        let caller = Caller::with(one(
            json!({ "path": "*/limits", "method": "get" }),
            when.clone(),
            json!({ "status": 503 }),
        ))
        .await;
        assert_eq!(caller.answer("sobjects").await.status(), StatusCode::OK);
        let mut statuses = Vec::new();
        for _ in 0..6 {
            statuses.push(caller.answer("limits").await.status().as_u16());
        }
        assert_eq!(statuses, expected, "{when}");
        let happened = expected.iter().filter(|status| **status == 503).count() as u64;
        let report = caller.org.trouble_report();
        assert_eq!((report.calls[0].counted, report.calls[0].happened), (6, happened));
        caller.org.shutdown().await;
    }
    let trouble = json!({ "calls": [
        { "which": { "family": "describe" }, "each_path": true, "when": { "first": 1 }, "what": { "status": 502 } },
    ] });
    let caller = Caller::with(trouble).await;
    let mut statuses = Vec::new();
    for object in ["Lead", "Contact", "Lead", "Contact"] {
        let answer = caller.answer(&format!("sobjects/{object}/describe")).await;
        statuses.push(answer.status().as_u16());
    }
    assert_eq!(statuses, [502, 502, 200, 200], "each path is counted by itself");
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_control_endpoint_adds_shows_and_clears() {
    let caller = Caller::with(json!({})).await;
    let trouble = json!({
        "rotates_refresh_tokens": true,
        "calls": [{ "which": { "family": "limits" }, "when": { "first": 2 }, "what": { "status": 503 } }],
        "jobs": [{ "what": { "stays_in_progress": { "polls": 2 } } }],
        "row_locks": [{ "fraction": 1.0 }],
    });
    let (status, added) = caller.trouble(Method::POST, trouble).await;
    assert_eq!((status, added), (StatusCode::OK, json!({ "added": [1, 2, 3] })));
    assert_eq!(
        caller.answer("limits").await.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
    let (_, shown) = caller.trouble(Method::GET, Value::Null).await;
    let call = &shown["calls"][0];
    assert_eq!(
        (&call["counted"], &call["happened"], &call["left"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(shown["rotates_refresh_tokens"], true);
    assert_eq!(
        caller.trouble(Method::DELETE, Value::Null).await.0,
        StatusCode::NO_CONTENT
    );
    let (_, shown) = caller.trouble(Method::GET, Value::Null).await;
    assert_eq!(
        shown,
        json!({ "holds_jobs": false, "rotates_refresh_tokens": false, "calls": [], "jobs": [], "row_locks": [] })
    );
    assert_eq!(caller.answer("limits").await.status(), StatusCode::OK);
    let (status, refused) = caller
        .trouble(Method::POST, json!({ "calls": [{ "what": "earthquake" }] }))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let why = refused["error"].as_str().expect("a sentence");
    assert!(
        why.contains("earthquake") && why.contains("calls[0].what") && why.contains("line 1"),
        "{why}"
    );
    let unguarded = caller
        .client
        .get(caller.url("demo/trouble"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(unguarded.status(), StatusCode::FORBIDDEN);
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_expire_in_mid_run() {
    let caller = Caller::with(one(
        json!({ "family": "data" }),
        json!({ "nth": 3 }),
        json!("sessions_expire"),
    ))
    .await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(caller.answer("limits").await.status().as_u16());
    }
    assert_eq!(statuses, [200, 200, 401, 401]);
    let identity = caller
        .client
        .get(caller.url("services/oauth2/userinfo"))
        .bearer_auth(caller.org.access_token());
    let identity = identity.send().await.expect("an answer");
    assert_eq!(identity.status(), StatusCode::FORBIDDEN);
    assert_eq!(identity.text().await.expect("a word"), "Bad_OAuth_Token");
    assert_eq!(caller.happened(0), 1);
    caller.org.shutdown().await;
}

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

fn csv_rows(text: &str) -> usize {
    text.trim_end().lines().count() - 1
}

fn leads(count: u32) -> String {
    let rows: Vec<String> = (0..count).map(|row| format!("Row {row},Company\n")).collect();
    format!("LastName,Company\n{}", rows.concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_fail_with_each_documented_reason_and_leave_rows_unprocessed() {
    let cases = [
        (
            json!("line_ending"),
            "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF",
        ),
        (
            json!("field_name_not_found"),
            "InvalidBatch : Field name not found : LastName",
        ),
        (json!("too_many_lock_failure"), "TooManyLockFailure : "),
        (json!("exceeded_quota"), "ExceededQuota : "),
        (json!("internal_server_error"), "InternalServerError : "),
        (
            json!({ "text": "InvalidBatch : Something else" }),
            "InvalidBatch : Something else",
        ),
    ];
    for (reason, words) in cases {
        let what = json!({ "fails": { "reason": reason, "after_rows": 250 } });
        let caller = Caller::with(
            json!({ "jobs": [{ "which": { "kind": "ingest", "object": "lead" }, "what": what }] }),
        )
        .await;
        let before = caller.count("Lead");
        let id = caller.ingest("Lead", leads(600)).await;
        let (info, _) = caller.ended(&format!("jobs/ingest/{id}")).await;
        assert_eq!(
            (&info["state"], &info["numberRecordsProcessed"]),
            (&json!("Failed"), &json!(250))
        );
        assert!(
            info["errorMessage"]
                .as_str()
                .is_some_and(|text| text.starts_with(words)),
            "{info}"
        );
        let mut rows = Vec::new();
        for kind in ["successfulResults", "failedResults", "unprocessedrecords"] {
            let text = caller
                .answer(&format!("jobs/ingest/{id}/{kind}"))
                .await
                .text()
                .await
                .expect("a text");
            rows.push(csv_rows(&text));
        }
        assert_eq!(rows, [250, 0, 350]);
        assert_eq!(caller.count("Lead"), before + 250);
        assert_eq!(caller.org.trouble_report().jobs[0].happened, 1);
        caller.org.shutdown().await;
    }
    let trouble = json!({ "jobs": [
        { "which": { "kind": "query" }, "when": { "first": 1 }, "what": { "fails": { "reason": "unsaid" } } },
        { "which": { "kind": "query" }, "when": { "nth": 2 }, "what": { "fails": { "reason": "exceeded_quota" } } },
    ] });
    let caller = Caller::with(trouble).await;
    for (state, message) in [
        ("Failed", Value::Null),
        ("Failed", json!("ExceededQuota : ApiBatchItems Limit exceeded.")),
        ("JobComplete", Value::Null),
    ] {
        let id = caller.query_job("SELECT Id FROM Lead").await;
        let (info, _) = caller.ended(&format!("jobs/query/{id}")).await;
        assert_eq!((&info["state"], &info["errorMessage"]), (&json!(state), &message));
    }
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_stay_in_progress_for_so_many_questions() {
    let caller = Caller::with(json!({ "jobs": [{ "what": { "stays_in_progress": { "polls": 5 } } }] })).await;
    let id = caller.ingest("Lead", leads(3)).await;
    let (info, polls) = caller.ended(&format!("jobs/ingest/{id}")).await;
    assert_eq!(info["numberRecordsProcessed"], 3);
    assert!(polls > 5, "{polls}");
    let id = caller.query_job("SELECT Id FROM Lead").await;
    let (info, polls) = caller.ended(&format!("jobs/query/{id}")).await;
    assert_eq!(info["state"], "JobComplete");
    assert!(polls > 5, "{polls}");
    let early = caller.query_job("SELECT Id FROM Lead").await;
    while caller.info(&format!("jobs/query/{early}")).await["numberRecordsProcessed"] == 0 {
        tokio::task::yield_now().await;
    }
    let results = caller.answer(&format!("jobs/query/{early}/results")).await;
    assert_eq!(
        results.status(),
        StatusCode::BAD_REQUEST,
        "results wait for the end"
    );
    caller.org.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_of_rows_is_locked_for_its_first_tries_however_it_is_written() {
    let caller =
        Caller::with(json!({ "row_locks": [{ "object": "Lead", "fraction": 0.25, "tries": 2, "seed": 9 }] }))
            .await;
    let before = caller.count("Lead");
    let record = |row: u32| json!({ "attributes": { "type": "Lead" }, "LastName": format!("Row {row}"), "Company": "Company" });
    let mut left: Vec<u32> = (0..200).collect();
    let mut refused_rows = Vec::new();
    while !left.is_empty() {
        let records: Vec<Value> = left.iter().map(|row| record(*row)).collect();
        let answer = caller.post(
            "composite/sobjects",
            &json!({ "allOrNone": false, "records": records }),
        );
        let results: Vec<Value> = answer
            .send()
            .await
            .expect("an answer")
            .json()
            .await
            .expect("results");
        left = left
            .into_iter()
            .zip(results)
            .filter(|(_, result)| result["success"] == false)
            .map(|(row, result)| {
                assert_eq!(result["errors"][0]["statusCode"], "UNABLE_TO_LOCK_ROW");
                row
            })
            .collect();
        refused_rows.push(left.len());
    }
    assert_eq!(refused_rows.len(), 3, "two tries are refused: {refused_rows:?}");
    assert_eq!(refused_rows[0], refused_rows[1]);
    assert!(
        (20..=80).contains(&refused_rows[0]),
        "about a quarter: {refused_rows:?}"
    );
    assert_eq!(caller.count("Lead"), before + 200);
    assert_eq!(
        caller.org.trouble_report().row_locks[0].happened,
        2 * refused_rows[0] as u64
    );

    let everything = json!({ "row_locks": [{ "object": "Account", "fraction": 1.0, "tries": 1 }] });
    caller.trouble(Method::POST, everything).await;
    let account = json!({ "Name": "Locked" });
    let mut statuses = Vec::new();
    for _ in 0..2 {
        let answer = caller
            .post("sobjects/Account", &account)
            .send()
            .await
            .expect("an answer");
        statuses.push(answer.status().as_u16());
    }
    assert_eq!(statuses, [400, 201], "a record alone");
    let id = caller.ingest("Account", "Name\nIn a job\n".to_owned()).await;
    let (info, _) = caller.ended(&format!("jobs/ingest/{id}")).await;
    assert_eq!(info["numberRecordsFailed"], 1, "a row of a job");
    let text = caller
        .answer(&format!("jobs/ingest/{id}/failedResults"))
        .await
        .text()
        .await
        .expect("a text");
    assert!(
        text.contains("UNABLE_TO_LOCK_ROW:unable to obtain exclusive access"),
        "{text}"
    );
    caller.org.shutdown().await;
}

#[test]
fn every_example_of_the_document_is_read() {
    let mut text = String::new();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/TROUBLE.md");
    let mut file = std::fs::File::open(path).expect("the document");
    file.read_to_string(&mut text).expect("a text");
    let examples: Vec<&str> = text
        .split("```json\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert!(examples.len() > 10, "{}", examples.len());
    for example in examples {
        example
            .parse::<Trouble>()
            .unwrap_or_else(|error| panic!("{error}\n{example}"));
    }
}

#[test]
fn a_refused_file_says_where_and_why() {
    for (text, parts) in [
        ("{", vec!["line 1"]),
        ("[]", vec!["the top"]),
        (
            "{ \"holds_everything\": true }",
            vec!["holds_everything", "holds_jobs"],
        ),
        (
            "{\n \"calls\": [ { \"what\": { \"status\": 200 } } ]\n}",
            vec!["200", "calls[0].what", "line 2"],
        ),
        (
            "{ \"calls\": [ { \"when\": { \"nth\": 0 }, \"what\": \"lost_reply\" } ] }",
            vec!["nonzero", "calls[0].when"],
        ),
        ("{ \"calls\": [ { } ] }", vec!["what", "calls[0]"]),
        (
            "{ \"row_locks\": [ { \"fraction\": 1.5 } ] }",
            vec!["1.5", "row_locks[0].fraction"],
        ),
        (
            "{ \"jobs\": [ { \"what\": { \"fails\": { \"reason\": \"boredom\" } } } ] }",
            vec!["boredom", "jobs[0]"],
        ),
        ("{} {}", vec!["trailing"]),
    ] {
        let why = text.parse::<Trouble>().expect_err(text).to_string();
        for part in parts {
            assert!(why.contains(part), "{text}: {why}");
        }
    }
}

fn when() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("always")),
        (
            prop::sample::select(vec!["first", "nth", "every", "from"]),
            1_u64..1000
        )
            .prop_map(|(name, number)| json!({ name: number })),
    ]
}

fn happening() -> impl Strategy<Value = Value> {
    let plain = [
        "sessions_expire",
        "grants_end",
        "policy_refusal",
        "bad_oauth_token",
        "daily_limit",
        "concurrent_limit",
        "unknown_exception",
        "results_not_found",
        "results_not_ready",
        "cut_before_acting",
        "lost_reply",
    ];
    prop_oneof![
        prop::sample::select(plain.to_vec()).prop_map(|name| json!(name)),
        (400_u16..600).prop_map(|status| json!({ "status": status })),
        (
            any::<u64>(),
            prop::sample::select(vec!["cut_reply", "cut_upload"])
        )
            .prop_map(|(bytes, name)| json!({ name: { "after_bytes": bytes } })),
        (
            any::<u64>(),
            prop::sample::select(vec!["slow_start", "slow_reply"])
        )
            .prop_map(|(time, name)| json!({ name: { "milliseconds": time } })),
        (any::<u32>(), any::<u64>())
            .prop_map(|(bytes, time)| json!({ "trickle": { "bytes": bytes, "milliseconds": time } })),
        any::<String>().prop_map(|to| json!({ "redirect": { "to": to } })),
        prop::collection::vec(any::<String>(), 0..3)
            .prop_map(|names| json!({ "strip_headers": { "names": names } })),
        (any::<String>(), any::<String>())
            .prop_map(|(error, why)| json!({ "oauth_refusal": { "error": error, "description": why } })),
    ]
}

fn document() -> impl Strategy<Value = Value> {
    let family = prop::sample::select(vec![
        "any",
        "data",
        "query",
        "query_more",
        "ingest_upload",
        "token",
        "record",
    ]);
    let call = (
        family,
        prop::option::of(any::<String>()),
        when(),
        any::<bool>(),
        happening(),
    )
        .prop_map(|(family, path, when, each_path, what)| {
            let mut which = json!({ "family": family });
            if let Some(path) = path {
                which["path"] = json!(path);
            }
            json!({ "which": which, "when": when, "each_path": each_path, "what": what })
        });
    let lock = (0_u32..=1024, any::<u32>(), any::<u64>())
        .prop_map(|(share, tries, seed)| (f64::from(share) / 1024.0, tries, seed))
        .prop_map(|(fraction, tries, seed)| json!({ "fraction": fraction, "tries": tries, "seed": seed }));
    (any::<bool>(), prop::collection::vec(call, 0..5), prop::collection::vec(lock, 0..3)).prop_map(
        |(holds, calls, row_locks)| {
            json!({ "holds_jobs": holds, "rotates_refresh_tokens": false, "calls": calls, "jobs": [], "row_locks": row_locks })
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_unchanged(document in document()) {
        let trouble: Trouble = document.to_string().parse().expect("a document of the format");
        prop_assert_eq!(serde_json::to_value(&trouble).expect("JSON"), document);
    }

    #[test]
    fn a_document_with_one_foreign_member_is_refused_by_name(document in document(), name in "[a-z]{12}") {
        let mut document = document;
        document[&name] = json!(1);
        let why = document.to_string().parse::<Trouble>().expect_err("a foreign member").to_string();
        prop_assert!(why.contains(&name), "{}", why);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>()) {
        if let Err(error) = text.parse::<Trouble>() {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
