//! Records of a file, one after the other, with bounded memory.
//!
//! A record is at most 1 MiB. A longer line, or a quote that is never closed, is refused by the line where it begins,
//! and reading goes on at the next line, so that the rows behind it are not lost. A line of gigabytes is skipped without
//! being held.

use std::io::{self, Read};

use memchr::memchr2;

use super::Delimiter;
use super::parse::{Cells, Parsed, after_line_break, line_breaks, parse};

/// Bytes of a record at most.
const MOST_BYTES: usize = 1 << 20;
const FIRST_CAPACITY_BYTES: usize = 128 << 10;

/// Reads records from UTF-8 bytes.
pub struct RecordReader<R> {
    source: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    at_end: bool,
    delimiter: u8,
    /// Number of the line at `start`, from 1.
    line: u64,
    cells: Cells,
    consumed_bytes: u64,
    rescanned_bytes: u64,
}

/// What the reader came to.
pub enum Record {
    /// A record; its cells are in the reader.
    Cells {
        /// First line.
        line: u64,
        /// Last line.
        last_line: u64,
    },
    /// Lines that are not a record.
    Broken(BrokenRecord),
}

/// Lines that are not a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenRecord {
    pub line: u64,
    pub last_line: u64,
    pub rule: RecordRule,
    /// How it begins.
    pub excerpt: String,
}

/// What is wrong with lines that are not a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordRule {
    TooLong,
    UnclosedQuote,
}

impl<R: Read> RecordReader<R> {
    pub fn new(source: R) -> Self {
        Self {
            source,
            buffer: vec![0; FIRST_CAPACITY_BYTES],
            start: 0,
            end: 0,
            at_end: false,
            delimiter: Delimiter::Comma.byte(),
            line: 1,
            cells: Cells::default(),
            consumed_bytes: 0,
            rescanned_bytes: 0,
        }
    }

    /// Sets the delimiter of the records to come.
    pub fn set_delimiter(&mut self, delimiter: Delimiter) {
        self.delimiter = delimiter.byte();
    }

    /// The next record; `None` at the end of the file.
    pub fn next_record(&mut self) -> io::Result<Option<Record>> {
        loop {
            if self.start == self.end {
                self.fill()?;
                if self.start == self.end {
                    return Ok(None);
                }
            }
            let bytes = &self.buffer[self.start..self.end];
            match parse(bytes, self.at_end, self.delimiter, &mut self.cells) {
                Parsed::Record {
                    bytes: length,
                    inner_lines,
                    stray_text,
                } => {
                    if stray_text && inner_lines > 0 {
                        return Ok(Some(self.refuse_first_line(length, RecordRule::UnclosedQuote)));
                    }
                    let line = self.line;
                    self.consume(length);
                    self.line += inner_lines + 1;
                    return Ok(Some(Record::Cells {
                        line,
                        last_line: line + inner_lines,
                    }));
                }
                Parsed::Unfinished { .. } if !self.at_end && bytes.len() < MOST_BYTES => self.fill()?,
                Parsed::Unfinished { in_quotes } => {
                    let length = bytes.len();
                    let ends_in_sight = match memchr2(b'\r', b'\n', bytes) {
                        // A CR at the end may be half a CRLF.
                        Some(place) => place + 1 < length || bytes[place] == b'\n',
                        None => false,
                    };
                    if !ends_in_sight && !self.at_end {
                        return self.skip_line().map(Some);
                    }
                    let rule = if in_quotes {
                        RecordRule::UnclosedQuote
                    } else {
                        RecordRule::TooLong
                    };
                    return Ok(Some(self.refuse_first_line(length, rule)));
                }
            }
        }
    }

    /// Looks at the next record without taking it, as it is with another delimiter; `false` when there is none, or it
    /// does not end within 1 MiB.
    pub fn peek(&mut self, delimiter: Delimiter) -> io::Result<bool> {
        loop {
            if self.start == self.end {
                self.fill()?;
                if self.start == self.end {
                    return Ok(false);
                }
            }
            let bytes = &self.buffer[self.start..self.end];
            match parse(bytes, self.at_end, delimiter.byte(), &mut self.cells) {
                Parsed::Record { .. } => return Ok(true),
                Parsed::Unfinished { .. } if !self.at_end && bytes.len() < MOST_BYTES => self.fill()?,
                Parsed::Unfinished { .. } => return Ok(false),
            }
        }
    }

    /// How many cells the last record has.
    pub fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// A cell of the last record.
    pub fn cell(&self, index: usize) -> Option<&[u8]> {
        self.cells.get(index)
    }

    /// All cells of the last record as text; `None` when they are not UTF-8.
    pub fn texts(&self) -> Option<Vec<&str>> {
        (0..self.cells.len())
            .map(|index| {
                self.cells
                    .get(index)
                    .and_then(|cell| std::str::from_utf8(cell).ok())
            })
            .collect()
    }

    /// Reads until the buffer is full; it grows when nothing could be taken from it.
    fn fill(&mut self) -> io::Result<()> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        } else if self.end == self.buffer.len() {
            let capacity = (self.buffer.len() * 2).min(MOST_BYTES);
            self.buffer.resize(capacity.max(self.buffer.len()), 0);
        }
        while !self.at_end && self.end < self.buffer.len() {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.at_end = true,
                Ok(read_bytes) => self.end += read_bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn consume(&mut self, bytes: usize) {
        self.start += bytes;
        self.consumed_bytes += bytes as u64;
    }

    /// Refuses the line where the record begins, and goes on at the next line. `length` bytes were looked at in vain;
    /// when that happens so often that a file made for it would take hours, all of them are refused at once.
    fn refuse_first_line(&mut self, length: usize, rule: RecordRule) -> Record {
        let bytes = &self.buffer[self.start..self.start + length];
        let excerpt = excerpt_of(bytes);
        let (line, mut last_line) = (self.line, self.line);
        let patience = 8 * (MOST_BYTES as u64 + self.consumed_bytes);
        let first_line = memchr2(b'\r', b'\n', bytes)
            .map_or(length, |place| length - after_line_break(bytes, place).len());
        let consumed = if self.rescanned_bytes > patience {
            whole_lines(bytes)
        } else {
            first_line
        };
        let lines = line_breaks(&bytes[..consumed]);
        self.rescanned_bytes += (length - consumed) as u64;
        last_line += lines.saturating_sub(1);
        self.consume(consumed);
        self.line += lines.max(1);
        Record::Broken(BrokenRecord {
            line,
            last_line,
            rule,
            excerpt,
        })
    }

    /// Refuses a line that does not end within the buffer, and skips to its end without holding it.
    fn skip_line(&mut self) -> io::Result<Record> {
        let excerpt = excerpt_of(&self.buffer[self.start..self.end]);
        let line = self.line;
        loop {
            let bytes = &self.buffer[self.start..self.end];
            if let Some(place) = memchr2(b'\r', b'\n', bytes) {
                // A CR at the end of the buffer may be half a CRLF.
                if bytes[place] == b'\r' && place + 1 == bytes.len() && !self.at_end {
                    self.consume(place);
                    self.fill()?;
                    continue;
                }
                let length = bytes.len() - after_line_break(bytes, place).len();
                self.consume(length);
                break;
            }
            let length = bytes.len();
            self.consume(length);
            if self.at_end {
                break;
            }
            self.fill()?;
        }
        self.line += 1;
        Ok(Record::Broken(BrokenRecord {
            line,
            last_line: line,
            rule: RecordRule::TooLong,
            excerpt,
        }))
    }
}

/// Bytes up to the last line break, which is not half a CRLF.
fn whole_lines(bytes: &[u8]) -> usize {
    memchr::memrchr(b'\n', bytes).map_or(bytes.len(), |place| place + 1)
}

fn excerpt_of(bytes: &[u8]) -> String {
    let line = &bytes[..memchr2(b'\r', b'\n', bytes).unwrap_or(bytes.len()).min(400)];
    model::text::excerpt(&String::from_utf8_lossy(line), 60)
}

#[cfg(test)]
mod tests;
