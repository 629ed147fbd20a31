//! What HTTP itself promises: methods, HEAD, preconditions, versions, lengths, kinds of content, layout, usage.

use crate::caller::{Caller, answer, send};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

fn header<'answer>(response: &'answer Response, name: &str) -> &'answer str {
    let value = response
        .headers()
        .get(name)
        .unwrap_or_else(|| panic!("no {name}"));
    value.to_str().expect("a text")
}

async fn first(caller: &Caller, object: &str) -> String {
    let found = caller.query(&format!("SELECT Id FROM {object} LIMIT 1")).await;
    format!("sobjects/{object}/{}", found[0]["Id"].as_str().expect("an id"))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_get_is_a_head_and_other_methods_are_named() {
    let caller = Caller::new().await;
    let row = first(&caller, "Account").await;
    for path in [
        "sobjects",
        "sobjects/Account",
        "sobjects/Account/describe",
        "limits",
        "",
        &row,
    ] {
        let got = send(caller.request(Method::GET, path)).await;
        let head = send(caller.request(Method::HEAD, path)).await;
        assert_eq!(
            (got.status(), head.status()),
            (StatusCode::OK, StatusCode::OK),
            "{path}"
        );
        assert_eq!(head.text().await.expect("a text"), "");
    }
    for (method, path, allowed) in [
        (Method::PUT, "sobjects/Account", "HEAD,GET,POST"),
        (Method::POST, row.as_str(), "HEAD,GET,PATCH,DELETE"),
        (Method::DELETE, "limits", "HEAD,GET"),
        (Method::GET, "composite/graph", "POST"),
    ] {
        let response = send(caller.request(method.clone(), path)).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(header(&response, "allow"), allowed);
        let body: Value = response.json().await.expect("errors");
        let message = format!("HTTP Method '{method}' not allowed. Allowed are {allowed}");
        assert_eq!(
            body,
            json!([{ "message": message, "errorCode": "METHOD_NOT_ALLOWED" }])
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_and_describes_are_sent_again_only_when_they_changed() {
    let caller = Caller::new().await;
    let row = first(&caller, "Contact").await;
    for path in ["sobjects", "sobjects/Contact/describe", &row] {
        let response = send(caller.request(Method::GET, path)).await;
        let date = header(&response, "last-modified").to_owned();
        let again = send(
            caller
                .request(Method::GET, path)
                .header("If-Modified-Since", &date),
        )
        .await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(again.text().await.expect("a text"), "");
        let old = "Wed, 01 Jan 2020 00:00:00 GMT";
        let again = send(caller.request(Method::GET, path).header("If-Modified-Since", old)).await;
        assert_eq!(again.status(), StatusCode::OK);
    }
    let old = "Wed, 01 Jan 2020 00:00:00 GMT";
    let change = caller
        .request(Method::PATCH, &row)
        .json(&json!({ "Title": "Later" }));
    let refused = send(change.header("If-Unmodified-Since", old)).await;
    assert_eq!(refused.status(), StatusCode::PRECONDITION_FAILED);
    let change = caller
        .request(Method::PATCH, &row)
        .json(&json!({ "Title": "Later" }));
    let refused = send(change.header("If-Unmodified-Since", "soon")).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_carry_entity_tags() {
    let caller = Caller::new().await;
    let row = first(&caller, "Account").await;
    let tag = header(&send(caller.request(Method::GET, &row)).await, "etag").to_owned();
    let narrow = send(caller.request(Method::GET, &format!("{row}?fields=Name"))).await;
    assert_eq!(
        header(&narrow, "etag"),
        tag,
        "the tag is the record's, not the answer's"
    );
    let get = |name: &str, value: &str| send(caller.request(Method::GET, &row).header(name, value));
    assert_eq!(
        get("If-None-Match", &tag).await.status(),
        StatusCode::NOT_MODIFIED
    );
    assert_eq!(get("If-Match", &tag).await.status(), StatusCode::OK);
    assert_eq!(
        get("If-Match", "\"other\"").await.status(),
        StatusCode::PRECONDITION_FAILED
    );

    let change = |name: &str, value: &str, text: &str| {
        let body = json!({ "Description": text });
        send(
            caller
                .request(Method::PATCH, &row)
                .header(name, value)
                .json(&body),
        )
    };
    let both = format!("\"other\", {tag}");
    let changed = change("If-Match", &both, "first").await;
    assert_eq!(changed.status(), StatusCode::NO_CONTENT);
    let fresh = header(&changed, "etag").to_owned();
    assert_ne!(fresh, tag);
    assert_eq!(
        change("If-Match", &tag, "second").await.status(),
        StatusCode::PRECONDITION_FAILED
    );
    assert_eq!(
        change("If-None-Match", &fresh, "third").await.status(),
        StatusCode::PRECONDITION_FAILED
    );
    assert_eq!(
        change("If-Match", "no quotes", "fourth").await.status(),
        StatusCode::BAD_REQUEST
    );
    let (_, account) = caller.get(&row).await;
    assert_eq!(account["Description"], "first");
    let contact = first(&caller, "Contact").await;
    let response = send(
        caller
            .request(Method::GET, &contact)
            .header("If-Match", "\"other\""),
    )
    .await;
    assert_eq!(response.status(), StatusCode::OK, "only accounts have tags");
    assert!(response.headers().get("etag").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_and_unknown_paths() {
    let caller = Caller::new().await;
    for (path, status) in [
        ("/services/data/v30.0/sobjects", StatusCode::GONE),
        ("/services/data/v30.0/nothing/at/all", StatusCode::GONE),
        ("/services/data/v69.0/sobjects", StatusCode::NOT_FOUND),
        ("/services/data/v60.0/nothing/at/all", StatusCode::NOT_FOUND),
        ("/services/data/v60.0/sobjects/Account/", StatusCode::OK),
    ] {
        let response = send(caller.request(Method::GET, path)).await;
        assert_eq!(response.status(), status, "{path}");
    }
    let response = send(caller.request(Method::GET, "nothing")).await;
    assert!(header(&response, "sforce-limit-info").starts_with("api-usage="));
    assert!(response.headers().get("warning").is_none());
    let response = send(caller.request(Method::GET, "/services/data/v31.0/sobjects")).await;
    assert!(header(&response, "warning").starts_with("299 - \""));
    let used = |response: &Response| {
        let info = header(response, "sforce-limit-info");
        let (used, _) = info
            .trim_start_matches("api-usage=")
            .split_once('/')
            .expect("a slash");
        used.parse::<u64>().expect("a number")
    };
    let before = used(&send(caller.request(Method::GET, "limits")).await);
    let versions = send(caller.request(Method::GET, "/services/data")).await;
    assert_eq!(versions.status(), StatusCode::OK);
    let after = used(&send(caller.request(Method::GET, "limits")).await);
    assert_eq!(after, before + 1, "the list of versions is free");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_or_of_a_wrong_kind_is_refused() {
    let caller = Caller::new().await;
    let long = format!("query?q={}", "x".repeat(16_400));
    assert_eq!(
        send(caller.request(Method::GET, &long)).await.status(),
        StatusCode::URI_TOO_LONG
    );
    let request = caller
        .request(Method::GET, "limits")
        .header("X-Long", "x".repeat(16_400));
    assert_eq!(
        send(request).await.status(),
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
    );
    let xml = caller
        .request(Method::GET, "limits")
        .header("Accept", "application/xml");
    let (status, body) = answer(xml).await;
    assert_eq!(
        (status, &body[0]["errorCode"]),
        (StatusCode::NOT_ACCEPTABLE, &json!("NOT_ACCEPTABLE"))
    );
    for kinds in [
        "*/*",
        "application/json",
        "application/xml, application/json;q=0.5",
        "text/csv",
    ] {
        let request = caller.request(Method::GET, "limits").header("Accept", kinds);
        assert_eq!(send(request).await.status(), StatusCode::OK, "{kinds}");
    }
    let form = caller
        .request(Method::POST, "sobjects/Account")
        .form(&[("Name", "X")]);
    let (status, body) = answer(form).await;
    assert_eq!(
        (status, &body[0]["errorCode"]),
        (
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            &json!("UNSUPPORTED_MEDIA_TYPE")
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_laid_out_for_people() {
    let caller = Caller::new().await;
    let plain = send(caller.request(Method::GET, "sobjects/Lead"))
        .await
        .text()
        .await
        .expect("a text");
    let request = caller
        .request(Method::GET, "sobjects/Lead")
        .header("X-PrettyPrint", "1");
    let pretty = send(request).await.text().await.expect("a text");
    assert!(!plain.contains('\n') && pretty.starts_with("{\n  \""), "{pretty}");
    let value = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    assert_eq!(value(&plain), value(&pretty));
}
