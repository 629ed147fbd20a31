//! Who may change what is connected, by keyboard alone: Change User by another admin and onto another org, and Disconnect by
//! the primary admin.

use anyhow::{Context, Result, ensure};

use crate::application::{Appearance, Application, Desk};
use crate::demo_org::DemoOrg;
use crate::operators::{ADMIN, USER, hand_over_to, is_refused, operator, turn_exports_on};
use crate::page::Page;
use crate::{connect, look, operators};

/// A Salesforce user of the demo org who is not its administrator.
const OTHER_USER: &str = "priya.raman@landbridge-demo.example";

#[tokio::test]
async fn the_user_and_the_org_change_hands_and_the_primary_admin_disconnects() -> Result<()> {
    let desk = Desk::new()?;
    let org = DemoOrg::start().await?;
    let other_org = DemoOrg::start_with(&["--seed", "77"]).await?;
    let application = desk.start(Appearance::Light).await?;
    let seen = from_change_user_to_disconnect(&org, &other_org, &desk, &application).await;
    application.quit_after(seen, &desk, "connection-rules").await
}

async fn from_change_user_to_disconnect(
    org: &DemoOrg,
    other_org: &DemoOrg,
    desk: &Desk,
    application: &Application,
) -> Result<()> {
    let page = &application.page;
    page.find("heading", "No lists yet").await?;
    connect::to(org, desk, application).await?;
    let primary = operator(page).await?;
    operators::add(desk, page).await?;
    page.go_to("/integration/general").await?;
    turn_exports_on(page).await?;

    hand_over_to(page, USER).await?;
    page.go_to("/integration/general").await?;
    is_refused(page, "Change user", "Only admins may").await?;
    look::in_light_and_dark(desk, page, "change-user-refused").await?;

    hand_over_to(page, ADMIN).await?;
    log_in_by_change_user(desk, page, org, OTHER_USER, Some(&primary)).await?;
    page.shows("Priya Raman is the service account now.").await?;
    stands_after(page, "Service account", OTHER_USER).await?;
    stands_after(page, "Primary admin", ADMIN).await?;
    page.shows_no("Change the service account user").await?;
    page.shows("On for everybody.").await?;

    hand_over_to(page, &primary).await?;
    let reason = format!("Only {ADMIN}, the primary admin, may disconnect.");
    is_refused(page, "Disconnect", &reason).await?;
    look::in_light_and_dark(desk, page, "disconnect-refused").await?;

    hand_over_to(page, ADMIN).await?;
    refuse_then_accept(desk, page, other_org).await?;
    disconnect(desk, page).await?;
    connect::to(org, desk, application).await?;
    // A setting that was made before the org was cut off.
    page.shows("Your exports need a Salesforce user of your own.")
        .await
}

/// Opens the login of another user, and signs in as that one. `instead_of` is the primary admin whom the operator replaces.
async fn log_in_by_change_user(
    desk: &Desk,
    page: &Page,
    org: &DemoOrg,
    username: &str,
    instead_of: Option<&str>,
) -> Result<()> {
    let org = &org.announcement;
    page.press_enter_on("button", "Change user").await?;
    page.find("heading", "Change the service account user").await?;
    let becomes = match instead_of {
        Some(primary) => format!("You become the primary admin instead of {primary}."),
        None => "You stay the primary admin.".to_owned(),
    };
    page.shows(&becomes).await?;
    page.choose_card("Demo org", "My Domain").await?;
    page.type_into("My Domain host", &org.login_url).await?;
    page.type_into("Consumer key", &org.client_id).await?;
    if instead_of.is_some() {
        look::in_light_and_dark(desk, page, "change-user").await?;
    }
    page.press_enter_on("button", "Log in with the browser").await?;
    connect::sign_in(desk, username, &org.password).await
}

/// A login to another org changes nothing before somebody says so, and then what was told.
async fn refuse_then_accept(desk: &Desk, page: &Page, other: &DemoOrg) -> Result<()> {
    let username = &other.announcement.username;
    let before = page.value_after("Org").await?;
    log_in_by_change_user(desk, page, other, username, None).await?;
    page.find("alertdialog", "This is another org").await?;
    page.shows("Nothing has changed yet").await?;
    page.shows("Exports are turned off until an admin turns them on again.")
        .await?;
    look::in_light_and_dark(desk, page, "other-org").await?;
    let stay = button_beginning(page, "Stay with ").await?;
    page.press_enter_on("button", &stay).await?;
    page.shows_no("Nothing has changed yet").await?;
    stands_after(page, "Org", &before).await?;
    stands_after(page, "Service account", OTHER_USER).await?;
    page.shows("On for everybody.").await?;
    page.press_enter_on("button", "Keep Priya Raman").await?;

    log_in_by_change_user(desk, page, other, username, None).await?;
    page.find("alertdialog", "This is another org").await?;
    let accept = button_beginning(page, "Connect to ").await?;
    page.press_enter_on("button", &accept).await?;
    page.shows("Off for everybody.").await?;
    stands_after(page, "Service account", username).await?;
    let now = page.value_after("Org").await?;
    ensure!(now != before, "the org is still {before}");
    Ok(())
}

/// The primary admin cuts the org off and has its local copy deleted; what was set stays.
async fn disconnect(desk: &Desk, page: &Page) -> Result<()> {
    page.choose_card("Service account", "User account").await?;
    page.shows("Your exports need a Salesforce user of your own.")
        .await?;
    page.press_enter_on("button", "Disconnect").await?;
    page.find_containing("alertdialog", "Disconnect ").await?;
    page.press_space_on("checkbox", "Also delete the local copy of the org’s records")
        .await?;
    look::in_light_and_dark(desk, page, "disconnect-with-copy").await?;
    let confirm = button_beginning(page, "Disconnect Landbridge").await?;
    page.press_enter_on("button", &confirm).await?;
    page.shows("Disconnected. The tokens are forgotten; your settings, lists and ledgers stay.")
        .await?;
    page.shows("The local copy of the org's records is emptied.")
        .await?;
    page.find("heading", "Connect to Salesforce").await?;
    look::in_light_and_dark(desk, page, "disconnected").await?;
    page.go_to("/people").await?;
    page.find_containing("row", USER).await.map(drop)
}

async fn button_beginning(page: &Page, words: &str) -> Result<String> {
    page.find_containing("button", words).await?;
    let names = page.names("button").await?;
    let found = names.iter().find(|name| name.starts_with(words));
    found
        .cloned()
        .with_context(|| format!("no button begins with “{words}”: {names:?}"))
}

async fn stands_after(page: &Page, label: &str, words: &str) -> Result<()> {
    let value = page.value_after(label).await?;
    ensure!(value.contains(words), "after “{label}” stands “{value}”");
    Ok(())
}
