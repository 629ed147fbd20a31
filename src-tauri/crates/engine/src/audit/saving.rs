//! The log as a CSV file.

use std::io::Write as _;
use std::path::PathBuf;

use store::AuditFilter;

use super::reading::{entry, filter, word};
use crate::Engine;
use crate::contract::audit::{AuditEntry, SaveAudit};
use crate::contract::lists::SavedFile;
use crate::fault::Fault;
use crate::ledger_file::{harmless, not_written, write_file};

/// Entries that are in memory at once.
const WINDOW_ENTRIES: u32 = 1_000;

const HEADER: [&str; 11] = [
    "Entry", "At", "Person", "Role", "Area", "Action", "Sentence", "Before", "After", "Run", "Org",
];

/// `audit.save_file`
pub(crate) async fn save_file(engine: &Engine, params: SaveAudit) -> Result<Option<SavedFile>, Fault> {
    let filter = filter(params.search, params.area, params.since.as_deref())?;
    let suggested = format!("Audit log {}.csv", crate::export_settings::today());
    match engine.host().choose_file_to_save(&suggested).await? {
        Some(path) => write_entries(engine, filter, path).await.map(Some),
        None => Ok(None),
    }
}

async fn write_entries(engine: &Engine, filter: AuditFilter, path: PathBuf) -> Result<SavedFile, Fault> {
    engine
        .read(move |read| {
            write_file(&path, |file| {
                let mut csv = csv::Writer::from_writer(file);
                csv.write_record(HEADER).map_err(|error| not_written(&error))?;
                let (mut rows, mut before) = (0, None);
                loop {
                    let entries = read.audit_entries_before(&filter, before, WINDOW_ENTRIES)?;
                    let Some(last) = entries.last() else { break };
                    before = Some(last.entry_id);
                    rows += u32::try_from(entries.len()).unwrap_or(WINDOW_ENTRIES);
                    for row in entries {
                        let cells = cells(entry(row)?);
                        csv.write_record(cells.iter().map(|cell| harmless(cell)))
                            .map_err(|error| not_written(&error))?;
                    }
                }
                csv.into_inner()
                    .map_err(|error| not_written(&error.into_error()))?
                    .flush()
                    .map_err(|error| not_written(&error))?;
                Ok(rows)
            })
        })
        .await
}

fn cells(entry: AuditEntry) -> [String; 11] {
    [
        entry.entry.to_string(),
        entry.at,
        entry.person,
        entry.standing,
        word(entry.area).to_owned(),
        entry.action,
        entry.sentence,
        entry.before.unwrap_or_default(),
        entry.after.unwrap_or_default(),
        entry.run.map(|run| run.to_string()).unwrap_or_default(),
        entry.org_name.unwrap_or_default(),
    ]
}
