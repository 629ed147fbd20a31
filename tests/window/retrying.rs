//! A record that the org refuses, with its ledger: edited in place by keyboard and sent again.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use support::demo_control::DemoControl;

use crate::application::{Appearance, Application, Desk};
use crate::demo_org::DemoOrg;
use crate::{connect, look, people};

/// The smallest window that the app supports, and the usual one.
const SIZES: [(u32, u32); 2] = [(900, 600), (1280, 800)];

/// Salesforce says once that the day's calls are used up, as the records are written.
const LIMIT_ONCE: &str = r#"{ "calls": [ { "which": { "family": "collections" }, "when": { "first": 1 }, "what": "daily_limit" } ] }"#;

#[tokio::test]
async fn a_refused_record_is_edited_and_sent_again() -> Result<()> {
    support::use_ring();
    let desk = Desk::new()?;
    std::fs::write(desk.file_to_open(), people::faulty_file()).context("could not write the list's file")?;
    let org = DemoOrg::start().await?;
    let rule = json!({ "rule": "Lead_Can_Be_Reached", "active": true });
    let control = DemoControl::new(&org.announcement.login_url);
    control.switch("validation-rules", &rule).await?;
    control.add_trouble(LIMIT_ONCE).await?;
    let application = desk.start(Appearance::Light).await?;
    let sent = async {
        connect::to(&org, &desk, &application).await?;
        application.page.switch_on("Exports for everybody").await?;
        export(&desk, &application).await?;
        look_at_foot(&desk, &application).await?;
        look_at_field_at_fault(&desk, &application).await?;
        edit_and_retry(&desk, &application).await
    };
    let sent = sent.await;
    application.quit_after(sent, &desk, "retrying").await
}

async fn export(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.go_to("/lists").await?;
    page.click("button", "Import a CSV file").await?;
    page.find("dialog", "Import a list").await?;
    page.click("button", "Import 4 contacts").await?;
    page.click_containing("button", "as Leads").await?;
    page.click("button", "Plan 4 records").await?;
    page.click_containing("button", "Send 3 records").await?;
    page.shows("It goes on by itself at").await?;
    look::in_light_and_dark(desk, page, "waiting").await?;
    in_both_sizes(desk, application, "waiting").await?;
    page.press_enter_on("button", "Go on now").await?;
    page.find("grid", "Ledger").await?;
    page.shows("2 Created").await?;
    page.shows("1 Failed").await?;
    page.shows("1 Refused").await
}

/// What can be sent again, and what happens to duplicates then.
async fn look_at_foot(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.find("button", "Retry 1 failed and 1 refused").await?;
    page.find_containing("button", "Duplicates among what is sent again")
        .await?;
    look::in_light_and_dark(desk, page, "ledger-retry").await?;
    in_both_sizes(desk, application, "ledger-retry").await
}

async fn in_both_sizes(desk: &Desk, application: &Application, name: &str) -> Result<()> {
    let page = &application.page;
    for (width, height) in SIZES {
        page.session.resize(width, height).await?;
        page.settles().await?;
        let wide = page.pixels_beyond_the_window().await?;
        ensure!(wide == 0, "{name} is {wide} pixels too wide at {width}");
        page.picture(&desk.picture(&format!("{name}-{width}"))).await?;
    }
    Ok(())
}

/// A field that the error names stands first and is marked until it is edited.
async fn look_at_field_at_fault(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.open_row_by_keyboard("Ledger", "Windowtest03").await?;
    page.press_enter_on("button", "Edit and retry").await?;
    page.shows("The error names this field.").await?;
    look::in_light_and_dark(desk, page, "field-at-fault").await?;
    in_both_sizes(desk, application, "field-at-fault").await?;
    page.escape_from_dialog("Edit and retry Robin Windowtest03").await
}

async fn edit_and_retry(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.open_row_by_keyboard("Ledger", "Windowtest04").await?;
    page.find_containing("dialog", "Windowtest04").await?;
    page.press_enter_on("button", "Edit and retry").await?;
    page.find("dialog", "Edit and retry Robin Windowtest04").await?;
    page.find_containing("button", "Duplicates among what is sent again")
        .await?;
    look::in_light_and_dark(desk, page, "edit-and-retry").await?;
    in_both_sizes(desk, application, "edit-and-retry").await?;
    page.type_into("Phone", "(617) 555-0104").await?;
    page.press_enter_on("button", "Retry this record").await?;
    page.find("heading", "What will fire").await?;
    page.press_enter_on("button", "Send 1 record to Landbridge demo org")
        .await?;
    page.find("grid", "Ledger").await?;
    page.shows("1 Created").await?;
    page.shows("Done").await
}
