//! Files that were dropped on the window: their bytes come in chunks and are kept until they are imported.

use std::io::{Seek, SeekFrom, Write};

use tokio_util::sync::CancellationToken;

use super::{OpenFile, keep};
use crate::Engine;
use crate::contract::lists::{ChosenFile, DroppedFile};
use crate::fault::{Code, Fault};

/// Makes room for a dropped file.
pub(super) async fn begin(engine: &Engine, params: DroppedFile) -> Result<ChosenFile, Fault> {
    let folder = engine.store().folder().to_path_buf();
    let copy = engine
        .blocking(move || {
            tempfile::Builder::new()
                .prefix("dropped-")
                .tempfile_in(folder)
                .map_err(|error| not_kept(&error))
        })
        .await?
        .into_temp_path();
    let file = OpenFile {
        path: copy.to_path_buf(),
        file_name: params.file_name.clone(),
        cancel: CancellationToken::new(),
        copy: Some(copy),
    };
    Ok(ChosenFile {
        file_id: keep(engine, file)?,
        file_name: params.file_name,
        size_bytes: params.size_bytes,
    })
}

/// Adds bytes to a dropped file. They come in order, each part where the last one ended.
///
/// # Errors
/// `not_found` for a file that was not announced, `bad_parameters` for a part out of order.
pub async fn drop_chunk(
    engine: &Engine,
    file_id: &str,
    offset_bytes: u64,
    bytes: Vec<u8>,
) -> Result<(), Fault> {
    let path = {
        let files = engine.files()?;
        let file = files.get(file_id).filter(|file| file.copy.is_some());
        file.map(|file| file.path.clone())
            .ok_or_else(|| Fault::new(Code::NotFound, "This dropped file was closed. Drop it again."))?
    };
    engine
        .blocking(move || {
            let mut file = std::fs::OpenOptions::new()
                .write(true)
                .open(path)
                .map_err(|error| not_kept(&error))?;
            let end = file.seek(SeekFrom::End(0)).map_err(|error| not_kept(&error))?;
            if end != offset_bytes {
                return Err(Fault::new(
                    Code::BadParameters,
                    "Parts of the dropped file came out of order. Drop it again.",
                ));
            }
            file.write_all(&bytes).map_err(|error| not_kept(&error))
        })
        .await
}

/// A file that ships with the app, as if it were dropped.
pub(super) async fn from_bytes(
    engine: &Engine,
    file_name: &str,
    bytes: &'static [u8],
) -> Result<ChosenFile, Fault> {
    let size_bytes = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let chosen = begin(
        engine,
        DroppedFile {
            file_name: file_name.to_owned(),
            size_bytes,
        },
    )
    .await?;
    drop_chunk(engine, &chosen.file_id, 0, bytes.to_vec()).await?;
    Ok(chosen)
}

fn not_kept(error: &std::io::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        "The dropped file could not be kept in the workspace folder. Make room on the disk.",
    )
    .with_detail(error.to_string())
}
