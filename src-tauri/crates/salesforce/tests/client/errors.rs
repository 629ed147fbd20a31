//! The org's errors in all their envelopes, and addresses that are not the org's.

use salesforce::{ApiError, DuplicateMatch, Error, InstanceUrl, LoginUrl, WriteOptions};
use serde_json::{Value, json};

use crate::support::{Answer, Org, RECORD_ID, client, record};

async fn create_refused(status: u16, body: Value) -> Error {
    let org = Org::start(move |_| Answer::json(status, &body)).await;
    client(&org.address)
        .create("Lead", &record(json!({})), &WriteOptions::default())
        .await
        .unwrap_err()
}

fn errors(error: Error) -> Vec<ApiError> {
    match error {
        Error::Salesforce { errors, .. } => errors,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_array_of_errors_keeps_codes_words_and_fields() {
    let body = json!([
        { "message": "Required fields are missing: [LastName]", "errorCode": "REQUIRED_FIELD_MISSING",
          "fields": ["LastName"] },
        { "message": "odd", "errorCode": "A_CODE_FROM_THE_FUTURE" },
    ]);
    let error = create_refused(400, body).await;
    assert_eq!(error.api_code(), Some("REQUIRED_FIELD_MISSING"));
    assert!(error.to_string().contains("[LastName]"), "{error}");
    let errors = errors(error);
    assert_eq!(errors[0].fields, ["LastName"]);
    assert_eq!(errors[1].code, "A_CODE_FROM_THE_FUTURE");
}

#[tokio::test]
async fn duplicates_are_read_under_both_spellings() {
    for key in ["duplicateResut", "duplicateResult"] {
        let body = json!([{ "errorCode": "DUPLICATES_DETECTED", "message": "Use one of these records?", key: {
            "allowSave": true, "duplicateRule": "Standard_Contact_Duplicate_Rule",
            "matchResults": [{ "entityType": "Contact", "matchRecords": [
                { "matchConfidence": 100.0, "record": { "attributes": { "type": "Contact" }, "Id": RECORD_ID } },
            ] }],
        } }]);
        let found = errors(create_refused(400, body).await)
            .remove(0)
            .duplicates
            .unwrap();
        assert!(found.allow_save);
        assert_eq!(found.rule, "Standard_Contact_Duplicate_Rule");
        assert_eq!(
            found.matches,
            [DuplicateMatch {
                object: "Contact".to_owned(),
                id: RECORD_ID.to_owned()
            }]
        );
    }
}

#[tokio::test]
async fn other_envelopes_are_errors_too() {
    let single = create_refused(400, json!({ "message": "no", "errorCode": "BAD" })).await;
    assert_eq!(single.api_code(), Some("BAD"));
    let oauth = create_refused(
        400,
        json!({ "error": "invalid_request", "error_description": "no" }),
    )
    .await;
    assert_eq!(oauth.api_code(), Some("invalid_request"));
    let several = create_refused(300, json!(["/services/data/v68.0/sobjects/Lead/00Q1"])).await;
    assert_eq!(several.api_code(), Some("DUPLICATE_EXTERNAL_ID"));
}

#[tokio::test]
async fn bodies_that_are_no_json_are_told_by_their_words() {
    for (answer, words) in [
        ("", "(empty)"),
        (
            "<html><b>Setting things&nbsp;up</b></html>",
            "Setting things&nbsp;up",
        ),
    ] {
        let org = Org::start(move |_| Answer::text(420, "text/html", answer)).await;
        let error = client(&org.address)
            .create("Lead", &record(json!({})), &WriteOptions::default())
            .await
            .unwrap_err();
        assert!(
            matches!(&error, Error::NotJson { status: 420, excerpt, .. } if excerpt == words),
            "{error:?}"
        );
    }
    let org = Org::start(|_| Answer::html(200)).await;
    let error = client(&org.address).limits().await.unwrap_err();
    assert!(matches!(&error, Error::NotJson { status: 200, .. }), "{error:?}");
    let org = Org::start(|_| Answer::text(200, "application/json", "{\"DailyApiRequests\":")).await;
    assert_eq!(
        client(&org.address).limits().await.unwrap_err().code(),
        "unreadable"
    );
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let elsewhere = Org::start(|_| Answer::json(200, &json!({}))).await;
    let location = format!("{}/limits", elsewhere.address);
    let org = Org::start(move |_| Answer::empty(302).header("location", &location)).await;
    let error = client(&org.address).limits().await.unwrap_err();
    assert_eq!(error.code(), "redirected");
    assert_eq!(elsewhere.seen().len(), 0);
}

#[tokio::test]
async fn names_and_ids_cannot_change_the_address() {
    let org = Org::start(|_| Answer::json(200, &json!({}))).await;
    let client = client(&org.address);
    let nothing = record(json!({}));
    for object in ["", "../tooling", "Lead/x", "Lead?a=b", "Lead.Owner", "1Lead"] {
        assert_eq!(
            client.describe(object).await.unwrap_err().code(),
            "invalid_name",
            "{object}"
        );
    }
    for id in ["", "..", "00Q", "00QHs00000ABCD/../../x"] {
        assert_eq!(
            client.delete("Lead", id).await.unwrap_err().code(),
            "invalid_name",
            "{id}"
        );
    }
    for value in ["", ".", ".."] {
        let outcome = client
            .upsert("Lead", "Ext__c", value, &nothing, &WriteOptions::default())
            .await;
        assert_eq!(outcome.unwrap_err().code(), "invalid_name", "{value}");
    }
    assert_eq!(org.seen().len(), 0);
}

#[test]
fn only_safe_addresses_are_taken() {
    let login = |text: &str| LoginUrl::parse(text).map(|url| url.as_str().to_owned());
    assert_eq!(
        login(" acme.my.salesforce.com/home?x=1 ").unwrap(),
        "https://acme.my.salesforce.com"
    );
    assert_eq!(
        login("https://acme--dev.sandbox.lightning.force.com/lightning").unwrap(),
        "https://acme--dev.sandbox.my.salesforce.com"
    );
    assert_eq!(
        login("https://acme.my.salesforce-setup.com").unwrap(),
        "https://acme.my.salesforce.com"
    );
    for loopback in [
        "http://127.0.0.1:8080",
        "http://[::1]:8080",
        "http://localhost:8080",
    ] {
        assert_eq!(login(loopback).unwrap(), loopback);
    }
    for bad in [
        "",
        "http://login.salesforce.com",
        "ftp://x",
        "https://me:pw@acme.com",
        "https://",
        "http://localhost.evil.example",
        "a b",
    ] {
        assert!(login(bad).is_err(), "{bad}");
    }
    let instance = InstanceUrl::parse("https://acme.my.salesforce.com").unwrap();
    assert_eq!(
        instance.join("/services/x?a=1").unwrap().as_str(),
        "https://acme.my.salesforce.com/services/x?a=1"
    );
    for foreign in [
        "https://evil.example/x",
        "//evil.example/x",
        "/\\evil.example",
        "http://acme.my.salesforce.com/x",
        "https://acme.my.salesforce.com:444/x",
        "https://u@acme.my.salesforce.com/x",
    ] {
        assert!(instance.join(foreign).is_err(), "{foreign}");
    }
}
