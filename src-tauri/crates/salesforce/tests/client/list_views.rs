//! List views and the query behind them.

use serde_json::json;

use crate::support::{Answer, Org, client};

const VIEW: &str = "00BHs00000ABCDEMA1";
const PATH: &str = "/services/data/v68.0/sobjects/Lead/listviews";

#[tokio::test]
async fn lists_and_the_query_behind_one() {
    let org = Org::start(|seen| {
        let view = |label: &str| json!({ "id": VIEW, "developerName": "Mine", "label": label, "soqlCompatible": true });
        if seen.path == PATH && seen.query.is_empty() {
            Answer::json(200, &json!({ "done": false, "listviews": [view("A")], "nextRecordsUrl": format!("{PATH}?page=2"), "size": 2 }))
        } else if seen.path == PATH {
            Answer::json(200, &json!({ "done": true, "listviews": [view("B")], "nextRecordsUrl": null, "size": 2 }))
        } else {
            assert_eq!(seen.path, format!("{PATH}/{VIEW}/describe"));
            Answer::json(
                200,
                &json!({ "id": VIEW, "scope": "mine", "sobjectType": "Lead",
                    "columns": [{ "fieldNameOrPath": "Name", "label": "Name", "hidden": false, "type": "string" }],
                    "query": "SELECT Name, toLabel(Status), Id FROM Lead USING SCOPE mine WHERE Company LIKE '%ORDER BY%' ORDER BY Name ASC NULLS FIRST, Id ASC NULLS FIRST" }),
            )
        }
    })
    .await;
    let client = client(&org.address);
    let views = client.list_views("Lead").await.unwrap();
    let labels: Vec<&str> = views.iter().map(|view| view.label.as_str()).collect();
    assert_eq!(labels, ["A", "B"]);
    let view = client.describe_list_view("Lead", VIEW).await.unwrap();
    assert_eq!(
        (&*view.columns[0].field_name_or_path, &*view.columns[0].kind),
        ("Name", "string")
    );
    let members = view.member_query().unwrap();
    assert_eq!(
        members.soql,
        "SELECT Id FROM Lead USING SCOPE mine WHERE Company LIKE '%ORDER BY%'"
    );
    assert!(!members.fits_bulk);
}

#[tokio::test]
async fn pages_that_go_in_a_circle_end() {
    let org = Org::start(|_| Answer::json(200, &json!({ "listviews": [], "nextRecordsUrl": PATH }))).await;
    let error = client(&org.address).list_views("Lead").await.unwrap_err();
    assert_eq!((error.code(), org.seen().len()), ("unreadable", 1));
}
