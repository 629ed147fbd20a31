//! A file as the body of an upload, read while it is sent.

use std::io::{self, Write as _};
use std::path::Path;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::{StreamExt, stream};
use reqwest::Body;
use tokio::fs::File;
use tokio_util::io::ReaderStream;

use crate::error::Error;
use crate::request::Progress;

/// Bytes read at once.
const PIECE_BYTES: usize = 64 * 1024;

/// The file as it is, and its length.
pub(crate) async fn plain(path: &Path, progress: Option<Progress>) -> Result<(Body, u64), Error> {
    let file = File::open(path).await.map_err(|source| not_read(path, source))?;
    let metadata = file.metadata().await;
    let bytes = metadata.map_err(|source| not_read(path, source))?.len();
    Ok((Body::wrap_stream(pieces(file, progress)), bytes))
}

/// The file compressed; its length is not known beforehand.
pub(crate) async fn compressed(path: &Path, progress: Option<Progress>) -> Result<Body, Error> {
    let file = File::open(path).await.map_err(|source| not_read(path, source))?;
    let encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let source = pieces(file, progress).boxed();
    let compressed = stream::try_unfold((source, Some(encoder)), |(mut source, encoder)| async {
        let Some(mut encoder) = encoder else {
            return Ok::<_, io::Error>(None);
        };
        while let Some(piece) = source.next().await {
            encoder.write_all(&piece?)?;
            if encoder.get_ref().len() >= PIECE_BYTES {
                let ready = Bytes::from(std::mem::take(encoder.get_mut()));
                return Ok(Some((ready, (source, Some(encoder)))));
            }
        }
        Ok(Some((Bytes::from(encoder.finish()?), (source, None))))
    });
    Ok(Body::wrap_stream(compressed))
}

fn pieces(
    file: File,
    progress: Option<Progress>,
) -> impl futures_util::Stream<Item = io::Result<Bytes>> + Send {
    let mut sent_bytes = 0;
    ReaderStream::with_capacity(file, PIECE_BYTES).map(move |piece| {
        if let (Ok(piece), Some(progress)) = (&piece, &progress) {
            sent_bytes += piece.len() as u64;
            progress(sent_bytes);
        }
        piece
    })
}

fn not_read(path: &Path, source: io::Error) -> Error {
    Error::File {
        path: path.to_owned(),
        action: "read",
        source,
    }
}
