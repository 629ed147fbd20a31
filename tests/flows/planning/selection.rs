//! Duplicates among the chosen profiles themselves.

use engine::contract::runs::{Action, CheckPlace, RunView};
use serde_json::json;
use support::TestApp;

use super::{lines, list_of, questions};

#[tokio::test]
async fn a_later_profile_of_the_same_person_is_left_out_and_a_likely_one_asked() {
    let app = TestApp::connected().await;
    let list = list_of(
        &app,
        &[
            &[
                ("ZoomInfo Contact ID", "1"),
                ("First Name", "Ada"),
                ("Last Name", "Okafor"),
                ("Email Address", "ada@tarn.example"),
                ("Company Name", "Tarn Works"),
            ],
            &[
                ("First Name", "Ada"),
                ("Last Name", "Okafor"),
                ("Email Address", "ADA@tarn.example"),
                ("Company Name", "Ferry Group"),
            ],
            &[
                ("First Name", "Ada"),
                ("Last Name", "Okafor"),
                ("Company Name", "Tarn Works"),
            ],
            &[
                ("First Name", "Ben"),
                ("Last Name", "Okafor"),
                ("Company Name", "Tarn Works"),
            ],
        ],
    )
    .await;
    let planned = app.plan("lead", list).await;
    let told: Vec<_> = lines(&app, planned.summary.run)
        .await
        .into_iter()
        .map(|line| (line.action, line.rule))
        .collect();
    assert_eq!(told[0].0, Action::Create);
    assert_eq!(told[1], (Action::Skip, "Email as line 1".to_owned()));
    assert_eq!(
        told[2],
        (Action::Ask, "Name and company, likely, as line 1".to_owned())
    );
    assert_eq!(told[3].0, Action::Create);
    let check = &planned.plan.checks[0];
    assert_eq!(
        (check.place, check.hit_records, check.api_calls),
        (CheckPlace::Selection, 2, 0)
    );
    let asked = questions(&app, planned.summary.run).await;
    let question = &asked.questions[0];
    assert_eq!(question.candidates[0].other_line, Some(1));
    assert_eq!(
        serde_json::to_value(&question.offered).unwrap(),
        json!(["create", "skip"])
    );
    let answered: RunView = app
        .call(
            "runs.answer",
            json!({ "run": planned.summary.run, "line": 3, "alike": false, "answer": { "kind": "create" } }),
        )
        .await;
    assert_eq!((answered.plan.create_records, answered.plan.ask_records), (3, 0));
}
