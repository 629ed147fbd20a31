//! The first export, from an empty workspace to a ledger that is still there after a restart.

use anyhow::{Context, Result, ensure};

use crate::application::{Appearance, Application, Desk};
use crate::demo_org::DemoOrg;
use crate::driver::Key;
use crate::{connect, people, tour};

/// People in the file that is imported by the dialog, few enough for one REST call.
const FEW: usize = 20;

#[tokio::test]
async fn from_an_empty_workspace_to_a_ledger_that_stays() -> Result<()> {
    let desk = Desk::new()?;
    std::fs::write(desk.file_to_open(), people::contacts_file(FEW))
        .context("could not write the list's file")?;

    let org = DemoOrg::start().await?;

    let first = desk.start(Appearance::Light).await?;
    let exported = connect_and_export(&org, &desk, &first).await;
    first.quit_after(exported, &desk, "first-export").await?;

    let second = desk.start(Appearance::Light).await?;
    let seen = look_after_restart(&org, &desk, &second).await;
    second.quit_after(seen, &desk, "after-restart").await?;

    let third = desk.start(Appearance::Dark).await?;
    let seen = tour::of_all_pages(&desk, &third, Appearance::Dark).await;
    third.quit_after(seen, &desk, "dark").await
}

async fn connect_and_export(org: &DemoOrg, desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.find("heading", "No lists yet").await?;
    tour::of_empty_pages(desk, application, Appearance::Light).await?;
    connect::to(org, desk, application).await?;
    page.switch_on("Exports for everybody").await?;

    page.click("link", "Lists").await?;
    page.click("button", "Use sample lists").await?;
    // The second list comes in above the first; whoever clicks before would hit the wrong one.
    page.shows("2 lists here now").await?;
    page.find_containing("row", "Sample companies").await?;
    page.open_row("Lists", "Sample contacts").await?;
    page.click_containing("button", "as Leads").await?;
    page.fill("Records at most", "40").await?;
    page.click("button", "Plan 40 records").await?;
    page.shows("Bulk API 2.0").await?;
    page.click_containing("button", "Send 40 records").await?;
    page.find("grid", "Ledger").await?;
    page.shows("40 of 40 records").await?;
    page.shows("Done").await?;
    page.find_containing("row", "00Q").await?;

    page.click("button", "Save ledger").await?;
    page.click("menuitem", "As CSV").await?;
    let saved = desk.saved_file().await?;
    ensure!(
        saved.lines().filter(|line| line.contains("00Q")).count() == 40,
        "the saved ledger has not 40 lines with the id of a lead:\n{saved}"
    );
    export_few_by_keyboard(application).await
}

/// Imports and exports a second list without a pointer.
async fn export_few_by_keyboard(application: &Application) -> Result<()> {
    let page = &application.page;
    page.session.press(&[Key::Alt, Key::Character('1')]).await?;
    page.find("heading", "Lists").await?;
    page.press_enter_on("button", "Import a CSV file").await?;
    page.press_enter_on("button", "Import 20 contacts").await?;
    page.shows("people").await?;
    page.session.press(&[Key::Alt, Key::Character('1')]).await?;
    page.find("grid", "Lists").await?;
    page.open_row_by_keyboard("Lists", "people").await?;
    page.press_enter_on("button", "Export 20 contacts as Leads")
        .await?;
    page.press_enter_on("button", "Plan 20 records").await?;
    page.shows("REST API").await?;
    let send = page
        .names("button")
        .await?
        .into_iter()
        .find(|name| name.starts_with("Send 20 records"));
    page.press_enter_on(
        "button",
        &send.context("the plan has no button that sends 20 records")?,
    )
    .await?;
    page.find("grid", "Ledger").await?;
    page.shows("20 of 20 records").await?;
    page.shows("Done").await
}

async fn look_after_restart(org: &DemoOrg, desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.find("heading", "Lists").await?;
    page.find_containing("row", "people").await?;
    page.session.press(&[Key::Alt, Key::Character('2')]).await?;
    page.find("grid", "Runs").await?;
    let runs = page.names("row").await?;
    ensure!(
        runs.iter().filter(|run| run.contains("Done")).count() == 2,
        "not two runs that are done: {runs:?}"
    );
    page.go_to("/runs/1").await?;
    page.shows("40 of 40 records").await?;
    page.find_containing("row", "00Q").await?;
    page.go_to("/integration/general").await?;
    page.find("heading", "Connection").await?;
    page.shows(&org.announcement.username).await?;
    page.click("button", "Check connection").await?;
    page.shows("Connected").await?;
    plan_messy_list(desk, application).await?;
    tour::of_all_pages(desk, application, Appearance::Light).await?;
    tour::in_smallest_window(desk, application).await?;
    tour::enlarged_twice(desk, application).await
}

/// Leaves a third run planned and not sent, for the tour to look at; making it needs the kept connection.
async fn plan_messy_list(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    desk.offer_messy_list()?;
    page.click("link", "Lists").await?;
    page.click("button", "Import a CSV file").await?;
    page.find("dialog", "Import a list").await?;
    page.fill("List name", "Q4 targets").await?;
    page.click_containing("button", " contacts").await?;
    page.click_containing("button", "as Leads").await?;
    page.click_containing("button", "Plan ").await?;
    page.click_containing("button", "Refuse").await?;
    page.find("table", "Row faults").await.map(drop)
}
