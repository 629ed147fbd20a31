//! One element of the page.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Session;
use super::session::ELEMENT_KEY;

/// An element that was found; stale after the page replaces it.
#[derive(Clone)]
pub struct Element {
    session: Session,
    id: String,
}

impl Element {
    pub(super) fn new(session: Session, id: &str) -> Self {
        Self {
            session,
            id: id.to_owned(),
        }
    }

    /// The driver's name for it.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Clicks in its middle with a trusted pointer event.
    pub async fn click(&self) -> Result<()> {
        self.post("/click", json!({})).await
    }

    /// Clicks it by a script, wherever it lies.
    pub async fn activate(&self) -> Result<()> {
        let element = json!({ ELEMENT_KEY: self.id });
        self.session
            .script("arguments[0].click();", json!([element]))
            .await
            .map(drop)
    }

    /// Scrolls as little as it takes to see it, and waits until that is painted: a list that opens meanwhile would close.
    /// The driver itself leaves a place that it sees a part of.
    pub async fn bring_into_view(&self) -> Result<()> {
        let scroll = "const [element, done] = arguments;
            element.scrollIntoView({ block: 'nearest' });
            requestAnimationFrame(() => requestAnimationFrame(() => done(null)));";
        let element = json!({ ELEMENT_KEY: self.id });
        self.session
            .script_with_callback(scroll, json!([element]))
            .await
            .map(drop)
    }

    /// Focuses it and types; what was there stays.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        self.post("/value", json!({ "text": text })).await
    }

    /// Its text as it is shown.
    pub async fn text(&self) -> Result<String> {
        let text = self.session.get(&self.path("/text")).await?;
        Ok(text
            .as_str()
            .context("an element's text is no string")?
            .to_owned())
    }

    /// How far its upper edge is from that of the page, in pixels.
    pub async fn top(&self) -> Result<f64> {
        let place = self.session.get(&self.path("/rect")).await?;
        place["y"].as_f64().context("an element has no place")
    }

    async fn post(&self, path: &str, body: Value) -> Result<()> {
        self.session.post(&self.path(path), body).await.map(drop)
    }

    fn path(&self, rest: &str) -> String {
        format!("/element/{}{rest}", self.id)
    }
}
