//! Connecting to a demo org through its real login page.

use anyhow::{Context, Result};

use crate::application::{Application, Desk};
use crate::browser::Browser;
use crate::demo_org::DemoOrg;

/// Connects to an org that runs by itself, by its own login host, as one does with a real org.
pub async fn to(org: &DemoOrg, desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    let org = &org.announcement;
    page.go_to("/integration/general").await?;
    page.choose("radio", "My Domain").await?;
    page.fill("My Domain host", &org.login_url).await?;
    page.fill("Consumer key", &org.client_id).await?;
    page.click("button", "Log in with the browser").await?;
    log_in(desk, application, &org.username, &org.password).await
}

/// Connects to the demo org that the app itself starts, with the login that the app shows.
pub async fn to_own_demo_org(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.go_to("/integration/general").await?;
    page.choose("radio", "Demo org").await?;
    page.click("button", "Connect the demo org").await?;
    let username = page.value_after("Username").await?;
    let password = page.value_after("Password").await?;
    page.picture(&desk.picture("waiting-for-browser")).await?;
    log_in(desk, application, &username, &password).await
}

/// Signs in with the browser, consents, and waits until the window says who is connected.
async fn log_in(desk: &Desk, application: &Application, username: &str, password: &str) -> Result<()> {
    sign_in(desk, username, password).await?;
    application.page.find("heading", "Connection").await?;
    application.page.shows(username).await
}

/// Signs in on the page that the app opens in the browser, and consents.
pub async fn sign_in(desk: &Desk, username: &str, password: &str) -> Result<()> {
    let address = desk.address_for_browser().await?;
    let browser = Browser::start().await?;
    browser.visit(&address).await?;
    browser.sign_in(username, password).await?;
    browser.allow().await?;
    let farewell = browser.shows("go back to Landbridge").await;
    browser.picture(&desk.picture("browser-after-login")).await?;
    browser.end().await?;
    farewell
        .map(drop)
        .context("the browser shows no page at the end of the login")
}
