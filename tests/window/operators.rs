//! The people of one window: added, handed over to, and told what they may not.

use anyhow::{Context, Result, ensure};

use crate::application::Desk;
use crate::driver::Key;
use crate::page::Page;

/// An admin who did not connect the org.
pub const ADMIN: &str = "Sam Secondary";
/// Somebody who only exports.
pub const USER: &str = "Mina Member";

/// Adds both from a file.
pub async fn add(desk: &Desk, page: &Page) -> Result<()> {
    let rows = format!(
        "name,email,role\n{ADMIN},sam.secondary@example.com,admin\n{USER},mina.member@example.com,user\n"
    );
    std::fs::write(desk.file_to_open(), rows).context("could not write the file of people")?;
    page.choose_from_menu("Operator menu", "People").await?;
    page.press_enter_on("button", "Import a CSV file").await?;
    page.press_enter_on("button", "Import 2 people").await?;
    page.find_containing("row", ADMIN).await?;
    page.find_containing("row", USER).await.map(drop)
}

/// Who uses the window, as the operator menu says.
pub async fn operator(page: &Page) -> Result<String> {
    page.find_containing("button", "Primary admin").await?;
    let names = page.names("button").await?;
    let menu = names.iter().find(|name| name.contains("Primary admin"));
    menu.and_then(|name| name.split("Primary admin").next())
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .with_context(|| format!("no button names the operator: {names:?}"))
}

/// Turns the master toggle on.
pub async fn turn_exports_on(page: &Page) -> Result<()> {
    page.focus_by_tab("switch", "Exports for everybody").await?;
    page.session.press(&[Key::Character(' ')]).await?;
    page.shows("On for everybody.").await
}

/// Says by the operator menu that somebody else uses the window.
pub async fn hand_over_to(page: &Page, name: &str) -> Result<()> {
    page.choose_from_menu("Operator menu", "Switch operator…").await?;
    page.find("dialog", "Who uses this window?").await?;
    page.focus_by_tab("searchbox", "Find a person").await?;
    for character in name.chars() {
        page.session.press(&[Key::Character(character)]).await?;
    }
    page.session.press(&[Key::Enter]).await?;
    page.shows(&format!("{name} uses this window now.")).await
}

/// The button keeps its focus, does nothing, and the reason stands on the page.
pub async fn is_refused(page: &Page, button: &str, reason: &str) -> Result<()> {
    page.find("button", button).await?;
    page.shows(reason).await?;
    page.press_enter_on("button", button).await?;
    page.settles().await?;
    let dialogs = [page.names("dialog").await?, page.names("alertdialog").await?].concat();
    ensure!(dialogs.is_empty(), "“{button}” opened {dialogs:?}");
    Ok(())
}
