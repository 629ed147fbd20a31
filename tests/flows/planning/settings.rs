//! The Export tab's choices about duplicates, the operator's, and what preflight says.

use engine::Code;
use engine::contract::export::Preflight;
use engine::contract::runs::{Action, ForecastState, RunView};
use serde_json::json;
use support::TestApp;

use super::{change_settings, lines, list_of_many, of_object, plan_with};

/// One lead that is line 1 exactly and one that is line 2 likely.
async fn two_known_leads(app: &TestApp) {
    let org = app.records();
    org.create(
        "Lead",
        json!({ "FirstName": "Ada", "LastName": "Marsh0", "Company": "Works 0", "Email": "ada.marsh0@works0.example" }),
    )
    .await;
    org.create(
        "Lead",
        json!({ "FirstName": "Ada", "LastName": "Marsh1", "Company": "Works 0" }),
    )
    .await;
}

#[tokio::test]
async fn the_admins_default_holds_for_exact_hits_and_for_unsure_ones_only_if_so_said() {
    let app = TestApp::connected().await;
    two_known_leads(&app).await;
    let list = list_of_many(&app, 3).await;
    let actions = async || -> Vec<Action> {
        let planned = app.plan("lead", list).await;
        lines(&app, planned.summary.run)
            .await
            .into_iter()
            .map(|line| line.action)
            .collect()
    };
    for (default, unsure, expected) in [
        ("update", false, [Action::Update, Action::Ask]),
        ("update", true, [Action::Update, Action::Update]),
        ("skip", false, [Action::Skip, Action::Ask]),
        ("skip", true, [Action::Skip, Action::Skip]),
        ("create", true, [Action::Create, Action::Create]),
    ] {
        change_settings(&app, |settings| {
            let duplicates = &mut of_object(settings, "lead")["duplicates"];
            duplicates["default_action"] = json!(default);
            duplicates["unsure_follow_default"] = json!(unsure);
        })
        .await;
        assert_eq!(actions().await[..2], expected, "{default} {unsure}");
    }
}

#[tokio::test]
async fn the_operators_choice_for_all_alike_goes_before_the_default() {
    let app = TestApp::connected().await;
    two_known_leads(&app).await;
    let list = list_of_many(&app, 3).await;
    for (choice, expected) in [
        ("update", (1, 1, 1, 0)),
        ("skip", (1, 0, 0, 2)),
        ("create", (3, 0, 0, 0)),
    ] {
        let plan = plan_with(&app, "lead", list, json!({ "on_duplicate": choice }))
            .await
            .plan;
        assert_eq!(
            (
                plan.create_records,
                plan.update_records,
                plan.ask_records,
                plan.skip_records
            ),
            expected,
            "{choice}"
        );
    }
}

#[tokio::test]
async fn what_the_admin_does_not_offer_is_refused_in_the_core_whoever_asks() {
    let app = TestApp::connected().await;
    two_known_leads(&app).await;
    let list = list_of_many(&app, 3).await;
    let before = app.org.record_count("Lead").unwrap();
    let planned = plan_with(&app, "lead", list, json!({ "on_duplicate": "create" })).await;
    assert_eq!(planned.plan.create_records, 3);
    change_settings(&app, |settings| {
        of_object(settings, "lead")["duplicates"]["offers_create"] = json!(false);
    })
    .await;
    let choice = json!({ "object": "lead", "list_id": list, "selection": { "kind": "all" }, "limit_records": null,
        "on_duplicate": "create" });
    let preflight: Preflight = app.call("export.preflight", choice.clone()).await;
    assert_eq!(preflight.refusals[0].code, "action_not_offered", "{preflight:?}");
    // A choice that was made while it was offered is no way around the settings of today.
    let run = json!({ "run": planned.summary.run });
    for (call, params) in [
        ("export.plan", choice),
        ("export.send", run.clone()),
        ("runs.repeat", run),
    ] {
        let fault = app.fault(call, params).await;
        assert_eq!(fault.code, Code::Refused, "{call}: {fault}");
        assert!(
            fault
                .sentence
                .contains("“Create duplicate” is not offered for leads")
                && fault.sentence.contains("Update existing, Do not export"),
            "{call}: {fault}"
        );
    }
    assert_eq!(app.org.record_count("Lead").unwrap(), before);
    let offered = plan_with(&app, "lead", list, json!({ "on_duplicate": "skip" })).await;
    assert_eq!((offered.plan.create_records, offered.plan.skip_records), (1, 2));
}

#[tokio::test]
async fn a_budget_that_does_not_suffice_is_refused_before_anything_is_asked() {
    let app = TestApp::connected().await;
    let list = list_of_many(&app, 30).await;
    change_settings(&app, |settings| {
        let used = settings["used_calls_today"].as_u64().unwrap();
        settings["rules"]["daily_budget_calls"] = json!(used + 3);
    })
    .await;
    app.org.forget_calls();
    let choice =
        json!({ "object": "lead", "list_id": list, "selection": { "kind": "all" }, "limit_records": null });
    let preflight: Preflight = app.call("export.preflight", choice.clone()).await;
    assert_eq!(preflight.refusals[0].code, "over_budget");
    assert!(
        preflight.refusals[0].sentence.contains("3 calls left"),
        "{preflight:?}"
    );
    assert_eq!(app.fault("export.plan", choice).await.code, Code::LimitReached);
    assert_eq!(app.org.calls().len(), 0);
}

#[tokio::test]
async fn contacts_without_accounts_are_warned_of() {
    let app = TestApp::connected().await;
    let list = list_of_many(&app, 30).await;
    change_settings(&app, |settings| {
        of_object(settings, "account")["allowed"] = json!(false);
        settings["rules"]["no_account"] = json!("create");
    })
    .await;
    let warnings = async |object: &str| -> Vec<String> {
        let choice = json!({ "object": object, "list_id": list, "selection": { "kind": "all" }, "limit_records": null });
        let preflight: Preflight = app.call("export.preflight", choice).await;
        preflight.warnings
    };
    let told = warnings("contact").await;
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("Accounts may not") && told[1].contains("26 contacts or more"));
    assert_eq!(warnings("lead").await, Vec::<String>::new());
}

#[tokio::test]
async fn the_border_of_25_and_26_is_told_with_the_runs_own_number() {
    let app = TestApp::connected().await;
    let list = list_of_many(&app, 26).await;
    let forecast = |view: &RunView, title: &str| {
        let found = view.plan.forecasts.iter().find(|one| one.title == title);
        found.map_or_else(
            || panic!("{title}: {:?}", view.plan.forecasts),
            |one| (one.state, one.sentence.clone()),
        )
    };
    let small = plan_with(&app, "lead", list, json!({ "limit_records": 25 })).await;
    let (state, sentence) = forecast(&small, "REST API");
    assert!(
        state == ForecastState::Runs && sentence.contains("25 leads are sent"),
        "{sentence}"
    );
    let (state, sentence) = forecast(&small, "Lead assignment rule");
    assert_eq!(state, ForecastState::Runs, "{sentence}");
    assert!(
        sentence.contains('“') && sentence.contains("25 new leads"),
        "{sentence}"
    );
    let large = app.plan("lead", list).await;
    let (_, sentence) = forecast(&large, "Bulk API 2.0");
    assert!(sentence.contains("26 leads are sent"), "{sentence}");
    let (state, sentence) = forecast(&large, "Lead assignment rule");
    assert!(
        state == ForecastState::WillNotRun && sentence.contains("26 leads"),
        "{sentence}"
    );
    let labels: Vec<_> = large.plan.costs.iter().map(|cost| cost.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "Duplicate check and values before",
            "Look once more what changed in Salesforce, just before",
            "Create 26 leads, one Bulk job"
        ]
    );
    assert_eq!(
        large.plan.estimated_api_calls,
        large.plan.costs[1].api_calls + large.plan.costs[2].api_calls
    );
    assert!(large.plan.costs[0].api_calls > 0);
}
