//! Bodies that end too early, come slowly, or hold NUL bytes.

use std::io;

use axum::{
    body::{Body, BodyDataStream, Bytes, HttpBody},
    http::{HeaderValue, header},
    response::Response,
};
use futures_util::StreamExt;
use tokio_util::sync::CancellationToken;

use super::{
    recorder::CutMark,
    troubles::{self, Due},
};
use crate::connection::Wire;

struct Cut {
    pieces: BodyDataStream,
    left: u64,
    has_more: bool,
    trouble: Due,
    wire: Wire,
    ended: bool,
}

fn on_purpose() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionAborted, "cut on purpose")
}

impl Cut {
    /// The next piece, shortened to what may still pass.
    async fn piece(&mut self) -> Option<io::Result<Bytes>> {
        let piece = match self.pieces.next().await? {
            Ok(piece) => piece,
            Err(error) => return Some(Err(io::Error::other(error))),
        };
        let passing = usize::try_from(self.left).map_or(piece.len(), |left| left.min(piece.len()));
        self.left -= passing as u64;
        self.has_more = passing < piece.len();
        Some(Ok(piece.slice(..passing)))
    }
}

/// A request body after so many bytes of which the connection is closed.
pub fn cut_upload(body: Body, after_bytes: u64, trouble: Due, wire: Wire) -> Body {
    let cut = Cut {
        pieces: body.into_data_stream(),
        left: after_bytes,
        has_more: false,
        trouble,
        wire,
        ended: false,
    };
    Body::from_stream(futures_util::stream::unfold(cut, |mut cut| async move {
        if cut.ended {
            return None;
        }
        let mut piece = if cut.left > 0 {
            cut.piece().await?
        } else {
            Ok(Bytes::new())
        };
        if cut.left == 0 {
            cut.trouble.note();
            cut.wire.cut();
            piece = Err(on_purpose());
        }
        cut.ended = piece.is_err();
        Some((piece, cut))
    }))
}

/// An answer whose connection is closed after so many bytes of its body, once they have been sent.
pub fn cut_reply(answer: Response, after_bytes: u64, trouble: Due, wire: Wire) -> Response {
    let (mut parts, body) = answer.into_parts();
    let length = body.size_hint().exact();
    if length.is_some_and(|length| length <= after_bytes) {
        return Response::from_parts(parts, body);
    }
    if let Some(length) = length {
        // The client is promised all of it.
        parts
            .headers
            .entry(header::CONTENT_LENGTH)
            .or_insert_with(|| HeaderValue::from(length));
    }
    let cut = Cut {
        pieces: body.into_data_stream(),
        left: after_bytes,
        has_more: false,
        trouble,
        wire,
        ended: false,
    };
    parts.extensions.insert(CutMark);
    let pieces = futures_util::stream::unfold(cut, |mut cut| async move {
        if cut.ended {
            return None;
        }
        if cut.left > 0 {
            return Some((cut.piece().await?, cut));
        }
        // A body that ends here of itself is not cut.
        while !cut.has_more {
            cut.has_more = cut.pieces.next().await?.map_or(true, |piece| !piece.is_empty());
        }
        cut.wire.sent().await;
        cut.trouble.note();
        cut.wire.cut();
        cut.ended = true;
        Some((Err(on_purpose()), cut))
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}

/// An answer whose body comes in pieces of so many bytes, with a rest before each.
pub fn trickle(answer: Response, bytes: usize, milliseconds: u64, closing: CancellationToken) -> Response {
    let (mut parts, body) = answer.into_parts();
    if let Some(length) = body.size_hint().exact() {
        parts
            .headers
            .entry(header::CONTENT_LENGTH)
            .or_insert_with(|| HeaderValue::from(length));
    }
    let start = (body.into_data_stream(), Bytes::new(), closing);
    let pieces = futures_util::stream::unfold(start, move |(mut pieces, mut waiting, closing)| async move {
        while waiting.is_empty() {
            match pieces.next().await? {
                Ok(piece) => waiting = piece,
                Err(error) => return Some((Err(error), (pieces, waiting, closing))),
            }
        }
        troubles::rest(&closing, milliseconds).await;
        let piece = waiting.split_to(bytes.clamp(1, waiting.len()));
        Some((Ok(piece), (pieces, waiting, closing)))
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}

/// Where a CSV text stands.
struct Rows {
    number: u64,
    is_quoted: bool,
    is_at_start: bool,
    every: u64,
}

impl Rows {
    /// The text with a NUL byte at the start of the first cell of each so many rows; says how many were put in.
    fn put(&mut self, text: &[u8]) -> (Vec<u8>, u64) {
        let mut out = Vec::with_capacity(text.len() + 64);
        let mut put = 0;
        for byte in text {
            out.push(*byte);
            if self.is_at_start && *byte == b'"' && self.number > 0 && self.number.is_multiple_of(self.every)
            {
                out.push(0);
                put += 1;
            }
            self.is_at_start = false;
            match byte {
                b'"' => self.is_quoted = !self.is_quoted,
                b'\n' if !self.is_quoted => {
                    self.number += 1;
                    self.is_at_start = true;
                }
                _ => {}
            }
        }
        (out, put)
    }
}

/// The same answer with NUL bytes in the first cells of its rows, when it is CSV.
pub fn with_nul_bytes(answer: Response, every_rows: u64, trouble: &Due) -> Response {
    let is_csv = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/csv"));
    if !is_csv {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let mut rows = Rows {
        number: 0,
        is_quoted: false,
        is_at_start: true,
        every: every_rows.max(1),
    };
    let trouble = trouble.clone();
    let pieces = body.into_data_stream().map(move |piece| {
        piece.map(|piece| {
            let (text, put) = rows.put(&piece);
            for _ in 0..put {
                trouble.note();
            }
            Bytes::from(text)
        })
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}
