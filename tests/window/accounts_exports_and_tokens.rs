//! Settings of the connection that act at once, by keyboard alone: user accounts, the master toggle while a run is being sent,
//! and the place of the tokens.

use anyhow::{Context, Result};
use support::demo_control::DemoControl;

use crate::application::{Appearance, Application, Desk};
use crate::demo_org::DemoOrg;
use crate::operators::{ADMIN, USER, hand_over_to, is_refused, operator, turn_exports_on};
use crate::page::Page;
use crate::{connect, look, operators, people};

/// The Salesforce user whom the user connects.
const OWN_USER: &str = "priya.raman@landbridge-demo.example";

/// People of the list, and how many of them the first run takes: either run goes by Bulk jobs.
const ALL: usize = 60;
const FIRST: usize = 30;

const PASSPHRASE: &str = "a long enough passphrase";
const NOT_CONNECTED: &str = "Not connected. Your exports need a Salesforce user of your own.";

#[tokio::test]
async fn accounts_exports_and_tokens_by_keyboard() -> Result<()> {
    support::use_ring();
    let desk = Desk::new()?;
    let org = DemoOrg::start().await?;
    let control = DemoControl::new(&org.announcement.login_url);

    let first = desk.start(Appearance::Light).await?;
    let set = async {
        first.page.find("heading", "No lists yet").await?;
        connect::to(&org, &desk, &first).await?;
        let primary = operator(&first.page).await?;
        operators::add(&desk, &first.page).await?;
        import_list(&desk, &first.page).await?;
        own_users(&org, &desk, &first, &primary).await?;
        turned_off_while_sending(&control, &desk, &first.page).await?;
        choose_places(&desk, &first.page).await
    };
    let set = set.await;
    first.quit_after(set, &desk, "accounts-and-exports").await?;

    let second = desk.start(Appearance::Dark).await?;
    let unlocked = unlock(&org, &desk, &second.page).await;
    second.quit_after(unlocked, &desk, "tokens-locked").await
}

async fn import_list(desk: &Desk, page: &Page) -> Result<()> {
    std::fs::write(desk.file_to_open(), people::contacts_file(ALL))
        .context("could not write the list's file")?;
    page.go_to("/lists").await?;
    page.press_enter_on("button", "Import a CSV file").await?;
    page.press_enter_on("button", &format!("Import {ALL} contacts"))
        .await?;
    page.find("button", &format!("Export {ALL} contacts as Leads"))
        .await?;
    page.go_to("/integration/general").await?;
    turn_exports_on(page).await
}

/// With user accounts everybody connects before exporting and sees their own state, and the switch back and forth loses none.
async fn own_users(org: &DemoOrg, desk: &Desk, application: &Application, primary: &str) -> Result<()> {
    let page = &application.page;
    page.choose_card("Service account", "User account").await?;
    page.shows(NOT_CONNECTED).await?;

    hand_over_to(page, USER).await?;
    page.shows(NOT_CONNECTED).await?;
    choose_export(page).await?;
    is_refused(page, &format!("Plan {ALL} records"), "yours is not connected yet").await?;
    look::in_light_and_dark(desk, page, "own-user-missing").await?;
    page.go_to("/integration/general").await?;
    page.press_enter_on("button", "Connect my Salesforce user")
        .await?;
    connect::sign_in(desk, OWN_USER, &org.announcement.password).await?;
    page.shows("Connected as Priya Raman.").await?;
    page.shows(OWN_USER).await?;
    look::in_light_and_dark(desk, page, "own-user-connected").await?;
    choose_export(page).await?;
    page.shows("Nothing stands against this export.").await?;

    hand_over_to(page, ADMIN).await?;
    page.go_to("/integration/general").await?;
    page.shows(NOT_CONNECTED).await?;
    page.choose_card("User account", "Service account").await?;
    page.shows_no(NOT_CONNECTED).await?;
    choose_export(page).await?;
    page.shows("Nothing stands against this export.").await?;
    page.go_to("/integration/general").await?;
    page.choose_card("Service account", "User account").await?;
    page.shows(NOT_CONNECTED).await?;

    hand_over_to(page, USER).await?;
    page.find("button", "Disconnect my user").await?;
    page.shows(OWN_USER).await?;

    hand_over_to(page, primary).await?;
    page.shows(NOT_CONNECTED).await?;
    page.choose_card("User account", "Service account").await?;
    page.shows_no(NOT_CONNECTED).await
}

/// Whoever turns exports off says what becomes of the run on its way.
async fn turned_off_while_sending(control: &DemoControl, desk: &Desk, page: &Page) -> Result<()> {
    control.hold_jobs().await?;
    send(page, FIRST, FIRST).await?;
    ask_to_turn_off(page).await?;
    page.shows("1 run is being sent.").await?;
    look::in_light_and_dark(desk, page, "exports-off-asked").await?;
    page.press_enter_on("button", "Leave exports on").await?;
    page.shows_no("1 run is being sent.").await?;
    page.shows("On for everybody.").await?;

    ask_to_turn_off(page).await?;
    page.press_enter_on("button", "Turn off, let it finish").await?;
    page.shows("Off for everybody.").await?;
    choose_export(page).await?;
    look::in_light_and_dark(desk, page, "exports-off-choose").await?;
    control.release_jobs().await?;
    page.go_to("/runs/1").await?;
    page.shows(&format!("{FIRST} of {FIRST} records")).await?;
    page.shows("Done").await?;

    page.go_to("/integration/general").await?;
    turn_exports_on(page).await?;
    control.hold_jobs().await?;
    send(page, ALL, ALL - FIRST).await?;
    ask_to_turn_off(page).await?;
    page.press_enter_on("button", "Turn off and stop 1 run").await?;
    page.shows("Off for everybody.").await?;
    control.release_jobs().await?;
    page.go_to("/runs/2").await?;
    page.shows("Cancelled").await?;
    look::in_light_and_dark(desk, page, "run-stopped").await
}

/// Opens the list and chooses leads.
async fn choose_export(page: &Page) -> Result<()> {
    page.go_to("/lists/1").await?;
    page.press_enter_on("button", &format!("Export {ALL} contacts as Leads"))
        .await?;
    page.find("heading", "Preflight").await.map(drop)
}

/// Plans the first of the list, and sends what is to be sent until it is on its way.
async fn send(page: &Page, planned: usize, sent: usize) -> Result<()> {
    choose_export(page).await?;
    if planned < ALL {
        page.type_into("Records at most", &planned.to_string()).await?;
    }
    page.press_enter_on("button", &format!("Plan {planned} records"))
        .await?;
    page.press_enter_on("button", &format!("Send {sent} records to Landbridge demo org"))
        .await?;
    page.shows("Safe to close the app").await?;
    page.shows("Bulk API 2.0, job").await
}

async fn ask_to_turn_off(page: &Page) -> Result<()> {
    page.go_to("/integration/general").await?;
    page.press_space_on("switch", "Exports for everybody").await?;
    page.find("alertdialog", "Turn exports off for everybody?")
        .await
        .map(drop)
}

/// Memory first, then the encrypted file, with a slip of the fingers.
async fn choose_places(desk: &Desk, page: &Page) -> Result<()> {
    page.go_to("/integration/general").await?;
    page.press_enter_on("button", "Change the place").await?;
    page.find("dialog", "Where tokens are kept").await?;
    page.choose_card("Keychain", "This session only").await?;
    look::in_light_and_dark(desk, page, "token-place").await?;
    page.press_enter_on("button", "Keep them there").await?;
    page.shows("Tokens are kept for this session only now.").await?;
    page.shows("Tokens are kept in memory, as you chose").await?;

    page.press_enter_on("button", "Change the place").await?;
    page.find("dialog", "Where tokens are kept").await?;
    page.choose_card("This session only", "Encrypted file").await?;
    page.type_into("Passphrase", PASSPHRASE).await?;
    page.type_into("Passphrase again", "a slip").await?;
    page.press_enter_on("button", "Keep them in the file").await?;
    page.shows("It is not the same as above. Type it again.").await?;
    look::in_light_and_dark(desk, page, "token-file").await?;
    page.type_into("Passphrase again", PASSPHRASE).await?;
    page.press_enter_on("button", "Keep them in the file").await?;
    page.shows("Tokens are kept in the encrypted file now.").await?;
    page.shows("Tokens are kept in a file that is encrypted with your passphrase.")
        .await?;
    page.go_to("/data").await?;
    page.shows("tokens.sealed").await?;
    page.shows("token-home").await?;
    look::in_light_and_dark(desk, page, "data-sharing-token-file").await
}

/// After a restart the connection is there and waits for the passphrase.
async fn unlock(org: &DemoOrg, desk: &Desk, page: &Page) -> Result<()> {
    page.go_to("/integration/general").await?;
    page.shows("Tokens locked").await?;
    page.shows(&org.announcement.username).await?;
    look::in_light_and_dark(desk, page, "tokens-locked").await?;
    page.type_into("Passphrase", "not the right one").await?;
    page.press_enter_on("button", "Open the encrypted file").await?;
    page.shows("This passphrase does not open the file with the tokens.")
        .await?;
    look::in_light_and_dark(desk, page, "tokens-wrong-passphrase").await?;
    page.type_into("Passphrase", PASSPHRASE).await?;
    page.press_enter_on("button", "Open the encrypted file").await?;
    page.shows_no("Tokens locked").await?;
    page.press_enter_on("button", "Check connection").await?;
    page.settles().await?;
    page.shows_no("Checking the connection").await?;
    page.shows_no("Logged out").await
}
