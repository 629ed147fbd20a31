//! Describe and its relatives: every documented key, layouts, object info, what was made last.

use crate::caller::Caller;
use reqwest::StatusCode;
use serde_json::{Value, json};

const FIELD_KEYS: &str = "aggregatable aiPredictionField autoNumber byteLength calculated calculatedFormula cascadeDelete \
    caseSensitive compoundFieldName controllerName createable custom defaultValue defaultValueFormula \
    defaultedOnCreate dependentPicklist deprecatedAndHidden digits displayLocationInDecimal encrypted externalId \
    extraTypeInfo filterable filteredLookupInfo formulaTreatNullNumberAsZero groupable highScaleNumber htmlFormatted \
    idLookup inlineHelpText label length mask maskType name nameField namePointing nillable permissionable \
    picklistValues polymorphicForeignKey precision queryByDistance referenceTargetField referenceTo relationshipName \
    relationshipOrder restrictedDelete restrictedPicklist scale searchPrefilterable soapType sortable type unique \
    updateable writeRequiresMasterRead";
const OBJECT_KEYS: &str = "name label labelPlural keyPrefix custom customSetting createable updateable deletable \
    queryable retrieveable searchable triggerable undeletable mergeable replicateable layoutable activateable \
    deprecatedAndHidden feedEnabled hasSubtypes isSubtype isInterface mruEnabled associateEntityType \
    associateParentEntity urls";
const FULL_KEYS: &str = "fields childRelationships recordTypeInfos supportedScopes namedLayoutInfos actionOverrides \
    compactLayoutable searchLayoutable sobjectDescribeOption listviewable networkScopeFieldName";

fn has_all(value: &Value, keys: &str) {
    let members = value.as_object().expect("an object");
    for key in keys.split_whitespace() {
        assert!(members.contains_key(key), "{key} is missing in {}", value["name"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_documented_key_is_there() {
    let caller = Caller::new().await;
    let (_, global) = caller.get("sobjects").await;
    assert_eq!(
        (&global["encoding"], &global["maxBatchSize"]),
        (&json!("UTF-8"), &json!(200))
    );
    for object in global["sobjects"].as_array().expect("objects") {
        has_all(object, OBJECT_KEYS);
        let (status, full) = caller
            .get(object["urls"]["describe"].as_str().expect("a url"))
            .await;
        assert_eq!(status, StatusCode::OK);
        has_all(&full, OBJECT_KEYS);
        has_all(&full, FULL_KEYS);
        for field in full["fields"].as_array().expect("fields") {
            has_all(field, FIELD_KEYS);
            for entry in field["picklistValues"].as_array().expect("values") {
                has_all(entry, "value label active defaultValue validFor");
            }
        }
        for child in full["childRelationships"].as_array().expect("children") {
            let keys = "childSObject field relationshipName cascadeDelete restrictedDelete deprecatedAndHidden \
                        junctionIdListNames junctionReferenceTo";
            has_all(child, keys);
        }
        for url in ["layouts", "compactLayouts", "listviews"] {
            let (status, _) = caller.get(object["urls"][url].as_str().expect("a url")).await;
            assert_eq!(status, StatusCode::OK, "{url} of {}", object["name"]);
        }
        for info in full["recordTypeInfos"].as_array().expect("record types") {
            let (status, layout) = caller.get(info["urls"]["layout"].as_str().expect("a url")).await;
            assert_eq!(status, StatusCode::OK);
            assert!(layout["detailLayoutSections"][0]["layoutRows"].is_array());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn object_info_agrees_with_describe() {
    let caller = Caller::new().await;
    let (_, described) = caller.get("sobjects/Lead/describe").await;
    let (status, info) = caller.get("ui-api/object-info/Lead").await;
    assert_eq!(
        (status, &info["apiName"], &info["keyPrefix"]),
        (StatusCode::OK, &json!("Lead"), &json!("00Q"))
    );
    for field in described["fields"].as_array().expect("fields") {
        let name = field["name"].as_str().expect("a name");
        let other = &info["fields"][name];
        assert_eq!(
            (&other["apiName"], &other["label"]),
            (&field["name"], &field["label"])
        );
        assert_eq!(other["reference"], field["type"] == "reference");
    }
    assert_eq!(info["fields"]["LastName"]["required"], true);
    assert_eq!(info["fields"]["LastName"]["dataType"], "String");
    assert_eq!(
        info["fields"]["CreatedById"]["referenceToInfos"],
        json!([{ "apiName": "User", "nameFields": ["Name"] }])
    );
    let usual = info["defaultRecordTypeId"].as_str().expect("an id");
    assert_eq!(info["recordTypeInfos"][usual]["defaultRecordTypeMapping"], true);
    assert_eq!(
        caller.get("ui-api/object-info/Nothing").await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_last_comes_first() {
    let caller = Caller::new().await;
    let (_, before) = caller.get("sobjects/Account").await;
    assert_eq!(before["recentItems"], json!([]));
    let mut ids = Vec::new();
    for name in ["First", "Second"] {
        let (_, made) = caller.post("sobjects/Account", &json!({ "Name": name })).await;
        ids.insert(0, made["id"].clone());
    }
    let (_, after) = caller.get("sobjects/Account").await;
    let items = after["recentItems"].as_array().expect("items");
    assert_eq!(
        items.iter().map(|item| item["Id"].clone()).collect::<Vec<_>>(),
        ids
    );
    assert_eq!(
        (&items[0]["Name"], &items[0]["attributes"]["type"]),
        (&json!("Second"), &json!("Account"))
    );
    let (_, recent) = caller.get("recent?limit=1").await;
    assert_eq!(
        (recent.as_array().map(Vec::len), &recent[0]["attributes"]["type"]),
        (Some(1), &json!("Account"))
    );
}
