//! The mirror beside the queries of a small run, and in place of the org where that costs less.

use engine::contract::runs::{CheckPlace, Grade, LedgerPage};
use model::TargetObject;
use serde_json::json;
use support::TestApp;

use super::{lines, list_of, list_of_many, questions};
use crate::mirror::fill;

#[tokio::test]
async fn a_small_run_finds_another_spelling_in_the_mirror() {
    let app = TestApp::connected().await;
    let known = app
        .records()
        .create(
            "Lead",
            json!({ "FirstName": "Bob", "LastName": "Quarry", "Company": "Tarn Works" }),
        )
        .await;
    let list = list_of(
        &app,
        &[&[
            ("First Name", "Robert"),
            ("Last Name", "Quarry"),
            ("Company Name", "Tarn Works"),
        ]],
    )
    .await;
    let without = app.plan("lead", list).await;
    assert_eq!((without.plan.create_records, without.plan.checks.len()), (1, 2));
    fill(&app, TargetObject::Lead).await;
    let with = app.plan("lead", list).await;
    let check = with.plan.checks.last().unwrap();
    assert_eq!(
        (check.place, check.hit_records),
        (CheckPlace::Mirror, 1),
        "{check:?}"
    );
    let asked = questions(&app, with.summary.run).await;
    assert_eq!(
        (
            asked.questions[0].grade,
            asked.questions[0].candidates[0].salesforce_id.as_str()
        ),
        (Grade::Likely, known.as_str())
    );
    // A record that is gone since is not offered, whatever the mirror says.
    app.records().delete("Lead", &known).await;
    assert_eq!(app.plan("lead", list).await.plan.create_records, 1);
}

#[tokio::test]
async fn a_large_run_takes_the_mirror_and_what_changed_since() {
    let app = TestApp::connected().await;
    let lead = async |number: u32| {
        let fields = json!({ "FirstName": "Ada", "LastName": format!("Marsh{number}"), "Company": "Somewhere",
            "Email": format!("ada.marsh{number}@works{}.example", number / 3) });
        app.records().create("Lead", fields).await
    };
    let known = lead(700).await;
    fill(&app, TargetObject::Contact).await;
    fill(&app, TargetObject::Lead).await;
    let new = lead(800).await;
    let list = list_of_many(&app, 1_200).await;
    app.org.forget_calls();
    let planned = app.plan("lead", list).await;
    let check = &planned.plan.checks[1];
    assert_eq!(
        (check.place, check.hit_records),
        (CheckPlace::Mirror, 2),
        "{check:?}"
    );
    assert!(
        app.org
            .calls()
            .iter()
            .all(|call| !call.kind.contains("/jobs/query")),
        "{check:?}"
    );
    let params = json!({ "run": planned.summary.run, "outcome": null, "action": "update", "search": "", "offset": 0, "limit": 10 });
    let page: LedgerPage = app.call("runs.ledger", params).await;
    let updated: Vec<_> = page.lines.iter().map(|line| line.salesforce_id.clone()).collect();
    assert_eq!(updated, [Some(known), Some(new)]);
    assert_eq!(lines(&app, planned.summary.run).await.len(), 500);
}
