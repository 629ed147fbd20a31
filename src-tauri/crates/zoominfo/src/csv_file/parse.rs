//! One record out of bytes.
//!
//! The grammar is that of RFC 4180, read as leniently as spreadsheets and the `csv` crate read it: records end with LF,
//! CRLF or CR; a quote counts only at the beginning of a cell; text after a closing quote belongs to the cell.

use memchr::{memchr, memchr2, memchr3};

/// What was found at the beginning of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parsed {
    /// A record.
    Record {
        /// Bytes that it takes, its line ending among them.
        bytes: usize,
        /// Line breaks within its cells.
        inner_lines: u64,
        /// Whether text follows a closing quote: where a quote was opened by mistake, it does.
        stray_text: bool,
    },
    /// The record goes on behind the bytes.
    Unfinished {
        /// Whether it ends within quotes.
        in_quotes: bool,
    },
}

/// Cells of a record, unquoted: one run of bytes and where each cell ends.
#[derive(Debug, Default)]
pub struct Cells {
    pub bytes: Vec<u8>,
    pub ends: Vec<usize>,
}

impl Cells {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn get(&self, index: usize) -> Option<&[u8]> {
        let end = *self.ends.get(index)?;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        self.bytes.get(start..end)
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }
}

/// Reads one record. `at_end` says that nothing follows the bytes, which must not be empty.
pub fn parse(bytes: &[u8], at_end: bool, delimiter: u8, cells: &mut Cells) -> Parsed {
    cells.clear();
    let mut place = 0;
    let mut inner_lines = 0;
    let mut stray_text = false;
    loop {
        if bytes.get(place) == Some(&b'"') {
            match quoted(bytes, place + 1, at_end, cells, &mut inner_lines) {
                Some(after) => place = after,
                None => return Parsed::Unfinished { in_quotes: true },
            }
            stray_text |=
                !matches!(bytes.get(place), None | Some(b'\r' | b'\n')) && bytes[place] != delimiter;
        }
        let rest = &bytes[place..];
        let Some(length) = memchr3(delimiter, b'\n', b'\r', rest) else {
            if !at_end {
                return Parsed::Unfinished { in_quotes: false };
            }
            cells.bytes.extend_from_slice(rest);
            cells.ends.push(cells.bytes.len());
            return Parsed::Record {
                bytes: bytes.len(),
                inner_lines,
                stray_text,
            };
        };
        let ending = place + length;
        let bytes_after = match (bytes[ending], bytes.get(ending + 1)) {
            (b'\r', None) if !at_end => return Parsed::Unfinished { in_quotes: false },
            (b'\r', Some(b'\n')) => ending + 2,
            _ => ending + 1,
        };
        cells.bytes.extend_from_slice(&rest[..length]);
        cells.ends.push(cells.bytes.len());
        if bytes[ending] != delimiter {
            return Parsed::Record {
                bytes: bytes_after,
                inner_lines,
                stray_text,
            };
        }
        place = ending + 1;
    }
}

/// Reads a cell from behind its opening quote; gives the place behind the closing one.
fn quoted(
    bytes: &[u8],
    mut place: usize,
    at_end: bool,
    cells: &mut Cells,
    inner_lines: &mut u64,
) -> Option<usize> {
    loop {
        let rest = bytes.get(place..)?;
        let length = memchr(b'"', rest)?;
        let text = &rest[..length];
        *inner_lines += line_breaks(text);
        cells.bytes.extend_from_slice(text);
        match rest.get(length + 1) {
            Some(b'"') => {
                cells.bytes.push(b'"');
                place += length + 2;
            }
            None if !at_end => return None,
            _ => return Some(place + length + 1),
        }
    }
}

/// How many line breaks a text has; CRLF is one.
pub fn line_breaks(mut text: &[u8]) -> u64 {
    let mut count = 0;
    while let Some(place) = memchr2(b'\r', b'\n', text) {
        count += 1;
        text = after_line_break(text, place);
    }
    count
}

/// What follows the line break at a place.
pub fn after_line_break(text: &[u8], place: usize) -> &[u8] {
    let crlf = text[place] == b'\r' && text.get(place + 1) == Some(&b'\n');
    &text[place + if crlf { 2 } else { 1 }..]
}
