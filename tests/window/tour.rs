//! Every page, looked at in light and in dark: a picture, what axe-core finds, and a walk with the Tab key alone.

use anyhow::{Result, ensure};

use crate::application::{Appearance, Application, Desk};
use crate::page::Page;

/// One thing to look at.
struct Stop {
    /// Name of its pictures.
    name: &'static str,
    address: &'static str,
    /// A heading that says that the page is there.
    heading: &'static str,
    then: Then,
}

/// What is done on the page before it is looked at.
#[derive(Clone, Copy)]
enum Then {
    Look,
    /// Chooses an object's tab, and waits for its rows.
    Tab(&'static str),
    /// Opens a dialog of this title by a button.
    Dialog {
        button: &'static str,
        title: &'static str,
    },
}

const fn stop(name: &'static str, address: &'static str, heading: &'static str) -> Stop {
    Stop {
        name,
        address,
        heading,
        then: Then::Look,
    }
}

const fn mapping(name: &'static str, tab: &'static str) -> Stop {
    Stop {
        name,
        address: "/integration/mapping",
        heading: "Salesforce integration",
        then: Then::Tab(tab),
    }
}

/// All pages of a workspace with lists, two finished runs, and run 3 that is planned.
const PAGES: &[Stop] = &[
    stop("lists", "/lists", "All lists"),
    Stop {
        name: "import",
        address: "/lists",
        heading: "All lists",
        then: Then::Dialog {
            button: "Import a CSV file",
            title: "Import a list",
        },
    },
    stop("list", "/lists/1", "Profiles"),
    stop("runs", "/runs", "All runs, newest first"),
    stop("new-export", "/runs/new", "Choose"),
    stop("plan", "/runs/3", "What will fire"),
    stop("ledger", "/runs/1", "Ledger"),
    stop("general-settings", "/integration/general", "Connection"),
    stop("export", "/integration/export", "Accounts of contacts"),
    mapping("mapping-accounts", "Accounts"),
    mapping("mapping-contacts", "Contacts"),
    mapping("mapping-leads", "Leads"),
    stop(
        "filtering",
        "/integration/filtering",
        "Filtering is not in this version",
    ),
    stop(
        "user-mapping",
        "/integration/users",
        "People and their Salesforce users",
    ),
    stop("people", "/people", "Everybody here"),
    stop("audit", "/audit", "Who did what, newest first"),
    stop("data-sharing", "/data", "What is stored here"),
];

/// Pages of an empty workspace that no org is connected to.
const EMPTY_PAGES: &[Stop] = &[
    stop("lists-empty", "/lists", "No lists yet"),
    stop("runs-empty", "/runs", "No runs yet"),
    stop("not-connected", "/integration/general", "Connect to Salesforce"),
];

/// The window's first size.
const USUAL: (u32, u32) = (1280, 800);

/// The smallest window that the app supports.
const SMALLEST: (u32, u32) = (900, 600);

/// Goes over all pages of a workspace that was worked with.
pub async fn of_all_pages(desk: &Desk, application: &Application, appearance: Appearance) -> Result<()> {
    of(PAGES, desk, application, appearance).await
}

/// Goes over the pages of an empty workspace.
pub async fn of_empty_pages(desk: &Desk, application: &Application, appearance: Appearance) -> Result<()> {
    of(EMPTY_PAGES, desk, application, appearance).await
}

/// Reports everything that is wrong, not only the first.
async fn of(stops: &[Stop], desk: &Desk, application: &Application, appearance: Appearance) -> Result<()> {
    let page = &application.page;
    page.session.resize(USUAL.0, USUAL.1).await?;
    page.dismiss_messages().await?;
    let mut complaints = Vec::new();
    for stop in stops {
        let name = format!("{}-{}", stop.name, appearance.word());
        open(stop, desk, application, &name).await?;
        for finding in page.accessibility_findings(&desk.root).await? {
            complaints.push(format!("{name}: {finding}"));
        }
        if let Err(error) = page.walk_by_tab().await {
            complaints.push(format!("{name}: {error:#}"));
        }
        leave(stop, application).await?;
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
    for stop in PAGES {
        open(stop, desk, application, &format!("{}-small", stop.name)).await?;
        let wide = page.pixels_beyond_the_window().await?;
        if wide > 0 {
            complaints.push(format!("{} is {wide} pixels too wide", stop.name));
        }
        leave(stop, application).await?;
    }
    ensure!(
        complaints.is_empty(),
        "at {SMALLEST:?}: {}",
        complaints.join("; ")
    );
    Ok(())
}

/// Every page at twice its size in the first window: nothing may stick out at the right, and every control is reached.
pub async fn enlarged_twice(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.session.resize(USUAL.0, USUAL.1).await?;
    page.enlarge_twice().await?;
    let mut complaints = Vec::new();
    for stop in PAGES {
        let name = format!("{}-enlarged", stop.name);
        open(stop, desk, application, &name).await?;
        let wide = page.pixels_beyond_the_window().await?;
        if wide > 0 {
            complaints.push(format!("{name} is {wide} pixels too wide"));
        }
        let lost = page.out_of_reach().await?;
        if !lost.is_empty() {
            complaints.push(format!("{name} has controls out of reach: {lost:?}"));
        }
        leave(stop, application).await?;
    }
    page.as_usual().await?;
    ensure!(
        complaints.is_empty(),
        "enlarged twice:\n{}",
        complaints.join("\n")
    );
    Ok(())
}

/// Looks at what lies over and under the mapping's rows; somebody has opened the tab and tested.
pub async fn of_mapping_parts(desk: &Desk, application: &Application, appearance: Appearance) -> Result<()> {
    let page = &application.page;
    each_mapping_part(page, async |name| {
        page.picture(&desk.picture(&format!("mapping-{name}-{}", appearance.word())))
            .await?;
        let findings = page.accessibility_findings(&desk.root).await?;
        ensure!(findings.is_empty(), "mapping-{name}: {findings:?}");
        Ok(())
    })
    .await
}

/// The same in the smallest window: nothing may stick out at the right.
pub async fn of_mapping_parts_in_smallest_window(desk: &Desk, application: &Application) -> Result<()> {
    let page = &application.page;
    page.session.resize(SMALLEST.0, SMALLEST.1).await?;
    each_mapping_part(page, async |name| {
        page.picture(&desk.picture(&format!("mapping-{name}-small")))
            .await?;
        let wide = page.pixels_beyond_the_window().await?;
        ensure!(wide == 0, "mapping-{name} is {wide} pixels too wide");
        Ok(())
    })
    .await
}

/// Opens each dialog of the mapping of contacts, and looks at it.
async fn each_mapping_part(page: &Page, look: impl AsyncFn(&str) -> Result<()>) -> Result<()> {
    page.dismiss_messages().await?;
    for (button, title, name) in [
        ("History", "History of the Contact mapping", "history"),
        ("Match automatically", "Match automatically", "proposals"),
        (
            "Settings of row 2",
            "Settings of row 2: Direct Phone Number",
            "row-settings",
        ),
    ] {
        page.click("button", button).await?;
        page.find("dialog", title).await?;
        page.settles().await?;
        look(name).await?;
        page.escape_from_dialog(title).await?;
    }
    Ok(())
}

/// Goes there and keeps a picture.
async fn open(stop: &Stop, desk: &Desk, application: &Application, picture: &str) -> Result<()> {
    let page = &application.page;
    page.rest().await?;
    page.go_to(stop.address).await?;
    page.find("heading", stop.heading).await?;
    match stop.then {
        Then::Look => {}
        Then::Tab(tab) => {
            page.activate("tab", tab).await?;
            page.find("tabpanel", tab).await?;
            page.find("table", "Mapping rows").await?;
            page.find_containing("button", "Source of row 1").await?;
        }
        Then::Dialog { button, title } => {
            page.activate("button", button).await?;
            page.find("dialog", title).await?;
            page.find("textbox", "List name").await?;
        }
    }
    page.rest().await?;
    page.settles().await?;
    page.picture(&desk.picture(picture)).await
}

async fn leave(stop: &Stop, application: &Application) -> Result<()> {
    if let Then::Dialog { title, .. } = stop.then {
        application.page.escape_from_dialog(title).await?;
    }
    Ok(())
}
