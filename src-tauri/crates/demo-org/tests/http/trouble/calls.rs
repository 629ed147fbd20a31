//! Which calls are troubled, and the answers in the org's place.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{always, one};
use crate::troubled::Caller;

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
