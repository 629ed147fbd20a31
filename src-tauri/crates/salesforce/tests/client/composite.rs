//! Composite, composite graph and tree, with the documents' own shapes.

use salesforce::{Error, Graph, Subrequest, TreeOutcome, TreeRecord, WriteOptions, reference_to_id};
use serde_json::json;

use crate::support::{Answer, Org, RECORD_ID, client, record};

fn account_and_contact() -> Vec<Subrequest> {
    let contact = json!({ "LastName": "Nobody", "AccountId": reference_to_id("refAccount") });
    vec![
        Subrequest::create("refAccount", "Account", &record(json!({ "Name": "Acme" })))
            .unwrap()
            .with_options(&WriteOptions::default()),
        Subrequest::create("refContact", "Contact", &record(contact)).unwrap(),
    ]
}

#[tokio::test]
async fn parts_refer_to_each_other_and_answer_each_for_itself() {
    let org = Org::start(|_| {
        Answer::json(
            200,
            &json!({ "compositeResponse": [
                { "body": { "id": RECORD_ID, "success": true, "errors": [] }, "httpStatusCode": 201,
                  "httpHeaders": { "Location": "/services/data/v68.0/sobjects/Account/x" }, "referenceId": "refAccount" },
                { "body": [{ "errorCode": "REQUIRED_FIELD_MISSING", "message": "no", "fields": ["LastName"] }],
                  "httpHeaders": {}, "httpStatusCode": 400, "referenceId": "refContact" },
            ] }),
        )
    })
    .await;
    let client = client(&org.address);
    let answers = client.composite(false, &account_and_contact()).await.unwrap();
    assert_eq!(answers[0].id(), Some(RECORD_ID));
    let errors = answers[1].outcome().unwrap_err();
    assert_eq!(
        (&*errors[0].code, &*errors[0].fields[0]),
        ("REQUIRED_FIELD_MISSING", "LastName")
    );
    assert_eq!(
        org.seen()[0].json(),
        json!({ "allOrNone": false, "compositeRequest": [
            { "method": "POST", "url": "/services/data/v68.0/sobjects/Account", "referenceId": "refAccount",
              "httpHeaders": { "Sforce-Auto-Assign": "FALSE" }, "body": { "Name": "Acme" } },
            { "method": "POST", "url": "/services/data/v68.0/sobjects/Contact", "referenceId": "refContact",
              "body": { "LastName": "Nobody", "AccountId": "@{refAccount.id}" } },
        ] })
    );
    assert_eq!(client.calls(), 1);
}

#[tokio::test]
async fn a_composite_call_is_never_repeated_blindly_and_never_too_long() {
    let org = Org::start(|_| Answer::html(503)).await;
    let client = client(&org.address);
    client.composite(true, &account_and_contact()).await.unwrap_err();
    assert_eq!(org.seen().len(), 1);
    let many: Vec<Subrequest> = (0..26)
        .map(|number| Subrequest::describe(&format!("ref{number}"), "Lead").unwrap())
        .collect();
    let error = client.composite(true, &many).await.unwrap_err();
    assert!(matches!(
        error,
        Error::TooManyRecords {
            given: 26,
            allowed: 25
        }
    ));
    assert_eq!(org.seen().len(), 1);
}

#[test]
fn nothing_in_a_part_can_change_its_address() {
    let fields = record(json!({}));
    assert!(Subrequest::create("ref one", "Lead", &fields).is_err());
    assert!(Subrequest::create("a", "Lead/../User", &fields).is_err());
    assert!(Subrequest::update("a", "Lead", "@{x.id}/y", &fields).is_err());
    assert!(Subrequest::delete("a", "Lead", "../x").is_err());
    assert!(Subrequest::get("a", "Lead", RECORD_ID, &["Id&x"]).is_err());
    assert!(Subrequest::update("a", "Lead", &reference_to_id("b"), &fields).is_ok());
    let query = format!(
        "{:?}",
        Subrequest::query("a", "SELECT Id FROM Lead WHERE Name = 'a+b&c'").unwrap()
    );
    assert!(
        query.contains("query?q=SELECT%20Id%20FROM%20Lead%20WHERE%20Name%20%3D%20%27a%2Bb%26c%27"),
        "{query}"
    );
}

#[tokio::test]
async fn graphs_answer_in_the_order_sent() {
    let org = Org::start(|_| {
        let graph = |id: &str, ok: bool| {
            json!({ "graphId": id, "isSuccessful": ok, "graphResponse": { "compositeResponse": [
                { "body": { "id": RECORD_ID }, "httpHeaders": {}, "httpStatusCode": if ok { 201 } else { 400 }, "referenceId": "refAccount" },
            ] } })
        };
        Answer::json(200, &json!({ "graphs": [graph("two", false), graph("one", true)] }))
    })
    .await;
    let graphs = ["one", "two"].map(|id| Graph {
        graph_id: id.to_owned(),
        subrequests: account_and_contact(),
    });
    let answers = client(&org.address).composite_graphs(&graphs).await.unwrap();
    let told: Vec<(&str, bool)> = answers
        .iter()
        .map(|one| (&*one.graph_id, one.is_successful))
        .collect();
    assert_eq!(told, [("one", true), ("two", false)]);
    assert!(org.seen()[0].is("POST", "/services/data/v68.0/composite/graph"));
}

fn tree() -> Vec<TreeRecord> {
    let leaf = |reference: &str, object: &str, fields| TreeRecord {
        object: object.to_owned(),
        reference_id: reference.to_owned(),
        record: record(fields),
        children: Vec::new(),
    };
    let contact = leaf("ref2", "Contact", json!({ "LastName": "Nobody" }));
    vec![TreeRecord {
        children: vec![("Contacts".to_owned(), vec![contact])],
        ..leaf("ref1", "Account", json!({ "Name": "Acme" }))
    }]
}

#[tokio::test]
async fn a_tree_is_saved_whole_or_refused_by_reference() {
    let org = Org::start(|seen| match seen.number {
        1 => Answer::json(
            201,
            &json!({ "hasErrors": false, "results": [{ "referenceId": "ref1", "id": RECORD_ID }, { "referenceId": "ref2", "id": RECORD_ID }] }),
        ),
        2 => Answer::json(
            400,
            &json!({ "hasErrors": true, "results": [{ "referenceId": "ref2", "errors": [
                { "statusCode": "INVALID_EMAIL_ADDRESS", "message": "invalid email address: x", "fields": ["Email"] }] }] }),
        ),
        _ => Answer::error(400, "INVALID_TYPE", "no"),
    })
    .await;
    let client = client(&org.address);
    let saved = client.create_tree("Account", &tree()).await.unwrap();
    assert!(
        matches!(&saved, TreeOutcome::Saved(ids) if ids.len() == 2),
        "{saved:?}"
    );
    assert_eq!(
        org.seen()[0].json(),
        json!({ "records": [{ "attributes": { "type": "Account", "referenceId": "ref1" }, "Name": "Acme",
            "Contacts": { "records": [{ "attributes": { "type": "Contact", "referenceId": "ref2" }, "LastName": "Nobody" }] } }] })
    );
    let TreeOutcome::Refused(refused) = client.create_tree("Account", &tree()).await.unwrap() else {
        panic!("it was saved");
    };
    assert_eq!(
        (&*refused[0].0, &*refused[0].1[0].code),
        ("ref2", "INVALID_EMAIL_ADDRESS")
    );
    let error = client.create_tree("Account", &tree()).await.unwrap_err();
    assert_eq!(error.api_code(), Some("INVALID_TYPE"));
}
