//! Mappings as files: the rows of the editor go out, and the rows of a file come into it. Nothing is saved here.

use std::io::Write as _;
use std::path::Path;

use model::MappingDocument;

use super::rows::{mapping_of, rows_of};
use crate::Engine;
use crate::contract::lists::SavedFile;
use crate::contract::mapping::versions::{EditableRows, RowsOfObject};
use crate::contract::mapping::{ObjectQuery, Target};
use crate::fault::{Code, Fault};
use crate::host::FileKind;
use crate::ledger_file::write_file;

/// A mapping of 2,000 rows with long texts is far smaller; whatever is larger is some other file.
const LARGEST_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// `mapping.save_file`
pub(crate) async fn save_file(engine: &Engine, params: RowsOfObject) -> Result<Option<SavedFile>, Fault> {
    let mapping = mapping_of(params.object.into(), params.rows);
    let suggested = format!("{} mapping.json", mapping.object);
    let Some(path) = engine.host().choose_file_to_save(&suggested).await? else {
        return Ok(None);
    };
    let text = MappingDocument::of(&mapping)
        .to_text()
        .map_err(|error| Fault::internal(&error))?;
    let rows = u32::try_from(mapping.rows.len()).unwrap_or(u32::MAX);
    engine
        .blocking(move || {
            write_file(&path, |mut file| {
                file.write_all(text.as_bytes())
                    .and_then(|()| file.flush())
                    .map_err(|error| {
                        Fault::new(
                            Code::FileSystem,
                            "The file could not be written. Make room on the disk, or choose another place.",
                        )
                        .with_detail(error.to_string())
                    })?;
                Ok(rows)
            })
        })
        .await
        .map(Some)
}

/// `mapping.open_file`
pub(crate) async fn open_file(engine: &Engine, params: ObjectQuery) -> Result<Option<EditableRows>, Fault> {
    match engine.host().choose_file_to_open(FileKind::Mapping).await? {
        Some(path) => read_mapping_file(&path, params.object).await.map(Some),
        None => Ok(None),
    }
}

/// Reads the rows of a mapping file.
///
/// # Errors
/// When the file cannot be read, or is no mapping of this object.
pub async fn read_mapping_file(path: &Path, object: Target) -> Result<EditableRows, Fault> {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let unreadable = |error: std::io::Error| {
        Fault::new(
            Code::FileSystem,
            format!("{name} could not be read. Check that it is there and may be read."),
        )
        .with_detail(error.to_string())
    };
    let metadata = tokio::fs::metadata(path).await.map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(Fault::new(
            Code::BadFile,
            format!("{} is not a file. Choose a mapping file.", path.display()),
        ));
    }
    // Before it is read: a huge file must not fill the memory.
    refuse_too_large(metadata.len())?;
    let content = tokio::fs::read(path).await.map_err(unreadable)?;
    read_mapping_text(&content, object, &name)
}

/// Reads the rows of a mapping file's content; `origin` says where it comes from.
///
/// # Errors
/// When the content is no mapping of this object.
pub fn read_mapping_text(content: &[u8], object: Target, origin: &str) -> Result<EditableRows, Fault> {
    refuse_too_large(content.len() as u64)?;
    let text = std::str::from_utf8(content).map_err(|error| {
        Fault::new(
            Code::BadFile,
            "This is not a mapping file: it is not text in UTF-8. Choose a file that Landbridge exported.",
        )
        .with_detail(error.to_string())
    })?;
    let mapping = MappingDocument::read_for(text, object.into())
        .map_err(|error| Fault::new(Code::BadFile, error.to_string()))?;
    Ok(EditableRows {
        rows: rows_of(mapping),
        origin: origin.to_owned(),
    })
}

fn refuse_too_large(bytes: u64) -> Result<(), Fault> {
    if bytes <= LARGEST_FILE_BYTES {
        return Ok(());
    }
    Err(Fault::new(
        Code::BadFile,
        "This is not a mapping file: it is larger than 16 MB. Choose a file that Landbridge exported.",
    ))
}
