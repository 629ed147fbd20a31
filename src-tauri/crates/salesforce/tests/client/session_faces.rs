//! The faces of an ended session, and the 401s that no new token mends (REST API Developer Guide, "Status Codes and
//! Error Responses"; Salesforce Help, "Identity URLs").

use serde_json::json;

use crate::support::{Answer, Org, client};

const TOKEN: &str = "/services/oauth2/token";

fn renewed() -> Answer {
    Answer::json(
        200,
        &json!({ "access_token": "access-2", "token_type": "Bearer", "instance_url": "https://acme.my.salesforce.com" }),
    )
}

#[tokio::test]
async fn every_face_of_an_ended_session_is_renewed_once() {
    let faces: [fn() -> Answer; 7] = [
        || Answer::error(401, "INVALID_SESSION_ID", "Session expired or invalid"),
        || Answer::error(401, "INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE"),
        || Answer::error(403, "INVALID_SESSION_ID", "Session expired or invalid"),
        || Answer::html(401),
        || Answer::empty(401),
        || Answer::text(403, "text/plain", "Bad_OAuth_Token"),
        || Answer::text(500, "text/xml", "<faultcode>sf:INVALID_SESSION_ID</faultcode>"),
    ];
    for (number, face) in faces.into_iter().enumerate() {
        let org = Org::start(move |seen| match seen.header("authorization") {
            _ if seen.path == TOKEN => renewed(),
            "Bearer access-1" => face(),
            _ => Answer::json(200, &json!({})),
        })
        .await;
        client(&org.address)
            .limits()
            .await
            .unwrap_or_else(|error| panic!("{number}: {error}"));
        assert_eq!(org.count("POST", TOKEN), 1, "{number}");
        assert_eq!(org.seen().len(), 3, "{number}");
    }
}

#[tokio::test]
async fn policy_and_missing_rights_are_told_and_never_renewed() {
    let refusals = [
        (
            401,
            "INVALID_SESSION_ID",
            "This session is not valid for use with the REST API",
        ),
        (401, "UNKNOWN", "Connected app is not attached to Agent"),
        (
            403,
            "API_DISABLED_FOR_ORG",
            "API is not enabled for this Organization or Partner",
        ),
        (
            403,
            "INSUFFICIENT_ACCESS",
            "insufficient access rights on object id",
        ),
    ];
    for (status, code, message) in refusals {
        let org = Org::start(move |_| Answer::error(status, code, message)).await;
        let error = client(&org.address).limits().await.unwrap_err();
        assert_eq!((error.code(), error.api_code()), ("salesforce", Some(code)));
        assert_eq!(org.seen().len(), 1, "{message}");
    }
}

#[tokio::test]
async fn a_policy_401_after_a_renewal_does_not_loop() {
    let org = Org::start(|seen| match seen.header("authorization") {
        _ if seen.path == TOKEN => renewed(),
        "Bearer access-1" => Answer::error(401, "INVALID_SESSION_ID", "Session expired or invalid"),
        _ => Answer::error(
            401,
            "INVALID_SESSION_ID",
            "This session is not valid for use with the REST API",
        ),
    })
    .await;
    let error = client(&org.address).limits().await.unwrap_err();
    assert_eq!((error.code(), org.seen().len()), ("salesforce", 3));
}
