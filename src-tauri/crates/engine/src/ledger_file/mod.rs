//! A run's ledger as a file, with all source columns: CSV, or an Excel workbook.

mod cells;
mod csv_file;
mod xlsx_file;

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use store::{LineFilter, ListColumn, Read, RunRow};

pub(crate) use cells::harmless;

use crate::Engine;
use crate::contract::lists::SavedFile;
use crate::contract::runs::LedgerFormat;
use crate::fault::{Code, Fault};
use crate::role;
use crate::run_view::{members_of, require_run};
use crate::runs::record_url;

const WINDOW_LINES: u32 = 1_000;

/// Writes a ledger; the file appears whole or not at all.
///
/// # Errors
/// When the run is not there, or the file cannot be written.
pub async fn save_ledger_to(
    engine: &Engine,
    run_id: i64,
    format: LedgerFormat,
    path: PathBuf,
) -> Result<SavedFile, Fault> {
    let org = crate::connect::current_org(engine).await?;
    engine
        .read(move |read| {
            role::require_run_in(read, run_id)?;
            let run = require_run(read, run_id)?;
            let ledger = Ledger {
                read,
                instance_url: org
                    .filter(|org| org.org_id == run.org_id)
                    .map(|org| org.instance_url),
                columns: read
                    .list(run.list_id)?
                    .map(|list| list.columns)
                    .unwrap_or_default(),
                run,
            };
            write_file(&path, |file| match format {
                LedgerFormat::Csv => csv_file::write(&ledger, file),
                LedgerFormat::Xlsx => xlsx_file::write(&ledger, file),
            })
        })
        .await
}

/// A ledger that is being written.
struct Ledger<'a> {
    read: &'a Read<'a>,
    run: RunRow,
    /// Where the org's records are shown; `None` while another org is connected.
    instance_url: Option<String>,
    /// Columns of the list that the run was made from.
    columns: Vec<ListColumn>,
}

impl Ledger<'_> {
    /// The names of the columns.
    fn header(&self) -> Vec<String> {
        let source = self.columns.iter().map(|column| column.header.clone());
        cells::COLUMNS
            .iter()
            .chain(self.member_columns())
            .map(ToString::to_string)
            .chain(source)
            .collect()
    }

    /// The names of the columns about memberships: none where there is no campaign.
    fn member_columns(&self) -> &'static [&'static str] {
        match self.run.options.campaign {
            Some(_) => &cells::MEMBER_COLUMNS,
            None => &[],
        }
    }

    /// Hands over every line, cell by cell in the order of the header, a window at a time; returns how many there are.
    fn for_each_row(&self, mut each: impl FnMut(&[String]) -> Result<(), Fault>) -> Result<u32, Fault> {
        let mut rows = 0;
        let link = |object: model::TargetObject, id: &str| {
            self.instance_url
                .as_deref()
                .map(|url| record_url(url, object.api_name(), id))
                .unwrap_or_default()
        };
        loop {
            let lines = self
                .read
                .lines(self.run.run_id, &LineFilter::default(), rows, WINDOW_LINES)?;
            if lines.is_empty() {
                return Ok(rows);
            }
            rows += u32::try_from(lines.len()).unwrap_or(WINDOW_LINES);
            let members = members_of(self.read, &self.run, &lines)?;
            let with_members = !self.member_columns().is_empty();
            for line in &lines {
                let profile = self.read.profile(line.profile_id)?;
                let source = self.columns.iter().map(|column| {
                    let value = profile.as_ref().and_then(|profile| match &column.field {
                        Some(field) => profile.value(field),
                        None => profile.extra(&column.header),
                    });
                    value.unwrap_or_default().to_owned()
                });
                let member = with_members.then(|| cells::of_member(members.get(&line.line)));
                let row: Vec<String> = cells::of_line(line, &link)
                    .into_iter()
                    .chain(member.into_iter().flatten())
                    .chain(source)
                    .collect();
                each(&row)?;
            }
        }
    }
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

/// A write to a file failed.
pub(crate) fn not_written(error: &dyn std::error::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        "The file could not be written. Make room on the disk, or choose another place.",
    )
    .with_detail(error.to_string())
}
