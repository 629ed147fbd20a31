//! Validation rules, a trigger that refuses, and lists of states and countries.

use crate::caller::Caller;
use crate::staff::{control, run_job};
use demo_org::Options;
use reqwest::StatusCode;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_switched_one_by_one() {
    let caller = Caller::new().await;
    let lead = json!({ "LastName": "Unreachable", "Company": "Far" });
    let (status, _) = caller.post("sobjects/Lead", &lead).await;
    assert_eq!(status, StatusCode::CREATED, "inactive by default");
    control(
        &caller,
        "validation-rules",
        &json!({ "rule": "Lead_Can_Be_Reached", "active": true }),
    )
    .await;
    let (status, refused) = caller.post("sobjects/Lead", &lead).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(
        refused,
        json!([{
            "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION",
            "message": "Give an e-mail address or a telephone number.",
            "fields": [],
        }])
    );
    let (status, _) = caller
        .post("sobjects/Contact", &json!({ "LastName": "Loner" }))
        .await;
    assert_eq!(status, StatusCode::CREATED, "another rule stays inactive");
    control(&caller, "validation-rules", &json!({ "active": false })).await;
    let (status, _) = caller.post("sobjects/Lead", &lead).await;
    assert_eq!(status, StatusCode::CREATED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_can_name_its_field_and_looks_at_changes_too() {
    let caller = Caller::of(Options {
        validation_rules: true,
        ..Options::default()
    })
    .await;
    let mut deal = json!({ "Name": "Deal", "StageName": "Prospecting", "CloseDate": "2026-12-01" });
    let (status, made) = caller.post("sobjects/Opportunity", &deal).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let path = format!("sobjects/Opportunity/{}", made["id"].as_str().expect("an id"));
    let (status, refused) = caller.patch(&path, &json!({ "StageName": "Closed Won" })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refused[0]["fields"], json!(["Amount"]));
    let change = json!({ "StageName": "Closed Won", "Amount": 5 });
    let (status, _) = caller.patch(&path, &change).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    deal["attributes"] = json!({ "type": "Opportunity" });
    deal["StageName"] = json!("Negotiation/Review");
    let (_, rows) = caller
        .post("composite/sobjects", &json!({ "records": [deal] }))
        .await;
    let error: &Value = &rows[0]["errors"][0];
    assert_eq!(
        (&error["statusCode"], &error["fields"]),
        (&json!("FIELD_CUSTOM_VALIDATION_EXCEPTION"), &json!(["Amount"]))
    );
    let job = json!({ "object": "Opportunity", "operation": "insert" });
    let csv = "Name,StageName,CloseDate\nBulk deal,Closed Lost,2026-12-01\n";
    let (_, _, failed) = run_job(&caller, &job, csv).await;
    assert!(
        failed.contains(
            "\"FIELD_CUSTOM_VALIDATION_EXCEPTION:Enter the amount before the opportunity goes beyond \
             Qualification.:Amount --\""
        ),
        "{failed}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trigger_refuses_in_its_own_words() {
    let caller = Caller::of(Options {
        validation_rules: true,
        ..Options::default()
    })
    .await;
    let (status, refused) = caller
        .post("sobjects/Account", &json!({ "Name": "Frost (ON HOLD)" }))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refused[0]["errorCode"], "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
    let message = refused[0]["message"].as_str().expect("a message");
    assert!(
        message.starts_with("AccountGuard: execution of BeforeInsert\n\ncaused by: "),
        "{message}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_are_held_against_lists_once_the_org_uses_them() {
    let caller = Caller::of(Options {
        state_and_country_lists: true,
        ..Options::default()
    })
    .await;
    let cases = [
        (
            json!({ "BillingCountry": "United States", "BillingState": "Texas" }),
            None,
        ),
        (json!({ "BillingCountry": "france" }), None),
        (json!({ "BillingCountry": "USA" }), Some("BillingCountry")),
        (
            json!({ "BillingCountry": "United States", "BillingState": "TX" }),
            Some("BillingState"),
        ),
        (json!({ "ShippingState": "Texas" }), Some("ShippingState")),
    ];
    for (mut account, fault) in cases {
        account["Name"] = json!("Addressed");
        let (status, answer) = caller.post("sobjects/Account", &account).await;
        match fault {
            None => assert_eq!(status, StatusCode::CREATED, "{answer}"),
            Some(field) => {
                assert_eq!(answer[0]["errorCode"], "FIELD_INTEGRITY_EXCEPTION", "{answer}");
                assert_eq!(answer[0]["fields"], json!([field]));
            }
        }
    }
    let open = Caller::new().await;
    let account = json!({ "Name": "Free", "BillingCountry": "USA", "BillingState": "TX" });
    let (status, _) = open.post("sobjects/Account", &account).await;
    assert_eq!(
        status,
        StatusCode::CREATED,
        "without the lists everything is a country"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn listed_places_have_codes_beside_their_labels() {
    let caller = Caller::of(Options {
        state_and_country_lists: true,
        ..Options::default()
    })
    .await;
    let cases = [
        (
            json!({ "BillingCountryCode": "us", "BillingStateCode": "TX" }),
            Ok(("United States", "Texas")),
        ),
        (
            json!({ "BillingCountryCode": "AU", "BillingStateCode": "WA" }),
            Ok(("Australia", "Western Australia")),
        ),
        (
            json!({ "BillingCountryCode": "CA", "BillingStateCode": "TX" }),
            Err(("FIELD_INTEGRITY_EXCEPTION", "BillingStateCode")),
        ),
        (
            json!({ "BillingStateCode": "TX" }),
            Err(("FIELD_INTEGRITY_EXCEPTION", "BillingState")),
        ),
        (
            json!({ "BillingCountryCode": "XX" }),
            Err(("FIELD_INTEGRITY_EXCEPTION", "BillingCountryCode")),
        ),
    ];
    for (mut account, expected) in cases {
        account["Name"] = json!("Coded");
        let (_, answer) = caller.post("sobjects/Account", &account).await;
        match expected {
            Ok((country, state)) => {
                let id = answer["id"].as_str().unwrap_or_else(|| panic!("{answer}"));
                let (_, account) = caller.get(&format!("sobjects/Account/{id}")).await;
                assert_eq!(
                    (&account["BillingCountry"], &account["BillingState"]),
                    (&json!(country), &json!(state))
                );
            }
            Err((code, field)) => {
                assert_eq!(answer[0]["errorCode"], code, "{answer}");
                assert_eq!(answer[0]["fields"], json!([field]));
            }
        }
    }
    // Where code and label disagree, a new record takes the code.
    let both = json!({ "Name": "Both", "BillingCountryCode": "US", "BillingCountry": "Canada" });
    let (_, answer) = caller.post("sobjects/Account", &both).await;
    let id = answer["id"]
        .as_str()
        .unwrap_or_else(|| panic!("{answer}"))
        .to_owned();
    let (_, account) = caller.get(&format!("sobjects/Account/{id}")).await;
    assert_eq!(account["BillingCountry"], "United States");
    let (_, described) = caller.get("sobjects/Lead/describe").await;
    let of_name = |name: &str| {
        let fields = described["fields"].as_array().expect("fields");
        fields
            .iter()
            .find(|field| field["name"] == name)
            .expect(name)
            .clone()
    };
    let (country, state) = (of_name("CountryCode"), of_name("StateCode"));
    assert_eq!(state["controllerName"], "CountryCode");
    assert_eq!(
        (&state["restrictedPicklist"], &state["dependentPicklist"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(country["controllerName"], json!(null));
    assert!(country["picklistValues"].as_array().is_some_and(|values| {
        values
            .iter()
            .any(|value| value["value"] == "DE" && value["label"] == "Germany")
    }));
}
