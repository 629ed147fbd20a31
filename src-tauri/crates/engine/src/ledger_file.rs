//! A run's ledger as a CSV file, with all source columns.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use model::TargetObject;
use store::{LineFilter, LineRow, ListRow, Read};

use crate::Engine;
use crate::contract::lists::SavedFile;
use crate::fault::{Code, Fault};
use crate::run_view::require_run;
use crate::runs::record_url;

const WINDOW_LINES: u32 = 1_000;
const LEDGER_COLUMNS: [&str; 11] = [
    "Line",
    "Outcome",
    "Salesforce Id",
    "Salesforce Record",
    "Rule",
    "Error Code",
    "Error",
    "Notes",
    "Attempts",
    "Settled At",
    "ZoomInfo Id",
];

/// Writes a ledger; the file appears whole or not at all.
///
/// # Errors
/// When the run is not there, or the file cannot be written.
pub async fn save_ledger_to(engine: &Engine, run_id: i64, path: PathBuf) -> Result<SavedFile, Fault> {
    let org = crate::connect::current_org(engine).await?;
    engine
        .read(move |read| {
            let run = require_run(read, run_id)?;
            let instance_url = org
                .filter(|org| org.org_id == run.org_id)
                .map(|org| org.instance_url);
            let list = read.list(run.list_id)?;
            let link = |object: TargetObject, id: &str| {
                instance_url
                    .as_deref()
                    .map(|url| record_url(url, object.api_name(), id))
                    .unwrap_or_default()
            };
            write_file(&path, |file| {
                write_ledger(read, run_id, list.as_ref(), &link, file)
            })
        })
        .await
}

/// Writes beside the target and renames, so that a full disk leaves no half file.
pub(crate) fn write_file(
    path: &Path,
    write: impl FnOnce(BufWriter<File>) -> Result<u32, Fault>,
) -> Result<SavedFile, Fault> {
    let failed = |error: std::io::Error| {
        Fault::new(
            Code::FileSystem,
            format!("{} could not be written. Choose another place.", path.display()),
        )
        .with_detail(error.to_string())
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let file = tempfile::Builder::new()
        .prefix(".landbridge-")
        .tempfile_in(folder)
        .map_err(failed)?;
    let rows = write(BufWriter::new(file.reopen().map_err(failed)?))?;
    file.persist(path).map_err(|error| failed(error.error))?;
    let file_name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(SavedFile { file_name, rows })
}

fn write_ledger(
    read: &Read<'_>,
    run_id: i64,
    list: Option<&ListRow>,
    link: &dyn Fn(TargetObject, &str) -> String,
    file: BufWriter<File>,
) -> Result<u32, Fault> {
    let mut csv = csv::Writer::from_writer(file);
    let columns = list.map(|list| list.columns.clone()).unwrap_or_default();
    let header = LEDGER_COLUMNS
        .iter()
        .map(ToString::to_string)
        .chain(columns.iter().map(|column| column.header.clone()));
    csv.write_record(header).map_err(|error| not_written(&error))?;
    let mut rows = 0;
    loop {
        let lines = read.lines(run_id, &LineFilter::default(), rows, WINDOW_LINES)?;
        if lines.is_empty() {
            break;
        }
        rows += u32::try_from(lines.len()).unwrap_or(WINDOW_LINES);
        for line in &lines {
            let profile = read.profile(line.profile_id)?;
            let source = columns.iter().map(|column| {
                let value = profile.as_ref().and_then(|profile| match &column.field {
                    Some(field) => profile.value(field),
                    None => profile.extra(&column.header),
                });
                harmless(value.unwrap_or_default())
            });
            csv.write_record(ledger_cells(line, link).into_iter().chain(source))
                .map_err(|error| not_written(&error))?;
        }
    }
    csv.into_inner()
        .map_err(|error| not_written(&error.into_error().into()))?
        .flush()
        .map_err(|error| not_written(&error.into()))?;
    Ok(rows)
}

fn ledger_cells(line: &LineRow, record_link: &dyn Fn(TargetObject, &str) -> String) -> Vec<String> {
    let id = line.salesforce_id.as_deref().unwrap_or_default();
    vec![
        line.line.to_string(),
        line.outcome.label().to_owned(),
        id.to_owned(),
        if id.is_empty() {
            String::new()
        } else {
            record_link(line.object, id)
        },
        harmless(&line.rule),
        line.error_code.clone().unwrap_or_default(),
        harmless(line.error.as_deref().unwrap_or_default()),
        harmless(&line.notes.join(" ")),
        line.attempts.to_string(),
        line.settled_at.clone().unwrap_or_default(),
        line.zoominfo_id.clone().unwrap_or_default(),
    ]
}

/// A spreadsheet runs cells that begin like a formula; an apostrophe makes them text.
pub(crate) fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn not_written(error: &csv::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        "The file could not be written. Make room on the disk, or choose another place.",
    )
    .with_detail(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn cells_that_begin_like_formulas_become_text() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["", "Ada", "1=1", " =1"] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
