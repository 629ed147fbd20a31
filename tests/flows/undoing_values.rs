//! Undo of values: what an export filled, overwrote or cleared is as before, byte for byte.

use engine::contract::runs::{Api, LedgerLine, LedgerPage, Outcome, RunState, RunView};
use serde_json::{Value, json};
use support::other_client::OtherClient;
use support::{TestApp, lists};

/// An app whose exports write over these fields, and clear them where the list has no value.
async fn app_that_overwrites(object: &str, fields: &[&str]) -> TestApp {
    let app = TestApp::connected().await;
    let saved: Value = app.call("mapping.show", json!({ "object": object })).await;
    let mut rows = saved["rows"].clone();
    for row in rows.as_array_mut().unwrap() {
        if fields.iter().any(|field| row["target"] == *field) {
            row["on_update"] = json!("overwrite");
            row["clear_when_blank"] = json!(true);
        }
    }
    let changed = json!({ "object": object, "rows": rows, "based_on_version": saved["version"], "note": "" });
    let _: Value = app.call("mapping.save", changed).await;
    app
}

async fn import(app: &TestApp, text: String) -> i64 {
    let file = app.file("list.csv", text);
    app.import(&file, "List").await.list.list_id
}

async fn send_all(app: &TestApp, planned: &RunView, api: Api) -> RunView {
    let done = app.send(planned.summary.run).await;
    let ended = &done.summary;
    assert_eq!((ended.state, ended.api), (RunState::Done, api));
    assert_eq!(ended.tally.failed_records, 0, "{:?}", done.reasons);
    done
}

async fn plan_undo(app: &TestApp, run: i64) -> RunView {
    app.call("runs.plan_undo", json!({ "run": run })).await
}

/// Takes back the whole of an export.
async fn undo(app: &TestApp, exported: &RunView, api: Api) {
    let planned = plan_undo(app, exported.summary.run).await;
    let (back, forth) = (&planned.plan, &exported.plan);
    assert_eq!(
        (back.overwritten_values, back.cleared_values, back.filled_values),
        (
            forth.overwritten_values,
            forth.filled_values,
            forth.cleared_values
        )
    );
    let undone = send_all(app, &planned, api).await.summary.tally;
    let exported = exported.summary.tally;
    assert_eq!(
        (
            undone.deleted_records,
            undone.restored_records,
            undone.skipped_records
        ),
        (exported.created_records, exported.updated_records, 0)
    );
}

async fn in_org(org: &OtherClient, objects: &[&str]) -> Vec<String> {
    let mut records = Vec::new();
    for object in objects {
        records.push(org.as_csv(object).await.unwrap());
    }
    records
}

const OF_LEADS: [&str; 7] = [
    "Title",
    "NumberOfEmployees",
    "Street",
    "City",
    "State",
    "PostalCode",
    "Country",
];

fn title_before(number: u32) -> &'static str {
    match number {
        // Bulk reads this word as no value at all.
        0 => "#N/A",
        1 => "Clerk, \"night shift\"",
        _ => "Clerk",
    }
}

/// A lead for each of so many people of [`lists::contacts`], with values that the list has otherwise.
async fn make_leads(org: &OtherClient, leads: u32) -> Vec<String> {
    let mut ids = Vec::new();
    for number in 0..leads {
        let lead = json!({
            "LastName": format!("Marsh{number}"),
            "Company": format!("Works {}", number / 3),
            "Email": format!("ada.marsh{number}@works{}.example", number / 3),
            "Title": title_before(number),
            "NumberOfEmployees": 7_000,
            "Street": "1 Old Lane\n\"Back\" yard",
            "City": "Ghent",
        });
        ids.push(org.create("Lead", &lead).await.unwrap());
    }
    ids
}

async fn export_leads(app: &TestApp, leads: u32, api: Api) -> RunView {
    let list = import(app, lists::contacts(leads)).await;
    let planned = app.plan("lead", list).await;
    assert!(planned.plan.overwritten_values > leads, "{:?}", planned.plan);
    let exported = send_all(app, &planned, api).await;
    assert_eq!(exported.summary.tally.updated_records, leads);
    let in_list: Vec<String> = (0..leads)
        .map(|number| format!("Director, Plant {number}"))
        .collect();
    assert_eq!(titles(app).await, in_list);
    exported
}

async fn titles(app: &TestApp) -> Vec<String> {
    let soql = "SELECT Title FROM Lead WHERE Email LIKE 'ada.marsh%' ORDER BY Id";
    app.records().texts(soql, "Title").await
}

async fn overwritten_leads_are_as_before_after_an_undo(leads: u32, api: Api) {
    let app = app_that_overwrites("lead", &OF_LEADS).await;
    let org = OtherClient::of(&app.org);
    make_leads(&org, leads).await;
    let before = in_org(&org, &["Lead"]).await;
    let exported = export_leads(&app, leads, api).await;
    undo(&app, &exported, api).await;
    let titles_before: Vec<&str> = (0..leads).map(title_before).collect();
    assert_eq!(titles(&app).await, titles_before);
    assert_eq!(in_org(&org, &["Lead"]).await, before);
}

#[tokio::test]
async fn an_overwritten_value_is_as_before_after_an_undo() {
    overwritten_leads_are_as_before_after_an_undo(4, Api::Rest).await;
}

#[tokio::test]
async fn many_overwritten_values_are_as_before_after_an_undo_by_bulk() {
    overwritten_leads_are_as_before_after_an_undo(30, Api::Bulk).await;
}

#[tokio::test]
async fn an_overwritten_value_that_somebody_changed_since_stays_and_is_listed() {
    for (leads, api) in [(6, Api::Rest), (40, Api::Bulk)] {
        let app = app_that_overwrites("lead", &OF_LEADS).await;
        let org = OtherClient::of(&app.org);
        let ids = make_leads(&org, leads).await;
        let before = org.as_csv("Lead").await.unwrap();
        let run = export_leads(&app, leads, api).await.summary.run;
        let somebody = OtherClient::of_somebody_else(&app.org).await.unwrap();
        let manager = json!({ "Title": "Manager" });
        somebody.update("Lead", &ids[0], &manager).await.unwrap();
        // The user of the export, by another app.
        org.update("Lead", &ids[1], &manager).await.unwrap();
        let planned = plan_undo(&app, run).await;
        assert_eq!(
            (planned.plan.restore_records, planned.plan.skip_records),
            (leads - 2, 2)
        );
        somebody.update("Lead", &ids[2], &manager).await.unwrap();
        let changed = org.as_csv("Lead").await.unwrap();
        let undone = send_all(&app, &planned, api).await;
        assert_eq!(undone.summary.tally.restored_records, leads - 3);

        let is_changed = |line: &str| ids[..3].iter().any(|id| line.contains(id));
        let expected: Vec<&str> = before
            .lines()
            .zip(changed.lines())
            .map(|(old, new)| if is_changed(new) { new } else { old })
            .collect();
        let now = org.as_csv("Lead").await.unwrap();
        assert_eq!(now.lines().collect::<Vec<_>>(), expected);
        assert_eq!(titles(&app).await[..3], ["Manager"; 3]);

        let skipped = json!({ "run": planned.summary.run, "outcome": Outcome::Skipped, "search": "", "offset": 0, "limit": 100 });
        let page: LedgerPage = app.call("runs.ledger", skipped).await;
        let mut listed: Vec<&LedgerLine> = page.lines.iter().collect();
        listed.sort_by_key(|line| &line.salesforce_id);
        assert_eq!(listed.len(), 3, "{listed:?}");
        for (line, id) in listed.into_iter().zip(&ids) {
            assert_eq!(line.salesforce_id.as_ref(), Some(id));
            assert_eq!(line.error_code.as_deref(), Some("changed_since"));
            let told = line.error.as_deref().unwrap();
            assert!(told.contains("changed it on"), "{told}");
        }
    }
}

/// So many companies with everything that the test of accounts looks at but a fax.
fn companies(companies: u32) -> String {
    let mut text = "ZoomInfo Company ID,Company Name,Website,Fax,Employees,Primary Industry,\
                    Revenue (in 000s USD),Company Description\n"
        .to_owned();
    for number in 0..companies {
        text += &format!(
            "{},Value Works {number},value-works-{number}-of-landbridge.com,,1200,Manufacturing,98000,Makes values\n",
            930_000 + number
        );
    }
    text
}

#[tokio::test]
async fn accounts_have_their_filled_overwritten_and_cleared_values_as_before_after_an_undo() {
    for (known, new, api) in [(4, 3, Api::Rest), (30, 30, Api::Bulk)] {
        let overwritten = ["NumberOfEmployees", "Industry", "Description", "Fax"];
        let app = app_that_overwrites("account", &overwritten).await;
        let org = OtherClient::of(&app.org);
        let description =
            "First line\nsecond, \"quoted\", and a long one: ".to_owned() + &"known ".repeat(900);
        for number in 0..known {
            let account = json!({
                "Name": format!("Value Works {number}"),
                "Website": format!("value-works-{number}-of-landbridge.com"),
                "NumberOfEmployees": 41,
                "Industry": "Banking",
                "Description": description.trim_end(),
                "Fax": "(555) 010-0141",
            });
            org.create("Account", &account).await.unwrap();
        }
        let before = in_org(&org, &["Account"]).await;
        let list = import(&app, companies(known + new)).await;
        let planned = app.plan("account", list).await;
        let plan = &planned.plan;
        // Revenue and source were blank.
        assert_eq!(
            (plan.overwritten_values, plan.cleared_values, plan.filled_values),
            (3 * known, known, 2 * known)
        );
        let exported = send_all(&app, &planned, api).await;
        let tally = exported.summary.tally;
        assert_eq!((tally.updated_records, tally.created_records), (known, new));
        let written = "SELECT Id FROM Account WHERE Name LIKE 'Value Works %' AND NumberOfEmployees = 1200 \
                       AND Industry = 'Manufacturing' AND Fax = NULL AND AnnualRevenue = 98000000";
        assert_eq!(
            app.records().texts(written, "Id").await.len(),
            (known + new) as usize
        );
        undo(&app, &exported, api).await;
        assert_eq!(in_org(&org, &["Account"]).await, before);
    }
}

#[tokio::test]
async fn contacts_their_new_accounts_and_memberships_are_as_before_after_an_undo() {
    const OBJECTS: [&str; 3] = ["Contact", "Account", "CampaignMember"];
    for (known, records, api) in [(4, 9, Api::Rest), (30, 60, Api::Bulk)] {
        let app = app_that_overwrites("contact", &["Title"]).await;
        app.change_export_rules(json!({ "no_account": "create" })).await;
        let org = OtherClient::of(&app.org);
        let campaign = json!({ "Name": "Values", "IsActive": true });
        let campaign = org.create("Campaign", &campaign).await.unwrap();
        for number in 0..known {
            let contact = json!({
                "FirstName": "Ada",
                "LastName": format!("Marsh{number}"),
                "Email": format!("ada.marsh{number}@works{}.example", number / 3),
                "Title": title_before(number),
            });
            let contact = org.create("Contact", &contact).await.unwrap();
            if number == 0 {
                let member = json!({ "CampaignId": campaign, "ContactId": contact, "Status": "Responded" });
                org.create("CampaignMember", &member).await.unwrap();
            }
        }
        let before = in_org(&org, &OBJECTS).await;
        let list = import(&app, lists::contacts(records)).await;
        let choice = json!({ "campaign_id": campaign, "name": "Values", "status": "Sent" });
        let params = json!({ "object": "contact", "list_id": list, "selection": { "kind": "all" }, "limit_records": null, "campaign": choice });
        let planned: RunView = app.call("export.plan", params).await;
        let exported = send_all(&app, &planned, api).await;
        let tally = exported.summary.tally;
        assert_eq!(
            (tally.updated_records, tally.created_records),
            (known, records - known)
        );
        assert_eq!(exported.summary.created_account_records, records / 3);
        assert_eq!(exported.members.as_ref().unwrap().added_members, records - 1);
        for (now, then) in in_org(&org, &OBJECTS).await.iter().zip(&before) {
            assert_ne!(now, then);
        }
        undo(&app, &exported, api).await;
        assert_eq!(in_org(&org, &OBJECTS).await, before);
    }
}
