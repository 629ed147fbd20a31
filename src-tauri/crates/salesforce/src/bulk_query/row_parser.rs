//! CSV that arrives in pieces, to rows: quote-aware, so a line break in a cell is no row's end; NUL bytes, which
//! Salesforce sometimes sends, are left out and counted; each row is checked to be UTF-8. Its two buffers grow to
//! the longest row and are used again for each.

use csv_core::{ReadRecordResult, Reader};

use super::row::QueryRow;
use crate::error::Error;

/// No record is longer: a longer row means that a quote is not closed.
const LONGEST_ROW_BYTES: usize = 16 * 1024 * 1024;

pub(super) struct RowParser {
    reader: Reader,
    text: Vec<u8>,
    text_bytes: usize,
    ends: Vec<usize>,
    cells: usize,
    without_nul: Vec<u8>,
    stripped_nul_bytes: u64,
}

impl RowParser {
    pub(super) fn new() -> Self {
        Self {
            reader: Reader::new(),
            text: vec![0; 8 * 1024],
            text_bytes: 0,
            ends: vec![0; 64],
            cells: 0,
            without_nul: Vec::new(),
            stripped_nul_bytes: 0,
        }
    }

    /// Begins anew, as for another file.
    pub(super) fn reset(&mut self) {
        self.reader.reset();
        self.text_bytes = 0;
        self.cells = 0;
        self.stripped_nul_bytes = 0;
    }

    pub(super) fn stripped_nul_bytes(&self) -> u64 {
        self.stripped_nul_bytes
    }

    /// Reads a piece; gives each row that ends in it.
    pub(super) fn push(
        &mut self,
        piece: &[u8],
        take: &mut impl FnMut(QueryRow<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if !piece.contains(&0) {
            return self.read(piece, take);
        }
        let mut clean = std::mem::take(&mut self.without_nul);
        clean.clear();
        clean.extend(piece.iter().filter(|byte| **byte != 0));
        self.stripped_nul_bytes += (piece.len() - clean.len()) as u64;
        let outcome = self.read(&clean, take);
        self.without_nul = clean;
        outcome
    }

    /// Gives the last row, if no line end followed it.
    pub(super) fn finish(
        &mut self,
        take: &mut impl FnMut(QueryRow<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        // For the reader, empty input is the end.
        while !self.step(&mut &[][..], take)? {}
        Ok(())
    }

    fn read(
        &mut self,
        mut input: &[u8],
        take: &mut impl FnMut(QueryRow<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        while !input.is_empty() {
            self.step(&mut input, take)?;
        }
        Ok(())
    }

    /// One step of the reader; true at the end of all input.
    fn step(
        &mut self,
        input: &mut &[u8],
        take: &mut impl FnMut(QueryRow<'_>) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        let (result, read, written, ended) = self.reader.read_record(
            input,
            &mut self.text[self.text_bytes..],
            &mut self.ends[self.cells..],
        );
        *input = &input[read..];
        self.text_bytes += written;
        self.cells += ended;
        match result {
            ReadRecordResult::InputEmpty => Ok(false),
            ReadRecordResult::End => Ok(true),
            ReadRecordResult::OutputEndsFull => {
                self.ends.resize(self.ends.len() * 2, 0);
                Ok(false)
            }
            ReadRecordResult::OutputFull if self.text.len() < LONGEST_ROW_BYTES => {
                self.text.resize(self.text.len() * 2, 0);
                Ok(false)
            }
            ReadRecordResult::OutputFull => Err(damaged("a row does not end, so a quote is not closed")),
            ReadRecordResult::Record => {
                let row = row(&self.text[..self.text_bytes], &self.ends[..self.cells]);
                self.text_bytes = 0;
                self.cells = 0;
                take(row?)?;
                Ok(false)
            }
        }
    }
}

fn row<'a>(bytes: &'a [u8], ends: &'a [usize]) -> Result<QueryRow<'a>, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| damaged("a row is not UTF-8"))?;
    // Two cells may be UTF-8 together and not apart.
    if !text.is_ascii() && !ends.iter().all(|end| text.is_char_boundary(*end)) {
        return Err(damaged("a cell is not UTF-8"));
    }
    Ok(QueryRow::new(text, ends))
}

pub(super) fn damaged(detail: &str) -> Error {
    Error::Csv {
        detail: detail.to_owned(),
    }
}
