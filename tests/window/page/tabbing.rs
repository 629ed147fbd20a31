//! A walk over a page with nothing but the Tab key.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::Page;
use crate::driver::Key;

/// Marks and describes what can have the focus.
const TABBING: &str = include_str!("tabbing.js");

/// More stops than any page has; a walk that is longer has lost its way.
const MOST_STOPS: usize = 200;

impl Page {
    /// Presses Tab until the walk is round, and gives what was passed, in order.
    ///
    /// Fails if something that can be focused was never reached, or had no visible focus when it was.
    pub async fn walk_by_tab(&self) -> Result<Vec<String>> {
        self.tabbing("reset").await?;
        let expected = self.tabbing("stops").await?;
        let mut reached = BTreeSet::new();
        let mut passed = Vec::new();
        let mut complaints = Vec::new();
        for _ in 0..MOST_STOPS {
            self.session.press(&[Key::Tab]).await?;
            let focused = self.tabbing("focused").await?;
            if focused.is_null() {
                if passed.is_empty() {
                    continue;
                }
                break;
            }
            let what = text(&focused["what"]);
            if !reached.insert(text(&focused["key"])) {
                break;
            }
            if focused["has_ring"] != true {
                complaints.push(format!("{what} shows no focus"));
            }
            if focused["is_on_screen"] != true {
                complaints.push(format!("{what} has the focus off screen"));
            }
            passed.push(what);
        }
        let missed = expected
            .as_array()
            .into_iter()
            .flatten()
            .filter(|stop| !reached.contains(&text(&stop["key"])))
            .map(|stop| format!("{} is never reached", text(&stop["what"])));
        complaints.extend(missed);
        ensure!(
            complaints.is_empty(),
            "by Tab alone: {}; passed {passed:?}",
            complaints.join("; ")
        );
        Ok(passed)
    }

    async fn tabbing(&self, question: &str) -> Result<Value> {
        self.session.script(TABBING, json!([question])).await
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
