//! A page as people meet it: things found by role and name, never by test ids or class names.

mod accessibility;
mod keys;
mod tabbing;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::driver::{Element, Key, PATIENCE, Session, until};

/// Finds elements by role and accessible name; the roles and naming rules that it knows are in the file.
const BY_ROLE: &str = include_str!("page/by_role.js");

/// Says which controls no scrolling brings into view; what counts as one is in the file.
const OUT_OF_REACH: &str = include_str!("page/out_of_reach.js");

/// Each press of the key makes everything larger by a fifth of its usual size.
const STEPS_TO_DOUBLE: usize = 5;

/// The page in a window.
#[derive(Clone)]
pub struct Page {
    /// The window, for what has no name here.
    pub session: Session,
}

impl Page {
    /// The page in this session's window.
    pub fn new(session: Session) -> Self {
        Self { session }
    }

    /// Waits for the visible element with this role and exactly this name (letter case does not count).
    pub async fn find(&self, role: &str, name: &str) -> Result<Element> {
        self.wait_for(role, name, "exact").await
    }

    /// Waits for the first visible element with this role whose name contains these words.
    pub async fn find_containing(&self, role: &str, part: &str) -> Result<Element> {
        self.wait_for(role, part, "contains").await
    }

    /// The names of all visible elements with this role, now.
    pub async fn names(&self, role: &str) -> Result<Vec<String>> {
        let found = self.by_role(role, "", "contains").await?;
        let all = found.as_array().context("the page found no list of elements")?;
        Ok(all
            .iter()
            .filter_map(|one| one["name"].as_str().map(str::to_owned))
            .collect())
    }

    /// Waits for it and clicks it, again if the page was replacing it at that moment.
    pub async fn click(&self, role: &str, name: &str) -> Result<()> {
        self.click_matching(role, name, "exact").await
    }

    /// Does what a click does without a pointer: the driver's misses what it aims at while everything is enlarged.
    pub async fn activate(&self, role: &str, name: &str) -> Result<()> {
        self.find(role, name).await?.activate().await
    }

    /// Like [`Page::click`], for the first whose name contains these words.
    pub async fn click_containing(&self, role: &str, part: &str) -> Result<()> {
        self.click_matching(role, part, "contains").await
    }

    /// Chooses from the list that a button of this name opens: what the text finds first.
    pub async fn pick(&self, name: &str, text: &str) -> Result<()> {
        self.click("button", name).await?;
        let field = self.find("combobox", name).await?;
        field.type_text(text).await?;
        self.find_containing("option", "").await?;
        self.session.press(&[Key::Enter]).await
    }

    /// Waits until the elements with this role whose names contain these words are in this order: each name contains its
    /// own part.
    pub async fn names_in_order(&self, role: &str, containing: &str, parts: &[&str]) -> Result<()> {
        until(&format!("{role}s in the order {parts:?}"), PATIENCE, async || {
            let names = self.names(role).await?;
            let names: Vec<&String> = names.iter().filter(|name| name.contains(containing)).collect();
            let fits =
                names.len() == parts.len() && names.iter().zip(parts).all(|(name, part)| name.contains(part));
            ensure!(fits, "they are {names:?}");
            Ok(Some(()))
        })
        .await
    }

    /// Clicks a choice (radio or checkbox) whose name contains these words.
    pub async fn choose(&self, role: &str, part: &str) -> Result<()> {
        self.click_containing(role, part).await
    }

    /// Turns the switch with this label on, if it is off.
    pub async fn switch_on(&self, part: &str) -> Result<()> {
        let found = self.by_role("switch", part, "contains").await?;
        let first = found
            .as_array()
            .and_then(|all| all.first())
            .with_context(|| format!("no switch for {part}"))?;
        if first["is_on"] != true {
            self.click_containing("switch", part).await?;
        }
        Ok(())
    }

    /// Dismisses what the page tells in passing, which would lie over a picture.
    pub async fn dismiss_messages(&self) -> Result<()> {
        until("messages to go", PATIENCE, async || {
            match self.now("button", "Dismiss", "exact").await? {
                Some(button) => button.click().await.map(|()| None),
                None => Ok(Some(())),
            }
        })
        .await
    }

    /// Answers the question that is open, and waits until it is gone: the page hears of a click after the driver does.
    pub async fn answer(&self, button: &str) -> Result<()> {
        self.click("button", button).await?;
        until("the question to close", PATIENCE, async || {
            Ok(self.names("alertdialog").await?.is_empty().then_some(()))
        })
        .await
    }

    /// Opens the row of a table that contains these words, by the link in it.
    pub async fn open_row(&self, table: &str, words: &str) -> Result<()> {
        self.find("grid", table).await?;
        self.click_containing("link", words).await
    }

    /// Puts text into the field with this label, in place of what is there; again if the page was moving the focus at
    /// that moment, as a dialog does that opens.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        self.find("textbox", label).await?;
        until(&format!("text in \"{label}\""), PATIENCE, async || {
            let Some(field) = self.now("textbox", label, "exact").await? else {
                return Ok(None);
            };
            field.click().await?;
            self.session.press(&[Key::Control, Key::Character('a')]).await?;
            self.session.press(&[Key::Delete]).await?;
            field.type_text(text).await.map(Some)
        })
        .await
    }

    /// What the page shows beside a label: the value of a field, or the text of the description after the term.
    pub async fn value_after(&self, label: &str) -> Result<String> {
        let body = "const wanted = arguments[0].toLowerCase();
            const same = (element) => element.innerText.trim().toLowerCase() === wanted;
            const term = Array.from(document.querySelectorAll('dt')).find(same);
            if (term && term.nextElementSibling) {
              const value = term.nextElementSibling;
              return (value.querySelector('code') || value).innerText.trim();
            }
            const label = Array.from(document.querySelectorAll('label')).find(same);
            return label && label.control ? label.control.value : null;";
        until(&format!("a value for \"{label}\""), PATIENCE, async || {
            Ok(self
                .session
                .script(body, json!([label]))
                .await?
                .as_str()
                .map(str::to_owned))
        })
        .await
    }

    /// Opens one of the app's own addresses, such as `/runs/1`.
    pub async fn go_to(&self, address: &str) -> Result<()> {
        self.session
            .script("location.hash = arguments[0];", json!([address]))
            .await
            .map(drop)
    }

    /// Makes everything twice as large, by the keys that people use.
    pub async fn enlarge_twice(&self) -> Result<()> {
        let before = self.window_width().await?;
        for _ in 0..STEPS_TO_DOUBLE {
            self.session.press(&[Key::Control, Key::Character('=')]).await?;
        }
        until("everything to be twice as large", PATIENCE, async || {
            Ok((self.window_width().await? * 2 <= before).then_some(()))
        })
        .await
    }

    /// Makes everything as large as it usually is.
    pub async fn as_usual(&self) -> Result<()> {
        let before = self.window_width().await?;
        self.session.press(&[Key::Control, Key::Character('0')]).await?;
        until("everything to be smaller", PATIENCE, async || {
            Ok((self.window_width().await? > before).then_some(()))
        })
        .await
    }

    /// Names of buttons, links and fields that cannot be brought where a pointer would reach them.
    pub async fn out_of_reach(&self) -> Result<Vec<String>> {
        let found = self.session.script(OUT_OF_REACH, json!([])).await?;
        let all = found.as_array().context("the page found no list of controls")?;
        Ok(all
            .iter()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect())
    }

    async fn window_width(&self) -> Result<i64> {
        self.session
            .script("return window.innerWidth;", json!([]))
            .await?
            .as_i64()
            .context("the window has no width")
    }

    /// Takes the focus and the pointer away, as somebody who only looks; a tooltip of what had them goes too.
    pub async fn rest(&self) -> Result<()> {
        self.session.point_at(1, 400).await?;
        self.session
            .script(
                "document.activeElement && document.activeElement.blur();",
                json!([]),
            )
            .await
            .map(drop)
    }

    /// Waits until nothing on the page says that it is still being read, no tooltip lies over it, and nothing
    /// fades in or out.
    pub async fn settles(&self) -> Result<()> {
        let body = "return !document.querySelector('[aria-busy=true], [role=tooltip]')
            && document.getAnimations().every((animation) => animation.playState !== 'running');";
        until("the page to be read", PATIENCE, async || {
            Ok((self.session.script(body, json!([])).await? == true).then_some(()))
        })
        .await
    }

    /// Fails unless the elements with this role and these names stand in one line.
    pub async fn are_beside_each_other(&self, role: &str, names: &[&str]) -> Result<()> {
        let mut tops = Vec::with_capacity(names.len());
        for name in names {
            tops.push(self.find(role, name).await?.top().await?);
        }
        ensure!(
            tops.windows(2).all(|two| (two[0] - two[1]).abs() < 1.0),
            "{names:?} do not stand in one line: {tops:?}"
        );
        Ok(())
    }

    /// Writes a picture of the page as it is, once that is painted.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        let painted = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => done(null)));";
        self.session.script_with_callback(painted, json!([])).await?;
        self.session.picture(file).await
    }

    /// How many pixels the page is wider than its window.
    pub async fn pixels_beyond_the_window(&self) -> Result<i64> {
        let body = "return document.documentElement.scrollWidth - window.innerWidth;";
        self.session
            .script(body, json!([]))
            .await?
            .as_i64()
            .context("the page has no width")
    }

    /// Waits until the page shows these words somewhere (letter case does not count).
    pub async fn shows(&self, words: &str) -> Result<()> {
        let wanted = words.to_lowercase();
        until(&format!("the words \"{words}\""), PATIENCE, async || {
            Ok(self.text().await?.to_lowercase().contains(&wanted).then_some(()))
        })
        .await
    }

    /// Waits until the page shows these words nowhere (letter case does not count).
    pub async fn shows_no(&self, words: &str) -> Result<()> {
        let unwanted = words.to_lowercase();
        until(&format!("no words \"{words}\""), PATIENCE, async || {
            Ok((!self.text().await?.to_lowercase().contains(&unwanted)).then_some(()))
        })
        .await
    }

    /// All text that the page shows, with white space folded.
    pub async fn text(&self) -> Result<String> {
        let body = "return document.body ? document.body.innerText.replace(/\\s+/g, ' ') : '';";
        Ok(self
            .session
            .script(body, json!([]))
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    async fn click_matching(&self, role: &str, name: &str, matching: &str) -> Result<()> {
        until(
            &format!("a click on {role} \"{name}\""),
            PATIENCE,
            async || match self.now(role, name, matching).await? {
                Some(element) => {
                    element.bring_into_view().await?;
                    element.click().await.map(Some)
                }
                None => Ok(None),
            },
        )
        .await
    }

    async fn wait_for(&self, role: &str, name: &str, matching: &str) -> Result<Element> {
        let what = format!("{role} \"{name}\"");
        match until(&what, PATIENCE, async || self.now(role, name, matching).await).await {
            Ok(element) => Ok(element),
            Err(error) => {
                let others = self.names(role).await.unwrap_or_default();
                Err(error.context(format!("no {role} named \"{name}\"; there are {others:?}")))
            }
        }
    }

    async fn now(&self, role: &str, name: &str, matching: &str) -> Result<Option<Element>> {
        let found = self.by_role(role, name, matching).await?;
        Ok(found
            .as_array()
            .and_then(|all| all.first())
            .and_then(|one| self.session.element(&one["element"])))
    }

    async fn by_role(&self, role: &str, name: &str, matching: &str) -> Result<Value> {
        self.session.script(BY_ROLE, json!([role, name, matching])).await
    }
}
