//! Triggers that change new records, and records that cannot be deleted.

use crate::caller::{Caller, answer};
use crate::staff::control;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn triggers_change_new_records_once_they_are_switched_on() {
    let caller = Caller::new().await;
    let lead = json!({ "LastName": "Okafor", "Company": "Tarn and Company", "Phone": "219.606.2399", "Title": "Head" });
    let fields = ["LastName", "Company", "Phone", "Title"];
    assert_eq!(
        made(&caller, &lead, &fields).await,
        lead,
        "none is on at the start"
    );
    for (field, change) in [
        ("LastName", "upper"),
        ("company", "cut"),
        ("Phone", "format_phone"),
        ("Title", "empty"),
    ] {
        control(
            &caller,
            "triggers",
            &json!({ "object": "lead", "field": field, "change": change }),
        )
        .await;
    }
    let changed =
        json!({ "LastName": "OKAFOR", "Company": "Tarn and C", "Phone": "(219) 606-2399", "Title": null });
    assert_eq!(made(&caller, &lead, &fields).await, changed);
    let shown = Client::new()
        .get(format!("{}/demo/triggers", caller.org.instance_url()))
        .header("X-Demo-Control", "1");
    let (_, shown) = answer(shown).await;
    assert_eq!(shown.as_array().map(Vec::len), Some(4), "{shown}");
    for field in fields {
        control(&caller, "triggers", &json!({ "object": "Lead", "field": field })).await;
    }
    assert_eq!(made(&caller, &lead, &fields).await, lead);
}

/// The fields of a new lead as the org holds them.
async fn made(caller: &Caller, lead: &Value, fields: &[&str]) -> Value {
    let (status, made) = caller.post("sobjects/Lead", lead).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let id = made["id"].as_str().expect("an id");
    let (_, mut record) = caller
        .get(&format!("sobjects/Lead/{id}?fields={}", fields.join(",")))
        .await;
    let members = record.as_object_mut().expect("a record");
    members.retain(|name, _| fields.contains(&name.as_str()));
    record
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_cannot_be_deleted_stays_until_it_can() {
    let caller = Caller::new().await;
    let (_, made) = caller
        .post(
            "sobjects/Lead",
            &json!({ "LastName": "Stays", "Company": "Here" }),
        )
        .await;
    let path = format!("sobjects/Lead/{}", made["id"].as_str().expect("an id"));
    control(
        &caller,
        "undeletable",
        &json!({ "object": "Lead", "undeletable": true }),
    )
    .await;
    let before = caller.count("Lead");
    let (status, refused) = answer(caller.request(Method::DELETE, &path)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refused[0]["errorCode"], "DELETE_FAILED");
    assert_eq!(caller.count("Lead"), before);
    control(
        &caller,
        "undeletable",
        &json!({ "object": "Lead", "undeletable": false }),
    )
    .await;
    let (status, _) = answer(caller.request(Method::DELETE, &path)).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(caller.count("Lead"), before - 1);
}
