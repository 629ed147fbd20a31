//! Connecting to the demo org through its real login page.

use anyhow::{Context, Result};

use crate::application::{Application, Desk};
use crate::browser::Browser;

/// Chooses the demo org in General Settings, signs in with the browser, and waits until the window says so.
pub async fn to_demo_org(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.go_to("/integration/general").await?;
    page.choose("radio", "Demo org").await?;
    page.click("button", "Connect the demo org").await?;
    let address = desk.address_for_browser().await?;
    let username = page.value_after("Username").await?;
    let password = page.value_after("Password").await?;

    let browser = Browser::start().await?;
    browser.visit(&address).await?;
    browser.sign_in(&username, &password).await?;
    browser.allow().await?;
    let farewell = browser.shows("Landbridge").await;
    browser.picture(&desk.picture("browser-after-login")).await?;
    browser.end().await?;
    farewell.context("the browser shows no page at the end of the login")?;
    page.find("heading", "Connection").await?;
    page.shows(&username).await
}
