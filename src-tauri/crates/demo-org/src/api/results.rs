//! Result files that are written while they are sent.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::StreamExt;
use tokio::sync::mpsc;

/// Pieces that wait for a slow reader.
const WAITING_PIECES: usize = 4;

/// An answer of CSV whose pieces `write` sends, on a thread of its own. `write` gets a function that returns false once
/// nobody reads any more.
pub fn stream(
    extra: HeaderMap,
    write: impl FnOnce(&mut dyn FnMut(Vec<u8>) -> bool) + Send + 'static,
) -> Response {
    let (sender, receiver) = mpsc::channel::<Bytes>(WAITING_PIECES);
    tokio::task::spawn_blocking(move || {
        let mut send = |piece: Vec<u8>| piece.is_empty() || sender.blocking_send(Bytes::from(piece)).is_ok();
        write(&mut send);
    });
    let pieces = futures_util::stream::unfold(receiver, |mut receiver| async {
        let piece = receiver.recv().await?;
        Some((Ok::<Bytes, std::convert::Infallible>(piece), receiver))
    });
    // Compression asks once more after the end.
    let pieces = pieces.fuse();
    let kind = HeaderValue::from_static("text/csv; charset=UTF-8");
    let mut response = ([(header::CONTENT_TYPE, kind)], Body::from_stream(pieces)).into_response();
    response.headers_mut().extend(extra);
    response
}
