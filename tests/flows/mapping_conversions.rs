//! Conversions as an admin sets them: template functions, phone formats, percent, the order of dates and time zones are
//! shown for a sample, exported, and stand in the org as they were shown.

use engine::contract::mapping::fields::MappingFields;
use engine::contract::mapping::preview::{MappingPreview, MappingRowView, Verdict};
use engine::contract::mapping::versions::SaveAnswer;
use engine::contract::runs::{LedgerPage, RunState, RunView};
use serde_json::{Value, json};
use support::TestApp;
use support::mapping_rows::row;

const PEOPLE: &str = "ZoomInfo Contact ID,Last Name,First Name,Job Title,Direct Phone Number,Mobile Phone,Email Address,\
    ZoomInfo Company ID,Company Name,Birth Date,Last Bounce,Growth,Note\n\
    71,o'neil-SMITH,Ada,buyer,219.606.2399 ext. 12,+44 20 7946 0958,ada@quay.example,7,Quay & Sons,4.7.1984,\
    2024-07-04 14:30,0.125,\"=HYPERLINK(\"\"x\"\"), {a}\"\n\
    72,Okafor,Chi,,020 7946 0958,219-606-2399,chi@quay.example,7,Quay & Sons,2/23/1984,2024-03-10 02:30,12%,\n";

fn field(field: &str, target: &str, settings: &Value) -> Value {
    row(&json!({ "kind": "field", "field": field }), target, settings)
}

fn extra(column: &str, target: &str, settings: &Value) -> Value {
    row(&json!({ "kind": "extra", "column": column }), target, settings)
}

fn template(text: &str, target: &str, settings: &Value) -> Value {
    row(&json!({ "kind": "template", "text": text }), target, settings)
}

fn rows() -> Vec<Value> {
    vec![
        template("{title(Last Name)}", "LastName", &json!({})),
        field("first_name", "FirstName", &json!({})),
        field("email", "Email", &json!({})),
        template(
            "{join(\" · \", upper(Job Title), first_word(Company Name))}",
            "Title",
            &json!({}),
        ),
        field(
            "direct_phone",
            "Phone",
            &json!({ "phone_format": "north_american" }),
        ),
        field(
            "mobile_phone",
            "MobilePhone",
            &json!({ "phone_format": "international" }),
        ),
        extra("Birth Date", "Birthdate", &json!({ "date_order": "day_first" })),
        extra(
            "Last Bounce",
            "EmailBouncedDate",
            &json!({ "time_zone": "America/New_York" }),
        ),
        extra(
            "Growth",
            "Employee_Growth__c",
            &json!({ "source_unit": "fraction" }),
        ),
        template(
            "Born in {date(column:Birth Date, \"MMMM YYYY\")}",
            "Department",
            &json!({ "date_order": "day_first" }),
        ),
        template("{{{first(column:Note, \"no note\")}}}", "Description", &json!({})),
    ]
}

async fn preview(app: &TestApp, list_id: i64, index: u32, rows: &[Value]) -> MappingPreview {
    let asked = json!({
        "object": "contact", "rows": rows, "sample": { "list_id": list_id, "index": index }, "record": null,
    });
    app.call("mapping.preview", asked).await
}

fn of<'a>(preview: &'a MappingPreview, target: &str) -> &'a MappingRowView {
    preview.rows.iter().find(|row| row.target_name == target).unwrap()
}

async fn contact(app: &TestApp, email: &str) -> Value {
    let fields = "LastName, Title, Phone, MobilePhone, Birthdate, EmailBouncedDate, Employee_Growth__c, Department, Description";
    let answer = reqwest::Client::new()
        .get(format!("{}/services/data/v60.0/query", app.org.instance_url()))
        .query(&[(
            "q",
            format!("SELECT {fields} FROM Contact WHERE Email = '{email}'"),
        )])
        .bearer_auth(app.org.access_token())
        .send()
        .await
        .unwrap();
    let found: Value = answer.json().await.unwrap();
    assert_eq!(found["totalSize"], 1, "{found}");
    found["records"][0].clone()
}

#[tokio::test]
async fn what_is_shown_for_a_sample_stands_in_the_org_after_the_export() {
    let app = TestApp::connected().await;
    let list = app.import(&app.file("people.csv", PEOPLE), "People").await.list;
    let rows = rows();
    let shown = preview(&app, list.list_id, 0, &rows).await;
    assert!(shown.problems.is_empty(), "{:?}", shown.problems);
    for (target, result) in [
        ("LastName", "O'Neil-Smith"),
        ("Title", "BUYER · Quay"),
        ("Phone", "(219) 606-2399 x12"),
        ("MobilePhone", "+442079460958"),
        ("Birthdate", "1984-07-04"),
        ("EmailBouncedDate", "2024-07-04T18:30:00.000Z"),
        ("Employee_Growth__c", "12.5"),
        ("Department", "Born in July 1984"),
        ("Description", "{=HYPERLINK(\"x\"), {a}}"),
    ] {
        let row = of(&shown, target);
        assert_eq!(
            (row.result.as_str(), row.verdict),
            (result, Verdict::Ready),
            "{row:?}"
        );
    }
    assert_eq!(of(&shown, "Employee_Growth__c").result_note, "From parts of one");

    let save = json!({ "object": "contact", "rows": rows, "note": "", "based_on_version": null });
    let saved: SaveAnswer = app.call("mapping.save", save).await;
    assert!(saved.saved.is_some(), "{saved:?}");
    let planned = app.plan("contact", list.list_id).await;
    let answers = json!({ "run": planned.summary.run, "on_ask": "default" });
    let _: RunView = app.call("runs.answer_all", answers).await;
    let done = app.send(planned.summary.run).await;
    assert_eq!(
        (done.summary.state, done.summary.tally.created_records),
        (RunState::Done, 2),
        "{:?}",
        done.reasons
    );
    let ada = contact(&app, "ada@quay.example").await;
    for row in &shown.rows {
        if ["FirstName", "Email", "EmailBouncedDate", "Employee_Growth__c"]
            .contains(&row.target_name.as_str())
        {
            continue;
        }
        assert_eq!(ada[&row.target_name], row.result, "{}", row.target_name);
    }
    assert_eq!(ada["EmailBouncedDate"], "2024-07-04T18:30:00.000+0000");
    assert_eq!(ada["Employee_Growth__c"], 12.5);

    let chi = contact(&app, "chi@quay.example").await;
    assert_eq!(chi["Title"], "Quay");
    assert_eq!(
        (&chi["Phone"], &chi["MobilePhone"]),
        (&json!("020 7946 0958"), &json!("+12196062399"))
    );
    assert_eq!(
        chi["Employee_Growth__c"], 12.0,
        "a percent sign says what is meant"
    );
    assert_eq!(chi["Description"], "{no note}");
    for left_out in ["Birthdate", "EmailBouncedDate", "Department"] {
        assert_eq!(chi[left_out], Value::Null, "{left_out}");
    }
    let ledger: LedgerPage = app
        .call(
            "runs.ledger",
            json!({ "run": done.summary.run, "outcome": null, "search": "", "offset": 0, "limit": 10 }),
        )
        .await;
    let told = serde_json::to_string(&ledger.lines).unwrap();
    for words in [
        "could not be read with certainty",
        "with the day first, as the row reads dates",
        "where clocks were put forward",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[tokio::test]
async fn what_cannot_be_converted_is_told_at_its_row_before_anything_is_sent() {
    let app = TestApp::connected().await;
    let list = app.import(&app.file("people.csv", PEOPLE), "People").await.list;
    let shown = preview(&app, list.list_id, 1, &rows()).await;
    for (target, sample, words) in [
        ("Phone", "020 7946 0958", "could not be read with certainty"),
        ("Birthdate", "2/23/1984", "with the day first"),
        (
            "EmailBouncedDate",
            "2024-03-10 02:30",
            "does not exist in America/New_York",
        ),
        (
            "Department",
            "Born in 2/23/1984",
            "“2/23/1984” is not a date with the day first",
        ),
    ] {
        let row = of(&shown, target);
        assert_eq!(
            (row.sample_value.as_str(), row.verdict),
            (sample, Verdict::Warning),
            "{row:?}"
        );
        assert!(row.verdict_sentence.contains(words), "{}", row.verdict_sentence);
    }

    let mut wrong = rows();
    wrong[7]["time_zone"] = json!("Mars/Olympus");
    wrong[3]["source"]["text"] = json!("{shout(Job Title)}");
    let shown = preview(&app, list.list_id, 0, &wrong).await;
    let found: Vec<_> = shown
        .problems
        .iter()
        .map(|problem| (problem.row, problem.code.as_str(), problem.stops_saving))
        .collect();
    assert_eq!(
        found,
        [
            (Some(4), "template_fault", true),
            (Some(8), "unknown_time_zone", false)
        ]
    );
    assert!(
        shown.problems[0]
            .sentence
            .contains("“shout” at character 2; there is none of this name; there are upper,"),
        "{}",
        shown.problems[0].sentence
    );
    assert!(shown.problems[1].sentence.contains("America/New_York"));
}

#[tokio::test]
async fn the_functions_of_templates_are_offered_and_their_examples_work_for_every_object() {
    let app = TestApp::connected().await;
    for object in ["account", "contact", "lead"] {
        let fields: MappingFields = app.call("mapping.fields", json!({ "object": object })).await;
        let names: Vec<&str> = fields
            .functions
            .iter()
            .map(|function| function.name.as_str())
            .collect();
        assert_eq!(
            names,
            [
                "upper",
                "lower",
                "title",
                "first",
                "first_word",
                "left",
                "join",
                "date"
            ]
        );
        let rows: Vec<Value> = fields
            .functions
            .iter()
            .map(|function| template(&function.example, "Description", &json!({})))
            .collect();
        let asked = json!({
            "object": object, "rows": rows, "sample": { "list_id": null, "index": 0 }, "record": null,
        });
        let shown: MappingPreview = app.call("mapping.preview", asked).await;
        assert!(
            shown
                .problems
                .iter()
                .all(|problem| problem.code == "missing_required"),
            "{:?}",
            shown.problems
        );
    }
}
