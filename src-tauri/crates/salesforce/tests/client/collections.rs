//! sObject Collections.

use salesforce::{CollectionOptions, Error, RowOutcome};
use serde_json::json;

use crate::support::{Answer, Org, RECORD_ID, client, record};

const COLLECTIONS: &str = "/services/data/v68.0/composite/sobjects";

#[tokio::test]
async fn outcomes_come_in_the_order_sent() {
    let org = Org::start(|seen| {
        let rows = seen.json()["records"].as_array().unwrap().clone();
        let answers = rows.iter().enumerate().map(|(index, row)| {
            assert_eq!(row["attributes"]["type"], "Lead");
            match row["LastName"].as_str() {
                Some(_) => json!({ "id": format!("00Q{index:015}"), "success": true, "errors": [] }),
                None => json!({ "success": false, "errors": [{ "statusCode": "REQUIRED_FIELD_MISSING",
                    "message": "Required fields are missing: [LastName]", "fields": ["LastName"] }] }),
            }
        });
        Answer::json(200, &answers.collect())
    })
    .await;
    let rows: Vec<_> = (0..200)
        .map(|index| {
            record(if index % 3 == 0 {
                json!({})
            } else {
                json!({ "LastName": index.to_string() })
            })
        })
        .collect();
    let client = client(&org.address);
    let outcomes = client
        .create_many("Lead", &rows, &CollectionOptions::default())
        .await
        .unwrap();
    assert_eq!(outcomes.len(), 200);
    for (index, outcome) in outcomes.iter().enumerate() {
        match outcome {
            RowOutcome::Saved { id, created } => {
                assert!(*created && index % 3 != 0);
                assert_eq!(*id, format!("00Q{index:015}"));
            }
            RowOutcome::Refused { errors } => {
                assert_eq!(index % 3, 0);
                assert_eq!(errors[0].code, "REQUIRED_FIELD_MISSING");
                assert_eq!(errors[0].fields, ["LastName"]);
            }
        }
    }
    assert_eq!(client.calls(), 1);
    let seen = org.seen().pop().unwrap();
    assert!(seen.is("POST", COLLECTIONS));
    assert_eq!(seen.json()["allOrNone"], false);
    assert_eq!(seen.header("sforce-auto-assign"), "FALSE");
}

#[tokio::test]
async fn updates_upserts_and_deletions_use_their_addresses() {
    let org = Org::start(|seen| {
        let created = seen.path.ends_with("Ext__c");
        Answer::json(
            200,
            &json!([{ "id": RECORD_ID, "success": true, "errors": [], "created": created }]),
        )
    })
    .await;
    let client = client(&org.address);
    let options = CollectionOptions {
        all_or_none: true,
        ..CollectionOptions::default()
    };
    let rows = [record(json!({ "Id": RECORD_ID, "Ext__c": "1" }))];
    let saved = |created| {
        vec![RowOutcome::Saved {
            id: RECORD_ID.to_owned(),
            created,
        }]
    };
    assert_eq!(
        client.update_many("Lead", &rows, &options).await.unwrap(),
        saved(false)
    );
    assert_eq!(
        client
            .upsert_many("Lead", "Ext__c", &rows, &options)
            .await
            .unwrap(),
        saved(true)
    );
    assert_eq!(
        client.delete_many(&[RECORD_ID.to_owned()], false).await.unwrap(),
        saved(false)
    );
    let seen = org.seen();
    assert!(seen[0].is("PATCH", COLLECTIONS));
    assert_eq!(seen[0].json()["allOrNone"], true);
    assert!(seen[1].is("PATCH", "/services/data/v68.0/composite/sobjects/Lead/Ext__c"));
    assert!(seen[2].is("DELETE", COLLECTIONS));
    assert_eq!(seen[2].query["ids"], RECORD_ID);
    assert_eq!(seen[2].query["allOrNone"], "false");
}

#[tokio::test]
async fn too_many_and_none_are_not_sent() {
    let org = Org::start(|_| Answer::json(200, &json!([]))).await;
    let client = client(&org.address);
    let rows = vec![record(json!({})); 201];
    let error = client
        .create_many("Lead", &rows, &CollectionOptions::default())
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            Error::TooManyRecords {
                given: 201,
                allowed: 200
            }
        ),
        "{error:?}"
    );
    assert_eq!(
        client
            .create_many("Lead", &[], &CollectionOptions::default())
            .await
            .unwrap(),
        []
    );
    assert_eq!(org.seen().len(), 0);
}

#[tokio::test]
async fn an_answer_with_other_rows_than_sent_is_not_believed() {
    let org =
        Org::start(|_| Answer::json(200, &json!([{ "id": RECORD_ID, "success": true, "errors": [] }]))).await;
    let rows = vec![record(json!({})); 2];
    let error = client(&org.address)
        .create_many("Lead", &rows, &CollectionOptions::default())
        .await
        .unwrap_err();
    assert_eq!(error.code(), "unreadable");
    assert!(error.may_have_acted());
}

#[tokio::test]
async fn duplicates_are_read_in_rows_under_both_spellings() {
    for key in ["duplicateResut", "duplicateResult"] {
        let org = Org::start(move |_| {
            let mut error = json!({ "statusCode": "DUPLICATES_DETECTED", "message": "Use one of these records?", "fields": [] });
            error[key] = json!({
                "allowSave": true, "duplicateRule": "Standard_Lead_Duplicate_Rule",
                "matchResults": [{ "matchRecords": [
                    { "record": { "attributes": { "type": "Lead" }, "Id": RECORD_ID } },
                ] }],
            });
            Answer::json(200, &json!([{ "success": false, "errors": [error] }]))
        })
        .await;
        let records = [record(json!({ "LastName": "Nobody" }))];
        let outcomes = client(&org.address)
            .create_many("Lead", &records, &CollectionOptions::default())
            .await
            .unwrap();
        let RowOutcome::Refused { errors } = &outcomes[0] else {
            panic!("{outcomes:?}");
        };
        let found = errors[0].duplicates.as_ref().unwrap();
        assert_eq!(errors[0].code, "DUPLICATES_DETECTED");
        assert!(found.allow_save);
        assert_eq!(
            (&*found.matches[0].object, &*found.matches[0].id),
            ("Lead", RECORD_ID)
        );
    }
}
