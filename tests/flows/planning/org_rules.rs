//! The org's own duplicate rules in place of the criteria.

use engine::contract::runs::{Action, CheckPlace, ForecastState};
use serde_json::json;
use support::TestApp;

use super::{change_settings, lines, list_of_many, of_object, plan_with};

async fn org_rules_decide(app: &TestApp) {
    app.control()
        .switch("duplicate-rules", &json!({ "object": "Lead", "action": "alert" }))
        .await
        .unwrap();
    change_settings(app, |settings| {
        of_object(settings, "lead")["duplicates"]["checking"] = json!("org_rules");
    })
    .await;
}

#[tokio::test]
async fn small_runs_ask_the_rules_record_by_record() {
    let app = TestApp::connected().await;
    let org = app.records();
    let known = org
        .create(
            "Lead",
            json!({ "FirstName": "Ada", "LastName": "Marsh0", "Company": "Works 0", "Email": "ada.marsh0@works0.example" }),
        )
        .await;
    org_rules_decide(&app).await;
    let list = list_of_many(&app, 3).await;
    let planned = app.plan("lead", list).await;
    let check = planned
        .plan
        .checks
        .iter()
        .find(|check| check.place == CheckPlace::OrgRules)
        .unwrap();
    assert_eq!(check.hit_records, 1, "{check:?}");
    assert!(check.api_calls >= 3);
    assert!(
        planned
            .plan
            .checks
            .iter()
            .all(|check| check.place != CheckPlace::Org)
    );
    let line = lines(&app, planned.summary.run).await.remove(0);
    assert_eq!(
        (line.action, line.salesforce_id.as_deref()),
        (Action::Update, Some(known.as_str()))
    );
    assert!(
        line.criterion.is_none() && line.rule.starts_with("Duplicate rule"),
        "{}",
        line.rule
    );
}

#[tokio::test]
async fn large_runs_leave_it_to_the_rules_and_say_what_becomes_of_refused_rows() {
    let app = TestApp::connected().await;
    org_rules_decide(&app).await;
    let list = list_of_many(&app, 30).await;
    let planned = app.plan("lead", list).await;
    assert_eq!(planned.plan.create_records, 30);
    let rule = |view: &engine::contract::runs::RunView| {
        let found = view
            .plan
            .forecasts
            .iter()
            .find(|one| one.title.starts_with("Duplicate rule “"));
        found.map_or_else(
            || panic!("{:?}", view.plan.forecasts),
            |one| (one.state, one.sentence.clone()),
        )
    };
    let (state, sentence) = rule(&planned);
    assert!(
        state == ForecastState::MayRefuse && sentence.contains("Save past alerts"),
        "{sentence}"
    );
    let agreed = plan_with(&app, "lead", list, json!({ "save_past_alerts": true })).await;
    let (state, sentence) = rule(&agreed);
    assert!(
        state == ForecastState::Runs && sentence.contains("sent again"),
        "{sentence}"
    );
    app.control()
        .switch("duplicate-rules", &json!({ "object": "Lead", "action": "block" }))
        .await
        .unwrap();
    let (state, sentence) = rule(&app.plan("lead", list).await);
    assert!(
        state == ForecastState::MayRefuse && sentence.contains("blocks"),
        "{sentence}"
    );
}
