//! Single records and the headers that writes carry.

use std::time::Duration;

use salesforce::{AutoAssign, DuplicateRule, Login, Upserted, WriteOptions};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::support::{Answer, JOB_ID, Org, RECORD_ID, client, record};

#[tokio::test]
async fn a_record_is_written_read_changed_and_deleted() {
    let org = Org::start(|seen| match seen.method.as_str() {
        "POST" => Answer::json(201, &json!({ "id": RECORD_ID, "success": true, "errors": [] })),
        "GET" => Answer::json(
            200,
            &json!({ "attributes": { "type": "Lead" }, "LastName": "Doe" }),
        ),
        _ => Answer::empty(204),
    })
    .await;
    let client = client(&org.address);
    let options = WriteOptions::default();
    let lead = record(json!({ "LastName": "Doe", "AnnualRevenue": 12.5 }));
    assert_eq!(client.create("Lead", &lead, &options).await.unwrap(), RECORD_ID);
    assert_eq!(
        client.get("Lead", RECORD_ID, &["LastName"]).await.unwrap()["LastName"],
        "Doe"
    );
    client.update("Lead", RECORD_ID, &lead, &options).await.unwrap();
    client.delete("Lead", RECORD_ID).await.unwrap();
    let seen = org.seen();
    assert_eq!(seen[0].json(), serde_json::Value::Object(lead));
    assert_eq!(seen[0].header("sforce-auto-assign"), "FALSE");
    assert_eq!(seen[0].header("sforce-duplicate-rule-header"), "");
    assert_eq!(seen[1].query["fields"], "LastName");
    let path = format!("/services/data/v68.0/sobjects/Lead/{RECORD_ID}");
    assert!(seen[2].is("PATCH", &path) && seen[3].is("DELETE", &path));
}

#[tokio::test]
async fn rules_are_always_said_aloud() {
    let org = Org::start(|_| Answer::json(201, &json!({ "id": RECORD_ID }))).await;
    let client = client(&org.address);
    let rule = DuplicateRule {
        allow_save: true,
        include_record_details: false,
        run_as_current_user: true,
    };
    for (auto_assign, header) in [
        (AutoAssign::On, "TRUE"),
        (AutoAssign::Off, "FALSE"),
        (
            AutoAssign::Rule("01QHs0000001234AAA".to_owned()),
            "01QHs0000001234AAA",
        ),
    ] {
        let options = WriteOptions {
            auto_assign,
            duplicate_rule: Some(rule),
        };
        client.create("Lead", &record(json!({})), &options).await.unwrap();
        let seen = org.seen().pop().unwrap();
        assert_eq!(seen.header("sforce-auto-assign"), header);
        let duplicates = "allowSave=true; includeRecordDetails=false; runAsCurrentUser=true";
        assert_eq!(seen.header("sforce-duplicate-rule-header"), duplicates);
    }
}

#[tokio::test]
async fn an_upsert_tells_new_from_known() {
    let org = Org::start(|seen| match seen.number {
        1 => Answer::json(
            201,
            &json!({ "id": RECORD_ID, "success": true, "errors": [], "created": true }),
        ),
        _ => Answer::json(
            200,
            &json!({ "id": RECORD_ID, "success": true, "errors": [], "created": false }),
        ),
    })
    .await;
    let client = client(&org.address);
    for created in [true, false] {
        let upserted = client
            .upsert(
                "Lead",
                "Ext__c",
                "a/b c?d%",
                &record(json!({})),
                &WriteOptions::default(),
            )
            .await
            .unwrap();
        assert_eq!(
            upserted,
            Upserted {
                id: RECORD_ID.to_owned(),
                created
            }
        );
    }
    assert_eq!(
        org.seen()[0].path,
        "/services/data/v68.0/sobjects/Lead/Ext__c/a%2Fb%20c%3Fd%25"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_may_run_on_any_thread() {
    let body = json!({ "id": JOB_ID, "state": "JobComplete", "records": [], "totalSize": 0, "done": true });
    let org = Org::start(move |_| Answer::json(200, &body)).await;
    let client = client(&org.address);
    let query = tokio::spawn({
        let client = client.clone();
        async move { client.query_records("SELECT Id FROM Lead").await.map(drop) }
    });
    let job = tokio::spawn({
        let client = client.clone();
        async move {
            client
                .bulk_ingest()
                .wait(JOB_ID, &CancellationToken::new(), |_| ())
                .await
                .map(drop)
        }
    });
    let login = Login::begin_on(crate::login::options(&org.address), &[0])
        .await
        .unwrap();
    let login = tokio::spawn(login.finish(CancellationToken::new(), Duration::ZERO));
    query.await.unwrap().unwrap();
    job.await.unwrap().unwrap();
    assert_eq!(login.await.unwrap().unwrap_err().code(), "timed_out");
}
