//! A bundle of what helps to find a fault, with every value hashed.
//!
//! `content` reads what goes into it, `hashing` and `log_text` take the values out, and here it becomes one file. What is
//! saved is what was looked at before.

mod content;
mod hashing;
mod log_text;

use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use model::Act;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::Engine;
use crate::audit::{self, Entry};
use crate::contract::app::Nothing;
use crate::contract::audit::AuditArea;
use crate::contract::lists::SavedFile;
use crate::contract::stored_data::{SupportBundle, SupportFile};
use crate::fault::{Code, Fault};
use crate::ledger_file::write_file;
use crate::role;

const FILE_NAME: &str = "Landbridge support bundle.zip";
const PROMISE: &str = "It holds no token, no name, no e-mail address and no value of a record. Where values matter they are hashes with a key that was made for this bundle and thrown away: equal values look equal, and nothing leads back to them.";

/// `support.preview`
pub(crate) async fn preview(engine: &Engine, _params: Nothing) -> Result<SupportBundle, Fault> {
    let files = content::collect(engine).await?;
    let bundle = SupportBundle {
        size_bytes: zipped(&files)?.len() as u64,
        files,
        promise: PROMISE.to_owned(),
    };
    engine.keep_support_bundle(bundle.clone())?;
    Ok(bundle)
}

/// `support.save`
pub(crate) async fn save(engine: &Engine, _params: Nothing) -> Result<Option<SavedFile>, Fault> {
    match engine.host().choose_file_to_save(FILE_NAME).await? {
        Some(path) => save_support_bundle_to(engine, path).await.map(Some),
        None => Ok(None),
    }
}

/// Saves the support bundle that was looked at, else a new one.
///
/// # Errors
/// When the operator may not, or the file cannot be written.
pub async fn save_support_bundle_to(engine: &Engine, path: PathBuf) -> Result<SavedFile, Fault> {
    role::require(engine, Act::MakeSupportBundle).await?;
    let bundle = match engine.take_support_bundle()? {
        Some(bundle) => bundle,
        None => preview(engine, Nothing {}).await?,
    };
    let saved = engine
        .blocking(move || {
            let bytes = zipped(&bundle.files)?;
            write_file(&path, |mut file| {
                file.write_all(&bytes)
                    .and_then(|()| file.flush())
                    .map_err(|error| not_written(&error))?;
                Ok(u32::try_from(bundle.files.len()).unwrap_or(u32::MAX))
            })
        })
        .await?;
    let entry = Entry::new(
        AuditArea::StoredData,
        "support_bundle_saved",
        "Saved a support bundle.",
    );
    engine.write(move |write| audit::note(write, entry)).await?;
    Ok(saved)
}

fn zipped(files: &[SupportFile]) -> Result<Vec<u8>, Fault> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for file in files {
        archive
            .start_file(file.name.as_str(), options)
            .map_err(|error| not_written(&error))?;
        archive
            .write_all(file.text.as_bytes())
            .map_err(|error| not_written(&error))?;
    }
    let bytes = archive.finish().map_err(|error| not_written(&error))?;
    Ok(bytes.into_inner())
}

fn not_written(error: &dyn std::error::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        "The support bundle could not be written. Make room on the disk, or choose another place.",
    )
    .with_detail(error.to_string())
}
