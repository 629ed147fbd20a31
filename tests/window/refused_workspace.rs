//! A workspace that cannot be opened: the window says why instead of its pages, touches nothing, and opens it once it is mended.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::application::{Appearance, Application, Desk};
use crate::look;

const DAMAGED: &[u8] = b"no database at all";

#[tokio::test]
async fn a_damaged_workspace_is_told_in_the_window_and_not_touched() -> Result<()> {
    let desk = Desk::new()?;
    let workspace = desk.workspace();
    std::fs::create_dir_all(&workspace).context("no folder for the workspace")?;
    let database = workspace.join("landbridge.sqlite");
    std::fs::write(&database, DAMAGED).context("no database to refuse")?;
    let application = desk.start(Appearance::Light).await?;
    let seen = refused_then_mended(&application, &desk, &database).await;
    application.quit_after(seen, &desk, "refused-workspace").await
}

async fn refused_then_mended(application: &Application, desk: &Desk, database: &Path) -> Result<()> {
    let page = &application.page;
    page.find("heading", "This workspace cannot be opened").await?;
    page.shows("is damaged").await?;
    look::in_light_and_dark(desk, page, "refused-workspace").await?;
    ensure!(
        std::fs::read(database).context("the database is gone")? == DAMAGED,
        "the damaged database was touched"
    );
    ensure!(
        !desk.workspace().join("logs").exists(),
        "a log was begun in a refused workspace"
    );
    std::fs::remove_file(database).context("the database could not be taken away")?;
    page.click("button", "Try again").await?;
    page.find("heading", "No lists yet").await.map(drop)
}
