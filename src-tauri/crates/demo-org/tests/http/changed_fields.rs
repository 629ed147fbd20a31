//! Fields that an admin changes while a client is connected.

use crate::caller::Caller;
use crate::staff::control;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

/// A field of Lead as describe shows it; null when it is not there.
async fn described(caller: &Caller, field: &str) -> Value {
    let (_, describe) = caller.get("sobjects/Lead/describe").await;
    let fields = describe["fields"].as_array().expect("fields");
    let found = fields.iter().find(|known| known["name"] == field);
    found.cloned().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_field_is_not_there_for_anything() {
    let caller = Caller::new().await;
    let lead = json!({ "LastName": "Marsh", "Company": "Acme", "Title": "Buyer" });
    control(
        &caller,
        "fields",
        &json!({ "object": "lead", "field": "title", "right": "hidden" }),
    )
    .await;
    assert_eq!(described(&caller, "Title").await, Value::Null);
    let (status, refused) = caller.post("sobjects/Lead", &lead).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{refused}");
    let (status, _) = caller.get("query?q=SELECT+Title+FROM+Lead").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    control(
        &caller,
        "fields",
        &json!({ "object": "Lead", "field": "Title", "right": "read" }),
    )
    .await;
    assert_eq!(described(&caller, "Title").await["createable"], false);
    let (status, _) = caller.get("query?q=SELECT+Title+FROM+Lead").await;
    assert_eq!(status, StatusCode::OK);
    let (status, _) = caller.post("sobjects/Lead", &lead).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    control(&caller, "fields", &json!({ "object": "Lead", "field": "Title" })).await;
    let (status, _) = caller.post("sobjects/Lead", &lead).await;
    assert_eq!(status, StatusCode::CREATED);
}

#[tokio::test(flavor = "multi_thread")]
async fn labels_lengths_and_requirements_change_for_describe_and_for_writing() {
    let caller = Caller::new().await;
    let change = json!({ "object": "Lead", "field": "Title", "label": "Job", "required": true, "length": 5 });
    control(&caller, "fields", &change).await;
    let field = described(&caller, "Title").await;
    assert_eq!(
        (&field["label"], &field["nillable"], &field["length"]),
        (&json!("Job"), &json!(false), &json!(5))
    );
    let mut lead = json!({ "LastName": "Marsh", "Company": "Acme" });
    let (_, refused) = caller.post("sobjects/Lead", &lead).await;
    assert_eq!(refused[0]["errorCode"], "REQUIRED_FIELD_MISSING", "{refused}");
    lead["Title"] = json!("Director");
    let (_, refused) = caller.post("sobjects/Lead", &lead).await;
    assert_eq!(refused[0]["errorCode"], "STRING_TOO_LONG", "{refused}");
    lead["Title"] = json!("Buyer");
    let (status, made) = caller.post("sobjects/Lead", &lead).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let path = format!("sobjects/Lead/{}", made["id"].as_str().expect("an id"));
    let (_, refused) = caller.patch(&path, &json!({ "Title": null })).await;
    assert_eq!(refused[0]["errorCode"], "REQUIRED_FIELD_MISSING", "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn values_are_taken_out_of_a_picklist_and_all_changes_back() {
    let caller = Caller::new().await;
    let before = described(&caller, "LeadSource").await;
    let gone = before["picklistValues"][0]["value"].clone();
    let change = json!({ "object": "Lead", "field": "LeadSource", "removed_values": [gone] });
    control(&caller, "fields", &change).await;
    let now = described(&caller, "LeadSource").await;
    let values = now["picklistValues"].as_array().expect("values");
    assert!(values.iter().all(|entry| entry["value"] != gone), "{now}");
    let cleared = Client::new()
        .delete(format!("{}/demo/fields", caller.org.instance_url()))
        .header("X-Demo-Control", "1")
        .send()
        .await;
    assert_eq!(cleared.expect("an answer").status(), StatusCode::NO_CONTENT);
    assert_eq!(described(&caller, "LeadSource").await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_cannot_be_changed() {
    let caller = Caller::new().await;
    for wrong in [
        json!({ "object": "Lead", "field": "Mood__c", "right": "hidden" }),
        json!({ "object": "Lead", "field": "LeadSource", "removed_values": ["Rumour"] }),
        json!({ "object": "Lead", "field": "Title", "colour": "red" }),
    ] {
        let answer = Client::new()
            .post(format!("{}/demo/fields", caller.org.instance_url()))
            .header("X-Demo-Control", "1")
            .json(&wrong)
            .send()
            .await;
        assert_eq!(
            answer.expect("an answer").status(),
            StatusCode::BAD_REQUEST,
            "{wrong}"
        );
    }
}
