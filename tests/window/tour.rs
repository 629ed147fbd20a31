//! Every page, looked at in light and in dark: a picture, what axe-core finds, and a walk with the Tab key alone.

use anyhow::{Result, ensure};

use crate::application::{Appearance, Application, Desk};

/// Name of the picture, address, and a heading that says that the page is there.
const PAGES: &[(&str, &str, &str)] = &[
    ("lists", "/lists", "Lists"),
    ("list", "/lists/1", "Profiles"),
    ("runs", "/runs", "Runs"),
    ("new-export", "/runs/new", "New export"),
    ("plan", "/runs/1/plan", "Row faults"),
    ("ledger", "/runs/1", "Ledger"),
    (
        "general-settings",
        "/integration/general",
        "Salesforce integration",
    ),
    ("export", "/integration/export", "Salesforce integration"),
    ("mapping", "/integration/mapping", "Salesforce integration"),
    ("filtering", "/integration/filtering", "Salesforce integration"),
    ("user-mapping", "/integration/users", "Salesforce integration"),
];

/// The smallest window that the app supports.
const SMALLEST: (u32, u32) = (900, 600);

/// Goes over all pages and reports everything that is wrong, not only the first.
pub async fn of_all_pages(desk: &Desk, application: &Application, appearance: Appearance) -> Result<()> {
    let page = &application.page;
    let mut complaints = Vec::new();
    for (name, address, heading) in PAGES {
        page.go_to(address).await?;
        page.find("heading", heading).await?;
        page.settles().await?;
        page.rest().await?;
        page.session
            .picture(&desk.picture(&format!("{name}-{}", appearance.word())))
            .await?;
        for finding in page.accessibility_findings(&desk.root).await? {
            complaints.push(format!("{name}, {}: {finding}", appearance.word()));
        }
        if let Err(error) = page.walk_by_tab().await {
            complaints.push(format!("{name}, {}: {error:#}", appearance.word()));
        }
    }
    ensure!(
        complaints.is_empty(),
        "what is wrong with the pages:\n{}",
        complaints.join("\n")
    );
    Ok(())
}

/// Every page in the smallest window: nothing may stick out at the right.
pub async fn in_smallest_window(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.session.resize(SMALLEST.0, SMALLEST.1).await?;
    let mut complaints = Vec::new();
    for (name, address, heading) in PAGES {
        page.go_to(address).await?;
        page.find("heading", heading).await?;
        page.settles().await?;
        page.rest().await?;
        page.session
            .picture(&desk.picture(&format!("{name}-small")))
            .await?;
        let wide = page.pixels_beyond_the_window().await?;
        if wide > 0 {
            complaints.push(format!("{name} is {wide} pixels too wide"));
        }
    }
    ensure!(
        complaints.is_empty(),
        "at {SMALLEST:?}: {}",
        complaints.join("; ")
    );
    Ok(())
}
