//! Looking at a page in light and in dark: a picture of each, and what axe-core finds.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::application::{Appearance, Desk};
use crate::page::Page;

/// Looks at the page as it is, without what it tells in passing. It goes back to how it looked before.
pub async fn in_light_and_dark(desk: &Desk, page: &Page, name: &str) -> Result<()> {
    page.dismiss_messages().await?;
    for appearance in [Appearance::Light, Appearance::Dark] {
        // What the app's own setting does.
        let choose = "document.documentElement.dataset.theme = arguments[0];";
        page.session.script(choose, json!([appearance.word()])).await?;
        page.settles().await?;
        let name = format!("{name}-{}", appearance.word());
        page.picture(&desk.picture(&name)).await?;
        let findings = page.accessibility_findings(&desk.root).await?;
        ensure!(findings.is_empty(), "{name}: {findings:?}");
    }
    let as_before = "delete document.documentElement.dataset.theme;";
    page.session.script(as_before, json!([])).await.map(drop)
}
