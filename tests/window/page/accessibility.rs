//! axe-core in the page: what it finds serious or critical.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Page;

/// Where the web UI's packages put axe-core, from the repository's root.
const AXE: &str = "ui/node_modules/axe-core/axe.min.js";

/// Runs axe on the whole document and gives the findings that matter.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then(
      (results) => done(results.violations
        .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
        .map((violation) => ({
          rule: violation.id,
          help: violation.help,
          places: violation.nodes.map((node) => node.target.join(' ') + ': ' + node.failureSummary),
        }))),
      (error) => done({ failed: String(error) }),
    );";

/// One rule that the page breaks.
#[derive(Debug)]
pub struct Finding {
    rule: String,
    help: String,
    places: Vec<String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.rule, self.help)?;
        self.places
            .iter()
            .try_for_each(|place| write!(formatter, "\n    {}", place.replace('\n', " ")))
    }
}

impl Page {
    /// The serious and critical violations on the page as it is now.
    pub async fn accessibility_findings(&self, root: &Path) -> Result<Vec<Finding>> {
        let is_there = self
            .session
            .script("return typeof window.axe === 'object';", json!([]))
            .await?;
        if is_there != Value::Bool(true) {
            let file = root.join(AXE);
            let source = std::fs::read_to_string(&file)
                .with_context(|| format!("{} is missing; `cargo xtask test` installs it", file.display()))?;
            self.session
                .script(&source, json!([]))
                .await
                .context("axe-core did not load")?;
        }
        let found = self.session.script_with_callback(RUN, json!([])).await?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let all = found
            .as_array()
            .with_context(|| format!("axe-core failed: {found}"))?;
        Ok(all
            .iter()
            .map(|one| Finding {
                rule: text(&one["rule"]),
                help: text(&one["help"]),
                places: one["places"].as_array().into_iter().flatten().map(text).collect(),
            })
            .collect())
    }
}
