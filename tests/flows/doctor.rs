//! The connection doctor against demo orgs in which one right after the other is taken away.

use std::collections::BTreeMap;

use demo_org::Options;
use engine::Code;
use engine::contract::app::AppState;
use engine::contract::doctor::{CheckState, DoctorCheck, DoctorReport};
use engine::contract::lists::SavedFile;
use serde_json::{Value, json};
use support::TestApp;

type States = BTreeMap<String, CheckState>;

async fn examined(app: &TestApp) -> DoctorReport {
    app.call("doctor.run", json!({})).await
}

fn states(report: &DoctorReport) -> States {
    report
        .checks
        .iter()
        .map(|check| (check.name.clone(), check.state))
        .collect()
}

fn check<'report>(report: &'report DoctorReport, name: &str) -> &'report DoctorCheck {
    report
        .checks
        .iter()
        .find(|check| check.name == name)
        .unwrap_or_else(|| panic!("no check {name} in {:#?}", report.checks))
}

/// What of a report is not as it was.
fn changed(before: &States, after: &States) -> States {
    after
        .iter()
        .filter(|(name, state)| before.get(*name) != Some(state))
        .map(|(name, state)| (name.clone(), *state))
        .collect()
}

#[tokio::test]
async fn a_whole_org_passes_every_check_in_a_few_calls() {
    let app = TestApp::start_with(Options {
        native_app: true,
        duplicate_rules: Some(demo_org::DuplicateAction::Alert),
        ..Options::default()
    })
    .await;
    app.connect().await;
    let none: Option<DoctorReport> = app.call("doctor.last", json!({})).await;
    assert_eq!(none, None);

    let report = examined(&app).await;

    for check in &report.checks {
        assert_eq!(check.state, CheckState::Passed, "{check:#?}");
        assert!(check.mend.is_empty() && !check.why.is_empty(), "{check:#?}");
    }
    assert!(report.used_calls <= 4, "{} calls", report.used_calls);
    assert_eq!(check(&report, "native_app").found, "Version 1.24 installed");
    assert_eq!(check(&report, "duplicate_rules").found, "3 active, read");
    assert!(check(&report, "org").found.starts_with("Developer Edition, 00D"));
    let kept: Option<DoctorReport> = app.call("doctor.last", json!({})).await;
    assert_eq!(kept, Some(report));
}

#[tokio::test]
async fn each_right_that_is_taken_away_fails_its_own_line_and_no_other() {
    let app = TestApp::start().await;
    app.connect().await;
    let whole = states(&examined(&app).await);
    let object = |name: &str, right: &str| json!({ "object": { "name": name, "right": right } });
    let permission = |name: &str| json!({ "permission": { "name": name, "allowed": false } });
    let cases: Vec<(Value, &str, &str)> = vec![
        (
            permission("PermissionsViewSetup"),
            "view_setup",
            "View Setup and Configuration",
        ),
        (
            object("Account", "read"),
            "object_account",
            "Read, create and edit on Accounts",
        ),
        (
            object("Contact", "edit"),
            "object_contact",
            "Read, create and edit on Contacts",
        ),
        (
            object("Lead", "create"),
            "object_lead",
            "Read, create and edit on Leads",
        ),
        (
            object("Lead", "read"),
            "object_lead",
            "Read, create and edit on Leads",
        ),
        (
            object("Campaign", "read"),
            "object_campaign",
            "Read and edit on Campaigns",
        ),
        (
            object("CampaignMember", "read"),
            "object_campaign_member",
            "on Campaigns",
        ),
        (
            object("Opportunity", "hidden"),
            "object_opportunity",
            "Read on Opportunities",
        ),
        (object("User", "hidden"), "object_user", "View All Users"),
    ];
    for (request, name, mend) in cases {
        app.control().switch("rights", &request).await.unwrap();
        let report = examined(&app).await;
        let mut changed = changed(&whole, &states(&report));
        assert_eq!(
            changed.remove(name),
            Some(CheckState::Failed),
            "{request}: {:#?}",
            report.checks
        );
        if name == "object_user" {
            // The user's own record is hidden with the others, so its check box is not known, and nobody guesses.
            assert_eq!(changed.remove("marketing_user"), Some(CheckState::Unknown));
        }
        assert_eq!(changed, States::new(), "{request}");
        let failed = check(&report, name);
        assert!(failed.mend.contains(mend), "{request}: {}", failed.mend);
        assert_eq!(failed.setup_path.first().map(String::as_str), Some("Setup"));
        assert_eq!(report.checks[0].name, name, "failed ones come first");
        let state: AppState = app.call("app.state", json!({})).await;
        assert_eq!(state.failed_checks, 1);
        app.control().clear("rights").await.unwrap();
    }
    assert_eq!(states(&examined(&app).await), whole);
}

#[tokio::test]
async fn a_user_who_is_no_marketing_user_is_told_once() {
    let app = TestApp::start().await;
    app.connect().await;
    let whole = states(&examined(&app).await);
    let request = json!({ "permission": { "name": "PermissionsMarketingUser", "allowed": false } });
    app.control().switch("rights", &request).await.unwrap();
    let report = examined(&app).await;
    let expected = States::from([
        ("marketing_user".to_owned(), CheckState::Failed),
        ("object_campaign".to_owned(), CheckState::Unknown),
    ]);
    assert_eq!(changed(&whole, &states(&report)), expected);
    assert!(
        check(&report, "marketing_user")
            .mend
            .contains("tick “Marketing User”")
    );
}

#[tokio::test]
async fn every_mapped_field_that_cannot_be_written_has_its_own_line() {
    let app = TestApp::start().await;
    app.connect().await;
    let fine = check(&examined(&app).await, "fields").found.clone();
    let change =
        |object: &str, field: &str, right: &str| json!({ "object": object, "field": field, "right": right });
    for request in [
        change("Contact", "Title", "read"),
        change("Lead", "Phone", "hidden"),
    ] {
        app.control().change_field(request).await.unwrap();
    }
    let report = examined(&app).await;
    let title = check(&report, "field_contact_Title");
    assert_eq!(
        (title.state, title.title.as_str()),
        (CheckState::Failed, "Contact Title (Title) can’t be edited")
    );
    assert_eq!(
        title.setup_path,
        [
            "Setup",
            "Object Manager",
            "Contact",
            "Fields & Relationships",
            "Title",
            "Set Field-Level Security"
        ]
    );
    let phone = check(&report, "field_lead_Phone");
    assert_eq!(phone.title, "Lead Phone (Phone) cannot be seen");
    let count = |text: &str| text.split(' ').next().unwrap().parse::<u32>().unwrap();
    assert_eq!(count(&check(&report, "fields").found), count(&fine) - 2);
    assert_eq!(
        report
            .checks
            .iter()
            .filter(|check| check.state == CheckState::Failed)
            .count(),
        2
    );

    let _: Value = app
        .call("doctor.open_setup", json!({ "check": "field_contact_Title" }))
        .await;
    let opened = app.host.opened_pages().pop().unwrap();
    assert_eq!(
        opened,
        format!(
            "{}/lightning/setup/ObjectManager/Contact/FieldsAndRelationships/view",
            app.org.instance_url().trim_end_matches('/')
        )
    );
    let fault = app.fault("doctor.open_setup", json!({ "check": "fields" })).await;
    assert_eq!(fault.code, Code::NotFound);
}

#[tokio::test]
async fn a_user_without_the_api_fails_that_line_and_nothing_is_guessed() {
    let app = TestApp::start().await;
    app.connect().await;
    let request = json!({ "permission": { "name": "PermissionsApiEnabled", "allowed": false } });
    app.control().switch("rights", &request).await.unwrap();
    let report = examined(&app).await;
    for check in &report.checks {
        let expected = match check.name.as_str() {
            "api_enabled" => CheckState::Failed,
            // The versions are told without signing in.
            "api_available" => CheckState::Passed,
            _ => CheckState::Unknown,
        };
        // What the org told before is still known.
        if check.name != "api_calls" {
            assert_eq!(check.state, expected, "{check:#?}");
        }
    }
    assert!(check(&report, "api_enabled").mend.contains("“API Enabled”"));
}

#[tokio::test]
async fn an_edition_without_the_api_is_explained() {
    let app = TestApp::start_with(Options {
        edition: "Professional Edition".to_owned(),
        ..Options::default()
    })
    .await;
    app.connect().await;
    app.control()
        .switch("rights", &json!({ "api": { "allowed": false } }))
        .await
        .unwrap();
    let report = examined(&app).await;
    let api = check(&report, "api_available");
    assert_eq!(api.state, CheckState::Failed);
    assert!(
        api.mend
            .starts_with("Professional Edition has the API as an extra."),
        "{}",
        api.mend
    );
    let failed = report
        .checks
        .iter()
        .filter(|check| check.state == CheckState::Failed);
    assert_eq!(failed.count(), 1);
}

#[tokio::test]
async fn what_is_not_answered_is_unknown_and_hides_nothing_else() {
    let app = TestApp::start().await;
    app.connect().await;
    let whole = states(&examined(&app).await);
    let trouble = r#"{ "calls": [
        { "which": { "family": "composite" }, "what": { "status": 503 } },
        { "which": { "path": "*/sobjects/Lead/describe" }, "what": { "status": 503 } },
        { "which": { "family": "ingest_list" }, "what": "unknown_exception" } ] }"#;
    app.control().add_trouble(trouble).await.unwrap();
    let report = examined(&app).await;
    let expected: States = ["object_lead", "fields_lead", "bulk_api"]
        .map(|name| (name.to_owned(), CheckState::Unknown))
        .into();
    assert_eq!(changed(&whole, &states(&report)), expected);
    for name in expected.keys() {
        let unknown = check(&report, name);
        assert!(
            unknown.found.contains("answered") || unknown.found.contains("refused"),
            "{unknown:#?}"
        );
    }
}

#[tokio::test]
async fn what_is_not_answered_in_ten_seconds_is_unknown_and_holds_nothing_up() {
    let app = TestApp::start().await;
    app.connect().await;
    let whole = states(&examined(&app).await);
    let trouble = r#"{ "calls": [
        { "which": { "family": "ingest_list" }, "what": { "slow_start": { "milliseconds": 600000 } } } ] }"#;
    app.control().add_trouble(trouble).await.unwrap();
    let report = examined(&app).await;
    let expected = States::from([("bulk_api".to_owned(), CheckState::Unknown)]);
    assert_eq!(changed(&whole, &states(&report)), expected);
    assert_eq!(
        check(&report, "bulk_api").found,
        "The org did not answer in 10 s."
    );
}

#[tokio::test]
async fn an_old_native_app_and_used_up_calls_are_told() {
    let app = TestApp::start_with(Options {
        native_app: true,
        native_app_version: (1, 21),
        ..Options::default()
    })
    .await;
    app.connect().await;
    let old = examined(&app).await;
    assert_eq!(check(&old, "native_app").state, CheckState::Failed);
    assert!(check(&old, "native_app").mend.contains("1.22"));

    let trouble = r#"{ "calls": [ { "which": { "family": "data" }, "what": "daily_limit" } ] }"#;
    app.control().add_trouble(trouble).await.unwrap();
    let report = examined(&app).await;
    assert_eq!(check(&report, "api_calls").state, CheckState::Failed);
    assert_eq!(check(&report, "object_lead").state, CheckState::Unknown);
}

#[tokio::test]
async fn a_report_is_current_until_a_mapping_changes() {
    let app = TestApp::start().await;
    app.connect().await;
    examined(&app).await;
    let rows: engine::contract::mapping::versions::SavedMapping =
        app.call("mapping.show", json!({ "object": "lead" })).await;
    let kept = &rows.rows[..rows.rows.len() - 1];
    let save = json!({ "object": "lead", "rows": kept, "based_on_version": rows.version, "note": "" });
    let _: Value = app.call("mapping.save", save).await;
    let last: Option<DoctorReport> = app.call("doctor.last", json!({})).await;
    assert!(!last.unwrap().is_current);
    assert!(examined(&app).await.is_current);
}

#[tokio::test]
async fn only_admins_run_it() {
    let app = TestApp::start().await;
    app.connect().await;
    app.hand_admin_role_to("Ada");
    let fault = app.fault("doctor.run", json!({})).await;
    assert_eq!(fault.code, Code::NotAllowed);
    assert!(fault.sentence.contains("Ada"), "{}", fault.sentence);
}

#[tokio::test]
async fn before_the_first_connection_the_permission_set_holds_what_default_mappings_need() {
    let app = TestApp::start().await;
    let (early, late) = (
        app.workspace().join("early.xml"),
        app.workspace().join("late.xml"),
    );
    engine::save_permission_set_to(app.engine(), early.clone())
        .await
        .unwrap();
    app.connect().await;
    engine::save_permission_set_to(app.engine(), late.clone())
        .await
        .unwrap();
    let text = |path: &std::path::Path| std::fs::read_to_string(path).unwrap();
    let fields = |path: &std::path::Path| -> Vec<String> {
        text(path)
            .lines()
            .filter(|line| line.contains("<field>"))
            .map(|line| line.trim().to_owned())
            .collect()
    };
    let (early, late) = (fields(&early), fields(&late));
    assert!(early.len() > 20, "{early:?}");
    let missing: Vec<_> = late.iter().filter(|field| !early.contains(field)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let never: Vec<_> = early
        .iter()
        .filter(|field| !late.contains(field) && field.contains("Name<"))
        .collect();
    assert!(never.is_empty(), "names stand in no permission set: {never:?}");
}

#[tokio::test]
async fn the_permission_set_grants_mapped_fields_and_escapes_nothing_away() {
    let app = TestApp::start().await;
    app.connect().await;
    let path = app.workspace().join("Landbridge.permissionset-meta.xml");
    app.host.answer_save(Some(path.clone()));
    let saved: Option<SavedFile> = app.call("doctor.save_permission_set", json!({})).await;
    assert!(saved.unwrap().rows > 10);
    let xml = std::fs::read_to_string(path).unwrap();
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PermissionSet xmlns="));
    for part in [
        "<field>Lead.Email</field>",
        "<field>Account.BillingAddress</field>",
        "<name>ApiEnabled</name>",
        "<name>ViewSetup</name>",
        "<object>Opportunity</object>",
    ] {
        assert!(xml.contains(part), "{part} in {xml}");
    }
    for never in [
        "Lead.LastName",
        "Lead.Company",
        "Account.Name",
        "BillingStreet",
        "<license>",
        "CampaignMember",
    ] {
        assert!(!xml.contains(never), "{never} in {xml}");
    }
}
