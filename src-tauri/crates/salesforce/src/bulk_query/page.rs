//! One page of results, piece by piece: `GET /jobs/query/{id}/results?locator=…` ("Get Results for a Query Job").
//! Each page has a header line; `Sforce-Locator` names the next page, or says `null` on the last one.

use std::time::Duration;

use bytes::Bytes;
use reqwest::Response;
use reqwest::header::HeaderMap;
use tokio::time::Instant;
use url::Url;

use super::row_parser::{RowParser, damaged};
use super::sink::RowSink;
use crate::client::Client;
use crate::error::{Effort, Error};
use crate::http_client::cause;
use crate::request::Request;

/// What a page tells about the one after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Following {
    /// There is none.
    Nothing,
    Locator(String),
    /// The header is missing: some proxies take it away.
    Untold,
}

/// What happened to a page.
pub(super) enum Event {
    Opened,
    Piece(Bytes),
    Ended,
    /// Broken off on the way; it can be asked again.
    Broken(String),
}

/// A page being read.
pub(super) struct Page {
    /// Its place in the download's list of pages.
    pub(super) place: usize,
    client: Client,
    url: Url,
    response: Option<Response>,
    following: Following,
    parser: RowParser,
    /// Rows in the whole page as its head told.
    told_rows: Option<u64>,
    header_read: bool,
    /// Rows read since the page was last opened.
    read_rows: u64,
    furthest_row: u64,
    bytes: u64,
    tries: u32,
    pause: Duration,
    attempts: u32,
    begun: Instant,
}

impl Page {
    pub(super) fn new(client: Client, place: usize, url: Url) -> Self {
        Self {
            place,
            client,
            url,
            response: None,
            following: Following::Untold,
            parser: RowParser::new(),
            told_rows: None,
            header_read: false,
            read_rows: 0,
            furthest_row: 0,
            bytes: 0,
            tries: 0,
            pause: Duration::ZERO,
            attempts: 0,
            begun: Instant::now(),
        }
    }

    pub(super) fn following(&self) -> &Following {
        &self.following
    }

    pub(super) fn stripped_nul_bytes(&self) -> u64 {
        self.parser.stripped_nul_bytes()
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Waits for the next thing to happen.
    pub(super) async fn next(&mut self) -> Result<Event, Error> {
        let Some(response) = &mut self.response else {
            tokio::time::sleep(self.pause).await;
            let request = Request::get(self.url.clone()).accept("text/csv");
            let (response, effort) = self.client.open(&request).await?;
            self.attempts += effort.attempts;
            self.following = following(response.headers());
            self.told_rows = number(response.headers(), "sforce-numberofrecords");
            self.response = Some(response);
            return Ok(Event::Opened);
        };
        match response.chunk().await {
            Ok(Some(piece)) => Ok(Event::Piece(piece)),
            Ok(None) => Ok(Event::Ended),
            Err(error) => Ok(Event::Broken(cause(&error))),
        }
    }

    /// Hands the rows of a piece over, except those before `handed_rows`, which it counts on.
    pub(super) fn take<S: RowSink + ?Sized>(
        &mut self,
        piece: &[u8],
        handed_rows: &mut u64,
        columns: &mut Vec<String>,
        sink: &mut S,
    ) -> Result<(), Error> {
        self.bytes += piece.len() as u64;
        let (header_read, read_rows) = (&mut self.header_read, &mut self.read_rows);
        self.parser.push(piece, &mut |row| {
            hand_over(row, header_read, read_rows, handed_rows, columns, sink)
        })
    }

    /// Hands over what is left after the last piece; `Some` if the page did not end where its head said.
    pub(super) fn end<S: RowSink + ?Sized>(
        &mut self,
        handed_rows: &mut u64,
        columns: &mut Vec<String>,
        sink: &mut S,
    ) -> Result<Option<String>, Error> {
        let (header_read, read_rows) = (&mut self.header_read, &mut self.read_rows);
        self.parser
            .finish(&mut |row| hand_over(row, header_read, read_rows, handed_rows, columns, sink))?;
        let told = self.told_rows.unwrap_or(self.read_rows);
        if self.read_rows == told && self.read_rows >= *handed_rows {
            return Ok(None);
        }
        Ok(Some(format!(
            "a page of {} rows ended after {}",
            told.max(*handed_rows),
            self.read_rows
        )))
    }

    /// Prepares to ask for the page again; gives up after as many tries in a row without a new row as the pace
    /// allows.
    pub(super) fn ask_again(&mut self, detail: String) -> Result<(), Error> {
        let pace = self.client.pace().retry;
        if self.read_rows > self.furthest_row {
            self.furthest_row = self.read_rows;
            self.tries = 0;
        }
        self.tries += 1;
        if self.tries >= pace.tries {
            let effort = Effort {
                attempts: self.attempts,
                elapsed: self.begun.elapsed(),
            };
            return Err(Error::Network { detail, effort });
        }
        tracing::debug!(path = self.url.path(), rows = self.read_rows, %detail, "asking for a page again");
        self.pause = pace.pause(self.tries);
        self.response = None;
        self.parser.reset();
        self.header_read = false;
        self.read_rows = 0;
        Ok(())
    }
}

fn hand_over<S: RowSink + ?Sized>(
    row: super::QueryRow<'_>,
    header_read: &mut bool,
    read_rows: &mut u64,
    handed_rows: &mut u64,
    columns: &mut Vec<String>,
    sink: &mut S,
) -> Result<(), Error> {
    if !*header_read {
        *header_read = true;
        if columns.is_empty() {
            columns.extend(row.cells().map(ToOwned::to_owned));
            return sink.columns(columns).map_err(Error::Sink);
        }
        return if row.cells().eq(columns.iter().map(String::as_str)) {
            Ok(())
        } else {
            Err(damaged("a page has other columns than the pages before it"))
        };
    }
    if row.len() != columns.len() {
        let detail = format!(
            "row {} of a page has {} cells for {} columns",
            *read_rows + 1,
            row.len(),
            columns.len()
        );
        return Err(damaged(&detail));
    }
    *read_rows += 1;
    if *read_rows <= *handed_rows {
        return Ok(());
    }
    sink.row(row).map_err(Error::Sink)?;
    *handed_rows += 1;
    Ok(())
}

fn following(headers: &HeaderMap) -> Following {
    let locator = headers
        .get("sforce-locator")
        .and_then(|value| value.to_str().ok())
        .map(str::trim);
    match locator {
        None | Some("") => Following::Untold,
        Some(text) if text.eq_ignore_ascii_case("null") => Following::Nothing,
        Some(locator) => Following::Locator(locator.to_owned()),
    }
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
