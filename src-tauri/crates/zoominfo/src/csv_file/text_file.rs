//! A file as text: what is no text is refused, the rest is decoded as it is read.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::encoding::detect;
use super::file_type::other_file_type;
use super::{Encoding, RecordReader};

/// Bytes that tell a file's type.
const TYPE_BYTES: u64 = 8 << 10;

/// What bytes are read from.
pub trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

/// UTF-8, whatever the file has.
pub type Decoded = DecodeReaderBytes<Counted, Vec<u8>>;

/// A file that is read record by record.
pub struct TextFile {
    pub records: RecordReader<Decoded>,
    pub encoding: Encoding,
    /// Bytes read so far.
    pub read_bytes: Arc<AtomicU64>,
}

/// Why a file cannot be read as text.
#[derive(Debug)]
pub enum NotText {
    /// It has no bytes.
    Empty,
    /// It is of another type, e.g. `an image (PNG)`.
    OtherType(&'static str),
    /// The system cannot read it.
    Unreadable(io::Error),
}

impl From<io::Error> for NotText {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

/// Opens a file; gives its size in bytes too.
pub fn open_file(path: &Path) -> io::Result<(Box<dyn Source>, u64)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    Ok((Box::new(file), metadata.len()))
}

impl TextFile {
    /// Tells the encoding; reads nothing else yet.
    pub fn of_source(mut source: Box<dyn Source>) -> Result<Self, NotText> {
        let mut start = Vec::new();
        source.by_ref().take(TYPE_BYTES).read_to_end(&mut start)?;
        if start.is_empty() {
            return Err(NotText::Empty);
        }
        if let Some(what) = other_file_type(&start) {
            return Err(NotText::OtherType(what));
        }
        source.seek(SeekFrom::Start(0))?;
        let encoding = detect(&mut source)?;
        let wide = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
        if !wide && start.contains(&0) {
            return Err(NotText::OtherType("a binary file"));
        }
        source.seek(SeekFrom::Start(0))?;
        let read_bytes = Arc::new(AtomicU64::new(0));
        let decoded = DecodeReaderBytesBuilder::new()
            .encoding(encoding.decoder())
            .utf8_passthru(true)
            .strip_bom(true)
            .bom_override(true)
            .build(Counted {
                source,
                read_bytes: Arc::clone(&read_bytes),
            });
        Ok(Self {
            records: RecordReader::new(decoded),
            encoding,
            read_bytes,
        })
    }
}

/// Counts the bytes that are read from a file.
pub struct Counted {
    source: Box<dyn Source>,
    read_bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.read_bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
