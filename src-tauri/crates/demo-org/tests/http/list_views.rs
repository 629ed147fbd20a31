//! List views: the list, the description, the rows, and that all three agree with a query.

use crate::caller::Caller;
use reqwest::StatusCode;
use serde_json::{Value, json};

async fn view(caller: &Caller, object: &str, name: &str) -> String {
    let (_, list) = caller.get(&format!("sobjects/{object}/listviews")).await;
    let views = list["listviews"].as_array().expect("views");
    let view = views
        .iter()
        .find(|view| view["developerName"] == name)
        .expect("the view");
    view["id"].as_str().expect("an id").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_has_its_views() {
    let caller = Caller::new().await;
    for object in ["Account", "Contact", "Lead"] {
        let (status, list) = caller.get(&format!("sobjects/{object}/listviews/")).await;
        assert_eq!(
            (status, &list["done"], &list["sobjectType"]),
            (StatusCode::OK, &json!(true), &json!(object))
        );
        let views = list["listviews"].as_array().expect("views");
        assert_eq!(list["size"], views.len());
        assert_eq!(list["nextRecordsUrl"], Value::Null);
        for view in views {
            let id = view["id"].as_str().expect("an id");
            assert!(id.starts_with("00B") && id.len() == 18);
            let base = format!("/services/data/v60.0/sobjects/{object}/listviews/{id}");
            assert_eq!(view["describeUrl"], format!("{base}/describe"));
            assert_eq!(view["resultsUrl"], format!("{base}/results"));
            assert_eq!(view["soqlCompatible"], true);
            let (status, one) = caller.get(&base).await;
            assert_eq!((status, &one["label"]), (StatusCode::OK, &view["label"]));
        }
        let text = format!("SELECT Id, Name, DeveloperName FROM ListView WHERE SobjectType = '{object}'");
        let records = caller.query(&text).await;
        let ids: Vec<&Value> = records.iter().map(|record| &record["Id"]).collect();
        assert_eq!(ids, views.iter().map(|view| &view["id"]).collect::<Vec<_>>());
    }
    let (_, none) = caller.get("sobjects/Task/listviews").await;
    assert_eq!((&none["size"], &none["listviews"]), (&json!(0), &json!([])));
    let id = view(&caller, "Account", "AllAccounts").await;
    for path in [
        format!("sobjects/Contact/listviews/{id}"),
        "sobjects/Account/listviews/00B000000000001AAA".into(),
    ] {
        assert_eq!(caller.get(&path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_description_tells_the_query() {
    let caller = Caller::new().await;
    let id = view(&caller, "Account", "MyAccounts").await;
    let (_, described) = caller
        .get(&format!("sobjects/Account/listviews/{id}/describe"))
        .await;
    assert_eq!(
        (&described["scope"], &described["sobjectType"], &described["id"]),
        (&json!("mine"), &json!("Account"), &json!(id))
    );
    let query = described["query"].as_str().expect("a query");
    assert!(
        query.contains(" FROM Account USING SCOPE mine ORDER BY Name ASC NULLS FIRST, Id ASC"),
        "{query}"
    );
    assert_eq!(
        described["whereCondition"],
        json!({ "conditions": [], "conjunction": "and" })
    );
    assert_eq!(
        described["orderBy"][0],
        json!({ "fieldNameOrPath": "Name", "nullsPosition": "first", "sortDirection": "ascending" })
    );
    assert_eq!(
        described["columns"][0],
        json!({ "ascendingLabel": "Z-A", "descendingLabel": "A-Z", "fieldNameOrPath": "Name", "hidden": false,
                "label": "Account Name", "searchable": true, "selectListItem": "Name",
                "sortDirection": "ascending", "sortIndex": 0, "sortable": true, "type": "string" })
    );
    let hidden = described["columns"].as_array().expect("columns").iter();
    let hidden: Vec<&Value> = hidden
        .filter(|column| column["hidden"] == true)
        .map(|column| &column["fieldNameOrPath"])
        .collect();
    assert_eq!(
        hidden,
        ["Id", "CreatedDate", "LastModifiedDate", "SystemModstamp"]
    );

    let id = view(&caller, "Account", "Technology_Customers").await;
    let (_, described) = caller
        .get(&format!("sobjects/Account/listviews/{id}/describe"))
        .await;
    let condition = &described["whereCondition"];
    assert_eq!(condition["conjunction"], "and");
    assert_eq!(
        condition["conditions"][0],
        json!({ "field": "Industry", "operator": "equals", "values": ["'Technology'"] })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_come_in_pages_and_agree_with_the_query() {
    let caller = Caller::new().await;
    for (object, name, text) in [
        (
            "Account",
            "AllAccounts",
            "SELECT Id FROM Account ORDER BY Name, Id",
        ),
        (
            "Account",
            "MyAccounts",
            "SELECT Id FROM Account USING SCOPE mine ORDER BY Name, Id",
        ),
        (
            "Contact",
            "Contacts_With_Email",
            "SELECT Id FROM Contact WHERE Email != null ORDER BY Name, Id",
        ),
        (
            "Lead",
            "AllOpenLeads",
            "SELECT Id FROM Lead WHERE IsConverted = false ORDER BY Name, Id",
        ),
    ] {
        let id = view(&caller, object, name).await;
        let url = format!("sobjects/{object}/listviews/{id}/results");
        let expected: Vec<Value> = caller
            .query(text)
            .await
            .into_iter()
            .map(|record| record["Id"].clone())
            .collect();
        let mut found: Vec<Value> = Vec::new();
        loop {
            let (status, page) = caller.get(&format!("{url}?limit=7&offset={}", found.len())).await;
            assert_eq!((status, &page["developerName"]), (StatusCode::OK, &json!(name)));
            let rows = page["records"].as_array().expect("records");
            assert_eq!(page["size"], rows.len());
            for row in rows {
                let cells = row["columns"].as_array().expect("columns");
                let id = cells
                    .iter()
                    .find(|cell| cell["fieldNameOrPath"] == "Id")
                    .expect("an id");
                found.push(id["value"].clone());
            }
            if page["done"] == true {
                break;
            }
            assert_eq!(rows.len(), 7);
        }
        assert_eq!(found, expected, "{name}");
        let (_, usual) = caller.get(&url).await;
        assert_eq!(usual["size"], expected.len().min(25));
    }
    let id = view(&caller, "Lead", "AllOpenLeads").await;
    for wrong in ["limit=0", "limit=2001", "limit=x", "offset=-1"] {
        let (status, _) = caller
            .get(&format!("sobjects/Lead/listviews/{id}/results?{wrong}"))
            .await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}
