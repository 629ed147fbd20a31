//! The primary admin, another admin and a user at one window, without a pointer: each sees what the others may, and is told
//! who may do what they may not.

use anyhow::{Context, Result};

use crate::application::{Appearance, Application, Desk};
use crate::connect;
use crate::demo_org::DemoOrg;
use crate::driver::Key;
use crate::operators::{ADMIN, USER, hand_over_to, is_refused, operator, turn_exports_on};
use crate::page::Page;

#[tokio::test]
async fn three_people_at_one_window_by_keyboard() -> Result<()> {
    let desk = Desk::new()?;
    std::fs::write(
        desk.file_to_open(),
        format!(
            "name,email,role\n{ADMIN},sam.secondary@example.com,admin\n{USER},mina.member@example.com,user\n\
             Nobody,no address,user\n"
        ),
    )
    .context("could not write the file of people")?;
    let org = DemoOrg::start().await?;
    let application = desk.start(Appearance::Dark).await?;
    let seen = from_primary_admin_to_user(&org, &desk, &application).await;
    application.quit_after(seen, &desk, "who-may-do-what").await
}

async fn from_primary_admin_to_user(org: &DemoOrg, desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.find("heading", "No lists yet").await?;
    connect::to(org, desk, application).await?;
    let primary = operator(page).await?;
    examine(desk, page).await?;
    may_disconnect(desk, page).await?;
    add_people(desk, page).await?;
    map_users(desk, page).await?;

    hand_over_to(page, ADMIN).await?;
    page.go_to("/integration/general").await?;
    is_refused(
        page,
        "Disconnect",
        &format!("Only {primary}, the primary admin, may disconnect."),
    )
    .await?;
    turn_exports_on(page).await?;
    page.shows(&format!("by {ADMIN}")).await?;

    hand_over_to(page, USER).await?;
    page.go_to("/integration/general").await?;
    is_refused(page, "Change user", "Only admins may").await?;
    page.go_to("/audit").await?;
    page.find("heading", "The audit log is for admins").await?;
    page.picture(&desk.picture("audit-refused-dark")).await?;
    page.go_to("/integration/users").await?;
    page.find("heading", "User Mapping is for admins").await?;
    page.go_to("/people").await?;
    page.find("grid", "People").await?;
    is_refused(page, "Add a person", "Only admins may").await?;

    hand_over_to(page, &primary).await?;
    page.go_to("/audit").await?;
    page.find("grid", "Audit log").await?;
    page.find_containing("row", ADMIN).await.map(drop)
}

/// The doctor looks at the org, and what it found stands on the page.
async fn examine(desk: &Desk, page: &Page) -> Result<()> {
    page.press_enter_on("button", "Check the connection").await?;
    page.shows("API Enabled").await?;
    page.settles().await?;
    page.are_beside_each_other(
        "button",
        &["Save a permission set", "Copy report for your Salesforce admin"],
    )
    .await?;
    page.picture(&desk.picture("doctor-report-dark")).await
}

/// The primary admin is asked before the org is cut off, and stays connected.
async fn may_disconnect(desk: &Desk, page: &Page) -> Result<()> {
    page.press_enter_on("button", "Disconnect").await?;
    page.find_containing("alertdialog", "Disconnect ").await?;
    page.settles().await?;
    page.picture(&desk.picture("disconnect-dark")).await?;
    page.press_enter_on("button", "Stay connected").await?;
    page.find("heading", "Connection").await.map(drop)
}

/// Imports people from the file, one row of which is refused.
async fn add_people(desk: &Desk, page: &Page) -> Result<()> {
    page.choose_from_menu("Operator menu", "People").await?;
    page.find("heading", "People").await?;
    page.press_enter_on("button", "Import a CSV file").await?;
    page.find("alertdialog", "Import people").await?;
    page.find("table", "Refused rows").await?;
    page.settles().await?;
    page.picture(&desk.picture("import-people-dark")).await?;
    page.press_enter_on("button", "Import 2 people").await?;
    page.find_containing("row", ADMIN).await?;
    page.find_containing("row", USER).await.map(drop)
}

/// Says that the user is nobody of the org, takes it back by Ctrl Z, does it again, and saves.
async fn map_users(desk: &Desk, page: &Page) -> Result<()> {
    page.go_to("/integration/users").await?;
    let table = "People and their Salesforce users";
    page.open_cell_by_keyboard(table, USER, 2).await?;
    page.find_containing("option", "Nobody of the org").await?;
    page.session.press(&[Key::Down]).await?;
    page.session.press(&[Key::Enter]).await?;
    page.find("region", "Unsaved changes").await?;
    page.settles().await?;
    page.picture(&desk.picture("user-mapping-changed-dark")).await?;
    page.session.press(&[Key::Control, Key::Character('z')]).await?;
    page.session.press(&[Key::Control, Key::Character('y')]).await?;
    page.session.press(&[Key::Control, Key::Character('s')]).await?;
    page.shows("1 user mapping saved.").await
}
