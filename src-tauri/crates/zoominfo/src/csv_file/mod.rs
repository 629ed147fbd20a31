//! CSV as text: file types, encodings, delimiters, records. Knows nothing of ZoomInfo.

mod delimiter;
mod encoding;
mod file_type;
mod parse;
mod record_reader;
mod text_file;

pub use delimiter::Delimiter;
pub use encoding::Encoding;
pub(crate) use record_reader::{BrokenRecord, Record, RecordReader, RecordRule};
pub(crate) use text_file::{Decoded, NotText, Source, TextFile, open_file};
