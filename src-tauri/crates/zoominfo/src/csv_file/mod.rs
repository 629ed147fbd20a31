//! CSV as text: file types, encodings, delimiters, records. Knows nothing of ZoomInfo.

mod delimiter;
mod encoding;
mod file_type;
mod parse;
mod record_reader;

pub use delimiter::Delimiter;
pub use encoding::Encoding;
pub(crate) use encoding::detect as detect_encoding;
pub(crate) use file_type::other_file_type;
pub(crate) use record_reader::{BrokenRecord, Record, RecordReader, RecordRule};
