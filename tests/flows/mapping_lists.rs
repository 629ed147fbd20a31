//! What a mapping does to a whole list, found in the background.

use engine::contract::mapping::check::ListCheck;
use engine::contract::mapping::versions::SavedMapping;
use serde_json::{Value, json};
use support::TestApp;

const HEADER: &str = "ZoomInfo Contact ID,Last Name,Job Title,Company Name,Primary Industry,Region";

async fn import(app: &TestApp, name: &str, rows: &[&str]) -> i64 {
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    let file = app.file(&format!("{name}.csv"), text);
    app.import(&file, name).await.list.list_id
}

async fn lead_rows(app: &TestApp) -> Vec<Value> {
    let saved: SavedMapping = app.call("mapping.show", json!({ "object": "lead" })).await;
    let rows = serde_json::to_value(saved.rows).unwrap();
    rows.as_array().unwrap().clone()
}

async fn check(app: &TestApp, rows: &[Value], list_id: Option<i64>) -> ListCheck {
    let query = json!({ "object": "lead", "rows": rows, "list_id": list_id });
    app.call("mapping.check_list", query).await
}

/// The row with this target, like a saved one, with another source.
fn row(rows: &[Value], target: &str, source: Value) -> Value {
    let mut row = rows[0].clone();
    row["target"] = json!(target);
    row["source"] = source;
    row["overflow"] = json!("truncate");
    row
}

#[tokio::test]
async fn every_row_is_told_what_it_does_to_the_list() {
    let app = TestApp::connected().await;
    let long = "Director ".repeat(20);
    let people = [
        "1,Marsh,Buyer,Tarn & Co,Energy,North".to_owned(),
        format!("2,Okafor,{long},Tarn & Co,Falconry,"),
        "3,Rees,Buyer,,Falconry,South".to_owned(),
    ];
    let list = import(&app, "People", &people.each_ref().map(String::as_str)).await;
    let mut rows = lead_rows(&app).await;
    rows.push(row(&rows, "Fax", json!({ "kind": "extra", "column": "Region" })));
    rows.push(row(&rows, "", json!({ "kind": "field", "field": "" })));

    let checked = check(&app, &rows, Some(list)).await;

    assert_eq!((checked.profiles, checked.superseded), (3, false));
    assert_eq!(checked.list_name, "People");
    assert_eq!(checked.rows.len(), rows.len());
    let of = |target: &str| &checked.rows[rows.iter().position(|row| row["target"] == target).unwrap()];
    assert_eq!(checked.refused_profiles, 1, "one has no company");
    assert_eq!(of("Company").blank_profiles, 1);
    let title = &of("Title").findings[0];
    assert_eq!(
        (title.code.as_str(), title.profiles, title.example_index),
        ("truncated", 1, 1)
    );
    assert_eq!(title.sentence, "Too long and cut for 1 of 3 profiles.");
    let industry = &of("Industry").values;
    assert_eq!(
        (
            industry[0].value.as_str(),
            industry[0].profiles,
            industry[0].known
        ),
        ("Falconry", 2, false)
    );
    assert!(
        industry
            .iter()
            .any(|value| value.value == "Energy" && value.known)
    );
    let region = checked.rows.get(rows.len() - 2).unwrap();
    assert_eq!((region.written_profiles, region.blank_profiles), (2, 1));
    let unfinished = checked.rows.last().unwrap();
    assert_eq!((unfinished.written_profiles, unfinished.blank_profiles), (0, 0));
}

#[tokio::test]
async fn a_later_question_ends_an_earlier_one() {
    let app = TestApp::connected().await;
    let file = app.file("many.csv", support::lists::contacts(30_000));
    let list = app.import(&file, "Many").await.list.list_id;
    let rows = lead_rows(&app).await;
    let query = json!({ "object": "lead", "rows": rows, "list_id": list });
    let (one, other) = tokio::join!(
        app.engine().call("mapping.check_list", query.clone()),
        check(&app, &rows, Some(list)),
    );
    let one: ListCheck = serde_json::from_value(one.unwrap()).unwrap();
    // Whichever began later ended the other.
    assert_ne!(one.superseded, other.superseded);
    let later = if one.superseded { other } else { one };
    assert_eq!(later.profiles, 30_000);
}

#[tokio::test]
async fn without_a_list_the_built_in_sample_is_checked() {
    let app = TestApp::connected().await;
    let checked = check(&app, &lead_rows(&app).await, None).await;
    assert_eq!(
        (checked.list_name.as_str(), checked.profiles),
        ("Built-in sample", 40)
    );
}

#[tokio::test]
async fn a_mapping_of_2_000_rows_is_checked_too() {
    let app = TestApp::connected().await;
    let rows = lead_rows(&app).await;
    let many: Vec<Value> = rows.iter().cloned().cycle().take(2_000).collect();
    let checked = check(&app, &many, None).await;
    assert_eq!((checked.rows.len(), checked.profiles), (2_000, 40));
}
