//! Encodings, and how one is told from another.
//!
//! A byte order mark decides. Without one, the first 8 MiB are looked at: zero bytes in every other place are UTF-16;
//! text that is valid UTF-8 is UTF-8. Where bytes are not valid, the file is Windows-1252, unless more of its characters
//! beyond ASCII are valid UTF-8 than are not: then it is UTF-8 with a few broken rows, and those rows are refused.

use std::io::{self, Read};

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a file is looked at.
const SCANNED_BYTES: usize = 8 << 20;
const CHUNK_BYTES: usize = 64 << 10;

/// Encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 with a byte order mark, as spreadsheets write it.
    Utf8WithBom,
    /// UTF-16, little endian.
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
    /// The Western European code page of Windows.
    Windows1252,
}

impl Encoding {
    /// The encoding in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8WithBom => "UTF-8 with BOM",
            Self::Utf16Le => "UTF-16 (little endian)",
            Self::Utf16Be => "UTF-16 (big endian)",
            Self::Windows1252 => "Windows-1252",
        }
    }

    /// What turns it into UTF-8; `None` for UTF-8, whose bytes are taken as they are so that a broken one is found in
    /// its row.
    pub(crate) fn decoder(self) -> Option<&'static encoding_rs::Encoding> {
        match self {
            Self::Utf8 | Self::Utf8WithBom => None,
            Self::Utf16Le => Some(UTF_16LE),
            Self::Utf16Be => Some(UTF_16BE),
            Self::Windows1252 => Some(WINDOWS_1252),
        }
    }
}

/// Tells the encoding of a file from its beginning.
pub fn detect(source: &mut dyn Read) -> io::Result<Encoding> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut kept = 0;
    let mut counts = Counts::default();
    let mut scanned_bytes = 0;
    while scanned_bytes < SCANNED_BYTES {
        let read_bytes = source.read(&mut chunk[kept..])?;
        if read_bytes == 0 {
            break;
        }
        let known = &chunk[..kept + read_bytes];
        if scanned_bytes == 0
            && let Some(encoding) = by_mark(known).or_else(|| by_zeros(known))
        {
            return Ok(encoding);
        }
        scanned_bytes += read_bytes;
        let unfinished_bytes = counts.add(known);
        let end = kept + read_bytes;
        chunk.copy_within(end - unfinished_bytes..end, 0);
        kept = unfinished_bytes;
    }
    if counts.invalid == 0 || counts.valid > counts.invalid {
        Ok(Encoding::Utf8)
    } else {
        Ok(Encoding::Windows1252)
    }
}

fn by_mark(start: &[u8]) -> Option<Encoding> {
    match start {
        [0xef, 0xbb, 0xbf, ..] => Some(Encoding::Utf8WithBom),
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Column names are ASCII, so every other byte of UTF-16 is zero in them.
fn by_zeros(start: &[u8]) -> Option<Encoding> {
    let header = &start[..start.len().min(64) & !1];
    if header.len() < 8 {
        return None;
    }
    let zeros = |place: usize| {
        header
            .iter()
            .skip(place)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let all = header.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd == all => Some(Encoding::Utf16Le),
        (even, 0) if even == all => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Characters beyond ASCII that are valid UTF-8, and bytes that are not.
#[derive(Default)]
struct Counts {
    valid: u64,
    invalid: u64,
}

impl Counts {
    /// Counts a chunk; returns how many bytes at its end are the beginning of a character.
    fn add(&mut self, mut bytes: &[u8]) -> usize {
        loop {
            match std::str::from_utf8(bytes) {
                Ok(text) => {
                    self.count_valid(text);
                    return 0;
                }
                Err(error) => {
                    let (valid, rest) = bytes.split_at(error.valid_up_to());
                    self.count_valid(&String::from_utf8_lossy(valid));
                    let Some(invalid_bytes) = error.error_len() else {
                        return rest.len();
                    };
                    self.invalid += 1;
                    bytes = &rest[invalid_bytes..];
                }
            }
        }
    }

    fn count_valid(&mut self, text: &str) {
        if !text.is_ascii() {
            self.valid += text.chars().filter(|character| !character.is_ascii()).count() as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Encoding {
        detect(&mut &*bytes).unwrap()
    }

    #[test]
    fn marks_decide() {
        assert_eq!(of(b"\xef\xbb\xbfa"), Encoding::Utf8WithBom);
        assert_eq!(of(b"\xff\xfea\0"), Encoding::Utf16Le);
        assert_eq!(of(b"\xfe\xff\0a"), Encoding::Utf16Be);
    }

    #[test]
    fn without_a_mark_the_bytes_decide() {
        assert_eq!(of("Last Name\nMüller".as_bytes()), Encoding::Utf8);
        assert_eq!(of(b"Last Name\nM\xfcller"), Encoding::Windows1252);
        let mut few_broken = "Müller\nSørensen\nZoë\n".as_bytes().to_vec();
        few_broken.push(0xff);
        assert_eq!(of(&few_broken), Encoding::Utf8);
        let utf16: Vec<u8> = "Last Name".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(of(&utf16), Encoding::Utf16Le);
    }

    #[test]
    fn a_character_across_two_chunks_is_one() {
        let mut bytes = vec![b'a'; CHUNK_BYTES - 1];
        bytes.extend("é".repeat(10).bytes());
        assert_eq!(of(&bytes), Encoding::Utf8);
    }
}
