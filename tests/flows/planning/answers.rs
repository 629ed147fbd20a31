//! Questions side by side with their candidates, and answers that are planned at once.

use engine::Code;
use engine::contract::runs::{Action, Api, Grade, Outcome, QuestionPage, RunView};
use serde_json::{Value, json};
use support::TestApp;

use super::{change_settings, lines, list_of_many, of_object, questions};

/// So many leads that are likely the first lines of a made-up list; ids in order.
async fn likely_leads(app: &TestApp, leads: u32) -> Vec<String> {
    let org = app.records();
    let mut ids = Vec::new();
    for number in 0..leads {
        let fields = json!({ "FirstName": "Ada", "LastName": format!("Marsh{number}"), "Company": format!("Works {}", number / 3),
            "Phone": "555 010 9999" });
        ids.push(org.create("Lead", fields).await);
    }
    ids
}

async fn answer(app: &TestApp, run: i64, line: u32, alike: bool, answer: Value) -> RunView {
    app.call(
        "runs.answer",
        json!({ "run": run, "line": line, "alike": alike, "answer": answer }),
    )
    .await
}

fn counts(view: &RunView) -> (u32, u32, u32, u32) {
    let plan = &view.plan;
    (
        plan.create_records,
        plan.update_records,
        plan.ask_records,
        plan.skip_records,
    )
}

#[tokio::test]
async fn a_question_shows_profile_and_candidate_side_by_side() {
    let app = TestApp::connected().await;
    let ids = likely_leads(&app, 3).await;
    let list = list_of_many(&app, 3).await;
    let planned = app.plan("lead", list).await;
    let asked = questions(&app, planned.summary.run).await;
    assert_eq!((asked.total_questions, asked.waiting_questions), (3, 3));
    let question = &asked.questions[1];
    let candidate = &question.candidates[0];
    assert_eq!(
        (question.line, question.grade, candidate.salesforce_id.as_str()),
        (2, Grade::Likely, ids[1].as_str())
    );
    assert!(candidate.may_be_updated && !candidate.owner.is_empty() && candidate.modified_at.ends_with('Z'));
    assert_eq!(question.sentence, "Both leads agree in this: Name and company.");
    assert_eq!(question.alike_questions, 2);
    let row = |label: &str| {
        let place = question
            .profile
            .iter()
            .position(|shown| shown.label == label)
            .unwrap();
        (
            question.profile[place].value.clone(),
            candidate.values[place].clone(),
        )
    };
    let (own, theirs) = row("Last name");
    assert!(own == "Marsh1" && theirs.agrees);
    let (own, theirs) = row("Phone");
    assert!(own == "(555) 010-0001" && !theirs.agrees && theirs.value.is_some());
    let (own, theirs) = row("Title");
    assert!(own == "Director, Plant 1" && theirs.value.is_none() && !theirs.agrees);
}

#[tokio::test]
async fn a_candidate_is_opened_in_salesforce() {
    let app = TestApp::connected().await;
    let ids = likely_leads(&app, 2).await;
    let list = list_of_many(&app, 2).await;
    let run = app.plan("lead", list).await.summary.run;
    let _: Value = app
        .call(
            "runs.open_record",
            json!({ "run": run, "line": 2, "candidate": 1 }),
        )
        .await;
    let opened = app.host.opened_pages().pop().unwrap();
    assert!(
        opened.ends_with(&format!("/lightning/r/Lead/{}/view", ids[1])),
        "{opened}"
    );
    for nothing in [json!(9), json!(0), json!(null)] {
        let fault = app
            .fault(
                "runs.open_record",
                json!({ "run": run, "line": 2, "candidate": nothing }),
            )
            .await;
        assert_eq!(fault.code, Code::NotFound, "{nothing}");
    }
}

#[tokio::test]
async fn answers_are_planned_at_once_and_can_be_taken_back() {
    let app = TestApp::connected().await;
    likely_leads(&app, 3).await;
    let list = list_of_many(&app, 4).await;
    let planned = app.plan("lead", list).await;
    let run = planned.summary.run;
    assert_eq!(counts(&planned), (1, 0, 3, 0));

    let updated = answer(&app, run, 1, false, json!({ "kind": "update", "candidate": 1 })).await;
    assert_eq!(counts(&updated), (1, 1, 2, 0));
    assert!(updated.plan.filled_values > 0);
    let line = lines(&app, run).await.remove(0);
    assert!(
        line.action == Action::Update && line.outcome == Outcome::Planned && line.salesforce_id.is_some()
    );

    let created = answer(&app, run, 1, false, json!({ "kind": "create" })).await;
    assert_eq!((counts(&created), created.plan.filled_values), ((2, 0, 2, 0), 0));
    let skipped = answer(&app, run, 1, false, json!({ "kind": "skip" })).await;
    assert_eq!(counts(&skipped), (1, 0, 2, 1));
    let back = answer(&app, run, 1, false, json!(null)).await;
    assert_eq!(counts(&back), counts(&planned));
    assert_eq!(lines(&app, run).await[0].outcome, Outcome::Asked);

    let alike = answer(&app, run, 2, true, json!({ "kind": "update", "candidate": 1 })).await;
    assert_eq!(counts(&alike), (1, 3, 0, 0));
    let all: QuestionPage = app
        .call(
            "runs.questions",
            json!({ "run": run, "waiting_only": false, "offset": 0, "limit": 100 }),
        )
        .await;
    assert_eq!((all.total_questions, all.waiting_questions), (3, 0));
    assert!(all.questions.iter().all(|question| question.answer.is_some()));
    let done = app.send(run).await;
    assert_eq!(done.summary.total_records, 4);
}

#[tokio::test]
async fn an_answer_moves_the_run_over_the_border_of_25() {
    let app = TestApp::connected().await;
    likely_leads(&app, 1).await;
    let list = list_of_many(&app, 26).await;
    let planned = app.plan("lead", list).await;
    assert_eq!(
        (counts(&planned), planned.summary.api),
        ((25, 0, 1, 0), Api::Rest)
    );
    let over = answer(&app, planned.summary.run, 1, false, json!({ "kind": "create" })).await;
    assert_eq!(over.summary.api, Api::Bulk);
    assert!(over.plan.estimated_api_calls > planned.plan.estimated_api_calls);
    assert!(over.plan.forecasts.iter().any(|one| one.title == "Bulk API 2.0"));
    let back = answer(&app, planned.summary.run, 1, false, json!({ "kind": "skip" })).await;
    assert_eq!(back.summary.api, Api::Rest);
}

#[tokio::test]
async fn only_what_is_offered_can_be_answered() {
    let app = TestApp::connected().await;
    likely_leads(&app, 1).await;
    change_settings(&app, |settings| {
        of_object(settings, "lead")["duplicates"]["offers_create"] = json!(false);
    })
    .await;
    let list = list_of_many(&app, 2).await;
    let run = app.plan("lead", list).await.summary.run;
    let refused = async |line: u32, answer: Value| {
        app.fault(
            "runs.answer",
            json!({ "run": run, "line": line, "alike": false, "answer": answer }),
        )
        .await
    };
    let fault = refused(1, json!({ "kind": "create" })).await;
    assert!(
        fault.code == Code::Invalid && fault.sentence.contains("Update existing"),
        "{fault}"
    );
    assert_eq!(
        refused(1, json!({ "kind": "update", "candidate": 9 })).await.code,
        Code::Invalid
    );
    assert_eq!(refused(2, json!({ "kind": "skip" })).await.code, Code::NotFound);
    let _: RunView = app.call("runs.cancel", json!({ "run": run })).await;
    assert_eq!(refused(1, json!({ "kind": "skip" })).await.code, Code::WrongState);
}

#[tokio::test]
async fn everything_that_waits_is_answered_as_a_terminal_does() {
    let app = TestApp::connected().await;
    likely_leads(&app, 3).await;
    let list = list_of_many(&app, 4).await;
    let run = app.plan("lead", list).await.summary.run;
    let skipped: RunView = app
        .call("runs.answer_all", json!({ "run": run, "on_ask": "skip" }))
        .await;
    assert_eq!(counts(&skipped), (1, 0, 0, 3));
    // Whether a likely hit may follow the default is the admin's word, not the terminal's.
    let run = app.plan("lead", list).await.summary.run;
    let left: RunView = app
        .call("runs.answer_all", json!({ "run": run, "on_ask": "default" }))
        .await;
    assert_eq!(counts(&left), (1, 0, 3, 0));
    let done = app.send(run).await;
    assert_eq!(
        (
            done.summary.tally.created_records,
            done.summary.tally.skipped_records
        ),
        (1, 3)
    );
    assert!(lines(&app, run).await[..3].iter().all(|line| {
        line.outcome == Outcome::Skipped && line.error_code.as_deref() == Some("not_answered")
    }));
    change_settings(&app, |settings| {
        of_object(settings, "lead")["duplicates"]["unsure_follow_default"] = json!(true);
    })
    .await;
    let followed = app.plan("lead", list).await;
    assert_eq!(counts(&followed), (0, 3, 0, 1));
}

#[tokio::test]
async fn an_exact_hit_that_cannot_be_updated_is_left_out_by_the_default() {
    let app = TestApp::connected().await;
    let contact = json!({ "FirstName": "Ada", "LastName": "Marsh0", "Email": "ada.marsh0@works0.example" });
    app.records().create("Contact", contact).await;
    let list = list_of_many(&app, 2).await;
    let planned = app.plan("lead", list).await;
    assert_eq!(counts(&planned), (1, 0, 1, 0));
    let answered: RunView = app
        .call(
            "runs.answer_all",
            json!({ "run": planned.summary.run, "on_ask": "default" }),
        )
        .await;
    assert_eq!(counts(&answered), (1, 0, 0, 1));
}
