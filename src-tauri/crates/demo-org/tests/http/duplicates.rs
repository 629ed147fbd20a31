//! Duplicate rules: alert, block and report, in every way of writing, and the check before writing.

use crate::caller::{Caller, answer};
use crate::staff::{control, run_job};
use demo_org::{DuplicateAction, Options};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const HEADER: &str = "Sforce-Duplicate-Rule-Header";

async fn org_with(action: DuplicateAction) -> Caller {
    Caller::of(Options {
        duplicate_rules: Some(action),
        ..Options::default()
    })
    .await
}

async fn some_lead(caller: &Caller) -> Value {
    let found = caller
        .query("SELECT Id, FirstName, LastName, Company, Email FROM Lead WHERE Email != null LIMIT 1")
        .await;
    found[0].clone()
}

fn twin(lead: &Value) -> Value {
    json!({ "LastName": "Other", "Company": "Elsewhere", "Email": lead["Email"] })
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_exist_but_do_nothing_unless_asked_for() {
    let caller = Caller::new().await;
    let rules = caller
        .query("SELECT DeveloperName, SobjectType, IsActive FROM DuplicateRule ORDER BY SobjectType")
        .await;
    let shown: Vec<&Value> = rules.iter().map(|rule| &rule["SobjectType"]).collect();
    assert_eq!(shown, ["Account", "Contact", "Lead"]);
    assert!(rules.iter().all(|rule| rule["IsActive"] == false));
    let items = caller
        .query("SELECT Field, MatchingRule.SobjectType FROM MatchingRuleItem WHERE MatchingMethod = 'CompanyName'")
        .await;
    assert_eq!(items.len(), 2, "{items:?}");
    let lead = some_lead(&caller).await;
    let (status, _) = caller.post("sobjects/Lead", &twin(&lead)).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(caller.count("DuplicateRecordSet"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_is_told_with_the_records_and_can_be_overridden() {
    let caller = org_with(DuplicateAction::Alert).await;
    let lead = some_lead(&caller).await;
    let before = caller.count("Lead");
    let (status, refused) = caller.post("sobjects/Lead", &twin(&lead)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let error = &refused[0];
    assert_eq!(error["errorCode"], "DUPLICATES_DETECTED");
    assert_eq!(error["message"], "Use one of these records?");
    assert_eq!(error.get("fields"), None);
    let result = &error["duplicateResut"];
    assert_eq!(result["allowSave"], true);
    assert_eq!(result["duplicateRule"], "Standard_Lead_Duplicate_Rule");
    assert_eq!(result["duplicateRuleEntityType"], "Lead");
    let matches = &result["matchResults"][0];
    assert_eq!(
        (&matches["entityType"], &matches["success"], &matches["errors"]),
        (&json!("Lead"), &json!(true), &json!([]))
    );
    let found = matches["matchRecords"].as_array().expect("records");
    assert_eq!(matches["size"], found.len());
    let ids: Vec<&Value> = found.iter().map(|found| &found["record"]["Id"]).collect();
    assert!(ids.contains(&&lead["Id"]), "{ids:?}");
    let record = &found[0]["record"];
    assert_eq!(record["attributes"]["type"], "Lead");
    assert_eq!(
        record.as_object().expect("a record").len(),
        2,
        "only the id without details"
    );
    assert_eq!(caller.count("Lead"), before);

    let detailed = caller.request(Method::POST, "sobjects/Lead").header(
        HEADER,
        "allowSave=false; includeRecordDetails=true; runAsCurrentUser=true",
    );
    let (_, refused) = answer(detailed.json(&twin(&lead))).await;
    let record = &refused[0]["duplicateResut"]["matchResults"][0]["matchRecords"][0]["record"];
    assert_eq!(record["Email"], lead["Email"]);
    assert!(record["Company"].is_string());

    let allowed = caller
        .request(Method::POST, "sobjects/Lead")
        .header(HEADER, "allowSave=true; includeRecordDetails=false");
    let (status, saved) = answer(allowed.json(&twin(&lead))).await;
    assert_eq!(status, StatusCode::CREATED, "{saved}");
    assert_eq!(caller.count("Lead"), before + 1);
    let sets = caller
        .query("SELECT Name, RecordCount, DuplicateRule.SobjectType, (SELECT RecordId FROM DuplicateRecordItems) \
                FROM DuplicateRecordSet")
        .await;
    assert_eq!(sets.len(), 1);
    let members = sets[0]["DuplicateRecordItems"]["records"]
        .as_array()
        .expect("items");
    assert_eq!(sets[0]["RecordCount"], members.len());
    assert!(members.iter().any(|item| item["RecordId"] == saved["id"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_cannot_be_overridden_and_an_old_version_knows_no_header() {
    let caller = org_with(DuplicateAction::Block).await;
    let lead = some_lead(&caller).await;
    let insisting = |path: &str| {
        let request = caller
            .request(Method::POST, path)
            .header(HEADER, "allowSave=true");
        request.json(&twin(&lead))
    };
    let (status, refused) = answer(insisting("sobjects/Lead")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refused[0]["duplicateResut"]["allowSave"], false);
    control(
        &caller,
        "duplicate-rules",
        &json!({ "object": "Lead", "action": "alert" }),
    )
    .await;
    let (status, _) = answer(insisting("/services/data/v51.0/sobjects/Lead")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "the header came with version 52");
    let (status, _) = answer(insisting("/services/data/v52.0/sobjects/Lead")).await;
    assert_eq!(status, StatusCode::CREATED);
}

#[tokio::test(flavor = "multi_thread")]
async fn collections_and_jobs_fail_row_by_row() {
    let caller = org_with(DuplicateAction::Alert).await;
    let lead = some_lead(&caller).await;
    let mut double = twin(&lead);
    double["attributes"] = json!({ "type": "Lead" });
    let fresh =
        json!({ "attributes": { "type": "Lead" }, "LastName": "Fresh", "Company": "Brand New Wares" });
    let rows = json!({ "allOrNone": false, "records": [double, fresh] });
    let (status, results) = caller.post("composite/sobjects", &rows).await;
    assert_eq!(status, StatusCode::OK);
    let error = &results[0]["errors"][0];
    assert_eq!(
        (&error["statusCode"], &error["message"], &error["fields"]),
        (
            &json!("DUPLICATES_DETECTED"),
            &json!("Use one of these records?"),
            &json!([])
        )
    );
    assert_eq!(error["duplicateResut"]["matchResults"][0]["entityType"], "Lead");
    assert_eq!(results[1]["success"], true);
    let allowed = caller
        .request(Method::POST, "composite/sobjects")
        .header(HEADER, "allowSave=true");
    let (_, results) = answer(allowed.json(&rows)).await;
    assert_eq!(results[0]["success"], true, "{results}");

    let csv = format!(
        "LastName,Company,Email\nBulk,Somewhere,{}\nAlone,Nowhere Else,alone@nowhere.example\n",
        lead["Email"].as_str().expect("an address")
    );
    let job = json!({ "object": "Lead", "operation": "insert" });
    let (info, done, failed) = run_job(&caller, &job, &csv).await;
    assert_eq!(info["numberRecordsFailed"], 1);
    assert!(done.contains("\"Alone\""), "{done}");
    assert!(
        failed.contains("\"\",\"DUPLICATES_DETECTED:Use one of these records?:--\",\"Bulk\""),
        "{failed}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_save_and_tell_nobody() {
    let caller = org_with(DuplicateAction::Report).await;
    let lead = some_lead(&caller).await;
    let (status, saved) = caller.post("sobjects/Lead", &twin(&lead)).await;
    assert_eq!(status, StatusCode::CREATED, "{saved}");
    let items = caller
        .query("SELECT RecordId, DuplicateRecordSet.DuplicateRule.DeveloperName FROM DuplicateRecordItem")
        .await;
    assert!(items.iter().any(|item| item["RecordId"] == saved["id"]));
    assert!(items.iter().any(|item| item["RecordId"] == lead["Id"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn companies_and_persons_are_recognised_across_objects_and_changes() {
    let caller = org_with(DuplicateAction::Alert).await;
    let (status, saved) = caller
        .post("sobjects/Account", &json!({ "Name": "Quibble & Ash, Inc." }))
        .await;
    assert_eq!(status, StatusCode::CREATED, "{saved}");
    for name in ["quibble & ash llc", "The Quibble & Ash"] {
        let (status, _) = caller.post("sobjects/Account", &json!({ "Name": name })).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{name}");
    }
    let contacts = caller.query("SELECT Id, Email FROM Contact LIMIT 1").await;
    let (_, refused) = caller.post("sobjects/Lead", &twin(&contacts[0])).await;
    let results = refused[0]["duplicateResut"]["matchResults"]
        .as_array()
        .expect("results");
    assert!(
        results.iter().any(|result| result["entityType"] == "Contact"),
        "{refused}"
    );

    let leads = caller
        .query("SELECT Id, Email FROM Lead ORDER BY Id LIMIT 2")
        .await;
    let path = format!("sobjects/Lead/{}", leads[0]["Id"].as_str().expect("an id"));
    let (status, _) = caller.patch(&path, &json!({ "Title": "Nothing compared" })).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let (status, refused) = caller.patch(&path, &json!({ "Email": leads[1]["Email"] })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{refused}");
    assert_eq!(refused[0]["errorCode"], "DUPLICATES_DETECTED");
    control(
        &caller,
        "duplicate-rules",
        &json!({ "object": "Lead", "action": "off" }),
    )
    .await;
    let (status, _) = caller.patch(&path, &json!({ "Email": leads[1]["Email"] })).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_before_writing_writes_nothing() {
    let caller = org_with(DuplicateAction::Alert).await;
    let (status, rules) = caller.get("ui-api/duplicates/Lead").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        (&rules["apiName"], &rules["dedupeEnabled"]),
        (&json!("Lead"), &json!(true))
    );
    assert_eq!(rules["duplicateRules"][0]["actionOnInsert"], "Allow");
    assert_eq!(
        rules["duplicateRules"][0]["matchRules"][0]["objectApiName"],
        "Contact"
    );
    let lead = some_lead(&caller).await;
    let before = caller.count("Lead");
    let body = json!({ "apiName": "Lead", "fields": twin(&lead) });
    let (status, found) = caller.post("ui-api/predupe", &body).await;
    assert_eq!(status, StatusCode::OK, "{found}");
    assert_eq!(
        (&found["duplicateError"], &found["allowSave"]),
        (&json!(true), &json!(true))
    );
    assert!(
        found["matches"][0]["recordIds"]
            .as_array()
            .expect("ids")
            .contains(&lead["Id"])
    );
    let fresh = json!({ "apiName": "Lead", "fields": { "LastName": "New", "Email": "new@no-one.example" } });
    let (_, found) = caller.post("ui-api/predupe", &fresh).await;
    assert_eq!(
        (&found["duplicateError"], &found["matches"]),
        (&json!(false), &json!([]))
    );
    assert_eq!(caller.count("Lead"), before);
    let (_, rules) = caller.get("ui-api/duplicates/Opportunity").await;
    assert_eq!(rules["dedupeEnabled"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn upserts_and_composite_steps_heed_their_own_header() {
    let caller = org_with(DuplicateAction::Alert).await;
    let lead = some_lead(&caller).await;
    let path = "sobjects/Lead/ZoomInfo_Id__c/dup-1";
    let (status, refused) = caller.patch(path, &twin(&lead)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{refused}");
    assert!(refused[0]["duplicateResut"].is_object());
    let allowed = caller
        .request(Method::PATCH, path)
        .header(HEADER, "allowSave=true");
    let (status, _) = answer(allowed.json(&twin(&lead))).await;
    assert_eq!(status, StatusCode::CREATED);
    let step = |id: &str, headers: Value| {
        json!({
            "method": "POST", "url": "/services/data/v60.0/sobjects/Lead", "referenceId": id,
            "httpHeaders": headers, "body": twin(&lead),
        })
    };
    let body = json!({ "compositeRequest": [
        step("refused", json!({})), step("saved", json!({ HEADER: "allowSave=true" })),
    ]});
    let (_, done) = caller.post("composite", &body).await;
    let steps = &done["compositeResponse"];
    assert_eq!(
        (&steps[0]["httpStatusCode"], &steps[1]["httpStatusCode"]),
        (&json!(400), &json!(201)),
        "{done}"
    );
    assert_eq!(steps[0]["body"][0]["errorCode"], "DUPLICATES_DETECTED");
}
