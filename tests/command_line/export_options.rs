//! What `export` takes beside object and list: duplicates, a campaign, alerts, another person.

use serde_json::{Value, json};
use support::command_line::{CommandLine, Finished};
use support::{TestApp, lists};

async fn app_and_list(contacts: u32) -> (TestApp, CommandLine) {
    let app = TestApp::connected().await;
    let command_line = CommandLine::beside(&app);
    let file = command_line.file("people.csv", lists::contacts(contacts));
    command_line.import(&file, "People").await;
    (app, command_line)
}

async fn export(command_line: &CommandLine, object: &str, options: &[&str]) -> Finished {
    let export = ["export", "--object", object, "--list", "People"];
    command_line.json(&[&export[..], options].concat()).await
}

fn counts(finished: &Finished) -> (Option<i32>, [Value; 4]) {
    let result = finished.result();
    let names = [
        "created_records",
        "updated_records",
        "skipped_records",
        "failed_records",
    ];
    (finished.code, names.map(|name| result[name].clone()))
}

fn of(code: i32, counts: [u32; 4]) -> (Option<i32>, [Value; 4]) {
    (Some(code), counts.map(|count| json!(count)))
}

/// A lead that is the first of a made-up list exactly.
async fn known_lead(app: &TestApp) -> String {
    let lead = json!({ "FirstName": "Ada", "LastName": "Marsh0", "Company": "Works 0", "Email": "ada.marsh0@works0.example" });
    app.records().create("Lead", lead).await
}

#[tokio::test]
async fn duplicates_are_left_out_or_updated_as_the_caller_says() {
    let (app, command_line) = app_and_list(2).await;
    let known = known_lead(&app).await;
    let skipped = export(&command_line, "lead", &["--on-duplicate", "skip", "--limit", "1"]).await;
    assert_eq!(counts(&skipped), of(0, [0, 0, 1, 0]));
    assert_eq!(app.records().get("Lead", &known).await["Title"], Value::Null);
    let updated = export(&command_line, "lead", &["--on-duplicate", "update"]).await;
    assert_eq!(counts(&updated), of(0, [1, 1, 0, 0]));
    assert_eq!(
        app.records().get("Lead", &known).await["Title"],
        "Director, Plant 0"
    );
}

#[tokio::test]
async fn an_action_that_the_admin_does_not_offer_is_refused() {
    let (app, command_line) = app_and_list(2).await;
    known_lead(&app).await;
    app.change_export_settings(
        "lead",
        json!({ "duplicates": { "checking": "standard", "offers_update": true, "offers_create": false,
            "offers_skip": true, "default_action": "update", "unsure_follow_default": false } }),
    )
    .await;
    let before = app.org.record_count("Lead").unwrap();
    let refused = export(&command_line, "lead", &["--on-duplicate", "create"]).await;
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(
        refused.said.contains(
            "“Create duplicate” is not offered for leads. Choose one of: Update existing, Do not export."
        ),
        "{}",
        refused.said
    );
    assert_eq!(app.org.record_count("Lead").unwrap(), before);
}

#[tokio::test]
async fn people_are_added_to_a_campaign_with_a_status() {
    let (app, command_line) = app_and_list(3).await;
    let soql = "SELECT Status FROM CampaignMember WHERE Campaign.Name = 'Spring Webinar' AND Lead.LastName LIKE 'Marsh%'";
    let campaign = ["--campaign", "spring webinar", "--member-status", "Responded"];
    let sent = export(&command_line, "lead", &campaign).await;
    assert_eq!(counts(&sent), of(0, [3, 0, 0, 0]));
    assert_eq!(
        (&sent.result()["added_members"], &sent.result()["failed_members"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(app.records().texts(soql, "Status").await, ["Responded"; 3]);
    let ledger = command_line.ledger(&sent.result()["run"]).await;
    assert_eq!(ledger[0]["member"]["state"], "added");
    for (options, words) in [
        (&["--campaign", "Nothing like this"][..], "Found: none"),
        (
            &["--campaign", "Spring Webinar", "--member-status", "Invited"],
            "Its statuses are",
        ),
        (&["--member-status", "Sent"], "--campaign"),
    ] {
        let refused = export(&command_line, "lead", options).await;
        assert_eq!(refused.code, Some(2), "{options:?}: {refused:?}");
        assert!(refused.said.contains(words), "{options:?}: {}", refused.said);
    }
}

#[tokio::test]
async fn memberships_that_are_refused_are_told_by_exit_code_and_ledger() {
    let (app, command_line) = app_and_list(3).await;
    // The first call creates the leads, the second one their memberships.
    let trouble = r#"{ "calls": [ { "which": { "family": "collections" }, "when": { "nth": 2 },
        "what": { "refusal": { "status": 400, "code": "INVALID_TYPE", "message": "No members here." } } } ] }"#;
    app.control().add_trouble(trouble).await.unwrap();
    let sent = export(&command_line, "lead", &["--campaign", "Spring Webinar"]).await;
    assert_eq!(counts(&sent), of(1, [3, 0, 0, 0]));
    let result = sent.result();
    assert_eq!(
        (&result["state"], &result["failed_members"]),
        (&json!("done"), &json!(3))
    );
    let ledger = command_line.ledger(&result["run"]).await;
    for line in ledger {
        let (line, member) = (&line, &line["member"]);
        assert_eq!(
            (&line["action"], &member["state"]),
            (&json!("created"), &json!("failed"))
        );
        assert!(
            member["error"].as_str().unwrap().contains("No members here."),
            "{line}"
        );
    }
}

#[tokio::test]
async fn what_an_alerting_rule_stops_is_saved_only_if_the_caller_says_so() {
    let (app, command_line) = app_and_list(1).await;
    known_lead(&app).await;
    app.control()
        .switch("duplicate-rules", &json!({ "object": "Lead", "action": "alert" }))
        .await
        .unwrap();
    let create = ["--on-duplicate", "create"];
    let stopped = export(&command_line, "lead", &create).await;
    assert_eq!(counts(&stopped), of(1, [0, 0, 0, 1]));
    let saved = export(
        &command_line,
        "lead",
        &[&create[..], &["--save-past-alerts"]].concat(),
    )
    .await;
    assert_eq!(counts(&saved), of(0, [1, 0, 0, 0]));
}

#[tokio::test]
async fn an_admin_exports_for_another_person() {
    let (app, command_line) = app_and_list(2).await;
    let for_mara = [
        "--as",
        "mara.okafor@landbridge-demo.example",
        "--on-ask",
        "default",
    ];
    let sent = export(&command_line, "contact", &for_mara).await;
    assert_eq!(counts(&sent), of(0, [2, 0, 0, 0]));
    let soql = "SELECT Owner.Name FROM Contact WHERE LastName LIKE 'Marsh%'";
    for contact in app.records().query(soql).await {
        assert_eq!(contact["Owner"]["Name"], "Mara Okafor");
    }
    let nobody = export(&command_line, "contact", &["--as", "nobody@nowhere.com"]).await;
    assert_eq!(nobody.code, Some(2), "{nobody:?}");
    assert!(
        nobody.said.contains("no active Salesforce user has"),
        "{}",
        nobody.said
    );
}
