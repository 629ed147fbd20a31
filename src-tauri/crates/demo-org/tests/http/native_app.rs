//! The org with and without the ZoomInfo native app.

use crate::caller::Caller;
use demo_org::Options;
use reqwest::StatusCode;
use serde_json::{Value, json};

async fn with_app() -> Caller {
    Caller::of(Options {
        native_app: true,
        ..Options::default()
    })
    .await
}

async fn namespaced(caller: &Caller, path: &str, list: &str) -> Vec<String> {
    let (_, found) = caller.get(path).await;
    let names = found[list].as_array().expect("a list").iter();
    names
        .filter_map(|entry| entry["name"].as_str())
        .filter(|name| name.starts_with("DOZISF__"))
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_it_exists_without_it() {
    let caller = Caller::new().await;
    assert!(namespaced(&caller, "sobjects", "sobjects").await.is_empty());
    for object in ["Account", "Contact", "Lead", "Opportunity"] {
        let path = format!("sobjects/{object}/describe");
        assert!(namespaced(&caller, &path, "fields").await.is_empty(), "{object}");
    }
    assert!(caller.query("SELECT Id FROM PackageLicense").await.is_empty());
    let (status, _) = caller.get("sobjects/DOZISF__ZoomInfo_Scoop__c/describe").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn its_fields_and_objects_are_there_with_it() {
    let caller = with_app().await;
    let objects = namespaced(&caller, "sobjects", "sobjects").await;
    assert_eq!(
        objects,
        [
            "DOZISF__ZoomInfo__c",
            "DOZISF__ZoomInfo_Scoop__c",
            "DOZISF__ZoomInfo_Intent__c"
        ]
    );
    let licenses = caller
        .query("SELECT NamespacePrefix, Status, AllowedLicenses, ExpirationDate FROM PackageLicense")
        .await;
    assert_eq!(
        (
            &licenses[0]["NamespacePrefix"],
            &licenses[0]["Status"],
            &licenses[0]["AllowedLicenses"]
        ),
        (&json!("DOZISF"), &json!("Active"), &json!(-1))
    );
    for (object, expected) in [("Account", 5), ("Contact", 10), ("Lead", 5), ("Opportunity", 3)] {
        let path = format!("sobjects/{object}/describe");
        let fields = namespaced(&caller, &path, "fields").await;
        assert_eq!(fields.len(), expected, "{object}: {fields:?}");
    }
    let types = caller
        .query(
            "SELECT DeveloperName, NamespacePrefix FROM RecordType WHERE SobjectType = 'DOZISF__ZoomInfo__c'",
        )
        .await;
    assert_eq!(types.len(), 2);
    assert!(types.iter().all(|kind| kind["NamespacePrefix"] == "DOZISF"));
    assert_eq!(caller.count("Account"), 40, "the made-up data is the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_records_are_written_by_their_ids_and_found_from_the_account() {
    let caller = with_app().await;
    let account = caller.query("SELECT Id FROM Account LIMIT 1").await[0]["Id"].clone();
    let path = format!("sobjects/Account/{}", account.as_str().expect("an id"));
    let change = json!({ "DOZISF__ZoomInfo_Id__c": "346572700" });
    let (status, _) = caller.patch(&path, &change).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let scoop = json!({
        "DOZISF__Account__r": { "DOZISF__ZoomInfo_Id__c": "346572700" },
        "DOZISF__Description__c": "A new plant is planned.",
    });
    let (status, made) = caller
        .patch(
            "sobjects/DOZISF__ZoomInfo_Scoop__c/DOZISF__Scoop_ID__c/77",
            &scoop,
        )
        .await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let intent = json!({
        "DOZISF__Account__c": account, "DOZISF__Topic__c": "Data Quality", "DOZISF__Signal_Score__c": 87,
        "DOZISF__Audience_Strength__c": "A", "DOZISF__Signal_Date__c": "2026-11-01",
    });
    let (status, made) = caller.post("sobjects/DOZISF__ZoomInfo_Intent__c", &intent).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let text = format!(
        "SELECT Id, (SELECT Name, DOZISF__Scoop_ID__c FROM DOZISF__ZoomInfo_Scoops__r), \
         (SELECT DOZISF__Signal_Score__c FROM DOZISF__ZoomInfo_Intents__r) FROM Account WHERE Id = '{}'",
        account.as_str().expect("an id")
    );
    let found: &Value = &caller.query(&text).await[0];
    let scoop = &found["DOZISF__ZoomInfo_Scoops__r"]["records"][0];
    assert_eq!(
        (&scoop["Name"], &scoop["DOZISF__Scoop_ID__c"]),
        (&json!("SCOOP-0001"), &json!("77"))
    );
    assert_eq!(
        found["DOZISF__ZoomInfo_Intents__r"]["records"][0]["DOZISF__Signal_Score__c"],
        87.0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tooling_api_tells_its_version() {
    let query =
        "tooling/query?q=SELECT+SubscriberPackageVersion.MajorVersion+FROM+InstalledSubscriberPackage";
    let (status, none) = Caller::new().await.get(query).await;
    assert_eq!((status, &none["records"]), (StatusCode::OK, &json!([])));
    let caller = Caller::of(Options {
        native_app: true,
        native_app_version: (1, 21),
        ..Options::default()
    })
    .await;
    let (_, found) = caller.get(query).await;
    let package = &found["records"][0];
    assert_eq!(package["SubscriberPackage"]["NamespacePrefix"], "DOZISF");
    assert_eq!(
        (
            &package["SubscriberPackageVersion"]["MajorVersion"],
            &package["SubscriberPackageVersion"]["MinorVersion"]
        ),
        (&json!(1), &json!(21))
    );
}
