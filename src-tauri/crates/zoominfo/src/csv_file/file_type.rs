//! Files that are not CSV, told by their first bytes.

/// Signatures and the words for them; the first that fits counts.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"%PDF-", "a PDF document"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "a spreadsheet or document of Microsoft Office (XLS, DOC)",
    ),
    (b"\x1f\x8b", "a compressed file (GZIP)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7Z)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a text document (RTF)"),
];

/// What the file is, if it is not a CSV file; `start` is its beginning, a few kilobytes.
pub fn other_file_type(start: &[u8]) -> Option<&'static str> {
    if start.starts_with(b"PK\x03\x04") {
        return Some(packed(start));
    }
    if let Some((_, what)) = SIGNATURES
        .iter()
        .find(|(signature, _)| start.starts_with(signature))
    {
        return Some(what);
    }
    let text = start
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(start)
        .trim_ascii_start();
    let begins = |word: &str| {
        text.get(..word.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(word.as_bytes()))
    };
    if begins("<!doctype html") || begins("<html") {
        return Some("a web page (HTML)");
    }
    if begins("<?xml") {
        return Some("an XML file");
    }
    if text.starts_with(b"{") || text.starts_with(b"[{") {
        return Some("a JSON file");
    }
    None
}

/// Office files are ZIP archives whose members tell what they are.
fn packed(start: &[u8]) -> &'static str {
    let has = |name: &[u8]| memchr::memmem::find(start, name).is_some();
    if has(b"xl/") {
        "a spreadsheet (XLSX)"
    } else if has(b"word/") {
        "a text document (DOCX)"
    } else if has(b"opendocument.spreadsheet") {
        "a spreadsheet (ODS)"
    } else if has(b"[Content_Types].xml") {
        "a Microsoft Office file"
    } else {
        "a ZIP archive"
    }
}

#[cfg(test)]
mod tests {
    use super::other_file_type;

    #[test]
    fn other_files_are_named() {
        assert_eq!(other_file_type(b"\x89PNG\r\n\x1a\n\0\0"), Some("an image (PNG)"));
        assert_eq!(
            other_file_type(b"PK\x03\x04..[Content_Types].xml..xl/workbook.xml"),
            Some("a spreadsheet (XLSX)")
        );
        assert_eq!(other_file_type(b"PK\x03\x04..notes.txt"), Some("a ZIP archive"));
        assert_eq!(
            other_file_type(b"\xef\xbb\xbf \n<!DOCTYPE HTML>"),
            Some("a web page (HTML)")
        );
        assert_eq!(other_file_type(b"[{\"Last Name\":1}]"), Some("a JSON file"));
    }

    #[test]
    fn text_is_no_other_file() {
        for start in ["Last Name,First Name", "", "\u{feff}PNG,PK"] {
            assert_eq!(other_file_type(start.as_bytes()), None);
        }
    }
}
