//! A whole run by keyboard: a plan with questions, sending that is cut off in the middle, going on, and undo.

use anyhow::{Context, Result, ensure};
use support::demo_control::DemoControl;

use crate::application::{Appearance, Application, Desk};
use crate::demo_org::DemoOrg;
use crate::driver::Key;
use crate::{connect, people};

/// People whom the org has already: one REST call.
const KNOWN: usize = 12;

/// People of the second export: more than one REST call takes, so that it goes by Bulk jobs.
const ALL: usize = 40;

#[tokio::test]
async fn a_plan_is_answered_cut_off_taken_up_and_undone() -> Result<()> {
    support::use_ring();
    let desk = Desk::new()?;
    std::fs::write(desk.file_to_open(), people::contacts_file(KNOWN))
        .context("could not write the list's file")?;
    let org = DemoOrg::start().await?;
    let control = DemoControl::new(&org.announcement.login_url);

    let first = desk.start(Appearance::Light).await?;
    let sent = async {
        connect::to(&org, &desk, &first).await?;
        first.page.switch_on("Exports for everybody").await?;
        export_known(&first).await?;
        plan_all(&desk, &first).await?;
        answer_by_keyboard(&desk, &first).await?;
        control.hold_jobs().await?;
        send(&desk, &first).await
    };
    let sent = sent.await;
    // The window is ended here without a question, with both jobs open.
    first.quit_after(sent, &desk, "plan-and-send").await?;

    let second = desk.start(Appearance::Dark).await?;
    let undone = async {
        take_up(&control, &second).await?;
        look_at_ledger(&desk, &second).await?;
        undo(&desk, &second).await
    };
    let undone = undone.await;
    second.quit_after(undone, &desk, "resume-and-undo").await
}

/// The people of the first list become leads of the org.
async fn export_known(application: &Application) -> Result<()> {
    let page = &application.page;
    page.go_to("/lists").await?;
    page.click("button", "Import a CSV file").await?;
    page.find("dialog", "Import a list").await?;
    page.click("button", &format!("Import {KNOWN} contacts")).await?;
    page.click_containing("button", "as Leads").await?;
    page.click("button", &format!("Plan {KNOWN} records")).await?;
    page.click_containing("button", &format!("Send {KNOWN} records"))
        .await?;
    page.find("grid", "Ledger").await?;
    page.shows("Done").await
}

/// Imports the second list and plans its export, without a pointer.
async fn plan_all(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    std::fs::write(desk.file_to_open(), people::known_and_new_file(KNOWN, ALL))
        .context("could not write the second list's file")?;
    page.session.press(&[Key::Alt, Key::Character('1')]).await?;
    page.find("grid", "Lists").await?;
    page.press_enter_on("button", "Import a CSV file").await?;
    page.fill("List name", "Known and new").await?;
    page.press_enter_on("button", &format!("Import {ALL} contacts"))
        .await?;
    page.press_enter_on("button", &format!("Export {ALL} contacts as Leads"))
        .await?;
    page.find("heading", "Duplicates").await?;
    look(desk, application, "choose").await?;
    page.press_enter_on("button", &format!("Plan {ALL} records"))
        .await?;
    page.find("heading", "Is this the same person?").await.map(drop)
}

/// Answers one of each kind: update, leave out, create.
async fn answer_by_keyboard(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.find("group", "Question 1 of 3").await?;
    look(desk, application, "plan-questions").await?;
    page.focus_by_tab("group", "Question 1 of 3").await?;
    for (key, then) in [('1', "Question 1 of 2"), ('x', "Question 1 of 1")] {
        page.session.press(&[Key::Character(key)]).await?;
        page.find("group", then).await?;
    }
    page.session.press(&[Key::Character('c')]).await?;
    page.find("heading", "Every question is answered").await?;
    // Taken back and given again: the plan counts it once.
    page.session.press(&[Key::Character('u')]).await?;
    page.find("group", "Question 1 of 1").await?;
    page.session.press(&[Key::Character('c')]).await?;
    page.find("heading", "Every question is answered").await?;
    for part in ["29 Create", "7 Update", "4 Skip", "0 Ask"] {
        page.shows(part).await?;
    }
    page.click_containing("button", "7 Update").await?;
    page.find("grid", "Differences").await?;
    page.shows("Mobile").await?;
    look(desk, application, "plan-differences").await?;
    page.click("link", "Open full table").await?;
    page.find("link", "Back to the plan").await?;
    look(desk, application, "differences").await?;
    page.click("link", "Back to the plan").await
}

/// Sends, and waits until records are on their way and cannot be settled.
async fn send(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.press_enter_on("button", "Send 36 records to Landbridge demo org")
        .await?;
    page.shows("Safe to close the app").await?;
    page.shows("Bulk API 2.0, job").await?;
    look(desk, application, "sending").await
}

/// The run goes on by itself in a window that was started anew.
async fn take_up(control: &DemoControl, application: &Application) -> Result<()> {
    let page = &application.page;
    page.go_to("/runs/2").await?;
    page.find("grid", "Ledger").await?;
    control.release_jobs().await?;
    page.shows("40 of 40 records").await?;
    page.shows("29 Created").await?;
    page.shows("7 Updated").await?;
    page.shows("Done").await
}

async fn look_at_ledger(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    look(desk, application, "ledger-done").await?;
    page.click_containing("button", "Updated 7").await?;
    page.open_row_by_keyboard("Ledger", "Windowtest01").await?;
    page.find_containing("dialog", "Windowtest01").await?;
    page.find("table", "Fields before and after").await?;
    look(desk, application, "line-details").await?;
    page.session.press(&[Key::Escape]).await
}

/// Plans the undo, sends it, and finds its mark on the run that it undid.
async fn undo(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.find("button", "Plan the undo").await?;
    page.press_enter_on("button", "Plan the undo").await?;
    page.find("heading", "Undo run 2, “Known and new”").await?;
    for part in ["7 Restore", "29 Delete", "0 Leave alone"] {
        page.shows(part).await?;
    }
    page.find("grid", "Differences").await?;
    page.shows("7 values in 7 records").await?;
    look(desk, application, "undo-plan").await?;
    page.press_enter_on("button", "Undo 36 records in Landbridge demo org")
        .await?;
    page.find_containing("alertdialog", "Undo 36 records").await?;
    page.press_enter_on("button", "Undo 36 records").await?;
    page.find("grid", "Ledger").await?;
    page.shows("29 Deleted").await?;
    page.shows("7 Restored").await?;
    page.shows("Done").await?;
    look(desk, application, "undo-done").await?;
    page.go_to("/runs/2").await?;
    page.shows("Undone by run 3").await?;
    page.go_to("/runs").await?;
    page.find("grid", "Runs").await?;
    look(desk, application, "runs-with-undo").await
}

/// A picture of the page, and what axe-core finds on it.
async fn look(desk: &Desk, application: &Application, name: &str) -> Result<()> {
    let page = &application.page;
    page.dismiss_messages().await?;
    page.settles().await?;
    page.picture(&desk.picture(&format!("run-{name}"))).await?;
    let findings = page.accessibility_findings(&desk.root).await?;
    ensure!(findings.is_empty(), "run-{name}: {findings:?}");
    Ok(())
}
