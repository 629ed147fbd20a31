//! The uploaded file of an ingest job, kept on disk.

use std::{
    fs::File,
    io::{self, BufReader, Read, Write},
};

use tempfile::NamedTempFile;

/// Most bytes of one upload (Bulk API 2.0 guide, limits).
pub const GREATEST_BYTES: u64 = 150_000_000;

/// An uploaded file; deleted with its job.
#[derive(Debug)]
pub struct Upload {
    file: NamedTempFile,
    bytes: u64,
}

impl Upload {
    /// An empty file in the system's temporary folder.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            file: NamedTempFile::new()?,
            bytes: 0,
        })
    }

    /// Adds bytes. `Ok(false)` when the file would grow too big.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<bool> {
        self.bytes += bytes.len() as u64;
        if self.bytes > GREATEST_BYTES {
            return Ok(false);
        }
        self.file.write_all(bytes)?;
        Ok(true)
    }

    /// Opens the file anew, from its start.
    pub fn open(&self) -> io::Result<File> {
        self.file.reopen()
    }

    /// Whether it begins with a byte order mark.
    pub fn has_byte_order_mark(&self) -> io::Result<bool> {
        let mut start = Vec::new();
        self.open()?.take(3).read_to_end(&mut start)?;
        Ok(start == [0xEF, 0xBB, 0xBF])
    }

    /// Whether every line outside quotes ends as the job says: CRLF or (when false) LF.
    pub fn has_line_ending(&self, crlf: bool) -> io::Result<bool> {
        let mut reader = BufReader::with_capacity(1 << 16, self.open()?);
        let mut block = vec![0; 1 << 16];
        let (mut quoted, mut previous) = (false, 0);
        loop {
            let count = reader.read(&mut block)?;
            if count == 0 {
                return Ok(true);
            }
            for byte in &block[..count] {
                match byte {
                    b'"' => quoted = !quoted,
                    b'\n' if !quoted && (previous == b'\r') != crlf => return Ok(false),
                    _ => {}
                }
                previous = *byte;
            }
        }
    }
}
