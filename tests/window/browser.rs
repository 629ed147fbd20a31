//! A headless Chromium that plays the person's own browser: it signs in to the demo org and consents.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

use crate::driver::{DriverProcess, Element, PATIENCE, Session, on_path, until};

/// The browser, with an empty profile.
pub struct Browser {
    session: Session,
    driver: DriverProcess,
}

impl Browser {
    /// Starts chromedriver and a headless window.
    pub async fn start() -> Result<Self> {
        let driver = DriverProcess::start(&on_path("chromedriver")?, &["--silent"], &[]).await?;
        let options =
            json!({ "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
        let capabilities = json!({ "browserName": "chrome", "goog:chromeOptions": options });
        let session = Session::open(&driver.address(), &capabilities).await?;
        Ok(Self { session, driver })
    }

    /// Opens an address.
    pub async fn visit(&self, address: &str) -> Result<()> {
        self.session.visit(address).await
    }

    /// Fills the login form and sends it.
    pub async fn sign_in(&self, username: &str, password: &str) -> Result<()> {
        self.field("#username").await?.type_text(username).await?;
        self.field("#password").await?.type_text(password).await?;
        self.field("#login").await?.click().await
    }

    /// Agrees that the app may use the org.
    pub async fn allow(&self) -> Result<()> {
        self.field("#allow").await?.click().await
    }

    /// Waits until the page shows these words (letter case does not count), and gives all of its text.
    pub async fn shows(&self, words: &str) -> Result<String> {
        let wanted = words.to_lowercase();
        until(
            &format!("the browser to show \"{words}\""),
            PATIENCE,
            async || {
                let body = self.session.css("body").await?.context("a page without a body")?;
                let text = body.text().await?;
                Ok(text.to_lowercase().contains(&wanted).then_some(text))
            },
        )
        .await
    }

    /// Writes a picture of the page.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        self.session.picture(file).await
    }

    /// Closes the browser.
    pub async fn end(self) -> Result<()> {
        self.session.close().await?;
        self.driver.end().await
    }

    async fn field(&self, selector: &str) -> Result<Element> {
        until(&format!("{selector} in the browser"), PATIENCE, async || {
            self.session.css(selector).await
        })
        .await
    }
}
