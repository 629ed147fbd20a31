//! The demo org that the app starts by itself, from a window in dark, connected and disconnected again.

use anyhow::Result;

use crate::application::{Appearance, Application, Desk};
use crate::{connect, tour};

#[tokio::test]
async fn the_demo_org_is_a_click_away_and_can_be_left() -> Result<()> {
    let desk = Desk::new()?;
    let application = desk.start(Appearance::Dark).await?;
    let seen = connect_and_disconnect(&desk, &application).await;
    application.quit_after(seen, &desk, "own-demo-org").await
}

async fn connect_and_disconnect(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.find("heading", "No lists yet").await?;
    tour::of_empty_pages(desk, application, Appearance::Dark).await?;
    connect::to_own_demo_org(desk, application).await?;
    page.click("button", "Disconnect").await?;
    page.click_containing("button", "Disconnect Landbridge").await?;
    page.find("heading", "Connect to Salesforce").await.map(drop)
}
