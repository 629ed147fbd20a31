//! `audit`

use engine::contract::audit::{AuditEntry, AuditPage};
use engine::{Engine, Fault};
use serde_json::json;

use super::ask;
use crate::exit::Exit;
use crate::options::{Area, AuditOptions};
use crate::output::Output;

/// Entries of one answer of the contract.
const WINDOW_ENTRIES: u32 = 1_000;

/// Prints the entries, newest first.
pub async fn run(engine: &Engine, options: AuditOptions, output: Output) -> Result<Exit, Fault> {
    let most = options.limit.unwrap_or(u32::MAX);
    let mut offset = 0;
    let mut newest = None;
    while offset < most {
        let page: AuditPage = ask(
            engine,
            "audit.list",
            json!({
                "search": options.search,
                "area": options.area.map(Area::word),
                "since": options.since,
                "offset": offset,
                "limit": WINDOW_ENTRIES.min(most - offset),
            }),
        )
        .await?;
        if page.entries.is_empty() {
            if offset == 0 {
                output.say(if page.total_entries == 0 {
                    "The audit log is empty: nothing was changed yet."
                } else {
                    "No entry fits."
                });
            }
            break;
        }
        offset += u32::try_from(page.entries.len()).unwrap_or(WINDOW_ENTRIES);
        // What is added while this prints moves entries into the next window a second time.
        for entry in page.entries {
            if newest.is_some_and(|newest| entry.entry >= newest) {
                continue;
            }
            newest = Some(entry.entry);
            output.result(&entry, &text(&entry));
        }
    }
    Ok(Exit::Done)
}

fn text(entry: &AuditEntry) -> String {
    let mut text = format!(
        "{}  {} ({}): {}",
        entry.at, entry.person, entry.standing, entry.sentence
    );
    for (sign, lines) in [("-", &entry.before), ("+", &entry.after)] {
        for line in lines.iter().flat_map(|lines| lines.lines()) {
            text += &format!("\n    {sign} {line}");
        }
    }
    text
}
