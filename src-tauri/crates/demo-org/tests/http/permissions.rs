//! Users with different rights: what they see in describe, queries and records, and what they may write.

use crate::caller::{Caller, answer};
use crate::staff::{User, control, run_job_with};
use demo_org::Options;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

fn field<'describe>(describe: &'describe Value, name: &str) -> Option<&'describe Value> {
    let fields = describe["fields"].as_array().expect("fields");
    fields.iter().find(|field| field["name"] == name)
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_finds_one_row_of_own_permissions() {
    let caller = Caller::new().await;
    let text = "SELECT PermissionsApiEnabled, PermissionsViewSetup, PermissionsModifyAllData FROM UserPermissionAccess";
    let mine = caller.query(text).await;
    assert_eq!(mine.len(), 1);
    assert_eq!(mine[0]["PermissionsModifyAllData"], true);
    let limited = User::login(&caller, "no.setup").await;
    let (_, theirs) = limited.query(text).await;
    assert_eq!(theirs["totalSize"], 1);
    let row = &theirs["records"][0];
    assert_eq!(
        (&row["PermissionsApiEnabled"], &row["PermissionsViewSetup"]),
        (&json!(true), &json!(false))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_api_no_setup_no_marketing() {
    let caller = Caller::new().await;
    let shut_out = User::login(&caller, "no.api").await;
    let (status, refused) = shut_out.get("sobjects").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(refused[0]["errorCode"], "API_CURRENTLY_DISABLED");
    let limited = User::login(&caller, "no.setup").await;
    let (status, _) = limited.get("limits").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, _) = limited.get("sobjects").await;
    assert_eq!(status, StatusCode::OK);
    let (_, campaign) = limited.get("sobjects/Campaign/describe").await;
    assert_eq!(campaign["createable"], false);
    let (status, refused) = limited
        .post("sobjects/Campaign", &json!({ "Name": "Not mine" }))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refused[0]["errorCode"], "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_reads() {
    let caller = Caller::new().await;
    let reader = User::login(&caller, "read.only").await;
    let (_, lead) = reader.get("sobjects/Lead/describe").await;
    assert_eq!(
        (&lead["createable"], &lead["updateable"]),
        (&json!(false), &json!(false))
    );
    assert!(
        lead["fields"]
            .as_array()
            .expect("fields")
            .iter()
            .all(|field| field["createable"] == false)
    );
    let (_, found) = reader.query("SELECT Id FROM Lead LIMIT 1").await;
    let id = found["records"][0]["Id"].as_str().expect("an id");
    let (status, refused) = reader
        .post("sobjects/Lead", &json!({ "LastName": "A", "Company": "B" }))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refused[0]["errorCode"], "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
    let path = format!("sobjects/Lead/{id}");
    let (status, refused) = reader.patch(&path, &json!({ "Title": "X" })).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(refused[0]["errorCode"], "INSUFFICIENT_ACCESS_OR_READONLY");
    let (status, _) = answer(reader.request(Method::DELETE, &path)).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_fields_are_nowhere_and_frozen_ones_only_read() {
    let caller = Caller::new().await;
    let user = User::login(&caller, "some.fields").await;
    let (_, lead) = user.get("sobjects/Lead/describe").await;
    assert!(field(&lead, "Phone").is_none() && field(&lead, "AnnualRevenue").is_none());
    assert!(field(&lead, "MobilePhone").is_some());
    let (_, account) = user.get("sobjects/Account/describe").await;
    let website = field(&account, "Website").expect("a readable field");
    assert_eq!(
        (&website["createable"], &website["updateable"]),
        (&json!(false), &json!(false))
    );

    let (status, refused) = user.query("SELECT Id, Phone FROM Lead LIMIT 1").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refused[0]["errorCode"], "INVALID_FIELD");
    let message = refused[0]["message"].as_str().expect("a message");
    assert!(
        message.contains("No such column 'Phone' on entity 'Lead'"),
        "{message}"
    );
    for text in [
        "SELECT Id FROM Lead WHERE Phone != null",
        "SELECT Id FROM Lead ORDER BY AnnualRevenue",
        "SELECT Lead.Phone FROM CampaignMember",
    ] {
        let (status, _) = user.query(text).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{text}");
    }
    let (_, all) = user.query("SELECT FIELDS(ALL) FROM Lead LIMIT 1").await;
    assert_eq!(all["records"][0].get("Phone"), None);
    let id = all["records"][0]["Id"].as_str().expect("an id").to_owned();
    let (_, record) = user.get(&format!("sobjects/Lead/{id}")).await;
    assert!(record.get("Phone").is_none() && record.get("LastName").is_some());
    let (status, _) = user.get(&format!("sobjects/Lead/{id}?fields=Phone")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);

    let (status, refused) = user
        .patch(&format!("sobjects/Lead/{id}"), &json!({ "Phone": "1" }))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(
        (&refused[0]["errorCode"], &refused[0]["fields"]),
        (&json!("INVALID_FIELD_FOR_INSERT_UPDATE"), &json!(["Phone"]))
    );
    let account = json!({ "Name": "Frozen", "Website": "https://frozen.example" });
    let (_, refused) = user.post("sobjects/Account", &account).await;
    let message = refused[0]["message"].as_str().expect("a message");
    assert!(
        message.starts_with("Unable to create/update fields: Website. Please check"),
        "{message}"
    );
    let open = |method, path: String| user.request(method, &path);
    let job = json!({ "object": "Lead", "operation": "insert" });
    let (info, _, _) = run_job_with(&open, &job, "LastName,Company,Phone\nA,B,1\n").await;
    assert_eq!(
        info["errorMessage"],
        "InvalidBatch : Field name not found : Phone"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_without_rights_is_not_there() {
    let caller = Caller::new().await;
    let user = User::login(&caller, "some.fields").await;
    let (_, all) = user.get("sobjects").await;
    let names: Vec<&Value> = all["sobjects"]
        .as_array()
        .expect("objects")
        .iter()
        .map(|object| &object["name"])
        .collect();
    assert!(!names.contains(&&json!("Opportunity")) && names.contains(&&json!("Lead")));
    let (status, _) = user.get("sobjects/Opportunity/describe").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (_, refused) = user.query("SELECT Id FROM Opportunity").await;
    assert_eq!(refused[0]["errorCode"], "INVALID_TYPE");
    let (_, refused) = user
        .query("SELECT Id, (SELECT Id FROM Opportunities) FROM Account LIMIT 1")
        .await;
    assert_eq!(refused[0]["errorCode"], "INVALID_TYPE", "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_record_type_cannot_be_chosen() {
    let caller = Caller::new().await;
    let found = caller
        .query("SELECT Id FROM RecordType WHERE SobjectType = 'Account' AND DeveloperName = 'Partner'")
        .await;
    let partner = &found[0]["Id"];
    let account = json!({ "Name": "Typed", "RecordTypeId": partner });
    let (status, _) = caller.post("sobjects/Account", &account).await;
    assert_eq!(status, StatusCode::CREATED);
    let user = User::login(&caller, "some.fields").await;
    let (_, refused) = user.post("sobjects/Account", &account).await;
    assert_eq!(refused[0]["errorCode"], "INVALID_CROSS_REFERENCE_KEY");
    let message = refused[0]["message"].as_str().expect("a message");
    assert!(
        message.starts_with("Record Type ID: this ID value isn't valid for the user: 012"),
        "{message}"
    );
    let (_, describe) = user.get("sobjects/Account/describe").await;
    let types = describe["recordTypeInfos"].as_array().expect("record types");
    let info = types
        .iter()
        .find(|info| info["recordTypeId"] == *partner)
        .expect("Partner");
    assert_eq!(info["available"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_fields_need_the_org_and_the_user() {
    let lead = json!({ "LastName": "Old", "Company": "Then", "CreatedDate": "2019-03-04T05:06:07Z" });
    let closed = Caller::new().await;
    let (_, refused) = closed.post("sobjects/Lead", &lead).await;
    assert_eq!(refused[0]["errorCode"], "INVALID_FIELD_FOR_INSERT_UPDATE");
    let caller = Caller::of(Options {
        audit_fields: true,
        ..Options::default()
    })
    .await;
    let (_, describe) = caller.get("sobjects/Lead/describe").await;
    for name in [
        "CreatedDate",
        "CreatedById",
        "LastModifiedDate",
        "LastModifiedById",
    ] {
        assert_eq!(
            field(&describe, name).expect("an audit field")["createable"],
            true,
            "{name}"
        );
    }
    assert_eq!(
        field(&describe, "SystemModstamp").expect("a stamp")["createable"],
        false
    );
    let (status, made) = caller.post("sobjects/Lead", &lead).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let path = format!("sobjects/Lead/{}", made["id"].as_str().expect("an id"));
    let (_, record) = caller.get(&path).await;
    assert_eq!(record["CreatedDate"], "2019-03-04T05:06:07.000+0000");
    let (_, refused) = caller
        .patch(&path, &json!({ "CreatedDate": "2018-01-01T00:00:00Z" }))
        .await;
    assert_eq!(refused[0]["errorCode"], "INVALID_FIELD_FOR_INSERT_UPDATE");
    let other = User::login(&caller, "mara.okafor").await;
    let (_, refused) = other.post("sobjects/Lead", &lead).await;
    assert_eq!(refused[0]["errorCode"], "INVALID_FIELD_FOR_INSERT_UPDATE");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_steward_deletes_past_the_recycle_bin() {
    let caller = Caller::new().await;
    let job = json!({ "object": "Lead", "operation": "hardDelete" });
    let (status, refused) = caller.post("jobs/ingest", &job).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refused[0]["errorCode"], "FEATURENOTENABLED");
    let found = caller.query("SELECT Id FROM Lead ORDER BY Id LIMIT 1").await;
    let id = found[0]["Id"].as_str().expect("an id");
    let steward = User::login(&caller, "data.steward").await;
    let open = |method, path: String| steward.request(method, &path);
    let (_, done, _) = run_job_with(&open, &job, &format!("Id\n{id}\n")).await;
    assert!(done.contains(id), "{done}");
    let request = caller.request(Method::GET, "queryAll");
    let (_, left) = answer(request.query(&[("q", format!("SELECT Id FROM Lead WHERE Id = '{id}'"))])).await;
    assert_eq!(left["totalSize"], 0, "not even in the recycle bin");
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_are_taken_away_and_given_back_while_a_client_is_connected() {
    let caller = Caller::new().await;
    let access = "SELECT PermissionsViewSetup, PermissionsMarketingUser FROM UserPermissionAccess";
    for name in ["PermissionsViewSetup", "PermissionsMarketingUser"] {
        control(
            &caller,
            "rights",
            &json!({ "permission": { "name": name, "allowed": false } }),
        )
        .await;
    }
    let mine = caller.query(access).await;
    assert_eq!(
        (
            &mine[0]["PermissionsViewSetup"],
            &mine[0]["PermissionsMarketingUser"]
        ),
        (&json!(false), &json!(false))
    );
    assert_eq!(caller.get("limits").await.0, StatusCode::FORBIDDEN);
    control(
        &caller,
        "rights",
        &json!({ "object": { "name": "Lead", "right": "create" } }),
    )
    .await;
    let (_, lead) = caller.get("sobjects/Lead/describe").await;
    assert_eq!(
        (&lead["createable"], &lead["updateable"], &lead["deletable"]),
        (&json!(true), &json!(false), &json!(false))
    );
    let given = json!({ "LastName": "Marsh", "Company": "Acme" });
    let (status, made) = caller.post("sobjects/Lead", &given).await;
    assert_eq!(status, StatusCode::CREATED);
    let path = format!("sobjects/Lead/{}", made["id"].as_str().expect("an id"));
    let (status, _) = caller.patch(&path, &json!({ "Title": "X" })).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    control(
        &caller,
        "rights",
        &json!({ "object": { "name": "Lead", "right": "usual" } }),
    )
    .await;
    let (status, _) = caller.patch(&path, &json!({ "Title": "X" })).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    control(&caller, "rights", &json!({ "api": { "allowed": false } })).await;
    let (status, refused) = caller.get("sobjects").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(refused[0]["errorCode"], "API_DISABLED_FOR_ORG");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_object_is_hidden_in_a_part_of_a_composite_call_too() {
    let caller = Caller::new().await;
    control(
        &caller,
        "rights",
        &json!({ "object": { "name": "Opportunity", "right": "hidden" } }),
    )
    .await;
    let body = json!({ "compositeRequest": [{
        "method": "GET", "url": "/services/data/v68.0/sobjects/Opportunity/describe", "referenceId": "one",
    }] });
    let (_, answer) = caller.post("composite", &body).await;
    assert_eq!(answer["compositeResponse"][0]["httpStatusCode"], 404);
}
