//! Records that carry a ZoomInfo id, which the native app writes, are found by it before anything else.

use engine::contract::runs::{Action, Grade};
use serde_json::json;
use support::TestApp;

use super::{lines, list_of_many};

#[tokio::test]
async fn a_record_with_the_same_zoominfo_id_is_the_same_whatever_else_it_says() {
    let app = TestApp::connected_with_native_app().await;
    let list = list_of_many(&app, 3).await;
    let first = app.plan("lead", list).await;
    assert_eq!(first.plan.create_records, 3, "{:?}", first.plan);
    let id = lines(&app, first.summary.run).await[1]
        .zoominfo_id
        .clone()
        .unwrap();

    let org = app.records();
    let known = json!({ "LastName": "Maidenname", "Company": "Elsewhere Holdings", "Email": "m@elsewhere.example",
        "DOZISF__ZoomInfo_Id__c": id });
    let known = org.create("Lead", known).await;
    // Somebody else of that name is nobody's.
    let other = json!({ "LastName": "Maidenname", "Company": "Elsewhere Holdings",
        "DOZISF__ZoomInfo_Id__c": "1" });
    org.create("Lead", other).await;

    let planned = app.plan("lead", list).await;
    let counts = (
        planned.plan.create_records,
        planned.plan.update_records,
        planned.plan.ask_records,
    );
    assert_eq!(counts, (2, 1, 0));
    let line = lines(&app, planned.summary.run).await.remove(1);
    assert_eq!(
        (
            line.action,
            line.grade,
            line.criterion.as_deref(),
            line.salesforce_id.as_deref()
        ),
        (
            Action::Update,
            Some(Grade::Exact),
            Some("zoominfo_contact_id"),
            Some(known.as_str())
        )
    );
    app.send(planned.summary.run).await;
    let after = org.get("Lead", &known).await;
    assert_eq!(after["LastName"], "Maidenname", "a filled field stays as it is");
}
