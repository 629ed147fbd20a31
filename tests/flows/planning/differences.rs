//! What updates change, field by field, filtered over the whole run.

use engine::contract::runs::{DifferenceKind, DifferencePage};
use serde_json::{Value, json};
use support::TestApp;

use super::{list_of_many, plan_with};

async fn differences(app: &TestApp, run: i64, filter: Value) -> DifferencePage {
    let mut params = json!({ "run": run, "kind": null, "target": null, "offset": 0, "limit": 500 });
    for (name, value) in filter.as_object().unwrap() {
        params[name] = value.clone();
    }
    app.call("runs.differences", params).await
}

#[tokio::test]
async fn differences_are_filtered_by_kind_and_field_with_true_counts() {
    let app = TestApp::connected().await;
    let org = app.records();
    for number in 0..30 {
        let company = number / 3;
        let fields = json!({ "FirstName": "Ada", "LastName": format!("Marsh{number}"), "Company": format!("Works {company}"),
            "Email": format!("ada.marsh{number}@works{company}.example"), "Title": "Somebody" });
        org.create("Lead", fields).await;
    }
    let list = list_of_many(&app, 30).await;
    let planned = app.plan("lead", list).await;
    assert_eq!(planned.plan.update_records, 30);
    let run = planned.summary.run;
    let all = differences(&app, run, json!({})).await;
    assert_eq!(all.counts.fills_blank_values, planned.plan.filled_values);
    assert_eq!(all.counts.no_change_values, planned.plan.unchanged_values);
    assert_eq!(
        all.matching_values,
        all.counts.fills_blank_values + all.counts.no_change_values + all.counts.overwrites_values
    );
    let filled = differences(&app, run, json!({ "kind": "fills_blank" })).await;
    assert_eq!(filled.matching_values, planned.plan.filled_values);
    assert!(
        filled
            .differences
            .iter()
            .all(|one| one.kind == DifferenceKind::FillsBlank && one.before.is_none() && one.after.is_some())
    );
    let titles = differences(&app, run, json!({ "target": "Title" })).await;
    assert_eq!((titles.matching_values, titles.differences.len()), (30, 30));
    assert!(
        titles
            .differences
            .iter()
            .all(|one| one.kind == DifferenceKind::NoChange
                && one.after.as_deref() == Some("Somebody")
                && one.label == "Title")
    );
    let none = differences(&app, run, json!({ "target": "Title", "kind": "overwrites" })).await;
    assert_eq!((none.matching_values, none.differences.len()), (0, 0));

    // Windows far down hold the same rows as the whole.
    for kind in [json!(null), json!("fills_blank"), json!("no_change")] {
        let whole = differences(&app, run, json!({ "kind": kind })).await;
        let mut paged = Vec::new();
        while paged.len() < whole.differences.len() {
            let window = json!({ "kind": kind, "offset": paged.len(), "limit": 7 });
            let page = differences(&app, run, window).await;
            assert!(!page.differences.is_empty());
            paged.extend(page.differences);
        }
        assert_eq!(paged, whole.differences);
    }
    let fields: Vec<_> = all.fields.iter().map(|field| field.values).collect();
    assert_eq!(fields.iter().sum::<u32>(), planned.plan.filled_values);
    assert!(fields.is_sorted_by(|one, two| one >= two));
}

#[tokio::test]
async fn overwriting_rows_show_what_was_there_before() {
    let app = TestApp::connected().await;
    let org = app.records();
    let lead = json!({ "FirstName": "Ada", "LastName": "Marsh0", "Company": "Works 0", "Title": "Somebody",
        "Email": "ada.marsh0@works0.example" });
    org.create("Lead", lead).await;
    let saved: Value = app.call("mapping.show", json!({ "object": "lead" })).await;
    let mut rows = saved["rows"].clone();
    for row in rows.as_array_mut().unwrap() {
        if row["target"] == "Title" {
            row["on_update"] = json!("overwrite");
        }
    }
    let _: Value = app
        .call(
            "mapping.save",
            json!({ "object": "lead", "rows": rows, "based_on_version": saved["version"], "note": "" }),
        )
        .await;
    let list = list_of_many(&app, 1).await;
    let planned = plan_with(&app, "lead", list, json!({})).await;
    assert_eq!(planned.plan.overwritten_values, 1);
    let page = differences(&app, planned.summary.run, json!({ "kind": "overwrites" })).await;
    let title = &page.differences[0];
    assert_eq!(
        (
            title.target.as_str(),
            title.before.as_deref(),
            title.after.as_deref()
        ),
        ("Title", Some("Somebody"), Some("Director, Plant 0"))
    );
}
