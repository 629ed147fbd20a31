//! Queries, versions, limits, describe and the quota gauge.

use salesforce::{Allowance, ApiUsage, ApiVersion, Client, ClientOptions, Error};
use serde_json::json;

use crate::support::{Answer, Org, client, options};

const QUERY: &str = "/services/data/v68.0/query";

fn page(records: &[&str], next: Option<&str>) -> Answer {
    let records: Vec<_> = records
        .iter()
        .map(|id| json!({ "attributes": { "type": "Lead" }, "Id": id }))
        .collect();
    let mut body = json!({ "totalSize": 3, "done": next.is_none(), "records": records });
    if let Some(next) = next {
        body["nextRecordsUrl"] = next.into();
    }
    Answer::json(200, &body)
}

#[tokio::test]
async fn every_page_is_read() {
    let org = Org::start(|seen| match seen.path.as_str() {
        QUERY => page(&["a", "b"], Some("/services/data/v68.0/query/01gHs-2000")),
        _ => page(&["c"], None).header("sforce-limit-info", "api-usage=18/15000"),
    })
    .await;
    let client = client(&org.address);
    let mut usage = client.watch_usage();
    assert_eq!(client.usage(), None);
    let soql = "SELECT Id FROM Lead WHERE Name = 'A & B+C'";
    let records = client.query_records(soql).await.unwrap();
    let ids: Vec<_> = records
        .iter()
        .map(|record| record["Id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(org.seen()[0].query["q"], soql);
    assert!(usage.has_changed().unwrap());
    assert_eq!(
        *usage.borrow_and_update(),
        Some(ApiUsage {
            used_calls: 18,
            max_calls: 15_000,
            app: None,
        })
    );
    assert_eq!(client.calls(), 2);
}

#[tokio::test]
async fn a_next_page_elsewhere_is_refused() {
    let elsewhere = Org::start(|_| page(&[], None)).await;
    let next = format!("{}/services/data/v68.0/query/01g", elsewhere.address);
    let org = Org::start(move |_| page(&["a"], Some(&next))).await;
    let error = client(&org.address)
        .query_records("SELECT Id FROM Lead")
        .await
        .unwrap_err();
    assert_eq!(error.code(), "invalid_address");
    assert_eq!(elsewhere.seen().len(), 0);
}

#[tokio::test]
async fn a_page_that_names_itself_does_not_loop() {
    let org = Org::start(|_| page(&["a"], Some("/services/data/v68.0/query/01g"))).await;
    let error = client(&org.address)
        .query_records("SELECT Id FROM Lead")
        .await
        .unwrap_err();
    assert_eq!(error.code(), "unreadable");
    assert_eq!(org.seen().len(), 2);
}

#[tokio::test]
async fn counts_and_big_numbers_are_exact() {
    let body =
        r#"{"totalSize":7,"records":[{"Amount":1234567890123456.78,"Rows":9007199254740993,"Rate":2.50}]}"#;
    let org = Org::start(move |_| Answer::text(200, "application/json", body)).await;
    let answer = client(&org.address)
        .query_with_deleted("SELECT Amount FROM Opportunity")
        .await
        .unwrap();
    assert_eq!(answer.total_size, 7);
    assert_eq!(answer.records[0]["Amount"], "1234567890123456.78");
    assert_eq!(answer.records[0]["Rows"], 9_007_199_254_740_993_i64);
    assert_eq!(answer.records[0]["Rate"], 2.5);
    assert_eq!(org.seen()[0].path, "/services/data/v68.0/queryAll");
}

#[tokio::test]
async fn a_query_too_long_for_an_address_is_not_sent() {
    let org = Org::start(|_| page(&[], None)).await;
    let soql = format!("SELECT Id FROM Lead WHERE Name = '{}'", "x".repeat(16_000));
    let error = client(&org.address).query(&soql).await.unwrap_err();
    assert!(matches!(error, Error::QueryTooLong { .. }), "{error:?}");
    assert_eq!(org.seen().len(), 0);
}

#[tokio::test]
async fn the_newest_version_is_asked_once_without_a_token() {
    let org = Org::start(|seen| match seen.path.as_str() {
        "/services/data" => Answer::json(
            200,
            &json!([{ "label": "Winter '11", "url": "/services/data/v20.0", "version": "20.0" },
                    { "label": "Winter '27", "url": "/services/data/v68.0", "version": "68.0" },
                    { "label": "Summer '26", "url": "/services/data/v67.0", "version": "67.0" }]),
        ),
        _ => Answer::json(
            200,
            &json!({ "DailyApiRequests": { "Max": 15000, "Remaining": 14998,
            "Some App": { "Max": 0, "Remaining": 0 } }, "Odd": 1 }),
        ),
    })
    .await;
    let client = Client::new(ClientOptions {
        api_version: None,
        ..options(&org.address)
    })
    .unwrap();
    let limits = client.limits().await.unwrap();
    client.limits().await.unwrap();
    assert_eq!(
        limits.get("DailyApiRequests"),
        Some(Allowance {
            max: 15_000,
            remaining: 14_998
        })
    );
    assert_eq!(limits.get("Odd"), None);
    assert_eq!(client.api_version().await.unwrap(), ApiVersion::new(68));
    assert_eq!(org.count("GET", "/services/data"), 1);
    assert_eq!(org.seen()[0].header("authorization"), "");
    assert_eq!(client.calls(), 2, "the list of versions is free");
    assert_eq!("v67.0".parse::<ApiVersion>().unwrap(), ApiVersion::new(67));
    assert!("newest".parse::<ApiVersion>().is_err());
}

#[tokio::test]
async fn describe_reads_what_decides_a_mapping() {
    let org = Org::start(|seen| {
        if seen.header("if-modified-since") == "Mon, 23 Nov 2026 10:00:00 GMT" {
            return Answer::empty(304);
        }
        let fields = json!([
            { "name": "LastName", "label": "Last Name", "type": "string", "length": 80, "createable": true,
              "nillable": false, "defaultedOnCreate": false, "extraTypeInfo": "personname", "newKey": {} },
            { "name": "Rating", "type": "picklist", "picklistValues": [
                { "value": "Hot", "label": "Hot", "active": true, "defaultValue": false, "validFor": null }],
              "referenceTo": null, "restrictedPicklist": true, "nillable": true },
        ]);
        Answer::json(200, &json!({ "name": "Lead", "label": "Lead", "createable": true, "fields": fields,
            "recordTypeInfos": [{ "recordTypeId": "012000000000000AAA", "name": "Master", "master": true }] }))
        .header("last-modified", "Mon, 23 Nov 2026 10:00:00 GMT")
    })
    .await;
    let client = client(&org.address);
    let lead = client.describe("Lead").await.unwrap();
    let last_name = lead.field("lastname").unwrap();
    assert!(last_name.is_required_on_create());
    assert_eq!((last_name.kind.as_str(), last_name.length), ("string", 80));
    let rating = lead.field("Rating").unwrap();
    assert!(rating.restricted_picklist && !rating.is_required_on_create());
    assert_eq!(rating.picklist_values[0].value, "Hot");
    assert!(lead.record_type_infos[0].master);
    let known = lead.last_modified.clone().unwrap();
    assert_eq!(client.describe_if_changed("Lead", &known).await.unwrap(), None);
    let stored = serde_json::to_string(&lead).unwrap();
    assert_eq!(
        serde_json::from_str::<salesforce::ObjectDescribe>(&stored).unwrap(),
        lead
    );
}

#[tokio::test]
async fn the_list_of_objects_is_read() {
    let body = json!({ "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": [
        { "name": "Lead", "label": "Lead", "labelPlural": "Leads", "keyPrefix": "00Q", "createable": true },
        { "name": "AcceptedEventRelation", "label": "x", "labelPlural": "x", "keyPrefix": null },
    ] });
    let org = Org::start(move |_| Answer::json(200, &body)).await;
    let objects = client(&org.address).describe_global().await.unwrap();
    assert_eq!(objects[0].key_prefix.as_deref(), Some("00Q"));
    assert_eq!(objects[1].key_prefix, None);
}

#[tokio::test]
async fn the_org_and_its_user_are_told() {
    let org = Org::start(|seen| match seen.path.as_str() {
        "/services/oauth2/userinfo" => Answer::json(200, &json!({ "user_id": "005Hs00000abcdeIAA",
            "organization_id": "00DHs0000012345MAA", "preferred_username": "other", "utcOffset": -28_800_000 })),
        QUERY => Answer::json(200, &json!({ "totalSize": 1, "done": true, "records": [{
            "attributes": { "type": "Organization" }, "Id": "00DHs0000012345MAA", "Name": "Acme",
            "OrganizationType": "Developer Edition", "IsSandbox": false, "NamespacePrefix": null }] })),
        _ => Answer::json(200, &json!({ "attributes": {}, "Id": "005Hs00000abcdeIAA",
            "Username": "ada@acme.example", "Name": "Ada Example", "Email": null })),
    })
    .await;
    let client = client(&org.address);
    let organization = client.organization().await.unwrap();
    assert_eq!(organization.name, "Acme");
    assert_eq!(
        organization.organization_type.as_deref(),
        Some("Developer Edition")
    );
    let user = client.current_user().await.unwrap();
    assert_eq!(user.username, "ada@acme.example");
    assert_eq!(
        org.count("GET", "/services/data/v68.0/sobjects/User/005Hs00000abcdeIAA"),
        1
    );
    assert_eq!(client.calls(), 2);
}
