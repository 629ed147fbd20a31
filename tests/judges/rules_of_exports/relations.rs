//! Whose new records are, which accounts contacts get, and who becomes a member of a campaign.

use anyhow::Result;
use engine::contract::people::UserMappings;
use serde_json::{Value, json};
use support::TestApp;

use super::{Promise, app, counts, export, import, judge};

const OPERATOR: &str = "Demo Admin";
/// To whom the org's active assignment rule gives leads.
const BY_ACTIVE_RULE: &str = "Priya Raman";
/// To whom its other one gives them.
const BY_OTHER_RULE: &str = "Inbound Leads";
const OTHER_RULE: &str = "Lead routing to the queue";
/// Whom no rule names.
const MARA: &str = "Mara Okafor";

async fn user_id(app: &TestApp, name: &str) -> String {
    let soql = format!("SELECT Id FROM User WHERE Name = '{name}'");
    app.records().texts(&soql, "Id").await.remove(0)
}

fn owned(last_name: &str, owner: &str) -> Value {
    json!({ "LastName": last_name, "Owner": { "Name": owner } })
}

#[tokio::test(flavor = "multi_thread")]
async fn owners() -> Result<()> {
    let (app, command_line) = app().await;
    let added = command_line
        .json(&["people", "add", "Dana Osei", "dana@acme.example"])
        .await;
    anyhow::ensure!(added.code == Some(0), "{added:?}");
    let jonas = user_id(&app, "Jonas Lindgren").await;
    let map = json!({ "email": "dana@acme.example", "user": jonas });
    let _: UserMappings = app.call("people.map", map).await;
    let mara = user_id(&app, MARA).await;
    let known = json!({ "FirstName": "Ada", "LastName": "Ownerknown", "Email": "ownerknown@owner-works.example", "OwnerId": mara });
    app.records().create("Contact", known).await;
    app.change_export_rules(json!({ "no_account": "without_account" }))
        .await;
    let person = |last_name: &'static str, email: &'static str| {
        vec![
            ("First Name", "Ada"),
            ("Last Name", last_name),
            ("Email Address", email),
            ("Job Title", "Owner"),
            ("Company Name", "Owner Works"),
        ]
    };
    let rows = [
        person("Ownerknown", "ownerknown@owner-works.example"),
        person("Ownernew", "ownernew@owner-works.example"),
    ];
    import(&command_line, "Owned", &rows).await;
    let sent = export(&command_line, "contact", "Owned", &["--as", "dana@acme.example"]).await;
    counts(
        &sent,
        &json!({ "created_records": 1, "updated_records": 1, "failed_records": 0 }),
    )?;
    let promises = [
        Promise::of(
            "a new record belongs to the user of the person for whom it is exported",
            "SELECT LastName, Owner.Name FROM Contact WHERE LastName = 'Ownernew'",
            vec![owned("Ownernew", "Jonas Lindgren")],
        ),
        Promise::of(
            "an update keeps its owner and writes its values",
            "SELECT LastName, Title, Owner.Name FROM Contact WHERE LastName = 'Ownerknown'",
            vec![json!({ "LastName": "Ownerknown", "Title": "Owner", "Owner": { "Name": MARA } })],
        ),
    ];
    judge(&app, &command_line, &promises).await
}

/// New leads, and leads of Mara that are known, exported at once.
async fn leads(app: &TestApp, prefix: &str, new: usize, known: usize) -> Result<()> {
    let command_line = support::command_line::CommandLine::beside(app);
    let names: Vec<String> = (0..new + known)
        .map(|number| format!("{prefix}{number:02}"))
        .collect();
    let mails: Vec<String> = names
        .iter()
        .map(|name| format!("{name}@assigned-works.example").to_lowercase())
        .collect();
    let mara = user_id(app, MARA).await;
    for (name, mail) in names.iter().zip(&mails).skip(new) {
        let lead = json!({ "FirstName": "Ada", "LastName": name, "Company": "Assigned Works", "Email": mail, "OwnerId": mara });
        app.records().create("Lead", lead).await;
    }
    let rows: Vec<Vec<(&str, &str)>> = names
        .iter()
        .zip(&mails)
        .map(|(name, mail)| {
            vec![
                ("First Name", "Ada"),
                ("Last Name", name.as_str()),
                ("Email Address", mail.as_str()),
                ("Job Title", "Assigned"),
                ("Company Name", "Assigned Works"),
            ]
        })
        .collect();
    import(&command_line, prefix, &rows).await;
    let sent = export(&command_line, "lead", prefix, &[]).await;
    counts(
        &sent,
        &json!({ "created_records": new, "updated_records": known, "failed_records": 0 }),
    )
}

fn promised(rule: &'static str, prefix: &str, new: usize, owner_of_new: &str, known: usize) -> Promise {
    let records = (0..new + known).map(|number| {
        let owner = if number < new { owner_of_new } else { MARA };
        json!({ "LastName": format!("{prefix}{number:02}"), "Title": "Assigned", "Owner": { "Name": owner } })
    });
    let query = format!(
        "SELECT LastName, Title, Owner.Name FROM Lead WHERE LastName LIKE '{prefix}%' ORDER BY LastName"
    );
    Promise::of(rule, query, records.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn assignment_rules() -> Result<()> {
    let (app, command_line) = app().await;
    leads(&app, "Assignsmall", 25, 0).await?;
    leads(&app, "Assignmixed", 20, 5).await?;
    leads(&app, "Assignlarge", 26, 0).await?;
    let soql = format!("SELECT Id FROM AssignmentRule WHERE Name = '{OTHER_RULE}'");
    let rule_id = app.records().texts(&soql, "Id").await.remove(0);
    app.change_export_rules(json!({ "bulk_assignment_rule": { "rule_id": rule_id, "name": OTHER_RULE } }))
        .await;
    leads(&app, "Assignchosen", 26, 6).await?;
    let promises = [
        promised(
            "25 new leads go through the active rule",
            "Assignsmall",
            25,
            BY_ACTIVE_RULE,
            0,
        ),
        promised(
            "updates among few leads keep their owner",
            "Assignmixed",
            20,
            BY_ACTIVE_RULE,
            5,
        ),
        promised("26 new leads go through no rule", "Assignlarge", 26, OPERATOR, 0),
        promised(
            "26 new leads go through the rule that an admin chose, and updates keep their owner",
            "Assignchosen",
            26,
            BY_OTHER_RULE,
            6,
        ),
    ];
    judge(&app, &command_line, &promises).await
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_of_contacts() -> Result<()> {
    let (app, command_line) = app().await;
    app.change_export_rules(json!({ "no_account": "create", "one_account": "associate" }))
        .await;
    let kept = app
        .records()
        .create(
            "Account",
            json!({ "Name": "Relation Kept", "Website": "relation-kept.example" }),
        )
        .await;
    let works = [
        ("Company Name", "Relation Works"),
        ("Website", "www.relation-works.example"),
        ("ZoomInfo Company ID", "88000001"),
        ("Revenue (in 000s USD)", "1250"),
        ("Employees", "71"),
        ("Company Street Address", "9 Quay Road"),
        ("Company City", "Dover"),
        ("Company State", "Delaware"),
        ("Company Zip Code", "19901"),
        ("Company Country", "United States"),
    ];
    let known = [
        ("Company Name", "Relation Kept"),
        ("Website", "www.relation-kept.example"),
    ];
    let person = |last_name: &'static str, email: &'static str, company: &[(&'static str, &'static str)]| {
        let mut row = vec![
            ("First Name", "Ada"),
            ("Last Name", last_name),
            ("Email Address", email),
        ];
        row.extend(company);
        row
    };
    let rows = [
        person("Relatedone", "one@relation-works.example", &works),
        person("Relatedtwo", "two@relation-works.example", &works),
        person("Relatedthree", "three@relation-works.example", &works),
        person("Relatedknown", "known@relation-kept.example", &known),
    ];
    import(&command_line, "Related", &rows).await;
    let sent = export(&command_line, "contact", "Related", &[]).await;
    counts(
        &sent,
        &json!({ "created_records": 4, "created_account_records": 1, "failed_records": 0 }),
    )?;
    let ledger = command_line.ledger(&sent.result()["run"]).await;
    let made = ledger.iter().find(|line| line["object"] == "account");
    let made = made.map(|line| line["salesforce_id"].clone()).unwrap_or_default();
    let of_works = |last_name: &str| json!({ "LastName": last_name, "AccountId": made });
    let promises = [
        Promise::of(
            "all contacts of a company get the account that is made for it",
            "SELECT LastName, AccountId FROM Contact WHERE Account.Name = 'Relation Works' ORDER BY LastName",
            vec![
                of_works("Relatedone"),
                of_works("Relatedthree"),
                of_works("Relatedtwo"),
            ],
        ),
        Promise::of(
            "one account is made, by the Account mapping",
            "SELECT Id, Name, Website, AnnualRevenue, NumberOfEmployees, BillingStreet, BillingCity, BillingState, \
             BillingPostalCode, BillingCountry, AccountSource FROM Account WHERE Name = 'Relation Works'",
            vec![json!({
                "Id": made, "Name": "Relation Works", "Website": "www.relation-works.example",
                "AnnualRevenue": 1_250_000, "NumberOfEmployees": 71, "BillingStreet": "9 Quay Road",
                "BillingCity": "Dover", "BillingState": "Delaware", "BillingPostalCode": "19901",
                "BillingCountry": "United States", "AccountSource": "ZoomInfo",
            })],
        ),
        Promise::of(
            "a company that has an account gets that one",
            "SELECT LastName, AccountId FROM Contact WHERE LastName = 'Relatedknown'",
            vec![json!({ "LastName": "Relatedknown", "AccountId": kept })],
        ),
        Promise::of(
            "and no second one",
            "SELECT Id FROM Account WHERE Name = 'Relation Kept'",
            vec![json!({ "Id": kept })],
        ),
    ];
    judge(&app, &command_line, &promises).await
}

#[tokio::test(flavor = "multi_thread")]
async fn members_of_a_campaign() -> Result<()> {
    let (app, command_line) = app().await;
    app.change_export_rules(json!({ "no_account": "without_account" }))
        .await;
    let known = json!({ "FirstName": "Ada", "LastName": "Memberknown", "Company": "Member Works", "Email": "known@member-works.example" });
    app.records().create("Lead", known).await;
    let person = |last_name: &'static str, email: &'static str| {
        vec![
            ("First Name", "Ada"),
            ("Last Name", last_name),
            ("Email Address", email),
            ("Job Title", "Member"),
            ("Company Name", "Member Works"),
        ]
    };
    let rows = [
        person("Memberknown", "known@member-works.example"),
        person("Membernew", "new@member-works.example"),
    ];
    import(&command_line, "Leads", &rows).await;
    import(
        &command_line,
        "Contacts",
        &[person("Memberperson", "person@member-works.example")],
    )
    .await;
    let responded = ["--campaign", "Spring Webinar", "--member-status", "Responded"];
    let sent = export(&command_line, "lead", "Leads", &responded).await;
    counts(
        &sent,
        &json!({ "created_records": 1, "updated_records": 1, "added_members": 2 }),
    )?;
    let sent = export(
        &command_line,
        "contact",
        "Contacts",
        &["--campaign", "Spring Webinar"],
    )
    .await;
    counts(&sent, &json!({ "created_records": 1, "added_members": 1 }))?;
    let member = |person: &str, last_name: &str, status: &str| json!({ "Campaign": { "Name": "Spring Webinar" }, "Status": status, person: { "LastName": last_name } });
    let promises = [
        Promise::of(
            "created and updated leads are members with the chosen status",
            "SELECT Campaign.Name, Status, Lead.LastName FROM CampaignMember WHERE Lead.LastName LIKE 'Member%' \
             ORDER BY Lead.LastName",
            vec![
                member("Lead", "Memberknown", "Responded"),
                member("Lead", "Membernew", "Responded"),
            ],
        ),
        Promise::of(
            "contacts are members with the campaign's default status",
            "SELECT Campaign.Name, Status, Contact.LastName FROM CampaignMember WHERE Contact.LastName LIKE 'Member%'",
            vec![member("Contact", "Memberperson", "Sent")],
        ),
    ];
    judge(&app, &command_line, &promises).await
}
