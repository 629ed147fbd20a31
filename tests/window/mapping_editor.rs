//! A mapping from nothing: two phones into one field, ordered by pointer and by keyboard, tested, mended, saved, changed,
//! and brought back; and what the org's admin changes meanwhile.

use anyhow::{Context, Result};
use serde_json::json;
use support::demo_control::DemoControl;

use crate::application::{Appearance, Application, Desk};
use crate::demo_org::DemoOrg;
use crate::driver::Key;
use crate::page::Page;
use crate::{connect, desktop, people, tour};

/// Sources of the rows into Business Phone.
const DIRECT: &str = "Direct Phone Number";
const COMPANY: &str = "Company HQ Phone";

#[tokio::test]
async fn two_phones_into_one_field_from_nothing_to_a_restored_version() -> Result<()> {
    let desk = Desk::new()?;
    std::fs::write(desk.file_to_open(), people::two_phones_file())
        .context("could not write the list's file")?;
    let org = DemoOrg::start().await?;

    let first = desk.start(Appearance::Light).await?;
    let saved = build_test_and_save(&org, &desk, &first).await;
    first.quit_after(saved, &desk, "mapping-editor").await?;

    let second = desk.start(Appearance::Light).await?;
    let restored = change_and_restore(&desk, &second).await;
    second.quit_after(restored, &desk, "mapping-restore").await?;

    let third = desk.start(Appearance::Dark).await?;
    let seen = look_in_the_dark(&desk, &third).await;
    third.quit_after(seen, &desk, "mapping-dark").await
}

async fn build_test_and_save(org: &DemoOrg, desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    connect::to(org, desk, application).await?;
    page.click("link", "Lists").await?;
    page.click("button", "Import a CSV file").await?;
    page.find("dialog", "Import a list").await?;
    page.click_containing("button", " contacts").await?;
    page.find_containing("button", "as Leads").await?;
    open_contacts(page).await?;

    clear(page).await?;
    page.click("button", "Add a row for Last Name").await?;
    page.pick("Source of row 1: none", "Last Name").await?;
    add_row(page, 2, DIRECT, "Business Phone").await?;
    add_row(page, 3, COMPANY, "Business Phone").await?;
    phones_in_order(page, DIRECT, COMPANY).await?;
    page.shows("(219) 606-2399").await?;
    page_through_samples(page).await?;

    reorder_by_pointer(desk, page).await?;
    reorder_by_keyboard(desk, page).await?;
    refuse_blank_rows(desk, page).await?;
    test_and_mend(desk, page).await?;

    page.fill("Note for the mapping’s history", "Phones by hand")
        .await?;
    page.click("button", "Save changes").await?;
    page.shows("Contact mapping saved as version 2").await?;
    see_drift(org, desk, page).await
}

/// The org's admin shortens a field and closes another: both are told at their rows. One is given back, the other seen.
async fn see_drift(org: &DemoOrg, desk: &Desk, page: &Page) -> Result<()> {
    let control = DemoControl::new(&org.announcement.login_url);
    let change = async |field: &str, member: &str, value: serde_json::Value| {
        control
            .change_field(json!({ "object": "Contact", "field": field, member: value }))
            .await
    };
    change("Title", "length", json!(40)).await?;
    change("Phone", "right", json!("read")).await?;
    page.dismiss_messages().await?;
    page.click("button", "File").await?;
    page.click("menuitem", "Refresh fields").await?;
    page.find("region", "Changes in the org").await?;
    page.find_containing("row", "was Text(128) and is Text(40) now")
        .await?;
    page.dismiss_messages().await?;
    page.rest().await?;
    page.settles().await?;
    page.picture(&desk.picture("mapping-drift-light")).await?;
    change("Phone", "right", json!("usual")).await?;
    page.click("button", "Check again").await?;
    page.shows("1 thing in the org changed since version 2 was saved. Exports go on.")
        .await?;
    page.click("button", "Mark as seen").await?;
    page.shows("The org’s changes are marked as seen").await
}

/// The next profile has no phone of its own, so that the company's wins.
async fn page_through_samples(page: &Page) -> Result<()> {
    page.click("button", "Next sample").await?;
    page.find_containing("row", &format!("{COMPANY}, row 3, 2 of 2 2 of 2, in use"))
        .await?;
    page.shows("(617) 555-0111").await?;
    page.click("button", "Previous sample").await?;
    page.find_containing("row", &format!("{DIRECT}, row 2, 1 of 2 1 of 2, in use"))
        .await
        .map(drop)
}

/// Drags the company's phone above the person's, and sees which one wins.
async fn reorder_by_pointer(desk: &Desk, page: &Page) -> Result<()> {
    page.dismiss_messages().await?;
    let moving = page.find_containing("button", &format!("Move {COMPANY}")).await?;
    let above = page.find_containing("button", &format!("Move {DIRECT}")).await?;
    let picture = desk.picture("mapping-drag-light");
    page.session
        .drag(&moving, &above, -12, async || {
            page.shows(&format!("{COMPANY} lifted, 2 of 2 for Business Phone"))
                .await?;
            page.picture(&picture).await
        })
        .await?;
    page.shows(&format!("{COMPANY} dropped, 1 of 2 for Business Phone"))
        .await?;
    phones_in_order(page, COMPANY, DIRECT).await?;
    page.find_containing("row", &format!("{COMPANY}, row 2, 1 of 2 1 of 2, in use"))
        .await
        .map(drop)
}

/// Lifts, moves, cancels; then lifts, moves and drops, with nothing but keys.
async fn reorder_by_keyboard(desk: &Desk, page: &Page) -> Result<()> {
    let space = [Key::Character(' ')];
    page.find_containing("button", &format!("Move {COMPANY}")).await?;
    page.session.press(&space).await?;
    page.shows(&format!("{COMPANY} lifted, 1 of 2 for Business Phone"))
        .await?;
    page.session.press(&[Key::Down]).await?;
    page.shows(&format!("{COMPANY}, 2 of 2 for Business Phone"))
        .await?;
    page.find_containing("row", &format!("{DIRECT}, row 2, 1 of 2 1 of 2, in use"))
        .await?;
    page.picture(&desk.picture("mapping-lifted-light")).await?;
    page.session.press(&[Key::Up]).await?;
    page.shows(&format!("{COMPANY}, 1 of 2 for Business Phone"))
        .await?;
    page.session.press(&[Key::Down]).await?;
    page.session.press(&[Key::Escape]).await?;
    page.shows(&format!("{COMPANY} is back, 1 of 2 for Business Phone"))
        .await?;
    phones_in_order(page, COMPANY, DIRECT).await?;

    page.session.press(&space).await?;
    page.session.press(&[Key::Down]).await?;
    page.shows(&format!("{COMPANY}, 2 of 2 for Business Phone"))
        .await?;
    page.session.press(&[Key::Enter]).await?;
    page.shows(&format!("{COMPANY} dropped, 2 of 2 for Business Phone"))
        .await?;
    phones_in_order(page, DIRECT, COMPANY).await?;

    page.session.press(&[Key::Control, Key::Character('z')]).await?;
    phones_in_order(page, COMPANY, DIRECT).await?;
    page.session.press(&[Key::Control, Key::Character('y')]).await?;
    phones_in_order(page, DIRECT, COMPANY).await
}

async fn refuse_blank_rows(desk: &Desk, page: &Page) -> Result<()> {
    page.click("button", "Add field").await?;
    page.find("button", "Source of row 4: none").await?;
    page.rest().await?;
    page.click("button", "Save changes").await?;
    page.shows("1 error to fix before saving").await?;
    page.picture(&desk.picture("mapping-blank-row-light")).await?;
    page.click("button", "Delete row 4").await
}

/// A record that is not in the org is found out by nothing but a test.
async fn test_and_mend(desk: &Desk, page: &Page) -> Result<()> {
    let nobody = "003000000000001";
    add_row(page, 4, nobody, "Reports To ID").await?;
    page.dismiss_messages().await?;
    page.click("button", "Test Mapping").await?;
    page.find("region", "Test result").await?;
    page.click("button", "Show row 4").await?;
    page.find_containing("row", "Test: Salesforce refused the record for this field")
        .await?;
    page.rest().await?;
    page.settles().await?;
    page.picture(&desk.picture("mapping-test-refused-light")).await?;

    page.pick(&format!("Source of row 4: “{nobody}”"), "Job Title")
        .await?;
    page.pick("Salesforce field of row 4: Reports To ID", "Title")
        .await?;
    page.shows("have changed since").await?;
    page.session.press(&[Key::Control, Key::Enter]).await?;
    page.shows("3 written").await?;
    page.shows("Passed").await?;
    page.rest().await?;
    page.settles().await?;
    page.picture(&desk.picture("mapping-test-passed-light")).await
}

async fn change_and_restore(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    open_contacts(page).await?;
    phones_in_order(page, DIRECT, COMPANY).await?;
    page.find("button", "Salesforce field of row 4: Title").await?;

    page.click_containing("button", &format!("Move {DIRECT}")).await?;
    page.click("menuitem", "Move down").await?;
    phones_in_order(page, COMPANY, DIRECT).await?;
    page.shows("No test passed since the last change").await?;
    page.click("link", "Lists").await?;
    page.find_containing("alertdialog", "").await?;
    page.settles().await?;
    page.picture(&desk.picture("mapping-leave-light")).await?;
    page.answer("Stay here").await?;
    desktop::ask_to_close()?;
    page.find("alertdialog", "Close Landbridge with unsaved changes?")
        .await?;
    page.settles().await?;
    page.picture(&desk.picture("mapping-quit-light")).await?;
    page.answer("Stay here").await?;
    page.click("button", "Save changes").await?;
    page.shows("Contact mapping saved as version 3").await?;

    page.dismiss_messages().await?;
    page.click("button", "History").await?;
    page.find("dialog", "History of the Contact mapping").await?;
    page.find_containing("listitem", "Phones by hand").await?;
    page.settles().await?;
    page.picture(&desk.picture("mapping-history-light")).await?;
    page.click("button", "Restore version 2").await?;
    page.shows("Restored version 2 as version 4").await?;
    phones_in_order(page, DIRECT, COMPANY).await?;
    tour::of_mapping_parts(desk, application, Appearance::Light).await?;
    map_values(desk, page, Appearance::Light).await
}

async fn look_in_the_dark(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    open_contacts(page).await?;
    phones_in_order(page, DIRECT, COMPANY).await?;
    page.settles().await?;
    page.picture(&desk.picture("mapping-editor-dark")).await?;
    tour::of_mapping_parts(desk, application, Appearance::Dark).await?;
    map_values(desk, page, Appearance::Dark).await?;
    tour::of_mapping_parts_in_smallest_window(desk, application).await
}

/// Gives a value of the list the org's own word for it, and takes the row back.
async fn map_values(desk: &Desk, page: &Page, appearance: Appearance) -> Result<()> {
    add_row(page, 5, "Job Title", "Salutation").await?;
    page.click_containing("button", "Map “").await?;
    page.find("dialog", "Values of Salutation").await?;
    page.find_containing("row", "Director of Operations").await?;
    page.settles().await?;
    page.picture(&desk.picture(&format!("mapping-values-{}", appearance.word())))
        .await?;
    page.click_containing("button", "Org value of “Director of Operations”")
        .await?;
    page.find_containing("option", "Mr.").await?;
    for letter in ['m', 'r', '.'] {
        page.session.press(&[Key::Character(letter)]).await?;
    }
    page.session.press(&[Key::Enter]).await?;
    page.find_containing("row", "Mapped").await?;
    page.click("button", "Apply").await?;
    page.find_containing("row", "On update of row 5 Mr.").await?;
    page.click("button", "Discard").await?;
    page.find("button", "Delete row 4").await.map(drop)
}

async fn open_contacts(page: &Page) -> Result<()> {
    page.go_to("/integration/mapping").await?;
    page.click("tab", "Contacts").await?;
    page.find("table", "Mapping rows").await?;
    page.find_containing("button", "Source of row 1").await.map(drop)
}

/// Deletes the rows that an org begins with.
async fn clear(page: &Page) -> Result<()> {
    let first = "Delete row 1";
    while page.names("button").await?.iter().any(|name| name == first) {
        page.click("button", first).await?;
    }
    page.dismiss_messages().await
}

async fn add_row(page: &Page, number: u32, source: &str, target: &str) -> Result<()> {
    page.click("button", "Add field").await?;
    page.pick(&format!("Source of row {number}: none"), source)
        .await?;
    page.pick(&format!("Salesforce field of row {number}: none"), target)
        .await?;
    page.find("button", &format!("Salesforce field of row {number}: {target}"))
        .await
        .map(drop)
}

async fn phones_in_order(page: &Page, first: &str, second: &str) -> Result<()> {
    page.names_in_order(
        "button",
        " of 2",
        &[&format!("Move {first}"), &format!("Move {second}")],
    )
    .await
}
