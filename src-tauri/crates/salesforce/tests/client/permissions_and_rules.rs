//! What the user may do, the org's rules, and the people and values that records need.

use serde_json::json;

use crate::support::{Answer, Org, client, record};

fn records(records: &serde_json::Value) -> Answer {
    Answer::json(200, &json!({ "totalSize": 1, "done": true, "records": records }))
}

#[tokio::test]
async fn a_permission_that_the_org_does_not_know_spoils_no_other() {
    let org = Org::start(|seen| {
        if seen.query["q"].contains("PermissionsOdd") {
            Answer::error(400, "INVALID_FIELD", "No such column 'PermissionsOdd'")
        } else {
            let allowed = seen.query["q"].contains("PermissionsApiEnabled");
            records(&json!([{ "PermissionsApiEnabled": allowed, "PermissionsViewSetup": false }]))
        }
    })
    .await;
    let client = client(&org.address);
    let known = client
        .permissions(&["PermissionsApiEnabled", "PermissionsViewSetup"])
        .await
        .unwrap();
    assert_eq!(org.seen().len(), 1);
    assert_eq!(
        (known["PermissionsApiEnabled"], known["PermissionsViewSetup"]),
        (Some(true), Some(false))
    );
    let some = client
        .permissions(&["PermissionsApiEnabled", "PermissionsOdd"])
        .await
        .unwrap();
    assert_eq!(
        (some["PermissionsApiEnabled"], some["PermissionsOdd"]),
        (Some(true), None)
    );
    let none = client.permissions(&["PermissionsOdd"]).await.unwrap();
    assert_eq!(none["PermissionsOdd"], None);
    assert!(client.permissions(&["Id FROM User --"]).await.is_err());
}

#[tokio::test]
async fn rules_and_owners_are_listed() {
    let org = Org::start(|seen| {
        let soql = &seen.query["q"];
        if soql.contains("FROM AssignmentRule WHERE SobjectType = 'Lead'") {
            records(&json!([{ "Id": "01Q1", "Name": "Standard", "Active": true, "SobjectType": "Lead" }]))
        } else if soql.contains("FROM DuplicateRule WHERE SobjectType = 'Lead'") {
            records(&json!([{ "Id": "0Bm1", "DeveloperName": "Standard_Lead_Duplicate_Rule", "MasterLabel": "Standard",
                              "SobjectType": "Lead", "IsActive": false }]))
        } else if soql.contains("FROM Group") {
            records(&json!([{ "Id": "00G1", "Name": "Inbound" }]))
        } else {
            assert!(soql.contains("FROM User"));
            records(&json!([{ "Id": "0051", "Name": "A", "Username": "a@b.example", "Email": null, "IsActive": true }]))
        }
    })
    .await;
    let client = client(&org.address);
    assert!(client.assignment_rules("Lead").await.unwrap()[0].active);
    assert!(!client.duplicate_rules("Lead").await.unwrap()[0].is_active);
    assert_eq!(client.queues("Lead").await.unwrap()[0].name, "Inbound");
    assert_eq!(client.users(false).await.unwrap()[0].email, None);
    client.users(true).await.unwrap();
    let asked: Vec<bool> = org.seen()[3..]
        .iter()
        .map(|seen| seen.query["q"].contains("IsActive = true"))
        .collect();
    assert_eq!(asked, [true, false]);
}

#[tokio::test]
async fn duplicates_are_looked_for_without_writing() {
    let org = Org::start(|seen| {
        if seen.method == "GET" {
            assert_eq!(seen.path, "/services/data/v68.0/ui-api/duplicates/Lead");
            return Answer::json(
                200,
                &json!({ "apiName": "Lead", "dedupeEnabled": true, "dedupeFields": ["Email"], "duplicateRules": [
                    { "name": "Rule", "active": true, "actionOnInsert": "Block", "actionOnUpdate": "Allow",
                      "operationsOnInsert": [], "operationsOnUpdate": ["Alert", "Report"] }] }),
            );
        }
        assert_eq!(seen.json(), json!({ "apiName": "Lead", "fields": { "Email": "a@b.example" } }));
        if seen.number == 2 {
            return Answer::html(503);
        }
        Answer::json(
            200,
            &json!({ "allowSave": false, "duplicateError": true, "duplicateRules": ["Rule"], "matches": [
                { "objectApiName": "Lead", "recordIds": ["00Q1", "00Q2"] }, { "objectApiName": "Lead", "recordIds": ["00Q1"] }] }),
        )
    })
    .await;
    let client = client(&org.address);
    let setup = client.duplicate_setup("Lead").await.unwrap();
    assert_eq!(
        (setup.dedupe_enabled, &*setup.duplicate_rules[0].action_on_insert),
        (true, "Block")
    );
    let found = client
        .find_duplicates("Lead", &record(json!({ "Email": "a@b.example" })))
        .await
        .unwrap();
    assert!(!found.allow_save);
    let ids: Vec<&str> = found.matches.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(
        (found.rules, ids),
        (vec!["Rule".to_owned()], vec!["00Q1", "00Q2"])
    );
    // It writes nothing, so it may be repeated.
    assert_eq!(org.seen().len(), 3);
}

#[tokio::test]
async fn a_record_type_offers_its_own_values() {
    let org = Org::start(|seen| {
        assert_eq!(
            seen.path,
            "/services/data/v68.0/ui-api/object-info/Lead/picklist-values/012000000000000AAA"
        );
        Answer::json(
            200,
            &json!({ "picklistFieldValues": { "Rating": { "controllerValues": { "US": 0 }, "defaultValue": null, "url": "x",
                "values": [{ "attributes": null, "label": "Hot", "validFor": [0], "value": "Hot" }] } } }),
        )
    })
    .await;
    let values = client(&org.address)
        .picklist_values("Lead", "012000000000000AAA")
        .await
        .unwrap();
    let rating = &values["Rating"];
    assert_eq!(
        (&*rating.values[0].value, rating.values[0].valid_for[0]),
        ("Hot", rating.controller_values["US"])
    );
    assert_eq!(rating.default_value, None);
}
