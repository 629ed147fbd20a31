//! Which record a profile is: contact before lead, both grades, and the org's own rules.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use support::TestApp;

use super::{Promise, app, counts, export, import, judge};

fn person(last_name: &'static str, email: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("First Name", "Ada"),
        ("Last Name", last_name),
        ("Email Address", email),
        ("Job Title", "From the list"),
        ("Company Name", "Twin Works"),
    ]
}

fn lead(last_name: &str, email: &str) -> Value {
    json!({ "FirstName": "Ada", "LastName": last_name, "Company": "Twin Works", "Email": email })
}

fn title(id: &str, title: Option<&str>) -> Value {
    json!({ "Id": id, "Title": title })
}

#[tokio::test(flavor = "multi_thread")]
async fn contact_before_lead() -> Result<()> {
    let (app, command_line) = app().await;
    app.change_export_rules(json!({ "no_account": "without_account" }))
        .await;
    let email = "twinboth@twin-works.example";
    let records = app.records();
    let contact = json!({ "FirstName": "Ada", "LastName": "Twinboth", "Email": email });
    let contact = records.create("Contact", contact).await;
    let known_lead = records.create("Lead", lead("Twinboth", email)).await;
    import(&command_line, "Twins", &[person("Twinboth", email)]).await;
    // As a lead it waits for an answer, because a contact is no lead; as a contact it is updated.
    let as_lead = export(&command_line, "lead", "Twins", &[]).await;
    counts(&as_lead, &json!({ "created_records": 0, "updated_records": 0 }))?;
    let as_contact = export(&command_line, "contact", "Twins", &[]).await;
    counts(
        &as_contact,
        &json!({ "created_records": 0, "updated_records": 1 }),
    )?;
    let promises = [
        Promise::of(
            "whoever is both is updated as the contact",
            "SELECT Id, Title FROM Contact WHERE LastName = 'Twinboth'",
            vec![title(&contact, Some("From the list"))],
        ),
        Promise::of(
            "their lead stays as it was, and there is no other",
            "SELECT Id, Title FROM Lead WHERE LastName = 'Twinboth'",
            vec![title(&known_lead, None)],
        ),
    ];
    judge(&app, &command_line, &promises).await
}

#[tokio::test(flavor = "multi_thread")]
async fn both_grades() -> Result<()> {
    let (app, command_line) = app().await;
    let records = app.records();
    let exact = records
        .create("Lead", lead("Twinexact", "twinexact@twin-works.example"))
        .await;
    let likely = records.create("Lead", lead("Twinlikely", "")).await;
    let rows = [
        person("Twinexact", "twinexact@twin-works.example"),
        person("Twinlikely", "twinlikely@twin-works.example"),
    ];
    import(&command_line, "Grades", &rows).await;
    let sent = export(&command_line, "lead", "Grades", &[]).await;
    counts(
        &sent,
        &json!({ "created_records": 0, "updated_records": 1, "failed_records": 0 }),
    )?;
    let likely_query = "SELECT Id, Title FROM Lead WHERE LastName = 'Twinlikely' ORDER BY CreatedDate, Id";
    let promises = [
        Promise::of(
            "an exact hit is updated",
            "SELECT Id, Title FROM Lead WHERE LastName = 'Twinexact'",
            vec![title(&exact, Some("From the list"))],
        ),
        Promise::of(
            "a likely hit is left until somebody answers",
            likely_query,
            vec![title(&likely, None)],
        ),
    ];
    judge(&app, &command_line, &promises).await?;
    let run = sent.result()["run"].to_string();
    let answered = command_line
        .json(&["runs", "retry", &run, "--unanswered", "--on-duplicate", "create"])
        .await;
    counts(&answered, &json!({ "created_records": 1 }))?;
    let ledger = command_line.ledger(&answered.result()["run"]).await;
    let Some(created) = ledger[0]["salesforce_id"].as_str() else {
        anyhow::bail!("nothing was created: {ledger:?}");
    };
    let promises = [Promise::of(
        "the answer makes a second record and leaves the first",
        likely_query,
        vec![title(&likely, None), title(created, Some("From the list"))],
    )];
    judge(&app, &command_line, &promises).await
}

/// Two people, one of whom is in the org, exported while the org's own rule alone decides; without an update it would be a
/// duplicate.
async fn by_org_rule(app: &TestApp, action: &str, options: &[&str], failed: u32, list: &str) -> Result<()> {
    let command_line = support::command_line::CommandLine::beside(app);
    app.control()
        .switch("duplicate-rules", &json!({ "object": "Lead", "action": action }))
        .await?;
    let sent = export(
        &command_line,
        "lead",
        list,
        &[&["--on-duplicate", "create"], options].concat(),
    )
    .await;
    ensure!(sent.code == Some(i32::from(failed > 0)), "{sent:?}");
    counts(&sent, &json!({ "failed_records": failed, "updated_records": 0 }))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_orgs_own_rules() -> Result<()> {
    let (app, command_line) = app().await;
    let duplicates = json!({ "checking": "org_rules", "offers_update": true, "offers_create": true, "offers_skip": true,
        "default_action": "update", "unsure_follow_default": false });
    app.change_export_settings("lead", json!({ "duplicates": duplicates }))
        .await;
    let query = |last_name: &str| {
        format!(
            "SELECT LastName, Title FROM Lead WHERE LastName LIKE '{last_name}%' ORDER BY LastName, Title"
        )
    };
    let found = |last_name: &str, title: Option<&str>| json!({ "LastName": last_name, "Title": title });
    let listed = Some("From the list");
    for (known, new, mail_of_known, mail_of_new) in [
        (
            "Twinalertknown",
            "Twinalertnew",
            "a.known@twin-works.example",
            "a.new@twin-works.example",
        ),
        (
            "Twinblockknown",
            "Twinblocknew",
            "b.known@twin-works.example",
            "b.new@twin-works.example",
        ),
        (
            "Twinagreedknown",
            "Twinagreednew",
            "c.known@twin-works.example",
            "c.new@twin-works.example",
        ),
    ] {
        app.records().create("Lead", lead(known, mail_of_known)).await;
        import(
            &command_line,
            new,
            &[person(known, mail_of_known), person(new, mail_of_new)],
        )
        .await;
    }
    by_org_rule(&app, "alert", &[], 1, "Twinalertnew").await?;
    by_org_rule(&app, "alert", &["--save-past-alerts"], 0, "Twinagreednew").await?;
    by_org_rule(&app, "block", &["--save-past-alerts"], 1, "Twinblocknew").await?;
    let promises = [
        Promise::of(
            "what an alerting rule stops is not saved",
            query("Twinalert"),
            vec![found("Twinalertknown", None), found("Twinalertnew", listed)],
        ),
        Promise::of(
            "what an alerting rule stops is saved where that was agreed",
            query("Twinagreed"),
            vec![
                found("Twinagreedknown", None),
                found("Twinagreedknown", listed),
                found("Twinagreednew", listed),
            ],
        ),
        Promise::of(
            "what a blocking rule stops is never saved",
            query("Twinblock"),
            vec![found("Twinblockknown", None), found("Twinblocknew", listed)],
        ),
    ];
    judge(&app, &command_line, &promises).await
}
