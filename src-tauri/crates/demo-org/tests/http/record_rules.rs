//! What the org refuses, fills in and keeps: fields of every type, owners, record types, deletion.

use crate::caller::{Caller, answer};
use crate::staff::{control, run_job};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

async fn made(caller: &Caller, object: &str, body: &Value) -> String {
    let (status, made) = caller.post(&format!("sobjects/{object}"), body).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    made["id"].as_str().expect("an id").to_owned()
}

async fn refused(caller: &Caller, object: &str, body: &Value) -> (String, Value, String) {
    let (status, answer) = caller.post(&format!("sobjects/{object}"), body).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
    let text = |name: &str| answer[0][name].as_str().expect("a text").to_owned();
    (text("errorCode"), answer[0]["fields"].clone(), text("message"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_custom_object_has_a_field_of_every_type() {
    let caller = Caller::new().await;
    let (_, describe) = caller.get("sobjects/Project__c/describe").await;
    assert_eq!(
        (&describe["custom"], &describe["keyPrefix"]),
        (&json!(true), &json!("a00"))
    );
    let fields = describe["fields"].as_array().expect("fields");
    let field = |name: &str| {
        fields
            .iter()
            .find(|field| field["name"] == name)
            .expect("a field")
    };
    for (name, kind) in [
        ("Topics__c", "multipicklist"),
        ("Standup__c", "time"),
        ("Access_Word__c", "encryptedstring"),
        ("Place__c", "location"),
        ("Seats__c", "double"),
        ("Unit_Price__c", "currency"),
        ("Discount__c", "percent"),
        ("Kickoff__c", "datetime"),
        ("Details__c", "textarea"),
        ("Link__c", "url"),
    ] {
        assert_eq!(field(name)["type"], kind, "{name}");
    }
    assert_eq!(field("Total__c")["calculated"], true);
    assert_eq!(field("Total__c")["createable"], false);
    assert_eq!(field("Details__c")["htmlFormatted"], true);
    assert_eq!(
        (
            &field("Project_Code__c")["externalId"],
            &field("Project_Code__c")["unique"]
        ),
        (&json!(true), &json!(true))
    );
    let country = field("Country__c");
    assert_eq!(
        (&country["dependentPicklist"], &country["controllerName"]),
        (&json!(true), &json!("Region__c"))
    );
    // Americas is the first bit, Europe the second.
    let bits: Vec<&Value> = country["picklistValues"]
        .as_array()
        .expect("values")
        .iter()
        .map(|value| &value["validFor"])
        .collect();
    assert_eq!(bits, ["gA==", "gA==", "QA==", "QA==", "wA=="]);
}

#[tokio::test(flavor = "multi_thread")]
async fn its_values_come_back_as_they_were_given_or_as_they_follow() {
    let caller = Caller::new().await;
    let account = caller.query("SELECT Id FROM Account LIMIT 1").await[0]["Id"].clone();
    let project = json!({
        "Name": "Every type", "Project_Code__c": "P-1", "Account__c": account, "Region__c": "Europe",
        "Country__c": "Germany", "Topics__c": "Data;Security", "Seats__c": 12, "Unit_Price__c": 2.5,
        "Discount__c": 15, "Start_Date__c": "2026-12-01", "Kickoff__c": "2026-12-01T09:30:00Z",
        "Standup__c": "09:15:00Z", "Billable__c": true, "Place__Latitude__s": 52.5, "Place__Longitude__s": 13.25,
    });
    let id = made(&caller, "Project__c", &project).await;
    let (_, stored) = caller.get(&format!("sobjects/Project__c/{id}")).await;
    assert_eq!(stored["Topics__c"], "Data;Security");
    assert_eq!(stored["Standup__c"], "09:15:00.000Z");
    assert_eq!(stored["Total__c"], 30.0);
    assert_eq!(stored["Reference__c"], "P-1 / Europe");
    assert_eq!(
        stored["Place__c"],
        json!({ "latitude": 52.5, "longitude": 13.25 })
    );
    assert_eq!(stored["Stage__c"], "Planned", "the default");
    let found = caller
        .query("SELECT Account__r.Name, Total__c FROM Project__c WHERE Total__c > 29")
        .await;
    assert!(found[0]["Account__r"]["Name"].is_string(), "{found:?}");
    let step = json!({ "Project__r": { "Project_Code__c": "p-1" }, "Title__c": "Begin" });
    let first = made(&caller, "Project_Step__c", &step).await;
    made(&caller, "Project_Step__c", &step).await;
    let steps = caller
        .query("SELECT Name, Project__r.Name FROM Project_Step__c ORDER BY Name")
        .await;
    assert_eq!(
        (&steps[0]["Name"], &steps[1]["Name"]),
        (&json!("STEP-0001"), &json!("STEP-0002"))
    );
    let (_, refused) = caller
        .patch(
            &format!("sobjects/Project_Step__c/{first}"),
            &json!({ "Name": "Mine" }),
        )
        .await;
    assert_eq!(refused[0]["errorCode"], "INVALID_FIELD_FOR_INSERT_UPDATE");
    let (status, _) = answer(caller.request(Method::DELETE, &format!("sobjects/Project__c/{id}"))).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(caller.count("Project_Step__c"), 0, "details go with their master");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_refusal_has_its_code_and_names_its_field() {
    let caller = Caller::new().await;
    made(
        &caller,
        "Project__c",
        &json!({ "Name": "First", "Project_Code__c": "Taken" }),
    )
    .await;
    let cases = [
        (
            "Project__c",
            json!({ "Name": "A", "Topics__c": "Data;Cooking" }),
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            json!(["Topics__c"]),
        ),
        (
            "Project__c",
            json!({ "Name": "A", "Stage__c": "Lost" }),
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            json!(["Stage__c"]),
        ),
        (
            "Project__c",
            json!({ "Name": "A", "Standup__c": "25:99" }),
            "JSON_PARSER_ERROR",
            Value::Null,
        ),
        (
            "Project__c",
            json!({ "Name": "A", "Total__c": 5 }),
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            json!(["Total__c"]),
        ),
        (
            "Project__c",
            json!({ "Name": "A", "Contact_Email__c": "nobody" }),
            "INVALID_EMAIL_ADDRESS",
            json!(["Contact_Email__c"]),
        ),
        (
            "Project__c",
            json!({ "Name": "A", "Score__c": 1000 }),
            "NUMBER_OUTSIDE_VALID_RANGE",
            json!(["Score__c"]),
        ),
        (
            "Project__c",
            json!({ "Name": "x".repeat(81) }),
            "STRING_TOO_LONG",
            json!(["Name"]),
        ),
        ("Project__c", json!({}), "REQUIRED_FIELD_MISSING", json!(["Name"])),
        (
            "Project_Step__c",
            json!({ "Title__c": "No master" }),
            "REQUIRED_FIELD_MISSING",
            json!(["Project__c"]),
        ),
        (
            "Project__c",
            json!({ "Name": "A", "Id": "a00000000000000AAA" }),
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            json!(["Id"]),
        ),
        (
            "Lead",
            json!({ "LastName": "A", "Company": "B", "ConvertedDate": "2026-01-01" }),
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            json!(["ConvertedDate"]),
        ),
        (
            "Contact",
            json!({ "LastName": "A", "Account": { "ZoomInfo_Id__c": "no such id" } }),
            "INVALID_FIELD",
            json!([]),
        ),
    ];
    for (object, body, code, fields) in cases {
        let (status, answer) = caller.post(&format!("sobjects/{object}"), &body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body} {answer}");
        assert_eq!(answer[0]["errorCode"], code, "{body} {answer}");
        assert_eq!(
            answer[0].get("fields").cloned().unwrap_or_default(),
            fields,
            "{body} {answer}"
        );
    }
    let (code, _, message) = refused(
        &caller,
        "Project__c",
        &json!({ "Name": "B", "Project_Code__c": "TAKEN" }),
    )
    .await;
    assert_eq!(code, "DUPLICATE_VALUE");
    assert!(
        message.starts_with("duplicate value found: Project_Code__c duplicates value on record with id: a00"),
        "{message}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn record_types_are_given_and_offer_less() {
    let caller = Caller::new().await;
    let types = caller
        .query("SELECT Id, DeveloperName, SobjectType FROM RecordType WHERE SobjectType IN ('Lead', 'Project__c')")
        .await;
    let id = |object: &str, name: &str| {
        let found = types
            .iter()
            .find(|kind| kind["SobjectType"] == object && kind["DeveloperName"] == name);
        found.expect("a record type")["Id"].clone()
    };
    let lead = made(
        &caller,
        "Lead",
        &json!({ "LastName": "Typed", "Company": "X", "Function__c": "Legal" }),
    )
    .await;
    let (_, stored) = caller.get(&format!("sobjects/Lead/{lead}")).await;
    assert_eq!(
        stored["RecordTypeId"],
        id("Lead", "Inbound"),
        "the default record type"
    );
    let outbound = json!({
        "LastName": "Typed", "Company": "X", "Function__c": "Legal", "RecordTypeId": id("Lead", "Outbound"),
    });
    let (code, fields, _) = refused(&caller, "Lead", &outbound).await;
    assert_eq!(
        (code.as_str(), &fields),
        ("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", &json!(["Function__c"]))
    );
    let wrong = json!({ "LastName": "A", "Company": "B", "RecordTypeId": id("Project__c", "Internal") });
    let (code, fields, _) = refused(&caller, "Lead", &wrong).await;
    assert_eq!(
        (code.as_str(), &fields),
        ("INVALID_CROSS_REFERENCE_KEY", &json!(["RecordTypeId"]))
    );
    let internal = id("Project__c", "Internal");
    let path = format!(
        "ui-api/object-info/Project__c/picklist-values/{}",
        internal.as_str().expect("an id")
    );
    let (status, values) = caller.get(&path).await;
    assert_eq!(status, StatusCode::OK);
    let offered = values["picklistFieldValues"]["Stage__c"]["values"]
        .as_array()
        .expect("values");
    assert!(offered.iter().all(|value| value["value"] != "Dropped"));
    let (_, one) = caller.get(&format!("{path}/Country__c")).await;
    assert_eq!(one["controllerValues"], json!({ "Americas": 0, "Europe": 1 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn owners_are_active_users_or_queues_of_the_object() {
    let caller = Caller::new().await;
    let groups = caller.query("SELECT Id, Type FROM Group").await;
    let of_type = |kind: &str| {
        groups
            .iter()
            .find(|group| group["Type"] == kind)
            .expect("a group")["Id"]
            .clone()
    };
    let sends = |owner: Value| json!({ "LastName": "Owned", "Company": "X", "OwnerId": owner });
    let keep = |body: Value| {
        caller
            .request(Method::POST, "sobjects/Lead")
            .header("Sforce-Auto-Assign", "FALSE")
            .json(&body)
    };
    let (status, _) = answer(keep(sends(of_type("Queue")))).await;
    assert_eq!(status, StatusCode::CREATED);
    let (_, refused) = answer(keep(sends(of_type("Regular")))).await;
    assert_eq!(
        refused[0]["errorCode"], "INVALID_CROSS_REFERENCE_KEY",
        "{refused}"
    );
    let inactive = caller.query("SELECT Id FROM User WHERE IsActive = false").await;
    let (_, refused) = answer(keep(sends(inactive[0]["Id"].clone()))).await;
    assert_eq!(refused[0]["errorCode"], "INACTIVE_OWNER_OR_USER");
    let account = json!({ "Name": "Not a queue's", "OwnerId": of_type("Queue") });
    let (status, _) = caller.post("sobjects/Account", &account).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn assignment_rules_can_be_named() {
    let caller = Caller::new().await;
    let rules = caller
        .query("SELECT Id, Active FROM AssignmentRule WHERE SobjectType = 'Lead' ORDER BY Active")
        .await;
    let inactive = rules[0]["Id"].as_str().expect("an id");
    let lead = json!({ "LastName": "Routed", "Company": "X" });
    let routed = |rule: &str| {
        caller
            .request(Method::POST, "sobjects/Lead")
            .header("Sforce-Auto-Assign", rule)
            .json(&lead)
    };
    let (_, made) = answer(routed(inactive)).await;
    let owner = async |id: &Value| {
        let text = format!(
            "SELECT Owner.Name FROM Lead WHERE Id = '{}'",
            id.as_str().expect("an id")
        );
        caller.query(&text).await[0]["Owner"]["Name"].clone()
    };
    assert_eq!(owner(&made["id"]).await, "Inbound Leads");
    let (status, refused) = answer(routed("01Q000000000001AAA")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refused[0]["errorCode"], "INVALID_CROSS_REFERENCE_KEY");
    let csv = "LastName,Company\nBulk Routed,X\n";
    let job = json!({ "object": "Lead", "operation": "insert", "assignmentRuleId": inactive });
    run_job(&caller, &job, csv).await;
    let job = json!({ "object": "Lead", "operation": "insert" });
    run_job(&caller, &job, csv).await;
    let owners: Vec<Value> = caller
        .query("SELECT Owner.Name FROM Lead WHERE LastName = 'Bulk Routed' ORDER BY Id")
        .await
        .iter()
        .map(|lead| lead["Owner"]["Name"].clone())
        .collect();
    assert_eq!(
        owners,
        ["Inbound Leads", "Demo Admin"],
        "a job without a rule assigns nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recycle_bin_keeps_records_until_it_is_emptied() {
    let caller = Caller::new().await;
    let account = made(&caller, "Account", &json!({ "Name": "Going" })).await;
    made(
        &caller,
        "Contact",
        &json!({ "LastName": "Along", "AccountId": account }),
    )
    .await;
    let path = format!("sobjects/Account/{account}");
    let (status, _) = answer(caller.request(Method::DELETE, &path)).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let all = async || {
        let request = caller.request(Method::GET, "queryAll");
        let text = "SELECT Id FROM Contact WHERE LastName = 'Along' AND IsDeleted = true";
        answer(request.query(&[("q", text)])).await.1["totalSize"].clone()
    };
    assert_eq!(all().await, 1);
    let (_, gone) = caller.get(&path).await;
    assert_eq!(gone[0]["errorCode"], "ENTITY_IS_DELETED");
    let emptied = control(&caller, "recycle-bin/empty", &Value::Null).await;
    assert_eq!(emptied["emptied_records"], 2);
    assert_eq!(all().await, 0);
    let (_, gone) = caller.get(&path).await;
    assert_eq!(gone[0]["errorCode"], "NOT_FOUND");
    assert_eq!(caller.count("Account"), 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_can_be_queried() {
    let caller = Caller::new().await;
    let objects = caller
        .query("SELECT QualifiedApiName, KeyPrefix, Label FROM EntityDefinition WHERE QualifiedApiName = 'Project__c'")
        .await;
    assert_eq!(
        (&objects[0]["KeyPrefix"], &objects[0]["Label"]),
        (&json!("a00"), &json!("Project"))
    );
    let fields = caller
        .query(
            "SELECT QualifiedApiName, DataType, IsCalculated FROM FieldDefinition \
             WHERE EntityDefinition.QualifiedApiName = 'Project__c' AND IsCalculated = true ORDER BY QualifiedApiName",
        )
        .await;
    let names: Vec<&Value> = fields.iter().map(|field| &field["QualifiedApiName"]).collect();
    assert_eq!(names, ["Reference__c", "Total__c"]);
}
