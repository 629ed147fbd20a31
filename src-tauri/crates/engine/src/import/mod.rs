//! Importing files as lists: choosing or dropping a file, checking it, importing it.
//!
//! A check is an import that is taken back, so that what it promises is what happens. The file is read as a
//! stream: memory does not grow with it.

mod dropped;
mod pass;

use std::path::{Path, PathBuf};
use std::time::Instant;

use store::StoreError;
use tempfile::TempPath;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::Engine;
use crate::audit::{self, Entry};
use crate::contract::app::Nothing;
use crate::contract::audit::AuditArea;
use crate::contract::event::Event;
use crate::contract::event::ImportStep;
use crate::contract::lists::{
    ChosenFile, DroppedFile, FileHandle, ImportCheck, ImportFile, Imported, Lists, SavedFile,
};
use crate::fault::{Code, Fault};
use crate::host::FileKind;
use crate::ledger_file::write_file;
use crate::listing::{checked_name, list_kind, live_list, summary, told};
pub use dropped::drop_chunk;
use pass::{Pass, Refusals};

/// Refusals that are shown; every one of them can be saved as a file.
const SHOWN_REFUSALS: usize = 1_000;
/// Names of the made-up lists that ship with the app.
const SAMPLES: [(&str, &str, &[u8]); 2] = [
    (
        "Sample contacts",
        "sample contacts.csv",
        zoominfo::samples::CONTACTS_40,
    ),
    (
        "Sample companies",
        "sample companies.csv",
        zoominfo::samples::COMPANIES_60,
    ),
];

/// A file that was chosen or dropped.
pub(crate) struct OpenFile {
    pub path: PathBuf,
    pub file_name: String,
    pub cancel: CancellationToken,
    /// A dropped file's copy, which goes when it is no longer needed.
    pub copy: Option<TempPath>,
}

/// What a pass over a file needs of it.
#[derive(Clone)]
pub(crate) struct Opened {
    pub file_id: String,
    pub path: PathBuf,
    pub file_name: String,
    pub cancel: CancellationToken,
}

/// `lists.choose_file`
pub(crate) async fn choose_file(engine: &Engine, _params: Nothing) -> Result<Option<ChosenFile>, Fault> {
    match engine.host().choose_file_to_open(FileKind::List).await? {
        Some(path) => open_path(engine, &path).await.map(Some),
        None => Ok(None),
    }
}

/// Takes a file of this machine, as if it were chosen by dialog.
///
/// # Errors
/// When it is not there or is no file.
pub async fn open_path(engine: &Engine, path: &Path) -> Result<ChosenFile, Fault> {
    let file_name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let metadata = tokio::fs::metadata(path)
        .await
        .map_err(|error| unreadable(&file_name, &error))?;
    if !metadata.is_file() {
        return Err(Fault::new(
            Code::BadFile,
            format!("{} is not a file. Choose a CSV file.", path.display()),
        ));
    }
    let file = OpenFile {
        path: path.to_path_buf(),
        file_name: file_name.clone(),
        cancel: CancellationToken::new(),
        copy: None,
    };
    let file_id = keep(engine, file)?;
    Ok(ChosenFile {
        file_id,
        file_name,
        size_bytes: metadata.len(),
    })
}

/// `lists.drop_file`
pub(crate) async fn drop_file(engine: &Engine, params: DroppedFile) -> Result<ChosenFile, Fault> {
    dropped::begin(engine, params).await
}

fn keep(engine: &Engine, file: OpenFile) -> Result<String, Fault> {
    let file_id = Uuid::now_v7().to_string();
    engine.files()?.insert(file_id.clone(), file);
    Ok(file_id)
}

/// A file that was chosen or dropped and is not closed yet.
pub(crate) fn opened(engine: &Engine, file_id: &str) -> Result<Opened, Fault> {
    let mut files = engine.files()?;
    let file = files
        .get_mut(file_id)
        .ok_or_else(|| Fault::new(Code::NotFound, "This file was closed. Choose it again."))?;
    // Whoever cancelled the last pass may start another one.
    if file.cancel.is_cancelled() {
        file.cancel = CancellationToken::new();
    }
    Ok(Opened {
        file_id: file_id.to_owned(),
        path: file.path.clone(),
        file_name: file.file_name.clone(),
        cancel: file.cancel.clone(),
    })
}

/// `lists.check_file`
pub(crate) async fn check(engine: &Engine, params: FileHandle) -> Result<ImportCheck, Fault> {
    let began = Instant::now();
    let file = opened(engine, &params.file_id)?;
    let suggested_name = free_list_name(engine, &file.file_name).await?;
    let (watcher, store) = (engine.clone(), engine.store().clone());
    engine
        .blocking(move || {
            let mut found = None;
            let size_bytes = std::fs::metadata(&file.path)
                .map_err(|error| unreadable(&file.file_name, &error))?
                .len();
            // The transaction is always taken back: a check writes nothing.
            let taken_back: Result<(), TakenBack> = store.write(|write| {
                let pass = Pass::begin(
                    &watcher,
                    &file,
                    ImportStep::Check,
                    Refusals::shown(SHOWN_REFUSALS),
                )?;
                found = Some(pass.run(write, &uuid_name())?);
                Err(TakenBack::AsMeant)
            });
            match (taken_back, found) {
                (Err(TakenBack::Fault(fault)), _) => Err(fault),
                (_, Some(found)) => Ok(ImportCheck {
                    file: ChosenFile {
                        file_id: file.file_id,
                        file_name: file.file_name,
                        size_bytes,
                    },
                    kind: list_kind(found.kind),
                    header: found.header,
                    encoding: found.encoding,
                    delimiter: found.delimiter,
                    columns: found.columns,
                    extra_columns: found.extra_columns,
                    suggested_name,
                    read_rows: found.read_rows,
                    importable_rows: found.imported_rows,
                    without_id_rows: found.without_id_rows,
                    refused_rows: found.refused_rows,
                    repeated_rows: found.repeated_rows,
                    refusals: found.refusals,
                    seconds: began.elapsed().as_secs_f64(),
                }),
                (_, None) => Err(Fault::internal(&"a check ended without a result")),
            }
        })
        .await
}

/// A name that no list has, for the time of a check.
fn uuid_name() -> String {
    Uuid::now_v7().to_string()
}

/// Why a check's transaction was taken back.
pub(crate) enum TakenBack {
    /// Nothing was to be kept.
    AsMeant,
    /// It could not be done.
    Fault(Fault),
}

impl From<Fault> for TakenBack {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<StoreError> for TakenBack {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}

/// `lists.import_file`
pub(crate) async fn import(engine: &Engine, params: ImportFile) -> Result<Imported, Fault> {
    let file = opened(engine, &params.file_id)?;
    let name = checked_name(&params.name)?;
    let watcher = engine.clone();
    let imported = engine
        .write(move |write| {
            let pass = Pass::begin(
                &watcher,
                &file,
                ImportStep::Import,
                Refusals::shown(SHOWN_REFUSALS),
            )?;
            let found = pass.run(write, &name)?;
            if found.imported_rows == 0 {
                return Err(Fault::new(
                    Code::BadFile,
                    format!(
                        "Every row of {} is refused, so there is nothing to import. See the refused rows.",
                        file.file_name
                    ),
                )
                .with_detail(
                    found
                        .refusals
                        .first()
                        .map(|row| format!("Line {}: {}", row.line, row.why))
                        .unwrap_or_default(),
                ));
            }
            let list = live_list(write, found.list_id)?;
            let entry = Entry::new(
                AuditArea::Lists,
                "list_imported",
                format!("Imported the list “{}”.", list.name),
            );
            audit::note(write, entry.after(told(&list)))?;
            Ok(Imported {
                list: summary(list),
                read_rows: found.read_rows,
                imported_rows: found.imported_rows,
                refused_rows: found.refused_rows,
                refusals: found.refusals,
            })
        })
        .await?;
    engine.files()?.remove(&params.file_id);
    engine.emit(Event::Lists {});
    Ok(imported)
}

/// `lists.cancel_file`
pub(crate) async fn cancel(engine: &Engine, params: FileHandle) -> Result<Nothing, Fault> {
    let removed = engine.files()?.remove(&params.file_id);
    if let Some(file) = removed {
        file.cancel.cancel();
        drop(file.copy);
    }
    Ok(Nothing {})
}

/// `lists.save_refusals`
pub(crate) async fn save_refusals(engine: &Engine, params: FileHandle) -> Result<Option<SavedFile>, Fault> {
    let file = opened(engine, &params.file_id)?;
    let suggested = format!("Refused rows of {}", file.file_name);
    let Some(path) = engine.host().choose_file_to_save(&suggested).await? else {
        return Ok(None);
    };
    let (watcher, store) = (engine.clone(), engine.store().clone());
    engine
        .blocking(move || {
            write_file(&path, |out| {
                let mut rows = 0;
                let taken_back: Result<(), TakenBack> = store.write(|write| {
                    let refusals = Refusals::written(csv::Writer::from_writer(Box::new(out)))?;
                    rows = Pass::begin(&watcher, &file, ImportStep::Check, refusals)?
                        .run(write, &uuid_name())?
                        .refused_rows;
                    Err(TakenBack::AsMeant)
                });
                match taken_back {
                    Err(TakenBack::Fault(fault)) => Err(fault),
                    _ => Ok(rows),
                }
            })
        })
        .await
        .map(Some)
}

/// `lists.import_samples`
pub(crate) async fn import_samples(engine: &Engine, _params: Nothing) -> Result<Lists, Fault> {
    for (name, file_name, bytes) in SAMPLES {
        let there = engine
            .read(move |read| Ok(read.list_by_name(name)?.is_some()))
            .await?;
        if there {
            continue;
        }
        let chosen = dropped::from_bytes(engine, file_name, bytes).await?;
        import(
            engine,
            ImportFile {
                file_id: chosen.file_id,
                name: name.to_owned(),
            },
        )
        .await?;
    }
    crate::listing::list(engine, crate::contract::lists::ListQuery::default()).await
}

/// A list name made from a file's name that no list has yet.
///
/// # Errors
/// When the workspace cannot be read.
pub async fn free_list_name(engine: &Engine, file_name: &str) -> Result<String, Fault> {
    let stem = Path::new(file_name)
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let stem: String = stem
        .replace(['_', '-'], " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let stem: String = stem.chars().take(100).collect();
    let stem = if stem.is_empty() { "List".to_owned() } else { stem };
    engine
        .read(move |read| {
            let mut name = stem.clone();
            let mut number = 2_u32;
            while read.list_by_name(&name)?.is_some() {
                name = format!("{stem} {number}");
                number += 1;
            }
            Ok(name)
        })
        .await
}

fn unreadable(file_name: &str, error: &std::io::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        format!("{file_name} could not be read. Check that it is there and may be read."),
    )
    .with_detail(error.to_string())
}
